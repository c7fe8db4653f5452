"""Selects on visits and what belongs to them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from inspecties.controles.bezoekmuur import aparte_antwoorden, aparte_fotos
from inspecties.controles.models import Bewijsstuk, Bezoek, Operatie, Quarantaine, Toestelgat
from inspecties.controles.rules.vouw import Kop, Vouw
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker
from inspecties.partners.models import Organisatie


def als_kop(op: Operatie, auteur: str = "") -> Kop:
    """An operation as folding sees it."""
    return Kop(
        op_id=str(op.op_id),
        vraag_id=op.vraag_id,
        herhaling_id=str(op.herhaling_id) if op.herhaling_id else None,
        soort=op.soort,
        waarde=op.waarde,
        base_op_ids=tuple(op.base_op_ids),
        rev=op.rev,
        form_versie=op.form_versie,
        toestel_tijd=op.toestel_tijd,
        auteur=auteur,
        na_afronden=op.na_afronden,
        toestel=str(op.toestel_id),
        seq=op.toestel_seq,
    )


def als_protocol(op: Operatie, bezoek_uid: UUID, auteur_uid: UUID) -> dict[str, Any]:
    """An operation as it was sent, with the server's ``rev``. Its hash is that of the original."""
    return {
        "op_id": str(op.op_id),
        "bezoek_id": str(bezoek_uid),
        "vraag_id": op.vraag_id,
        "herhaling_id": str(op.herhaling_id) if op.herhaling_id else None,
        "soort": op.soort,
        "waarde": op.waarde,
        "base_op_ids": op.base_op_ids,
        "form_versie": op.form_versie,
        "toestel_id": str(op.toestel_id),
        "toestel_seq": op.toestel_seq,
        "toestel_tijd": op.toestel_tijd,
        "auteur_id": str(auteur_uid),
        "rev": op.rev,
    }


def operaties_van(actor: Actor, bezoek: Bezoek) -> Select[Operatie]:
    """All operations of a visit, in the server's order, with their authors."""
    return (
        select_voor(actor, Operatie)
        .where(Operatie.bezoek_id == bezoek.id)
        .order_by(Operatie.rev)
        .options(joinedload(Operatie.auteur))
    )


def vouw_van(sessie: Session, actor: Actor, bezoek: Bezoek) -> Vouw:
    """What a visit looks like now."""
    return Vouw(als_kop(op, op.auteur.naam) for op in sessie.scalars(operaties_van(actor, bezoek)))


def vouwen_van(sessie: Session, actor: Actor, bezoeken: Iterable[Bezoek]) -> dict[int, Vouw]:
    """Bezoek.id -> its fold, for several visits with one query."""
    uit = {b.id: Vouw() for b in bezoeken}
    rijen = sessie.scalars(
        select_voor(actor, Operatie).where(Operatie.bezoek_id.in_(uit)).order_by(Operatie.bezoek_id, Operatie.rev)
    )
    for op in rijen:
        uit[op.bezoek_id].voeg_toe(als_kop(op))
    return uit


def aanwezig_bewijs(sessie: Session, actor: Actor, bezoeken: Iterable[Bezoek]) -> dict[int, set[str]]:
    """Bezoek.id -> SHA-256 of every original that the server holds for it."""
    uit: dict[int, set[str]] = {b.id: set() for b in bezoeken}
    rijen = sessie.execute(
        select(Bewijsstuk.bezoek_id, Bewijsstuk.sha256).where(
            Bewijsstuk.gemeente_id == actor.gemeente_id, Bewijsstuk.bezoek_id.in_(uit)
        )
    )
    for bezoek_id, sha256 in rijen:
        uit[bezoek_id].add(sha256)
    return uit


def met_apart(sessie: Session, bezoeken: Iterable[Bezoek]) -> list[Bezoek]:
    """Of these visits, those of which something stands apart as police data."""
    ids = {b.id: b for b in bezoeken}
    delen = (aparte_antwoorden().subquery(), aparte_fotos().subquery())
    rijen = (sessie.scalars(select(deel.c.bezoek_id).where(deel.c.bezoek_id.in_(ids))) for deel in delen)
    return [ids[i] for i in sorted({i for deel in rijen for i in deel})]


def is_compleet(vouw: Vouw, aanwezig: set[str]) -> bool:
    """Every hash in the manifest is on the server."""
    return set(vouw.manifest()) <= aanwezig


def zichtbare_bezoeken(sessie: Session, actor: Actor, uids: Iterable[UUID]) -> list[Bezoek]:
    """Of these visits, the ones that the actor may fill in, in order of id."""
    if not rol_mag(actor.rol, "bezoeken.invullen"):
        return []
    return list(sessie.scalars(select_voor(actor, Bezoek).where(Bezoek.uid.in_(list(uids))).order_by(Bezoek.id)))


def auteurs_van(sessie: Session, ids: Iterable[int]) -> dict[int, UUID]:
    """Gebruiker.id -> its public id."""
    rijen = sessie.execute(select(Gebruiker.id, Gebruiker.uid).where(Gebruiker.id.in_(set(ids))))
    return {rij.id: rij.uid for rij in rijen}


def organisatiesoort(sessie: Session, actor: Actor) -> str | None:
    """The kind of organisation that a partner user works for; None for the gemeente's own people."""
    if actor.organisatie_id is None:
        return None
    return sessie.scalars(
        select_voor(actor, Organisatie)
        .where(Organisatie.id == actor.organisatie_id)
        .with_only_columns(Organisatie.soort)
    ).one()


def apart_gezet(actor: Actor, *, alles: bool = False) -> Select[Quarantaine]:
    """What was set apart, oldest first; only what nobody has judged yet unless ``alles``."""
    opdracht = select_voor(actor, Quarantaine).order_by(Quarantaine.id).options(joinedload(Quarantaine.afzender))
    return opdracht if alles else opdracht.where(Quarantaine.beoordeeld_op.is_(None))


def open_gaten(actor: Actor, *, alles: bool = False) -> Select[Toestelgat]:
    """Numbers of devices that never arrived; only what is open and not judged unless ``alles``."""
    opdracht = select_voor(actor, Toestelgat).order_by(Toestelgat.id).options(joinedload(Toestelgat.gebruiker))
    if alles:
        return opdracht
    return opdracht.where(Toestelgat.gevuld_op.is_(None), Toestelgat.beoordeeld_op.is_(None))
