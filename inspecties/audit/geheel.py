"""A whole under a retention term: which rows go with a main row, and what still refers to one of them.

Read from the foreign keys of the models, so that a new table is seen without anybody thinking of it: what the database
takes along (CASCADE) belongs to it, what it holds on to (RESTRICT) only where the kind names it in ``mee``.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Column, ColumnElement, Table, select, true
from sqlalchemy.orm import Session

from inspecties.audit.rules_bewaren import Aanvang
from inspecties.core.actor import Actor
from inspecties.database import metadata

# Only these rows, or None for all.
Ids = Collection[int] | None


def alleen(kolom: ColumnElement[Any], ids: Ids) -> ColumnElement[bool]:
    """The condition that it is one of these."""
    return true() if ids is None else kolom.in_(ids)


class Zoeker(Protocol):
    """Finds rows under a term."""

    def __call__(self, sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]: ...


# SQLite has room for some 32 thousand parameters; less is kinder to the planner.
PER_KEER = 500


@dataclass(frozen=True)
class Geheel:
    """One kind under a term.

    ``aanvang(session, actor, until, ids)`` gives what may be over by that day, with the term that counts for each row;
    only of these rows where ``ids`` names them.
    ``mee``: columns (``tabel.kolom``) whose rows go along although the database holds on to them.
    ``houders``: ways from the main row to what holds it: (table, step, ...), a step being ``tabel.van>naar``. A legal
    hold there stops the destruction too. ``paden``: files of a row that no column names.
    """

    code: str
    naam: str
    tabel: Table
    termijnen: tuple[str, ...]
    aanvang: "Zoeker"
    mee: frozenset[str] = frozenset()
    houders: tuple[tuple[str, ...], ...] = ()
    paden: Callable[[Session, Collection[int]], list[str]] | None = None


@dataclass
class Delen:
    """The rows of wholes: per table its ids, each with the main row that it goes with."""

    rijen: dict[str, dict[int, int]] = field(default_factory=dict)
    # Links without a key of their own: (table, column, what it points at).
    banden: dict[tuple[str, str], dict[int, int]] = field(default_factory=dict)


@cache
def verwijzers(tabel: str) -> tuple[Column[Any], ...]:
    """Every column that refers to this table."""
    return tuple(
        fk.parent
        for ander in metadata.sorted_tables
        for fk in ander.foreign_keys
        if fk.column.table.name == tabel and fk.column.name == "id"
    )


def gaat_mee(kolom: Column[Any], mee: Collection[str]) -> bool:
    """Whether rows go when what this column refers to goes."""
    gevolg = next(iter(kolom.foreign_keys)).ondelete
    return gevolg == "CASCADE" or f"{kolom.table.name}.{kolom.name}" in mee


def houdt_vast(kolom: Column[Any]) -> bool:
    """Whether the database refuses to let go of what this column refers to."""
    return next(iter(kolom.foreign_keys)).ondelete not in {"CASCADE", "SET NULL"}


def tabellen_van(geheel: Geheel) -> set[str]:
    """Every table of which rows go with this kind."""
    uit = {geheel.tabel.name}
    te_doen = [geheel.tabel.name]
    while te_doen:
        for kolom in verwijzers(te_doen.pop()):
            if kolom.table.name not in uit and gaat_mee(kolom, geheel.mee):
                uit.add(kolom.table.name)
                te_doen.append(kolom.table.name)
    return uit


def stukken(ids: Collection[int]) -> Iterator[Sequence[int]]:
    """In parts that fit one statement."""
    rij = sorted(ids)
    for begin in range(0, len(rij), PER_KEER):
        yield rij[begin : begin + PER_KEER]


def koppels(sessie: Session, naar: Column[Any], van: Column[Any], ids: Collection[int]) -> Iterator[tuple[int, int]]:
    """(naar, van) of every row of which ``van`` is one of these."""
    for deel in stukken(ids):
        rijen = sessie.execute(select(naar, van).where(van.in_(deel), naar.is_not(None))).all()
        yield from ((rij[0], rij[1]) for rij in rijen)


def verzamel(sessie: Session, geheel: Geheel, ids: Collection[int]) -> Delen:
    """These main rows with everything that goes with them."""
    uit = Delen({geheel.tabel.name: {i: i for i in ids}})
    te_doen = [(geheel.tabel.name, {i: i for i in ids})]
    while te_doen:
        tabel, nieuw = te_doen.pop()
        for kolom in verwijzers(tabel):
            if not gaat_mee(kolom, geheel.mee):
                continue
            kind = kolom.table
            if "id" not in kind.c:
                uit.banden.setdefault((kind.name, kolom.name), {}).update(nieuw)
                continue
            bekend = uit.rijen.setdefault(kind.name, {})
            erbij = {k: nieuw[o] for k, o in koppels(sessie, kind.c.id, kolom, nieuw) if k not in bekend}
            if erbij:
                bekend.update(erbij)
                te_doen.append((kind.name, erbij))
    return uit


def onderling(sessie: Session, delen: Delen) -> set[tuple[int, int]]:
    """Pairs of main rows of which a part of the one holds on to a part of the other: they go together or not at all."""
    uit: set[tuple[int, int]] = set()
    for tabel, rijen in delen.rijen.items():
        for kolom in verwijzers(tabel) if rijen else ():
            binnen = delen.rijen.get(kolom.table.name, {})
            if not binnen or "id" not in kolom.table.c or not houdt_vast(kolom):
                continue
            for gevonden, bij in koppels(sessie, kolom.table.c.id, kolom, rijen):
                if gevonden in binnen and binnen[gevonden] != rijen[bij]:
                    uit.add((rijen[bij], binnen[gevonden]))
    return uit


def nog_genoemd(sessie: Session, delen: Delen) -> dict[int, set[str]]:
    """Per main row the tables with a row outside the whole that holds on to a row inside it."""
    uit: dict[int, set[str]] = {}
    for tabel, rijen in delen.rijen.items():
        if not rijen:
            continue
        for kolom in verwijzers(tabel):
            kind = kolom.table
            if not houdt_vast(kolom) or (kind.name, kolom.name) in delen.banden:
                continue
            if "id" not in kind.c:
                for _, bij in koppels(sessie, kolom, kolom, rijen):
                    uit.setdefault(rijen[bij], set()).add(kind.name)
                continue
            binnen = delen.rijen.get(kind.name, {})
            for gevonden, bij in koppels(sessie, kind.c.id, kolom, rijen):
                if gevonden not in binnen:
                    uit.setdefault(rijen[bij], set()).add(kind.name)
    return uit


def volg(sessie: Session, ids: Collection[int], stappen: Sequence[str]) -> dict[int, set[int]]:
    """Where a way leads: id at its end -> the main rows that it was begun from."""
    nu: dict[int, set[int]] = {i: {i} for i in ids}
    for stap in stappen:
        tabel, _, rest = stap.partition(".")
        van, _, naar = rest.partition(">")
        kolommen = metadata.tables[tabel].c
        verder: dict[int, set[int]] = {}
        for gevonden, bij in koppels(sessie, kolommen[naar], kolommen[van], nu):
            verder.setdefault(gevonden, set()).update(nu[bij])
        nu = verder
    return nu
