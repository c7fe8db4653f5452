"""User management, and the own account. On the same blueprint as login."""

from functools import partial
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.rechten import Rol
from inspecties.core.zoeken import zoektekst
from inspecties.database import db, haal
from inspecties.gebruikers import beheer_queries as queries
from inspecties.gebruikers import operations, sessiebeheer, wachtwoorden
from inspecties.gebruikers.beheer_forms import Filterform, LidForm, NieuwForm
from inspecties.gebruikers.beheer_link import lees_link, maak_link, neem_link
from inspecties.gebruikers.berichten import berichten
from inspecties.gebruikers.factoren import factoren_van, meld, trek_factoren_in
from inspecties.gebruikers.forms import EigenWachtwoordForm, KiesWachtwoordForm
from inspecties.gebruikers.inloggen import instellingen, zet_koekje
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from inspecties.gebruikers.oidc_koppeling import koppeling_van
from inspecties.gebruikers.rules.apparaat import apparaatnaam
from inspecties.gebruikers.sessiebeheer_forms import AfmeldForm, maak_afmeldform
from inspecties.gebruikers.sessies import kenmerk_van, wissel_sessie
from inspecties.gebruikers.views import bp
from inspecties.web.adres import volledig_adres
from inspecties.web.geheimen import geheimen
from inspecties.web.limiet import TE_VAAK, limiet_openbaar, pogingen_op, tel_poging
from inspecties.web.poort import huidige_actor, klok, openbaar, sleutelbos, vereist

__all__ = ["bp"]

Pagina = str | Response | tuple[str, int]


@bp.get("/beheer")
@vereist("gebruikers.beheren", alleen_lezen=True)
def beheer() -> str:
    """The users of the own gemeente."""
    actor, sessie = huidige_actor(), db.session()
    args = request.args
    filter_ = queries.Gebruikersfilter(
        zoek=zoektekst(args.get("zoek")),
        rol=args.get("rol", ""),
        stand=args.get("stand", ""),
        sorteer=args.get("sorteer", "naam"),
        richting=args.get("richting", "op"),
    )
    leden = list(sessie.scalars(queries.gebruikers_van(actor, filter_)))
    return render_template(
        "gebruikers/beheer.html",
        leden=leden,
        gezien=queries.laatst_gezien(sessie, actor, leden),
        aantallen=queries.tel_gebruikers(sessie, actor),
        filter=filter_,
        form=Filterform(formdata=None, zoek=filter_.zoek, rol=filter_.rol, stand=filter_.stand),
    )


def _organisatie_id(actor: Actor, form: LidForm) -> int | None:
    gekozen = form.organisatie.data or ""
    alle = {str(o.uid): o.id for o in queries.organisaties_van(db.session(), actor)}
    return alle.get(gekozen)


@bp.route("/beheer/nieuw", methods=["GET", "POST"])
@vereist("gebruikers.beheren", bevestigd=True)
def nieuw() -> Pagina:
    """Add a user. They choose their own password through a link that is shown once."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    form = NieuwForm()
    form.zet_organisaties(queries.organisaties_van(sessie, actor))
    if form.validate_on_submit():
        try:
            lid = operations.voeg_gebruiker_toe(
                sessie,
                actor,
                nu,
                email=form.email.data,
                naam=form.naam.data,
                rol=Rol(form.rol.data),
                wachtwoord=wachtwoorden.willekeurig(),
                organisatie_id=_organisatie_id(actor, form),
            )
        except (OngeldigeInvoer, Conflict) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
        else:
            pagina = _toon_link(lid, nieuw=True)
            sessie.commit()
            return pagina
    return render_template("gebruikers/nieuw.html", form=form), 422 if form.is_submitted() else 200


def _toon_link(lid: Lidmaatschap, *, nieuw: bool) -> str:
    # Rendered at once and kept nowhere: a redirect would have to carry the link in a cookie or in the database.
    link = maak_link(geheimen(), klok().nu(), lid.gebruiker)
    url = volledig_adres("gebruikers.kies_wachtwoord", bewijs=link.bewijs)
    return render_template("gebruikers/link.html", lid=lid, url=url, geldig_tot=link.geldig_tot, nieuw=nieuw)


@bp.route("/beheer/<uuid:uid>", methods=["GET", "POST"])
@vereist("gebruikers.beheren", bevestigd=True)
def gebruiker(uid: UUID) -> Pagina:
    """One user: change name, role and organisation."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    lid = haal(sessie, actor, Lidmaatschap, uid, "Deze gebruiker")
    form = _lidform(lid)
    if form.validate_on_submit():
        try:
            operations.wijzig_lid(
                sessie, actor, nu, lid, form.naam.data, Rol(form.rol.data), _organisatie_id(actor, form)
            )
        except (OngeldigeInvoer, Conflict) as fout:
            sessie.rollback()
            lid = haal(sessie, actor, Lidmaatschap, uid, "Deze gebruiker")
            form.meld_fout(fout.veld, fout.melding)
        else:
            sessie.commit()
            flash("De wijziging is opgeslagen.", "succes")
            return redirect(url_for("gebruikers.beheer"))
    return toon_gebruiker(lid, form), 422 if form.is_submitted() else 200


def _lidform(lid: Lidmaatschap, *, leeg: bool = False) -> LidForm:
    """The form as it was sent, or ``leeg``: with what is known now."""
    huidig = {
        "naam": lid.gebruiker.naam,
        "rol": lid.rol,
        "organisatie": str(lid.organisatie.uid) if lid.organisatie else "",
    }
    form = LidForm(formdata=None, data=huidig) if leeg else LidForm(data=huidig)
    form.zet_organisaties(queries.organisaties_van(db.session(), huidige_actor()))
    return form


def toon_gebruiker(lid: Lidmaatschap, form: LidForm | None = None, afmeldform: AfmeldForm | None = None) -> str:
    """The page of one user: role, second step, where they are logged in and on which devices."""
    actor, sessie = huidige_actor(), db.session()
    rijen = sessiebeheer.sessies_van_lid(sessie, lid, klok().nu(), instellingen())
    lezer: sessiebeheer.Toestellezer | None = current_app.extensions.get(sessiebeheer.SLEUTEL)
    return render_template(
        "gebruikers/gebruiker.html",
        lid=lid,
        form=form or _lidform(lid, leeg=True),
        factoren=factoren_van(sessie, lid.gebruiker_id),
        zonder_groep=operations.zonder_groep(sessie, lid),
        sessies=rijen,
        wijzen=queries.wijzen_van(sessie, [rij.id for rij in rijen]),
        afmeldform=afmeldform or maak_afmeldform(rijen, leeg=True),
        toestellen=lezer(sessie, actor, lid.gebruiker_id) if lezer else [],
    )


@bp.post("/beheer/<uuid:uid>/blokkeren")
@vereist("gebruikers.beheren")
def blokkeren(uid: UUID) -> Response:
    """Block a user; whoever is logged in is out at once."""
    actor, sessie = huidige_actor(), db.session()
    lid = haal(sessie, actor, Lidmaatschap, uid, "Deze gebruiker")
    operations.blokkeer(sessie, actor, klok().nu(), lid)
    naam = lid.gebruiker.naam
    sessie.commit()
    flash(f"{naam} is geblokkeerd en overal afgemeld.", "succes")
    return redirect(url_for("gebruikers.beheer"))


@bp.post("/beheer/<uuid:uid>/deblokkeren")
@vereist("gebruikers.beheren", bevestigd=True)
def deblokkeren(uid: UUID) -> Response:
    """Let a blocked user in again."""
    actor, sessie = huidige_actor(), db.session()
    lid = haal(sessie, actor, Lidmaatschap, uid, "Deze gebruiker")
    operations.deblokkeer(sessie, actor, klok().nu(), lid)
    naam = lid.gebruiker.naam
    sessie.commit()
    flash(f"{naam} kan zich weer aanmelden.", "succes")
    return redirect(url_for("gebruikers.beheer"))


@bp.post("/beheer/<uuid:uid>/wachtwoordlink")
@vereist("gebruikers.beheren", bevestigd=True)
def wachtwoordlink(uid: UUID) -> str:
    """Withdraw the password and show a link to choose a new one."""
    actor, sessie = huidige_actor(), db.session()
    lid = haal(sessie, actor, Lidmaatschap, uid, "Deze gebruiker")
    nu, inst = klok().nu(), instellingen()
    if inst.oidc_uitgever and koppeling_van(sessie, inst.oidc_uitgever, lid.gebruiker_id) is not None:
        raise Conflict(
            f"{lid.gebruiker.naam} meldt zich aan met het account van de gemeente en heeft hier geen wachtwoord. "
            f"De knop '{inst.oidc_knop}' staat op de aanmeldpagina."
        )
    operations.trek_wachtwoord_in(sessie, actor, nu, lid)
    zin = "De beheerder heeft uw wachtwoord ingetrokken en u overal afgemeld. U krijgt een link voor een nieuw."
    meld(sessie, actor, nu, lid.gebruiker, berichten(), "Uw wachtwoord is ingetrokken", zin)
    pagina = _toon_link(lid, nieuw=False)
    sessie.commit()
    return pagina


@bp.post("/beheer/<uuid:uid>/factoren")
@vereist("gebruikers.beheren", bevestigd=True)
def factoren_intrekken(uid: UUID) -> Response:
    """Withdraw the second step of who lost it."""
    actor, sessie = huidige_actor(), db.session()
    lid = haal(sessie, actor, Lidmaatschap, uid, "Deze gebruiker")
    trek_factoren_in(sessie, actor, klok().nu(), lid, berichten())
    naam = lid.gebruiker.naam
    sessie.commit()
    flash(f"De tweede stap van {naam} is ingetrokken, en {naam} is overal afgemeld.", "succes")
    return redirect(url_for("gebruikers.gebruiker", uid=uid))


@bp.route("/wachtwoord/<bewijs>", methods=["GET", "POST"])
@openbaar("Wie een wachtwoord kiest, heeft er nog geen; de link zelf is het bewijs", zoekt_overal=True)
@limiet_openbaar
def kies_wachtwoord(bewijs: str) -> Pagina:
    """Choose a password with the beheerder's link."""
    sessie, nu = db.session(), klok().nu()
    gebruiker = lees_link(sessie, geheimen(), nu, bewijs)
    form = KiesWachtwoordForm()
    if form.validate_on_submit():
        try:
            neem_link(sessie, nu, bewijs)
            lid = operations.kies_wachtwoord(sessie, nu, gebruiker, form.nieuw.data)
        except OngeldigeInvoer as fout:
            form.meld_fout(fout.veld, fout.melding)
        else:
            zin = "Voor uw account is een wachtwoord gekozen met de link van de beheerder. U bent overal afgemeld."
            meld(sessie, systeem(lid.gemeente_id), nu, gebruiker, berichten(), "Uw wachtwoord is gekozen", zin)
            sessie.commit()
            flash("Uw wachtwoord is opgeslagen. U kunt zich nu aanmelden.", "succes")
            return redirect(url_for("gebruikers.aanmelden"))
    pagina = render_template("gebruikers/kies_wachtwoord.html", form=form, gebruiker=gebruiker)
    sessie.rollback()
    return pagina, 422 if form.is_submitted() else 200


@bp.get("/account")
@vereist("account.beheren", alleen_lezen=True)
def account() -> str:
    """The own account: password and sessions."""
    return _toon_account(EigenWachtwoordForm(formdata=None))


def _toon_account(form: EigenWachtwoordForm) -> str:
    actor, sessie = huidige_actor(), db.session()
    lid = sessie.scalars(queries.eigen_lidmaatschap(actor)).one()
    sessies = sessiebeheer.eigen_sessies(sessie, actor, klok().nu(), instellingen())
    return render_template(
        "gebruikers/account.html",
        form=form,
        lid=lid,
        sessies=sessies,
        eigen=actor.sessie_id,
        wijzen=queries.wijzen_van(sessie, [rij.id for rij in sessies]),
        factoren=factoren_van(sessie, actor.gebruiker_id or 0),
        apparaatnaam=apparaatnaam,
        kenmerk_van=partial(kenmerk_van, sleutelbos()),
    )


@bp.post("/account")
@vereist("account.beheren")
def wijzig_wachtwoord() -> Pagina:
    """Change the own password. A wrong present one counts as a wrong login: somebody may hold a stolen session."""
    actor, sessie = huidige_actor(), db.session()
    form, gebruiker = EigenWachtwoordForm(), sessie.get_one(Gebruiker, actor.gebruiker_id)
    if form.validate_on_submit():
        if pogingen_op(gebruiker.email):
            form.meld_fout("oud", TE_VAAK)
            return _toon_account(form), 429
        try:
            operations.wijzig_eigen_wachtwoord(sessie, actor, klok().nu(), form.oud.data, form.nieuw.data)
        except OngeldigeInvoer as fout:
            if fout.veld == "oud":
                tel_poging(gebruiker.email)
                leg_vast(sessie, actor, klok().nu(), "wachtwoord_mislukt", "gebruiker", actor.gebruiker_uid)
                sessie.commit()
            form.meld_fout(fout.veld, fout.melding)
        else:
            rij = wissel_sessie(sessie, actor)
            zin = "Het wachtwoord van uw account is gewijzigd. Op andere toestellen bent u afgemeld."
            meld(sessie, actor, klok().nu(), gebruiker, berichten(), "Uw wachtwoord is gewijzigd", zin)
            sessie.commit()
            if rij is not None:
                zet_koekje(klok().nu(), rij)
            flash("Uw wachtwoord is gewijzigd. Op andere toestellen bent u afgemeld.", "succes")
            return redirect(url_for("gebruikers.account"))
    return _toon_account(form), 422


@bp.post("/account/sessie")
@vereist("account.beheren", bevestigd=True)
def sessie_beeindigen() -> Response:
    """End one of the own sessions."""
    sessie, actor = db.session(), huidige_actor()
    kenmerk, bos, nu = request.form.get("sessie", ""), sleutelbos(), klok().nu()
    if not kenmerk:
        raise OngeldigeInvoer("Kies de aanmelding die u wilt beëindigen.", "sessie")
    open_ = sessiebeheer.eigen_sessies(sessie, actor, nu, instellingen())
    rij = next((r for r in open_ if kenmerk_van(bos, r) == kenmerk and r.id != actor.sessie_id), None)
    if rij is None:
        flash("Die aanmelding was al beëindigd.", "info")
    else:
        operations.meld_af(sessie, actor, nu, rij.id)
        flash("Die aanmelding is beëindigd.", "succes")
    sessie.commit()
    return redirect(url_for("gebruikers.account"))


@bp.post("/account/sessies")
@vereist("account.beheren", bevestigd=True)
def sessies_beeindigen() -> Response:
    """End the other sessions."""
    aantal = operations.beeindig_andere_sessies(db.session(), huidige_actor(), klok().nu())
    db.session.commit()
    flash("U bent overal elders afgemeld." if aantal else "U was nergens anders aangemeld.", "succes")
    return redirect(url_for("gebruikers.account"))
