"""Errors: pages in the house style, or ``application/problem+json`` (RFC 9457) under /api/."""

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, json, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from psycopg import OperationalError as PsycopgFout
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as GeenVerbindingVrij
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.fouten import Conflict, GeenRecht, InspectiesFout, NietAangemeld, OpslagVol, OpslagWeg
from inspecties.core.foutteksten import DATABASE_WEG, FOUTTEKSTEN, OPSLAG_WEG
from inspecties.database.basis import db
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.web.poort import TweedeFactorNodig
from inspecties.web.weigering import log_weigering, onthoud_weigering

log = structlog.get_logger()

Antwoord = Response | WerkzeugResponse


def probleem(status: int, titel: str, detail: str = "", **extra: Any) -> Response:
    """A problem document (RFC 9457). ``extra`` are extension members such as ``code`` and ``veld``."""
    inhoud = {"type": "about:blank", "title": titel, "status": status, "detail": detail, **extra}
    return Response(json.dumps(inhoud), status, content_type="application/problem+json")


# How long who asks too much, or what is away, asks to wait. A handler that knows better says so itself.
WACHT_S: dict[int, str] = {HTTPStatus.TOO_MANY_REQUESTS: "60", HTTPStatus.SERVICE_UNAVAILABLE: "30"}


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _toon(status: int, detail: str = "", veld: str | None = None, **extra: Any) -> Antwoord:
    tekst = FOUTTEKSTEN.get(status) or FOUTTEKSTEN[400 if status < 500 else 500]
    log_weigering(status, "csrf" if extra.get("code") == "csrf" else "")
    antwoord = _toon_tekst(status, tekst, detail, veld, **extra)
    if status in WACHT_S:
        antwoord.headers["Retry-After"] = WACHT_S[status]
    return antwoord


def _toon_tekst(
    status: int, tekst: tuple[str, str, str], detail: str = "", veld: str | None = None, **extra: Any
) -> Antwoord:
    titel, uitleg, wat_nu = tekst
    if _is_api():
        if veld:
            extra["veld"] = veld
        return probleem(status, titel, detail or uitleg, **extra)
    pagina = render_template("fouten/fout.html", code=status, titel=titel, uitleg=detail or uitleg, wat_nu=wat_nu)
    return make_response(pagina, status)


def _wacht_te_lang(fout: OperationalError) -> bool:
    """Another transaction held a row, or the whole file, for longer than anybody should wait (``database.motor``)."""
    te_lang = (LockNotAvailable, DeadlockDetected)
    return isinstance(fout.orig, te_lang) or "database is locked" in str(fout.orig)


def is_onbereikbaar(fout: OperationalError) -> bool:
    """The connection broke, or none could be made at all: PostgreSQL gives such an error no code of its own."""
    return fout.connection_invalidated or (isinstance(fout.orig, PsycopgFout) and fout.orig.sqlstate is None)


def _opslag_weg(fout: OpslagWeg) -> Antwoord:
    db.session.rollback()
    antwoord = _toon_tekst(fout.status, OPSLAG_WEG, fout.melding)
    antwoord.headers["Retry-After"] = "30"
    return antwoord


def plaats_foutpaginas(app: Flask) -> None:
    """Register the handlers. No message of an unexpected error ever reaches the user."""

    @app.errorhandler(CSRFError)
    def csrf(_fout: CSRFError) -> Antwoord:
        db.session.rollback()
        return _toon(400, "Het formulier is verlopen. Ga terug, ververs de pagina en probeer het opnieuw.", code="csrf")

    @app.errorhandler(NietAangemeld)
    def niet_aangemeld(fout: NietAangemeld) -> Antwoord:
        db.session.rollback()
        if _is_api():
            return probleem(401, "Niet aangemeld", fout.melding, code="niet_aangemeld")
        doel = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("gebruikers.aanmelden", volgende=doel))

    @app.errorhandler(TweedeFactorNodig)
    def tweede_factor(fout: TweedeFactorNodig) -> Antwoord:
        db.session.rollback()
        if _is_api():
            # 401, as for who is not logged in: a tablet waits with sending and offers the way to the login page.
            return probleem(401, "Tweede stap nodig", fout.melding, code="tweede_factor")
        return redirect(url_for("factoren.overzicht"))

    @app.errorhandler(InspectiesFout)
    def verwacht(fout: InspectiesFout) -> Antwoord:
        db.session.rollback()
        if isinstance(fout, GeenRecht):
            onthoud_weigering()
        return _toon(fout.status, fout.melding, fout.veld)

    app.register_error_handler(OpslagWeg, _opslag_weg)

    @app.errorhandler(StaleDataError)
    def ingehaald(_fout: StaleDataError) -> Antwoord:
        db.session.rollback()
        fout = Conflict("Iemand anders heeft dit net gewijzigd. Ververs de pagina en kijk wat er veranderd is.")
        return _toon(fout.status, fout.melding)

    @app.errorhandler(OperationalError)
    def database(fout: OperationalError) -> Antwoord:
        db.session.rollback()
        if "disk is full" in str(fout.orig) or "No space left" in str(fout.orig):
            return _toon(OpslagVol.status, "De opslag van de server is vol. Er is niets opgeslagen.")
        log.error("database", fout=type(fout.orig).__name__)
        if is_onbereikbaar(fout):
            antwoord = _toon_tekst(503, DATABASE_WEG)
            antwoord.headers["Retry-After"] = "5"
            return antwoord
        if _wacht_te_lang(fout):
            # Only reading from here: on SQLite the page of the error would wait for the same lock again.
            db.session.connection(execution_options={ALLEEN_LEZEN: True})
            antwoord = _toon(503)
            antwoord.headers["Retry-After"] = "5"
            return antwoord
        return _toon(500)

    @app.errorhandler(GeenVerbindingVrij)
    def vol(_fout: GeenVerbindingVrij) -> Antwoord:
        db.session.rollback()
        log.error("database", fout="geen verbinding vrij")
        antwoord = _toon(503)
        antwoord.headers["Retry-After"] = "5"
        return antwoord

    @app.errorhandler(SecurityError)
    def vreemde_naam(_fout: SecurityError) -> Antwoord:
        # No page: its links need the name of this site, and the request gave one that is not ours.
        log_weigering(400, "host")
        melding = "Dit adres hoort niet bij deze dienst. Gebruik het adres dat u van uw gemeente kreeg."
        return Response(melding + "\n", 400, content_type="text/plain; charset=utf-8")

    @app.errorhandler(HTTPException)
    def http(fout: HTTPException) -> Antwoord:
        db.session.rollback()
        status = fout.code or HTTPStatus.INTERNAL_SERVER_ERROR
        if status < 400:
            return fout.get_response()
        return _toon(status)

    @app.errorhandler(Exception)
    def onverwacht(fout: Exception) -> Antwoord:
        db.session.rollback()
        # The message may hold personal data; the type and the place in the code do not.
        spoor = fout.__traceback__
        while spoor is not None and spoor.tb_next is not None:
            spoor = spoor.tb_next
        plaats = f"{spoor.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{spoor.tb_lineno}" if spoor else ""
        log.error("onverwachte fout", soort=type(fout).__name__, plaats=plaats, endpoint=request.endpoint)
        if app.testing and app.config.get("FOUTEN_DOORGEVEN"):
            raise fout
        return _toon(500)
