"""What was refused because somebody tried what is not theirs to do: a line in the log of the service for each.

Who it was stands in the audit log (``gebruikers.geweigerd``); this log holds no persons.
"""

import structlog
from flask import g, request
from flask_login import current_user

log = structlog.get_logger()
# Answers that tell of an attempt to get round a limit. Others are mistakes, and count in the line of every request.
_SOORTEN = {403: "recht", 413: "inhoud", 415: "inhoud", 429: "te_vaak"}
_SLEUTEL = "geen_recht"


def log_weigering(status: int, soort: str = "") -> None:
    """Say that a request was refused, and by what kind of limit; never what was in it."""
    soort = soort or _SOORTEN.get(status, "")
    if soort:
        route = request.url_rule.rule if request.url_rule else ""
        # A host that is not ours has no cookie of ours either.
        rol = current_user.actor.rol.value if soort != "host" and current_user.is_authenticated else ""
        log.warning("geweigerd", soort=soort, status=status, methode=request.method, route=route, rol=rol)


def onthoud_weigering() -> None:
    """Note on this request that its actor lacked a right."""
    setattr(g, _SLEUTEL, True)


def is_geweigerd() -> bool:
    """Whether this request was refused because its actor lacked a right."""
    return bool(g.get(_SLEUTEL, False))
