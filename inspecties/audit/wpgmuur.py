"""The wall around police data (Wpg): what is set apart is in no query, whoever asks it and for what.

Supervision data and police data are kept apart (BpgBoa). Every ORM statement on a model that was put behind the wall
leaves out the rows with a mark (``Wpggegeven``), also one in the name of the system: lists, documents, complete files,
disclosures, requests of persons. Only ``achter_de_muur`` lifts it: for people in ``dossiers.wpg*`` alone, and where a
number, a hash or a receipt would else be given twice.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Table, event, not_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from inspecties.audit.models_vernietigen import Wpggegeven

_OPEN = "wpg_open"
_MERK = Wpggegeven.__table__
# Every model behind the wall.
OMMUURD: set[type[Any]] = set()
_OPTIES: list[Any] = []
_VOORKANTEN: dict[str, ColumnElement[bool]] = {}


class Voorkant(FunctionElement[bool]):
    """Condition: a row is in front of the wall. ``waar`` makes it of the columns, and only where SQL is written out:
    as a part of each statement it would be walked through whenever the application asks anything."""

    type = Boolean()
    inherit_cache = True
    waar: Callable[..., ColumnElement[bool]]


class _Optie(LoaderCriteriaOption):
    """What ``with_loader_criteria`` makes, which lives as long as the process: it is its own key in the cache of
    statements. Else every statement of the application would walk through all of them, ten microseconds apiece."""

    inherit_cache = True

    def _gen_cache_key(self, anon_map: Any, bindparams: Any) -> tuple[Any, ...]:
        del anon_map, bindparams
        return (_Optie, id(self))


@compiles(Voorkant)
def _schrijf(element: Voorkant, compiler: SQLCompiler, **opties: Any) -> str:
    return f"({compiler.process(element.waar(*element.clauses), **opties | {'literal_binds': True})})"


def ommuur(model: type[Any], waar: Callable[..., ColumnElement[bool]], *kolommen: Any) -> None:
    """Put a model behind the wall: only the rows of which ``waar(*kolommen)`` holds are in front of it."""
    soort = type(f"Voorkant{model.__name__}", (Voorkant,), {"waar": staticmethod(waar), "inherit_cache": True})
    OMMUURD.add(model)
    _OPTIES.append(_Optie(model, soort(*kolommen), include_aliases=True, propagate_to_loaders=False))
    tabel = model.__table__
    _VOORKANTEN[tabel.name] = soort(*(tabel.c[kolom.key] for kolom in kolommen))


def voor_de_muur(tabel: Table) -> tuple[ColumnElement[bool], ...]:
    """The condition for a statement on the table itself, which passes the wall else; none where no model is behind it.

    Such a statement is for what looks at every table alike. Retention sees all.
    """
    return (_VOORKANTEN[tabel.name],) if tabel.name in _VOORKANTEN else ()


def ongemerkt(soort: str) -> Callable[[Any], ColumnElement[bool]]:
    """Of a column with a public id: it is of nothing of this kind that stands apart."""
    gemerkt = select(_MERK.c.object_uid).where(_MERK.c.object_soort == soort)
    return lambda uid: uid.not_in(gemerkt)


def apart_van(sessie: Session, tabel: Table, ids: Collection[int]) -> set[int]:
    """Of these rows those that are there and stand apart: for who must not take them for destroyed."""
    apart = [not_(waar) for waar in voor_de_muur(tabel)]
    return set(sessie.scalars(select(tabel.c.id).where(tabel.c.id.in_(ids), *apart))) if apart else set()


@contextmanager
def achter_de_muur(sessie: Session) -> Iterator[None]:
    """Reach what is set apart; the caller checked who asks and writes down why."""
    eerder = sessie.info.get(_OPEN)
    sessie.info[_OPEN] = True
    try:
        yield
    finally:
        if eerder is None:
            sessie.info.pop(_OPEN, None)


@event.listens_for(Session, "do_orm_execute")
def _muur(toestand: ORMExecuteState) -> None:
    if toestand.session.info.get(_OPEN) or toestand.is_column_load:
        return
    if toestand.is_select or toestand.is_update or toestand.is_delete:
        toestand.statement = toestand.statement.options(*_OPTIES)
