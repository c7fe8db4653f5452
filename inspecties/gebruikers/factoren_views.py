"""Pages on which a person sees and changes by what they log in."""

from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.database.basis import db
from inspecties.gebruikers import factoren, herstelcodes, totp
from inspecties.gebruikers.berichten import berichten
from inspecties.gebruikers.bevestigen import VELD, BevestigingNodig, eis_bevestiging, keuze_van
from inspecties.gebruikers.factoren_forms import AppForm, BevestigForm
from inspecties.gebruikers.factoren_toegang import eis_vers, is_vers
from inspecties.gebruikers.inloggen import passkeys_kunnen, veilig_doel, verplicht, zet_koekje
from inspecties.gebruikers.models import Gebruiker
from inspecties.gebruikers.sessies import wissel_sessie
from inspecties.web.poort import huidige_actor, klok, sleutelbos, vereist

bp = Blueprint("factoren", __name__)

Pagina = str | WerkzeugResponse | tuple[str, int]


@bp.app_context_processor
def _keuze() -> dict[str, Any]:
    """For the macro that asks to prove oneself: what this person can do that with, looked up when it is drawn."""
    return {"bevestigkeuze": lambda: keuze_van(db.session(), huidige_actor())}


def _gebruiker() -> Gebruiker:
    return db.session.get_one(Gebruiker, huidige_actor().gebruiker_id)


def _eerst_bevestigen() -> WerkzeugResponse:
    return redirect(url_for("factoren.bevestigen", volgende=url_for("factoren.overzicht")))


@bp.get("/account/factoren")
@vereist("account.beheren", opzet=True, alleen_lezen=True)
def overzicht() -> str:
    """The own passkeys, app and recovery codes; also where a first one is set up."""
    actor, sessie = huidige_actor(), db.session()
    eigen = factoren.factoren_van(sessie, actor.gebruiker_id or 0)
    return render_template(
        "gebruikers/factoren.html",
        eigen=eigen,
        vers=is_vers(sessie, actor, klok().nu()),
        kan=passkeys_kunnen(),
        laatste_vast=verplicht() and eigen.aantal == 1,
        verplicht=verplicht(),
    )


def _wissel() -> None:
    """Commit, and give this login another secret."""
    rij = wissel_sessie(db.session(), huidige_actor())
    db.session.commit()
    if rij is not None:
        zet_koekje(klok().nu(), rij)


def _toon_app(form: AppForm, status: int = 200) -> Pagina:
    sessie, actor, nu = db.session(), huidige_actor(), klok().nu()
    factoren.eis_volle_aanmelding(sessie, actor)
    if not is_vers(sessie, actor, nu):
        return _eerst_bevestigen()
    opzet = totp.open_opzet(sessie, sleutelbos(), nu, _gebruiker())
    if opzet is None:
        return redirect(url_for("factoren.overzicht"))
    return render_template("gebruikers/factor_app.html", form=form, opzet=opzet), status


@bp.post("/account/factoren/app")
@vereist("account.beheren", opzet=True)
def begin_app() -> Pagina:
    """Begin with an app: a fresh secret that waits for its first code."""
    sessie, nu, actor = db.session(), klok().nu(), huidige_actor()
    factoren.eis_volle_aanmelding(sessie, actor)
    if not is_vers(sessie, actor, nu):
        return _eerst_bevestigen()
    totp.begin_opzet(sessie, sleutelbos(), nu, _gebruiker(), nieuw=True)
    sessie.commit()
    return redirect(url_for("factoren.app"))


@bp.get("/account/factoren/app")
@vereist("account.beheren", opzet=True, alleen_lezen=True)
def app() -> Pagina:
    """The secret for the app, as a picture and as text, and the question for its first code."""
    return _toon_app(AppForm(formdata=None))


@bp.get("/account/factoren/app/beeld.png")
@vereist("account.beheren", opzet=True, alleen_lezen=True)
def app_beeld() -> Response | WerkzeugResponse:
    """The secret as a picture to scan; it is gone once the app is in use."""
    sessie, actor, nu = db.session(), huidige_actor(), klok().nu()
    factoren.eis_volle_aanmelding(sessie, actor)
    if not is_vers(sessie, actor, nu):
        return _eerst_bevestigen()
    opzet = totp.open_opzet(sessie, sleutelbos(), nu, _gebruiker())
    if opzet is None:
        return redirect(url_for("factoren.overzicht"))
    beeld = BytesIO()
    segno.make(opzet.adres, error="m").save(beeld, kind="png", scale=5, border=4)
    return Response(beeld.getvalue(), content_type="image/png", headers={"Cache-Control": "no-store"})


@bp.post("/account/factoren/app/bevestigen")
@vereist("account.beheren", opzet=True)
def bevestig_app() -> Pagina:
    """The first code of the app: from now on it counts."""
    sessie, nu, actor, form = db.session(), klok().nu(), huidige_actor(), AppForm()
    if not form.validate_on_submit():
        return _toon_app(form, 422)
    try:
        eis_vers(sessie, actor, nu)
        gebruiker = _gebruiker()
        totp.bevestig_opzet(sessie, sleutelbos(), nu, gebruiker, form.code.data)
    except BevestigingNodig:
        return _eerst_bevestigen()
    except OngeldigeInvoer as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_app(form, fout.status)
    factoren.na_toevoegen(sessie, actor, nu, gebruiker, "totp", berichten())
    _wissel()
    flash("Uw app is ingesteld. Bewaar nu ook herstelcodes, voor als u uw telefoon kwijt bent.", "succes")
    return redirect(url_for("factoren.overzicht"))


@bp.post("/account/factoren/app/verwijderen")
@vereist("account.beheren")
def verwijder_app() -> WerkzeugResponse:
    """Take the own app away."""
    sessie, nu, actor = db.session(), klok().nu(), huidige_actor()
    if not is_vers(sessie, actor, nu):
        return _eerst_bevestigen()
    if totp.in_gebruik(sessie, actor.gebruiker_id or 0) is None:
        flash("U hebt geen app met codes ingesteld.", "info")
        return redirect(url_for("factoren.overzicht"))
    factoren.verwijder_app(sessie, actor, nu, berichten(), verplicht=verplicht())
    _wissel()
    flash("De app is verwijderd. Codes uit die app werken niet meer.", "succes")
    return redirect(url_for("factoren.overzicht"))


@bp.post("/account/factoren/passkeys/verwijderen")
@vereist("account.beheren")
def verwijder_passkey() -> WerkzeugResponse:
    """Take one of the own passkeys away."""
    sessie, nu, actor = db.session(), klok().nu(), huidige_actor()
    if not is_vers(sessie, actor, nu):
        return _eerst_bevestigen()
    uid = lees_id(request.form.get("passkey", ""))
    if uid is None:
        raise OngeldigeInvoer("Kies de passkey die u wilt verwijderen.", "passkey")
    factoren.verwijder_passkey(sessie, actor, nu, uid, berichten(), verplicht=verplicht())
    _wissel()
    flash("De passkey is verwijderd. Verwijder hem ook op het toestel zelf.", "succes")
    return redirect(url_for("factoren.overzicht"))


@bp.post("/account/factoren/herstelcodes")
@vereist("account.beheren")
def maak_herstelcodes() -> Pagina:
    """Ten new recovery codes, shown once; those from before are dead."""
    sessie, nu, actor = db.session(), klok().nu(), huidige_actor()
    if not is_vers(sessie, actor, nu):
        return _eerst_bevestigen()
    if not factoren.heeft_tweede(sessie, actor.gebruiker_id or 0):
        flash("Stel eerst een passkey of een app in. Herstelcodes zijn er voor als u die kwijt bent.", "info")
        return redirect(url_for("factoren.overzicht"))
    codes = herstelcodes.maak_reeks(sessie, sleutelbos(), nu, actor.gebruiker_id or 0)
    leg_vast(sessie, actor, nu, "herstelcodes_gemaakt", "gebruiker", actor.gebruiker_uid)
    gebruiker = _gebruiker()
    zin = "Er zijn nieuwe herstelcodes voor uw account gemaakt. De oude werken niet meer."
    factoren.meld(sessie, actor, nu, gebruiker, berichten(), "Nieuwe herstelcodes", zin)
    # Rendered at once and kept nowhere.
    pagina = render_template("gebruikers/herstelcodes.html", codes=codes, email=gebruiker.email, gemaakt_op=nu)
    sessie.commit()
    return pagina


def _toon_bevestigen(form: BevestigForm, status: int = 200) -> Pagina:
    kwijt = factoren.factoren_van(db.session(), huidige_actor().gebruiker_id or 0).codes_over > 0
    return render_template("gebruikers/bevestigen.html", form=form, veldnaam=VELD, kwijt=kwijt), status


@bp.route("/account/bevestigen", methods=["GET", "POST"])
@vereist("account.beheren", opzet=True)
def bevestigen() -> Pagina:
    """Prove once more who you are, and go back to where you came from."""
    form = BevestigForm()
    if request.method == "GET":
        form.volgende.data = request.args.get("volgende", "")
        return _toon_bevestigen(form)
    if not form.validate_on_submit():
        return _toon_bevestigen(form, 422)
    try:
        eis_bevestiging(db.session(), huidige_actor(), klok().nu(), form.bevestig_wachtwoord.data or "")
    except BevestigingNodig as fout:
        db.session.rollback()
        form.meld_fout(VELD, fout.melding.replace(" Er is nog niets vastgelegd.", ""))
        # 422: this page is allowed to everybody, only the answer was not right.
        return _toon_bevestigen(form, 422 if fout.status == 403 else fout.status)
    db.session.commit()
    return redirect(veilig_doel(form.volgende.data or url_for("factoren.overzicht")))
