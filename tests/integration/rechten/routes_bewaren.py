"""The routes of retention and of the register, the right of each, and what their URLs are filled in with."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "bewaren.overzicht": "bewaren.lezen",
    "bewaren.bewijs": "bewaren.lezen",
    "bewaren.stopzetten": "bewaren.stopzetten",
    "bewaren.zet_stop": "bewaren.stopzetten",
    **dict.fromkeys(("signaalbewaren.besluit", "signaalbewaren.herzien", "signaalbewaren.lijst"), "signalen.bewaren"),
    "register.toon": "register.lezen",
    "register.markdown": "register.lezen",
    "register.document": "register.lezen",
}
PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    "bewaren": lambda toneel, _rol: {"soort": "locatie", "uid": toneel.locatie},
    "signaalbewaren": lambda toneel, _rol: {"uid": toneel.signaal},
}
