"""Proofs that work once: who uses one first has it, also when two try at the same moment."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.gebruikers.models_factoren import Verbruiktbewijs


def verbruik(sessie: Session, nu: datetime, kenmerk: str, geldig_tot: datetime) -> bool:
    """Spend a proof; False when it was spent before. ``kenmerk``: its hash, at most 64 characters.

    The unique column decides: on PostgreSQL the second of two waits for the first, on SQLite there is one writer.
    """
    sessie.execute(delete(Verbruiktbewijs).where(Verbruiktbewijs.geldig_tot < nu))
    try:
        with sessie.begin_nested():
            sessie.add(Verbruiktbewijs(kenmerk=kenmerk, geldig_tot=geldig_tot))
            sessie.flush()
    except IntegrityError:
        return False
    return True
