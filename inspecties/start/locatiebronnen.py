"""What signals, actions, visits and dossiers have to tell on the page of a location, each within its own right."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Stop
from inspecties.acties.rules.toestanden import SOORTEN as ACTIESOORTEN
from inspecties.acties.rules.toestanden import STOP_TABEL
from inspecties.controles.models import BEZOEKTOESTAND, Bevinding, Bezoek
from inspecties.core.actor import Actor
from inspecties.core.klok import TIJDZONE
from inspecties.core.rechten import rol_mag
from inspecties.database.bereik import select_voor
from inspecties.dossiers.models import Dossier, Dossierlocatie
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN
from inspecties.dossiers.rules.toestanden import SOORTEN as DOSSIERSOORTEN
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.tijdlijn import Bron, Punt
from inspecties.locaties.tijdlijn_feiten import FEITENBRONNEN
from inspecties.signalen.koppelen import over_locatie
from inspecties.signalen.models import Signaal
from inspecties.signalen.rules.indeling import MELDSTAPPEN, URGENTIES, VORMEN


def signalen(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Signals. Never the source: at one address 'verhuurder' or 'hotel' would say who reported."""
    if not rol_mag(actor.rol, "signalen.lezen"):
        return
    for s in sessie.scalars(select_voor(actor, Signaal).where(over_locatie(actor, locatie.id))):
        wanneer = datetime.combine(s.datum, time(12), TIJDZONE)
        tekst = f"{MELDSTAPPEN[s.status]}, urgentie {URGENTIES[s.urgentie].lower()}"
        titel = f"Signaal {s.nummer}: {VORMEN[s.vorm]}"
        yield Punt(wanneer, "signaal", titel, tekst, "signalen.toon", {"uid": s.uid}, hele_dag=True)


def acties(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Actions in which this location is a stop."""
    if not rol_mag(actor.rol, "acties.lezen"):
        return
    for stop in sessie.scalars(select_voor(actor, Stop).where(Stop.locatie_id == locatie.id)):
        tekst = f"{ACTIESOORTEN[stop.actie.soort]}, stop {STOP_TABEL.namen[stop.toestand].lower()}"
        yield Punt(
            stop.actie.begin_op, "actie", f"Actie: {stop.actie.naam}", tekst, "acties.toon", {"uid": stop.actie.uid}
        )


def bezoeken(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Visits that began, with the number of findings."""
    if not rol_mag(actor.rol, "bezoeken.lezen"):
        return
    opdracht = select_voor(actor, Bezoek).where(Bezoek.locatie_id == locatie.id, Bezoek.begin_op.is_not(None))
    rijen = sessie.scalars(opdracht).all()
    geldig = select_voor(actor, Bevinding).where(
        Bevinding.bezoek_id.in_([b.id for b in rijen]), Bevinding.vervallen_op.is_(None)
    )
    aantallen = Counter(b.bezoek_id for b in sessie.scalars(geldig))
    for bezoek in rijen:
        n = aantallen[bezoek.id]
        wat = f", {n} {'bevinding' if n == 1 else 'bevindingen'}" if n else ""
        tekst = f"{BEZOEKTOESTAND[bezoek.toestand]}{wat}"
        yield Punt(
            bezoek.begin_op or bezoek.aangemaakt_op, "bezoek", "Bezoek", tekst, "controles.bezoek", {"uid": bezoek.uid}
        )


def dossiers(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Dossiers that are about this location, where this actor may read them."""
    if not rol_mag(actor.rol, "dossiers.lezen"):
        return
    over = select(Dossierlocatie.dossier_id).where(Dossierlocatie.locatie_id == locatie.id)
    for d in sessie.scalars(select_voor(actor, Dossier).where(Dossier.id.in_(over))):
        tekst = f"{DOSSIERSOORTEN[d.soort]}: {DOSSIER_TABELLEN[d.tabelversie].namen[d.toestand].lower()}"
        yield Punt(d.aangemaakt_op, "dossier", f"Dossier {d.nummer}", tekst, "dossiers.dossier", {"uid": d.uid})


BRONNEN: tuple[Bron, ...] = (signalen, acties, bezoeken, dossiers, *FEITENBRONNEN)
