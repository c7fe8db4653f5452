"""A verslag van binnentreden that is final, of the partner in the team: everybody who may read one sees it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from inspecties.acties.models import Stop
from inspecties.acties.models_verslag import Verslag
from inspecties.core.opslag import Opslag
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.wereld import Kring, Wereld


def maak_verslag(wereld: Wereld, kring: Kring, stop: UUID) -> Verslag:
    """Committed, with its document."""
    sessie = db.session()
    wie = kring.actoren[Rol.PARTNER].gebruiker_id
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)
    rij = Verslag(
        gemeente_id=kring.gemeente.id,
        stop_id=sessie.scalars(select(Stop.id).where(Stop.uid == stop)).one(),
        nummer="V2026-0001",
        toestand="vast",
        binnentreder_id=wie,
        grond="machtiging",
        plaats="Kade 12, 1234AB Markerdorp",
        binnen_op=wereld.nu - timedelta(hours=2),
        verlaten_op=wereld.nu - timedelta(hours=1),
        eed="ambtseed",
        vast_op=wereld.nu,
        sha256=opslag.schrijf(kring.gemeente.uid, b"%PDF-1.7\n%%EOF\n"),
        begonnen_door_id=wie,
        begonnen_op=wereld.nu,
    )
    sessie.add(rij)
    sessie.commit()
    return rij
