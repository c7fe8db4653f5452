"""The routes of the mayor's desk, and the right of each."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "besloten.leg_vast": "dossiers.bewerken",
    "besloten.toon": "dossiers.lezen",
    "bureau.advies": "dossiers.bewerken",
    "bureau.advies_weg": "dossiers.bewerken",
    "bureau.bewaar": "dossiers.bewerken",
    "bureau.kaart": "dossiers.besluiten",
    "bureau.leg_telefoonbesluit_vast": "telefoonbesluiten.vastleggen",
    "bureau.lezen": "dossiers.besluiten",
    "bureau.telefoonbesluit": "telefoonbesluiten.vastleggen",
    "bureau.voorbereid": "dossiers.bewerken",
    "vervanging.beeindig_ambt": "ambten.vastleggen",
    "vervanging.geef_ambt": "ambten.vastleggen",
    "vervanging.overzicht": "vervanging.regelen",
    "vervanging.trek_in": "vervanging.regelen",
    "vervanging.vervang": "vervanging.regelen",
}
PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "besloten": lambda t, _rol: {"uid": t.dossier},
    "bureau": lambda t, _rol: {"uid": t.dossier},
}
PER_ENDPOINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "bureau.advies_weg": lambda t, _rol: {"uid": t.toetsdossier, "advies_uid": t.kabinet["advies"]},
    "vervanging.beeindig_ambt": lambda t, _rol: {"uid": t.kabinet["ambt"]},
    "vervanging.trek_in": lambda t, _rol: {"uid": t.kabinet["vervanging"]},
}
