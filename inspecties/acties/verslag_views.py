"""Pages of the verslag van binnentreden: what is due, one verslag, filling it in, fixing it and handing it over."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.acties import documenten
from inspecties.acties import verslag as acts
from inspecties.acties import verslag_queries as queries
from inspecties.acties.models import Stop
from inspecties.acties.models_verslag import Verslag
from inspecties.acties.rules.verslag import AAN, EDEN, GRONDEN, VERSLAG_TABEL, WIJZEN, Verslagtekst, komt_twee_keer
from inspecties.acties.verslag_forms import AfleverForm, EldersForm, VaststelForm, VerslagForm
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.opslag import Opslag, sha256_van
from inspecties.core.rechten import Rol, rol_mag
from inspecties.database import db, haal
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.instellingen import opslag_van
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist
from inspecties.web.sjablonen import datum

bp = Blueprint("verslagen", __name__)

Pagina = str | Response | tuple[str, int]
_NAMEN: dict[str, Any] = {
    "toestanden": VERSLAG_TABEL.namen,
    "gronden": GRONDEN,
    "aan_wie": AAN,
    "wijzen": WIJZEN,
    "eden": EDEN,
}


def _haal(uid: UUID) -> Verslag:
    return haal(db.session(), huidige_actor(), Verslag, uid, "Dit verslag")


def _opslag() -> Opslag:
    return opslag_van(current_app.extensions["instellingen"])


@bp.get("/verslagen")
@vereist("verslagen.lezen")
def lijst() -> str:
    """What must still be done on top, then what is ready. It names homes and who went in: the reading is logged."""
    actor, sessie = huidige_actor(), db.session()
    alle = queries.plichten(sessie, actor, klok().nu())
    if actor.rol is Rol.PARTNER:
        alle = [p for p in alle if queries.moet_zelf(actor, p)]
    uit = render_template(
        "acties/verslagen.html",
        open=sorted((p for p in alle if p.stand.open), key=lambda p: p.uiterlijk),
        klaar=[p for p in alle if not p.stand.open][:200],
        maken=rol_mag(actor.rol, "verslagen.maken"),
        **_NAMEN,
    )
    gegevens = {"verslagen": [p.verslag.kenmerk for p in alle if p.verslag]}
    leg_vast(sessie, actor, klok().nu(), "verslagen_gelezen", "gemeente", str(actor.gemeente_id), gegevens=gegevens)
    sessie.commit()
    return uit


def _stop(stop_uid: UUID) -> Stop:
    return haal(db.session(), huidige_actor(), Stop, stop_uid, "Deze stop")


def _zet_keuzes(form: VerslagForm, stop: Stop, actor: Actor) -> None:
    """The team; who is no coordinator writes only of their own entry."""
    leden = [lid.gebruiker for lid in stop.ploeg.leden] if stop.ploeg else []
    form.zet_mensen([mens for mens in leden if actor.rol is Rol.COORDINATOR or mens.id == actor.gebruiker_id])


def _maak(form: VerslagForm, stop: Stop, rij: Verslag | None, plicht: queries.Plicht | None, status: int) -> Pagina:
    dag = form.dag.data
    dubbel = [t for t in (form.binnen.data, form.verlaten.data) if t is not None]
    return render_template(
        "acties/verslag_maak.html",
        form=form,
        stop=stop,
        rij=rij,
        plicht=plicht,
        vraag_tweede=bool(dag) and any(_twee_keer(dag, uur) for uur in dubbel),
        correctie=(rij is not None and rij.volgnummer > 1)
        or (rij is None and plicht is not None and plicht.verslag is not None),
        **_NAMEN,
    ), status


def _twee_keer(dag: Any, uur: Any) -> bool:
    try:
        return komt_twee_keer(dag, uur)
    except OngeldigeInvoer:
        return False


@bp.route("/stops/<uuid:stop_uid>/verslag", methods=["GET", "POST"])
@vereist("verslagen.maken")
def begin(stop_uid: UUID) -> Pagina:
    """A new verslag of one stop, filled in with what is known; the next version where there is one already."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    stop = _stop(stop_uid)
    plicht = queries.plicht_van(sessie, actor, nu, stop.id)
    if plicht is None:
        raise Conflict("Bij deze stop is niemand zonder toestemming binnengetreden. Een verslag is dan niet nodig.")
    if actor.rol is Rol.PARTNER and not queries.moet_zelf(actor, plicht):
        raise GeenRecht(f"Het verslag van deze stop maakt {plicht.wie}.")
    vorige = plicht.verslag
    if vorige is not None and vorige.toestand == "concept":
        return redirect(url_for("verslagen.wijzigen", uid=vorige.uid))
    form = VerslagForm(data=_waarden(vorige) if vorige else queries.voorstel(plicht, actor.naam))
    _zet_keuzes(form, stop, actor)
    if not form.is_submitted():
        # What is written down here about people is read to fill it in.
        leg_vast(sessie, actor, nu, "verslag_gelezen", "stop", stop.uid)
        pagina = _maak(form, stop, None, plicht, 200)
        sessie.commit()
        return pagina
    status = 422
    if form.validate_on_submit():
        try:
            nieuw = acts.begin(sessie, actor, nu, stop, form.vraag())
        except (Conflict, OngeldigeInvoer, GeenRecht) as fout:
            sessie.rollback()
            form.meld_fout(getattr(fout, "veld", None), fout.melding)
            stop, status = _stop(stop_uid), fout.status
            plicht = queries.plicht_van(sessie, actor, nu, stop.id)
        else:
            sessie.commit()
            flash("Het concept is opgeslagen. Lees het na en stel het vast.", "succes")
            return redirect(url_for("verslagen.toon", uid=nieuw.uid))
    return _maak(form, stop, None, plicht, status)


def _waarden(rij: Verslag) -> dict[str, Any]:
    waarden = {veld.name: getattr(rij, veld.name) for veld in fields(Verslagtekst)}
    binnen = lokaal(rij.binnen_op)
    return waarden | {
        "binnentreder": str(rij.binnentreder.uid),
        "dag": binnen.date(),
        "binnen": binnen.time(),
        "verlaten": lokaal(rij.verlaten_op).time(),
        "tweede": bool(binnen.fold),
        "versie": str(rij.versie),
    }


@bp.route("/verslagen/<uuid:uid>/wijzigen", methods=["GET", "POST"])
@vereist("verslagen.maken")
def wijzigen(uid: UUID) -> Pagina:
    """Change a draft."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _haal(uid)
    if rij.toestand != "concept":
        raise Conflict("Dit verslag ligt vast. Maak een nieuwe versie als er iets niet klopt.")
    form = VerslagForm(data=_waarden(rij) | {"correctie_reden": rij.correctie_reden})
    _zet_keuzes(form, rij.stop, actor)
    if not form.is_submitted():
        leg_vast(sessie, actor, nu, "verslag_gelezen", "verslag", rij.uid)
        pagina = _maak(form, rij.stop, rij, None, 200)
        sessie.commit()
        return pagina
    status = 422
    if form.validate_on_submit():
        try:
            if form.versie.data != str(rij.versie):
                raise Conflict("Iemand anders wijzigde dit concept intussen. Open het opnieuw en vul uw deel weer in.")
            acts.wijzig(sessie, actor, nu, rij, form.vraag())
        except (Conflict, OngeldigeInvoer, GeenRecht) as fout:
            sessie.rollback()
            form.meld_fout(getattr(fout, "veld", None), fout.melding)
            rij, status = _haal(uid), fout.status
        else:
            sessie.commit()
            flash("Het concept is opgeslagen.", "succes")
            return redirect(url_for("verslagen.toon", uid=uid))
    return _maak(form, rij.stop, rij, None, status)


@bp.get("/verslagen/<uuid:uid>")
@vereist("verslagen.lezen")
def toon(uid: UUID) -> Pagina:
    """One verslag. It names people, so the reading is logged."""
    return _toon(uid)


def _toon(uid: UUID, fout: str = "", status: int = 200, invoer: Formulier | None = None) -> Pagina:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _haal(uid)
    leg_vast(sessie, actor, nu, "verslag_gelezen", "verslag", rij.uid)
    plicht = queries.plicht_van(sessie, actor, nu, rij.stop_id)
    versies = queries.versies_van(sessie, actor, rij)
    mist, buiten = acts.wat_mist(rij, nu) if rij.toestand == "concept" else ([], [])
    schrijft = acts.mag_schrijven(actor, rij.binnentreder_id)
    pagina = render_template(
        "acties/verslag.html",
        verslag=rij,
        plicht=plicht,
        termijn=queries.termijn(lokale_datum(rij.binnen_op)),
        sjabloon=documenten.sjabloon_van_verslag(sessie, actor, rij),
        versies=versies,
        laatste=versies[0].id == rij.id,
        mist=mist,
        buiten=buiten,
        schrijft=schrijft,
        zelf=actor.gebruiker_id == rij.binnentreder_id,
        ziet_actie=rol_mag(actor.rol, "acties.lezen"),
        ziet_machtiging=rol_mag(actor.rol, "machtigingen.lezen"),
        vaststellen=VaststelForm(formdata=None),
        elders=EldersForm(formdata=None),
        afleveren=invoer if isinstance(invoer, AfleverForm) else _afleveren(rij, nu),
        fout=fout,
        **_NAMEN,
    )
    sessie.commit()
    return pagina, status


def _afleveren(rij: Verslag, nu: datetime) -> AfleverForm:
    form = AfleverForm(formdata=None, op=lokale_datum(nu))
    _beperk(form, rij)
    return form


def _beperk(form: AfleverForm, rij: Verslag) -> None:
    if rij.machtiging_id is None:
        form.aan.choices = keuzes([("bewoner", AAN["bewoner"])])


def _doe(
    uid: UUID, melding: str, daad: Callable[[Session, Actor, datetime, Verslag], object], form: Formulier
) -> Pagina:
    """One act on a verslag; what could not be done is told on its page."""
    actor, sessie = huidige_actor(), db.session()
    if not form.validate_on_submit():
        return _toon(uid, next(iter(fouten[0] for fouten in form.errors.values()), "Kies opnieuw."), 422, form)
    try:
        daad(sessie, actor, klok().nu(), _haal(uid))
    except (Conflict, OngeldigeInvoer, GeenRecht) as fout:
        sessie.rollback()
        return _toon(uid, fout.melding, fout.status, form)
    sessie.commit()
    flash(melding, "succes")
    return redirect(url_for("verslagen.toon", uid=uid))


@bp.post("/verslagen/<uuid:uid>/vaststellen")
@vereist("verslagen.maken")
def vaststellen(uid: UUID) -> Pagina:
    """On oath: the document is made, kept under its hash, and nothing changes any more."""
    form = VaststelForm()

    def daad(sessie: Session, actor: Actor, nu: datetime, rij: Verslag) -> None:
        bewaar = partial(documenten.bewaar_verslag, sessie, actor, _opslag(), nu)
        acts.stel_vast(sessie, actor, nu, rij, form.eed.data, datum, bewaar)

    return _doe(uid, "Het verslag is vastgesteld en ligt vast. Verstuur het nu.", daad, form)


@bp.post("/verslagen/<uuid:uid>/elders")
@vereist("verslagen.maken")
def elders(uid: UUID) -> Pagina:
    """It was made outside this system."""
    form = EldersForm()
    return _doe(
        uid,
        "Vastgelegd dat het verslag elders is gemaakt.",
        lambda s, a, nu, v: acts.maak_elders(s, a, nu, v, form.waar.data),
        form,
    )


@bp.post("/verslagen/<uuid:uid>/afleveren")
@vereist("verslagen.maken")
def afleveren(uid: UUID) -> Pagina:
    """To whom it went, or why not yet."""
    form = AfleverForm()
    _beperk(form, _haal(uid))
    return _doe(
        uid,
        "Vastgelegd aan wie het verslag is gegeven.",
        lambda s, a, nu, v: acts.lever_af(
            s, a, nu, v, form.aan.data, form.wijze.data, form.op.data, form.toelichting.data or ""
        ),
        form,
    )


@bp.get("/verslagen/<uuid:uid>/document")
@vereist("verslagen.lezen", bevestigd=True)
def document(uid: UUID) -> Response:
    """The verslag as it was made final; before that the draft to read. Fetching it is logged."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _haal(uid)
    if rij.toestand == "elders":
        raise NietGevonden(f"Dit verslag is elders gemaakt: {rij.elders}.")
    leg_vast(sessie, actor, nu, "verslag_opgehaald", "verslag", rij.uid)
    if rij.sha256:
        pad = _opslag().pad(gemeente_uid(sessie, actor), rij.sha256)
        if not pad.is_file() or sha256_van(pad) != rij.sha256:
            raise NietGevonden("Dit bestand staat niet heel in de opslag. Waarschuw de beheerder.")
        inhoud = pad.read_bytes()
    else:
        inhoud = documenten.lees_verslag(sessie, actor, _opslag(), nu, rij)
    sessie.commit()
    antwoord = make_response(inhoud)
    antwoord.mimetype = "application/pdf"
    naam = f"verslag-{rij.nummer}-{rij.volgnummer}.pdf"
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord
