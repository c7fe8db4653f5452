"""One of every fact that a location may own, for the table of routes."""

import io
from uuid import UUID

from PIL import Image

from inspecties.core.opslag import Opslag
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.documenten import voeg_document_toe
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.notities import schrijf_notitie
from inspecties.locaties.overlast import leg_overlast_vast
from inspecties.locaties.partijen import geef_rol, voeg_partij_toe
from inspecties.locaties.rules.feiten import OverlastGegevens, VergunningGegevens
from inspecties.locaties.rules.partijen import PartijGegevens, RolGegevens
from inspecties.locaties.vergunningen import leg_vergunning_vast
from inspecties.locaties.vlakken import zet_vlak
from tests.wereld import Kring, Wereld


def maak_feiten(wereld: Wereld, kring: Kring, locatie: Risicolocatie) -> dict[str, UUID]:
    """Public ids by name; what any role that reads locations may see. Committed."""
    sessie, wie, nu = db.session(), kring.actoren[Rol.COORDINATOR], wereld.nu
    partij = voeg_partij_toe(sessie, wie, nu, PartijGegevens("organisatie", "Kade Beheer BV", "12345678"))
    rol = geef_rol(sessie, wie, nu, locatie, partij, RolGegevens("eigenaar", bron="Kadaster"))
    vergunning = leg_vergunning_vast(sessie, wie, nu, locatie, VergunningGegevens("exploitatievergunning"))
    overlast = leg_overlast_vast(sessie, wie, nu, locatie, OverlastGegevens(nu.date(), "geluid", "Muziek."))
    notitie = schrijf_notitie(sessie, wie, nu, locatie, "Bel aan bij de achterdeur.")
    beeld = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(beeld, "PNG")
    beeld.seek(0)
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)
    document = voeg_document_toe(sessie, wie, nu, opslag, locatie, beeld, "plattegrond.png", met_personen=False)
    x, y = locatie.x, locatie.y
    wkt = f"POLYGON(({x} {y}, {x + 10} {y}, {x + 10} {y + 20}, {x} {y + 20}, {x} {y}))"
    vlak = zet_vlak(sessie, wie, nu, locatie, "pand", wkt, "BAG")
    sessie.commit()
    return {
        "partij": partij.uid,
        "rol_uid": rol.uid,
        "vergunning_uid": vergunning.uid,
        "overlast_uid": overlast.uid,
        "notitie_uid": notitie.uid,
        "document_uid": document.uid,
        "vlak_uid": vlak.uid,
    }
