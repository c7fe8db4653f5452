"""Scope: which rows an actor may see, in one place.

``select_voor`` is the wall that every query is built on. The second wall, for what slips past it, is the criterion that
the session adds to every ORM statement on content while an actor is bound to it. PostgreSQL has a third one of its own,
under every statement whoever wrote it: ``rijmuur``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, event, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from inspecties.core.actor import Actor
from inspecties.core.fouten import NietGevonden
from inspecties.core.ids import lees_id
from inspecties.database.basis import GemeenteEigendom
from inspecties.database.rijmuur import ALLE, SLEUTEL, met_bereik

E = TypeVar("E", bound=GemeenteEigendom)


def select_voor(actor: Actor, model: type[E]) -> Select[E]:
    """A select on ``model`` that shows only the actor's gemeente and what the actor's role may see of it."""
    opdracht = select(model).where(model.gemeente_id == actor.gemeente_id)
    if not actor.is_systeem:
        opdracht = opdracht.where(model.bereik(actor))
    return opdracht


def haal(sessie: Session, actor: Actor, model: type[E], uid: UUID | str, naam: str = "Dit") -> E:
    """The one object with this public id. Raises NietGevonden, also when it is somebody else's."""
    sleutel = uid if isinstance(uid, UUID) else lees_id(uid)
    object_ = None
    if sleutel is not None:
        object_ = sessie.scalars(select_voor(actor, model).where(model.uid == sleutel)).one_or_none()
    if object_ is None:
        raise NietGevonden(f"{naam} bestaat niet, of u mag het niet zien.")
    return object_


def bind_actor(sessie: Session, actor: Actor | None) -> None:
    """From now on this session reaches content of the actor's gemeente only; with None, on PostgreSQL, of nobody."""
    if actor is None:
        sessie.info.pop(SLEUTEL, None)
    else:
        sessie.info[SLEUTEL] = actor.gemeente_id


@contextmanager
def zonder_muur(sessie: Session) -> Iterator[None]:
    """Lift the walls for one deliberate read across gemeenten; the caller says why. Flush inside what is written."""
    with met_bereik(sessie, ALLE):
        yield


@contextmanager
def als_gemeente(sessie: Session, gemeente_id: int) -> Iterator[None]:
    """Write as this gemeente for a while: the log of another gemeente in which the actor's act also belongs.

    Flush before the end: what is written later is written under the wall of then.
    """
    with met_bereik(sessie, gemeente_id):
        yield


@event.listens_for(Session, "do_orm_execute")
def _tweede_muur(toestand: ORMExecuteState) -> None:
    gemeente_id: Any = toestand.session.info.get(SLEUTEL)
    if gemeente_id is None or gemeente_id == ALLE or toestand.is_column_load or toestand.is_relationship_load:
        return
    if toestand.is_select or toestand.is_update or toestand.is_delete:
        toestand.statement = toestand.statement.options(
            with_loader_criteria(GemeenteEigendom, lambda cls: cls.gemeente_id == gemeente_id, include_aliases=True)
        )
