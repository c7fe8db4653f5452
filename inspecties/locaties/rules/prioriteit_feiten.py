"""What the priority of a location may rest on, and nothing else.

There is no place here for nationality, origin, religion, sex or age of persons: persons appear as one number only.
``VERBODEN`` is the list that a test holds every field, every column that is read and every question against.
"""

import re
from dataclasses import dataclass
from datetime import date

# Words, as they stand in the name of a field or in a question, that say something about what a person is.
VERBODEN = re.compile(
    r"national|etni|ethni|afkomst|herkomst|geboorte|geboren|religi|geloof|godsdienst|geslacht|sekse|gender"
    r"|leeftijd|minderjarig|meerderjarig|jong|huidskleur|paspoortland|vreemdeling|verblijfs ?(?:status|recht|titel)"
    r"|\b(?:ouder|oudere|man|mannen|vrouw|vrouwen|meisjes?|kind|kinderen)\b",
    re.IGNORECASE,
)


def is_verboden(tekst: str) -> bool:
    """Whether a name or a question is about what a person is, so that nothing that rests on it may count."""
    return VERBODEN.search(tekst.replace("_", " ")) is not None


@dataclass(frozen=True)
class Signaalfeit:
    """A signal; never who reported, nor what it says. ``verwijzing`` is ``signaal:<uid>``."""

    datum: date
    urgentie: str
    vorm: str
    afgesloten: bool
    bron: str
    verwijzing: str = ""


@dataclass(frozen=True)
class Bevindingfeit:
    """A consequence that a visit led to. ``verwijzing`` is ``bezoek:<uid>``."""

    datum: date
    gevolg: str
    bron: str
    verwijzing: str = ""


@dataclass(frozen=True)
class Overlastfeit:
    """A report of nuisance."""

    datum: date
    soort: str
    bron: str


@dataclass(frozen=True)
class Vergunningfeit:
    """A permit as it stands in the register. ``datum``: when that was written down."""

    soort: str
    status: str
    geldig_vanaf: date | None
    geldig_tot: date | None
    datum: date
    bron: str


@dataclass(frozen=True)
class Prioriteitfeiten:
    """All there is of one location. ``personen_brp`` and ``capaciteit`` are numbers; ``gegevens_datum`` is theirs."""

    locatietype: str
    typenaam: str
    interval_dagen: int
    in_beeld_sinds: date
    laatste_bezoek: date | None
    personen_brp: int | None
    capaciteit: int | None
    gegevens_datum: date
    signalen: tuple[Signaalfeit, ...] = ()
    bevindingen: tuple[Bevindingfeit, ...] = ()
    overlast: tuple[Overlastfeit, ...] = ()
    vergunningen: tuple[Vergunningfeit, ...] = ()
