"""A term and how it came about: what was asked, what comes out, and the articles that did it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.termijnen.rules.duur import Duur, Eenheid

TIJDZONE = ZoneInfo("Europe/Amsterdam")
_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]|$)")


class Soort(StrEnum):
    """Who set the term: an act (then the Algemene termijnenwet applies), or an authority in its own decision."""

    WETTELIJK = "wettelijk"
    BESTUURLIJK = "bestuurlijk"


@dataclass(frozen=True, slots=True)
class Regel:
    """One step of the computation, for the jurist: the article (or the own choice) and what it did here."""

    artikel: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Opschorting:
    """A stretch in which the term stands still.

    ``eerste_dag`` is the first day that does not count, ``hervat_op`` the first day that counts again (None: it still
    stands still). ``hoogstens`` caps the stretch where the law does (Wet Bibob art. 31).
    """

    eerste_dag: date
    hervat_op: date | None
    artikel: str
    grond: str
    hoogstens: Duur | None = None

    def __post_init__(self) -> None:
        if not self.artikel.strip() or not self.grond.strip():
            raise OngeldigeInvoer("Een opschorting heeft een artikel en een grond nodig.", veld="grond")
        if self.hervat_op is not None and self.hervat_op <= self.eerste_dag:
            raise OngeldigeInvoer(
                f"De termijn kan niet hervatten op {self.hervat_op.isoformat()}: dat moet na de eerste dag van de "
                f"opschorting liggen ({self.eerste_dag.isoformat()}).",
                veld="hervat_op",
            )


@dataclass(frozen=True, slots=True)
class Verdaging:
    """An extension by decision: how much (no hours), on which day it was made known, the article and the reason."""

    duur: Duur
    op: date
    artikel: str
    grond: str

    def __post_init__(self) -> None:
        if not self.artikel.strip() or not self.grond.strip():
            raise OngeldigeInvoer("Een verdaging heeft een artikel en een grond nodig.", veld="grond")
        if self.duur.eenheid is Eenheid.UREN:
            raise OngeldigeInvoer("Verdagen kan niet met uren; geef dagen, weken of maanden.", veld="duur")


@dataclass(frozen=True, slots=True)
class Opdracht:
    """Everything a term is computed from; the same parts always give the same end.

    ``start``: the day of the event (for hours: its moment). ``inclusief``: that day itself counts. ``terug``: the term
    is counted back from it. ``atw_uitgesloten``: the article that sets the Algemene termijnenwet aside, if any.
    ``naar_werkdag``: a term set by decision ends on a working day, by our own choice.
    """

    start: date | datetime
    duur: Duur
    soort: Soort = Soort.WETTELIJK
    inclusief: bool = False
    terug: bool = False
    atw_uitgesloten: str = ""
    naar_werkdag: bool = True
    opschortingen: tuple[Opschorting, ...] = ()
    verdagingen: tuple[Verdaging, ...] = ()


@dataclass(frozen=True, slots=True)
class Termijn:
    """The outcome. Ends are days (through the end of that day), or for hours an aware moment in Dutch time."""

    opdracht: Opdracht
    einde_onverlengd: date | datetime
    einde: date | datetime
    verlengd_om: tuple[str, ...]
    regels: tuple[Regel, ...]
    waarschuwingen: tuple[str, ...] = ()
    loopt_nog_op: bool = False
    """True while a suspension is open: the end is then the earliest that is still possible."""

    @property
    def start(self) -> date | datetime:
        return self.opdracht.start

    @property
    def duur(self) -> Duur:
        return self.opdracht.duur

    @property
    def soort(self) -> Soort:
        return self.opdracht.soort

    @property
    def einddag(self) -> date:
        """The last day, in Dutch time."""
        return dag_van(self.einde)

    @property
    def laatste_moment(self) -> datetime:
        """The first moment (UTC) at which the term is over."""
        if isinstance(self.einde, datetime):
            return self.einde.astimezone(UTC)
        return datetime.combine(self.einde + timedelta(days=1), time(), TIJDZONE).astimezone(UTC)

    def is_verstreken(self, nu: datetime) -> bool:
        """Whether the term is over at this aware moment."""
        return nu >= self.laatste_moment

    def naar_json(self) -> dict[str, Any]:
        """The document of ``inspecties termijn --json``."""
        return {
            "start": schrijf(self.start),
            "duur": str(self.duur),
            "soort": self.soort.value,
            "einde_onverlengd": schrijf(self.einde_onverlengd),
            "einde": schrijf(self.einde),
            "verlengd_om": list(self.verlengd_om),
            "regels": [{"artikel": r.artikel, "uitleg": r.uitleg} for r in self.regels],
        }


def dag_van(wanneer: date | datetime) -> date:
    """The day in Dutch time; a naive moment is Dutch time."""
    if isinstance(wanneer, datetime):
        return (wanneer if wanneer.tzinfo is None else wanneer.astimezone(TIJDZONE)).date()
    return wanneer


def schrijf(wanneer: date | datetime) -> str:
    """ISO 8601: a day, or a moment in Dutch time with its offset."""
    if isinstance(wanneer, datetime):
        heeft_seconden = wanneer.second or wanneer.microsecond
        return wanneer.isoformat(timespec="seconds" if heeft_seconden else "minutes")
    return wanneer.isoformat()


def in_nederlandse_tijd(moment: datetime) -> datetime:
    """The aware moment in Europe/Amsterdam. A naive moment is read as Dutch clock time.

    Raises ``OngeldigeInvoer`` for a clock time that is skipped or comes twice when the clock changes.
    """
    if moment.tzinfo is not None:
        return moment.astimezone(TIJDZONE)
    eerst, daarna = (moment.replace(tzinfo=TIJDZONE, fold=f) for f in (0, 1))
    if eerst.utcoffset() == daarna.utcoffset():
        return eerst
    klok = f"{moment:%H:%M} uur op {moment.date().isoformat()}"
    if eerst.astimezone(UTC).astimezone(TIJDZONE).replace(tzinfo=None) != moment:
        raise OngeldigeInvoer(
            f"{klok} bestaat niet: de klok gaat dan een uur vooruit. Geef een tijd die wel bestaat.", veld="start"
        )
    raise OngeldigeInvoer(
        f"{klok} komt twee keer voor, omdat de klok een uur teruggaat. Zet er +02:00 (zomertijd) of +01:00 achter.",
        veld="start",
    )


def lees_start(tekst: str) -> date | datetime:
    """Read ``2026-12-18`` or ``2026-12-18T14:30`` (with or without offset). Raises ``OngeldigeInvoer``."""
    schoon = tekst.strip()
    try:
        # Python reads more of ISO 8601 (week numbers, no hyphens) than people mean when they type a date.
        if _DATUM.match(schoon) is None:
            raise ValueError(schoon)
        if len(schoon) == 10:
            return date.fromisoformat(schoon)
        gelezen = datetime.fromisoformat(schoon)
    except ValueError:
        raise OngeldigeInvoer(
            f"De start '{tekst}' is geen datum. Schrijf jaar-maand-dag, zoals 2026-12-18, of met een tijd erbij "
            "2026-12-18T14:30.",
            veld="start",
        ) from None
    return in_nederlandse_tijd(gelezen)
