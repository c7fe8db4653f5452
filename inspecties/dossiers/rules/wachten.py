"""How long something waits and how soon it has to be decided."""

from dataclasses import dataclass
from datetime import date

WAARSCHUW_DAGEN = 3


@dataclass(frozen=True)
class Termijn:
    """What to say about a term, and in which tone (macros/status.html)."""

    tekst: str
    toon: str


def wacht_al(sinds: date, vandaag: date) -> str:
    """'vandaag', '1 dag', '9 dagen'."""
    dagen = (vandaag - sinds).days
    if dagen <= 0:
        return "sinds vandaag"
    return "1 dag" if dagen == 1 else f"{dagen} dagen"


def termijn(beslissen_voor: date | None, vandaag: date) -> Termijn:
    """How much time is left before the day on which has to be decided."""
    if beslissen_voor is None:
        return Termijn("Geen termijn", "")
    dagen = (beslissen_voor - vandaag).days
    if dagen < 0:
        return Termijn(f"{-dagen} {'dag' if dagen == -1 else 'dagen'} te laat", "fout")
    if dagen == 0:
        return Termijn("Vandaag", "let-op")
    tekst = f"Nog {dagen} {'dag' if dagen == 1 else 'dagen'}"
    return Termijn(tekst, "let-op" if dagen <= WAARSCHUW_DAGEN else "actief")
