"""A draw that was prepared for an action."""

from uuid import UUID

from sqlalchemy import select

from inspecties.acties.models import Actie
from inspecties.acties.models_trekking import Trekking
from inspecties.acties.rules.trekking import ALGORITME, poolsom
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.wereld import Kring, Wereld


def maak_trekking(wereld: Wereld, kring: Kring, actie: UUID) -> UUID:
    """One of two places; committed."""
    pool = sorted(str(nieuw_id()) for _ in range(2))
    rij = Trekking(
        gemeente_id=kring.gemeente.id,
        actie_id=db.session.scalars(select(Actie.id).where(Actie.uid == actie)).one(),
        zin="Alle locaties.",
        filter={},
        pool=pool,
        pool_sha256=poolsom(pool),
        zaad="0123456789abcdef",
        algoritme=ALGORITME,
        aantal=1,
        klaargezet_op=wereld.nu,
        klaargezet_door_id=kring.actoren[Rol.COORDINATOR].gebruiker_id,
    )
    db.session.add(rij)
    db.session.commit()
    return rij.uid
