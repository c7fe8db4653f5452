"""Seeing the database as it would be without certain rows, while nothing in it changes and nobody waits.

Every table is covered by a temporary view of the same name that leaves out what is noted as gone. Whoever asks goes on
asking as always, and sees what the next step of a real run would see.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    case,
    insert,
    null,
    select,
    text,
    true,
)
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable, CreateView

from inspecties.audit.geheel import Delen, Geheel, stukken, verzamel
from inspecties.database import metadata
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.database.rijmuur import SLEUTEL

_WEG = Table(
    "schaduw_weg",
    MetaData(),
    Column("tabel", String(60), primary_key=True),
    Column("rij_id", Integer, primary_key=True),
    prefixes=["TEMPORARY"],
)


def _weg(tabel: str) -> Any:
    return select(_WEG.c.rij_id).where(_WEG.c.tabel == tabel)


def _beeld(tabel: Table, echt: Table) -> CreateView:
    """The table without what is gone, and without what pointed at that: the database would empty or take it along."""
    kolommen: list[ColumnElement[Any]] = []
    blijft: list[ColumnElement[bool]] = [echt.c.id.not_in(_weg(tabel.name))] if "id" in echt.c else []
    for kolom in tabel.c:
        hier: ColumnElement[Any] = echt.c[kolom.name]
        for fk in kolom.foreign_keys:
            weg = hier.in_(_weg(fk.column.table.name))
            if fk.ondelete == "SET NULL":
                hier = case((weg, null()), else_=hier).label(kolom.name)
            elif "id" not in echt.c:
                blijft.append(~weg)
        kolommen.append(hier)
    return CreateView(select(*kolommen).where(true(), *blijft), tabel.name, temporary=True)


class Schaduw:
    """A session that reads, and what it does not see any more."""

    def __init__(self, sessie: Session) -> None:
        self.sessie = sessie
        self._sqlite = sessie.get_bind().dialect.name == "sqlite"

    def leg(self) -> None:
        """Cover every table. From here on the transaction can write nothing but what is noted as gone."""
        verbinding = self.sessie.connection()
        schema = "main" if self._sqlite else "public"
        elders = MetaData()
        with self._open():
            verbinding.execute(CreateTable(_WEG))
            for tabel in metadata.sorted_tables:
                # Bare columns under another schema: only the name counts, and no type may add something of its own.
                echt = Table(tabel.name, elders, *(Column(k.name) for k in tabel.c), schema=schema)
                verbinding.execute(_beeld(tabel, echt))
        if not self._sqlite:
            # Temporary tables may still be written, nothing else.
            verbinding.execute(text("SET TRANSACTION READ ONLY"))

    @contextmanager
    def _open(self) -> Iterator[None]:
        """SQLite's ``query_only`` holds for temporary tables too."""
        verbinding = self.sessie.connection()
        if self._sqlite:
            verbinding.exec_driver_sql("PRAGMA query_only=OFF")
        yield
        if self._sqlite:
            verbinding.exec_driver_sql("PRAGMA query_only=ON")

    def verberg(self, delen: Delen) -> None:
        """These rows are gone."""
        with self._open():
            for tabel, ids in delen.rijen.items():
                bekend = set(self.sessie.scalars(_weg(tabel)))
                for stuk in stukken(ids.keys() - bekend):
                    self.sessie.execute(insert(_WEG), [{"tabel": tabel, "rij_id": i} for i in stuk])
        self.sessie.expire_all()

    def verberg_met_gevolg(self, tabel: Table, ids: Collection[int]) -> None:
        """These rows are gone, and what the database takes along."""
        self.verberg(verzamel(self.sessie, Geheel(tabel.name, "", tabel, (), lambda *_: []), ids))


@contextmanager
def schaduw(motor: Engine, gemeente_id: int) -> Iterator[Schaduw]:
    """On a connection of its own that is thrown away: it sees one moment, and holds no lock that anybody waits for."""
    sqlite = motor.dialect.name == "sqlite"
    opties: dict[str, Any] = {ALLEEN_LEZEN: True} if sqlite else {"isolation_level": "REPEATABLE READ"}
    with motor.connect() as verbinding:
        if not sqlite:
            # A statement that was prepared earlier on this connection would go on reading the table itself.
            verbinding.connection.driver_connection.prepare_threshold = None  # type: ignore[union-attr]  # psycopg's own
        try:
            with Session(verbinding.execution_options(**opties)) as sessie:
                sessie.info[SLEUTEL] = gemeente_id
                uit = Schaduw(sessie)
                uit.leg()
                yield uit
        finally:
            verbinding.invalidate()
