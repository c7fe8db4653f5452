"""The wall around police data (Wpg): what is set apart is in no query, whoever asks it and for what.

Supervision data and police data are kept apart (BpgBoa). Every ORM statement on a model that was put behind the wall
leaves out the rows with a mark (``Wpggegeven``), also one in the name of the system: lists, documents, complete files,
disclosures, requests of persons. Only ``achter_de_muur`` lifts it, and only ``dossiers.wpg`` does so for people.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from inspecties.audit.models_vernietigen import Wpggegeven

_OPEN = "wpg_open"
_MERK = Wpggegeven.__table__
# Model -> what its rows are left out by.
OMMUURD: dict[type[Any], tuple[str, str]] = {}
_OPTIES: list[Any] = []


def ommuur(model: type[Any], soort: str, kolom: str = "uid") -> None:
    """Put a model behind the wall. ``kolom`` holds the public id of the object of this kind that is marked."""
    gemerkt = select(_MERK.c.object_uid).where(_MERK.c.object_soort == soort)
    OMMUURD[model] = (soort, kolom)
    _OPTIES.append(
        with_loader_criteria(
            model, getattr(model, kolom).not_in(gemerkt), include_aliases=True, propagate_to_loaders=False
        )
    )


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
