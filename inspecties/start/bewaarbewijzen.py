"""Proofs of destruction beside the database, so that an older backup cannot bring back what was destroyed.

Per gemeente one file of JSON lines below the data folder. A restored database lacks the proofs that came after the
backup; by comparing the two, what came back is destroyed again.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.bewaren import bewijs_hash
from inspecties.audit.geheel import Delen
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.vernietigen import BESTAND, rijen_van, vernietig_delen
from inspecties.core.actor import Actor
from inspecties.core.opslag import fsync_map
from inspecties.database import metadata

MAP = "vernietigingen"
NA_HERSTEL = "na herstel"


def bewijsbestand(data: Path, gemeente_uid: UUID) -> Path:
    """Where the proofs of this gemeente stand."""
    return data / MAP / f"{gemeente_uid}.jsonl"


def als_regel(rij: Vernietiging) -> dict[str, Any]:
    """One proof, as it stands in the file and in what an archivist gets."""
    return {
        "bewijs": str(rij.uid),
        "soort": rij.soort,
        "aantal": rij.aantal,
        "termijn": rij.regel,
        "vernietigd_op": rij.vernietigd_op.isoformat(),
        "hashes": rij.hashes,
    }


def lees(pad: Path) -> list[dict[str, Any]]:
    """All proofs in the file; a last line that was cut off by a crash does not count."""
    if not pad.is_file():
        return []
    uit = []
    for regel in pad.read_text(encoding="utf-8").splitlines():
        try:
            uit.append(json.loads(regel))
        except json.JSONDecodeError:
            continue
    return uit


def _eigen(sessie: Session, actor: Actor) -> dict[str, Vernietiging]:
    opdracht = select(Vernietiging).where(Vernietiging.gemeente_id == actor.gemeente_id).order_by(Vernietiging.id)
    return {str(rij.uid): rij for rij in sessie.scalars(opdracht)}


def schrijf(sessie: Session, actor: Actor, pad: Path) -> int:
    """Add the proofs that are not in the file yet; durable on return. How many."""
    bekend = {regel["bewijs"] for regel in lees(pad)}
    nieuw = [als_regel(rij) for uid, rij in _eigen(sessie, actor).items() if uid not in bekend]
    if not nieuw:
        return 0
    pad.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    heel = not pad.is_file() or pad.read_bytes()[-1:] in {b"", b"\n"}
    with pad.open("a", encoding="utf-8") as bestand:
        bestand.write("" if heel else "\n")
        for regel in nieuw:
            bestand.write(json.dumps(regel, ensure_ascii=False) + "\n")
        bestand.flush()
        os.fsync(bestand.fileno())
    fsync_map(pad.parent)
    return len(nieuw)


def vernietig_opnieuw(sessie: Session, actor: Actor, nu: datetime, gemeente_uid: UUID, pad: Path) -> list[Vernietiging]:
    """Destroy again what a restored backup brought back, and take its proofs back in. The caller commits."""
    eigen = _eigen(sessie, actor)
    later = [regel for regel in lees(pad) if regel["bewijs"] not in eigen]
    if not later:
        return []
    hashes: dict[str, set[str]] = {}
    for regel in later:
        hashes.setdefault(regel["soort"], set()).update(regel["hashes"])
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
