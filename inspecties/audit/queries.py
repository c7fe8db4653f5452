"""Selects on the audit log of the actor's own gemeente."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.models import Auditkop, Auditregel
from inspecties.core.actor import Actor
from inspecties.core.fouten import NietGevonden
from inspecties.core.ids import lees_id
from inspecties.core.klok import TIJDZONE
from inspecties.core.zoeken import zoekpatroon

PER_PAGINA = 50


@dataclass(frozen=True)
class Auditfilter:
    """What the log is narrowed to; empty means all. ``van`` and ``tot`` are Dutch calendar days, both included."""

    wie: str = ""
    handeling: str = ""
    object_soort: str = ""
    object_uid: str = ""
    van: date | None = None
    tot: date | None = None

    def gebruikt(self) -> list[str]:
        """Names of what was filled in: goes into the log instead of what was typed, which may be a name."""
        return [veld.name for veld in fields(self) if getattr(self, veld.name)]


def _begin_van(dag: date) -> datetime:
    return datetime.combine(dag, time.min, tzinfo=TIJDZONE)


def regels_van(actor: Actor, filter_: Auditfilter) -> Select[Any]:
    """The lines, newest first."""
    opdracht = select(Auditregel).where(Auditregel.gemeente_id == actor.gemeente_id)
    if filter_.wie:
        patroon = zoekpatroon(filter_.wie)
        model = Auditregel.gebruiker.property.mapper.class_
        opdracht = opdracht.where(
            Auditregel.gebruiker.has(
                or_(model.naam.ilike(patroon, escape="\\"), model.email.ilike(patroon, escape="\\"))
            )
        )
    if filter_.handeling:
        opdracht = opdracht.where(Auditregel.handeling == filter_.handeling)
    if filter_.object_soort:
        opdracht = opdracht.where(Auditregel.object_soort == filter_.object_soort)
    if filter_.object_uid:
        opdracht = opdracht.where(Auditregel.object_uid == filter_.object_uid)
    if filter_.van:
        opdracht = opdracht.where(Auditregel.moment >= _begin_van(filter_.van))
    if filter_.tot:
        opdracht = opdracht.where(Auditregel.moment < _begin_van(filter_.tot + timedelta(days=1)))
    return opdracht.order_by(Auditregel.seq.desc())


def tel(sessie: Session, opdracht: Select[Any]) -> int:
    """How many lines a select has."""
    return sessie.scalar(select(func.count()).select_from(opdracht.order_by(None).subquery())) or 0


def bladzijde(sessie: Session, opdracht: Select[Any], pagina: int) -> list[Auditregel]:
    """One page of lines with who did it."""
    opdracht = opdracht.options(joinedload(Auditregel.gebruiker))
    return list(sessie.scalars(opdracht.offset((pagina - 1) * PER_PAGINA).limit(PER_PAGINA)))


def woorden_in_gebruik(sessie: Session, actor: Actor) -> tuple[list[str], list[str]]:
    """The acts and the kinds of object that occur in this log."""
    eigen = Auditregel.gemeente_id == actor.gemeente_id
    return (
        list(sessie.scalars(select(Auditregel.handeling).where(eigen).distinct())),
        list(sessie.scalars(select(Auditregel.object_soort).where(eigen).distinct())),
    )


def namen_van(sessie: Session, regels: Iterable[Auditregel]) -> dict[str, str]:
    """Public id -> name, of the users that these lines are about."""
    model = Auditregel.gebruiker.property.mapper.class_
    uids = {lees_id(regel.object_uid) for regel in regels if regel.object_soort == "gebruiker"} - {None}
    rijen = sessie.execute(select(model.uid, model.naam).where(model.uid.in_(uids)))
    return {str(uid): naam for uid, naam in rijen}


def stand_van_de_keten(sessie: Session, actor: Actor) -> tuple[int, datetime | None, Auditregel | None]:
    """How many lines there are, when the chain was last verified, and the last line that reports a break."""
    kop = sessie.get(Auditkop, actor.gemeente_id)
    laatste = select(Auditregel).where(Auditregel.gemeente_id == actor.gemeente_id).order_by(Auditregel.seq.desc())
    controle = sessie.scalars(laatste.where(Auditregel.handeling == "keten_gecontroleerd").limit(1)).first()
    breuk = None
    if controle is not None:
        breuk = sessie.scalars(
            laatste.where(Auditregel.handeling == "ketenbreuk_gevonden", Auditregel.seq > controle.seq).limit(1)
        ).first()
    return kop.seq if kop else 0, controle.moment if controle else None, breuk


def gebruiker_van(sessie: Session, actor: Actor, uid: UUID | str) -> Any:
    """A user of whom this log has lines. Raises NietGevonden for any other, also one of another gemeente."""
    model = Auditregel.gebruiker.property.mapper.class_
    wie = sessie.scalars(select(model).where(model.uid == lees_id(str(uid)))).one_or_none()
    eigen = Auditregel.gemeente_id == actor.gemeente_id
    if wie is not None:
        over = or_(
            Auditregel.gebruiker_id == wie.id,
            (Auditregel.object_soort == "gebruiker") & (Auditregel.object_uid == str(wie.uid)),
        )
        if sessie.scalars(select(Auditregel.id).where(eigen, over).limit(1)).first() is None:
            wie = None
    if wie is None:
        raise NietGevonden("Van deze gebruiker staat niets in dit logboek.")
    return wie
