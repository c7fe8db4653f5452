"""What police data are, on which ground they are read and let go, and how their year and five years count: pure.

Articles and terms are those of the legal fact sheet, section 7; what it does not confirm says so on the screen.
"""

from dataclasses import dataclass
from datetime import date

from inspecties.audit.rules_bewaren import plus_maanden
from inspecties.core.fouten import OngeldigeInvoer

ARTIKELEN: dict[str, str] = {
    "art. 8 Wpg": "Artikel 8 Wpg: dagelijkse politietaak",
    "art. 9 Wpg": "Artikel 9 Wpg: onderzoek in een bepaald geval (te bevestigen)",
    "art. 13 Wpg": "Artikel 13 Wpg: ondersteunende taken (te bevestigen)",
}
# Within the first year: what the reader is doing. After it reading asks a ground of its own.
LEESGRONDEN: dict[str, str] = {
    "taak": "Nodig voor mijn taak als opsporingsambtenaar",
    "kwaliteit": "Nakijken of het gegeven klopt en hier hoort",
    "verantwoording": "Klacht, audit of verantwoording",
}
LATE_GRONDEN: dict[str, str] = {
    "vergelijken": "Vergelijken met een nieuw gegeven (art. 8 lid 2 Wpg, te bevestigen)",
    "combinatie": "Samen met andere gegevens verwerken (art. 8 lid 3 Wpg, te bevestigen)",
    "verantwoording": "Klacht, audit of verantwoording",
}
# After five years only what destruction and a complaint need.
LAATSTE_GRONDEN: dict[str, str] = {"verantwoording": LATE_GRONDEN["verantwoording"]}
TERUGGRONDEN: dict[str, str] = {
    "vergissing": "Het was geen politiegegeven: het kwam uit toezicht",
    "verstrekt": "De politie of het OM verstrekte het voor toezicht (art. 16 tot en met 20 Wpg, te bevestigen)",
}
STAPPEN: dict[str, str] = {
    "apart": "Apart gezet",
    "gelezen": "Gelezen",
    "opgehaald": "Bestand opgehaald",
    "terug": "Terug naar toezicht",
}
_MIN, _MAX = 10, 500


@dataclass(frozen=True)
class Wpgstand:
    """How far a piece is in its life. ``beperkt``: over its first year. ``voorbij``: over the five years."""

    ontvangen_op: date
    beperkt_op: date
    weg_op: date
    vandaag: date

    @property
    def beperkt(self) -> bool:
        return self.vandaag >= self.beperkt_op

    @property
    def voorbij(self) -> bool:
        return self.vandaag >= self.weg_op

    @property
    def gronden(self) -> dict[str, str]:
        """On which grounds it may be read now."""
        if self.voorbij:
            return LAATSTE_GRONDEN
        return LATE_GRONDEN if self.beperkt else LEESGRONDEN


def stand_van(ontvangen_op: date, vandaag: date, maanden: dict[str, int]) -> Wpgstand:
    """``maanden``: the terms in force (``wpg_beperkt``, ``wpg_weg``), counted from the day of receipt."""
    return Wpgstand(
        ontvangen_op,
        plus_maanden(ontvangen_op, maanden["wpg_beperkt"]),
        plus_maanden(ontvangen_op, maanden["wpg_weg"]),
        vandaag,
    )


def keur_reden(tekst: str, veld: str = "reden") -> str:
    """The reason on one line. Raises OngeldigeInvoer."""
    schoon = " ".join(tekst.split())
    if not _MIN <= len(schoon) <= _MAX:
        raise OngeldigeInvoer(f"Schrijf in {_MIN} tot {_MAX} tekens waarom. Noem geen namen van personen.", veld)
    return schoon


def keur_grond(grond: str, gronden: dict[str, str]) -> str:
    """Raises OngeldigeInvoer where this ground does not count now."""
    if grond not in gronden:
        raise OngeldigeInvoer(f"Kies een van de gronden: {'; '.join(gronden.values())}.", "grond")
    return grond


def keur_merk(ontvangen_van: str, artikel: str, ontvangen_op: date | None, vandaag: date) -> tuple[str, str, date]:
    """From whom, by which article, since when. Raises OngeldigeInvoer naming the field."""
    van = " ".join(ontvangen_van.split())
    if not 2 <= len(van) <= 120:
        raise OngeldigeInvoer("Schrijf in 2 tot 120 tekens wie dit vastlegde. Noem een functie.", "ontvangen_van")
    if artikel not in ARTIKELEN:
        raise OngeldigeInvoer(f"Kies het artikel: {', '.join(ARTIKELEN)}.", "artikel")
    if ontvangen_op is None:
        raise OngeldigeInvoer("Vul de dag in waarop het gegeven voor het eerst is verwerkt.", "ontvangen_op")
    if not date(2000, 1, 1) <= ontvangen_op <= vandaag:
        raise OngeldigeInvoer("Kies een dag vanaf 1 januari 2000 en niet na vandaag.", "ontvangen_op")
    return van, artikel, ontvangen_op
