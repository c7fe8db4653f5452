"""Passkeys (WebAuthn Level 3): the questions to a browser and the check of its answers.

A question is random, names what it is for and for whom, is signed into the session cookie, lives five minutes and works
once (``verbruik``). User verification is required, so that a passkey counts as two factors.
"""

import hashlib
import json
import re
import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import webauthn
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.gebruikers.models import Gebruiker
from inspecties.gebruikers.models_factoren import Passkey
from inspecties.gebruikers.rules.factoren import PASSKEYS_HOOGSTENS, STAP_GELDIG
from inspecties.gebruikers.verbruik import verbruik

AFGEWEZEN = "Deze passkey werkt hier niet. Probeer het opnieuw, of gebruik een andere manier."
_WACHT_MS = int(STAP_GELDIG.total_seconds()) * 1000
# What the library lets through of bytes that are no answer at all.
_AFWIJZINGEN = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)
# base64url of at most 1023 bytes.
_KENMERK = re.compile(r"[A-Za-z0-9_-]{1,1400}")
_WEGEN = {weg.value: weg for weg in AuthenticatorTransport}


@dataclass(frozen=True)
class Plek:
    """Where this site lives, as an authenticator sees it."""

    rp_id: str
    oorsprong: str


@dataclass(frozen=True)
class Vraag:
    """A question that was put to a browser: what for, to whom ('': anybody), until when (seconds since 1970)."""

    uitdaging: str
    doel: str
    gebruiker: str
    tot: int

    def als_json(self) -> dict[str, Any]:
        return vars(self).copy()


def lees_vraag(ruw: object) -> Vraag | None:
    """The question as it was kept in the session; None where there is none."""
    if not isinstance(ruw, dict):
        return None
    try:
        return Vraag(str(ruw["uitdaging"]), str(ruw["doel"]), str(ruw["gebruiker"]), int(ruw["tot"]))
    except (KeyError, TypeError, ValueError):
        return None


def passkeys_van(sessie: Session, gebruiker_id: int) -> list[Passkey]:
    """The passkeys of a user, the oldest first."""
    return list(sessie.scalars(select(Passkey).where(Passkey.gebruiker_id == gebruiker_id).order_by(Passkey.id)))


def _noem(rij: Passkey) -> PublicKeyCredentialDescriptor:
    wegen = [_WEGEN[weg] for weg in rij.wegen if weg in _WEGEN]
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(rij.sleutel_id), transports=wegen or None)


def _vraag(uitdaging: bytes, doel: str, gebruiker: str, nu: datetime) -> Vraag:
    return Vraag(bytes_to_base64url(uitdaging), doel, gebruiker, int((nu + STAP_GELDIG).timestamp()))


def vraag_nieuwe(sessie: Session, nu: datetime, plek: Plek, gebruiker: Gebruiker) -> tuple[Vraag, dict[str, Any]]:
    """The question to make a passkey, and what the browser needs. Raises Conflict when there are many already."""
    bestaand = passkeys_van(sessie, gebruiker.id)
    if len(bestaand) >= PASSKEYS_HOOGSTENS:
        raise Conflict(f"U hebt al {PASSKEYS_HOOGSTENS} passkeys. Verwijder er eerst een die u niet meer gebruikt.")
    opties = webauthn.generate_registration_options(
        rp_id=plek.rp_id,
        rp_name="Inspecties",
        user_name=gebruiker.email,
        # The public id and no more: an authenticator shows it to nobody, but may keep it.
        user_id=gebruiker.uid.bytes,
        user_display_name=gebruiker.naam,
        timeout=_WACHT_MS,
        exclude_credentials=[_noem(rij) for rij in bestaand],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return _vraag(opties.challenge, "toevoegen", str(gebruiker.uid), nu), options_to_json_dict(opties)


def vraag_bewijs(
    sessie: Session, nu: datetime, plek: Plek, doel: str, gebruiker: Gebruiker | None
) -> tuple[Vraag, dict[str, Any]]:
    """The question to prove oneself; without ``gebruiker`` whoever has a passkey for this site may answer."""
    eigen = passkeys_van(sessie, gebruiker.id) if gebruiker else []
    opties = webauthn.generate_authentication_options(
        rp_id=plek.rp_id,
        timeout=_WACHT_MS,
        allow_credentials=[_noem(rij) for rij in eigen],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _vraag(opties.challenge, doel, str(gebruiker.uid) if gebruiker else "", nu), options_to_json_dict(opties)


def _neem_vraag(sessie: Session, nu: datetime, vraag: Vraag | None, doel: str, gebruiker: str) -> bytes:
    """The challenge of a question that still stands; it is spent now, whatever the answer is worth."""
    if vraag is None or vraag.doel != doel or vraag.gebruiker != gebruiker or nu.timestamp() > vraag.tot:
        raise OngeldigeInvoer("Dit duurde te lang. Probeer het opnieuw.", "passkey")
    kenmerk = hashlib.sha256(f"passkey:{vraag.uitdaging}".encode()).hexdigest()
    if not verbruik(sessie, nu, kenmerk, nu + STAP_GELDIG):
        raise OngeldigeInvoer("Dit antwoord is al gebruikt. Probeer het opnieuw.", "passkey")
    return base64url_to_bytes(vraag.uitdaging)


def lees_antwoord(tekst: object) -> dict[str, Any]:
    """The answer of a browser. Raises OngeldigeInvoer where it is none."""
    try:
        inhoud = json.loads(tekst) if isinstance(tekst, str) else tekst
    except (ValueError, RecursionError):
        inhoud = None
    if not isinstance(inhoud, dict) or not isinstance(inhoud.get("response"), dict):
        raise OngeldigeInvoer(AFGEWEZEN, "passkey")
    if not isinstance(inhoud.get("id"), str) or not _KENMERK.fullmatch(inhoud["id"]):
        raise OngeldigeInvoer(AFGEWEZEN, "passkey")
    return inhoud


def voeg_toe(
    sessie: Session,
    nu: datetime,
    plek: Plek,
    gebruiker: Gebruiker,
    vraag: Vraag | None,
    antwoord: dict[str, Any],
    naam: str,
) -> Passkey:
    """Check a new passkey and keep its public half. Raises OngeldigeInvoer or Conflict."""
    naam = naam.strip()
    if not 1 <= len(naam) <= 60:
        raise OngeldigeInvoer("Geef de passkey een naam van 1 tot 60 tekens, zoals 'Laptop van het werk'.", "naam")
    uitdaging = _neem_vraag(sessie, nu, vraag, "toevoegen", str(gebruiker.uid))
    try:
        goed = webauthn.verify_registration_response(
            credential=antwoord,
            expected_challenge=uitdaging,
            expected_rp_id=plek.rp_id,
            expected_origin=plek.oorsprong,
            require_user_verification=True,
        )
    except _AFWIJZINGEN as fout:
        raise OngeldigeInvoer(AFGEWEZEN, "passkey") from fout
    sleutel_id = bytes_to_base64url(goed.credential_id)
    if sessie.scalar(select(func.count()).select_from(Passkey).where(Passkey.sleutel_id == sleutel_id)):
        raise Conflict("Deze passkey is hier al bekend.", "passkey")
    wegen = antwoord["response"].get("transports") if isinstance(antwoord["response"], dict) else None
    rij = Passkey(
        gebruiker_id=gebruiker.id,
        sleutel_id=sleutel_id,
        publieke_sleutel=bytes_to_base64url(goed.credential_public_key),
        teller=goed.sign_count,
        naam=naam,
        wegen=[weg for weg in wegen if weg in _WEGEN][: len(_WEGEN)] if isinstance(wegen, list) else [],
        in_reservekopie=goed.credential_backed_up,
        gemaakt_op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    return rij


def controleer(
    sessie: Session,
    nu: datetime,
    plek: Plek,
    doel: str,
    vraag: Vraag | None,
    antwoord: dict[str, Any],
    gebruiker: Gebruiker | None = None,
) -> Passkey:
    """Whose passkey answered, and that it did. Raises OngeldigeInvoer without saying which part was wrong."""
    uitdaging = _neem_vraag(sessie, nu, vraag, doel, str(gebruiker.uid) if gebruiker else "")
    # Locked, so that the counter cannot be passed by two answers at the same moment.
    rij = sessie.scalars(
        select(Passkey).where(Passkey.sleutel_id == antwoord["id"]).with_for_update(key_share=True)
    ).one_or_none()
    if rij is None or (gebruiker is not None and rij.gebruiker_id != gebruiker.id):
        raise OngeldigeInvoer(AFGEWEZEN, "passkey")
    try:
        goed = webauthn.verify_authentication_response(
            credential=antwoord,
            expected_challenge=uitdaging,
            expected_rp_id=plek.rp_id,
            expected_origin=plek.oorsprong,
            credential_public_key=base64url_to_bytes(rij.publieke_sleutel),
            credential_current_sign_count=rij.teller,
            require_user_verification=True,
        )
    except _AFWIJZINGEN as fout:
        raise OngeldigeInvoer(AFGEWEZEN, "passkey") from fout
    rij.teller, rij.gebruikt_op, rij.in_reservekopie = goed.new_sign_count, nu, goed.credential_backed_up
    sessie.flush()
    return rij


def van_wie(sessie: Session, antwoord: dict[str, Any]) -> Gebruiker | None:
    """Whose passkey this answer names; that says nothing about whether it is right."""
    return sessie.scalars(
        select(Gebruiker)
        .join(Passkey, Passkey.gebruiker_id == Gebruiker.id)
        .where(Passkey.sleutel_id == antwoord["id"])
    ).one_or_none()
