"""JSON between a browser and its passkeys: the questions, and what becomes of the answers."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request, session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import systeem
from inspecties.core.fouten import InspectiesFout, OngeldigeInvoer
from inspecties.database.basis import db
from inspecties.gebruikers import factoren, passkeys
from inspecties.gebruikers.berichten import berichten
from inspecties.gebruikers.bevestigen import bevestig_met_passkey
from inspecties.gebruikers.factoren_toegang import eis_vers
from inspecties.gebruikers.inloggen import (
    halve_aanmelding,
    plek,
    voltooi,
    weiger_buiten_dienst,
    zet_in_browser,
    zet_koekje,
)
from inspecties.gebruikers.models import Gebruiker
from inspecties.gebruikers.operations import eerste_lid, leg_onbekende_vast
from inspecties.gebruikers.sessies import begin_sessie, wissel_sessie
from inspecties.web.limiet import limiet_vragen
from inspecties.web.poort import huidige_actor, klok, openbaar, vereist

bp = Blueprint("passkeys_api", __name__, url_prefix="/api")

_GEEN = "Deze passkey werkt hier niet. Meld u aan met uw wachtwoord, of vraag de beheerder om hulp."
_AANMELDEN, _TOEVOEGEN, _BEVESTIGEN = "passkeyvraag_aanmelden", "passkeyvraag_toevoegen", "passkeyvraag_bevestigen"


def _inhoud() -> dict[str, Any]:
    """The JSON object that was sent. Raises OngeldigeInvoer."""
    inhoud = request.get_json(silent=True)
    if not isinstance(inhoud, dict):
        raise OngeldigeInvoer("Stuur een JSON-object.")
    return inhoud


def _tekst(inhoud: dict[str, Any], veld: str) -> str:
    waarde = inhoud.get(veld, "")
    if not isinstance(waarde, str):
        raise OngeldigeInvoer(f"Stuur '{veld}' als tekst.", veld)
    return waarde


def _gebruiker() -> Gebruiker:
    return db.session.get_one(Gebruiker, huidige_actor().gebruiker_id)


@bp.post("/aanmelden/passkeyvraag")
@openbaar("Wie zich met een passkey aanmeldt, is nog niet aangemeld")
@limiet_vragen
def vraag_aanmelden() -> Response:
    """A question that whoever has a passkey for this site may answer. Names nobody and writes nothing."""
    vraag, opties = passkeys.vraag_bewijs(db.session(), klok().nu(), plek(), "aanmelden", None)
    session[_AANMELDEN] = vraag.als_json()
    return jsonify(opties)


def _leg_mislukt_vast(nu: datetime, gebruiker: Gebruiker | None) -> None:
    """In the log where its auditor looks for it: with the owner of the passkey, whoever held it."""
    lid = eerste_lid(db.session(), gebruiker)
    if gebruiker is None or lid is None:
        leg_onbekende_vast(db.session(), nu, "aanmelden_mislukt", "", "")
    else:
        leg_vast(db.session(), systeem(lid.gemeente_id), nu, "aanmelden_mislukt", "gebruiker", gebruiker.uid)


@bp.post("/aanmelden/passkey")
@openbaar("Wie zich met een passkey aanmeldt, is nog niet aangemeld", zoekt_overal=True)
@limiet_vragen
def aanmelden() -> Response:
    """Log in with the answer of a passkey: that alone is two factors."""
    inhoud = _inhoud()
    antwoord, doel = passkeys.lees_antwoord(inhoud.get("antwoord")), _tekst(inhoud, "volgende")
    sessie, nu = db.session(), klok().nu()
    vraag = passkeys.lees_vraag(session.pop(_AANMELDEN, None))
    try:
        rij = passkeys.controleer(sessie, nu, plek(), "aanmelden", vraag, antwoord)
        gebruiker = sessie.get_one(Gebruiker, rij.gebruiker_id)
        lid = eerste_lid(sessie, gebruiker)
        if lid is None or gebruiker.geblokkeerd_op is not None:
            raise OngeldigeInvoer(_GEEN, "passkey")
    except OngeldigeInvoer:
        # The question stays spent.
        _leg_mislukt_vast(nu, passkeys.van_wie(sessie, antwoord))
        sessie.commit()
        raise
    half = halve_aanmelding(nu)
    if half is not None and half.wijze == "oidc" and half.lid.gebruiker_id == gebruiker.id:
        verder = voltooi(nu, half, "passkey")
        if verder is None:
            raise OngeldigeInvoer(_GEEN, "passkey")
        return jsonify({"naar": verder.headers["Location"]})
    weiger_buiten_dienst(nu, lid)
    rij_sessie = begin_sessie(sessie, nu, lid, "passkey", request.user_agent.string)
    return jsonify({"naar": zet_in_browser(nu, rij_sessie, doel)})


@bp.post("/account/passkeyvraag")
@vereist("account.beheren", opzet=True)
def vraag_nieuwe() -> Response:
    """The question to make a passkey for the own account."""
    sessie, nu = db.session(), klok().nu()
    eis_vers(sessie, huidige_actor(), nu)
    vraag, opties = passkeys.vraag_nieuwe(sessie, nu, plek(), _gebruiker())
    session[_TOEVOEGEN] = vraag.als_json()
    return jsonify(opties)


@bp.post("/account/passkeys")
@vereist("account.beheren", opzet=True)
def voeg_toe() -> tuple[Response, int]:
    """Keep a new passkey of the own account."""
    inhoud = _inhoud()
    antwoord, naam = passkeys.lees_antwoord(inhoud.get("antwoord")), _tekst(inhoud, "naam")
    sessie, nu, actor = db.session(), klok().nu(), huidige_actor()
    eis_vers(sessie, actor, nu)
    gebruiker = _gebruiker()
    vraag = passkeys.lees_vraag(session.pop(_TOEVOEGEN, None))
    try:
        passkeys.voeg_toe(sessie, nu, plek(), gebruiker, vraag, antwoord, naam)
    except InspectiesFout:
        sessie.commit()
        raise
    factoren.na_toevoegen(sessie, actor, nu, gebruiker, "passkey", berichten())
    rij = wissel_sessie(sessie, actor)
    sessie.commit()
    if rij is not None:
        zet_koekje(nu, rij)
    return jsonify({"naam": naam.strip()}), 201


@bp.post("/account/bevestigvraag")
@vereist("account.beheren")
def vraag_bevestiging() -> Response:
    """A question to the own passkeys, to prove once more who acts."""
    sessie, nu = db.session(), klok().nu()
    vraag, opties = passkeys.vraag_bewijs(sessie, nu, plek(), "bevestigen", _gebruiker())
    if not opties.get("allowCredentials"):
        raise OngeldigeInvoer("U hebt hier nog geen passkey.", "passkey")
    session[_BEVESTIGEN] = vraag.als_json()
    return jsonify(opties)


@bp.post("/account/bevestiging")
@vereist("account.beheren")
def bevestig() -> tuple[str, int]:
    """Prove once more who acts, with the answer of a passkey."""
    antwoord = passkeys.lees_antwoord(_inhoud().get("antwoord"))
    sessie, nu = db.session(), klok().nu()
    vraag = passkeys.lees_vraag(session.pop(_BEVESTIGEN, None))
    bevestig_met_passkey(sessie, huidige_actor(), nu, vraag, antwoord)
    sessie.commit()
    return "", 204
