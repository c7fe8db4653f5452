"""Destroy again what a restored backup brought back.

A restored database lacks the proofs that came after the backup; the file beside it (``audit.bewijsbestand``) has them.
"""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.audit.bewaren import bewijs_hash
from inspecties.audit.bewijsbestand import eigen, lees
from inspecties.audit.geheel import Delen
from inspecties.audit.klokwacht import GEDRAAID
from inspecties.audit.models import Auditregel
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.vernietigen import BESTAND, rijen_van, vernietig_delen
from inspecties.core.actor import Actor
from inspecties.database import metadata

NA_HERSTEL = "na herstel"


def _later(sessie: Session, actor: Actor, pad: Path) -> list[dict[str, Any]]:
    """The proofs in the file that the database lacks."""
    regels = lees(pad)
    bekend = set(eigen(sessie, actor))
    return [regel for regel in regels if regel["bewijs"] not in bekend]


def _rijen_onder_bewijs(sessie: Session, actor: Actor, bewijzen: list[dict[str, Any]]) -> Delen:
    hashes: dict[str, set[str]] = {}
    for regel in bewijzen:
        hashes.setdefault(regel["soort"], set()).update(regel["hashes"])
    delen = Delen()
    for tabel in metadata.sorted_tables:
        gezocht = hashes.get(tabel.name)
        if tabel.name == BESTAND or not gezocht:
            continue
        rijen = rijen_van(sessie, tabel, actor.gemeente_id).all()
        terug = {rij.id: rij.id for rij in rijen if bewijs_hash(tabel.name, rij.uid) in gezocht}
        if terug:
            delen.rijen[tabel.name] = terug
    _voeg_banden_toe(delen)
    return delen


def teruggekomen(sessie: Session, actor: Actor, pad: Path) -> Delen:
    """The rows that were destroyed once and are there again. Reads only."""
    return _rijen_onder_bewijs(sessie, actor, _later(sessie, actor, pad))


def vernietig_opnieuw(sessie: Session, actor: Actor, nu: datetime, gemeente_uid: UUID, pad: Path) -> list[Vernietiging]:
    """Destroy again what a restored backup brought back, and take its proofs back in. The caller commits."""
    later = _later(sessie, actor, pad)
    if not later:
        return []
    delen = _rijen_onder_bewijs(sessie, actor, later)
    for regel in later:
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
