"""The routes of the tracks of a dossier, and the right of each."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "traject.begin": "dossiers.bewerken",
    "traject.toon": "dossiers.lezen",
    "traject.vervolgbesluit": "dossiers.bewerken",
    "traject.zet": "dossiers.bewerken",
}
PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "traject": lambda t, _rol: {"uid": t.toetsdossier, "code": "sluiting_174a"}
}
