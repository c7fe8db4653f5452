"""Reading risk locations: lists and their filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Locatiestatus, Locatietype, Risicolocatie
from inspecties.locaties.models_prioriteit import Prioriteitstand

PER_PAGINA = 25


@dataclass(frozen=True)
class Filter:
    """What the list and the map are narrowed to; the same for both. Empty means all."""

    typen: tuple[str, ...] = ()
    statussen: tuple[str, ...] = ()
    zoek: str = ""
    # Locations that were last visited before this moment, or never.
    niet_bezocht_sinds: datetime | None = None
    # Bands of the standing priority: hoog, middel, laag.
    banden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vak:
    """A bounding box in WGS 84 degrees."""

    min_lon: float
    min_lat: float
    max_lon: float
    max_lat: float


def _past_bij_woord(woord: str) -> ColumnElement[bool]:
    patroon = "%" + woord.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    velden = (Risicolocatie.naam, Risicolocatie.straat, Risicolocatie.postcode, Risicolocatie.woonplaats)
    delen: list[ColumnElement[bool]] = [veld.ilike(patroon, escape="\\") for veld in velden]
    if woord.isascii() and woord.isdigit():
        delen.append(Risicolocatie.huisnummer == int(woord[:9]))
    return or_(*delen)


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
        opdracht = opdracht.where(_past_bij_woord(woord))
    if filter_.niet_bezocht_sinds is not None:
        opdracht = opdracht.where(
            or_(
                Risicolocatie.laatste_bezoek_op.is_(None),
                Risicolocatie.laatste_bezoek_op < filter_.niet_bezocht_sinds,
            )
        )
    if filter_.banden:
        standen = select(Prioriteitstand.locatie_id).where(
            Prioriteitstand.gemeente_id == actor.gemeente_id, Prioriteitstand.band.in_(filter_.banden)
        )
        opdracht = opdracht.where(Risicolocatie.id.in_(standen))
    return opdracht


SORTERING: dict[str, tuple[Any, ...]] = {
    "naam": (func.lower(Risicolocatie.naam),),
    "adres": (
        func.lower(Risicolocatie.straat),
        Risicolocatie.huisnummer,
        Risicolocatie.huisletter,
        Risicolocatie.toevoeging,
    ),
    "type": (Locatietype.volgorde, Locatietype.naam),
    "status": (Risicolocatie.status,),
    # In order of urgency: what is pinned and what scores highest comes first.
    "prioriteit": (
        func.coalesce(Prioriteitstand.vastgezet, false()).is_(false()),
        -func.coalesce(Prioriteitstand.geldend_tienden, -1),
    ),
    "laatste_bezoek": (func.coalesce(Risicolocatie.laatste_bezoek_op, datetime(1900, 1, 1, tzinfo=UTC)),),
}


def tel(sessie: Session, opdracht: Select[Any]) -> int:
    """How many rows a select would give."""
    return sessie.scalar(select(func.count()).select_from(opdracht.order_by(None).subquery())) or 0


@dataclass(frozen=True)
class Bladzijde:
    """One page of a list."""

    rijen: Sequence[Risicolocatie]
    totaal: int
    pagina: int
    paginas: int


def bladzijde(sessie: Session, actor: Actor, filter_: Filter, sorteer: str, richting: str, pagina: int) -> Bladzijde:
    """Page ``pagina`` (from 1; the last one where there are fewer) of the filtered list in an order of SORTERING."""
    opdracht = gefilterd(actor, filter_)
    totaal = tel(sessie, opdracht)
    paginas = max(1, -(-totaal // PER_PAGINA))
    pagina = min(max(1, pagina), paginas)
    if sorteer == "type":
        opdracht = opdracht.join(Locatietype, Locatietype.id == Risicolocatie.locatietype_id)
    if sorteer == "prioriteit":
        opdracht = opdracht.outerjoin(Prioriteitstand, Prioriteitstand.locatie_id == Risicolocatie.id)
    kolommen = SORTERING.get(sorteer, SORTERING["naam"])
    volgorde = [k.desc() if richting == "af" else k.asc() for k in kolommen]
    rijen = sessie.scalars(
        opdracht.order_by(*volgorde, Risicolocatie.id).limit(PER_PAGINA).offset((pagina - 1) * PER_PAGINA)
    ).all()
    return Bladzijde(rijen, totaal, pagina, paginas)


def typen_van(sessie: Session, actor: Actor) -> Sequence[Locatietype]:
    """The gemeente's location types in their order."""
    return sessie.scalars(select_voor(actor, Locatietype).order_by(Locatietype.volgorde, Locatietype.naam)).all()


def typen_in_gebruik(sessie: Session, actor: Actor, ook: Locatietype | None = None) -> list[Locatietype]:
    """The types that may be chosen: those in use, and the one that a location has."""
    return [t for t in typen_van(sessie, actor) if t.uit_gebruik_op is None or (ook is not None and t.id == ook.id)]


def statusgeschiedenis(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Sequence[Locatiestatus]:
    """Every change of a location's status, the newest first."""
    return sessie.scalars(
        select_voor(actor, Locatiestatus)
        .where(Locatiestatus.locatie_id == locatie.id)
        .order_by(Locatiestatus.op.desc(), Locatiestatus.id.desc())
    ).all()
