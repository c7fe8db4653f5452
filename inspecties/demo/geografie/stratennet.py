"""The streets within a district: long streets and cross streets, with pieces left out so that it is no grid."""

import math
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, substring

from inspecties.demo.geografie.plan import Wijkplan
from inspecties.demo.geografie.vormen import Punt, lijnen, pool

MIN_LENGTE = 55.0
MAX_LENGTE = 620.0


@dataclass(frozen=True)
class Stuk:
    """A piece of street between two crossings. ``ouder``: which ruled line it comes from."""

    lijn: LineString
    ouder: int
    dwars: bool

    @property
    def knopen(self) -> tuple[Punt, Punt]:
        a, b = self.lijn.coords[0], self.lijn.coords[-1]
        return (round(a[0], 1), round(a[1], 1)), (round(b[0], 1), round(b[1], 1))


def _slinger(lengte: float, plaats: float, golf: tuple[float, float], fase: float) -> list[Punt]:
    """A long straight line at ``plaats`` with waves in it."""
    hoogte, lengte_golf = golf
    n = math.ceil(2 * lengte / 30)
    return [
        (x, plaats + hoogte * math.sin(2 * math.pi * x / lengte_golf + fase))
        for x in (-lengte + 2 * lengte * i / n for i in range(n + 1))
    ]


def _plaatsen(rng: Random, van: float, tot: float, afstand: float) -> list[float]:
    """Places at about ``afstand`` from each other."""
    uit, plek = [], van + afstand * rng.uniform(0.45, 0.7)
    while plek < tot:
        uit.append(plek)
        plek += afstand * rng.uniform(0.82, 1.22)
    return uit


def _draai(punten: list[Punt], hoek: float, midden: Punt) -> LineString:
    c, s = math.cos(math.radians(hoek)), math.sin(math.radians(hoek))
    return LineString([(midden[0] + x * c - y * s, midden[1] + x * s + y * c) for x, y in punten])


def _linialen(rng: Random, wijk: Wijkplan) -> tuple[list[LineString], list[LineString]]:
    """The ruled long lines and cross lines, not yet cut to the district."""
    langs, dwars = wijk.raster
    midden = (wijk.vlak.centroid.x, wijk.vlak.centroid.y)
    if wijk.boogvormig:
        stralen = [math.hypot(x, y) for x, y in wijk.vlak.exterior.coords]
        hoeken = sorted(math.degrees(math.atan2(y, x)) % 360 for x, y in wijk.vlak.exterior.coords)
        r0, r1, gemiddeld = min(stralen), max(stralen), (min(stralen) + max(stralen)) / 2
        lang = [
            LineString(
                [
                    pool(r + wijk.golf[0] * math.sin(math.radians(h) * r / wijk.golf[1] * 6), h)
                    for h in [hoeken[0] - 4 + (hoeken[-1] - hoeken[0] + 8) * i / 40 for i in range(41)]
                ]
            )
            for r in _plaatsen(rng, r0, r1, langs)
        ]
        stap = math.degrees(dwars / gemiddeld)
        kort = [
            LineString([pool(r0 - 20, h), pool(gemiddeld, h + rng.uniform(-3, 3)), pool(r1 + 20, h)])
            for h in _plaatsen(rng, hoeken[0], hoeken[-1], stap)
        ]
        return lang, kort
    reik = math.dist(wijk.vlak.bounds[:2], wijk.vlak.bounds[2:]) / 2 + 60
    fase = rng.uniform(0, 6)
    lang = [
        _draai(_slinger(reik, p, wijk.golf, fase + p / 300), wijk.hoek, midden)
        for p in _plaatsen(rng, -reik, reik, langs)
    ]
    kort = [
        _draai(_slinger(reik, p, (wijk.golf[0] * 0.5, wijk.golf[1]), fase), wijk.hoek + 90, midden)
        for p in _plaatsen(rng, -reik, reik, dwars)
    ]
    return lang, kort


def _knip(linialen: list[LineString], anderen: list[LineString], dwars: bool, begin: int) -> list[Stuk]:
    """Cut lines at their crossings with the others."""
    stukken = []
    boom = shapely.STRtree(anderen)
    for i, lijn in enumerate(linialen):
        plekken = {0.0, lijn.length}
        for j in sorted(int(k) for k in boom.query(lijn, predicate="intersects")):
            snede = lijn.intersection(anderen[j])
            for punt in getattr(snede, "geoms", [snede]):
                if isinstance(punt, Point):
                    plekken.add(lijn.project(punt))
        rij = sorted(plekken)
        for a, b in pairwise(rij):
            if b - a > 3.0:
                deel = substring(lijn, a, b)
                if isinstance(deel, LineString):
                    stukken.append(Stuk(deel, begin + i, dwars))
    return stukken


def _weglaten(rng: Random, stukken: list[Stuk], behoud: float, vast: BaseGeometry) -> list[Stuk]:
    """Leave out cross pieces where everything stays reachable; ends that touch ``vast`` count as connected."""
    shapely.prepare(vast)
    buiten: dict[Punt, bool] = {}
    for stuk in stukken:
        for knoop in stuk.knopen:
            if knoop not in buiten:
                buiten[knoop] = bool(vast.dwithin(Point(knoop), 3.0))
    stukken = _aan_het_net(stukken, buiten)
    volgorde = [i for i, s in enumerate(stukken) if s.dwars]
    rng.shuffle(volgorde)
    weg: set[int] = set()
    doel = len(volgorde) * (1 - behoud)
    for i in volgorde:
        if len(weg) >= doel:
            break
        weg.add(i)
        if not _bereikbaar([s for k, s in enumerate(stukken) if k not in weg], buiten):
            weg.discard(i)
    over = [s for k, s in enumerate(stukken) if k not in weg]
    return _aan_het_net(over, buiten)


def _groepen(stukken: list[Stuk], buiten: dict[Punt, bool]) -> dict[Punt, Punt]:
    ouder: dict[Punt, Punt] = {k: k for k in buiten}
    anker: Punt = (math.inf, math.inf)
    ouder[anker] = anker

    def wortel(k: Punt) -> Punt:
        while ouder[k] != k:
            ouder[k] = ouder[ouder[k]]
            k = ouder[k]
        return k

    for knoop, vast in buiten.items():
        if vast:
            ouder[wortel(knoop)] = wortel(anker)
    for stuk in stukken:
        a, b = stuk.knopen
        ouder[wortel(a)] = wortel(b)
    return {k: wortel(k) for k in ouder}


def _bereikbaar(stukken: list[Stuk], buiten: dict[Punt, bool]) -> bool:
    wortels = _groepen(stukken, buiten)
    return len({wortels[k] for s in stukken for k in s.knopen}) <= 1


def _aan_het_net(stukken: list[Stuk], buiten: dict[Punt, bool]) -> list[Stuk]:
    """Only what can be driven to from outside the district."""
    wortels = _groepen(stukken, buiten)
    net = wortels[(math.inf, math.inf)]
    return [s for s in stukken if wortels[s.knopen[0]] == net]


def maak_straten(rng: Random, wijk: Wijkplan, hoofdwegen: BaseGeometry, hinder: BaseGeometry) -> list[LineString]:
    """The streets of a district as lines in plan space, longest stretches in one piece.

    ``hoofdwegen``: lines that they may join; ``hinder``: water and green that they stop at.
    """
    lang, kort = _linialen(rng, wijk)
    binnen = wijk.vlak.buffer(-wijk.rand).difference(hinder)
    heel = wijk.vlak.buffer(2).difference(hinder)
    langs, dwars = [], []
    # Some streets run on to the main roads around the district, the others end inside it.
    for i, lijn in enumerate(lang):
        grens = heel if i % 3 == 1 else binnen
        langs += [d for d in lijnen(lijn.intersection(grens)) if d.length > MIN_LENGTE]
    for i, lijn in enumerate(kort):
        grens = heel if i % 2 == 0 else binnen
        dwars += [d for d in lijnen(lijn.intersection(grens)) if d.length > MIN_LENGTE]
    vast = hoofdwegen.intersection(wijk.vlak.buffer(12))
    wegen = lijnen(vast)
    stukken = _knip(langs, dwars + wegen, dwars=False, begin=0)
    stukken += _knip(dwars, langs + wegen, dwars=True, begin=len(langs))
    stukken = _weglaten(rng, stukken, wijk.behoud, vast)
    return _verbonden(_samen(stukken), vast)


def _verbonden(straten: list[LineString], vast: BaseGeometry) -> list[LineString]:
    """Only the streets that can still be reached after short ends were left out."""
    boom = shapely.STRtree(straten)
    net = {i for i, s in enumerate(straten) if s.dwithin(vast, 3.0)}
    te_doen = sorted(net)
    while te_doen:
        buren = {int(i) for i in boom.query(straten[te_doen.pop()], predicate="dwithin", distance=1.0)} - net
        net |= buren
        te_doen += sorted(buren)
    return [s for i, s in enumerate(straten) if i in net]


def _samen(stukken: list[Stuk]) -> list[LineString]:
    """Pieces of one ruled line that touch become one street; a very long one becomes two."""
    uit: list[LineString] = []
    for ouder in sorted({s.ouder for s in stukken}):
        eigen = [s.lijn for s in stukken if s.ouder == ouder]
        for lijn in lijnen(linemerge(eigen) if len(eigen) > 1 else eigen[0]):
            if lijn.length < 30:
                continue
            delen = math.ceil(lijn.length / MAX_LENGTE)
            for d in range(delen):
                deel = substring(lijn, d / delen, (d + 1) / delen, normalized=True)
                if isinstance(deel, LineString):
                    uit.append(deel)
    return uit
