"""Reading partnerships: what a beheerder sees of them, and with which gemeenten links may be compared now.

Memberships of other gemeenten are read without the wall: that they take part, share and whom to call is what a
partnership is for. Nothing else of them is read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor, zonder_muur
from inspecties.gebruikers.models import Gemeente
from inspecties.gebruikers.models_verband import Samenwerkingsverband, Verbandlid


@dataclass(frozen=True)
class Partner:
    """A gemeente with which sharing is on at both sides, and whom to call there."""

    gemeente_id: int
    gemeente: str
    verband: str
    verband_uid: UUID
    contact_naam: str
    contact_telefoon: str
    contact_email: str


def delende_partners(sessie: Session, actor: Actor) -> list[Partner]:
    """Gemeenten with which links may be compared at this moment.

    Both are admitted and share, and each said yes when (or after) the other was admitted. Where two partnerships join
    the same gemeenten, the first one by name counts.
    """
    ik, ander = aliased(Verbandlid), aliased(Verbandlid)
    samen = and_(
        ander.verband_id == ik.verband_id,
        ander.gemeente_id != ik.gemeente_id,
        ander.deelt_sinds >= ik.toegelaten_op,
        ik.deelt_sinds >= ander.toegelaten_op,
    )
    opdracht = (
        select(ander, Gemeente.naam, Samenwerkingsverband)
        .join(ik, samen)
        .join(Gemeente, Gemeente.id == ander.gemeente_id)
        .join(Samenwerkingsverband, Samenwerkingsverband.id == ander.verband_id)
        .where(ik.gemeente_id == actor.gemeente_id, *_deelt(ik), *_deelt(ander))
        .order_by(Gemeente.naam, Samenwerkingsverband.naam)
    )
    with zonder_muur(sessie):
        rijen = sessie.execute(opdracht).all()
    uit: dict[int, Partner] = {}
    for lid, gemeente, verband in rijen:
        contact = (lid.contact_naam, lid.contact_telefoon, lid.contact_email)
        uit.setdefault(lid.gemeente_id, Partner(lid.gemeente_id, gemeente, verband.naam, verband.uid, *contact))
    return list(uit.values())


def _deelt(lid: type[Verbandlid]) -> tuple[ColumnElement[bool], ...]:
    return lid.deelt_koppelingen.is_(True), lid.toegelaten_op.is_not(None), lid.verlaten_op.is_(None)


@dataclass(frozen=True)
class Ander:
    """Another gemeente in the own partnership, as a beheerder sees it. ``later``: admitted after the own yes."""

    gemeente: str
    code: str
    toegelaten: bool
    deelt: bool
    later: bool
    sinds: datetime


def eigen_lidmaatschappen(sessie: Session, actor: Actor) -> Sequence[Verbandlid]:
    """The partnerships that the own gemeente is in, or asked to join."""
    return sessie.scalars(
        select_voor(actor, Verbandlid)
        .join(Samenwerkingsverband, Samenwerkingsverband.id == Verbandlid.verband_id)
        .where(Verbandlid.verlaten_op.is_(None))
        .options(contains_eager(Verbandlid.verband))
        .order_by(Samenwerkingsverband.naam)
    ).all()


def anderen_in(sessie: Session, lid: Verbandlid) -> list[Ander]:
    """The other gemeenten of a partnership; nothing where the own gemeente is not admitted itself."""
    if lid.toegelaten_op is None or lid.verlaten_op is not None:
        return []
    opdracht = (
        select(Verbandlid, Gemeente)
        .join(Gemeente, Gemeente.id == Verbandlid.gemeente_id)
        .where(
            Verbandlid.verband_id == lid.verband_id,
            Verbandlid.gemeente_id != lid.gemeente_id,
            Verbandlid.verlaten_op.is_(None),
        )
        .order_by(Gemeente.naam)
    )
    with zonder_muur(sessie):
        rijen = sessie.execute(opdracht).all()
    return [
        Ander(
            gemeente=gemeente.naam,
            code=gemeente.code,
            toegelaten=rij.toegelaten_op is not None,
            deelt=rij.deelt_koppelingen,
            later=bool(lid.deelt_sinds and rij.toegelaten_op and rij.toegelaten_op > lid.deelt_sinds),
            sinds=rij.toegelaten_op or rij.gevraagd_op,
        )
        for rij, gemeente in rijen
    ]


def aan_te_sluiten(sessie: Session, actor: Actor) -> Sequence[Samenwerkingsverband]:
    """Partnerships that the own gemeente could ask to join; only their names are known outside."""
    eigen = (
        select(Verbandlid.verband_id)
        .where(Verbandlid.gemeente_id == actor.gemeente_id, Verbandlid.verlaten_op.is_(None))
    )  # fmt: skip
    # Across gemeenten on purpose: a partnership that everybody left cannot let anybody in.
    levend = select(Verbandlid.verband_id).where(
        Verbandlid.verlaten_op.is_(None), Verbandlid.toegelaten_op.is_not(None)
    )
    with zonder_muur(sessie):
        return sessie.scalars(
            select(Samenwerkingsverband)
            .where(Samenwerkingsverband.id.not_in(eigen), Samenwerkingsverband.id.in_(levend))
            .order_by(Samenwerkingsverband.naam)
        ).all()
