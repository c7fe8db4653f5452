"""Whole addresses of this site, for a link that leaves it: never from what a request says its host is."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for


def volledig_adres(endpoint: str, **waarden: Any) -> str:
    """The address of an endpoint under ``basisadres``; where that is not set, under the host that was asked."""
    basis = str(current_app.extensions["instellingen"].basisadres)
    if not basis:
        return url_for(endpoint, **waarden, _external=True)
    delen = urlsplit(basis)
    return f"{delen.scheme}://{delen.netloc}{delen.path.rstrip('/')}{url_for(endpoint, **waarden)}"
