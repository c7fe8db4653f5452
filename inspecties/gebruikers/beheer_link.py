"""The link with which a user chooses a password: signed, dated, and dead once a password was set."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.fouten import NietGevonden
from inspecties.core.ids import lees_id
from inspecties.gebruikers.models import Gebruiker
from inspecties.gebruikers.verbruik import verbruik

# One secret, or several with the one that signs last.
Geheim = str | list[str]
GELDIG = timedelta(hours=72)
_ONGELDIG = "Deze link werkt niet (meer). Vraag de beheerder van uw gemeente om een nieuwe."


@dataclass(frozen=True)
class Wachtwoordlink:
    """The secret part of the link and until when it works."""

    bewijs: str
    geldig_tot: datetime


def _schrijver(geheim: Geheim) -> URLSafeSerializer:
    return URLSafeSerializer(geheim, salt="wachtwoordlink", signer_kwargs={"digest_method": hashlib.sha256})


def _vingerafdruk(gebruiker: Gebruiker) -> str:
    # Every hash has a fresh salt: setting a password, or making another link, ends all links from before.
    return hashlib.sha256(gebruiker.wachtwoord_hash.encode()).hexdigest()[:24]


def maak_link(geheim: Geheim, nu: datetime, gebruiker: Gebruiker) -> Wachtwoordlink:
    """A link for a user whose password was just withdrawn or never set."""
    tot = nu + GELDIG
    inhoud = [str(gebruiker.uid), _vingerafdruk(gebruiker), int(tot.timestamp())]
    bewijs = _schrijver(geheim).dumps(inhoud)
    return Wachtwoordlink(bewijs if isinstance(bewijs, str) else bewijs.decode("ascii"), tot)


def lees_link(sessie: Session, geheim: Geheim, nu: datetime, bewijs: str) -> Gebruiker:
    """The user that a link is for. Raises NietGevonden when forged, used, too old, or the user is blocked."""
    try:
        inhoud: Any = _schrijver(geheim).loads(bewijs)
    except BadSignature as fout:
        raise NietGevonden(_ONGELDIG) from fout
    uid, vingerafdruk, tot = inhoud
    gebruiker = sessie.scalars(select(Gebruiker).where(Gebruiker.uid == lees_id(uid))).one_or_none()
    if (
        gebruiker is None
        or gebruiker.geblokkeerd_op is not None
        or _vingerafdruk(gebruiker) != vingerafdruk
        or nu.timestamp() > tot
    ):
        raise NietGevonden(_ONGELDIG)
    return gebruiker


def neem_link(sessie: Session, nu: datetime, bewijs: str) -> None:
    """Spend a link, in the transaction that sets the password. Raises NietGevonden for the second of two at once."""
    kenmerk = hashlib.sha256(f"wachtwoordlink:{bewijs}".encode()).hexdigest()
    if not verbruik(sessie, nu, kenmerk, nu + GELDIG):
        raise NietGevonden(_ONGELDIG)
