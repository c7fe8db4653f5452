"""Home page, health and well-known files."""

from datetime import timedelta
from importlib import metadata
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from flask_login import current_user
from sqlalchemy import text

from inspecties.core.fouten import NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import MENSEN, ROLNAMEN, Rol
from inspecties.database.basis import db
from inspecties.dossiers.rules.wachten import termijn
from inspecties.gebruikers.models import Gemeente
from inspecties.gebruikers.rules import thema as themaregels
from inspecties.start.hulp import WAT_IS, rechten_van, taken_van
from inspecties.start.openapi import document
from inspecties.start.vandaag import stel_samen
from inspecties.web.adres import volledig_adres
from inspecties.web.poort import huidige_actor, klok, openbaar, vereist

bp = Blueprint("start", __name__)


def gezondheid() -> dict[str, Any]:
    """Whether the database answers, which one it is and which version runs. Raises what the database raises."""
    db.session.execute(text("SELECT 1"))
    soort = "postgis" if current_app.extensions["instellingen"].is_postgis else "spatialite"
    return {"status": "ok", "database": soort, "versie": metadata.version("inspecties")}


@bp.get("/gezond")
@openbaar("Bewaking van buiten vraagt of de dienst leeft", alleen_lezen=True)
def gezond() -> Response:
    return jsonify(gezondheid())


@bp.get("/")
@vereist("startpagina.lezen", alleen_lezen=True)
def home() -> str:
    """What needs this role first."""
    actor, nu = huidige_actor(), klok().nu()
    dag = lokale_datum(nu)
    return render_template(
        "start/home.html",
        dag=dag,
        vandaag=stel_samen(db.session(), actor, nu),
        hoe_lang=lambda voor, van_ander=False: termijn(voor, dag, van_ander=van_ander),
    )


@bp.get("/hulp")
@vereist("hulp.lezen", alleen_lezen=True)
def hulp() -> str:
    """All roles, with the own one first."""
    eigen = huidige_actor().rol
    rollen = sorted(MENSEN, key=lambda rol: (rol is not eigen, ROLNAMEN[rol]))
    return render_template("hulp/index.html", eigen=eigen, rollen=[(rol, WAT_IS[rol]) for rol in rollen])


@bp.get("/hulp/toestellen")
@vereist("hulp.lezen", alleen_lezen=True)
def hulp_toestellen() -> str:
    """What protects the data on a tablet, against whom, and where that ends."""
    return render_template("hulp/toestellen.html")


@bp.get("/hulp/<rol>")
@vereist("hulp.lezen", alleen_lezen=True)
def hulp_rol(rol: str) -> str:
    """What one role does, step by step, and exactly what it may: from the table of rights."""
    if rol not in {r.value for r in MENSEN}:
        raise NietGevonden(f"Deze rol bestaat niet. Kies uit: {', '.join(sorted(ROLNAMEN[r] for r in MENSEN))}.")
    gekozen = Rol(rol)
    return render_template(
        "hulp/rol.html", rol=gekozen, wat=WAT_IS[gekozen], taken=taken_van(gekozen), rechten=rechten_van(gekozen)
    )


@bp.get("/api/openapi.json")
@openbaar("Een beschrijving van de API, zonder gegevens", alleen_lezen=True)
def openapi() -> Response:
    return jsonify(document())


@bp.get("/thema.css")
@openbaar("De aanmeldpagina heeft ook kleuren; er staan geen gegevens in", alleen_lezen=True)
def thema() -> Response:
    """The brand tokens of the gemeente of whoever is logged in; before login the standard ones."""
    velden: dict[str, str] = {}
    if current_user.is_authenticated:
        gemeente = db.session.get(Gemeente, current_user.actor.gemeente_id)
        velden = (gemeente.thema if gemeente else None) or {}
    antwoord = Response(themaregels.css(themaregels.kies(velden)), content_type="text/css; charset=utf-8")
    antwoord.headers["Cache-Control"] = "private, no-cache"
    antwoord.vary.add("Cookie")
    antwoord.add_etag()
    antwoord.make_conditional(request)
    return antwoord


@bp.get("/.well-known/security.txt")
@openbaar("Onderzoekers moeten een lek kunnen melden (RFC 9116)", alleen_lezen=True)
def security_txt() -> Response:
    verloopt = (klok().nu() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    regels = [
        "Contact: https://www.ncsc.nl/contact/kwetsbaarheid-melden",
        f"Expires: {verloopt}",
        "Preferred-Languages: nl, en",
    ]
    adres = volledig_adres("start.security_txt")
    # RFC 9116, 2.5.2: web addresses begin with https. A demo on this machine has none to name.
    if adres.startswith("https://"):
        regels.append(f"Canonical: {adres}")
    return Response("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")
