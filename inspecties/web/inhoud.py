"""What of a request's content is not taken, whatever route it is for: packed bodies, JSON too deep or too fine."""

from typing import Any

from flask import Flask, Request, request
from werkzeug.exceptions import BadRequest

from inspecties.core.fouten import InspectiesFout
from inspecties.core.virusscan import is_in_gebruik, keur_bestand
from inspecties.database.basis import db

# The deepest that a screen of ours sends is a visit's definition, at about twelve.
MAX_DIEPTE = 64
# Lists and objects in one body, before it is read; a full message of a tablet has some two thousand.
MAX_DELEN = 200_000


class Onleesbaar(InspectiesFout):
    """A body in a form that is not read (415)."""

    status = 415


class Verzoek(Request):
    """A request whose JSON never takes the reader down."""

    def get_json(self, *args: Any, **kwargs: Any) -> Any:
        """As Flask does; deeper than ``MAX_DIEPTE``, or in more than ``MAX_DELEN`` parts, is no JSON that we know."""
        try:
            ruw = self.get_data(cache=True)
            if ruw.count(b"[") + ruw.count(b"{") > MAX_DELEN:
                raise BadRequest
            inhoud = super().get_json(*args, **kwargs)
            if te_diep(inhoud):
                raise BadRequest
        except (RecursionError, BadRequest):
            # ``silent``: the caller asks for None and tells what would be right itself.
            if kwargs.get("silent"):
                return None
            raise BadRequest from None
        return inhoud


def te_diep(inhoud: Any) -> bool:
    """Whether lists and objects stand in each other more than ``MAX_DIEPTE`` deep. Itself not recursive."""
    laag = [inhoud]
    for _ in range(MAX_DIEPTE):
        laag = [
            kind
            for deel in laag
            if isinstance(deel, dict | list)
            for kind in (deel.values() if isinstance(deel, dict) else deel)
            if isinstance(kind, dict | list)
        ]
        if not laag:
            return False
    return True


def _weiger_verpakt() -> None:
    # Nothing here unpacks a body; who packs it would have it refused as something else, or read as if it were text.
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise Onleesbaar("De inhoud is ingepakt (Content-Encoding). Stuur de inhoud zonder inpakken.")


def _keur_bestanden() -> None:
    # After the gate: only of who may be here. Every form with a file passes by, whatever view reads it.
    if request.mimetype == "multipart/form-data":
        gekozen = [(veld, b) for veld, b in request.files.items(multi=True) if b.filename]
        if gekozen and is_in_gebruik():
            # It may take long, and on SQLite an open transaction keeps every writer waiting.
            db.session.rollback()
        for veld, bestand in gekozen:
            keur_bestand(bestand.stream, veld)


def plaats_scan(app: Flask) -> None:
    """Have every file in a form judged before a view sees it; where no scanner is set, nothing is asked."""
    app.before_request(_keur_bestanden)


def plaats_grenzen(app: Flask) -> None:
    """Look at every request before anything else reads it."""
    app.request_class = Verzoek
    app.before_request(_weiger_verpakt)
