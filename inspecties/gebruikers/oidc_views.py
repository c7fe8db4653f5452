"""Logging in with the account of the gemeente (OpenID Connect)."""

import hashlib
from datetime import UTC, datetime
from typing import Any, cast

import structlog
from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import NietGevonden
from inspecties.core.oidc_groepen import lees_groepen
from inspecties.database.basis import db
from inspecties.gebruikers import oidc_koppeling as koppeling
from inspecties.gebruikers.berichten import berichten
from inspecties.gebruikers.bevestigen import leg_bevestiging_vast
from inspecties.gebruikers.inloggen import instellingen, na_eerste_stap, veilig_doel
from inspecties.gebruikers.oidc_dienst import (
    SLEUTEL,
    Aanmelddienst,
    Aanvraag,
    DienstStoort,
    lees_aanvraag,
    nieuwe_aanvraag,
)
from inspecties.gebruikers.oidc_koppeling import REDENEN, Geweigerd
from inspecties.gebruikers.rules.oidc import AANVRAAG_GELDIG, Bewijs, TokenOngeldig, is_vers, lees_bewijs
from inspecties.gebruikers.verbruik import verbruik
from inspecties.instellingen import lees_oidc_geheim
from inspecties.web.limiet import limiet_vragen
from inspecties.web.poort import klok, openbaar, vereist

bp = Blueprint("oidc", __name__)
log = structlog.get_logger()
_IN_SESSIE = "oidc_aanvraag"

Pagina = str | Response | tuple[str, int]


@bp.app_context_processor
def _knop() -> dict[str, Any]:
    inst = instellingen()
    return {"oidc_knop": inst.oidc_knop if inst.oidc_uitgever else ""}


def _dienst() -> Aanmelddienst:
    """The configured login service; one object for the application, as it keeps what the service said."""
    inst = instellingen()
    if not inst.oidc_uitgever:
        raise NietGevonden("Hier meldt u zich aan met uw e-mailadres.")
    dienst = current_app.extensions.get(SLEUTEL)
    if dienst is None:
        dienst = Aanmelddienst(inst.oidc_uitgever, inst.oidc_client, lees_oidc_geheim(inst))
        current_app.extensions[SLEUTEL] = dienst
    return cast("Aanmelddienst", dienst)


def _adres(endpoint: str) -> str:
    """A page of this site with its host: the configured one, which a request cannot change."""
    basis = instellingen().basisadres
    return basis.rstrip("/") + url_for(endpoint) if basis else url_for(endpoint, _external=True)


def _weiger(reden: str) -> Pagina:
    status = 503 if reden == "storing" else 403
    return render_template("gebruikers/oidc_geweigerd.html", uitleg=REDENEN[reden]), status


def _stuur_door(doel: str) -> Pagina:
    dienst, nu = _dienst(), klok().nu()
    aanvraag = nieuwe_aanvraag(nu, AANVRAAG_GELDIG, request.args.get("volgende", ""), doel)
    # Nobody waits on the database for an answer from elsewhere.
    db.session.rollback()
    try:
        adres = dienst.adres_voor(nu, aanvraag, _adres("oidc.terug"))
    except DienstStoort as fout:
        log.warning("oidc stoort", waarom=str(fout))
        return _weiger("storing")
    session[_IN_SESSIE] = aanvraag.als_json()
    return redirect(adres)


@bp.get("/aanmelden/gemeente")
@openbaar("Hier begint wie zich met het account van de gemeente aanmeldt", zoekt_overal=True)
@limiet_vragen
def begin() -> Pagina:
    """To the login service of the gemeente."""
    if current_user.is_authenticated:
        return redirect(url_for("start.home"))
    # Who is still logged in at the service comes straight back: only somebody's own press begins a login here, and no
    # page of another site (ASVS 5.0, 7.6.2; Fetch Metadata, which browsers send and pages cannot change).
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return redirect(url_for("gebruikers.aanmelden", volgende=request.args.get("volgende") or None))
    return _stuur_door("aanmelden")


@bp.get("/account/bevestigen/gemeente")
@vereist("account.beheren", opzet=True)
@limiet_vragen
def bevestigen() -> Pagina:
    """Prove once more who you are, at the login service of the gemeente."""
    if not instellingen().oidc_uitgever:
        return redirect(url_for("factoren.bevestigen"))
    return _stuur_door("bevestigen")


def _neem_aanvraag(nu: datetime) -> Aanvraag | None:
    """The login under way in this browser, once: also two that come back at the same moment have one."""
    aanvraag = lees_aanvraag(session.pop(_IN_SESSIE, None))
    if aanvraag is None or nu.timestamp() > aanvraag.tot:
        return None
    kenmerk = hashlib.sha256(f"oidc:{aanvraag.state}".encode()).hexdigest()
    eerst = verbruik(db.session(), nu, kenmerk, datetime.fromtimestamp(aanvraag.tot, UTC))
    db.session.commit()
    return aanvraag if eerst else None


@bp.get("/aanmelden/gemeente/terug")
@openbaar("Hier komt terug wie zich bij de aanmelddienst aanmeldde", zoekt_overal=True)
@limiet_vragen
def terug() -> Pagina:
    """Back from the login service: who is it, and may they come in?"""
    nu, inst = klok().nu(), instellingen()
    begonnen = lees_aanvraag(session.get(_IN_SESSIE))
    kring = koppeling.kring_van(db.session(), lees_groepen(inst.oidc_groepen))
    try:
        aanvraag, bewijs = _lees_antwoord(nu)
        if aanvraag.doel == "bevestigen":
            return _bevestig(nu, aanvraag, bewijs)
        lid = koppeling.meld_aan(db.session(), nu, kring, bewijs, berichten())
        return na_eerste_stap(nu, lid, "oidc_sterk" if bewijs.sterk else "oidc", aanvraag.volgende)
    except TokenOngeldig as fout:
        log.warning("oidc geweigerd", waarom=str(fout))
        reden = "token"
        if not _leg_bevestigen_mislukt_vast(nu, begonnen, reden):
            koppeling.weiger(db.session(), nu, kring, reden)
    except Geweigerd as fout:
        reden = fout.reden
        _leg_bevestigen_mislukt_vast(nu, begonnen, reden)
    except DienstStoort as fout:
        log.warning("oidc stoort", waarom=str(fout))
        reden = "storing"
    except IntegrityError:
        # Two first logins of one person at the same moment: the other one made the link.
        db.session.rollback()
        reden = "token"
    db.session.commit()
    return _weiger(reden)


def _leg_bevestigen_mislukt_vast(nu: datetime, begonnen: Aanvraag | None, reden: str) -> bool:
    """Where somebody who is logged in could not prove it again: with them in the log. Whether that was so."""
    if begonnen is None or begonnen.doel != "bevestigen" or not current_user.is_authenticated:
        return False
    actor, gegevens = current_user.actor, {"wijze": "oidc", "reden": reden}
    leg_vast(db.session(), actor, nu, "bevestigen_mislukt", "gebruiker", actor.gebruiker_uid, gegevens=gegevens)
    return True


def _lees_antwoord(nu: datetime) -> tuple[Aanvraag, Bewijs]:
    """What the service answered, checked. Raises TokenOngeldig, DienstStoort."""
    dienst, inst = _dienst(), instellingen()
    aanvraag = _neem_aanvraag(nu)
    # RFC 9207: a service that names itself in its answer must be the one that was asked.
    if aanvraag is None or request.args.get("iss", inst.oidc_uitgever) != inst.oidc_uitgever:
        raise TokenOngeldig("state")
    claims = dienst.wissel_code(nu, aanvraag, request.url, _adres("oidc.terug"))
    acr = frozenset(w.strip() for w in inst.oidc_acr.split(",") if w.strip())
    return aanvraag, lees_bewijs(claims, inst.oidc_groepenclaim, acr, email_vertrouwd=inst.oidc_email_vertrouwd)


def _bevestig(nu: datetime, aanvraag: Aanvraag, bewijs: Bewijs) -> Pagina:
    """Who is logged in proved it again, if it is the same account and it logged in just now."""
    sessie = db.session()
    if not current_user.is_authenticated:
        return redirect(url_for("gebruikers.aanmelden", volgende=veilig_doel(aanvraag.volgende)))
    actor = current_user.actor
    eigen = koppeling.koppeling_van(sessie, bewijs.uitgever, actor.gebruiker_id)
    if eigen is None or eigen.onderwerp != bewijs.onderwerp or not is_vers(bewijs, nu):
        raise Geweigerd("ander_account")
    leg_bevestiging_vast(sessie, actor, nu, "oidc")
    sessie.commit()
    return redirect(veilig_doel(aanvraag.volgende or url_for("gebruikers.account")))


@bp.get("/aanmelden/gemeente/afgemeld")
@openbaar("Wie hier komt, is net afgemeld", alleen_lezen=True)
@limiet_vragen
def afgemeld() -> Pagina:
    """After logging out here: the login service may still know this browser."""
    adres = _dienst().afmeldadres(klok().nu(), _adres("gebruikers.aanmelden"))
    return render_template("gebruikers/oidc_afgemeld.html", adres=adres)
