"""A draft of a machtiging tot binnentreden for a stop."""

from uuid import UUID

from sqlalchemy import select

from inspecties.acties.models import Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.wereld import Kring, Wereld


def maak_machtiging(wereld: Wereld, kring: Kring, stop: UUID) -> Machtiging:
    """A draft by the coordinator for the inspector; committed."""
    sessie = db.session()
    wie = kring.actoren[Rol.COORDINATOR].gebruiker_id
    rij = Machtiging(
        gemeente_id=kring.gemeente.id,
        stop_id=sessie.scalars(select(Stop.id).where(Stop.uid == stop)).one(),
        nummer="M2026-0001",
        toestand="concept",
        gever_soort="burgemeester",
        gever_naam="M. de Wit",
        aan_id=kring.actoren[Rol.INSPECTEUR].gebruiker_id,
        aan_naam="Pas 1234",
        aan_hoedanigheid="toezichthouder",
        woningen=[{"straat": "Kade", "huisnummer": 12, "postcode": "1234AB", "woonplaats": "Markerdorp"}],
        grondslag="binnentreden",
        doel="Controle op overbewoning.",
        aangevraagd_door_id=wie,
        aangevraagd_op=wereld.nu,
    )
    sessie.add(rij)
    sessie.commit()
    return rij
