"""The routes of devices, and the right of each."""

from collections.abc import Callable
from typing import Any

RECHT_VAN: dict[str, str | None] = {
    "start.hulp_toestellen": "hulp.lezen",
    "toestellen.eigen": "account.beheren",
    "toestellen.eigen_kwijt": "account.beheren",
    "redding.uitleg": "toestellen.beheren",
    "toestellen.lijst": "toestellen.beheren",
    "toestellen.meld_kwijt": "toestellen.beheren",
    "toestellen.meld_terug": "toestellen.beheren",
    "toestellen.stand": None,
    "toestellen.stap": "toestellen.beheren",
    "toestellen.toestel": "toestellen.beheren",
}


def _eigen(toneel: Any, rol: Any) -> dict[str, Any]:
    return {"uid": toneel.toestellen[rol]}


PER_ENDPOINT: dict[str, Callable[..., dict[str, Any]]] = {
    f"toestellen.{naam}": _eigen for naam in ("eigen_kwijt", "meld_kwijt", "meld_terug", "stap", "toestel")
}
