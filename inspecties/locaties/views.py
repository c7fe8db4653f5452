"""Pages of risk locations: the map, the list, one location and the form to change it."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from geoalchemy2.shape import to_shape
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.locaties import kaart as kaarten
from inspecties.locaties import kaartlagen, kaartvragen, kaartweergaven, operations, queries
from inspecties.locaties.api import GEEN_UID
from inspecties.locaties.filters import als_zin, lees_filter
from inspecties.locaties.forms import FilterForm, LocatieForm, StatusForm
from inspecties.locaties.formulier import lees_formulier, van_locatie, zet_fout
from inspecties.locaties.kaartforms import GebiedForm, WeergaveForm
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.panelen import SLEUTEL as PANELEN
from inspecties.locaties.plaats import Grens
from inspecties.locaties.prioriteit_bijhouden import houd_bij
from inspecties.locaties.prioriteit_stand import standen_van
from inspecties.locaties.queries import Filter
from inspecties.locaties.queries_feiten import vlakken_van
from inspecties.locaties.rules.status import STATUSNAMEN, STATUSTONEN
from inspecties.locaties.rules.vlakken import als_geojson, rand_in_graden
from inspecties.locaties.tijdlijn import BRONNEN, Punt, punten_van
from inspecties.locaties.tijdlijnblad import maak_blad
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("locaties", __name__)

# Half the width of the small map of one location, in degrees of longitude (about 500 m).
_RAND_GRADEN = 0.0075


@bp.app_context_processor
def _namen() -> dict[str, Any]:
    return {"locatiestatusnamen": STATUSNAMEN, "locatiestatustonen": STATUSTONEN}


def _filter(sessie: Session, actor: Actor) -> tuple[Filter, FilterForm, str]:
    """The filter of this page, its form and the filter in words."""
    filter_ = lees_filter(request.args, klok().nu())
    typen = queries.typen_van(sessie, actor)
    form = FilterForm(request.args)
    form.type.choices = keuzes(((t.code, t.naam) for t in typen), "Alle")
    zin = als_zin(filter_, {t.code: t.naam for t in typen}, form.niet_bezocht_maanden.data or "")
    return filter_, form, zin


@bp.get("/kaart")
@vereist("locaties.lezen", alleen_lezen=True)
def kaart() -> str:
    """The map with the list beside it; the list alone works without JavaScript."""
    actor, sessie = huidige_actor(), db.session()
    filter_, form, zin = _filter(sessie, actor)
    html, _ = _kaartdelen(sessie, actor)
    return render_template(
        "locaties/kaart.html",
        kaart=html,
        form=form,
        zin=zin,
        bladzijde=kaartvragen.eerste_bladzijde(sessie, actor, filter_),
        bron=kaarten.tegelbron(current_app.extensions["instellingen"].tegels_url),
        weergaven=kaartweergaven.weergaven_van(sessie, actor),
        weergaveform=WeergaveForm(formdata=None),
        gebiedform=GebiedForm(formdata=None),
        heeft_prioriteiten=kaartlagen.heeft_prioriteiten(sessie, actor),
        mag_signalen=rol_mag(actor.rol, "signalen.lezen"),
        mag_plannen=rol_mag(actor.rol, "acties.plannen"),
        mag_bewaren=rol_mag(actor.rol, "locaties.bewerken"),
        mag_drukken=rol_mag(actor.rol, "locaties.exporteren"),
    )


def _kaartdelen(sessie: Session, actor: Actor) -> tuple[str, str]:
    return kaarten.maak_kaart(
        Grens.lees(sessie, actor.gemeente_id).in_graden(),
        [
            kaarten.achtergrondlaag(url_for("locaties_api.achtergrond")),
            kaarten.locatielaag(
                url_for("locaties_api.locaties"),
                blik=url_for("kaart_api.locatie", uid=GEEN_UID),
                gebieden=url_for("kaart_api.gebiedsvormen"),
                selectie=url_for("kaart_api.selectie"),
                dichtstbij=url_for("kaart_api.dichtstbij"),
                warmte=url_for("kaart_api.signaalwarmte") if rol_mag(actor.rol, "signalen.lezen") else "",
                actie=url_for("acties.nieuw") if rol_mag(actor.rol, "acties.plannen") else "",
                druk=url_for("kaart.druk") if rol_mag(actor.rol, "locaties.exporteren") else "",
            ),
        ],
        tegels_url=current_app.extensions["instellingen"].tegels_url,
    )


def _als_script(script: str) -> Response:
    return Response(script, content_type="text/javascript; charset=utf-8")


@bp.get("/kaart/kaart.js")
@vereist("locaties.lezen", alleen_lezen=True)
def kaartscript() -> Response:
    """folium's script of the map, apart from the page."""
    return _als_script(_kaartdelen(db.session(), huidige_actor())[1])


@bp.get("/locaties")
@vereist("locaties.lezen", alleen_lezen=True)
def lijst() -> str:
    """The list: filter, search, sort, page."""
    actor, sessie = huidige_actor(), db.session()
    filter_, form, zin = _filter(sessie, actor)
    sorteer = request.args.get("sorteer", "naam")
    sorteer = sorteer if sorteer in queries.SORTERING else "naam"
    richting = "af" if request.args.get("richting") == "af" else "op"
    achter = houd_bij(sessie, actor, klok().nu())
    bladzijde = queries.bladzijde(sessie, actor, filter_, sorteer, richting, request.args.get("pagina", 1, type=int))
    return render_template(
        "locaties/lijst.html",
        bladzijde=bladzijde,
        standen=standen_van(sessie, actor, [rij.id for rij in bladzijde.rijen]),
        achter=achter,
        form=form,
        zin=zin,
        gefilterd=filter_ != Filter(),
        sorteer=sorteer,
        richting=richting,
    )


@bp.get("/locaties/<uuid:uid>")
@vereist("locaties.lezen")
def toon(uid: str) -> str:
    """One location with everything this role may know of it. All of it together is worth an audit line."""
    return _toon(uid, StatusForm(formdata=None))


def _met_url(punt: Punt, nu: datetime) -> dict[str, Any]:
    bestaat = punt.endpoint in current_app.view_functions
    url = url_for(punt.endpoint, **punt.waarden) if bestaat else None
    wanneer = lokale_datum(punt.wanneer) if punt.hele_dag else punt.wanneer
    return {
        "wanneer": wanneer,
        "titel": punt.titel,
        "tekst": punt.tekst,
        "url": url,
        "doorgehaald": punt.doorgehaald,
        "komt": lokale_datum(punt.wanneer) > lokale_datum(nu),
    }


def _toon(uid: str, form: StatusForm) -> str:
    actor, sessie = huidige_actor(), db.session()
    locatie = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    leg_vast(sessie, actor, klok().nu(), "locatie_gelezen", "risicolocatie", locatie.uid)
    punten = punten_van(sessie, actor, locatie, current_app.extensions.get(BRONNEN, ()))
    form.status.choices = keuzes((code, naam) for code, naam in STATUSNAMEN.items() if code != locatie.status)
    html, _ = _klein(sessie, actor, locatie)
    nu = klok().nu()
    blad = maak_blad(punten, request.args.get("soort", ""), request.args.get("pagina", 1, type=int))
    panelen = [(p, p.lees(sessie, actor, locatie, nu)) for p in current_app.extensions.get(PANELEN, ())]
    pagina = render_template(
        "locaties/locatie.html",
        locatie=locatie,
        panelen=[(p, inhoud) for p, inhoud in panelen if inhoud is not None],
        blad=blad,
        punten=[_met_url(p, nu) for p in blad.punten],
        form=form,
        kaart=html,
        mag_bewerken=rol_mag(actor.rol, "locaties.bewerken"),
    )
    sessie.commit()
    return pagina


def _klein(sessie: Session, actor: Actor, locatie: Risicolocatie) -> tuple[str, str]:
    lon, lat = locatie.lon, locatie.lat
    vormen = [(v.soort, to_shape(v.geom)) for v in vlakken_van(sessie, actor, locatie)]
    vlakken = [{"soort": soort, "geojson": als_geojson(vorm)} for soort, vorm in vormen]
    return kaarten.maak_kaart(
        rand_in_graden([vorm for _, vorm in vormen], locatie.x, locatie.y)
        if vormen
        else (lon - _RAND_GRADEN, lat - _RAND_GRADEN / 2, lon + _RAND_GRADEN, lat + _RAND_GRADEN / 2),
        [
            kaarten.achtergrondlaag(url_for("locaties_api.achtergrond")),
            # The mark would hide the building that the outline shows.
            kaarten.vlaklaag(vlakken) if vlakken else kaarten.puntlaag(lon, lat, locatie.status),
        ],
        tegels_url=current_app.extensions["instellingen"].tegels_url,
        rustig=True,
    )


@bp.get("/locaties/<uuid:uid>/kaart.js")
@vereist("locaties.lezen", alleen_lezen=True)
def klein_kaartscript(uid: str) -> Response:
    """The script of the small map."""
    sessie, actor = db.session(), huidige_actor()
    return _als_script(_klein(sessie, actor, haal(sessie, actor, Risicolocatie, uid, "De locatie"))[1])


@bp.post("/locaties/<uuid:uid>/status")
@vereist("locaties.bewerken")
def status(uid: str) -> WerkzeugResponse | tuple[str, int]:
    """Change the status, with a reason."""
    actor, sessie = huidige_actor(), db.session()
    locatie = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    form = StatusForm()
    if not form.validate_on_submit():
        return _toon(uid, form), 422
    try:
        operations.wijzig_status(sessie, actor, klok().nu(), locatie, form.status.data, form.reden.data)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        zet_fout(form, "reden" if fout.veld == "reden" else "status", fout.melding)
        return _toon(uid, form), fout.status
    sessie.commit()
    flash(f"De status is nu '{STATUSNAMEN[locatie.status].lower()}'.", "succes")
    return redirect(url_for("locaties.toon", uid=uid), 303)


def _formulierpagina(form: LocatieForm, locatie: Risicolocatie | None) -> str:
    return render_template("locaties/formulier.html", form=form, locatie=locatie)


@bp.route("/locaties/nieuw", methods=["GET", "POST"])
@vereist("locaties.bewerken")
def nieuw() -> str | WerkzeugResponse | tuple[str, int]:
    """Add one location by hand."""
    actor, sessie = huidige_actor(), db.session()
    form = LocatieForm()
    typen = queries.typen_in_gebruik(sessie, actor)
    form.type.choices = keuzes(((t.code, t.naam) for t in typen), "Kies een type")
    if request.method == "GET":
        return _formulierpagina(form, None)
    feiten = lees_formulier(sessie, actor, form, typen)
    if feiten is None:
        return _formulierpagina(form, None), 422
    try:
        locatie = operations.voeg_locatie_toe(sessie, actor, klok().nu(), **feiten)
    except InspectiesFout as fout:
        return _met_fout(sessie, form, None, fout)
    sessie.commit()
    flash("De locatie is toegevoegd.", "succes")
    return redirect(url_for("locaties.toon", uid=locatie.uid), 303)


@bp.route("/locaties/<uuid:uid>/wijzigen", methods=["GET", "POST"])
@vereist("locaties.bewerken")
def wijzigen(uid: str) -> str | WerkzeugResponse | tuple[str, int]:
    """Change the facts of a location."""
    actor, sessie = huidige_actor(), db.session()
    locatie = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    form = LocatieForm(data=van_locatie(locatie))
    typen = queries.typen_in_gebruik(sessie, actor, locatie.locatietype)
    form.type.choices = keuzes((t.code, t.naam) for t in typen)
    if request.method == "GET":
        return _formulierpagina(form, locatie)
    feiten = lees_formulier(sessie, actor, form, typen, locatie)
    if feiten is None:
        return _formulierpagina(form, locatie), 422
    try:
        anders = operations.wijzig_locatie(
            sessie,
            actor,
            klok().nu(),
            locatie,
            form.gezien_op.data or "",
            reden=(form.reden.data or "").strip(),
            **feiten,
        )
    except InspectiesFout as fout:
        return _met_fout(sessie, form, locatie, fout)
    sessie.commit()
    flash("De wijziging is opgeslagen." if anders else "Er was niets gewijzigd.", "succes" if anders else "info")
    return redirect(url_for("locaties.toon", uid=uid), 303)


def _met_fout(
    sessie: Session, form: LocatieForm, locatie: Risicolocatie | None, fout: InspectiesFout
) -> tuple[str, int]:
    sessie.rollback()
    zet_fout(form, fout.veld or "naam", fout.melding)
    return _formulierpagina(form, locatie), fout.status
