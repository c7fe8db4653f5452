"""What presses on the dossiers that wait for a decision: the same for the queue and for the home page."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.looptermijnen import lopende
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_kabinet import Telefoonbesluit, Voorbereiding
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.wachten import Aanleiding, Voorrang, voorrang
from inspecties.web.sjablonen import datum


def voorrang_van(sessie: Session, actor: Actor, dossiers: Sequence[Dossier]) -> dict[int, Voorrang]:
    """Dossier.id -> urgency, a telephone decision without paper, the day to decide, running terms; few queries."""
    ids = [dossier.id for dossier in dossiers]
    aanleidingen: dict[int, list[Aanleiding]] = {nr: [] for nr in ids}
    for dossier in dossiers:
        if dossier.beslissen_voor is not None:
            tekst = f"Beslissen voor {datum(dossier.beslissen_voor)} ({dossier.beslissen_omdat})"
            aanleidingen[dossier.id].append(Aanleiding(tekst, dossier.beslissen_voor))
    for rij in sessie.scalars(lopende(actor).where(Looptermijn.dossier_id.in_(ids))):
        if not rij.van_ander:
            tekst = f"{rij.naam}: uiterlijk {datum(rij.einde_datum)}"
            aanleidingen[rij.dossier_id].append(Aanleiding(tekst, rij.einde_datum))
    telefonisch = select_voor(actor, Telefoonbesluit).where(
        Telefoonbesluit.dossier_id.in_(ids), ~Telefoonbesluit.vastlegging.has()
    )
    spoed = {rij.dossier_id: rij.spoed_omdat for rij in sessie.scalars(telefonisch.order_by(Telefoonbesluit.id.desc()))}
    for wat in sessie.scalars(select_voor(actor, Voorbereiding).where(Voorbereiding.dossier_id.in_(ids))):
        # What the jurist wrote goes before what was said by telephone.
        spoed[wat.dossier_id] = wat.spoed_omdat or spoed.get(wat.dossier_id, "")
    return {nr: voorrang(spoed.get(nr, ""), aanleidingen[nr]) for nr in ids}
