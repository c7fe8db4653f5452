"""The routes of invitations, of mail and of the own calendar: the right of each, and their URL values."""

from collections.abc import Callable
from typing import Any

from inspecties.core.rechten import Rol
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "agendafeed.agenda": None,
    "agendafeed.beheer": "account.beheren",
    "agendafeed.wijzig": "account.beheren",
    "post.lijst": "post.beheren",
    "post.opnieuw": "post.beheren",
    "uitnodiging.antwoord": None,
    "uitnodiging.toon": None,
    "uitnodigingen.beoordeel": "acties.plannen",
    "uitnodigingen.mail_gezien": "acties.plannen",
    "uitnodigingen.overzicht": "acties.plannen",
    "uitnodigingen.verstuur": "acties.plannen",
}


def _vul(wat: str) -> Callable[[Toneel, Rol], dict[str, Any]]:
    return lambda toneel, _rol: {"uid": toneel.uitnodigingen[wat]}


PER_ENDPOINT = {
    "post.opnieuw": _vul("bericht"),
    "uitnodigingen.beoordeel": _vul("voorstel"),
    "uitnodigingen.mail_gezien": _vul("mail"),
    "uitnodigingen.verstuur": lambda toneel, _rol: {"uid": toneel.actie},
}
