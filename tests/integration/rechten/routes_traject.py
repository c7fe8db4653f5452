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
    # The cabinet sees a dossier once it was submitted.
    "traject": lambda t, rol: {"uid": t.dossier if rol is Rol.KABINET else t.toetsdossier, "code": "sluiting_174a"}
}
