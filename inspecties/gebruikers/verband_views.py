"""Pages of a beheerder for partnerships: the list, one membership with its contact and its switch."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspecties.core.fouten import InspectiesFout
from inspecties.database import db, haal
from inspecties.gebruikers import verband as operations
from inspecties.gebruikers import verband_queries as queries
from inspecties.gebruikers.models_verband import Verbandlid
from inspecties.gebruikers.verband_forms import AansluitForm, ContactForm, OprichtForm
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("verband", __name__, url_prefix="/beheer/samenwerking")

Pagina = str | Response | tuple[str, int]


def _lid(uid: UUID) -> Verbandlid:
    return haal(db.session(), huidige_actor(), Verbandlid, uid, "Dit samenwerkingsverband")


def _overzicht(oprichten: OprichtForm, aansluiten: AansluitForm) -> str:
    actor, sessie = huidige_actor(), db.session()
    leden = queries.eigen_lidmaatschappen(sessie, actor)
    open_ = queries.aan_te_sluiten(sessie, actor)
    aansluiten.zet_verbanden([(str(v.uid), v.naam) for v in open_])
    return render_template(
        "samenwerking/lijst.html",
        leden=[(lid, queries.anderen_in(sessie, lid)) for lid in leden],
        oprichten=oprichten,
        aansluiten=aansluiten if open_ else None,
    )


@bp.get("")
@vereist("samenwerking.beheren", alleen_lezen=True)
def lijst() -> str:
    """The partnerships of the own gemeente, and how to found or join one."""
    return _overzicht(OprichtForm(formdata=None), AansluitForm(formdata=None))


@bp.post("/oprichten")
@vereist("samenwerking.beheren")
def oprichten() -> Pagina:
    """Found a partnership."""
    sessie, form = db.session(), OprichtForm()
    if form.validate_on_submit():
        try:
            lid = operations.richt_op(sessie, huidige_actor(), klok().nu(), form.naam.data)
        except InspectiesFout as fout:
            sessie.rollback()
            form.meld_fout(fout.veld or "naam", fout.melding)
        else:
            sessie.commit()
            flash("Het samenwerkingsverband is opgericht. Er wordt nog niets gedeeld.", "succes")
            return redirect(url_for("verband.toon", uid=lid.uid), 303)
    return _overzicht(form, AansluitForm(formdata=None)), 422


@bp.post("/aansluiten")
@vereist("samenwerking.beheren")
def aansluiten() -> Pagina:
    """Ask to join a partnership."""
    actor, sessie, form = huidige_actor(), db.session(), AansluitForm()
    verbanden = {str(v.uid): v for v in queries.aan_te_sluiten(sessie, actor)}
    form.zet_verbanden([(uid, v.naam) for uid, v in verbanden.items()])
    if form.validate_on_submit():
        try:
            lid = operations.vraag_aan(sessie, actor, klok().nu(), verbanden[form.verband.data])
        except InspectiesFout as fout:
            sessie.rollback()
            form.meld_fout("verband", fout.melding)
        else:
            sessie.commit()
            flash("Het verzoek is gedaan. Een beheerder van een gemeente die al lid is, laat u toe.", "succes")
            return redirect(url_for("verband.toon", uid=lid.uid), 303)
    return _overzicht(OprichtForm(formdata=None), form), 422


def _toon(lid: Verbandlid, form: ContactForm) -> str:
    return render_template(
        "samenwerking/lid.html", lid=lid, anderen=queries.anderen_in(db.session(), lid), form=form
    )  # fmt: skip


@bp.route("/<uuid:uid>", methods=["GET", "POST"])
@vereist("samenwerking.beheren")
def toon(uid: UUID) -> Pagina:
    """One membership; the form changes whom the others call."""
    sessie, lid = db.session(), _lid(uid)
    huidig = {veld: getattr(lid, veld) for veld in ("contact_naam", "contact_telefoon", "contact_email")}
    form = ContactForm(data=huidig)
    if form.validate_on_submit():
        try:
            operations.wijzig_contact(
                sessie,
                huidige_actor(),
                klok().nu(),
                lid,
                *(form[veld].data for veld in huidig),
            )
        except InspectiesFout as fout:
            sessie.rollback()
            lid = _lid(uid)
            form.meld_fout(fout.veld, fout.melding)
        else:
            sessie.commit()
            flash("De contactpersoon is opgeslagen.", "succes")
            return redirect(url_for("verband.toon", uid=uid), 303)
    return _toon(lid, form), 422 if form.is_submitted() else 200


def _doe(uid: UUID, handeling: Callable[[Verbandlid], str], terug: str = "") -> Pagina:
    """One act on a membership; what went wrong stands above its page."""
    sessie, lid = db.session(), _lid(uid)
    try:
        melding = handeling(lid)
    except InspectiesFout as fout:
        sessie.rollback()
        form = ContactForm(formdata=None, obj=_lid(uid))
        form.form_errors.append(fout.melding)
        return _toon(_lid(uid), form), fout.status
    sessie.commit()
    flash(melding, "succes")
    return redirect(terug or url_for("verband.toon", uid=uid), 303)


@bp.post("/<uuid:uid>/delen")
@vereist("samenwerking.beheren")
def delen(uid: UUID) -> Pagina:
    """Switch sharing of links on (``aan`` = ja) or off."""
    aan = request.form.get("aan") == "ja"

    def schakel(lid: Verbandlid) -> str:
        operations.zet_delen(db.session(), huidige_actor(), klok().nu(), lid, aan=aan)
        return "Koppelingen delen staat aan." if aan else "Koppelingen delen staat uit. Er wordt niets meer getoond."

    return _doe(uid, schakel)


@bp.post("/<uuid:uid>/toelaten")
@vereist("samenwerking.beheren")
def toelaten(uid: UUID) -> Pagina:
    """Let the gemeente with this code (``gemeente``) in."""
    code = request.form.get("gemeente", "")[:4]

    def laat_toe(lid: Verbandlid) -> str:
        naam = operations.laat_toe(db.session(), huidige_actor(), klok().nu(), lid, code)
        return f"{naam} is toegelaten. Uw eigen schakelaar geldt pas voor {naam} als u die opnieuw aanzet."

    if not code:
        return _doe(uid, _zonder_code)
    return _doe(uid, laat_toe)


def _zonder_code(_lid: Verbandlid) -> str:
    raise InspectiesFout("Kies welke gemeente u wilt toelaten.", "gemeente")


@bp.post("/<uuid:uid>/verlaten")
@vereist("samenwerking.beheren")
def verlaten(uid: UUID) -> Pagina:
    """Leave the partnership; needs the tick that says so."""
    if request.form.get("zeker") != "ja":
        return _doe(uid, _zonder_vinkje)

    def verlaat(lid: Verbandlid) -> str:
        operations.verlaat(db.session(), huidige_actor(), klok().nu(), lid)
        return f"Uw gemeente heeft {lid.verband.naam} verlaten. Er wordt niets meer gedeeld."

    return _doe(uid, verlaat, url_for("verband.lijst"))


def _zonder_vinkje(_lid: Verbandlid) -> str:
    raise InspectiesFout("Zet een vinkje als u het samenwerkingsverband echt wilt verlaten.", "zeker")
