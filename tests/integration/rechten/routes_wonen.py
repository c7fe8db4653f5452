"""The routes of building and housing, the right of each, and what their URLs are filled in with."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "boete.bewaar": "dossiers.bewerken",
    "boete.neem_over": "dossiers.bewerken",
    "boete.leg_op": "dossiers.bewerken",
    "boete.opstellen": "dossiers.bewerken",
    "boete.toon": "dossiers.lezen",
    "boete.zie_af": "dossiers.bewerken",
    "last.bewaar": "dossiers.bewerken",
    "last.doe": "dossiers.bewerken",
    "last.neem_over": "dossiers.bewerken",
    "last.opstellen": "dossiers.bewerken",
    "last.toon": "dossiers.lezen",
    "wonen.bewaar": "dossiers.bewerken",
    "wonen.bewaar_feiten": "dossiers.bewerken",
    "wonen.neem_over": "dossiers.bewerken",
    "wonen.toon": "dossiers.lezen",
}


def _dossier(toneel: Toneel, rol: Rol) -> dict[str, Any]:
    # The cabinet sees what was laid before it, not what is still worked on.
    return {
        "uid": toneel.dossier if rol is Rol.KABINET else toneel.wonendossier,
        "last_uid": toneel.last,
        "daad": "bekend",
    }


PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "boete": _dossier,
    "last": _dossier,
    "wonen": _dossier,
}
