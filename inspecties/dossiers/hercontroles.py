"""Rechecks of lasten, for who plans actions; and the visits that such a recheck can have been."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session, joinedload

from inspecties.acties.hercontroles import Hercontrole
from inspecties.controles.models import Bezoek
from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Last, Lastcontrole
from inspecties.dossiers.rules.last import LASTSOORTEN


def gevraagde_hercontroles(sessie: Session, actor: Actor, nu: datetime) -> Sequence[Hercontrole]:
    """What was asked and not done yet, in the dossiers that this actor may see; the first day first."""
    if not rol_mag(actor.rol, "dossiers.lezen"):
        return []
    vandaag = lokale_datum(nu)
    rijen = sessie.scalars(
        select_voor(actor, Lastcontrole)
        .join(Last, Last.id == Lastcontrole.last_id)
        .join(Dossier, Dossier.id == Last.dossier_id)
        .where(Lastcontrole.stand == "gevraagd", Last.stand == "van_kracht", Dossier.toestand != "afgesloten")
        .order_by(Lastcontrole.uiterlijk, Lastcontrole.id)
        .options(joinedload(Lastcontrole.last).joinedload(Last.dossier).selectinload(Dossier.locaties))
    ).all()
    uit = []
    for rij in rijen:
        laat = " (te laat)" if rij.uiterlijk < vandaag else ""
        zin = f"Hercontrole {LASTSOORTEN[rij.last.soort].lower()}, uiterlijk {rij.uiterlijk:%d-%m-%Y}{laat}"
        uit += [Hercontrole(plek.id, rij.uiterlijk, zin) for plek in rij.last.dossier.locaties]
    return uit


def mogelijke_bezoeken(sessie: Session, actor: Actor, last: Last) -> list[Bezoek]:
    """Visits to the dossier's places since the last was made known, the newest first."""
    if last.bekend_op is None:
        return []
    # Who works on the dossier may tie it to a visit of its own address, also where a team did that visit.
    rijen = sessie.scalars(
        select_voor(systeem(actor.gemeente_id), Bezoek)
        .where(Bezoek.locatie_id.in_([p.id for p in last.dossier.locaties]), Bezoek.begin_op.is_not(None))
        .order_by(Bezoek.begin_op.desc(), Bezoek.id.desc())
        .limit(50)
    )
    return [b for b in rijen if b.begin_op is not None and lokale_datum(b.begin_op) >= last.bekend_op]
