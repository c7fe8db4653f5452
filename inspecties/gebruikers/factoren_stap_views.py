"""The second step of a login, and a forgotten password. On the blueprint of the factors."""

from uuid import UUID

from flask import Response, after_this_request, flash, redirect, render_template, session, url_for

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import systeem
from inspecties.core.fouten import NietGevonden, OngeldigeInvoer
from inspecties.database.basis import db
from inspecties.gebruikers import factoren, herstelcodes, totp, vergeten
from inspecties.gebruikers.berichten import berichten
from inspecties.gebruikers.factoren_forms import StapForm, VergetenForm
from inspecties.gebruikers.factoren_views import Pagina, bp
from inspecties.gebruikers.forms import KiesWachtwoordForm
from inspecties.gebruikers.inloggen import HalveAanmelding, halve_aanmelding, instellingen, passkeys_kunnen, voltooi
from inspecties.web.bekend_toestel import onthoud
from inspecties.web.limiet import (
    TE_VAAK,
    TeVaak,
    limiet_openbaar,
    limiet_vragen,
    pogingen_op,
    rem_af,
    tel_mislukt,
    tel_poging,
)
from inspecties.web.poort import klok, openbaar, sleutelbos

__all__ = ["bp"]

_OPNIEUW = "Dit duurde te lang, of deze stap is al gedaan. Meld u opnieuw aan."
KLOPT_NIET = "Deze code klopt niet, of is al gebruikt. Wacht op een nieuwe code, of gebruik een herstelcode."


def _toon_stap(half: HalveAanmelding, form: StapForm, status: int = 200) -> Pagina:
    eigen = factoren.factoren_van(db.session(), half.lid.gebruiker_id)
    pagina = render_template(
        "gebruikers/tweede_stap.html", form=form, eigen=eigen, doel=half.doel, kan=passkeys_kunnen()
    )
    db.session.rollback()
    return pagina, status


def _verbruik(half: HalveAanmelding, code: str) -> str:
    """By what this code proves the user: 'totp', 'herstelcode', or '' for nothing. It is spent."""
    sessie, bos, nu, wie = db.session(), sleutelbos(), klok().nu(), half.lid.gebruiker_id
    if totp.is_code(code):
        return "totp" if totp.verbruik_code(sessie, bos, nu, wie, code) else ""
    return "herstelcode" if herstelcodes.verbruik_code(sessie, bos, nu, wie, code) else ""


@bp.route("/aanmelden/tweede-stap", methods=["GET", "POST"])
@openbaar("Tussen wachtwoord en tweede stap is nog niemand aangemeld", zoekt_overal=True)
@limiet_vragen
def tweede_stap() -> Pagina:
    """The code of an app or a recovery code, after the password."""
    nu = klok().nu()
    half = halve_aanmelding(nu)
    if half is None:
        session.clear()
        flash(_OPNIEUW, "info")
        return redirect(url_for("gebruikers.aanmelden"))
    form = StapForm()
    if not form.validate_on_submit():
        return _toon_stap(half, form, 422 if form.is_submitted() else 200)
    email = half.lid.gebruiker.email
    try:
        rem_af(email)
        if pogingen_op(email):
            raise TeVaak(TE_VAAK)
    except TeVaak as fout:
        form.meld_fout("code", fout.melding)
        return _toon_stap(half, form, fout.status)
    wijze = _verbruik(half, form.code.data)
    if not wijze:
        return _fout(half, form, email)
    over = herstelcodes.tel_over(db.session(), half.lid.gebruiker_id) if wijze == "herstelcode" else 0
    if wijze == "herstelcode":
        _meld_herstelcode(half, over)
    antwoord = voltooi(nu, half, wijze)
    if antwoord is None:
        db.session.rollback()
        session.clear()
        flash(_OPNIEUW, "info")
        return redirect(url_for("gebruikers.aanmelden"))
    if wijze == "herstelcode":
        flash(f"U gebruikte een herstelcode. U hebt er nog {over}. Maak bij 'Mijn account' nieuwe.", "waarschuwing")
    return antwoord


def _fout(half: HalveAanmelding, form: StapForm, email: str) -> Pagina:
    nu, lid = klok().nu(), half.lid
    melding = totp.waarom_niet(db.session(), sleutelbos(), nu, lid.gebruiker_id, form.code.data)
    tel_poging(email)
    tel_mislukt(email)
    db.session.rollback()
    leg_vast(db.session(), systeem(lid.gemeente_id), nu, "tweede_stap_mislukt", "gebruiker", lid.gebruiker.uid)
    db.session.commit()
    form.meld_fout("code", melding or KLOPT_NIET)
    return _toon_stap(half, form, 401)


def _meld_herstelcode(half: HalveAanmelding, over: int) -> None:
    zin = f"Met een herstelcode is bij uw account aangemeld. Er zijn nog {over} codes over."
    wie, actor = half.lid.gebruiker, systeem(half.lid.gemeente_id)
    factoren.meld(db.session(), actor, klok().nu(), wie, berichten(), "Herstelcode gebruikt", zin)


@bp.route("/wachtwoord-vergeten", methods=["GET", "POST"])
@openbaar("Wie het wachtwoord kwijt is, kan zich niet aanmelden", zoekt_overal=True)
@limiet_openbaar
def wachtwoord_vergeten() -> Pagina:
    """Ask for a mail with a link. The answer is the same whether the address is known or not."""
    form = VergetenForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("gebruikers/vergeten.html", form=form, gevraagd=False), status
    sessie, nu, email = db.session(), klok().nu(), form.email.data.strip().lower()
    inst = instellingen()
    dienst = vergeten.Dienst(inst.oidc_uitgever, inst.oidc_knop)
    vergeten.vraag(sessie, nu, email, berichten(), sleutelbos().wis_af("aanmeldadres", email), dienst)
    sessie.commit()
    return render_template("gebruikers/vergeten.html", form=form, gevraagd=True)


@bp.route("/wachtwoord-nieuw/<token>", methods=["GET", "POST"])
@openbaar("Wie een wachtwoord kiest, heeft er geen; de link uit de mail is het bewijs", zoekt_overal=True)
@limiet_openbaar
def wachtwoord_nieuw(token: str) -> Pagina:
    """Choose a new password with the link from the mail."""
    sessie, nu = db.session(), klok().nu()
    post = berichten()
    uid: UUID | None = post.lees_link(token) if post else None
    if uid is None:
        raise NietGevonden(vergeten.ONGELDIG)
    verzoek, gebruiker = vergeten.open_verzoek(sessie, nu, uid)
    form = KiesWachtwoordForm()
    if form.validate_on_submit():
        try:
            vergeten.kies(sessie, nu, verzoek, gebruiker, form.nieuw.data, post)
        except OngeldigeInvoer as fout:
            form.meld_fout(fout.veld, fout.melding)
        else:
            email = gebruiker.email
            sessie.commit()

            @after_this_request
            def _onthoud(antwoord: Response) -> Response:
                # Who reads the mail of the account is no stranger to it: the brake on strangers lets this browser in.
                onthoud(antwoord, email)
                return antwoord

            flash("Uw wachtwoord is opgeslagen en u bent overal afgemeld. U kunt zich nu aanmelden.", "succes")
            return redirect(url_for("gebruikers.aanmelden"))
    pagina = render_template("gebruikers/kies_wachtwoord.html", form=form, gebruiker=gebruiker)
    sessie.rollback()
    return pagina, 422 if form.is_submitted() else 200
