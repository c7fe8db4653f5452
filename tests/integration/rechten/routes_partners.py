"""The routes of partners: the right of each, and the URL values of an object that is there."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

_LEZEN = ("agenda", "lijst", "mensen", "toon")
_BEHEREN = (
    *("agenda_inlezen", "beeindig", "contact", "mens", "nieuw", "nieuw_contact", "uren", "uren_weg"),
    *("verwijder_contact", "wijzigen"),
)
RECHT_VAN: dict[str, str | None] = {
    **{f"partners.{naam}": "partners.lezen" for naam in _LEZEN},
    **{f"partners.{naam}": "partners.beheren" for naam in _BEHEREN},
}


def _vul(rij: str, uid: str = "organisatie") -> Callable[[Toneel, Rol], dict[str, Any]]:
    return lambda toneel, _rol: {
        "uid": toneel.partners[uid],
        "wie": "organisatie",
        "rij_uid": toneel.partners[rij],
    }


BLUEPRINT = _vul("contact")
PER_ENDPOINT = {
    "partners.beeindig": _vul("bevoegdheid", "mens"),
    "partners.mens": _vul("bevoegdheid", "mens"),
    "partners.uren_weg": _vul("uren"),
}
