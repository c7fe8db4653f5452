"""Which standings no longer hold: marked in the same transaction as the fact that changed.

Every change through the ORM to a model that ``volg`` names marks the locations it is about. Who changes facts past the
ORM (a bulk statement) calls ``verouder``. The marks are written once, just before the commit and in order of id, so
that two transactions do not wait for each other's rows crosswise.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, event, inspect, select, update
from sqlalchemy.orm import Session, object_session

from inspecties.database.basis import GemeenteEigendom
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.locaties.models_feiten import Overlastmelding, Vergunning
from inspecties.locaties.models_prioriteit import Prioriteitkeuze, Prioriteitstand

_INFO = "prioriteit_verouderd"
_PER_OPDRACHT = 500
_STAND = Prioriteitstand

# The locations that an object is about, where it does not have the column ``locatie_id``.
Zoeker = Callable[[Connection, Any], Iterable[int]]


def volg(model: type[GemeenteEigendom], kolommen: tuple[str, ...] = (), zoek: Zoeker | None = None) -> None:
    """From now on a change to this model marks its locations; with ``kolommen`` only where one of these changed."""

    def merk(_mapper: object, verbinding: Connection, object_: Any) -> None:
        sessie = object_session(object_)
        if sessie is not None:
            verouder(sessie, zoek(verbinding, object_) if zoek else [object_.locatie_id])

    def merk_wijziging(mapper: object, verbinding: Connection, object_: Any) -> None:
        attributen = inspect(object_).attrs
        if not kolommen or any(attributen[k].history.has_changes() for k in kolommen):
            merk(mapper, verbinding, object_)

    def merk_vorige(object_: Any, _nieuw: object, vorige: Any, _bron: object) -> None:
        sessie = object_session(object_)
        if sessie is not None and isinstance(vorige, int):
            verouder(sessie, [vorige])

    if hasattr(model, "locatie_id"):
        # Loads the old value first: a row that moves to another location says something about both.
        event.listen(model.locatie_id, "set", merk_vorige, active_history=True)
    event.listen(model, "after_insert", merk)
    event.listen(model, "after_delete", merk)
    event.listen(model, "after_update", merk_wijziging)


def verouder(sessie: Session, locatie_ids: Iterable[int | None]) -> None:
    """Mark the standings of these locations (those without a standing are due anyway); written at the commit."""
    sessie.info.setdefault(_INFO, set()).update(i for i in locatie_ids if i is not None)


def bijgewerkt(sessie: Session, locatie_ids: Iterable[int]) -> None:
    """These were computed in this transaction, from everything that was flushed: what was pending holds no more."""
    sessie.info.get(_INFO, set()).difference_update(locatie_ids)


@event.listens_for(Session, "before_commit")
def _schrijf(sessie: Session) -> None:
    if sessie.in_nested_transaction():
        return
    # What is not flushed yet has not told what it touches.
    sessie.flush()
    ids = sorted(sessie.info.pop(_INFO, ()))
    for begin in range(0, len(ids), _PER_OPDRACHT):
        blok = ids[begin : begin + _PER_OPDRACHT]
        vast = select(_STAND.id).where(_STAND.locatie_id.in_(blok)).order_by(_STAND.id).with_for_update(key_share=True)
        te_merken = list(sessie.connection().execute(vast).scalars())
        if te_merken:
            sessie.connection().execute(update(_STAND).where(_STAND.id.in_(te_merken)).values(verouderd=True))


@event.listens_for(Session, "after_soft_rollback")
def _vergeet(sessie: Session, _transactie: object) -> None:
    if not sessie.in_transaction():
        sessie.info.pop(_INFO, None)


def _eigen(_verbinding: Connection, locatie: Any) -> Iterable[int]:
    return [locatie.id]


def _van_type(verbinding: Connection, soort: Any) -> Iterable[int]:
    return verbinding.execute(select(Risicolocatie.id).where(Risicolocatie.locatietype_id == soort.id)).scalars()


volg(Risicolocatie, ("locatietype_id", "laatste_bezoek_op", "personen_brp", "capaciteit"), _eigen)
volg(Locatietype, ("code", "naam", "interval_dagen"), _van_type)
volg(Overlastmelding)
volg(Vergunning)
volg(Prioriteitkeuze)
