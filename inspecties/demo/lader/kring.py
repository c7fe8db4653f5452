"""A gemeente with its partners, its accounts and its settings."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.demo.accounts import ACCOUNTS
from inspecties.demo.lader.geheim import bewaar_geheim
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap, Sessie
from inspecties.gebruikers.rules.wachtwoordkeuze import MAXIMUM
from inspecties.locaties.operations import zet_achtergrond
from inspecties.partners.models import Organisatie
from inspecties.rapportages.models import Norm

# What every act of the loader gives as its ground in the audit log.
DOEL = "Demo met verzonnen gegevens"

ORGANISATIES: dict[str, str] = {
    "politie": "Politie",
    "nla": "Nederlandse Arbeidsinspectie",
    "omgevingsdienst": "Omgevingsdienst Markermeer",
    "brandweer": "Brandweer Markermeer",
    "belastingdienst": "Belastingdienst",
    "ggd": "GGD Markermeer",
    "zorg": "Zorgcoördinatie Markermeer",
}
_THEMA = {
    "Markerwaard": {"merk": "#0f4c5c", "op_merk": "#ffffff"},
    "Houtribdijk": {"merk": "#5b2a55", "op_merk": "#ffffff"},
}
_JAARNORM = {"pandenactie": 4, "branchecontrole": 3, "jaarcontrole": 1, "hotelcontrole": 1, "hercontrole": 1}


@dataclass(frozen=True)
class Kring:
    """A gemeente in the database with who may act in it; ``actoren`` by the part of the address before the @."""

    gemeente: Gemeente
    actoren: dict[str, Actor]
    organisaties: dict[str, int]

    @property
    def systeem(self) -> Actor:
        return systeem(self.gemeente.id)

    def leden(self, namen: tuple[str, ...]) -> list[Actor]:
        """The actors with these names that this gemeente has; its coordinator where it has none of them."""
        return [self.actoren[n] for n in namen if n in self.actoren] or [self.actoren["coordinator"]]


def _getal(waarde: int) -> str:
    """Base64url of a whole number without leading zeros (RFC 7518, 2)."""
    return base64.urlsafe_b64encode(waarde.to_bytes((waarde.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


def herstelsleutel(data: Path, code: str) -> dict[str, Any]:
    """The public recovery key (JWK) of a demo gemeente.

    The private half stays in the data folder, readable by its owner only: a real gemeente keeps it offline, in the demo
    whoever tries it out must be able to open a tablet with it.
    """
    pad = data / f"demo-herstelsleutel-{code}.json"
    if pad.exists():
        bewaard: dict[str, Any] = json.loads(pad.read_text(encoding="ascii"))
    else:
        geheim = rsa.generate_private_key(public_exponent=65537, key_size=3072).private_numbers()
        delen = {"n": geheim.public_numbers.n, "e": geheim.public_numbers.e, "d": geheim.d, "p": geheim.p}
        delen |= {"q": geheim.q, "dp": geheim.dmp1, "dq": geheim.dmq1, "qi": geheim.iqmp}
        bewaard = {"kty": "RSA", "alg": "RSA-OAEP-256", "kid": str(nieuw_id())}
        bewaard |= {naam: _getal(waarde) for naam, waarde in delen.items()}
        bewaar_geheim(pad, json.dumps(bewaard))
    openbaar = {naam: bewaard[naam] for naam in ("kty", "alg", "kid", "n", "e")}
    return openbaar | {"key_ops": ["encrypt"], "ext": True}


def hash_demowachtwoord(wachtwoord: str) -> str:
    """Argon2id hash of the demo's password, also of a short one: it opens invented data only and is shown."""
    return PasswordHasher().hash(wachtwoord[:MAXIMUM])


def zet_demowachtwoord(sessie: Session, nu: datetime, gebruikers: Iterable[Gebruiker], wachtwoord: str) -> None:
    """Give the demo accounts another password and end their sessions."""
    nieuw = hash_demowachtwoord(wachtwoord)
    for gebruiker in gebruikers:
        gebruiker.wachtwoord_hash = nieuw
        for lid in gebruiker.lidmaatschappen:
            for rij in sessie.scalars(
                select(Sessie).where(Sessie.lidmaatschap_id == lid.id, Sessie.beeindigd_op.is_(None))
            ):
                rij.beeindigd_op = nu
            leg_vast(
                sessie,
                systeem(lid.gemeente_id),
                nu,
                "wachtwoord_gewijzigd",
                "gebruiker",
                gebruiker.uid,
                grondslag=DOEL,
            )


def _voeg_accounts_toe(sessie: Session, kring: Kring, nu: datetime, wachtwoord_hash: str) -> None:
    """All accounts share one hash: making twelve of the same password would cost a second and protect nothing."""
    for account in ACCOUNTS:
        if account.gemeente != kring.gemeente.naam:
            continue
        organisatie = kring.organisaties[account.organisatie] if account.organisatie else None
        gebruiker = Gebruiker(email=account.email, naam=account.naam, wachtwoord_hash=wachtwoord_hash, aangemaakt_op=nu)
        sessie.add(gebruiker)
        sessie.flush()
        lid = Lidmaatschap(
            gemeente_id=kring.gemeente.id,
            gebruiker_id=gebruiker.id,
            rol=account.rol.value,
            organisatie_id=organisatie,
        )
        sessie.add(lid)
        leg_vast(
            sessie,
            kring.systeem,
            nu,
            "gebruiker_toegevoegd",
            "gebruiker",
            gebruiker.uid,
            grondslag=DOEL,
            gegevens={"rol": lid.rol},
        )
        kring.actoren[account.email.partition("@")[0]] = _actor(kring.gemeente, gebruiker, lid)


def _actor(gemeente: Gemeente, gebruiker: Gebruiker, lid: Lidmaatschap) -> Actor:
    return Actor(
        gemeente_id=gemeente.id,
        rol=Rol(lid.rol),
        gebruiker_id=gebruiker.id,
        gebruiker_uid=str(gebruiker.uid),
        organisatie_id=lid.organisatie_id,
        naam=gebruiker.naam,
        gemeente_naam=gemeente.naam,
    )


def maak_kring(sessie: Session, bron: Wereldgemeente, nu: datetime, wachtwoord_hash: str, data: Path) -> Kring:
    """The gemeente, its organisations, accounts, norms and map background."""
    gemeente = Gemeente(
        naam=bron.naam,
        code=bron.code,
        thema=_THEMA[bron.naam],
        normen={"m2_pp": 12},
        grens_wkt=bron.grens.wkt,
        herstel_jwk=herstelsleutel(data, bron.code),
    )
    sessie.add(gemeente)
    sessie.flush()
    partners = [Organisatie(gemeente_id=gemeente.id, soort=s, naam=n) for s, n in ORGANISATIES.items()]
    sessie.add_all(partners)
    sessie.flush()
    kring = Kring(gemeente, {}, {p.soort: p.id for p in partners})
    leg_vast(sessie, kring.systeem, nu, "gemeente_toegevoegd", "gemeente", gemeente.uid, grondslag=DOEL)
    zet_achtergrond(sessie, kring.systeem, nu, bron.achtergrond)
    _voeg_accounts_toe(sessie, kring, nu, wachtwoord_hash)
    return kring


def zet_normen(sessie: Session, kring: Kring, jaren: tuple[int, ...]) -> None:
    """How many actions of each kind the gemeente promised for these years."""
    sessie.execute(
        insert(Norm),
        [
            {"uid": nieuw_id(), "gemeente_id": kring.gemeente.id, "soort": soort, "jaar": jaar, "aantal": aantal}
            for jaar in jaren
            for soort, aantal in _JAARNORM.items()
        ],
    )


def lees_kring(sessie: Session, code: str) -> Kring:
    """The gemeente as it was loaded before, under any name. Raises NoResultFound where it is not there."""
    gemeente = sessie.scalars(select(Gemeente).where(Gemeente.code == code)).one()
    organisaties = sessie.scalars(select(Organisatie).where(Organisatie.gemeente_id == gemeente.id))
    leden = sessie.execute(
        select(Gebruiker, Lidmaatschap)
        .join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
        .where(
            Lidmaatschap.gemeente_id == gemeente.id,
            Gebruiker.email.in_([a.email for a in ACCOUNTS]),
            Gebruiker.geblokkeerd_op.is_(None),
        )
    )
    actoren = {g.email.partition("@")[0]: _actor(gemeente, g, lid) for g, lid in leden}
    return Kring(gemeente, actoren, {o.soort: o.id for o in organisaties})
