"""How an evening runs: what has happened, when the rest is expected, and what no longer fits.

What happened counts as it was reported; the rest follows from travel times, planned durations, windows and the break.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inspecties.acties.rules.gereedheid import AFGEHANDELD

# Within this a team is "op schema".
SPELING = timedelta(minutes=5)
# A tablet that has not been in contact for longer than this holds work that nobody else has.
STIL = timedelta(minutes=10)
_AAN_DE_DEUR_GEWEEST = frozenset({"afgerond", "niemand_thuis", "geweigerd"})


@dataclass(frozen=True)
class Avondstop:
    """A stop as the evening sees it.

    ``reis_min``: minutes from the previous stop in planned order. ``gepland_op``: planned begin, where there is a plan.
    ``onderweg_op``, ``binnen_op``: last report of that state. ``klaar_op``: when it was dealt with.
    """

    sleutel: str
    naam: str
    toestand: str = "gepland"
    duur_min: int = 30
    reis_min: float = 0.0
    venster_begin: datetime | None = None
    venster_eind: datetime | None = None
    gepland_op: datetime | None = None
    onderweg_op: datetime | None = None
    binnen_op: datetime | None = None
    klaar_op: datetime | None = None


@dataclass(frozen=True)
class Pauze:
    """A break of ``minuten`` that begins between ``van`` and ``tot``."""

    minuten: int
    van: datetime
    tot: datetime


@dataclass(frozen=True)
class Verwachting:
    """When a stop begins and ends: as reported where it happened, else as expected. None, None: called off.

    ``gepland_op`` is the planned begin, ``later`` how much later than that it is (negative: earlier).
    """

    stop: Avondstop
    begin: datetime | None
    eind: datetime | None
    gepland_op: datetime | None
    mist_venster: bool = False
    na_dienst: bool = False

    @property
    def later(self) -> timedelta | None:
        if self.begin is None or self.gepland_op is None:
            return None
        return self.begin - self.gepland_op


@dataclass(frozen=True)
class Ploegstand:
    """A team: its stops in the order in which they were and will be done, and how late it runs."""

    stops: tuple[Verwachting, ...]
    vertraging: timedelta
    klaar: datetime | None
    open: int

    @property
    def zin(self) -> str:
        """'25 minuten achter op schema'."""
        if not self.stops:
            return "Geen stops"
        if not self.open:
            return "Alles gedaan"
        minuten = round(abs(self.vertraging) / timedelta(minutes=1))
        if abs(self.vertraging) < SPELING:
            return "Op schema"
        eenheid = "minuut" if minuten == 1 else "minuten"
        return f"{minuten} {eenheid} {'achter' if self.vertraging > timedelta(0) else 'voor'} op schema"

    @property
    def te_laat(self) -> tuple[Verwachting, ...]:
        """What no longer fits: a window that will be missed, or a visit that ends after the shift."""
        return tuple(v for v in self.stops if v.mist_venster or v.na_dienst)


def _min(minuten: float) -> timedelta:
    return timedelta(minutes=minuten)


def plan_tijden(stops: Sequence[Avondstop], begin: datetime, pauze: Pauze | None = None) -> dict[str, datetime]:
    """Key -> planned begin, for stops in planned order: what the planner wrote, the rest computed from the one before.

    A stop that was called off still has its place: what was planned does not change because the evening did.
    """
    uit: dict[str, datetime] = {}
    vrij = begin
    nog = pauze
    for plaats, stop in enumerate(stops):
        # Where teams start is not known here, so the way to the first stop does not count.
        start = vrij + _min(stop.reis_min if plaats else 0)
        start, nog = _na_pauze(start, nog)
        start = stop.gepland_op or _in_venster(stop, start)
        uit[stop.sleutel] = start
        vrij = start + _min(stop.duur_min)
    return uit


def _in_venster(stop: Avondstop, moment: datetime) -> datetime:
    return max(moment, stop.venster_begin) if stop.venster_begin else moment


def _na_pauze(moment: datetime, pauze: Pauze | None) -> tuple[datetime, Pauze | None]:
    """The moment after the break, where it is taken before this moment; and the break that is still to come."""
    if pauze is None or not pauze.minuten or moment < pauze.van:
        return moment, pauze
    return moment + _min(pauze.minuten), None


def _gebeurd(stop: Avondstop) -> bool:
    return stop.toestand in _AAN_DE_DEUR_GEWEEST and stop.klaar_op is not None


def _begonnen(stop: Avondstop) -> datetime | None:
    return stop.binnen_op or stop.onderweg_op or stop.klaar_op


def volgorde_van(stops: Sequence[Avondstop]) -> list[Avondstop]:
    """First what was done, as it was done; then where the team is now; then the rest as planned."""

    def plaats(paar: tuple[int, Avondstop]) -> tuple[int, float, int]:
        nummer, stop = paar
        if _gebeurd(stop) and stop.klaar_op is not None:
            return 0, stop.klaar_op.timestamp(), nummer
        return (1 if stop.toestand == "binnen" else 2 if stop.toestand == "onderweg" else 3), 0.0, nummer

    return [stop for _, stop in sorted(enumerate(stops), key=plaats)]


def verwacht(
    stops: Iterable[Avondstop],
    nu: datetime,
    dienst_begin: datetime,
    dienst_eind: datetime,
    pauze: Pauze | None = None,
) -> Ploegstand:
    """When each stop of a team (given in planned order) begins and ends, seen from ``nu``."""
    rij = list(stops)
    gepland = plan_tijden(rij, dienst_begin, pauze)
    uit: list[Verwachting] = []
    # The moment at which the team can leave; None as long as it has done nothing.
    vrij: datetime | None = None
    nog = pauze
    if nog is not None and nu > nog.tot:
        # Nobody reports a break: once its last moment is past it was taken, or it will not be.
        nog = None
    for stop in volgorde_van(rij):
        plan = gepland[stop.sleutel]
        if stop.toestand == "vervallen":
            uit.append(Verwachting(stop, None, None, plan))
            continue
        if _gebeurd(stop) and stop.klaar_op is not None:
            begin = _begonnen(stop) or stop.klaar_op
            eind = max(stop.klaar_op, begin)
            uit.append(Verwachting(stop, begin, eind, plan))
            vrij = max(eind, vrij) if vrij else eind
            continue
        begin, nog = _verwacht_begin(stop, nu, vrij, plan, nog)
        eind = max(begin + _min(stop.duur_min), nu)
        mist = stop.toestand != "binnen" and stop.venster_eind is not None and begin > stop.venster_eind
        uit.append(Verwachting(stop, begin, eind, plan, mist, eind > dienst_eind))
        vrij = eind
    open_ = [v for v in uit if v.stop.toestand not in AFGEHANDELD]
    return Ploegstand(tuple(uit), _vertraging(open_), vrij, len(open_))


def _vertraging(open_: Sequence[Verwachting]) -> timedelta:
    """How much later than planned the first open stop is. Who is inside for too long runs late as well."""
    if not open_ or open_[0].later is None:
        return timedelta(0)
    eerst = open_[0]
    if eerst.stop.toestand == "binnen" and eerst.eind and eerst.gepland_op:
        return eerst.eind - (eerst.gepland_op + _min(eerst.stop.duur_min))
    return eerst.later or timedelta(0)


def _verwacht_begin(
    stop: Avondstop, nu: datetime, vrij: datetime | None, plan: datetime, pauze: Pauze | None
) -> tuple[datetime, Pauze | None]:
    if stop.toestand == "binnen":
        return stop.binnen_op or nu, pauze
    if stop.toestand == "onderweg":
        vertrek = stop.onderweg_op or nu
        return _in_venster(stop, max(nu, vertrek + _min(stop.reis_min))), pauze
    if vrij is None:
        # Nothing was done yet: the team leaves as planned, or now where it is late.
        begin = max(nu, plan)
        return _in_venster(stop, begin), None if pauze and begin >= pauze.van else pauze
    begin, pauze = _na_pauze(vrij + _min(stop.reis_min), pauze)
    return _in_venster(stop, max(nu, begin)), pauze
