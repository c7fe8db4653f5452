"""How long something waits and how soon it has to be decided."""

from collections.abc import Iterable
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


def termijn(beslissen_voor: date | None, vandaag: date, *, van_ander: bool = False) -> Termijn:
    """How much time is left before the day on which has to be decided.

    ``van_ander``: it binds a party, so that after it nobody here is late.
    """
    if beslissen_voor is None:
        return Termijn("Geen termijn", "")
    dagen = (beslissen_voor - vandaag).days
    if dagen < 0 and van_ander:
        return Termijn(f"{-dagen} {'dag' if dagen == -1 else 'dagen'} voorbij", "let-op")
    if dagen < 0:
        return Termijn(f"{-dagen} {'dag' if dagen == -1 else 'dagen'} te laat", "fout")
    if dagen == 0:
        return Termijn("Vandaag", "let-op")
    tekst = f"Nog {dagen} {'dag' if dagen == 1 else 'dagen'}"
    return Termijn(tekst, "let-op" if dagen <= WAARSCHUW_DAGEN else "actief")


@dataclass(frozen=True)
class Aanleiding:
    """One reason why a dossier has to be decided, with its last day: 'beslissen voor 24 november 2026'."""

    tekst: str
    dag: date


@dataclass(frozen=True)
class Voorrang:
    """How urgent a dossier in the queue is. ``waarom`` says it in words, the most urgent reason first."""

    spoed: bool
    dag: date | None
    waarom: tuple[str, ...]

    @property
    def sleutel(self) -> tuple[bool, bool, date]:
        """To sort by: urgent ones, then what ends first, then what has no term."""
        return (not self.spoed, self.dag is None, self.dag or date.max)


def voorrang(spoed_omdat: str, aanleidingen: Iterable[Aanleiding]) -> Voorrang:
    """The urgency of one dossier from what presses on it."""
    op_volgorde = sorted(aanleidingen, key=lambda a: a.dag)
    spoed = " ".join(spoed_omdat.split())
    waarom = ([f"Spoed: {spoed}"] if spoed else []) + [a.tekst for a in op_volgorde]
    return Voorrang(bool(spoed), op_volgorde[0].dag if op_volgorde else None, tuple(waarom))
