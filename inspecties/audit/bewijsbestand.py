"""Proofs of destruction beside the database, so that an older backup cannot bring back what was destroyed.

Per gemeente one file of JSON lines below the data folder. A restored database lacks the proofs that came after the
backup; by comparing the two, what came back is destroyed again (``start.bewaarbewijzen``).
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.models_bewaren import Vernietiging
from inspecties.core.actor import Actor
from inspecties.core.opslag import fsync_map

MAP = "vernietigingen"


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


def eigen(sessie: Session, actor: Actor) -> list[str]:
    """The public ids of the proofs that the database has, oldest first."""
    opdracht = select(Vernietiging.uid).where(Vernietiging.gemeente_id == actor.gemeente_id).order_by(Vernietiging.id)
    return [str(uid) for uid in sessie.scalars(opdracht)]


@contextmanager
def _een_voor_een(pad: Path) -> Iterator[None]:
    """The nightly run and a review write at the same moment: a proof stands in the file once."""
    pad.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    with pad.with_suffix(".slot").open("a") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield


class Bewijsboek:
    """The file of one gemeente. Who writes to it often reads only what came since."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        self._bekend: set[str] = set()
        self._gelezen = 0

    def _lees_bij(self) -> bool:
        """Take in the lines that came; whether the last one is whole."""
        if not self.pad.is_file():
            return True
        with self.pad.open("rb") as bestand:
            bestand.seek(self._gelezen)
            nieuw = bestand.read()
        heel = nieuw.rpartition(b"\n")[0]
        for regel in heel.splitlines():
            # A line that a crash cut off does not count.
            with suppress(json.JSONDecodeError):
                self._bekend.add(json.loads(regel)["bewijs"])
        self._gelezen += len(heel)
        return not nieuw or nieuw.endswith(b"\n")

    def schrijf(self, sessie: Session, actor: Actor, uids: list[str] | None = None) -> int:
        """Add proofs that are committed and not in the file yet; durable on return. How many. Raises OSError.

        ``uids``: look at these only; without them at everything that the database has.
        """
        with _een_voor_een(self.pad):
            begint_op_nieuwe_regel = self._lees_bij()
            eerder = self._bekend
            nieuw = [UUID(uid) for uid in (eigen(sessie, actor) if uids is None else uids) if uid not in eerder]
            if not nieuw:
                return 0
            regels = "" if begint_op_nieuwe_regel else "\n"
            for uid in nieuw:
                rij = sessie.scalars(select(Vernietiging).where(Vernietiging.uid == uid)).one()
                regels += json.dumps(als_regel(rij), ensure_ascii=False) + "\n"
            # The database is not held while the disk is waited for.
            sessie.rollback()
            with self.pad.open("a", encoding="utf-8") as bestand:
                bestand.write(regels)
                bestand.flush()
                os.fsync(bestand.fileno())
            fsync_map(self.pad.parent)
        return len(nieuw)


def schrijf(sessie: Session, actor: Actor, pad: Path) -> int:
    """Add the proofs that are committed and not in the file yet; durable on return. How many. Raises OSError."""
    return Bewijsboek(pad).schrijf(sessie, actor)
