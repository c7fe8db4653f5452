"""The routes of choosing stops, and the right of each."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "acties.trek": "acties.plannen",
    "acties.trek_stops": "acties.plannen",
    "acties.trekking_bestand": "acties.plannen",
    "acties.trekking_vervalt": "acties.plannen",
    "acties.voeg_adres_toe": "acties.plannen",
}


def _trekking(toneel: Toneel, _rol: Rol) -> dict[str, Any]:
    return {"uid": toneel.actie, "trekking_uid": toneel.trekking}


PER_ENDPOINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    f"acties.{naam}": _trekking for naam in ("trek", "trekking_bestand", "trekking_vervalt")
}
