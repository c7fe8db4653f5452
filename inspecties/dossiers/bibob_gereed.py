"""What stands in the way of submitting a Bibob dossier to the cabinet."""

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.dossiers.bibob import CODE, als_uitkomst, onderzoek_van, traject_van_bibob, uitkomst_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.rules.bibob import kan_zonder_zienswijze

# Where the track has to stand before the cabinet can decide.
KLAAR_OM_VOOR_TE_LEGGEN = frozenset(
    {"beoordeeld", "zienswijze", "verleend", "voorschriften", "geweigerd", "ingetrokken", "bekendgemaakt"}
)
# Where it stands before the person concerned was heard.
NIET_GEHOORD = "beoordeeld"


# Where the track ended without a decision, as where the application was withdrawn.
GESTOPT = "gestopt"
IS_GESTOPT = "Dit Bibob-onderzoek is gestopt. Er valt niets meer over te besluiten."


def is_gestopt(sessie: Session, lezer: Actor, dossier: Dossier) -> bool:
    """Whether the investigation of this dossier ended without a decision; False for every other kind of dossier."""
    traject = traject_van_bibob(sessie, lezer, dossier) if dossier.soort == CODE else None
    return traject is not None and traject.stand == GESTOPT


def belemmeringen(sessie: Session, lezer: Actor, dossier: Dossier) -> list[str]:
    """What stands in the way of submitting a Bibob dossier; empty for every other kind."""
    if dossier.soort != CODE:
        return []
    if onderzoek_van(sessie, lezer, dossier) is None:
        return ["Leg eerst de aanleiding van dit Bibob-onderzoek vast."]
    return [IS_GESTOPT] if is_gestopt(sessie, lezer, dossier) else _nog_nodig(sessie, lezer, dossier)


def _nog_nodig(sessie: Session, lezer: Actor, dossier: Dossier) -> list[str]:
    """What an investigation that runs still needs."""
    uitkomst = als_uitkomst(uitkomst_van(sessie, lezer, dossier))
    if uitkomst is None:
        return ["De uitkomst van het Bibob-onderzoek staat nog niet vast (artikel 3 Wet Bibob)."]
    traject = traject_van_bibob(sessie, lezer, dossier)
    if traject is not None and traject.stand not in KLAAR_OM_VOOR_TE_LEGGEN:
        return [
            "Zet eerst de stap 'Uitkomst vastgesteld', en bij een negatief besluit ook 'Zienswijze', in het traject."
        ]
    if traject is not None and traject.stand == NIET_GEHOORD and not kan_zonder_zienswijze(uitkomst):
        return [
            "Bij deze uitkomst past alleen een negatief besluit. Verstuur eerst het voornemen en leg de zienswijze "
            "vast (artikel 33 Wet Bibob). Pas daarna beslist het kabinet."
        ]
    return []
