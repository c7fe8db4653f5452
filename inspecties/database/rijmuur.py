"""The wall in PostgreSQL itself: which gemeente a transaction may read and write (row level security, migration 0021).

Every statement runs under the gemeente that its session is bound to at that moment. Nobody has to think of it: before a
statement goes out, the setting of the transaction is compared with the session's and put right. It is local to the
transaction, so a connection goes back to the pool with nothing left on it. A session that is bound to nobody finds
nothing and writes nothing; who has no actor and needs more than that goes through ``zonder_actor``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import ReferenceType, WeakKeyDictionary, ref

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session, SessionTransaction

INSTELLING = "inspecties.gemeente"
# The value that means: all gemeenten, on purpose.
ALLE = "alle"
# In ``Session.info``: the gemeente, ALLE, or not there.
SLEUTEL = "gemeente_id"


class _Stand:
    """Whose statements a connection carries, and what its transaction was last told."""

    def __init__(self, sessie: "ReferenceType[Session] | None", vast: str = "") -> None:
        self.sessie = sessie
        self.vast = vast
        self.gezet = ""

    def gewenst(self) -> str:
        sessie = self.sessie() if self.sessie is not None else None
        return self.vast if sessie is None else str(sessie.info.get(SLEUTEL, ""))


# Weak at both ends: a session that is thrown away in the middle of a transaction takes its connection with it.
_standen: "WeakKeyDictionary[Connection, _Stand]" = WeakKeyDictionary()


def zonder_actor(wie: Session | Connection, waarom: str) -> None:
    """The one door for work that belongs to no gemeente: from now on this session or connection reaches all of them.

    ``waarom`` is for who reads the code (and ARCHITECTUUR.md): nothing looks at it. ``bind_actor`` narrows again.
    """
    if not waarom.strip():
        raise ValueError("say why this work has no actor")
    if isinstance(wie, Connection):
        _standen[wie] = _Stand(None, ALLE)
    else:
        wie.info[SLEUTEL] = ALLE


@contextmanager
def met_bereik(sessie: Session, waarde: int | str) -> Iterator[None]:
    """This gemeente (or ALLE) for a while, and then what it was before, also after an error."""
    oud = sessie.info.get(SLEUTEL)
    sessie.info[SLEUTEL] = waarde
    try:
        yield
    finally:
        if oud is None:
            sessie.info.pop(SLEUTEL, None)
        else:
            sessie.info[SLEUTEL] = oud


def bewaak(engine: Engine) -> None:
    """Put the wall on every transaction of a PostgreSQL engine."""
    event.listen(engine, "before_cursor_execute", _zet_gemeente)
    # The setting ends with the transaction.
    event.listen(engine, "begin", _vergeet)
    event.listen(engine, "commit", _vergeet)
    event.listen(engine, "rollback", _vergeet)


@event.listens_for(Session, "after_begin")
def _onthoud_sessie(sessie: Session, _transactie: SessionTransaction, verbinding: Connection) -> None:
    if verbinding.dialect.name != "postgresql":
        return
    _standen.setdefault(verbinding, _Stand(None)).sessie = ref(sessie)


def _zet_gemeente(verbinding: Connection, _cursor: Any, opdracht: str, *_: Any) -> None:
    stand = _standen.get(verbinding)
    if stand is None:
        return
    if opdracht.startswith("ROLLBACK TO"):
        # Brings back what the setting was at the savepoint, and is all that a failed transaction accepts. Equal to
        # nothing that can be wanted: the next statement says it again.
        stand.gezet = "?"
        return
    gewenst = stand.gewenst()
    if gewenst == stand.gezet:
        return
    # A cursor of our own: the one of the statement may be the server's.
    cursor = verbinding.connection.cursor()
    try:
        cursor.execute("SELECT set_config(%s, %s, true)", (INSTELLING, gewenst))
    finally:
        cursor.close()
    stand.gezet = gewenst


def _vergeet(verbinding: Connection) -> None:
    stand = _standen.get(verbinding)
    if stand is not None:
        stand.gezet = ""
