"""Pages after an action: the debriefing with its parts, and the report."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.acties import afspraken, daarna, daarna_verslag
from inspecties.acties.daarna_forms import AfspraakForm, BesprekingForm, LesForm
from inspecties.acties.daarna_queries import Terugblik, lees_terugblik
from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_daarna import Actieverslag, Les
from inspecties.acties.rules.debriefing import (
    AFSPRAAKSTANDEN,
    CATEGORIEEN,
    RESULTATEN,
    is_te_laat,
    lees_uren,
    schrijf_uren,
)
from inspecties.acties.views import haal_actie, namen
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag, sha256_van
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.gebruikers.models import Gemeente
from inspecties.instellingen import opslag_van
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("daarna", __name__)

Pagina = str | Response | tuple[str, int]


@bp.get("/acties/<uuid:uid>/debriefing")
@vereist("debriefing.lezen", alleen_lezen=True)
def debriefing(uid: UUID) -> Pagina:
    """Looking back on an action: each stop, agreements, lessons, hours, and what still lacks."""
    return _toon(uid)


def _toon(
    uid: UUID,
    *,
    les: LesForm | None = None,
    afspraak: AfspraakForm | None = None,
    stop: UUID | None = None,
    bespreking: BesprekingForm | None = None,
    fout: str = "",
    status: int = 200,
) -> Pagina:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    daarna.eis_begonnen(actie)
    blik = lees_terugblik(sessie, actor, actie, nu, daarna_verslag.vingerafdruk)
    afspraak = afspraak or AfspraakForm(formdata=None)
    _zet_keuzes(sessie, actor, afspraak, blik)
    return render_template(
        "acties/debriefing.html",
        blik=blik,
        actie=actie,
        formulieren=_stopformulieren(blik, stop, bespreking),
        afspraak=afspraak,
        les=les or LesForm(formdata=None),
        form=Formulier(formdata=None),
        schrijft=rol_mag(actor.rol, "debriefing.vastleggen"),
        resultaten=RESULTATEN,
        standen=AFSPRAAKSTANDEN,
        categorieen=CATEGORIEEN,
        schrijf_uren=schrijf_uren,
        getypt=request.form if fout else {},
        te_laat=lambda a: is_te_laat(a.toestand, a.uiterlijk, lokale_datum(nu)),
        fout=fout,
        **namen(),
    ), status


def _stopformulieren(blik: Terugblik, stop: UUID | None, getypt: BesprekingForm | None) -> dict[int, BesprekingForm]:
    """A form per stop: what was typed, else what is stored, else what state and visit point to."""
    uit = {}
    for b in blik.stops:
        bespreking, eigen = b.bespreking, b.stop.uid == stop and getypt is not None
        form = (
            getypt
            if eigen and getypt is not None
            else BesprekingForm(
                formdata=None,
                resultaat=bespreking.resultaat if bespreking else b.voorstel,
                opmerking=bespreking.opmerking if bespreking else "",
            )
        )
        form.versie.data = str(bespreking.versie if bespreking else 0)
        for veld in (form.resultaat, form.opmerking):
            # One page has a form for each stop.
            veld.id = f"{veld.name}-{b.stop.uid}"
        uit[b.stop.id] = form
    return uit


def _zet_keuzes(sessie: Session, actor: Actor, form: AfspraakForm, blik: Terugblik) -> None:
    form.wie.choices = keuzes(afspraken.eigenaren(sessie, actor).items(), "Kies iemand")
    stops = ((str(b.stop.uid), f"{b.stop.volgorde}. {b.stop.locatie.adresregel}") for b in blik.stops)
    form.stop.choices = keuzes(stops, "De hele actie")


def _naar(uid: UUID, anker: str) -> Response:
    return redirect(url_for("daarna.debriefing", uid=uid, _anchor=anker))


def _stop(uid: UUID, stop_uid: UUID) -> Stop:
    stop = haal(db.session(), huidige_actor(), Stop, stop_uid, "Deze stop")
    if stop.actie_id != haal_actie(uid).id:
        raise NietGevonden("Deze stop hoort niet bij deze actie.")
    return stop


@bp.post("/acties/<uuid:uid>/debriefing/stops/<uuid:stop_uid>")
@vereist("debriefing.vastleggen")
def bespreek(uid: UUID, stop_uid: UUID) -> Pagina:
    """Keep the result of one stop."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    stop = _stop(uid, stop_uid)
    form = BesprekingForm()
    if not form.validate_on_submit():
        return _toon(uid, stop=stop_uid, bespreking=form, fout="Kijk de stop na die u opsloeg.", status=422)
    try:
        daarna.bespreek_stop(sessie, actor, nu, stop, form.resultaat.data, form.opmerking.data or "", form.gezien)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return _toon(uid, stop=stop_uid, bespreking=form, fout=fout.melding, status=fout.status)
    sessie.commit()
    flash("De stop is besproken.", "succes")
    return _naar(uid, f"stop-{stop_uid}")


@bp.post("/acties/<uuid:uid>/debriefing/afspraken")
@vereist("debriefing.vastleggen")
def spreek_af(uid: UUID) -> Pagina:
    """Keep what was agreed."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    daarna.eis_begonnen(actie)
    form = AfspraakForm()
    _zet_keuzes(sessie, actor, form, lees_terugblik(sessie, actor, actie, nu))
    if not form.validate_on_submit():
        return _toon(uid, afspraak=form, fout="De afspraak is nog niet opgeslagen.", status=422)
    try:
        stop = _stop(uid, UUID(form.stop.data)) if form.stop.data else None
        gegevens = afspraken.AfspraakGegevens(form.wat.data, form.wie.data, form.uiterlijk.data, stop)
        afspraken.spreek_af(sessie, actor, nu, actie, gegevens)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, afspraak=form, fout=fout.melding, status=fout.status)
    sessie.commit()
    flash("De afspraak is opgeslagen.", "succes")
    return _naar(uid, "afspraken")


@bp.post("/acties/<uuid:uid>/debriefing/lessen")
@vereist("debriefing.vastleggen")
def leer(uid: UUID) -> Pagina:
    """Keep a lesson."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    form = LesForm()
    if not form.validate_on_submit():
        return _toon(uid, les=form, fout="De les is nog niet opgeslagen.", status=422)
    try:
        daarna.schrijf_les(sessie, actor, nu, actie, form.categorie.data, form.tekst.data)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, les=form, fout=fout.melding, status=fout.status)
    sessie.commit()
    flash("De les is opgeslagen.", "succes")
    return _naar(uid, "lessen")


@bp.post("/acties/lessen/<uuid:uid>/weghalen")
@vereist("debriefing.vastleggen")
def les_weg(uid: UUID) -> Pagina:
    """A lesson that does not hold."""
    actor, sessie = huidige_actor(), db.session()
    les = haal(sessie, actor, Les, uid, "Deze les")
    actie = les.actie.uid
    daarna.haal_les_weg(sessie, actor, klok().nu(), les)
    sessie.commit()
    flash("De les is weggehaald.", "succes")
    return _naar(actie, "lessen")


@bp.post("/acties/<uuid:uid>/debriefing/uren")
@vereist("debriefing.vastleggen")
def uren(uid: UUID) -> Pagina:
    """Keep hours: fields ``uren-<key>`` and ``reden-<key>``; an empty one is left alone."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    try:
        invoer = {
            naam.removeprefix("uren-"): daarna.Ureninvoer(
                lees_uren(waarde, naam), request.form.get("reden-" + naam.removeprefix("uren-"), "")
            )
            for naam, waarde in request.form.items()
            if naam.startswith("uren-") and waarde.strip()
        }
        daarna.zet_uren(sessie, actor, nu, actie, invoer)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return _toon(uid, fout=fout.melding, status=fout.status)
    sessie.commit()
    flash("De uren zijn opgeslagen.", "succes")
    return _naar(uid, "uren")


def _opslag() -> Opslag:
    return opslag_van(current_app.extensions["instellingen"])


def _gemeente(sessie: Session, actor: Actor) -> UUID:
    return sessie.scalars(select(Gemeente.uid).where(Gemeente.id == actor.gemeente_id)).one()


@bp.post("/acties/<uuid:uid>/debriefing/verslag")
@vereist("debriefing.vastleggen")
def maak_verslag(uid: UUID) -> Pagina:
    """Freeze a report of how it is now."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie: Actie = haal_actie(uid)
    gemeente = _gemeente(sessie, actor)
    bewaar: Callable[[bytes], str] = lambda inhoud: _opslag().schrijf(gemeente, inhoud)  # noqa: E731 - an argument
    try:
        rij = daarna_verslag.leg_verslag_vast(sessie, actor, nu, actie, bewaar)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return _toon(uid, fout=fout.melding, status=fout.status)
    sessie.commit()
    flash(f"Verslag {rij.nummer} is gemaakt en ligt vast.", "succes")
    return _naar(uid, "verslag")


@bp.get("/acties/verslagen/<uuid:uid>")
@vereist("actieverslag.lezen")
def verslag(uid: UUID) -> Response:
    """The report as it was frozen: with addresses for who reads the whole debriefing. Fetching it is logged."""
    actor, sessie = huidige_actor(), db.session()
    rij = haal(sessie, actor, Actieverslag, uid, "Dit verslag")
    adressen = rol_mag(actor.rol, "debriefing.lezen")
    leg_vast(
        sessie, actor, klok().nu(), "actieverslag_opgehaald", "actieverslag", rij.uid, gegevens={"adressen": adressen}
    )
    sha256 = rij.sha256 if adressen else rij.sha256_zonder
    pad = _opslag().pad(_gemeente(sessie, actor), sha256)
    if not pad.is_file() or sha256_van(pad) != sha256:
        raise NietGevonden("Dit verslag staat niet heel in de opslag. Waarschuw de beheerder.")
    antwoord = make_response(pad.read_bytes())
    sessie.commit()
    antwoord.mimetype = "application/pdf"
    antwoord.headers["Content-Disposition"] = f'attachment; filename="actieverslag-{rij.nummer}.pdf"'
    return antwoord
