"""Recovery codes: ten, shown once, each works once; a new set ends the old one."""

import secrets
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from inspecties.core.sleutelbos import Sleutelbos
from inspecties.gebruikers.models_factoren import Herstelcode
from inspecties.gebruikers.rules.factoren import HERSTELCODES
from inspecties.gebruikers.rules.herstelcodes import lees_code, maak_code


def _hash(bos: Sleutelbos, gebruiker_id: int, code: str) -> str:
    # 120 random bits, and a key that is not in the database: a slow hash would add nothing. Those from before it was
    # 120 are 60 bits under the same key.
    return bos.wis_af("herstelcode", f"{gebruiker_id}:{code}")


def maak_reeks(sessie: Session, bos: Sleutelbos, nu: datetime, gebruiker_id: int) -> list[str]:
    """Ten new codes for the screen; those from before are dead. They are not kept in a readable form."""
    sessie.execute(delete(Herstelcode).where(Herstelcode.gebruiker_id == gebruiker_id))
    codes = [maak_code(secrets.choice) for _ in range(HERSTELCODES)]
    for code in codes:
        kaal = lees_code(code)
        sessie.add(Herstelcode(gebruiker_id=gebruiker_id, hash=_hash(bos, gebruiker_id, kaal or ""), gemaakt_op=nu))
    sessie.flush()
    return codes


def verbruik_code(sessie: Session, bos: Sleutelbos, nu: datetime, gebruiker_id: int, tekst: str) -> bool:
    """Whether this is a code of the user that was not used before; it is spent then, also between parallel requests."""
    code = lees_code(tekst)
    if code is None:
        return False
    geraakt = sessie.execute(
        update(Herstelcode)
        .where(
            Herstelcode.gebruiker_id == gebruiker_id,
            Herstelcode.hash == _hash(bos, gebruiker_id, code),
            Herstelcode.gebruikt_op.is_(None),
        )
        .values(gebruikt_op=nu)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(geraakt, "rowcount", 0)) == 1


def tel_over(sessie: Session, gebruiker_id: int) -> int:
    """How many codes are left."""
    return (
        sessie.scalar(
            select(func.count())
            .select_from(Herstelcode)
            .where(Herstelcode.gebruiker_id == gebruiker_id, Herstelcode.gebruikt_op.is_(None))
        )
        or 0
    )
