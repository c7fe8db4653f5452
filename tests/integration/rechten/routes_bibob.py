"""The routes of the Bibob compartment, the right of each, and with what their URLs are filled in."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "bibob.begin": "dossiers.bewerken",
    "bibob.geef_toegang": "dossiers.bewerken",
    "bibob.leg_aanleiding_vast": "dossiers.bewerken",
    "bibob.leg_bron_vast": "dossiers.bewerken",
    "bibob.leg_uitkomst_vast": "dossiers.bewerken",
    "bibob.neem_toegang": "dossiers.bewerken",
    "bibob.nieuw": "dossiers.bewerken",
    "bibob.toegang": "bibob.lezen",
    "bibob.toon": "bibob.lezen",
    "bibob.verwijder_relatie": "dossiers.bewerken",
    "bibob.voeg_relatie_toe": "dossiers.bewerken",
}
PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "bibob": lambda t, _rol: {
        "uid": t.bibob["dossier"],
        "rij_uid": t.bibob["relatie"],
        "gebruiker_uid": t.bibob["lezer"],
    }
}
