"""What the routes of the complete file name: a making that is whole."""

from uuid import UUID

from inspecties.core.opslag import Opslag
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_volledig import Volledigdossier
from tests.wereld import Kring, Wereld


def maak_volledig(wereld: Wereld, kring: Kring, dossier: Dossier) -> UUID:
    """A making whose files stand in the store."""
    sessie, nu = db.session(), wereld.nu
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)
    pdf, pakket = (opslag.schrijf(kring.gemeente.uid, inhoud) for inhoud in (b"%PDF-1.7 proef", b"PK proef"))
    rij = Volledigdossier(
        gemeente_id=kring.gemeente.id,
        dossier_id=dossier.id,
        uitvoering="volledig",
        stand="klaar",
        begonnen_op=nu,
        gezien_op=nu,
        klaar_op=nu,
        door_id=kring.actoren[Rol.JURIST].gebruiker_id,
        pdf_sha256=pdf,
        zip_sha256=pakket,
    )
    sessie.add(rij)
    sessie.commit()
    return rij.uid
