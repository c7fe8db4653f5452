"""Pointing rows of other tables at another location, and back. Which tables there are is read from the metadata."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Select, Table, UniqueConstraint, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from inspecties.audit.wpgmuur import voor_de_muur
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.ids import nieuw_id
from inspecties.database.basis import Model
from inspecties.locaties.models_geschiedenis import Locatieverhuizing
from inspecties.locaties.rules.samenvoegen import EEN_PER, VERHUIST, VERWIJZINGEN

_BLOK = 500


@dataclass(frozen=True)
class Verwijzing:
    """A column that points at a location. ``sleutel``: what names the row besides that column (every table has one)."""

    tabel: Table
    kolom: Column[Any]
    sleutel: Column[Any]
    # Other columns of each unique key that the column is in: the winner may have such a row already.
    uniek: tuple[tuple[Column[Any], ...], ...]


@dataclass
class Verhuisd:
    """Keys of the rows of one table that were pointed elsewhere, and of those that could not be."""

    verwijzing: Verwijzing
    mee: list[Any] = field(default_factory=list)
    bleef: list[Any] = field(default_factory=list)


def alle_verwijzingen() -> set[tuple[str, str]]:
    """Every (table, column) that refers to a location."""
    return {(v.tabel.name, v.kolom.name) for v in _kolommen(None)}


def _kolommen(soort: str | None) -> list[Verwijzing]:
    uit = []
    for tabel in Model.metadata.sorted_tables:
        for fk in sorted(tabel.foreign_keys, key=lambda f: f.parent.name):
            if fk.column.table.name != "risicolocatie" or fk.column.name != "id":
                continue
            # A table that nobody classified moves: better on the winner's page than out of sight.
            if soort is None or VERWIJZINGEN.get((tabel.name, fk.parent.name), VERHUIST) == soort:
                uit.append(_verwijzing(tabel, fk.parent))
    return uit


def _verwijzing(tabel: Table, kolom: Column[Any]) -> Verwijzing:
    (sleutel,) = (k for k in tabel.primary_key.columns if k is not kolom)
    groepen = [list(c.columns) for c in tabel.constraints if isinstance(c, UniqueConstraint)]
    groepen += [list(i.columns) for i in tabel.indexes if i.unique]
    groepen.append(list(tabel.primary_key.columns))
    if tabel.name in EEN_PER:
        groepen.append([kolom, *(tabel.c[naam] for naam in EEN_PER[tabel.name])])
    uniek = tuple(tuple(k for k in groep if k is not kolom) for groep in groepen if kolom in groep)
    return Verwijzing(tabel, kolom, sleutel, uniek)


def verhuizende() -> list[Verwijzing]:
    """The columns that a merge or a split points elsewhere."""
    return _kolommen(VERHUIST)


def geheime_dossiers() -> Select[tuple[int]]:
    """Ids of dossiers that may not be told of here, not even by a count: Bibob (Wet Bibob art. 28)."""
    dossier = Model.metadata.tables["dossier"]
    return select(dossier.c.id).where(dossier.c.soort == "bibob")


def tel_zichtbaar(sessie: Session, locatie_id: int) -> dict[str, int]:
    """As ``tel_rijen``, without dossiers that may not be told of."""
    uit = tel_rijen(sessie, locatie_id)
    koppeling = Model.metadata.tables["dossierlocatie"]
    geheim = sessie.execute(
        select(func.count())
        .select_from(koppeling)
        .where(koppeling.c.locatie_id == locatie_id, koppeling.c.dossier_id.in_(geheime_dossiers()))
    ).scalar_one()
    return {tabel: n for tabel, aantal in uit.items() if (n := aantal - (geheim if tabel == "dossierlocatie" else 0))}


def tel_rijen(sessie: Session, locatie_id: int) -> dict[str, int]:
    """How many rows of each table point at a location; tables without any, and what stands apart, are left out."""
    uit: dict[str, int] = {}
    for v in verhuizende():
        opdracht = select(func.count()).select_from(v.tabel).where(v.kolom == locatie_id, *voor_de_muur(v.tabel))
        aantal = sessie.execute(opdracht).scalar_one()
        if aantal:
            uit[v.tabel.name] = uit.get(v.tabel.name, 0) + aantal
    return uit


def _botsend(sessie: Session, v: Verwijzing, van: int, naar: int) -> set[Any]:
    """Keys of rows that the other location has already, by one of the table's unique keys."""
    uit: set[Any] = set()
    for groep in v.uniek:
        daar = select(*groep).where(v.kolom == naar)
        zelfde = tuple_(*groep).in_(daar) if len(groep) > 1 else groep[0].in_(daar)
        uit.update(sessie.execute(select(v.sleutel).where(v.kolom == van, zelfde)).scalars())
    return uit


def _richt(sessie: Session, v: Verwijzing, sleutels: Sequence[Any], van: int, naar: int) -> int:
    aantal = 0
    for begin in range(0, len(sleutels), _BLOK):
        blok = sleutels[begin : begin + _BLOK]
        opdracht = update(v.tabel).where(v.kolom == van, v.sleutel.in_(blok)).values({v.kolom.name: naar})
        aantal += sessie.connection().execute(opdracht).rowcount
    return aantal


def verhuis(sessie: Session, van: int, naar: int, alleen: dict[str, set[Any]] | None = None) -> list[Verhuisd]:
    """Point all rows (or ``alleen`` these keys per table) at another location; what the other has already stays."""
    sessie.flush()
    uit = []
    for v in verhuizende():
        if alleen is not None and not alleen.get(v.tabel.name):
            continue
        sleutels = sessie.execute(select(v.sleutel).where(v.kolom == van).order_by(v.sleutel)).scalars().all()
        botst = _botsend(sessie, v, van, naar)
        gekozen = [s for s in sleutels if alleen is None or s in alleen[v.tabel.name]]
        deel = Verhuisd(v, [s for s in gekozen if s not in botst], [s for s in gekozen if s in botst])
        _richt(sessie, v, deel.mee, van, naar)
        if deel.mee or deel.bleef:
            uit.append(deel)
    sessie.expire_all()
    return uit


def schrijf_op(
    sessie: Session,
    actor: Actor,
    delen: Iterable[Verhuisd],
    *,
    samenvoeging: int | None = None,
    splitsing: int | None = None,
) -> None:
    """Remember every row that moved or stayed."""
    regels = [
        {
            "uid": nieuw_id(),
            "gemeente_id": actor.gemeente_id,
            "samenvoeging_id": samenvoeging,
            "splitsing_id": splitsing,
            "tabel": d.verwijzing.tabel.name,
            "kolom": d.verwijzing.kolom.name,
            "sleutel": {d.verwijzing.sleutel.name: sleutel},
            "wat": wat,
        }
        for d in delen
        for wat, sleutels in (("verhuisd", d.mee), ("bleef", d.bleef))
        for sleutel in sleutels
    ]
    for begin in range(0, len(regels), _BLOK):
        sessie.execute(insert(Locatieverhuizing), regels[begin : begin + _BLOK])


def breng_terug(sessie: Session, samenvoeging_id: int, winnaar_id: int, verliezer_id: int) -> int:
    """Point every row that moved back to where it was; gives how many. Rows that were removed since are gone.

    Raises Conflict where a row was meanwhile pointed at a third location.
    """
    sessie.flush()
    regels = sessie.execute(
        select(Locatieverhuizing.tabel, Locatieverhuizing.kolom, Locatieverhuizing.sleutel).where(
            Locatieverhuizing.samenvoeging_id == samenvoeging_id, Locatieverhuizing.wat == "verhuisd"
        )
    ).all()
    per_kolom: dict[tuple[str, str], list[Any]] = {}
    for tabel, kolom, sleutel in regels:
        per_kolom.setdefault((tabel, kolom), []).extend(sleutel.values())
    aantal = 0
    for (tabelnaam, kolomnaam), sleutels in per_kolom.items():
        tabel_ = Model.metadata.tables[tabelnaam]
        v = _verwijzing(tabel_, tabel_.c[kolomnaam])
        if v.sleutel.name == "id" and _elders(sessie, v, sleutels, winnaar_id):
            raise Conflict(
                "Een deel van wat meeging hoort nu bij weer een andere locatie. Zet dat eerst terug.", "reden"
            )
        aantal += _richt(sessie, v, sleutels, winnaar_id, verliezer_id)
    sessie.expire_all()
    return aantal


def _elders(sessie: Session, v: Verwijzing, sleutels: Sequence[Any], winnaar_id: int) -> bool:
    for begin in range(0, len(sleutels), _BLOK):
        blok = sleutels[begin : begin + _BLOK]
        if sessie.execute(select(v.sleutel).where(v.sleutel.in_(blok), v.kolom != winnaar_id).limit(1)).first():
            return True
    return False
