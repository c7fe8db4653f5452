"""The field app's shell, its service worker and manifest: files without any data."""

from pathlib import Path

from flask import Blueprint, Response, current_app, json, render_template, send_from_directory, url_for

from inspecties.core.fouten import NietGevonden
from inspecties.web.poort import openbaar

bp = Blueprint("offline", __name__)

SCHIL = "Alleen de lege schil, zonder gegevens; hij moet ook zonder verbinding openen"


@bp.get("/veld")
@openbaar(SCHIL, alleen_lezen=True)
def veld() -> Response:
    """The shell. The same for everybody, so that the service worker may keep it."""
    antwoord = Response(render_template("veld/index.html"), mimetype="text/html")
    antwoord.headers["Cache-Control"] = "no-cache"
    return antwoord


@bp.get("/veld/<path:pad>")
@openbaar(SCHIL, alleen_lezen=True)
def veld_diep(pad: str) -> Response:
    """A link into the field app; the client reads the address itself."""
    del pad
    return veld()


@bp.get("/sw.js")
@openbaar("De service worker zelf bevat geen gegevens", alleen_lezen=True)
def service_worker() -> Response:
    """The service worker, for the scope of the field app; checked for a new version at every visit."""
    map_ = Path(current_app.static_folder or "")
    if not (map_ / "sw.js").is_file():
        raise NietGevonden("De veldapp is nog niet gebouwd.")
    antwoord = send_from_directory(map_, "sw.js", mimetype="text/javascript", max_age=0)
    antwoord.headers["Cache-Control"] = "no-cache"
    antwoord.headers["Service-Worker-Allowed"] = "/veld"
    return antwoord


@bp.get("/veld/manifest.webmanifest")
@openbaar("Naam en pictogrammen van de app, zonder gegevens", alleen_lezen=True)
def manifest() -> Response:
    """What makes the field app installable."""
    map_ = Path(current_app.static_folder or "")
    pictogrammen = [
        {
            "src": url_for("static", filename=pad.relative_to(map_).as_posix()),
            "sizes": "any" if pad.suffix == ".svg" else "512x512",
            "type": "image/svg+xml" if pad.suffix == ".svg" else "image/png",
            "purpose": "any",
        }
        for pad in sorted(map_.rglob("veld-pictogram*"))
    ]
    inhoud = {
        "name": "Inspecties: veldwerk",
        "short_name": "Veldwerk",
        "lang": "nl",
        "start_url": "/veld",
        "scope": "/veld",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#154273",
        "icons": pictogrammen,
    }
    return Response(json.dumps(inhoud), content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})
