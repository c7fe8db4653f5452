"""Whether somebody can come in a shift, from the hours that were given.

Nothing said: available. 'Not available' always counts. Where a day has hours with 'available', it is only in those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import TIJDZONE, lokaal, lokale_datum


@dataclass(frozen=True)
class Uren:
    """A period in which somebody can come (``beschikbaar``) or cannot. Moments are aware."""

    begin: datetime
    eind: datetime
    beschikbaar: bool = False


@dataclass(frozen=True)
class Botsing:
    """Why somebody cannot come in a shift: the hours that are in the way, in Dutch in ``zin``."""

    begin: datetime
    eind: datetime
    zin: str


def dag_van(dag: date) -> tuple[datetime, datetime]:
    """The moments between which a Dutch calendar day lies: 23 or 25 hours when the clock jumps."""
    begin = datetime.combine(dag, time(), TIJDZONE).astimezone(UTC)
    eind = datetime.combine(dag + timedelta(days=1), time(), TIJDZONE).astimezone(UTC)
    return begin, eind


def _klok(moment: datetime, dag: date) -> str:
    hier = lokaal(moment)
    return f"{hier:%H:%M}" if hier.date() == dag else f"{hier.day}-{hier.month} {hier:%H:%M}"


def zeg(begin: datetime, eind: datetime) -> str:
    """'van 17:00 tot 22:00' on the day of ``begin``, 'de hele dag', or with dates where it is longer."""
    dag = lokale_datum(begin)
    if (begin, eind) == dag_van(dag):
        return "de hele dag"
    slot = "24:00" if eind == dag_van(dag)[1] else _klok(eind, dag)
    return f"van {_klok(begin, dag)} tot {slot}"


def _samengevoegd(periodes: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    uit: list[tuple[datetime, datetime]] = []
    for begin, eind in sorted(periodes):
        if uit and begin <= uit[-1][1]:
            uit[-1] = (uit[-1][0], max(uit[-1][1], eind))
        else:
            uit.append((begin, eind))
    return uit


def vind_botsingen(uren: Sequence[Uren], begin: datetime, eind: datetime) -> list[Botsing]:
    """What is in the way of coming from ``begin`` to ``eind``; empty when nothing is."""
    weg = [
        Botsing(van, tot, f"niet beschikbaar, {zeg(max(van, dag_van(lokale_datum(begin))[0]), tot)}")
        for van, tot in _samengevoegd((u.begin, u.eind) for u in uren if not u.beschikbaar)
        if van < eind and tot > begin
    ]
    if weg:
        return weg
    dag_begin, dag_eind = dag_van(lokale_datum(begin))
    open_ = [
        (van, tot)
        for van, tot in _samengevoegd((u.begin, u.eind) for u in uren if u.beschikbaar)
        if van < max(dag_eind, eind) and tot > dag_begin
    ]
    if not open_ or any(van <= begin and tot >= eind for van, tot in open_):
        return []
    alleen = " en ".join(zeg(van, tot) for van, tot in open_)
    return [Botsing(open_[0][0], open_[-1][1], f"alleen beschikbaar {alleen}")]


def avond_van(moment: datetime) -> date:
    """The evening that a shift belongs to: what begins before six in the morning belongs to the day before."""
    hier = lokaal(moment)
    return hier.date() - timedelta(days=1) if hier.hour < 6 else hier.date()


def over_het_maximum(naam: str, ploegen: int, hoogstens: int | None) -> str:
    """The sentence for too many teams of one organisation on one evening; empty when it fits."""
    if hoogstens is None or ploegen <= hoogstens:
        return ""
    woord = "ploeg" if hoogstens == 1 else "ploegen"
    return f"{naam} kan op een avond hoogstens {hoogstens} {woord} bemensen, maar staat in {ploegen}."


def te_veel_avonden(naam: str, avonden: int, hoogstens: int | None) -> str:
    """The sentence for too many evenings of one organisation in one month; empty when it fits."""
    if hoogstens is None or avonden <= hoogstens:
        return ""
    woord = "avond" if hoogstens == 1 else "avonden"
    return f"{naam} doet hoogstens {hoogstens} {woord} per maand mee, en dit zou avond {avonden} zijn."


def lees_uren(
    van_dag: date, van_tijd: time | None, tot_dag: date | None, tot_tijd: time | None
) -> tuple[datetime, datetime]:
    """Begin and end of what was typed: without a time whole days, without a last day the same day.

    Raises OngeldigeInvoer naming the field.
    """
    laatste = tot_dag or van_dag
    begin = _moment(van_dag, van_tijd, "van_tijd") if van_tijd else dag_van(van_dag)[0]
    eind = _moment(laatste, tot_tijd, "tot_tijd") if tot_tijd else dag_van(laatste)[1]
    if eind <= begin:
        veld = "tot_dag" if laatste < van_dag else "tot_tijd"
        raise OngeldigeInvoer("Dit eindigt voordat het begint. Kies een latere tijd of dag.", veld)
    if laatste - van_dag > timedelta(days=LANGST_DAGEN):
        raise OngeldigeInvoer("Dit duurt langer dan een jaar. Vul een kortere periode in.", "tot_dag")
    return begin, eind


LANGST_DAGEN = 366


def _moment(dag: date, uur: time, veld: str) -> datetime:
    moment = datetime.combine(dag, uur, TIJDZONE).astimezone(UTC)
    if lokaal(moment).replace(tzinfo=None) != datetime.combine(dag, uur):
        raise OngeldigeInvoer(
            f"{uur:%H:%M} bestaat niet op deze dag: de klok gaat dan een uur vooruit. Kies een andere tijd.", veld
        )
    return moment


@dataclass(frozen=True)
class Maanddag:
    """One square of the picture of a month."""

    dag: date
    in_maand: bool
    regels: tuple[tuple[bool, str], ...]


def maandbeeld(uren: Sequence[Uren], maand: date) -> list[list[Maanddag]]:
    """The weeks, Monday first, of the month that ``maand`` lies in; per day (available, hours)."""
    eerste = maand.replace(day=1)
    volgende = (eerste + timedelta(days=32)).replace(day=1)
    begin = eerste - timedelta(days=eerste.weekday())
    weken = -(-(volgende - begin).days // 7)
    dagen = [_maanddag(begin + timedelta(days=i), eerste, uren) for i in range(weken * 7)]
    return [dagen[i : i + 7] for i in range(0, len(dagen), 7)]


def _maanddag(dag: date, eerste: date, uren: Sequence[Uren]) -> Maanddag:
    begin, eind = dag_van(dag)
    regels = tuple(
        (u.beschikbaar, zeg(max(u.begin, begin), min(u.eind, eind)))
        for u in sorted(uren, key=lambda u: (u.begin, u.eind))
        if u.begin < eind and u.eind > begin
    )
    return Maanddag(dag, (dag.year, dag.month) == (eerste.year, eerste.month), regels)
