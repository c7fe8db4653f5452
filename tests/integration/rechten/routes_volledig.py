"""The routes of the complete file, and the right of each."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "volledig.haal_op": "dossiers.lezen",
    "volledig.maak": "dossiers.bewerken",
    "volledig.oordeel": "dossiers.bewerken",
    "volledig.stand": "dossiers.lezen",
    "volledig.stop": "dossiers.bewerken",
    "volledig.stuk": "dossiers.lezen",
    "volledig.toon": "dossiers.lezen",
}
PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {"volledig": lambda t, _rol: {"uid": t.dossier}}
PER_ENDPOINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "volledig.haal_op": lambda t, _rol: {"uid": t.volledig, "soort": "pdf"},
    "volledig.stand": lambda t, _rol: {"uid": t.volledig},
    "volledig.stop": lambda t, _rol: {"uid": t.volledig},
}
