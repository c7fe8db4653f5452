"""Houses along streets: places, house numbers, addresses in BAG fields and the outlines of the blocks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

import shapely
from pyproj import Transformer
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from inspecties.demo.geografie.model import Adres, Bouwwijze, Straat
from inspecties.demo.geografie.vormen import Punt

_NAAR_WGS84 = Transformer.from_crs(28992, 4326, always_xy=True)

# Gebruiksdoelen (BAG) with their weight, by kind of district.
_DOELEN: dict[str, dict[str, int]] = {
    "centrum": {
        "woonfunctie": 62,
        "winkelfunctie": 22,
        "bijeenkomstfunctie": 9,
        "kantoorfunctie": 5,
        "logiesfunctie": 2,
    },
    "bedrijven": {
        "industriefunctie": 70,
        "kantoorfunctie": 14,
        "winkelfunctie": 8,
        "bijeenkomstfunctie": 4,
        "logiesfunctie": 4,
    },
    "wonen": {"woonfunctie": 970, "winkelfunctie": 14, "gezondheidszorgfunctie": 10, "onderwijsfunctie": 6},
}


@dataclass(frozen=True)
class Huis:
    """A front door to be: where it stands, on which side (1 left, -1 right) and how far along the street."""

    punt: Punt
    richting: Punt
    zijde: int
    langs: float
    blok: int


@dataclass(frozen=True)
class Blok:
    """A row of houses under one roof."""

    straat: Straat
    bouw: Bouwwijze
    huizen: tuple[Huis, ...]
    adressen_per_huis: int = 1


def _langs_lijn(lijn: LineString, bouw: Bouwwijze, begin: float, blok: int) -> list[Huis]:
    """All places along both sides of a line, in rows with gaps between them."""
    huizen: list[Huis] = []
    cumulatief = [0.0]
    coords = list(lijn.coords)
    for a, b in pairwise(coords):
        cumulatief.append(cumulatief[-1] + math.dist(a, b))
    for zijde in (1, -1):
        s, in_rij, stuk = bouw.breedte / 2 + 9.0, 0, 0
        while s < lijn.length - 9.0:
            while stuk < len(coords) - 2 and cumulatief[stuk + 1] < s:
                stuk += 1
            (x0, y0), (x1, y1) = coords[stuk][:2], coords[stuk + 1][:2]
            lengte = math.dist((x0, y0), (x1, y1)) or 1.0
            dx, dy = (x1 - x0) / lengte, (y1 - y0) / lengte
            r = s - cumulatief[stuk]
            punt = (x0 + dx * r - dy * bouw.afstand * zijde, y0 + dy * r + dx * bouw.afstand * zijde)
            huizen.append(Huis(punt, (dx, dy), zijde, begin + s, blok))
            in_rij += 1
            s += bouw.breedte
            if in_rij == bouw.rij:
                in_rij, blok = 0, blok + 1
                s += bouw.gat
        blok += 1
    return huizen


def _vrij(
    huizen: Sequence[Huis],
    afstanden: Sequence[float],
    wegen: shapely.STRtree,
    hinder: shapely.STRtree,
    land: BaseGeometry,
) -> list[bool]:
    """Which places are on dry land, off the roads and out of the parks."""
    punten = shapely.points([h.punt for h in huizen])
    bezet = {int(i) for i in wegen.query(punten, predicate="dwithin", distance=[a - 2.0 for a in afstanden])[0]}
    bezet |= {int(i) for i in hinder.query(punten, predicate="dwithin", distance=[a * 0.75 for a in afstanden])[0]}
    shapely.prepare(land)
    droog = shapely.contains(land, punten)
    return [i not in bezet and bool(droog[i]) for i in range(len(huizen))]


class _Rooster:
    """Keeps houses apart: a grid of what stands already."""

    def __init__(self) -> None:
        self._vakken: dict[tuple[int, int], list[tuple[float, float, float, int]]] = {}

    def plaats(self, huis: Huis, ruimte: float) -> bool:
        """Whether the house fits; if so it stands from now on. Houses of one row may touch."""
        x, y = huis.punt
        i, j = int(x // 40), int(y // 40)
        for di in (-1, 0, 1):
            for dj in (-1, 0, 1):
                for x2, y2, r2, blok in self._vakken.get((i + di, j + dj), ()):
                    if blok != huis.blok and math.hypot(x - x2, y - y2) < (ruimte + r2) / 2:
                        return False
        self._vakken.setdefault((i, j), []).append((x, y, ruimte, huis.blok))
        return True


def zet_huizen(
    rng: Random,
    straten: Sequence[tuple[Straat, Bouwwijze]],
    alle_wegen: Sequence[LineString],
    hinder: Sequence[BaseGeometry],
    land: BaseGeometry,
) -> list[Blok]:
    """Blocks of houses along the given streets, in the order of the streets."""
    kandidaten: list[Huis] = []
    van: list[int] = []
    blok = 0
    for nummer, (straat, bouw) in enumerate(straten):
        begin = 0.0
        for lijn in straat.lijnen:
            nieuw = _langs_lijn(lijn, bouw, begin, blok)
            if nieuw:
                blok = nieuw[-1].blok + 1
            kandidaten += nieuw
            van += [nummer] * len(nieuw)
            begin += lijn.length
    afstanden = [straten[n][1].afstand for n in van]
    bomen = shapely.STRtree(list(alle_wegen)), shapely.STRtree(list(hinder))
    vrij = _vrij(kandidaten, afstanden, *bomen, land)
    rooster = _Rooster()
    blokken: dict[int, tuple[int, list[Huis]]] = {}
    for huis, nummer, kan in zip(kandidaten, van, vrij, strict=True):
        bouw = straten[nummer][1]
        if kan and rooster.plaats(huis, max(bouw.diepte, bouw.breedte) * 1.1):
            blokken.setdefault(huis.blok, (nummer, []))[1].append(huis)
    uit = []
    for nummer, huizen in blokken.values():
        straat, bouw = straten[nummer]
        flat = bouw.flats > 0 and len(huizen) >= 3 and rng.random() < bouw.flats
        uit.append(Blok(straat, bouw, tuple(huizen), rng.choice((2, 3, 4)) if flat else 1))
    return uit


def dun_uit(rng: Random, blokken: list[Blok], aantal: int) -> list[Blok]:
    """Leave out whole blocks, then part of one, until exactly ``aantal`` addresses remain.

    Raises ValueError when the plan has room for fewer.
    """
    over = sum(len(b.huizen) * b.adressen_per_huis for b in blokken) - aantal
    if over < 0:
        raise ValueError(f"the plan has {-over} addresses too few for {aantal}")
    volgorde = [i for i, b in enumerate(blokken) if b.adressen_per_huis == 1 and b.bouw.rij > 1]
    rng.shuffle(volgorde)
    for i in volgorde:
        if over <= 0:
            break
        weg = min(over, len(blokken[i].huizen))
        blokken[i] = replace(blokken[i], huizen=blokken[i].huizen[: len(blokken[i].huizen) - weg])
        over -= weg
    if over > 0:
        raise ValueError(f"{over} addresses too many could not be left out")
    return [b for b in blokken if b.huizen]


def omtrek(blok: Blok) -> Polygon:
    """The outline of a block as a rectangle along the street."""
    eerste, laatste = blok.huizen[0], blok.huizen[-1]
    (ax, ay), (bx, by) = eerste.punt, laatste.punt
    lengte = math.dist(eerste.punt, laatste.punt)
    dx, dy = ((bx - ax) / lengte, (by - ay) / lengte) if lengte > 1 else eerste.richting
    halve, diep = blok.bouw.breedte / 2, blok.bouw.diepte / 2
    nx, ny = -dy * diep, dx * diep
    ax, ay, bx, by = ax - dx * halve, ay - dy * halve, bx + dx * halve, by + dy * halve
    return Polygon([(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)])


def _doel(rng: Random, blok: Blok, soort: str) -> str:
    if soort == "recreatie":
        return blok.bouw.doel
    doelen = _DOELEN["centrum" if blok.bouw.flats else "bedrijven" if soort == "bedrijven" else "wonen"]
    return rng.choices(list(doelen), list(doelen.values()))[0]


def maak_adressen(
    rng: Random, blokken: Sequence[Blok], soorten: dict[str, str], gemeente: str, code: str
) -> list[Adres]:
    """Addresses: odd numbers left, even right, counting along the street; ids with the gemeente's invented code."""
    per_straat: dict[str, list[tuple[Huis, Blok]]] = {}
    for blok in blokken:
        for huis in blok.huizen:
            per_straat.setdefault(blok.straat.naam, []).append((huis, blok))
    ruw: list[tuple[Huis, Blok, int, str, str, int]] = []
    for rij in per_straat.values():
        for zijde in (1, -1):
            nummer = 1 if zijde == 1 else 2
            for huis, blok in sorted((hb for hb in rij if hb[0].zijde == zijde), key=lambda hb: hb[0].langs):
                if blok.adressen_per_huis > 1:
                    ruw += [(huis, blok, nummer, "", str(n + 1), n) for n in range(blok.adressen_per_huis)]
                else:
                    ruw.append((huis, blok, nummer, "", "", 0))
                # Here and there a number is missing: a shed, a plot that was joined.
                nummer += 2 if rng.random() < 0.97 else 4
    ruw = _met_letters(rng, ruw)
    lon, lat = _NAAR_WGS84.transform([h[0].punt[0] for h in ruw], [h[0].punt[1] for h in ruw])
    uit = []
    for i, (huis, blok, nummer, letter, toevoeging, _) in enumerate(ruw):
        soort = soorten[blok.straat.wijk]
        laag, hoog = blok.bouw.oppervlakte
        uit.append(
            Adres(
                nummeraanduiding_id=f"{code}20{i + 1:010d}",
                verblijfsobject_id=f"{code}01{i + 1:010d}",
                openbare_ruimte=blok.straat.naam,
                huisnummer=nummer,
                huisletter=letter,
                huisnummertoevoeging=toevoeging,
                postcode=blok.straat.postcode,
                woonplaats=gemeente,
                gebruiksdoel=_doel(rng, blok, soort),
                oppervlakte_m2=rng.randint(laag, hoog),
                x=round(huis.punt[0], 2),
                y=round(huis.punt[1], 2),
                lon=round(lon[i], 7),
                lat=round(lat[i], 7),
                wijk=blok.straat.wijk,
            )
        )
    return uit


def _met_letters(
    rng: Random, ruw: list[tuple[Huis, Blok, int, str, str, int]]
) -> list[tuple[Huis, Blok, int, str, str, int]]:
    """Some neighbours share a number: 14 and 14A (a house that was split)."""
    uit: list[tuple[Huis, Blok, int, str, str, int]] = []
    for rij in ruw:
        vorige = uit[-1] if uit else None
        zelfde = vorige is not None and vorige[1] is rij[1] and not vorige[3] and not vorige[4] and not rij[4]
        if vorige is not None and zelfde and rng.random() < 0.03:
            uit.append((rij[0], rij[1], vorige[2], "A", "", 0))
        else:
            uit.append(rij)
    return uit
