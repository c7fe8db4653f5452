"""Pages of police data (Wpg): set apart, the list of who is named, reading with a reason, and who may read."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.models_wpg import Wpglezer
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules_wpg import ARTIKELEN
from inspecties.core.fouten import Conflict, InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import wpg, wpg_lezers
from inspecties.dossiers.bewijs_views import bestandsantwoord, lees_dossier, zoek
from inspecties.dossiers.bewijsbestand import eis_heel
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.pagina import opslag
from inspecties.dossiers.wpg_forms import AanwijsForm, ApartForm, EindeForm, LeesForm, TerugForm
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("politiegegevens", __name__)
Antwoord = WerkzeugResponse | str | tuple[str, int]


@bp.route("/dossiers/<uuid:uid>/bewijs/stuk/<uuid:stuk_uid>/politiegegeven", methods=["GET", "POST"])
@vereist("politiegegevens.apart")
def apart(uid: UUID, stuk_uid: UUID) -> Antwoord:
    """Set a piece apart: from then on only who is named reads it."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    form = ApartForm() if request.method == "POST" else ApartForm(formdata=None)
    dossier = lees_dossier(str(uid), "bewijsstuk")
    rij = zoek(dossier, str(stuk_uid))[1]
    if not isinstance(rij, Bronstuk):
        raise NietGevonden("Alleen een rapport, verklaring of conclusie kan apart staan als politiegegeven.")
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                wpg.zet_apart(
                    sessie, actor, nu, rij, form.ontvangen_van.data, form.artikel.data, form.ontvangen_op.data,
                    form.reden.data,
                )  # fmt: skip
            except (OngeldigeInvoer, Conflict) as fout:
                sessie.rollback()
                form.meld_fout(fout.veld, fout.melding)
                status = fout.status
                dossier = lees_dossier(str(uid), "bewijsstuk")
                rij = zoek(dossier, str(stuk_uid))[1]
            else:
                sessie.commit()
                flash("Het stuk staat apart als politiegegeven. Alleen wie is aangewezen, kan het lezen.", "succes")
                return redirect(url_for("bewijs.lijst", uid=uid))
    pagina = render_template(
        "politiegegevens/apart.html", dossier=dossier, stuk=rij, form=form, maanden=maanden_op(lokale_datum(nu))
    )
    sessie.commit()
    return pagina, status


@bp.get("/politiegegevens")
@vereist("politiegegevens.lezen")
def lijst() -> str:
    """What stands apart, for who is named; what it says stands on none of these lines."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vandaag = lokale_datum(nu)
    rijen = wpg.stukken(sessie, actor, vandaag)
    pagina = render_template(
        "politiegegevens/lijst.html", rijen=rijen, lezer=wpg.is_lezer(sessie, actor), maanden=maanden_op(vandaag)
    )
    leg_vast(sessie, actor, nu, "politiegegevens_bekeken", "gemeente", str(actor.gemeente_id))
    sessie.commit()
    return pagina


def _toon(
    p: wpg.Politiestuk, form: LeesForm, terug: TerugForm, status: int = 200, *, gelezen: bool = False
) -> tuple[str, int]:
    """Renders and commits; nothing of the content unless ``gelezen``."""
    actor, sessie = huidige_actor(), db.session()
    form.grond.choices = keuzes(p.stand.gronden.items(), "Kies waarvoor")
    pagina = render_template(
        "politiegegevens/stuk.html",
        p=p,
        form=form,
        terugform=terug,
        gelezen=gelezen,
        artikelen=ARTIKELEN,
        stappen=wpg.stappen(sessie, actor, p),
        mag_terug=rol_mag(actor.rol, "politiegegevens.terug") and not p.stand.voorbij,
    )
    sessie.commit()
    return pagina, status


def _stuk(uid: UUID) -> wpg.Politiestuk:
    return wpg.haal_stuk(db.session(), huidige_actor(), lokale_datum(klok().nu()), uid)


@bp.get("/politiegegevens/<uuid:uid>")
@vereist("politiegegevens.lezen")
def stuk(uid: UUID) -> Antwoord:
    """Asks why; shows nothing of it yet."""
    p = _stuk(uid)
    leg_vast(db.session(), huidige_actor(), klok().nu(), "politiegegeven_geopend", wpg.OBJECT, uid, p.merk.artikel)
    return _toon(p, LeesForm(formdata=None), TerugForm(formdata=None))


@bp.post("/politiegegevens/<uuid:uid>")
@vereist("politiegegevens.lezen", bevestigd=True)
def lees(uid: UUID) -> Antwoord | Response:
    """Show it, or give the file, after the line in the log. ``wat``: tekst or bestand."""
    actor, sessie, nu, p = huidige_actor(), db.session(), klok().nu(), _stuk(uid)
    form = LeesForm()
    form.grond.choices = keuzes(p.stand.gronden.items(), "Kies waarvoor")
    als_file = request.form.get("wat") == "bestand" and bool(p.stuk.sha256)
    if not form.validate():
        return _toon(p, form, TerugForm(formdata=None), 422)
    try:
        wpg.lees(
            sessie, actor, nu, p, form.grond.data, form.reden.data, "opgehaald" if als_file else "gelezen"
        )  # fmt: skip
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(_stuk(uid), form, TerugForm(formdata=None), fout.status)
    if not als_file:
        return _toon(p, form, TerugForm(formdata=None), gelezen=True)
    inhoud = eis_heel(sessie, actor, opslag(), p.stuk.sha256, "Het bestand")
    naam, mediatype = f"politiegegeven-{p.stuk.merk}", p.stuk.mediatype
    sessie.commit()
    return bestandsantwoord(inhoud, mediatype, naam)


@bp.post("/politiegegevens/<uuid:uid>/terug")
@vereist("politiegegevens.terug", bevestigd=True)
def terug(uid: UUID) -> Antwoord:
    """Back to supervision, with a ground."""
    actor, sessie, nu, p, form = huidige_actor(), db.session(), klok().nu(), _stuk(uid), TerugForm()
    if not form.validate():
        return _toon(p, LeesForm(formdata=None), form, 422)
    try:
        wpg.zet_terug(sessie, actor, nu, p, form.terug_grond.data, form.terug_reden.data)
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(f"terug_{fout.veld}", fout.melding)
        return _toon(_stuk(uid), LeesForm(formdata=None), form, fout.status)
    sessie.commit()
    flash("Het stuk staat weer in het dossier. Wie dat dossier mag lezen, ziet het weer.", "succes")
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
