"""Destroy again what a restored backup brought back.

A restored database lacks the proofs that came after the backup; the file beside it (``audit.bewijsbestand``) has them.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.audit.bewaren import bewijs_hash
from inspecties.audit.bewijsbestand import eigen, lees
from inspecties.audit.geheel import Delen, houdt_vast, koppels, verwijzers
from inspecties.audit.klokwacht import GEDRAAID
from inspecties.audit.models import Auditregel
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.vernietigen import BESTAND, rijen_van, vastgehouden, vernietig_delen
from inspecties.core.actor import Actor
from inspecties.database import metadata

NA_HERSTEL = "na herstel"


def _later(sessie: Session, actor: Actor, pad: Path) -> list[dict[str, Any]]:
    """The proofs in the file that the database lacks."""
    regels = lees(pad)
    bekend = set(eigen(sessie, actor))
    return [regel for regel in regels if regel["bewijs"] not in bekend]


@dataclass
class _Terug:
    """What came back and goes again; and the proofs (hashes) of what came back and stays for now."""

    delen: Delen
    blijft: set[str]


def _rijen_onder_bewijs(sessie: Session, actor: Actor, bewijzen: list[dict[str, Any]]) -> _Terug:
    hashes: dict[str, set[str]] = {}
    for regel in bewijzen:
        hashes.setdefault(regel["soort"], set()).update(regel["hashes"])
    delen, hash_van = Delen(), dict[tuple[str, int], str]()
    for tabel in metadata.sorted_tables:
        gezocht = hashes.get(tabel.name)
        if tabel.name == BESTAND or not gezocht:
            continue
        for rij in rijen_van(sessie, tabel, actor.gemeente_id).all():
            if (hash_ := bewijs_hash(tabel.name, rij.uid)) in gezocht:
                delen.rijen.setdefault(tabel.name, {})[rij.id] = rij.id
                hash_van[tabel.name, rij.id] = hash_
    blijft = _nog_vast(sessie, actor, delen)
    for naam, ids in blijft.items():
        delen.rijen[naam] = {i: i for i in delen.rijen[naam].keys() - ids}
    delen.rijen = {naam: ids for naam, ids in delen.rijen.items() if ids}
    _voeg_banden_toe(delen)
    return _Terug(delen, {hash_van[naam, i] for naam, ids in blijft.items() for i in ids})


def _nog_vast(sessie: Session, actor: Actor, delen: Delen) -> dict[str, set[int]]:
    """Of these rows those that cannot go on their proof alone, with all that belongs to them.

    A hold lies on them, or something hangs on them that was not destroyed then: somebody went on with what came back,
    or had removed that themselves. Their own term judges the whole.
    """
    uit: dict[str, set[int]] = {naam: set() for naam in delen.rijen}
    for naam, redenen in vastgehouden(sessie, actor).items():
        if naam in uit:
            uit[naam] |= redenen.keys() & delen.rijen[naam].keys()
        for kolom in verwijzers(naam):
            kind = kolom.table
            if kind.name in uit and "id" in kind.c:
                eronder = {gevonden for gevonden, _ in koppels(sessie, kind.c.id, kolom, redenen)}
                uit[kind.name] |= eronder & delen.rijen[kind.name].keys()
    voor = -1
    while voor != (voor := sum(map(len, uit.values()))):
        for naam, rijen in delen.rijen.items():
            for kolom in verwijzers(naam):
                kind = kolom.table
                if "id" not in kind.c or next(iter(kolom.foreign_keys)).ondelete == "SET NULL":
                    continue
                van_kind = delen.rijen.get(kind.name, {})
                for gevonden, bij in koppels(sessie, kind.c.id, kolom, rijen):
                    # What the database takes along (CASCADE) does not always have a proof of its own.
                    if gevonden in uit.get(kind.name, ()) or (gevonden not in van_kind and houdt_vast(kolom)):
                        uit[naam].add(bij)
                    elif bij in uit[naam]:
                        uit[kind.name].add(gevonden)
    return uit


def teruggekomen(sessie: Session, actor: Actor, pad: Path) -> Delen:
    """The rows that were destroyed once and are there again. Reads only."""
    return _rijen_onder_bewijs(sessie, actor, _later(sessie, actor, pad)).delen


def vernietig_opnieuw(sessie: Session, actor: Actor, nu: datetime, gemeente_uid: UUID, pad: Path) -> list[Vernietiging]:
    """Destroy again what a restored backup brought back, and take its proofs back in. The caller commits."""
    later = _later(sessie, actor, pad)
    if not later:
        return []
    terug = _rijen_onder_bewijs(sessie, actor, later)
    delen = terug.delen
    for regel in later:
        # Without its proof the next run looks at it again.
        if not terug.blijft.isdisjoint(regel["hashes"]):
            continue
        sessie.add(
            Vernietiging(
                uid=UUID(regel["bewijs"]),
                gemeente_id=actor.gemeente_id,
                soort=regel["soort"],
                aantal=regel["aantal"],
                hashes=regel["hashes"],
                regel=regel["termijn"],
                vernietigd_op=datetime.fromisoformat(regel["vernietigd_op"]),
            )
        )
    return vernietig_delen(sessie, actor, nu, gemeente_uid, delen, NA_HERSTEL, NA_HERSTEL) if delen.rijen else []


def _voeg_banden_toe(delen: Delen) -> None:
    """Links without a key of their own have no proof: they go with what they link."""
    for tabel in metadata.sorted_tables:
        if "id" in tabel.c:
            continue
        for kolom in tabel.c:
            for fk in kolom.foreign_keys:
                rijen = delen.rijen.get(fk.column.table.name)
                if rijen:
                    delen.banden[(tabel.name, kolom.name)] = dict(rijen)


def vernietigd_sinds_run(sessie: Session, actor: Actor) -> set[str]:
    """The tables of which something was destroyed since the last run that came to its end."""
    einde = select(func.max(Auditregel.moment)).where(
        Auditregel.gemeente_id == actor.gemeente_id, Auditregel.handeling == GEDRAAID
    )
    waar = [Vernietiging.gemeente_id == actor.gemeente_id]
    if (moment := sessie.scalar(einde)) is not None:
        waar.append(Vernietiging.vernietigd_op > moment)
    return set(sessie.scalars(select(Vernietiging.soort).where(*waar).distinct())) & set(metadata.tables)
