"""Reading everything as it is at one moment, for as long as that takes, while everybody else goes on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.database.rijmuur import SLEUTEL, zonder_actor


@contextmanager
def momentopname(motor: Engine, gemeente_id: int | None = None, waarom: str = "") -> Iterator[Session]:
    """A session of its own, on a connection of its own, that sees no write of after its first read and holds no lock.

    PostgreSQL: REPEATABLE READ, READ ONLY. SQLite: a deferred transaction that cannot write (WAL). Of one gemeente, or
    with ``waarom`` of all. Whoever calls it in a request of which the own session wrote or may write, commits that
    first: on SQLite it holds the lock that others wait for.
    """
    opties: dict[str, object] = {ALLEEN_LEZEN: True}
    if motor.dialect.name == "postgresql":
        opties["isolation_level"] = "REPEATABLE READ"
    with motor.connect() as verbinding, Session(verbinding.execution_options(**opties)) as sessie:
        if gemeente_id is None:
            zonder_actor(sessie, waarom)
        else:
            sessie.info[SLEUTEL] = gemeente_id
        yield sessie
