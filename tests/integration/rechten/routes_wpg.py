"""The routes of police data (Wpg), the right of each, and what their URLs are filled in with."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "politiegegevens.aangewezen": "politiegegevens.aanwijzen",
    "politiegegevens.apart": "politiegegevens.apart",
    "politiegegevens.apart_antwoord": "politiegegevens.apart_bezoek",
    "politiegegevens.apart_foto": "politiegegevens.apart_bezoek",
    "politiegegevens.apart_signaal": "politiegegevens.apart_signaal",
    "politiegegevens.beeindig": "politiegegevens.aanwijzen",
    "politiegegevens.lees": "politiegegevens.lezen",
    "politiegegevens.lijst": "politiegegevens.lezen",
    "politiegegevens.stuk": "politiegegevens.lezen",
    "politiegegevens.terug": "politiegegevens.terug",
    "politiegegevens.wijs_aan": "politiegegevens.aanwijzen",
}
PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "politiegegevens": lambda t, _rol: {"uid": t.wpg["stuk"]},
}
PER_ENDPOINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "politiegegevens.apart": lambda t, _rol: {"uid": t.wpg["dossier"], "stuk_uid": t.wpg["vrij"]},
    "politiegegevens.apart_antwoord": lambda t, _rol: {"uid": t.bezoek, "sleutel": "elektra_gevaar"},
    "politiegegevens.apart_foto": lambda t, _rol: {"uid": t.bezoek, "sha256": t.bewijs_sha},
    "politiegegevens.apart_signaal": lambda t, _rol: {"uid": t.signaal},
    "politiegegevens.beeindig": lambda t, _rol: {"uid": t.wpg["lezer"]},
}
