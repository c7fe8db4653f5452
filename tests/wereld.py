"""Two gemeenten with a user of every role, for tests of rights and scope."""

from dataclasses import dataclass, field
from datetime import datetime

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor, systeem
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.gebruikers import wachtwoorden
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap, Sessie
from inspecties.partners.models import Organisatie

WACHTWOORD = "een lang wachtwoord voor tests"
# Heavy hashes are the point in production (tests/unit/gebruikers/test_hash.py) and the cost of every login here.
wachtwoorden._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_HASH = wachtwoorden.maak_hash(WACHTWOORD)

# Boundary of the test gemeenten: 6 x 6 km on the Markermeer (EPSG:28992).
GRENZEN = {
    "Markerwaard": "POLYGON((142000 504000, 148000 504000, 148000 510000, 142000 510000, 142000 504000))",
    "Houtribdijk": "POLYGON((150000 510000, 154000 510000, 154000 514000, 150000 514000, 150000 510000))",
}


@dataclass
class Kring:
    """One gemeente and its people."""

    gemeente: Gemeente
    actoren: dict[Rol, Actor] = field(default_factory=dict)
    emails: dict[Rol, str] = field(default_factory=dict)
    organisatie: Organisatie | None = None

    @property
    def systeem(self) -> Actor:
        return systeem(self.gemeente.id)


@dataclass
class Wereld:
    """What ``maak_wereld`` made."""

    app: Flask
    nu: datetime
    een: Kring
    twee: Kring

    def client(self, rol: Rol, kring: Kring | None = None) -> FlaskClient:
        """A test client that is logged in as this role (default: in the first gemeente)."""
        return aangemeld(self.app, (kring or self.een).actoren[rol], self.nu)


def maak_kring(sessie: Session, naam: str, code: str, nu: datetime) -> Kring:
    """A gemeente with one user per role and one partner organisation."""
    gemeente = Gemeente(naam=naam, code=code, grens_wkt=GRENZEN[naam], normen={"m2_pp": 12})
    sessie.add(gemeente)
    sessie.flush()
    kring = Kring(gemeente)
    kring.organisatie = Organisatie(gemeente_id=gemeente.id, naam="Politie", soort="politie")
    sessie.add(kring.organisatie)
    sessie.flush()
    for rol in sorted(MENSEN):
        email = f"{rol.value}@{naam.lower()}.example"
        gebruiker = Gebruiker(email=email, naam=f"{rol.value} {naam}", wachtwoord_hash=_HASH, aangemaakt_op=nu)
        sessie.add(gebruiker)
        sessie.flush()
        organisatie_id = kring.organisatie.id if rol is Rol.PARTNER else None
        sessie.add(
            Lidmaatschap(
                gemeente_id=gemeente.id, gebruiker_id=gebruiker.id, rol=rol.value, organisatie_id=organisatie_id
            )
        )
        kring.emails[rol] = email
        kring.actoren[rol] = Actor(
            gemeente_id=gemeente.id,
            rol=rol,
            gebruiker_id=gebruiker.id,
            gebruiker_uid=str(gebruiker.uid),
            organisatie_id=organisatie_id,
            naam=gebruiker.naam,
            gemeente_naam=naam,
        )
    sessie.flush()
    return kring


def maak_wereld(app: Flask, nu: datetime) -> Wereld:
    """Markerwaard and Houtribdijk in an empty database; committed."""
    sessie = db.session()
    wereld = Wereld(
        app, nu, maak_kring(sessie, "Markerwaard", "9901", nu), maak_kring(sessie, "Houtribdijk", "9902", nu)
    )
    sessie.commit()
    return wereld


def aangemeld(app: Flask, actor: Actor, nu: datetime) -> FlaskClient:
    """A test client with a valid session of this actor, without going through the login page. CSRF stays on."""
    sessie = db.session()
    lid = sessie.query(Lidmaatschap).filter_by(gebruiker_id=actor.gebruiker_id).one()
    rij = Sessie(lidmaatschap_id=lid.id, begonnen_op=nu, gezien_op=nu)
    sessie.add(rij)
    sessie.commit()
    client = app.test_client()
    with client.session_transaction() as s:
        s["_user_id"] = str(rij.uid)
        s["_fresh"] = True
    return client


def csrf(client: FlaskClient) -> str:
    """A CSRF token that is valid for this client's session, for forms and for the X-CSRFToken header."""
    antwoord = client.get("/api/csrf")
    # Tests share one application context: without this the next request would go on in this read-only transaction.
    db.session.rollback()
    token: str = antwoord.get_json()["token"]
    return token
