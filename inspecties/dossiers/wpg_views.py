"""Pages of police data (Wpg): the list of who is named, reading with a reason, back to supervision, who may read."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.models_wpg import Wpglezer
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules_wpg import ARTIKELEN
from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import wpg, wpg_lezers
from inspecties.dossiers.bewijs_views import bestandsantwoord
from inspecties.dossiers.bewijsbestand import eis_heel
from inspecties.dossiers.pagina import opslag
from inspecties.dossiers.wpg_bezoek import ANTWOORD_APART, FOTO_APART
from inspecties.dossiers.wpg_forms import AanwijsForm, EindeForm, LeesForm, TerugForm
from inspecties.dossiers.wpg_signaal import SIGNAAL_APART
from inspecties.dossiers.wpg_stuk import STUK
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("politiegegevens", __name__)
Antwoord = WerkzeugResponse | str | tuple[str, int]
# Every kind of police data that can be read.
SOORTEN = (STUK, FOTO_APART, ANTWOORD_APART, SIGNAAL_APART)


@bp.get("/politiegegevens")
@vereist("politiegegevens.lezen")
def lijst() -> str:
    """What stands apart, for who is named; what it says stands on none of these lines."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vandaag = lokale_datum(nu)
    rijen = wpg.gegevens(sessie, actor, vandaag, SOORTEN)
    pagina = render_template(
        "politiegegevens/lijst.html", rijen=rijen, lezer=wpg.is_lezer(sessie, actor), maanden=maanden_op(vandaag)
    )
    leg_vast(sessie, actor, nu, "politiegegevens_bekeken", "gemeente", str(actor.gemeente_id))
    sessie.commit()
    return pagina


def _toon(
    p: wpg.Politiegegeven, form: LeesForm, terug: TerugForm, status: int = 200, inhoud: wpg.Inhoud | None = None
) -> tuple[str, int]:
    """Renders and commits; nothing of the content without ``inhoud``."""
    actor, sessie = huidige_actor(), db.session()
    form.grond.choices = keuzes(p.stand.gronden.items(), "Kies waarvoor")
    pagina = render_template(
        "politiegegevens/stuk.html",
        p=p,
        form=form,
        terugform=terug,
        inhoud=inhoud,
        artikelen=ARTIKELEN,
        stappen=wpg.stappen(sessie, actor, p),
        mag_terug=rol_mag(actor.rol, "politiegegevens.terug") and not p.stand.voorbij,
    )
    sessie.commit()
    return pagina, status


def _gegeven(uid: UUID) -> wpg.Politiegegeven:
    return wpg.haal_gegeven(db.session(), huidige_actor(), lokale_datum(klok().nu()), SOORTEN, uid)


@bp.get("/politiegegevens/<uuid:uid>")
@vereist("politiegegevens.lezen")
def stuk(uid: UUID) -> Antwoord:
    """Asks why; shows nothing of it yet."""
    p = _gegeven(uid)
    leg_vast(db.session(), huidige_actor(), klok().nu(), "politiegegeven_geopend", p.soort.code, uid, p.merk.artikel)
    return _toon(p, LeesForm(formdata=None), TerugForm(formdata=None))


def _gekozen(p: wpg.Politiegegeven) -> tuple[str, str] | None:
    """The file that was asked for: ``bestand``, or ``bestand-2`` where there are more; None to read it here."""
    wat, _, nr = request.form.get("wat", "").partition("-")
    welk = int(nr or "1") if nr == "" or (nr.isdecimal() and len(nr) <= 3) else 0
    return p.bestanden[welk - 1] if wat == "bestand" and 1 <= welk <= len(p.bestanden) else None


@bp.post("/politiegegevens/<uuid:uid>")
@vereist("politiegegevens.lezen", bevestigd=True)
def lees(uid: UUID) -> Antwoord | Response:
    """Show it, or give the file, after the line in the log. ``wat``: tekst or bestand."""
    actor, sessie, nu, p = huidige_actor(), db.session(), klok().nu(), _gegeven(uid)
    form = LeesForm()
    form.grond.choices = keuzes(p.stand.gronden.items(), "Kies waarvoor")
    bestand = _gekozen(p)
    if not form.validate():
        return _toon(p, form, TerugForm(formdata=None), 422)
    try:
        wpg.lees(sessie, actor, nu, p, form.grond.data, form.reden.data, "opgehaald" if bestand else "gelezen")
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(_gegeven(uid), form, TerugForm(formdata=None), fout.status)
    if bestand is None:
        return _toon(p, form, TerugForm(formdata=None), inhoud=wpg.lees_inhoud(sessie, actor, opslag(), p))
    sha256, mediatype = bestand
    inhoud = eis_heel(sessie, actor, opslag(), sha256, "Het bestand")
    sessie.commit()
    return bestandsantwoord(inhoud, mediatype, f"politiegegeven-{sha256[:12]}")


@bp.post("/politiegegevens/<uuid:uid>/terug")
@vereist("politiegegevens.terug", bevestigd=True)
def terug(uid: UUID) -> Antwoord:
    """Back to supervision, with a ground."""
    actor, sessie, nu, p, form = huidige_actor(), db.session(), klok().nu(), _gegeven(uid), TerugForm()
    if not form.validate():
        return _toon(p, LeesForm(formdata=None), form, 422)
    wat = p.soort.wat.capitalize()
    try:
        wpg.zet_terug(sessie, actor, nu, p, form.terug_grond.data, form.terug_reden.data)
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(f"terug_{fout.veld}", fout.melding)
        return _toon(_gegeven(uid), LeesForm(formdata=None), form, fout.status)
    sessie.commit()
    flash(f"{wat} terug naar toezicht. Wie daar bij mag, ziet het weer.", "succes")
    return redirect(url_for("politiegegevens.lijst"))


def _toon_aangewezen(form: AanwijsForm, einde: EindeForm, bij: UUID | None = None, status: int = 200) -> Antwoord:
    actor, sessie = huidige_actor(), db.session()
    form.lid.choices = keuzes(wpg_lezers.mogelijke(sessie, actor), "Kies een collega")
    pagina = render_template(
        "politiegegevens/aangewezen.html",
        lezers=wpg_lezers.aangewezen(sessie, actor),
        form=form,
        einde=einde,
        bij=bij,
    )
    sessie.commit()
    return pagina, status


@bp.get("/politiegegevens/aangewezen")
@vereist("politiegegevens.aanwijzen")
def aangewezen() -> Antwoord:
    """Who may read police data, and who could."""
    actor = huidige_actor()
    leg_vast(db.session(), actor, klok().nu(), "politielezers_bekeken", "gemeente", str(actor.gemeente_id))
    return _toon_aangewezen(AanwijsForm(formdata=None), EindeForm(formdata=None))


@bp.post("/politiegegevens/aangewezen")
@vereist("politiegegevens.aanwijzen", bevestigd=True)
def wijs_aan() -> Antwoord:
    """Name somebody."""
    actor, sessie, nu, form = huidige_actor(), db.session(), klok().nu(), AanwijsForm()
    form.lid.choices = keuzes(wpg_lezers.mogelijke(sessie, actor), "Kies een collega")
    if not form.validate():
        return _toon_aangewezen(form, EindeForm(formdata=None), status=422)
    try:
        lid = haal(sessie, actor, Lidmaatschap, form.lid.data, "Deze collega")
        wpg_lezers.wijs_aan(sessie, actor, nu, lid, form.reden.data)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_aangewezen(form, EindeForm(formdata=None), status=fout.status)
    sessie.commit()
    flash("Deze collega kan vanaf nu politiegegevens lezen.", "succes")
    return redirect(url_for("politiegegevens.aangewezen"))


@bp.post("/politiegegevens/aangewezen/<uuid:uid>/einde")
@vereist("politiegegevens.aanwijzen", bevestigd=True)
def beeindig(uid: UUID) -> Antwoord:
    """This person reads no police data any more."""
    actor, sessie, nu, form = huidige_actor(), db.session(), klok().nu(), EindeForm()
    rij = haal(sessie, actor, Wpglezer, uid, "Deze aanwijzing")
    if not form.validate():
        return _toon_aangewezen(AanwijsForm(formdata=None), form, uid, 422)
    try:
        wpg_lezers.beeindig(sessie, actor, nu, rij, form.waarom.data)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout("waarom", fout.melding)
        return _toon_aangewezen(AanwijsForm(formdata=None), form, uid, fout.status)
    sessie.commit()
    flash("Deze collega kan geen politiegegevens meer lezen.", "succes")
    return redirect(url_for("politiegegevens.aangewezen"))
