"""A board as a question to the planner, and the planner's answer as a board."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspecties.acties.rules.planbord import Bord, Bordploeg, Bordstop, maak_rooster, partners_van
from inspecties.acties.rules.reis import Punt

_TIJD = re.compile(r"\b(\d\d):([0-5]\d)\b")
# Longer than any shift: a way that nobody takes.
_NOOIT = 100_000
_ANKER = "anker:"


@dataclass(frozen=True)
class Voorstel:
    """The new division, why stops are left out (stop -> sentence), and whether a better plan cannot exist."""

    verdeling: dict[str, list[str]]
    redenen: dict[str, str]
    bewezen: bool
    afgebroken: bool


def begin_vast(stop: Bordstop) -> int | None:
    """When a locked stop begins; None where only its team is fixed."""
    return None if stop.niet_voor is None else max(stop.niet_voor, stop.van or 0)


def maak_vraag(bord: Bord, zaad: int, tijdslimiet_s: float) -> dict[str, Any]:
    """The question in the format of ``inspecties route``: locked stops stay; a team comes from what it visited last."""
    thuis = {i: p.id for p in bord.ploegen for i in bord.verdeling.get(p.id, ())}
    open_ = [s for s in bord.stops.values() if s.gedaan is None]
    ankers: dict[str, tuple[Punt, int]] = {}
    for ploeg in bord.ploegen:
        blokken = maak_rooster(bord, ploeg, bord.verdeling.get(ploeg.id, ())).blokken
        gedaan = [b for b in blokken if bord.stops[b.stop].gedaan is not None]
        if gedaan:
            ankers[ploeg.id] = (bord.stops[gedaan[-1].stop].punt, gedaan[-1].vertrek)
    geldig = [p for p in bord.ploegen if max(p.begin, ankers.get(p.id, (0, 0))[1]) < p.eind]
    namen = {p.id for p in geldig}
    houden = [s for s in open_ if s.vast and thuis.get(s.id) in namen]
    vast = {s.id: thuis[s.id] for s in houden}
    ploegen = [_ploeg(bord, p, ankers, vast) for p in geldig]
    stops = [_stop(bord, s, vast.get(s.id)) for s in open_]
    stops += [_anker(bord, id_, *anker) for id_, anker in ankers.items() if id_ in namen]
    punten = [bord.depot, *(s.punt for s in open_), *(ankers[i][0] for i in ankers if i in namen)]
    reis: list[list[float]] = [[bord.reis.minuten(a, b) for b in punten] for a in punten]
    for nummer in range(len(open_) + 1, len(punten)):
        for rij in reis:
            rij[nummer] = _NOOIT
        reis[0][nummer] = 0
    return {
        "ploegen": ploegen,
        "stops": stops,
        "reistijden_min": reis,
        "tijdslimiet_s": tijdslimiet_s,
        "zaad": zaad,
        "houden": [*vast, *(f"{_ANKER}{i}" for i in ankers if i in namen)],
    }


def _ploeg(
    bord: Bord, ploeg: Bordploeg, ankers: Mapping[str, tuple[Punt, int]], vast: Mapping[str, str]
) -> dict[str, Any]:
    begin = max(ploeg.begin, ankers[ploeg.id][1]) if ploeg.id in ankers else ploeg.begin
    uit: dict[str, Any] = {"id": ploeg.id, "begin": begin, "eind": ploeg.eind}
    uit["bevoegdheden"] = sorted(ploeg.bevoegdheden)
    pauze = ploeg.pauze
    if pauze is not None and max(pauze.van, begin) <= pauze.tot and max(pauze.van, begin) + pauze.duur <= ploeg.eind:
        uit["pauze"] = {"venster": [pauze.van, pauze.tot], "duur_min": pauze.duur}
    grenzen = [
        {"bevoegdheden": sorted(partner.bevoegdheden), "hoogste": deel}
        for partner in ploeg.partners
        if (deel := aandeel(bord, partner.naam, ploeg.id, vast)) is not None
    ]
    return uit | ({"max_van": grenzen} if grenzen else {})


def aandeel(bord: Bord, partner: str, ploeg: str, vast: Mapping[str, str]) -> int | None:
    """How many of a partner's stops are for this team: what is fixed or done there, and a fair part of the rest.

    The parts together never exceed the maximum, unless what is fixed does. None: no maximum.
    """
    wie, ploegen = partners_van(bord)[partner]
    if wie.hoogstens is None:
        return None

    def nodig(id_: str) -> bool:
        return bool(bord.stops[id_].vereist & wie.bevoegdheden)

    bezet = {p.id: sum(nodig(i) for i, waar in vast.items() if waar == p.id) for p in ploegen}
    gedaan = sum(nodig(i) for p in ploegen for i in bord.verdeling.get(p.id, ()) if bord.stops[i].gedaan is not None)
    vrij = max(0, wie.hoogstens - gedaan - sum(bezet.values()))
    plaats = [p.id for p in ploegen].index(ploeg)
    return bezet[ploeg] + vrij // len(ploegen) + (plaats < vrij % len(ploegen))


def _stop(bord: Bord, stop: Bordstop, vast_bij: str | None) -> dict[str, Any]:
    van = bord.dienst[0] if stop.van is None else max(0, stop.van)
    tot = bord.dienst[1] if stop.tot is None else stop.tot
    uit: dict[str, Any] = {"id": stop.id, "duur_min": stop.duur, "waarde": max(1, stop.waarde_tienden) / 10}
    uit |= {"vereist": sorted(stop.vereist), "verplicht": stop.verplicht or vast_bij is not None}
    if vast_bij is not None:
        uit["vast_ploeg"] = vast_bij
        # Placed by hand where a power is missing: the board says so, the planner keeps it.
        uit["vereist"] = sorted(stop.vereist & next(p.bevoegdheden for p in bord.ploegen if p.id == vast_bij))
        begin = begin_vast(stop)
        if begin is not None:
            uit["vast_begin"] = begin
            van, tot = min(van, begin), max(tot, begin)
    uit["venster"] = [van, max(van, tot)]
    return uit


def _anker(bord: Bord, ploeg: str, punt: Punt, vertrek: int) -> dict[str, Any]:
    begin = max(vertrek, next(p.begin for p in bord.ploegen if p.id == ploeg))
    uit: dict[str, Any] = {"id": f"{_ANKER}{ploeg}", "x": punt[0], "y": punt[1], "duur_min": 0, "waarde": 1}
    return uit | {"verplicht": True, "vast_ploeg": ploeg, "vast_begin": begin, "venster": [begin, begin]}


def lees_antwoord(bord: Bord, antwoord: Mapping[str, Any]) -> Voorstel:
    """The division of an answer. What is locked or visited stays in its team, also where the planner had no room."""
    gepland: Mapping[str, Sequence[str]] = antwoord["ploegen"]
    redenen: dict[str, str] = {
        i: _lokaal(bord, reden) for i, reden in antwoord["niet_gepland"].items() if i in bord.stops
    }
    verdeling: dict[str, list[str]] = {}
    for ploeg in bord.ploegen:
        oud = bord.verdeling.get(ploeg.id, ())
        gedaan = [i for i in oud if bord.stops[i].gedaan is not None]
        rij = [i for i in gepland.get(ploeg.id, ()) if i in bord.stops]
        for id_ in oud:
            if bord.stops[id_].vast and bord.stops[id_].gedaan is None and id_ not in rij:
                rij.insert(_plek_vast(bord, ploeg, rij, id_), id_)
                redenen.pop(id_, None)
        verdeling[ploeg.id] = [*gedaan, *rij]
    return Voorstel(verdeling, redenen, bool(antwoord["bewezen"]), bool(antwoord["afgebroken"]))


def _plek_vast(bord: Bord, ploeg: Bordploeg, rij: Sequence[str], id_: str) -> int:
    begin = begin_vast(bord.stops[id_])
    if begin is None:
        return len(rij)
    return sum(b.begin < begin for b in maak_rooster(bord, ploeg, rij).blokken)


def _lokaal(bord: Bord, reden: str) -> str:
    """Planner times count on after midnight and know no summer time; people read a wall clock. Teams get their name."""
    uit = _TIJD.sub(lambda t: bord.zeg(int(t[1]) * 60 + int(t[2])), reden)
    for ploeg in bord.ploegen:
        uit = uit.replace(f"ploeg {ploeg.id}", ploeg.naam)
    for code, naam in bord.namen.items():
        uit = re.sub(rf"(bevoegdheid(?:heden samen:)? |, | en ){re.escape(code)}(?=[,. ])", rf"\1'{naam}'", uit)
    return uit
