"""The routes of working together in a visit, and the right of each."""

from collections.abc import Callable
from typing import Any

RECHT_VAN: dict[str, str | None] = {
    "samen_api.aanwezig": "bezoeken.invullen",
    "samen_api.uitkomsten": "uitkomsten.lezen",
    "uitkomsten.lijst": "uitkomsten.lezen",
}

PER_ENDPOINT: dict[str, Callable[..., dict[str, Any]]] = {
    "samen_api.aanwezig": lambda toneel, _rol: {"uid": toneel.bezoek},
}
