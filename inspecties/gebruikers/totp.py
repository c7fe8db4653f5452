"""Codes from an app (TOTP, RFC 6238): six digits that change every 30 seconds; each works once, while it is shown."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.gebruikers.models import Gebruiker
from inspecties.gebruikers.models_factoren import Totpgeheim

STAP_S = 30
# A code counts in its own half minute and in no other (OWASP ASVS 6.5.5): a phone sets its clock by the network, and
# `inspecties doctor` watches that of the service. Who is a step off hears that, and types the next one.
NET_VERLOPEN = (
    "Die code is net verlopen. Typ de code die uw app nu toont. "
    "Gebeurt dit vaker? Zet de tijd van uw telefoon op automatisch."
)
TE_VROEG = "De klok van uw telefoon loopt voor. Zet de tijd van uw telefoon op automatisch en typ dan de nieuwe code."
UITGEVER = "Inspecties"
# A secret that was shown and never confirmed: whoever comes later must not find it.
OPZET_GELDIG = timedelta(hours=1)


@dataclass(frozen=True)
class Opzet:
    """What a person puts in their app."""

    geheim: str
    adres: str

    @property
    def in_groepen(self) -> str:
        """The secret as it is typed over: in groups of four."""
        return " ".join(self.geheim[i : i + 4] for i in range(0, len(self.geheim), 4))


def _context(rij: Totpgeheim) -> str:
    return f"totp:{rij.uid}"


def is_code(tekst: str) -> bool:
    """Whether this looks like a code of an app, spaces or not."""
    kaal = tekst.replace(" ", "")
    return len(kaal) == 6 and kaal.isascii() and kaal.isdigit()


def begin_opzet(sessie: Session, bos: Sleutelbos, nu: datetime, gebruiker: Gebruiker, *, nieuw: bool) -> Opzet:
    """The secret that waits to be confirmed; a fresh one where there is none or ``nieuw`` asks for it."""
    rij = sessie.scalars(
        select(Totpgeheim).where(Totpgeheim.gebruiker_id == gebruiker.id, Totpgeheim.bevestigd_op.is_(None))
    ).one_or_none()
    if rij is not None and nieuw:
        sessie.delete(rij)
        sessie.flush()
        rij = None
    if rij is None:
        rij = Totpgeheim(uid=nieuw_id(), gebruiker_id=gebruiker.id, gemaakt_op=nu)
        rij.geheim = bos.versleutel(pyotp.random_base32(), _context(rij))
        sessie.add(rij)
        sessie.flush()
    return _opzet(bos, rij, gebruiker)


def _opzet(bos: Sleutelbos, rij: Totpgeheim, gebruiker: Gebruiker) -> Opzet:
    geheim = bos.ontsleutel(rij.geheim, _context(rij))
    return Opzet(geheim, pyotp.TOTP(geheim).provisioning_uri(name=gebruiker.email, issuer_name=UITGEVER))


def open_opzet(sessie: Session, bos: Sleutelbos, nu: datetime, gebruiker: Gebruiker) -> Opzet | None:
    """The secret that waits to be confirmed, if there is one; one that was left lying is not shown any more."""
    rij = sessie.scalars(
        select(Totpgeheim).where(
            Totpgeheim.gebruiker_id == gebruiker.id,
            Totpgeheim.bevestigd_op.is_(None),
            Totpgeheim.gemaakt_op > nu - OPZET_GELDIG,
        )
    ).one_or_none()
    return _opzet(bos, rij, gebruiker) if rij is not None else None


def _is_van(geheim: str, code: str, stap: int) -> bool:
    kaal = code.replace(" ", "").encode("utf-8", "replace")
    return hmac.compare_digest(pyotp.TOTP(geheim).generate_otp(stap).encode(), kaal)


def stap_van(geheim: str, code: str, nu: datetime) -> int | None:
    """The present time step when this is its code; None: it is not."""
    hier = int(nu.timestamp()) // STAP_S
    return hier if _is_van(geheim, code, hier) else None


def _ernaast(geheim: str, code: str, nu: datetime, laatste_stap: int) -> str:
    """What to say of a code that is one step early or late and was not used; '' for any other."""
    hier = int(nu.timestamp()) // STAP_S
    if hier - 1 > laatste_stap and _is_van(geheim, code, hier - 1):
        return NET_VERLOPEN
    return TE_VROEG if _is_van(geheim, code, hier + 1) else ""


def _verbruik_stap(sessie: Session, rij: Totpgeheim, stap: int, nu: datetime) -> bool:
    """Spend this step and all before it; False when it was spent. The row decides, also between parallel requests."""
    geraakt = sessie.execute(
        update(Totpgeheim)
        .where(Totpgeheim.id == rij.id, Totpgeheim.laatste_stap < stap)
        .values(laatste_stap=stap, gebruikt_op=nu)
        .execution_options(synchronize_session=False)
    )
    sessie.expire(rij)
    return int(getattr(geraakt, "rowcount", 0)) == 1


def bevestig_opzet(sessie: Session, bos: Sleutelbos, nu: datetime, gebruiker: Gebruiker, code: str) -> Totpgeheim:
    """Take the waiting secret in use, in the place of an older one. Raises OngeldigeInvoer."""
    rij = sessie.scalars(
        select(Totpgeheim)
        .where(
            Totpgeheim.gebruiker_id == gebruiker.id,
            Totpgeheim.bevestigd_op.is_(None),
            Totpgeheim.gemaakt_op > nu - OPZET_GELDIG,
        )
        .with_for_update(key_share=True)
    ).one_or_none()
    if rij is None:
        raise OngeldigeInvoer("Begin opnieuw: scan eerst de code met uw app.", "code")
    geheim = bos.ontsleutel(rij.geheim, _context(rij))
    stap = stap_van(geheim, code, nu) if is_code(code) else None
    if stap is None or not _verbruik_stap(sessie, rij, stap, nu):
        melding = _ernaast(geheim, code, nu, rij.laatste_stap) if is_code(code) else ""
        raise OngeldigeInvoer(melding or "Deze code klopt niet. Typ de zes cijfers die uw app nu toont.", "code")
    sessie.execute(
        delete(Totpgeheim).where(Totpgeheim.gebruiker_id == gebruiker.id, Totpgeheim.bevestigd_op.is_not(None))
    )
    rij.bevestigd_op = nu
    sessie.flush()
    return rij


def in_gebruik(sessie: Session, gebruiker_id: int) -> Totpgeheim | None:
    """The confirmed secret of this user."""
    return sessie.scalars(
        select(Totpgeheim).where(Totpgeheim.gebruiker_id == gebruiker_id, Totpgeheim.bevestigd_op.is_not(None))
    ).one_or_none()


def verbruik_code(sessie: Session, bos: Sleutelbos, nu: datetime, gebruiker_id: int, code: str) -> bool:
    """Whether this code of the user's app is right and was not used before; it is spent then."""
    rij = in_gebruik(sessie, gebruiker_id)
    if rij is None or not is_code(code):
        return False
    stap = stap_van(bos.ontsleutel(rij.geheim, _context(rij)), code, nu)
    return stap is not None and _verbruik_stap(sessie, rij, stap, nu)


def waarom_niet(sessie: Session, bos: Sleutelbos, nu: datetime, gebruiker_id: int, code: str) -> str:
    """What to say to who typed the code before or after this one; '' where there is nothing better than "wrong"."""
    rij = in_gebruik(sessie, gebruiker_id)
    if rij is None or not is_code(code):
        return ""
    return _ernaast(bos.ontsleutel(rij.geheim, _context(rij)), code, nu, rij.laatste_stap)
