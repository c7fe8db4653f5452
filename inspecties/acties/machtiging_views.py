"""Pages of machtigingen tot binnentreden: the list, a request for a stop, the machtiging itself and its document."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.acties import documenten
from inspecties.acties import machtiging as acts
from inspecties.acties import machtiging_queries as queries
from inspecties.acties.binnentreden import TONEN
from inspecties.acties.machtiging_forms import MachtigingForm, PapierForm, RedenForm
from inspecties.acties.models import Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.rules.binnentreden import UITLEG
from inspecties.acties.rules.machtiging import GEVERS, GRONDSLAGEN, MACHTIGING_TABEL
from inspecties.acties.verslag_paneel import verslagregel
from inspecties.acties.views import haal_actie
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag, sha256_van
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.instellingen import opslag_van
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("machtigingen", __name__)

Pagina = str | Response | tuple[str, int]
_BESTAND = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@bp.app_context_processor
def _uitleg() -> dict[str, Any]:
    """What each ground of entry asks, for every page on which somebody chooses one."""
    return {"binnentreden_uitleg": UITLEG}


def _namen() -> dict[str, Any]:
    return {"namen": MACHTIGING_TABEL.namen, "tonen": TONEN, "gevers": GEVERS, "grondslagen": GRONDSLAGEN}


def _haal(uid: UUID) -> Machtiging:
    return haal(db.session(), huidige_actor(), Machtiging, uid, "Deze machtiging")


def _opslag() -> Opslag:
    return opslag_van(current_app.extensions["instellingen"])


@bp.get("/machtigingen")
@vereist("machtigingen.lezen")
def lijst() -> str:
    """What waits for a signature on top, then all others. It names homes: the reading is logged."""
    actor, sessie = huidige_actor(), db.session()
    wachtend = queries.lijst_van(sessie, actor, ["ter_ondertekening"])
    overige = queries.lijst_van(sessie, actor, ["concept", "ondertekend", "ingetrokken"])
    uit = render_template(
        "acties/machtigingen.html",
        wachtend=wachtend,
        overige=overige,
        ondertekenen=rol_mag(actor.rol, "machtigingen.ondertekenen"),
        **_namen(),
    )
    gegevens = {"machtigingen": [m.nummer for m in (*wachtend, *overige)]}
    leg_vast(sessie, actor, klok().nu(), "machtigingen_gelezen", "gemeente", str(actor.gemeente_id), gegevens=gegevens)
    sessie.commit()
    return uit


def _stop(uid: UUID, stop_uid: UUID) -> Stop:
    stop = haal(db.session(), huidige_actor(), Stop, stop_uid, "Deze stop")
    if stop.actie_id != haal_actie(uid).id:
        raise NietGevonden("Deze stop hoort niet bij deze actie.")
    return stop


@bp.route("/acties/<uuid:uid>/stops/<uuid:stop_uid>/machtiging", methods=["GET", "POST"])
@vereist("machtigingen.aanvragen")
def stop(uid: UUID, stop_uid: UUID) -> Pagina:
    """Ask for the machtiging of one stop, with what its plan goes beyond in the one that there is."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _stop(uid, stop_uid)
    plan = queries.plannen_van(sessie, actor, [rij.id]).get(rij.id)
    staand = queries.machtigingen_van(sessie, actor, [rij.id]).get(rij.id)
    form = MachtigingForm(data=queries.voorstel(rij, plan))
    mensen = _zet_keuzes(sessie, actor, form, rij)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            nieuw = acts.vraag_aan(sessie, actor, nu, rij, form.vraag())
        except (Conflict, OngeldigeInvoer) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
            status = fout.status
            rij = _stop(uid, stop_uid)
        else:
            sessie.commit()
            flash("Het concept is gemaakt. Lees het na en stuur het ter ondertekening.", "succes")
            return redirect(url_for("machtigingen.toon", uid=nieuw.uid))
    return render_template(
        "acties/machtiging_vraag.html",
        stop=rij,
        actie=rij.actie,
        form=form,
        staand=staand,
        mensen=mensen,
        woning=queries.woning_van(rij.locatie),
        breuken=queries.breuken(rij, staand, plan) if rij.toegangsgrond == "machtiging" else [],
        uitleg=UITLEG,
        machtiging=None,
        **_namen(),
    ), status


def _zet_keuzes(sessie: Session, actor: Actor, form: MachtigingForm, rij: Stop) -> list[tuple[str, str]]:
    """Fill in the people of the team; returns (name, on what ground) of each."""
    mensen = queries.bevoegden(sessie, actor, rij, lokale_datum(rij.actie.begin_op))
    form.zet_mensen([mens for mens, _ in mensen.values()])
    return [(mens.naam, ", ".join(GRONDSLAGEN[code] for code in gronden)) for mens, gronden in mensen.values()]


@bp.route("/machtigingen/<uuid:uid>/wijzigen", methods=["GET", "POST"])
@vereist("machtigingen.aanvragen")
def wijzigen(uid: UUID) -> Pagina:
    """Change a draft."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _haal(uid)
    if rij.stop is None or rij.toestand != "concept":
        raise Conflict("Alleen een concept is te wijzigen.")
    velden = ("gever_soort", "gever_naam", "aan_naam", "aan_hoedanigheid", "grondslag", "doel", "nacht", "afwezig")
    begin = {naam: getattr(rij, naam) for naam in (*velden, "dringend", "uren_van", "uren_tot", "meegaanden")}
    andere = "\n".join(woning.regel for woning in rij.adressen[1:])
    form = MachtigingForm(
        data=begin | {"aan": str(rij.aan.uid), "andere": andere, "meegaanden_rol": rij.meegaanden_rol}
    )
    mensen = _zet_keuzes(sessie, actor, form, rij.stop)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            acts.wijzig(sessie, actor, nu, rij, form.vraag())
        except (Conflict, OngeldigeInvoer) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
            rij, status = _haal(uid), fout.status
        else:
            sessie.commit()
            flash("Het concept is opgeslagen.", "succes")
            return redirect(url_for("machtigingen.toon", uid=uid))
    assert rij.stop is not None
    return render_template(
        "acties/machtiging_vraag.html",
        stop=rij.stop,
        actie=rij.stop.actie,
        form=form,
        staand=None,
        mensen=mensen,
        woning=rij.adressen[0],
        breuken=[],
        uitleg=UITLEG,
        machtiging=rij,
        **_namen(),
    ), status


@bp.get("/machtigingen/<uuid:uid>")
@vereist("machtigingen.lezen")
def toon(uid: UUID) -> Pagina:
    """One machtiging with what may be done to it; names and homes stand in it, so the reading is logged."""
    pagina = _toon(uid)
    leg_vast(db.session(), huidige_actor(), klok().nu(), "machtiging_gelezen", "machtiging", uid)
    db.session.commit()
    return pagina


def _toon(uid: UUID, fout: str = "", status: int = 200) -> Pagina:
    actor, sessie = huidige_actor(), db.session()
    rij = _haal(uid)
    breuken = []
    if rij.stop is not None and rij.toestand != "ingetrokken":
        plan = queries.plannen_van(sessie, actor, [rij.stop.id]).get(rij.stop.id)
        breuken = queries.breuken(rij.stop, rij, plan)
    return render_template(
        "acties/machtiging.html",
        machtiging=rij,
        breuken=breuken,
        sjabloon=documenten.sjabloon_van_machtiging(sessie, actor, rij),
        verslagregel=verslagregel(sessie, actor, klok().nu(), rij.stop_id),
        aanvragen=rol_mag(actor.rol, "machtigingen.aanvragen"),
        ondertekenen=rol_mag(actor.rol, "machtigingen.ondertekenen"),
        ziet_actie=rol_mag(actor.rol, "acties.lezen"),
        zelf=actor.gebruiker_id == rij.aangevraagd_door_id,
        reden=RedenForm(formdata=None),
        papier=PapierForm(formdata=None),
        fout=fout,
        **_namen(),
    ), status


def _doe(uid: UUID, melding: str, daad: Callable[[Session, Actor, Machtiging], object]) -> Pagina:
    """One act on a machtiging; what could not be done is told on its page."""
    actor, sessie = huidige_actor(), db.session()
    try:
        daad(sessie, actor, _haal(uid))
    except (Conflict, OngeldigeInvoer, GeenRecht) as fout:
        sessie.rollback()
        return _toon(uid, fout.melding, fout.status)
    sessie.commit()
    flash(melding, "succes")
    return redirect(url_for("machtigingen.toon", uid=uid))


@bp.post("/machtigingen/<uuid:uid>/aanbieden")
@vereist("machtigingen.aanvragen")
def aanbieden(uid: UUID) -> Pagina:
    """Send it for signature, with the text that is in use today."""
    nu = klok().nu()

    def daad(sessie: Session, actor: Actor, rij: Machtiging) -> None:
        acts.bied_aan(sessie, actor, nu, rij)
        documenten.bied_tekst_aan(sessie, actor, _opslag(), nu, rij)

    return _doe(
        uid,
        "De machtiging staat ter ondertekening bij het kabinet.",
        daad,
    )


@bp.post("/machtigingen/<uuid:uid>/ondertekenen")
@vereist("machtigingen.ondertekenen")
def ondertekenen(uid: UUID) -> Pagina:
    """Sign: the document is made, kept under its hash, and nothing changes any more."""
    nu = klok().nu()

    def daad(sessie: Session, actor: Actor, rij: Machtiging) -> None:
        acts.onderteken(sessie, actor, nu, rij, partial(documenten.bewaar_machtiging, sessie, actor, _opslag(), nu))

    return _doe(uid, "De machtiging is ondertekend en ligt vast.", daad)


@bp.post("/machtigingen/<uuid:uid>/teruggeven")
@vereist("machtigingen.ondertekenen")
def teruggeven(uid: UUID) -> Pagina:
    """Not like this: back with a reason."""
    return _doe_met_reden(uid, "De aanvraag is teruggegeven.", acts.geef_terug)


@bp.post("/machtigingen/<uuid:uid>/intrekken")
@vereist("machtigingen.aanvragen")
def intrekken(uid: UUID) -> Pagina:
    """It will not be used."""
    return _doe_met_reden(uid, "De machtiging is ingetrokken.", acts.trek_in)


def _doe_met_reden(uid: UUID, gelukt: str, daad: Callable[[Session, Actor, datetime, Machtiging, str], None]) -> Pagina:
    form, nu = RedenForm(), klok().nu()
    if not form.validate_on_submit():
        return _toon(uid, next(iter(form.reden.errors), "Schrijf kort de reden."), 422)
    return _doe(uid, gelukt, lambda s, a, m: daad(s, a, nu, m, form.reden.data or ""))


@bp.post("/machtigingen/<uuid:uid>/papier")
@vereist("machtigingen.aanvragen")
def papier(uid: UUID) -> Pagina:
    """Take over one that was signed on paper, with its scan."""
    form = PapierForm()
    if not form.validate_on_submit():
        return _toon(uid, next(iter(form.afgifte.errors or form.bestand.errors), "Kies opnieuw."), 422)

    def daad(sessie: Session, actor: Actor, rij: Machtiging) -> None:
        stroom = form.bestand.data.stream
        gemeente = gemeente_uid(sessie, actor)
        acts.neem_papier_over(sessie, actor, klok().nu(), rij, form.afgifte.data, stroom, _opslag(), gemeente)

    return _doe(uid, "De ondertekende machtiging is overgenomen van papier.", daad)


@bp.get("/machtigingen/<uuid:uid>/document")
@vereist("machtigingen.lezen", bevestigd=True)
def document(uid: UUID) -> Response:
    """What was signed, as it was signed; before that the document to sign. Fetching it is logged."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _haal(uid)
    leg_vast(sessie, actor, nu, "machtiging_opgehaald", "machtiging", rij.uid)
    naam = f"machtiging-{rij.nummer}.{_BESTAND.get(rij.mediatype, 'pdf')}"
    if rij.sha256:
        pad = _opslag().pad(gemeente_uid(sessie, actor), rij.sha256)
        if not pad.is_file() or sha256_van(pad) != rij.sha256:
            raise NietGevonden("Dit bestand staat niet heel in de opslag. Waarschuw de beheerder.")
        antwoord = make_response(pad.read_bytes())
    elif rij.papier:
        raise NietGevonden("Van deze machtiging op papier is geen scan bewaard.")
    else:
        antwoord = make_response(documenten.lees_machtiging(sessie, actor, _opslag(), nu, rij))
    sessie.commit()
    antwoord.mimetype = rij.mediatype or "application/pdf"
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord
