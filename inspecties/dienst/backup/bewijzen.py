"""Proofs of destruction beside the backups, and what they say done again in a database that was put back.

A backup still holds what was destroyed after it. The proofs stand outside it: in the data folder, and as a copy beside
the backups for a machine that is lost. ``herstel`` believes those of its own data folder only: whoever can write a
backup folder must not be able to destroy with it, so that copy is put in place by a person.
"""

import json
import os
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from inspecties.audit.bewijsbestand import MAP, bewijsbestand, lees
from inspecties.core.actor import systeem
from inspecties.core.opslag import fsync_map
from inspecties.gebruikers.models import Gemeente
from inspecties.start.bewaarbewijzen import vernietig_opnieuw


def neem_bewijzen_mee(data: Path, doel: Path) -> int:
    """Copy the proofs beside the backups in ``doel``; what stands there already stays. How many are new there.

    Raises OSError. Durable on return, and never half: the new file takes the place of the old one.
    """
    erbij = 0
    for bron in sorted((data / MAP).glob("*.jsonl")):
        naar = doel / MAP / bron.name
        er_al = lees(naar)
        bekend = {regel["bewijs"] for regel in er_al}
        nieuw = [regel for regel in lees(bron) if regel["bewijs"] not in bekend]
        if not nieuw:
            continue
        naar.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        half = naar.with_suffix(".half")
        with half.open("w", encoding="utf-8") as bestand:
            bestand.writelines(json.dumps(regel, ensure_ascii=False) + "\n" for regel in [*er_al, *nieuw])
            bestand.flush()
            os.fsync(bestand.fileno())
        half.replace(naar)
        fsync_map(naar.parent)
        erbij += len(nieuw)
    return erbij


def vernietig_weer(sessie: Session, gemeenten: list[Gemeente], data: Path, nu: datetime) -> tuple[int, list[str]]:
    """Destroy what was destroyed after the backup, before anybody can read it. (rows, what did not succeed).

    In the caller's transaction. Where it fails for a gemeente its data stay as the backup had them, and that is said.
    """
    rijen, problemen = 0, []
    for gemeente in gemeenten:
        naam, uid, pad = gemeente.naam, gemeente.uid, bewijsbestand(data, gemeente.uid)
        try:
            with sessie.begin_nested():
                bewijzen = vernietig_opnieuw(sessie, systeem(gemeente.id), nu, uid, pad)
                rijen += sum(bewijs.aantal for bewijs in bewijzen)
        except SQLAlchemyError as fout:
            soort = type(fout).__name__
            problemen.append(f"{naam}: wat na de backup was vernietigd, is terug en kon niet weer weg ({soort}).")
    return rijen, problemen
