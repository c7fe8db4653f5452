"""Reading the threads between locations: features, KvK numbers and parties that occur at several of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, func, literal, select, tuple_, union
from sqlalchemy.orm import Session, aliased

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Kenmerk, Partij, Partijrol
from inspecties.locaties.rules.koppeling import KVK, PARTIJ, Draad
from inspecties.locaties.rules.partijen import KENMERKSOORTEN

# Places per thing that one page reads; how many there are in all is counted.
PLEKKEN_PER_DING = 60

Ding = tuple[str, str]


@dataclass(frozen=True)
class Draden:
    """Threads, and per thing how many places it has in all."""

    draden: list[Draad]
    aantallen: dict[Ding, int]

    def __add__(self, ander: "Draden") -> "Draden":
        return Draden(self.draden + ander.draden, self.aantallen | ander.aantallen)


def _dag(van: date | None, vastgelegd_op: datetime) -> date:
    return van or lokale_datum(vastgelegd_op)


# What links two roles: the KvK number where there is one, else the party itself.
_SOORT = case((Partij.kvk != "", KVK), else_=PARTIJ)
_SLEUTEL = case((Partij.kvk != "", Partij.kvk), else_=cast(Partij.id, String))


def _rollen(actor: Actor) -> Select[Any]:
    """Roles with their party, in scope of both."""
    return (
        select_voor(actor, Partijrol)
        .join(Partij, Partij.id == Partijrol.partij_id)
        .where(Partij.gemeente_id == actor.gemeente_id)
    )


def kenmerkdraden(sessie: Session, actor: Actor, locatie_ids: Collection[int]) -> Draden:
    """Features of these locations and where else they occur; one statement, by the index on kind and hash."""
    mijn = aliased(Kenmerk)
    dingen = (
        select(mijn.soort, mijn.wisafdruk)
        .where(mijn.locatie_id.in_(locatie_ids), mijn.gemeente_id == actor.gemeente_id)
        .distinct()
        .subquery()
    )
    ding = (Kenmerk.soort, Kenmerk.wisafdruk)
    # What hangs on these locations themselves comes first: it must not be cut off.
    eigen = case((Kenmerk.locatie_id.in_(locatie_ids), 0), else_=1)
    binnen = (
        select_voor(actor, Kenmerk)
        .join(dingen, and_(Kenmerk.soort == dingen.c.soort, Kenmerk.wisafdruk == dingen.c.wisafdruk))
        .with_only_columns(
            *(Kenmerk.soort, Kenmerk.wisafdruk, Kenmerk.locatie_id, Kenmerk.gezien_op),
            func.row_number().over(partition_by=ding, order_by=(eigen, Kenmerk.gezien_op, Kenmerk.id)).label("nummer"),
            func.count().over(partition_by=ding).label("totaal"),
        )
        .subquery()
    )
    rijen = sessie.execute(select(binnen).where(binnen.c.totaal > 1, binnen.c.nummer <= PLEKKEN_PER_DING)).all()
    return Draden(
        [Draad(r.soort, r.wisafdruk, r.locatie_id, r.gezien_op) for r in rijen],
        {(r.soort, r.wisafdruk): r.totaal for r in rijen},
    )


def partijdraden(sessie: Session, actor: Actor, locatie_ids: Collection[int]) -> Draden:
    """Parties of these locations, and those with the same KvK number, in any role elsewhere; one statement."""
    rol, partij, zelfde = aliased(Partijrol), aliased(Partij), aliased(Partij)
    hier = select(rol.partij_id).where(rol.locatie_id.in_(locatie_ids), rol.gemeente_id == actor.gemeente_id)
    op_kvk = (
        select(zelfde.id)
        .join(partij, and_(partij.kvk == zelfde.kvk, partij.gemeente_id == zelfde.gemeente_id))
        .where(partij.id.in_(hier), partij.gemeente_id == actor.gemeente_id, zelfde.kvk != "")
    )
    betrokken = union(hier, op_kvk).subquery()
    rijen = sessie.execute(
        _rollen(actor)
        .where(Partijrol.partij_id.in_(select(betrokken.c[0])))
        .with_only_columns(
            _SOORT.label("soort"),
            _SLEUTEL.label("sleutel"),
            *(Partijrol.locatie_id, Partijrol.van, Partijrol.vastgelegd_op),
        )
    ).all()
    return _beperkt(Draad(r.soort, r.sleutel, r.locatie_id, _dag(r.van, r.vastgelegd_op)) for r in rijen)


def _beperkt(draden: Iterable[Draad]) -> Draden:
    """A party may have several roles at one place: count places."""
    alle = list(draden)
    plekken: dict[Ding, set[int]] = {}
    for d in alle:
        plekken.setdefault(d.wat, set()).add(d.locatie_id)
    return Draden(alle, {ding: len(p) for ding, p in plekken.items()})


def draden_rond(sessie: Session, actor: Actor, locatie_ids: Collection[int]) -> Draden:
    """Everything that these locations share with others, in two statements."""
    return kenmerkdraden(sessie, actor, locatie_ids) + partijdraden(sessie, actor, locatie_ids)


def alle_draden(sessie: Session, actor: Actor, soort: str = "") -> Draden:
    """Every shared thing of the gemeente, or those of one kind; at most two statements."""
    uit = Draden([], {})
    if not soort or soort in KENMERKSOORTEN:
        uit += _alle_kenmerken(sessie, actor, soort)
    if not soort or soort in {KVK, PARTIJ}:
        uit += _alle_partijen(sessie, actor, soort)
    return uit


def _alle_kenmerken(sessie: Session, actor: Actor, soort: str) -> Draden:
    opdracht = select_voor(actor, Kenmerk)
    if soort:
        opdracht = opdracht.where(Kenmerk.soort == soort)
    gedeeld = (
        opdracht.with_only_columns(Kenmerk.soort, Kenmerk.wisafdruk)
        .group_by(Kenmerk.soort, Kenmerk.wisafdruk)
        .having(func.count() > 1)
        .subquery()
    )
    rijen = sessie.execute(
        opdracht.join(gedeeld, and_(Kenmerk.soort == gedeeld.c.soort, Kenmerk.wisafdruk == gedeeld.c.wisafdruk))
        .with_only_columns(Kenmerk.soort, Kenmerk.wisafdruk, Kenmerk.locatie_id, Kenmerk.gezien_op)
    ).all()  # fmt: skip
    return _beperkt(Draad(r.soort, r.wisafdruk, r.locatie_id, r.gezien_op) for r in rijen)


def _alle_partijen(sessie: Session, actor: Actor, soort: str) -> Draden:
    rollen = _rollen(actor)
    if soort:
        rollen = rollen.where(literal(soort) == _SOORT)
    gedeeld = (
        rollen.with_only_columns(_SOORT.label("soort"), _SLEUTEL.label("sleutel"))
        .group_by(_SOORT, _SLEUTEL)
        .having(func.count(Partijrol.locatie_id.distinct()) > 1)
        .subquery()
    )
    rijen = sessie.execute(
        rollen.join(gedeeld, and_(gedeeld.c.soort == _SOORT, gedeeld.c.sleutel == _SLEUTEL))
        .with_only_columns(
            gedeeld.c.soort, gedeeld.c.sleutel, Partijrol.locatie_id, Partijrol.van, Partijrol.vastgelegd_op
        )
    ).all()  # fmt: skip
    return _beperkt(Draad(r.soort, r.sleutel, r.locatie_id, _dag(r.van, r.vastgelegd_op)) for r in rijen)


def kenmerken_van(sessie: Session, actor: Actor, dingen: Collection[Ding]) -> dict[Ding, Kenmerk]:
    """One row of each of these features, to read its value from."""
    gezocht = [d for d in dingen if d[0] in KENMERKSOORTEN]
    if not gezocht:
        return {}
    eerste = (
        select_voor(actor, Kenmerk)
        .where(tuple_(Kenmerk.soort, Kenmerk.wisafdruk).in_(gezocht))
        .group_by(Kenmerk.soort, Kenmerk.wisafdruk)
        .with_only_columns(func.min(Kenmerk.id))
    )
    rijen = sessie.scalars(select_voor(actor, Kenmerk).where(Kenmerk.id.in_(eerste)))
    return {(k.soort, k.wisafdruk): k for k in rijen}


def partijen_van(sessie: Session, actor: Actor, dingen: Collection[Ding]) -> dict[Ding, list[Partij]]:
    """The parties behind these KvK numbers and party ids."""
    nummers = [s for soort, s in dingen if soort == KVK]
    ids = [int(s) for soort, s in dingen if soort == PARTIJ]
    uit: dict[Ding, list[Partij]] = {}
    if nummers:
        for p in sessie.scalars(select_voor(actor, Partij).where(Partij.kvk.in_(nummers)).order_by(Partij.id)):
            uit.setdefault((KVK, p.kvk), []).append(p)
    if ids:
        for p in sessie.scalars(select_voor(actor, Partij).where(Partij.id.in_(ids))):
            uit[PARTIJ, str(p.id)] = [p]
    return uit


def rollen_van(sessie: Session, actor: Actor, partij_ids: Collection[int]) -> dict[tuple[int, int], list[Partijrol]]:
    """Roles of these parties by (party, location)."""
    uit: dict[tuple[int, int], list[Partijrol]] = {}
    if partij_ids:
        opdracht = select_voor(actor, Partijrol).where(Partijrol.partij_id.in_(partij_ids))
        for rol in sessie.scalars(opdracht.order_by(Partijrol.id)):
            uit.setdefault((rol.partij_id, rol.locatie_id), []).append(rol)
    return uit


def locaties_op_id(sessie: Session, actor: Actor, ids: Collection[int]) -> dict[int, Risicolocatie]:
    """Locations in scope by id."""
    if not ids:
        return {}
    rijen = sessie.scalars(select_voor(actor, Risicolocatie).where(Risicolocatie.id.in_(ids)))
    return {r.id: r for r in rijen}


def eigen_kenmerken(sessie: Session, actor: Actor, locatie: Risicolocatie) -> list[Kenmerk]:
    """What was recorded at this location, the newest first."""
    opdracht = select_voor(actor, Kenmerk).where(Kenmerk.locatie_id == locatie.id)
    return list(sessie.scalars(opdracht.order_by(Kenmerk.gezien_op.desc(), Kenmerk.id.desc())))
