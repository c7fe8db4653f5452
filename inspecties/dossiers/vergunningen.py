"""Permits of the places in a dossier that do not hold any more: who relies on one must know."""

from datetime import date

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor, systeem
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.locaties.models_feiten import Vergunning
from inspecties.locaties.rules.feiten import vergunningstand
from inspecties.web.sjablonen import datum

# A permit that ended counts only where no other of its kind holds.
_WEG = frozenset({"ingetrokken", "verlopen"})
_GELDT = frozenset({"geldig", "loopt_af"})


def vergunningwaarschuwingen(sessie: Session, actor: Actor, dossier: Dossier, vandaag: date) -> list[str]:
    """One sentence per permit that was withdrawn or ended while no other of its kind holds at that place.

    Who may read the dossier may know how the permits of its places stand: the caller checked that.
    """
    plekken = {locatie.id: locatie for locatie in dossier.locaties}
    rijen = sessie.scalars(
        select_voor(systeem(actor.gemeente_id), Vergunning)
        .where(Vergunning.locatie_id.in_(plekken))
        .order_by(Vergunning.locatie_id, Vergunning.id)
    ).all()
    standen = {
        rij.id: vergunningstand(rij.status, rij.geldig_vanaf, rij.geldig_tot, rij.intrekdatum, vandaag) for rij in rijen
    }
    geldig = {(rij.locatie_id, rij.soort) for rij in rijen if standen[rij.id].code in _GELDT}
    uit = []
    for rij in rijen:
        stand = standen[rij.id]
        if stand.code not in _WEG or (rij.locatie_id, rij.soort) in geldig:
            continue
        welke = f"{rij.soort} {rij.nummer}".strip()
        sinds = f"{stand.woord} {datum(stand.datum)}" if stand.datum else stand.woord
        uit.append(f"De vergunning '{welke}' van {plekken[rij.locatie_id].adresregel} is {sinds}. Steun er niet op.")
    return uit
