"""The application factory."""

import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from inspecties import modellen
from inspecties.core.buitendienst import sta_intern_toe
from inspecties.core.klok import Klok, SysteemKlok
from inspecties.core.sleutelbos import lees_sleutelbos
from inspecties.core.virusscan import gebruik_scanner, lees_scanner
from inspecties.database.basis import db
from inspecties.database.motor import engine_opties, stel_in
from inspecties.gebruikers.aanmelding import plaats_aanmelding
from inspecties.gebruikers.geweigerd import plaats_weigeringen
from inspecties.gebruikers.wachtwoorden import gebruik_lijst
from inspecties.instellingen import WORTEL, Instellingen, lees_instellingen
from inspecties.routes import plaats_routes
from inspecties.web.foutpaginas import plaats_foutpaginas
from inspecties.web.geheimen import teken_met_sha256
from inspecties.web.inhoud import plaats_grenzen, plaats_scan
from inspecties.web.kop import koekje, plaats_koppen
from inspecties.web.limiet import limiter, plaats_bestandslimiet
from inspecties.web.logboek import log_verzoeken, stel_logboek_in
from inspecties.web.poort import plaats_poort
from inspecties.web.sjablonen import plaats_sjablonen

__all__ = ["maak_app", "modellen"]

csrf = CSRFProtect()
migrate = Migrate()


def demo_geheim(data: Path) -> str:
    """The demo's own secret: made once per data folder, readable by its owner only."""
    pad = data / "demo-geheim"
    if not pad.exists():
        data.mkdir(parents=True, exist_ok=True)
        pad.touch(mode=0o600)
        pad.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return pad.read_text(encoding="ascii")


def _oorsprong(url: str) -> str:
    delen = urlsplit(url.replace("{s}", "a"))
    return f"{delen.scheme}://{delen.netloc}" if delen.netloc else ""


def maak_app(instellingen: Instellingen | None = None, klok: Klok | None = None) -> Flask:
    """Wire everything together. Opens no connection and changes nothing on disk but the data folder."""
    inst = instellingen or lees_instellingen()
    inst.data.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "inspecties",
        root_path=str(WORTEL / "inspecties"),
        template_folder=str(WORTEL / "templates"),
        static_folder=str(WORTEL / "static" / "dist"),
        static_url_path="/statisch",
    )
    https = not inst.demo
    app.config.update(
        SECRET_KEY=inst.secret_key or demo_geheim(inst.data),
        SECRET_KEY_FALLBACKS=inst.oude_geheimen,
        SQLALCHEMY_DATABASE_URI=inst.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_opties(inst.database),
        # A browser refuses the prefix over http: only where the site is known to be asked over https.
        SESSION_COOKIE_NAME=koekje("inspecties", https=https and inst.basisadres.startswith("https://")),
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=inst.sessie_max_uur),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=https,
        MAX_CONTENT_LENGTH=inst.upload_max_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        TRUSTED_HOSTS=(list(inst.eigen_hosts) or None) if https else None,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        RATELIMIT_STORAGE_URI=inst.limiet_opslag,
    )
    teken_met_sha256(app)
    app.extensions["instellingen"] = inst
    sta_intern_toe(inst.interne_hosts)
    gebruik_scanner(lees_scanner(inst.virusscanner))
    app.extensions["klok"] = klok or SysteemKlok()
    app.extensions["sleutelbos"] = lees_sleutelbos(inst.veldsleutels, app.config["SECRET_KEY"])
    if inst.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, inst.proxies, inst.proxies, inst.proxies, inst.proxies)  # type: ignore[method-assign]  # the documented way
    stel_logboek_in(inst.log_niveau)
    log_verzoeken(app)
    db.init_app(app)
    with app.app_context():
        stel_in(db.engine)
    migrate.init_app(app, db, directory=str(WORTEL / "migrations"))
    limiter.init_app(app)
    gebruik_lijst(inst.wachtwoordlijst)
    plaats_aanmelding(app)
    plaats_weigeringen(app)
    plaats_grenzen(app)
    csrf.init_app(app)
    plaats_poort(app)
    plaats_bestandslimiet(app)
    plaats_scan(app)
    plaats_koppen(app, https=https, tegelbron=_oorsprong(inst.tegels_url))
    plaats_foutpaginas(app)
    plaats_sjablonen(app)
    plaats_routes(app)
    return app
