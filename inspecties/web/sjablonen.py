"""What templates may call: assets by logical name, Dutch dates and numbers, the navigation of the role."""

import json
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from inspecties.core.klok import lokaal
from inspecties.core.rechten import ROLNAMEN, Rol, rol_mag

MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)

# endpoint, name on screen, right that makes it visible
NAVIGATIE: tuple[tuple[str, str, str], ...] = (
    ("start.home", "Vandaag", "startpagina.lezen"),
    ("locaties.kaart", "Kaart", "locaties.lezen"),
    ("locaties.lijst", "Locaties", "locaties.lezen"),
    ("signalen.lijst", "Signalen", "signalen.lezen"),
    ("acties.lijst", "Acties", "acties.lezen"),
    ("offline.veld", "Veld", "dienst.ophalen"),
    ("uitkomsten.lijst", "Wat werd ervan", "uitkomsten.lezen"),
    ("dossiers.voorstellen", "Voorstellen", "voorstellen.lezen"),
    ("dossiers.lijst", "Dossiers", "dossiers.lezen"),
    ("dossiers.kabinet", "Kabinet", "dossiers.besluiten"),
    ("machtigingen.lijst", "Machtigingen", "machtigingen.ondertekenen"),
    ("checklists.lijst", "Checklists", "checklists.lezen"),
    ("rapportages.overzicht", "Rapportages", "rapportages.lezen"),
    ("gebruikers.beheer", "Beheer", "gebruikers.beheren"),
    ("inzage.lijst", "Verzoeken", "inzage.lezen"),
    ("bewaren.overzicht", "Bewaren", "bewaren.lezen"),
    ("audit.lijst", "Auditlogboek", "audit.lezen"),
    ("start.hulp", "Hulp", "hulp.lezen"),
)


def datum(waarde: date | datetime | None) -> str:
    """'21 november 2026', in Dutch local time."""
    if waarde is None:
        return ""
    dag = lokaal(waarde).date() if isinstance(waarde, datetime) else waarde
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def tijd(waarde: datetime | None) -> str:
    """'18:05', in Dutch local time."""
    return "" if waarde is None else lokaal(waarde).strftime("%H:%M")


def moment(waarde: datetime | None) -> str:
    """'21 november 2026, 18:05', in Dutch local time."""
    return "" if waarde is None else f"{datum(waarde)}, {tijd(waarde)}"


def getal(waarde: int | float | Decimal | None, decimalen: int = 0) -> str:
    """'1.234,5': Dutch thousands and decimal signs."""
    if waarde is None:
        return ""
    return f"{waarde:,.{decimalen}f}".replace(",", "_").replace(".", ",").replace("_", ".")


@lru_cache(maxsize=4)
def _manifest(pad: Path, _gewijzigd: int) -> dict[str, str]:
    inhoud: dict[str, str] = json.loads(pad.read_text(encoding="utf-8"))
    return inhoud


def asset(app: Flask, naam: str) -> str:
    """URL of a built file by its logical name (manifest of static/bouw.mjs)."""
    pad = Path(app.static_folder or "") / "manifest.json"
    bestand = _manifest(pad, pad.stat().st_mtime_ns)[naam]
    return url_for("static", filename=bestand)


def navigatie() -> list[dict[str, Any]]:
    """The menu of this role: name, URL, whether it is the current page."""
    if not current_user.is_authenticated:
        return []
    rol: Rol = current_user.actor.rol
    uit = []
    for endpoint, naam, recht in NAVIGATIE:
        if endpoint in current_app.view_functions and rol_mag(rol, recht):
            url = url_for(endpoint)
            actief = request.path == url or (url != "/" and request.path.startswith(url + "/"))
            uit.append({"naam": naam, "url": url, "actief": actief, "aantal": None})
    return uit


def zelfde_pagina(**wijzigingen: Any) -> str:
    """The URL of this page with some query parameters changed; None takes a parameter away."""
    parameters: dict[str, Any] = {naam: request.args.getlist(naam) for naam in request.args}
    parameters |= request.view_args or {}
    parameters |= wijzigingen
    blijft = {naam: waarde for naam, waarde in parameters.items() if waarde is not None}
    return url_for(request.endpoint or "start.home", **blijft)


def plaats_sjablonen(app: Flask) -> None:
    """Register globals and filters."""
    app.jinja_env.globals["asset"] = lambda naam: asset(app, naam)
    app.jinja_env.globals["navigatie"] = navigatie
    app.jinja_env.globals["rolnamen"] = ROLNAMEN
    app.jinja_env.globals["zelfde_pagina"] = zelfde_pagina
    app.jinja_env.globals["heeft_pagina"] = lambda endpoint: endpoint in app.view_functions
    app.jinja_env.globals["mag"] = lambda recht: (
        current_user.is_authenticated and rol_mag(current_user.actor.rol, recht)
    )
    app.jinja_env.filters.update({"datum": datum, "tijd": tijd, "moment": moment, "getal": getal})
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def _actor() -> dict[str, Any]:
        actor = current_user.actor if current_user.is_authenticated else None
        return {"huidige_actor": actor, "gemeentenaam": actor.gemeente_naam if actor else ""}
