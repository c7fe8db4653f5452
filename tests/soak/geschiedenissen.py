"""Row 2: random histories of three devices, with lost answers, copies, parts and backups that are put back."""

from typing import Any

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.database.basis import db
from tests.conftest import NU, Klant, _migreer, instellingen_voor
from tests.integration.offline.test_geschiedenissen import doorloop
from tests.soak.omgeving import Omgeving
from tests.wereld import maak_wereld


def draai(omgeving: Omgeving) -> dict[str, Any]:
    map_ = omgeving.nieuwe_map("geschiedenissen")
    instellingen = instellingen_voor(map_)
    _migreer(instellingen)
    app = create_app(instellingen, VasteKlok(NU))
    app.testing = True
    app.test_client_class = Klant
    geschiedenissen, stappen = omgeving.getal["GESCHIEDENISSEN"], omgeving.getal["STAPPEN"]
    with app.app_context():
        wereld = maak_wereld(app, NU)
        try:
            tellingen = doorloop(wereld, geschiedenissen, stappen)
        finally:
            db.session.remove()
            db.engine.dispose()
    return {
        "geschiedenissen": geschiedenissen,
        "stappen per geschiedenis, hoogstens": stappen,
        **tellingen,
        "verloren": 0,
        "dubbel": 0,
    }
