"""Reading locations for the map: single ones in a box, clusters by grid cell, the nearest to a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from sqlalchemy import Integer, Select, and_, cast, collate, func, literal, select, text
from sqlalchemy.orm import Session, load_only, selectinload

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor
from inspecties.locaties.kaartcellen import Cel, RdVak, kan_uit_cellen, lees_cellen, schat, tel_alles
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import PER_PAGINA, Bladzijde, Filter, Vak, bladzijde, gefilterd
from inspecties.locaties.rules.coordinaten import LAT, LON, naar_rd, naar_wgs84
from inspecties.locaties.rules.raster import celgrootte_m

# From this zoom on the map shows every location by itself: houses are then further apart than half a marker.
LOS_VANAF_ZOOM = 17
MAX_LOS = 2000
# More cells than a screen can show: the box is larger than the zoom suggests, so the cells grow.
MAX_CELLEN = 1500
# Up to this many locations near the box the clusters are made of the locations themselves, cut at the edge of the box.
PRECIES_TOT = 3000
# A filter that the cells do not know is worked out for at most this many locations.
MAX_GETELD = 50_000
# Clusters closer together than this part of a cell (about 50 pixels) become one, or their markers would overlap.
MIN_AFSTAND_CEL = 0.75
# The first box around a point, half its width in metres; it doubles until it holds enough.
_EERSTE_STRAAL_M = 200.0
_LAATSTE_STRAAL_M = 400_000.0


@dataclass(frozen=True)
class Tros:
    """The locations in one grid cell: how many, their mean place, and the id where it is one."""

    aantal: int
    lon: float
    lat: float
    id: int | None


@dataclass(frozen=True)
class Beeld:
    """The clusters in a box. Not ``volledig``: there were too many to work out the filter for all."""

    trossen: list[Tros]
    volledig: bool = True


def in_rd(vak: Vak) -> RdVak | None:
    """The smallest RD box (metres) around the corners: minx, miny, maxx, maxy. None outside the Netherlands.

    The box is cut to the Netherlands first: RD New has no meaning far outside.
    """
    min_lon, max_lon = max(vak.min_lon, LON[0]), min(vak.max_lon, LON[1])
    min_lat, max_lat = max(vak.min_lat, LAT[0]), min(vak.max_lat, LAT[1])
    if min_lon >= max_lon or min_lat >= max_lat:
        return None
    midden = (min_lon + max_lon) / 2
    # The middles too: parallels are curved in RD.
    punten = [naar_rd(lon, lat) for lon in (min_lon, midden, max_lon) for lat in (min_lat, max_lat)]
    xs, ys = [p[0] for p in punten], [p[1] for p in punten]
    return min(xs), min(ys), max(xs), max(ys)


def is_postgis(sessie: Session) -> bool:
    return sessie.get_bind().dialect.name == "postgresql"


def _op_xy(opdracht: Select[Any], vak: RdVak, *, kaal: bool) -> Select[Any]:
    """``kaal``: in a way that no index answers, for where another index must be walked."""
    minx, miny, maxx, maxy = vak
    x: Any = Risicolocatie.x
    y: Any = Risicolocatie.y
    if kaal:
        x, y = x + 0, y + 0
    return opdracht.where(and_(x >= minx, x <= maxx, y >= miny, y <= maxy))


_RTREE = text(
    "risicolocatie.id IN (SELECT pkid FROM idx_risicolocatie_geom"
    " WHERE xmax >= :vak_minx AND xmin <= :vak_maxx AND ymax >= :vak_miny AND ymin <= :vak_maxy)"
)


def binnen(sessie: Session, opdracht: Select[Any], vak: RdVak) -> Select[Any]:
    """Narrow a select on locations to a box, through the spatial index.

    Both databases would rather walk the strip between two x's over the index on (gemeente, x, y), or do both.
    """
    minx, miny, maxx, maxy = vak
    if is_postgis(sessie):
        # The margin: a point on the very edge, in the rounding of the geometry.
        ruim = func.ST_MakeEnvelope(minx - 0.01, miny - 0.01, maxx + 0.01, maxy + 0.01, 28992)
        return _op_xy(opdracht.where(Risicolocatie.geom.op("&&")(ruim)), vak, kaal=True)
    rtree = _RTREE.bindparams(vak_minx=minx, vak_miny=miny, vak_maxx=maxx, vak_maxy=maxy)
    return _op_xy(opdracht.where(rtree), vak, kaal=True)


def trossen(sessie: Session, actor: Actor, filter_: Filter, vak: Vak, zoom: int) -> Beeld:
    """Clusters per grid cell in a box. Where there are very many, those whose middle lies in the box, counted whole."""
    rd = in_rd(vak)
    if rd is None:
        return Beeld([])
    zoom = min(zoom, LOS_VANAF_ZOOM - 1)
    while zoom > 0 and (rd[2] - rd[0]) * (rd[3] - rd[1]) / celgrootte_m(zoom) ** 2 > MAX_CELLEN:
        zoom -= 1
    cel = celgrootte_m(zoom)
    # What lies in the box decides, not what fits the filter: all of that would have to be looked at.
    if kan_uit_cellen(filter_) and schat(sessie, actor, Filter(), rd) > PRECIES_TOT:
        samen = voeg_samen(lees_cellen(sessie, actor, filter_, rd, zoom), cel)
        return Beeld(_als_trossen([c for c in samen if rd[0] <= c.x <= rd[2] and rd[1] <= c.y <= rd[3]]))
    cellen = _tel_los(sessie, actor, filter_, rd, cel)
    volledig = sum(c.aantal for c in cellen) <= MAX_GETELD
    return Beeld(_als_trossen(voeg_samen(cellen, cel)), volledig)


def _tel_los(sessie: Session, actor: Actor, filter_: Filter, rd: RdVak, cel: float) -> list[Cel]:
    plekken = (
        binnen(sessie, gefilterd(actor, filter_), rd)
        .with_only_columns(Risicolocatie.id, Risicolocatie.x, Risicolocatie.y, Risicolocatie.lon)
        .limit(MAX_GETELD + 1)
        .subquery()
    )
    postgis = is_postgis(sessie)
    # Counting a column that no index holds (lon, never null) keeps SQLite from walking the whole index on x and y.
    # A cast cuts in SQLite and rounds in PostgreSQL.
    vak = [cast(func.trunc(w / cel) if postgis else w / cel, Integer) for w in (plekken.c.x, plekken.c.y)]
    opdracht = select(
        func.count(plekken.c.lon), func.avg(plekken.c.x), func.avg(plekken.c.y), func.min(plekken.c.id)
    ).group_by(*vak)
    return [Cel(n, float(x), float(y), eerste) for n, x, y, eerste in sessie.execute(opdracht)]


def _als_trossen(cellen: list[Cel]) -> list[Tros]:
    return [Tros(c.aantal, *naar_wgs84(c.x, c.y), c.id if c.aantal == 1 else None) for c in cellen]


def voeg_samen(cellen: list[Cel], cel: float) -> list[Cel]:
    """Join cells whose middles lie close together, on either side of a grid line. Counts add up; places stay."""
    afstand = MIN_AFSTAND_CEL * cel
    gekozen: list[Cel] = []
    vakken: dict[tuple[int, int], list[Cel]] = {}
    for c in sorted(cellen, key=lambda c: (-c.aantal, int(c.x / cel), int(c.y / cel))):
        kolom, rij = int(c.x / cel), int(c.y / cel)
        buren = [b for k in (-1, 0, 1) for r in (-1, 0, 1) for b in vakken.get((kolom + k, rij + r), ())]
        buur = min(buren, key=lambda b: hypot(b.x - c.x, b.y - c.y), default=None)
        if buur is not None and hypot(buur.x - c.x, buur.y - c.y) < afstand:
            buur.aantal += c.aantal
            continue
        gekozen.append(c)
        vakken.setdefault((kolom, rij), []).append(c)
    return gekozen


def tel_in(sessie: Session, actor: Actor, filter_: Filter, vak: Vak) -> int:
    """How many locations lie in a box; where there are very many, all in the grid cells that touch it."""
    rd = in_rd(vak)
    if rd is None:
        return 0
    if kan_uit_cellen(filter_):
        geschat = schat(sessie, actor, filter_, rd)
        if geschat > PRECIES_TOT:
            return geschat
    plekken = binnen(sessie, gefilterd(actor, filter_), rd).with_only_columns(Risicolocatie.lon)
    # Longitude for the same reason as in _tel_los.
    return sessie.scalar(select(func.count(plekken.limit(MAX_GETELD).subquery().c.lon))) or 0


def op_naam(sessie: Session) -> Any:
    """The order of names that the index idx_risicolocatie_gemeente_naam keeps (migration 0005)."""
    return func.lower(Risicolocatie.naam) if is_postgis(sessie) else collate(Risicolocatie.naam, "NOCASE")


def _langs_namen(sessie: Session, actor: Actor, filter_: Filter, rd: RdVak, limiet: int) -> bool:
    """Whether it is less work to walk all names until ``limiet`` lie in the box, than to sort what lies in the box."""
    in_vak = schat(sessie, actor, Filter(), rd)
    if in_vak <= PRECIES_TOT:
        return False
    passend = schat(sessie, actor, filter_, rd) if kan_uit_cellen(filter_) else in_vak
    return limiet * tel_alles(sessie, actor, Filter()) < passend * in_vak


def los(sessie: Session, actor: Actor, filter_: Filter, vak: Vak, limiet: int = MAX_LOS) -> Sequence[Risicolocatie]:
    """The locations in a box by name, at most ``limiet``."""
    rd = in_rd(vak)
    if rd is None:
        return []
    opdracht = gefilterd(actor, filter_)
    naam = op_naam(sessie)
    if _langs_namen(sessie, actor, filter_, rd, limiet):
        # PostgreSQL sees from its statistics that walking the names is less work; SQLite has to be led.
        opdracht = _op_xy(opdracht, rd, kaal=not is_postgis(sessie))
    else:
        # Added to nothing, the name is not what the index on names is made of, so that nobody walks that.
        naam = func.lower(Risicolocatie.naam) + literal("")
        opdracht = binnen(sessie, opdracht, rd)
    return sessie.scalars(_licht(opdracht.order_by(naam, Risicolocatie.id).limit(limiet))).all()


def _licht(opdracht: Select[Any]) -> Select[Any]:
    """Only what the map shows of a location; the types come once each, not beside every location."""
    kolommen = (
        *(Risicolocatie.uid, Risicolocatie.naam, Risicolocatie.status, Risicolocatie.laatste_bezoek_op),
        Risicolocatie.locatietype_id,
        *(Risicolocatie.straat, Risicolocatie.huisnummer, Risicolocatie.huisletter, Risicolocatie.toevoeging),
        *(Risicolocatie.x, Risicolocatie.y, Risicolocatie.lon, Risicolocatie.lat),
    )
    return opdracht.options(load_only(*kolommen), selectinload(Risicolocatie.locatietype))


def eerste_bladzijde(sessie: Session, actor: Actor, filter_: Filter) -> Bladzijde:
    """The first page of the list by name; counted from the cells where they can answer."""
    if not kan_uit_cellen(filter_):
        return bladzijde(sessie, actor, filter_, "naam", "op", 1)
    totaal = tel_alles(sessie, actor, filter_)
    opdracht = gefilterd(actor, filter_).order_by(op_naam(sessie), Risicolocatie.id).limit(PER_PAGINA)
    return Bladzijde(sessie.scalars(opdracht).all(), totaal, 1, max(1, -(-totaal // PER_PAGINA)))


def op_ids(sessie: Session, actor: Actor, ids: Sequence[int]) -> Sequence[Risicolocatie]:
    """Locations by internal id, within the actor's scope."""
    if not ids:
        return []
    return sessie.scalars(_licht(select_voor(actor, Risicolocatie).where(Risicolocatie.id.in_(ids)))).all()


def dichtstbij(
    sessie: Session, actor: Actor, filter_: Filter, x: float, y: float, aantal: int
) -> list[tuple[Risicolocatie, float]]:
    """The nearest locations to an RD point with their distance in metres, the nearest first."""
    ids = (
        _dichtstbij_postgis(sessie, actor, filter_, x, y, aantal)
        if is_postgis(sessie)
        else _dichtstbij_rtree(sessie, actor, filter_, x, y, aantal)
    )
    per_id = {r.id: r for r in op_ids(sessie, actor, ids)}
    met_afstand = [(per_id[i], hypot(per_id[i].x - x, per_id[i].y - y)) for i in ids]
    return sorted(met_afstand, key=lambda paar: (paar[1], paar[0].id))


def _dichtstbij_postgis(
    sessie: Session, actor: Actor, filter_: Filter, x: float, y: float, aantal: int
) -> Sequence[int]:
    punt = func.ST_SetSRID(func.ST_MakePoint(x, y), 28992)
    opdracht = gefilterd(actor, filter_).with_only_columns(Risicolocatie.id)
    return sessie.scalars(opdracht.order_by(Risicolocatie.geom.op("<->")(punt)).limit(aantal)).all()


def _dichtstbij_rtree(sessie: Session, actor: Actor, filter_: Filter, x: float, y: float, aantal: int) -> Sequence[int]:
    kwadraat = (Risicolocatie.x - x) * (Risicolocatie.x - x) + (Risicolocatie.y - y) * (Risicolocatie.y - y)
    straal = _EERSTE_STRAAL_M
    while True:
        vak = (x - straal, y - straal, x + straal, y + straal)
        opdracht = binnen(sessie, gefilterd(actor, filter_), vak).with_only_columns(
            Risicolocatie.id, kwadraat, Risicolocatie.lon
        )
        gevonden = sessie.execute(opdracht.order_by(kwadraat, Risicolocatie.id).limit(aantal)).all()
        # A place in a corner of the box may be further away than one just outside a side.
        zeker = [id_ for id_, ver, _ in gevonden if ver <= straal**2]
        if len(zeker) == aantal or straal >= _LAATSTE_STRAAL_M:
            return [id_ for id_, *_ in gevonden]
        straal *= 2
