"""From a proof to a login in the browser: half a login between two steps, and the cookie of a whole one.

Between password and second step there is no Sessie and nothing opens. What is known then stands signed in the session
cookie, dies with a new password, after five minutes, and when it was used (``verbruik``).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import cast
from urllib.parse import urlsplit

from flask import Response as FlaskResponse
from flask import after_this_request, current_app, has_request_context, redirect, request, session, url_for
from flask_login import login_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict
from inspecties.core.ids import lees_id
from inspecties.database.basis import db
from inspecties.gebruikers.aanmelding import Aangemeld, tweede_verplicht
from inspecties.gebruikers.factoren import heeft_tweede
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, Sessie
from inspecties.gebruikers.oidc_koppeling import koppeling_van
from inspecties.gebruikers.passkeys import Plek
from inspecties.gebruikers.rules.factoren import STAP_GELDIG, TWEE_FACTOREN
from inspecties.gebruikers.sessies import begin_sessie, met_twee_factoren, wissel_sessie
from inspecties.gebruikers.verbruik import verbruik
from inspecties.instellingen import Instellingen
from inspecties.web.bekend_toestel import onthoud

_HALF = "halve_aanmelding"
# Where Flask-Login keeps the id of who is logged in.
_WIE = "_user_id"


@dataclass(frozen=True)
class HalveAanmelding:
    """Who gave the first proof, which, and where they wanted to go."""

    lid: Lidmaatschap
    wijze: str
    doel: str
    nummer: str


def instellingen() -> Instellingen:
    """The settings of this application."""
    return cast("Instellingen", current_app.extensions["instellingen"])


def verplicht() -> bool:
    """Whether a second factor is forced here."""
    return tweede_verplicht(instellingen())


def veilig_doel(doel: str) -> str:
    """``doel`` when it is a path within this site, else the home page (no open redirect)."""
    try:
        delen = urlsplit(doel.replace("\\", "/"))
    except ValueError:
        # No address at all, such as //[ .
        return url_for("start.home")
    if delen.scheme or delen.netloc or not doel.startswith("/") or doel.startswith(("//", "/\\")):
        return url_for("start.home")
    return doel


def plek() -> Plek:
    """What passkeys of this site are bound to: the configured address, else the one that was asked."""
    delen = urlsplit(instellingen().basisadres or request.host_url)
    return Plek(delen.hostname or "", f"{delen.scheme}://{delen.netloc}")


def passkeys_kunnen() -> bool:
    """Whether a browser makes passkeys here: for a name over https or for localhost, never for a bare IP address."""
    delen = urlsplit(instellingen().basisadres or request.host_url)
    host = delen.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost" or delen.scheme == "https"
    return False


def _vingerafdruk(gebruiker: Gebruiker) -> str:
    return hashlib.sha256(gebruiker.wachtwoord_hash.encode()).hexdigest()[:24]


def weiger_buiten_dienst(nu: datetime, lid: Lidmaatschap) -> None:
    """Raises Conflict for who is linked to the gemeente's login service: only there is known whether they may still in.

    Commits the audit line.
    """
    uitgever = instellingen().oidc_uitgever
    if uitgever and koppeling_van(db.session(), uitgever, lid.gebruiker_id) is not None:
        actor = systeem(lid.gemeente_id)
        leg_vast(db.session(), actor, nu, "aanmelden_mislukt", "gebruiker", lid.gebruiker.uid)
        db.session.commit()
        raise Conflict(f"Dit account meldt zich aan met de knop '{instellingen().oidc_knop}' op de aanmeldpagina.")


def na_eerste_stap(nu: datetime, lid: Lidmaatschap, wijze: str, doel: str) -> Response:
    """After the first proof: a login, or the page of the second step. Commits.

    ``wijze``: "wachtwoord", "passkey", "oidc" or "oidc_sterk"; ``doel``: where the person wanted to go.
    """
    sessie = db.session()
    if not wijze.startswith("oidc"):
        weiger_buiten_dienst(nu, lid)
    if wijze not in TWEE_FACTOREN and heeft_tweede(sessie, lid.gebruiker_id):
        inhoud = {
            "nummer": secrets.token_urlsafe(16),
            "lid": str(lid.uid),
            "wijze": wijze,
            "doel": doel,
            "vinger": _vingerafdruk(lid.gebruiker),
            "tot": int((nu + STAP_GELDIG).timestamp()),
        }
        _sluit_vorige(nu)
        sessie.commit()
        session.clear()
        session[_HALF] = inhoud
        return redirect(url_for("factoren.tweede_stap"))
    rij = begin_sessie(sessie, nu, lid, wijze, request.user_agent.string)
    return redirect(zet_in_browser(nu, rij, doel))


def _sluit_vorige(nu: datetime) -> None:
    """Who logs in over a login leaves none open: a copy of its cookie would work on (ASVS 5.0, 7.2.4)."""
    uid = lees_id(str(session.get(_WIE, "")))
    vorige = db.session.scalars(select(Sessie).where(Sessie.uid == uid)).one_or_none() if uid else None
    if vorige is not None and vorige.beeindigd_op is None:
        vorige.beeindigd_op = nu


def halve_aanmelding(nu: datetime) -> HalveAanmelding | None:
    """Who is between the two steps in this browser; None when nobody is (any more)."""
    ruw = session.get(_HALF)
    if not isinstance(ruw, dict) or nu.timestamp() > int(ruw.get("tot", 0)):
        return None
    uid = lees_id(str(ruw.get("lid", "")))
    lid = db.session.scalars(select(Lidmaatschap).where(Lidmaatschap.uid == uid)).one_or_none() if uid else None
    if lid is None or lid.dicht_sinds is not None or _vingerafdruk(lid.gebruiker) != ruw.get("vinger"):
        return None
    return HalveAanmelding(lid, str(ruw["wijze"]), str(ruw["doel"]), str(ruw["nummer"]))


def voltooi(nu: datetime, half: HalveAanmelding, wijze: str) -> Response | None:
    """The login after the second step; None when this half was used before. Commits."""
    sessie = db.session()
    kenmerk = hashlib.sha256(f"half:{half.nummer}".encode()).hexdigest()
    if not verbruik(sessie, nu, kenmerk, nu + STAP_GELDIG):
        return None
    rij = begin_sessie(sessie, nu, half.lid, (half.wijze, wijze), request.user_agent.string)
    return redirect(zet_in_browser(nu, rij, half.doel))


def zet_in_browser(nu: datetime, rij: Sessie, doel: str) -> str:
    """Commit a login that was begun and put it in the browser; where to go from there.

    Nothing of the session from before survives.
    """
    nodig = verplicht() and not met_twee_factoren(db.session(), rij.id)
    email = rij.lidmaatschap.gebruiker.email
    _sluit_vorige(nu)
    db.session.commit()
    zet_koekje(nu, rij, factor_nodig=nodig)

    @after_this_request
    def _onthoud(antwoord: FlaskResponse) -> FlaskResponse:
        onthoud(antwoord, email)
        return antwoord

    return url_for("factoren.overzicht") if nodig else veilig_doel(doel)


def zet_koekje(nu: datetime, rij: Sessie, *, factor_nodig: bool = False) -> None:
    """Log this browser in with this row and nothing else."""
    session.clear()
    login_user(Aangemeld(rij, nu, factor_nodig=factor_nodig))


def wissel_in_browser(sessie: Session, actor: Actor) -> None:
    """Give the actor's login another secret, after it was proven once more (ASVS 5.0, 7.2.4).

    The browser gets it when what this request does is committed; until then, and if not, the old one stays. What else
    the cookie holds stays too: forms that are open in other tabs still send.
    """
    rij = wissel_sessie(sessie, actor)
    if rij is None or not has_request_context():
        return
    nieuw = rij.uid

    @after_this_request
    def _geef(antwoord: FlaskResponse) -> FlaskResponse:
        db.session.rollback()
        if db.session.scalar(select(Sessie.uid).where(Sessie.id == actor.sessie_id)) == nieuw:
            session[_WIE] = str(nieuw)
        return antwoord
