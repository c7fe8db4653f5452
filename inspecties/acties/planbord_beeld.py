"""What the board shows: teams on one time axis, the pool with reasons, a small map, in percentages and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.models_planbord import Stopbord
from inspecties.acties.planbord_feiten import lees_bord
from inspecties.acties.queries import stops_van
from inspecties.acties.rules.herkomst import HERKOMSTEN
from inspecties.acties.rules.planbord import Blok, Bord, Bordploeg, Bordstop, Breuk, Rooster, Stand, reken
from inspecties.acties.rules.reis import Punt
from inspecties.core.actor import Actor
from inspecties.database import select_voor

KLEUREN = 6
_KAART = (300, 200, 16)


@dataclass(frozen=True)
class Planbord:
    """The board with its times, and what is shown of each team, of the pool and of the map."""

    bord: Bord
    stand: Stand
    as_: tuple[int, int]
    uren: list[dict[str, Any]]
    ploegen: list[dict[str, Any]]
    pool: list[dict[str, Any]]
    kaart: dict[str, Any]


def lees_planbord(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> Planbord:
    """The board of an action as it stands."""
    bord = lees_bord(sessie, actor, actie, nu)
    stand = reken(bord)
    van, tot = _as(bord, stand)
    uren = [
        {"x": _pct((m - van) / (tot - van)), "tijd": bord.zeg(m), "midden": van < m < tot}
        for m in range(van, tot + 1, 60)
    ]
    ploegen = [
        _ploeg(bord, ploeg, rooster, [b for b in stand.breuken if b.ploeg == ploeg.id], (van, tot), nr)
        for nr, (ploeg, rooster) in enumerate(zip(bord.ploegen, stand.roosters, strict=True))
    ]
    return Planbord(bord, stand, (van, tot), uren, ploegen, _pool(sessie, actor, actie, bord), _kaart(bord))


def _as(bord: Bord, stand: Stand) -> tuple[int, int]:
    """From whole hour to whole hour, over the shift and everything that goes beyond it."""
    begin = min([bord.dienst[0], *(p.begin for p in bord.ploegen)])
    eind = max([bord.dienst[1], *(p.eind for p in bord.ploegen), *(r.terug for r in stand.roosters)])
    return begin - begin % 60, eind + -eind % 60


def _pct(deel: float) -> str:
    return f"{100 * deel:.2f}%"


def _vak(van: int, tot: int, as_: tuple[int, int]) -> dict[str, str]:
    """Place and width on the axis; what lies outside is cut off."""
    lengte = as_[1] - as_[0]
    links, rechts = max(van, as_[0]), min(max(tot, van), as_[1])
    return {"x": _pct((links - as_[0]) / lengte), "b": _pct(max(0, rechts - links) / lengte)}


def _ploeg(
    bord: Bord, ploeg: Bordploeg, rooster: Rooster, breuken: Sequence[Breuk], as_: tuple[int, int], nr: int
) -> dict[str, Any]:
    blokken = [_blok(bord, ploeg, blok, plek, breuken, as_) for plek, blok in enumerate(rooster.blokken, 1)]
    pauze = None
    if rooster.pauze is not None:
        pauze = {**_vak(*rooster.pauze, as_), "van": bord.zeg(rooster.pauze[0]), "tot": bord.zeg(rooster.pauze[1])}
    return {
        "id": ploeg.id,
        "naam": ploeg.naam,
        "kleur": nr % KLEUREN + 1,
        "begin": bord.zeg(ploeg.begin),
        "eind": bord.zeg(ploeg.eind),
        "dienst": _vak(ploeg.begin, max(ploeg.begin, ploeg.eind), as_),
        "terug": bord.zeg(rooster.terug) if rooster.blokken else "",
        "naar_huis": _vak(rooster.blokken[-1].vertrek, rooster.terug, as_) if rooster.blokken else None,
        "pauze": pauze,
        "blokken": blokken,
        "breuken": [b.zin for b in breuken if b.stop is None],
        "partners": [p.naam for p in ploeg.partners],
    }


def _blok(
    bord: Bord, ploeg: Bordploeg, blok: Blok, plek: int, breuken: Sequence[Breuk], as_: tuple[int, int]
) -> dict[str, Any]:
    stop = bord.stops[blok.stop]
    zinnen = [b.zin for b in breuken if b.stop == stop.id]
    wacht = blok.begin - blok.aankomst
    uit: dict[str, Any] = {
        "id": stop.id,
        "nr": plek,
        "kop": f"{plek}{'!' if zinnen else ''}{' vast' if stop.vast else ''}",
        "adres": stop.adres,
        "begin": bord.zeg(blok.begin),
        "vertrek": bord.zeg(blok.vertrek),
        "reis": blok.reis,
        "wacht": wacht,
        "vast": stop.vast,
        "gedaan": stop.gedaan is not None,
        "niet_voor": "" if stop.niet_voor is None or stop.vast else bord.zeg(stop.niet_voor),
        "breuken": zinnen,
        "vak": _vak(blok.begin, blok.vertrek, as_),
        "rit": _vak(blok.aankomst - blok.reis, blok.aankomst, as_),
        "wachtvak": _vak(blok.aankomst, blok.begin, as_) if wacht > 0 else None,
        "venstervak": None,
        "venster": venster(bord, stop),
    }
    if stop.van is not None or stop.tot is not None:
        uit["venstervak"] = _vak(
            bord.dienst[0] if stop.van is None else stop.van, bord.dienst[1] if stop.tot is None else stop.tot, as_
        )
    uit["zeg"] = _zeg(ploeg, uit)
    return uit


def venster(bord: Bord, stop: Bordstop) -> str:
    """'vanaf 19:00 tot 21:00', as far as it is given."""
    delen = [f"vanaf {bord.zeg(stop.van)}"] if stop.van is not None else []
    delen += [f"tot {bord.zeg(stop.tot)}"] if stop.tot is not None else []
    return " ".join(delen)


def _zeg(ploeg: Bordploeg, blok: dict[str, Any]) -> str:
    """All of a block, for who does not see it; it begins with what stands in it, so that it can be called by that."""
    delen = [f"{blok['kop']} {blok['begin']} {blok['adres']}", ploeg.naam, f"tot {blok['vertrek']}"]
    delen += ["geweest"] if blok["gedaan"] else []
    return ". ".join([", ".join(delen), *(zin.rstrip(".") for zin in blok["breuken"])])


def _pool(sessie: Session, actor: Actor, actie: Actie, bord: Bord) -> list[dict[str, Any]]:
    """Stops in no team, most valuable first: why each was suggested and why the planner left it out."""
    los = [s for s in stops_van(sessie, actor, actie) if str(s.uid) in bord.stops and s.ploeg_id is None]
    ids = [s.id for s in los]
    plannen = {p.stop_id: p for p in sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id.in_(ids)))}
    wensen = {w.stop_id: w for w in sessie.scalars(select_voor(actor, Stopbord).where(Stopbord.stop_id.in_(ids)))}
    uit = []
    for rij in los:
        plan, wens, stop = plannen.get(rij.id), wensen.get(rij.id), bord.stops[str(rij.uid)]
        uit.append(
            {
                "id": stop.id,
                "adres": stop.adres,
                "soort": rij.locatie.locatietype.naam,
                "duur": stop.duur,
                "venster": venster(bord, stop),
                "verplicht": stop.verplicht,
                "waarde": stop.waarde_tienden,
                "punten": f"{stop.waarde_tienden / 10:g}".replace(".", ",") if stop.waarde_tienden else "",
                "herkomst": HERKOMSTEN[plan.herkomst if plan else "hand"],
                "nodig": [bord.namen.get(code, code) for code in sorted(stop.vereist)],
                "reden": wens.reden if wens else "",
            }
        )
    return sorted(uit, key=lambda s: (not s["verplicht"], -s["waarde"], s["adres"]))


def _kaart(bord: Bord) -> dict[str, Any]:
    """A drawing of the rounds: north is up, the longest side fills it."""
    punten = [bord.depot, *(s.punt for s in bord.stops.values())] if bord.stops else []
    breed, hoog, rand = _KAART
    if not punten:
        return {"breed": breed, "hoog": hoog, "lijnen": [], "los": [], "depot": None}
    x0, x1 = min(p[0] for p in punten), max(p[0] for p in punten)
    y0, y1 = min(p[1] for p in punten), max(p[1] for p in punten)
    schaal = min((breed - 2 * rand) / max(x1 - x0, 1), (hoog - 2 * rand) / max(y1 - y0, 1))

    def plaats(p: Punt) -> tuple[float, float]:
        return round(breed / 2 + (p[0] - (x0 + x1) / 2) * schaal, 1), round(
            hoog / 2 - (p[1] - (y0 + y1) / 2) * schaal, 1
        )

    def rij(ids: Iterable[str]) -> list[tuple[float, float]]:
        return [plaats(bord.stops[i].punt) for i in ids]

    lijnen, geplaatst = [], set()
    for nr, ploeg in enumerate(bord.ploegen):
        ids = bord.verdeling.get(ploeg.id, ())
        geplaatst |= set(ids)
        if ids:
            weg = [plaats(bord.depot), *rij(ids), plaats(bord.depot)]
            lijnen.append(
                {
                    "naam": ploeg.naam,
                    "kleur": nr % KLEUREN + 1,
                    "punten": " ".join(f"{x},{y}" for x, y in weg),
                    "stops": [{"nr": n, "x": x, "y": y} for n, (x, y) in enumerate(rij(ids), 1)],
                }
            )
    los = [{"x": x, "y": y} for x, y in rij(i for i in bord.stops if i not in geplaatst)]
    return {"breed": breed, "hoog": hoog, "lijnen": lijnen, "los": los, "depot": plaats(bord.depot)}


def als_json(beeld: Planbord, versie: int) -> dict[str, Any]:
    """The board as ``/api/acties/<uid>/planbord`` gives it."""
    bord = beeld.bord

    def tekst(minuut: int) -> str:
        return bord.moment(minuut).isoformat(timespec="seconds").replace("+00:00", "Z")

    return {
        "versie": versie,
        "ploegen": [
            {
                "id": rooster.ploeg,
                "naam": ploeg.naam,
                "terug": tekst(rooster.terug),
                "pauze": [tekst(m) for m in rooster.pauze] if rooster.pauze else None,
                "stops": [
                    {
                        "id": b.stop,
                        "adres": bord.stops[b.stop].adres,
                        "aankomst": tekst(b.aankomst),
                        "begin": tekst(b.begin),
                        "vertrek": tekst(b.vertrek),
                        "vast": bord.stops[b.stop].vast,
                    }
                    for b in rooster.blokken
                ],
            }
            for ploeg, rooster in zip(bord.ploegen, beeld.stand.roosters, strict=True)
        ],
        "niet_gepland": [{"id": s["id"], "adres": s["adres"], "reden": s["reden"]} for s in beeld.pool],
        "breuken": [{"code": b.code, "ploeg": b.ploeg, "stop": b.stop, "zin": b.zin} for b in beeld.stand.breuken],
    }
