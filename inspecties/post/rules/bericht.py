"""What may be sent: an address, a subject of one line, plain text; and when it is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from inspecties.core.fouten import OngeldigeInvoer

STATUSSEN: dict[str, str] = {
    "wachtend": "Wacht op verzending",
    "bezig": "Wordt verzonden",
    "verzonden": "Verzonden",
    "mislukt": "Niet te verzenden",
    "ingetrokken": "Niet meer nodig",
}
ONDERWERP_HOOGSTENS = 160
TEKST_HOOGSTENS = 20_000
# In a text: stands for the link of the message, which is made when it is sent and kept nowhere.
LINK = "[[link]]"
POGINGEN_HOOGSTENS = 20
# Longer than the slowest answer of a mail server; after that whoever was sending is gone.
BEZIG_HOOGSTENS = timedelta(minutes=10)
_EERST = timedelta(minutes=1)
_LANGST = timedelta(hours=4)


@dataclass(frozen=True)
class Geheimlink:
    """A page that opens without an account: what for, of which row, and which round of links (an older one is dead)."""

    doel: str
    uid: str
    ronde: int


def controleer_onderwerp(onderwerp: str) -> str:
    """One line without control characters. Raises OngeldigeInvoer."""
    goed = onderwerp.strip()
    if not goed or len(goed) > ONDERWERP_HOOGSTENS:
        raise OngeldigeInvoer(
            f"Geef het bericht een onderwerp van hoogstens {ONDERWERP_HOOGSTENS} tekens.", "onderwerp"
        )
    if any(not teken.isprintable() for teken in goed):
        raise OngeldigeInvoer("Het onderwerp is een regel zonder bijzondere tekens.", "onderwerp")
    return goed


def controleer_tekst(tekst: str) -> str:
    """Plain text with line feeds. Raises OngeldigeInvoer."""
    goed = tekst.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"
    if goed == "\n" or len(goed) > TEKST_HOOGSTENS:
        raise OngeldigeInvoer(f"Schrijf een bericht van hoogstens {TEKST_HOOGSTENS} tekens.", "tekst")
    if any(not (teken.isprintable() or teken in "\n\t") for teken in goed):
        raise OngeldigeInvoer("In het bericht staan tekens die niet in een mail kunnen.", "tekst")
    return goed


def volgende_poging(nu: datetime, pogingen: int) -> datetime | None:
    """When to try again after so many attempts: 1, 2, 4, ... minutes, at most four hours; None: give up."""
    if pogingen >= POGINGEN_HOOGSTENS:
        return None
    wacht: timedelta = min(_EERST * int(2 ** (pogingen - 1)), _LANGST)
    return nu + wacht
