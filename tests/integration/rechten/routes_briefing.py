"""The routes of readiness, briefing and embargo, and the right of each."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "briefing.deel": "briefing.lezen",
    "briefing.embargo": "acties.plannen",
    "briefing.gegevens": "acties.plannen",
    "briefing.gelezen": "briefing.lezen",
    "briefing.kaart": "briefing.lezen",
    "briefing.maak": "acties.plannen",
    "briefing.pdf": "briefing.lezen",
    "briefing.toon": "briefing.lezen",
    "gereedheid.overslaan": "acties.plannen",
    "gereedheid.terug": "acties.plannen",
    "gereedheid.toon": "acties.plannen",
}


def _vul(toneel: Toneel, rol: Rol) -> dict[str, Any]:
    # Everybody has a part of their own: a partner that of the organisation.
    deel = toneel.briefing["partner" if rol is Rol.PARTNER else "eigen"]
    return {"uid": toneel.actie, "deel_uid": deel, "rij_uid": toneel.briefing["over"]}


PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {"briefing": _vul, "gereedheid": _vul}
