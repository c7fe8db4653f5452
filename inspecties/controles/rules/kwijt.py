"""A lost tablet: what has to be done next, and by when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Article 33, first paragraph, AVG: not later than 72 hours after having become aware of the breach, also in a weekend.
MELDTERMIJN = timedelta(hours=72)


@dataclass(frozen=True)
class Kwijtstap:
    """One thing to do after a tablet was lost; ``artikel`` where the law asks it."""

    code: str
    naam: str
    uitleg: str
    artikel: str = ""


STAPPEN: tuple[Kwijtstap, ...] = (
    Kwijtstap(
        "coordinator",
        "De coördinator van de actie weet het",
        "Op het toestel stonden adressen en afspraken van die dag. De coördinator bepaalt of de actie anders moet.",
    ),
    Kwijtstap(
        "fg",
        "De privacy officer of FG weet het",
        "Vertel wanneer het toestel weg was, wanneer u het ontdekte, wat hieronder staat en of het vergrendeld was.",
        "AVG, artikel 33",
    ),
    Kwijtstap(
        "vastgelegd",
        "Het datalek is opgeschreven in het register van de gemeente",
        "Ook als u het niet meldt: wat er gebeurde, wat de gevolgen zijn en wat u deed.",
        "AVG, artikel 33, vijfde lid",
    ),
    Kwijtstap(
        "ap",
        "Gemeld bij de Autoriteit Persoonsgegevens, of opgeschreven waarom niet",
        "Binnen 72 uur na de ontdekking. Melden hoeft niet als het waarschijnlijk geen risico geeft voor mensen, "
        "bijvoorbeeld omdat alles versleuteld was met een wachtzin die niemand anders kent.",
        "AVG, artikel 33, eerste lid",
    ),
    Kwijtstap(
        "betrokkenen",
        "Beoordeeld of de mensen om wie het gaat dit moeten weten",
        "Dat moet bij een hoog risico, bijvoorbeeld als de wachtzin op of bij het toestel lag.",
        "AVG, artikel 34",
    ),
    Kwijtstap(
        "ict",
        "ICT heeft het toestel op afstand vergrendeld of gewist",
        "Wis pas als u zeker weet dat er niets meer op staat dat nog niet verzonden is, of dat u dat kwijt mag zijn.",
    ),
    Kwijtstap(
        "wachtwoord",
        "Het wachtwoord van de gebruiker is vernieuwd",
        "Nodig als de browser op het toestel het wachtwoord onthield. Geef bij Gebruikers een nieuwe link.",
    ),
    Kwijtstap("aangifte", "Bij diefstal is aangifte gedaan", "Bewaar het nummer van de aangifte in het register."),
)
STAPCODES: frozenset[str] = frozenset(stap.code for stap in STAPPEN)


def uiterlijk(gemeld_op: datetime) -> datetime:
    """Until when the Autoriteit Persoonsgegevens can be told in time, counted from the report in this app."""
    return gemeld_op + MELDTERMIJN
