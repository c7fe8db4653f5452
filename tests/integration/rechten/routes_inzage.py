"""The routes of requests of persons and of the audit log, the right of each, and what their URLs are filled in with."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

_BEHANDELEN = (
    *("afwijzen", "antwoord", "bericht", "hef_op", "identiteit", "nieuw"),
    *("verlengen", "verzonden", "voorleggen", "zoeken"),
)
RECHT_VAN: dict[str, str | None] = {
    **{f"inzage.{naam}": "inzage.behandelen" for naam in _BEHANDELEN},
    # Who may read the place: the jurist does not read signals, and the aandachtsfunctionaris no dossiers.
    **dict.fromkeys(("inzage.beoordeel", "inzage.beperk", "inzage.rectificeer"), "inzage.beoordelen"),
    "inzage.beperkingen": "inzage.controleren",
    "inzage.lijst": "inzage.lezen",
    "inzage.plek": "inzage.beoordelen",
    "inzage.terug": "inzage.controleren",
    "inzage.toon": "inzage.lezen",
    "inzage.vrijgeven": "inzage.controleren",
    **dict.fromkeys(
        ("audit.controle", "audit.lijst", "audit.persoon", "audit.uitvoer", "audit.opvallend"), "audit.lezen"
    ),
}


def _verzoek(toneel: Toneel, rol: Rol) -> dict[str, Any]:
    plek = "aandacht" if rol is Rol.AANDACHTSFUNCTIONARIS else "jurist"
    return {"uid": toneel.inzage["verzoek"], "treffer_uid": toneel.inzage[plek]}


PER_ENDPOINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "inzage.hef_op": lambda toneel, _rol: {"uid": toneel.inzage["beperking"]},
    "inzage.bericht": lambda toneel, _rol: {"uid": toneel.inzage["bericht"]},
}
PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "inzage": _verzoek,
    "audit": lambda toneel, _rol: {"uid": toneel.inzage["mens"], "formaat": "csv"},
}
