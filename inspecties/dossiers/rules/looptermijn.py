"""A term that runs in a dossier: its end from its parts, what may change it, and when its owner is warned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.termijnen.rules.benoemd import Termijnregel
from inspecties.termijnen.rules.berekenen import hervat, schort_op, verdaag
from inspecties.termijnen.rules.duur import Duur
from inspecties.termijnen.rules.feestdagen import Kalender
from inspecties.termijnen.rules.termijn import Opschorting, Soort, Termijn, Verdaging

STANDEN: dict[str, str] = {"loopt": "Loopt", "opgeschort": "Opgeschort", "gedaan": "Gedaan", "vervallen": "Vervallen"}
LOPEND = frozenset({"loopt", "opgeschort"})
DAADSOORTEN: dict[str, str] = {"opschorting": "Opgeschort", "hervatting": "Hervat", "verdaging": "Verdaagd"}
# A term that is too late is said again every week.
HERHAAL_DAGEN = 7


@dataclass(frozen=True)
class Daad:
    """An act that changed a term. ``op``: the first day that does not count, the first that counts again, or the day
    on which the extension was made known."""

    soort: str
    op: date
    artikel: str
    grond: str
    duur: str = ""


def reken(
    regel: Termijnregel, start: date, duur: str, daden: Iterable[Daad], *, kalender: Kalender, vandaag: date
) -> Termijn:
    """The term as it stands today. ``duur`` is empty where the article sets the length.

    Raises OngeldigeInvoer where an act does not fit: no ground, after the end, longer than the article allows.
    """
    termijn = regel.bereken(start, kalender=kalender, duur=Duur.lees(duur) if duur else None)
    for daad in daden:
        termijn = _pas_toe(regel, termijn, daad, kalender, vandaag)
    return termijn


def _pas_toe(regel: Termijnregel, termijn: Termijn, daad: Daad, kalender: Kalender, vandaag: date) -> Termijn:
    if daad.soort == "hervatting":
        return hervat(termijn, daad.op, kalender=kalender)
    if daad.soort == "opschorting":
        stil = Opschorting(daad.op, None, daad.artikel, daad.grond)
        return schort_op(termijn, stil, kalender=kalender, vandaag=vandaag)
    duur = Duur.lees(daad.duur)
    if regel.verdagen_hoogstens is not None:
        return regel.verdaag(termijn, duur, daad.op, daad.grond, kalender=kalender)
    # A term that we set ourselves we can also set longer, by a new decision.

    return verdaag(termijn, Verdaging(duur, daad.op, regel.artikel, daad.grond), kalender=kalender, vandaag=vandaag)


def artikel_voor(regel: Termijnregel, soort: str) -> str:
    """On which article an act rests. Raises Conflict where the law does not know it for this term."""
    if soort == "verdaging":
        if regel.verdagen_hoogstens is not None:
            return regel.verdagen_artikel
        if regel.soort is Soort.BESTUURLIJK:
            return regel.artikel
        raise Conflict(f"{regel.naam}: deze termijn is niet te verdagen ({regel.artikel}).", "soort")
    if not regel.opschorten_artikel:
        raise Conflict(f"{regel.naam}: deze termijn is niet op te schorten ({regel.artikel}).", "soort")
    return regel.opschorten_artikel


def mogelijke_daden(regel: Termijnregel, stand: str) -> list[str]:
    """Which acts the screen offers for a term in this state."""
    if stand == "opgeschort":
        return ["hervatting"]
    if stand != "loopt":
        return []
    uit = ["opschorting"] if regel.opschorten_artikel else []
    if regel.verdagen_hoogstens is not None or regel.soort is Soort.BESTUURLIJK:
        uit.append("verdaging")
    return uit


def eis_op_tijd(daad: Daad, start: date, vandaag: date) -> None:
    """Raises OngeldigeInvoer where an act lies before the term or in the future."""
    if daad.op < start:
        raise OngeldigeInvoer("Deze dag ligt voor het begin van de termijn.", "op")
    # What came in today lets a term count again from tomorrow.
    if daad.op > vandaag + timedelta(days=1 if daad.soort == "hervatting" else 0):
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg vast wat al is gebeurd.", "op")


def waarschuwmoment(einde: date, momenten: Sequence[int], vandaag: date) -> int | None:
    """The moment that has been reached, in days before the end (negative: weeks too late); None before the first."""
    dagen = (einde - vandaag).days
    if dagen < 0:
        return -1 - HERHAAL_DAGEN * ((-dagen - 1) // HERHAAL_DAGEN)
    bereikt = [m for m in momenten if dagen <= m]
    return min(bereikt) if bereikt else None


def moet_waarschuwen(moment: int | None, gewaarschuwd_bij: int | None) -> bool:
    """Whether this moment was not told yet: each is told once, also when the command did not run for some days."""
    return moment is not None and (gewaarschuwd_bij is None or moment < gewaarschuwd_bij)
