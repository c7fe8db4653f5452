"""Reading risk locations: lists, the map by bounding box, clusters by grid cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, cast, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Integer

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.locaties.rules.coordinaten import naar_rd, naar_wgs84

# From this zoom on the map shows every location by itself.
LOS_VANAF_ZOOM = 15
MAX_LOS = 2000


@dataclass(frozen=True)
class Filter:
    """What the list and the map are narrowed to; the same for both. Empty means all."""

    typen: tuple[str, ...] = ()
    statussen: tuple[str, ...] = ()
    zoek: str = ""
    # Days; locations that were not visited for longer (or never).
    niet_bezocht_sinds: Any = None


def gefilterd(actor: Actor, filter_: Filter) -> Select[Risicolocatie]:
    """Locations in the actor's scope that fit the filter."""
    opdracht = select_voor(actor, Risicolocatie)
    if filter_.typen:
        typen = select(Locatietype.id).where(
            Locatietype.gemeente_id == actor.gemeente_id, Locatietype.code.in_(filter_.typen)
        )
        opdracht = opdracht.where(Risicolocatie.locatietype_id.in_(typen))
    if filter_.statussen:
        opdracht = opdracht.where(Risicolocatie.status.in_(filter_.statussen))
    for woord in filter_.zoek.split()[:6]:
        patroon = "%" + woord.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        velden = (Risicolocatie.naam, Risicolocatie.straat, Risicolocatie.postcode, Risicolocatie.woonplaats)
        delen: list[ColumnElement[bool]] = [veld.ilike(patroon, escape="\\") for veld in velden]
        if woord.isdigit():
            delen.append(Risicolocatie.huisnummer == int(woord[:9]))
        opdracht = opdracht.where(or_(*delen))
    if filter_.niet_bezocht_sinds is not None:
        opdracht = opdracht.where(
            or_(
                Risicolocatie.laatste_bezoek_op.is_(None),
                Risicolocatie.laatste_bezoek_op < filter_.niet_bezocht_sinds,
            )
        )
    return opdracht


SORTERING: dict[str, Any] = {
    "naam": Risicolocatie.naam,
    "adres": Risicolocatie.straat,
    "status": Risicolocatie.status,
    "laatste_bezoek": Risicolocatie.laatste_bezoek_op,
}


def tel(sessie: Session, opdracht: Select[Any]) -> int:
    """How many rows a select would give."""
    return sessie.scalar(select(func.count()).select_from(opdracht.order_by(None).subquery())) or 0


def typen_van(sessie: Session, actor: Actor) -> Sequence[Locatietype]:
    """The gemeente's location types in their order."""
    return sessie.scalars(select_voor(actor, Locatietype).order_by(Locatietype.volgorde, Locatietype.naam)).all()


@dataclass(frozen=True)
class Vak:
    """A bounding box in WGS 84 degrees."""

    min_lon: float
    min_lat: float
    max_lon: float
    max_lat: float

    def in_rd(self) -> tuple[float, float, float, float]:
        """The smallest RD box (metres) around the four corners: minx, miny, maxx, maxy."""
        hoeken = [naar_rd(lon, lat) for lon in (self.min_lon, self.max_lon) for lat in (self.min_lat, self.max_lat)]
        xs, ys = [h[0] for h in hoeken], [h[1] for h in hoeken]
        return min(xs), min(ys), max(xs), max(ys)


def _binnen(opdracht: Select[Any], vak: Vak) -> Select[Any]:
    minx, miny, maxx, maxy = vak.in_rd()
    return opdracht.where(
        and_(Risicolocatie.x >= minx, Risicolocatie.x <= maxx, Risicolocatie.y >= miny, Risicolocatie.y <= maxy)
    )


def celgrootte_m(zoom: int) -> float:
    """Width of a cluster cell in metres: about 70 pixels at that zoom at 52.5 degrees north."""
    return float(70 * 156_543 * 0.609 / 2**zoom)


def trossen(sessie: Session, actor: Actor, filter_: Filter, vak: Vak, zoom: int) -> list[dict[str, Any]]:
    """Clusters per grid cell: count and mean place (lon, lat); a cell with one location carries its id."""
    cel = celgrootte_m(zoom)
    kolom = cast(Risicolocatie.x / cel, Integer)
    rij = cast(Risicolocatie.y / cel, Integer)
    opdracht = (
        _binnen(gefilterd(actor, filter_), vak)
        .with_only_columns(
            func.count(), func.avg(Risicolocatie.x), func.avg(Risicolocatie.y), func.min(Risicolocatie.id)
        )
        .group_by(kolom, rij)
    )
    uit = []
    for aantal, x, y, eerste in sessie.execute(opdracht):
        lon, lat = naar_wgs84(float(x), float(y))
        uit.append({"aantal": aantal, "lon": lon, "lat": lat, "id": eerste if aantal == 1 else None})
    return uit


def los(sessie: Session, actor: Actor, filter_: Filter, vak: Vak) -> Sequence[Risicolocatie]:
    """Every location in the box, at most MAX_LOS."""
    return sessie.scalars(_binnen(gefilterd(actor, filter_), vak).order_by(Risicolocatie.id).limit(MAX_LOS)).all()


def op_ids(sessie: Session, actor: Actor, ids: Sequence[int]) -> Sequence[Risicolocatie]:
    """Locations by internal id, within the actor's scope."""
    if not ids:
        return []
    return sessie.scalars(select_voor(actor, Risicolocatie).where(Risicolocatie.id.in_(ids))).all()
