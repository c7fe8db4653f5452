"""The plan of an evening on a time axis: when each team is where, and which agreements that breaks.

Times are whole minutes after ``Bord.nul``. Nothing is refused here: a plan that cannot be done is computed as well as
it goes, and every breach is told in a sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from inspecties.acties.rules.reis import Punt, Reis
from inspecties.core.klok import lokaal


@dataclass(frozen=True)
class Pauze:
    """A break of ``duur`` minutes that begins between ``van`` and ``tot``."""

    van: int
    tot: int
    duur: int


@dataclass(frozen=True)
class Bordpartner:
    """An organisation with somebody in a team; ``hoogstens``: the most stops this evening that need its powers."""

    naam: str
    bevoegdheden: frozenset[str]
    hoogstens: int | None = None


@dataclass(frozen=True)
class Bordploeg:
    """A team with its own hours and the powers of its members together."""

    id: str
    naam: str
    begin: int
    eind: int
    bevoegdheden: frozenset[str] = frozenset()
    pauze: Pauze | None = None
    partners: tuple[Bordpartner, ...] = ()


@dataclass(frozen=True)
class Bordstop:
    """A stop. ``niet_voor``: it begins no earlier, by wish or (``vast``) exactly then.

    ``gedaan``: begin and departure of a visit that was made or is under way; such a stop does not move any more.
    """

    id: str
    adres: str
    punt: Punt
    duur: int = 30
    van: int | None = None
    tot: int | None = None
    vereist: frozenset[str] = frozenset()
    verplicht: bool = False
    vast: bool = False
    niet_voor: int | None = None
    waarde_tienden: int = 0
    gedaan: tuple[int, int] | None = None


# Ids of stops in order, by id of the team.
Verdeling = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Bord:
    """Everything that the times follow from. ``dienst``: the shift of the action."""

    nul: datetime
    dienst: tuple[int, int]
    depot: Punt
    ploegen: tuple[Bordploeg, ...]
    stops: Mapping[str, Bordstop]
    verdeling: Verdeling
    reis: Reis = field(default_factory=Reis)
    namen: Mapping[str, str] = field(default_factory=dict)

    def moment(self, minuut: int) -> datetime:
        """The moment that a minute stands for."""
        return self.nul + timedelta(minutes=minuut)

    def minuut(self, moment: datetime) -> int:
        """The minute of a moment; parts of a minute fall away."""
        return int((moment - self.nul).total_seconds() // 60)

    def zeg(self, minuut: int) -> str:
        """A minute on the Dutch wall clock."""
        return f"{lokaal(self.moment(minuut)):%H:%M}"


@dataclass(frozen=True)
class Blok:
    """A stop in time: ``reis`` minutes of driving before the arrival."""

    stop: str
    aankomst: int
    begin: int
    vertrek: int
    reis: int


@dataclass(frozen=True)
class Rooster:
    """What a team does; ``pauze`` is when its break begins and ends, None without one."""

    ploeg: str
    blokken: tuple[Blok, ...]
    terug: int
    pauze: tuple[int, int] | None


@dataclass(frozen=True)
class Breuk:
    """Something that the plan breaks. ``stop`` is None where it is about the whole team."""

    code: str
    ploeg: str
    stop: str | None
    zin: str


@dataclass(frozen=True)
class Stand:
    """All teams in time, and what breaks."""

    roosters: tuple[Rooster, ...]
    breuken: tuple[Breuk, ...]


def op_volgorde(bord: Bord, ids: Sequence[str]) -> list[str]:
    """What was visited first comes first; the rest as it stands."""
    gedaan = [(stop.gedaan, i) for i in ids if (stop := bord.stops[i]).gedaan is not None]
    eerst = [i for _, i in sorted(gedaan, key=lambda paar: (paar[0], paar[1]))]
    return [*eerst, *(i for i in ids if bord.stops[i].gedaan is None)]


def maak_rooster(bord: Bord, ploeg: Bordploeg, ids: Sequence[str]) -> Rooster:
    """The earliest times in this order, with the break where it breaks least and the team is back first."""
    volgorde = op_volgorde(bord, ids)
    if ploeg.pauze is None:
        return _zonder_pauze(bord, ploeg, volgorde)
    beste: tuple[tuple[int, int, int], Rooster] | None = None
    for plek in range(len(volgorde) + 1):
        for na_rit in (False, True):
            rooster = _loop(bord, ploeg, volgorde, (plek, na_rit))
            if rooster is not None:
                maat = (*_schade(bord, ploeg, rooster), rooster.terug)
                if beste is None or maat < beste[0]:
                    beste = (maat, rooster)
    return _zonder_pauze(bord, ploeg, volgorde) if beste is None else beste[1]


def _zonder_pauze(bord: Bord, ploeg: Bordploeg, volgorde: Sequence[str]) -> Rooster:
    rooster = _loop(bord, ploeg, volgorde, None)
    assert rooster is not None  # only a break can fail to fit
    return rooster


def _loop(bord: Bord, ploeg: Bordploeg, volgorde: Sequence[str], pauze_op: tuple[int, bool] | None) -> Rooster | None:
    """The times with the break before stop number ``plek``; None where it cannot begin there in its window."""
    t, plaats = ploeg.begin, bord.depot
    blokken: list[Blok] = []
    pauze: tuple[int, int] | None = None
    for nummer, id_ in enumerate(volgorde):
        stop = bord.stops[id_]
        rit = bord.reis.minuten(plaats, stop.punt)
        if stop.gedaan is not None:
            begin, t = stop.gedaan
            blokken.append(Blok(id_, begin, begin, t, 0))
            plaats = stop.punt
            if pauze_op is not None and pauze_op[0] == nummer:
                return None  # what was is not planned again
            continue
        vrij, aankomst = t + rit, t + rit
        if pauze_op is not None and pauze_op[0] == nummer:
            pauze = _pauze(ploeg, t + rit if pauze_op[1] else t)
            if pauze is None:
                return None
            vrij = pauze[1] if pauze_op[1] else pauze[1] + rit
            aankomst = aankomst if pauze_op[1] else vrij
        begin = max(vrij, stop.van or 0, stop.niet_voor or 0)
        t, plaats = begin + stop.duur, stop.punt
        blokken.append(Blok(id_, aankomst, begin, t, rit))
    thuis = t + (bord.reis.minuten(plaats, bord.depot) if volgorde else 0)
    if pauze_op is not None and pauze_op[0] == len(volgorde):
        pauze = _pauze(ploeg, thuis if pauze_op[1] else t)
        if pauze is None or (pauze_op[1] and pauze[1] > ploeg.eind):
            return None
        thuis = thuis if pauze_op[1] else pauze[1] + (thuis - t)
    return Rooster(ploeg.id, tuple(blokken), thuis, pauze)


def _pauze(ploeg: Bordploeg, t: int) -> tuple[int, int] | None:
    assert ploeg.pauze is not None
    begin = max(t, ploeg.pauze.van)
    return (begin, begin + ploeg.pauze.duur) if begin <= ploeg.pauze.tot else None


def _uiterst(stop: Bordstop) -> int | None:
    """The last moment at which the visit may begin."""
    grenzen = [g for g in (stop.tot, stop.niet_voor if stop.vast else None) if g is not None]
    return min(grenzen, default=None)


def _schade(bord: Bord, ploeg: Bordploeg, rooster: Rooster) -> tuple[int, int]:
    """How many times are broken, and by how many minutes together."""
    te_laat = [max(0, rooster.terug - ploeg.eind)]
    for blok in rooster.blokken:
        stop = bord.stops[blok.stop]
        uiterst = _uiterst(stop)
        if uiterst is not None and stop.gedaan is None:
            te_laat.append(max(0, blok.begin - uiterst))
    return sum(laat > 0 for laat in te_laat), sum(te_laat)


def reken(bord: Bord) -> Stand:
    """The times of all teams, and everything that breaks."""
    roosters = tuple(maak_rooster(bord, p, bord.verdeling.get(p.id, ())) for p in bord.ploegen)
    breuken = [
        breuk
        for ploeg, rooster in zip(bord.ploegen, roosters, strict=True)
        for breuk in (*_van_ploeg(bord, ploeg, rooster), *_van_stops(bord, ploeg, rooster))
    ]
    return Stand(roosters, (*breuken, *_van_partners(bord)))


def _van_ploeg(bord: Bord, ploeg: Bordploeg, rooster: Rooster) -> Iterator[Breuk]:
    begin, eind = bord.zeg(ploeg.begin), bord.zeg(ploeg.eind)
    if ploeg.eind <= ploeg.begin:
        yield Breuk(
            "uren", ploeg.id, None, f"De uren van {ploeg.naam} eindigen ({eind}) voordat ze beginnen ({begin})."
        )
    elif ploeg.begin < bord.dienst[0] or ploeg.eind > bord.dienst[1]:
        dienst = f"{bord.zeg(bord.dienst[0])} tot {bord.zeg(bord.dienst[1])}"
        yield Breuk(
            "uren", ploeg.id, None, f"De uren van {ploeg.naam} ({begin} tot {eind}) vallen buiten de dienst ({dienst})."
        )
    if rooster.blokken and rooster.terug > ploeg.eind:
        terug = bord.zeg(rooster.terug)
        yield Breuk("dienst", ploeg.id, None, f"{ploeg.naam} is pas om {terug} terug. Haar uren eindigen om {eind}.")
    if ploeg.pauze is not None and rooster.pauze is None and rooster.blokken:
        venster = f"{bord.zeg(ploeg.pauze.van)} en {bord.zeg(ploeg.pauze.tot)}"
        zin = (
            f"De pauze van {ploeg.naam} ({ploeg.pauze.duur} minuten, begin tussen {venster}) past niet tussen de stops."
        )
        yield Breuk("pauze", ploeg.id, None, zin)


def _van_stops(bord: Bord, ploeg: Bordploeg, rooster: Rooster) -> Iterator[Breuk]:
    for blok in rooster.blokken:
        stop = bord.stops[blok.stop]
        if stop.gedaan is not None:
            continue
        begin = bord.zeg(blok.begin)
        if stop.vast and stop.niet_voor is not None and blok.begin > stop.niet_voor:
            zin = (
                f"{stop.adres} staat vast om {bord.zeg(stop.niet_voor)}, maar {ploeg.naam} kan er pas om {begin} zijn."
            )
            yield Breuk("vast", ploeg.id, stop.id, zin)
        if stop.tot is not None and blok.begin > stop.tot:
            tot = bord.zeg(stop.tot)
            zin = f"{stop.adres}: {ploeg.naam} begint om {begin}. Dat is te laat, het bezoek kan tot {tot}."
            yield Breuk("venster", ploeg.id, stop.id, zin)
        if mist := sorted(stop.vereist - ploeg.bevoegdheden):
            wat = " en ".join(f"'{bord.namen.get(code, code)}'" for code in mist)
            yield Breuk("bevoegdheid", ploeg.id, stop.id, f"{stop.adres}: niemand in {ploeg.naam} heeft {wat}.")


def _van_partners(bord: Bord) -> Iterator[Breuk]:
    for naam, (partner, ploegen) in partners_van(bord).items():
        if partner.hoogstens is None:
            continue
        nodig = sum(
            bool(bord.stops[i].vereist & partner.bevoegdheden) for p in ploegen for i in bord.verdeling.get(p.id, ())
        )
        if nodig > partner.hoogstens:
            zin = f"{naam} is nodig bij {nodig} stops, maar doet er deze avond hoogstens {partner.hoogstens}."
            yield Breuk("partner_max", ploegen[0].id, None, zin)


def partners_van(bord: Bord) -> dict[str, tuple[Bordpartner, list[Bordploeg]]]:
    """By name: each organisation and the teams that it has somebody in."""
    uit: dict[str, tuple[Bordpartner, list[Bordploeg]]] = {}
    for ploeg in bord.ploegen:
        for partner in ploeg.partners:
            uit.setdefault(partner.naam, (partner, []))[1].append(ploeg)
    return uit


def verplaats(bord: Bord, stop: str, ploeg: str | None, plek: int) -> dict[str, list[str]]:
    """The division with one stop in another place (0: first), behind what was visited; ``ploeg`` None: in no team."""
    uit = {p.id: [i for i in bord.verdeling.get(p.id, ()) if i != stop] for p in bord.ploegen}
    if ploeg is not None:
        rij = uit[ploeg]
        gedaan = sum(bord.stops[i].gedaan is not None for i in rij)
        rij.insert(max(plek, gedaan), stop)
    return uit


def plek_op_tijd(bord: Bord, stop: str, ploeg: Bordploeg, minuut: int) -> int:
    """Where in the team's order a stop comes that is dropped at this minute: before what begins later."""
    rest = [i for i in bord.verdeling.get(ploeg.id, ()) if i != stop]
    blokken = maak_rooster(bord, ploeg, rest).blokken
    return sum((b.begin + b.vertrek) // 2 <= minuut for b in blokken)
