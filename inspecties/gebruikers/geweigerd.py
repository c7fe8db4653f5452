"""Who asked for what their role may not: a line in the audit log (ASVS 5.0, 16.3.2).

One line per login and right in ten minutes. Who goes on asking would otherwise fill a log from which nothing can be
removed; each of those requests stands in the log of the service.
"""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from flask import Flask, Response, current_app, request
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.klok import Klok
from inspecties.database.basis import db
from inspecties.database.bereik import bind_actor
from inspecties.web.poort import toegang_van
from inspecties.web.weigering import is_geweigerd

STILTE = timedelta(minutes=10)
# So many logins and rights are remembered; more at once forgets all, and then a line comes once more.
_HOOGSTENS = 10_000

Gezien = dict[tuple[str, str], datetime]


def _pas_gezegd(gezien: Gezien, sleutel: tuple[str, str], nu: datetime) -> bool:
    vorige = gezien.get(sleutel)
    if vorige is not None and nu - vorige <= STILTE:
        return True
    if len(gezien) >= _HOOGSTENS:
        gezien.clear()
    gezien[sleutel] = nu
    return False


def plaats_weigeringen(app: Flask) -> None:
    """Write the line after the answer to a request that was refused, in a transaction of its own."""
    gezien: Gezien = {}

    @app.after_request
    def _leg_vast(antwoord: Response) -> Response:
        if not is_geweigerd() or request.endpoint is None or not current_user.is_authenticated:
            return antwoord
        toegang = toegang_van(current_app._get_current_object(), request.endpoint)  # type: ignore[attr-defined]  # LocalProxy
        recht = (toegang.recht if toegang else None) or ""
        nu = cast("Klok", current_app.extensions["klok"]).nu()
        actor: Actor = current_user.actor
        if not _pas_gezegd(gezien, (current_user.sessie_uid, recht), nu):
            _schrijf(actor, nu, recht)
        return antwoord


def _schrijf(actor: Actor, nu: datetime, recht: str) -> None:
    over = next((str(w) for w in (request.view_args or {}).values() if isinstance(w, UUID)), "")
    gegevens = {"methode": request.method, "over": over, "recht": recht}
    db.session.rollback()
    bind_actor(db.session(), actor)
    try:
        leg_vast(
            db.session(), actor, nu, "toegang_geweigerd", "scherm", (request.endpoint or "")[:64], gegevens=gegevens
        )
        db.session.commit()
    except OperationalError:
        # A full disk, or a lock: the refusal stands all the same.
        db.session.rollback()
