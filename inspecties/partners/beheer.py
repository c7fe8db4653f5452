"""Acts on partners: organisations, their contacts and settings, and the powers of own people."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker
from inspecties.partners.beschikbaar import Instelling
from inspecties.partners.bevoegd import bevoegdhedentabel
from inspecties.partners.models import Organisatie
from inspecties.partners.models_partners import Contactpersoon, Gebruikerbevoegdheid, Partnerinstelling

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_TELEFOON = re.compile(r"\+?[0-9][0-9 ()\-]{5,18}")


@dataclass(frozen=True)
class ContactGegevens:
    """What is typed of a contact person."""

    naam: str
    functie: str = ""
    email: str = ""
    telefoon: str = ""
    krijgt_uitnodiging: bool = False


def _kort(tekst: str, hoogstens: int, veld: str, wat: str) -> str:
    goed = " ".join(tekst.split())
    if len(goed) > hoogstens:
        raise OngeldigeInvoer(f"{wat} is te lang: gebruik hoogstens {hoogstens} tekens.", veld)
    return goed


def bewaar_organisatie(
    sessie: Session, actor: Actor, nu: datetime, organisatie: Organisatie | None, naam: str, soort: str
) -> Organisatie:
    """Add an organisation (None) or change one. Raises OngeldigeInvoer or Conflict naming the field."""
    goed = _kort(naam, 120, "naam", "De naam")
    if not goed:
        raise OngeldigeInvoer("Geef de organisatie een naam.", "naam")
    tabel = bevoegdhedentabel()
    if soort not in tabel.soorten and (organisatie is None or organisatie.soort != soort):
        raise OngeldigeInvoer("Kies een soort organisatie uit de lijst.", "soort")
    dubbel = select_voor(actor, Organisatie).where(func.lower(Organisatie.naam) == goed.lower())
    if organisatie is not None:
        dubbel = dubbel.where(Organisatie.id != organisatie.id)
    if sessie.scalars(dubbel).first() is not None:
        raise Conflict(f"Er is al een organisatie met de naam '{goed}'.", "naam")
    handeling = "partner_gewijzigd" if organisatie else "partner_toegevoegd"
    rij = organisatie or Organisatie(gemeente_id=actor.gemeente_id)
    rij.naam, rij.soort = goed, soort
    sessie.add(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, handeling, "organisatie", rij.uid, gegevens={"soort": soort})
    return rij


def zet_instelling(
    sessie: Session, actor: Actor, nu: datetime, organisatie: Organisatie, instelling: Instelling
) -> None:
    """What an organisation may see of a stop and the most it does. Raises OngeldigeInvoer naming the field."""
    for veld in ("ploegen_per_avond", "avonden_per_maand"):
        waarde = getattr(instelling, veld)
        if waarde is not None and not 0 < waarde <= 99:
            raise OngeldigeInvoer("Vul een getal in van 1 tot 99, of laat dit leeg.", veld)
    rij = sessie.scalars(
        select_voor(actor, Partnerinstelling).where(Partnerinstelling.organisatie_id == organisatie.id)
    ).one_or_none()
    if rij is None:
        rij = Partnerinstelling(gemeente_id=actor.gemeente_id, organisatie_id=organisatie.id)
        sessie.add(rij)
    nieuw = asdict(instelling)
    for veld, waarde in nieuw.items():
        setattr(rij, veld, waarde)
    sessie.flush()
    leg_vast(sessie, actor, nu, "partnerinstelling_gezet", "organisatie", organisatie.uid, gegevens=nieuw)


def bewaar_contact(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    organisatie: Organisatie,
    contact: Contactpersoon | None,
    gegevens: ContactGegevens,
) -> Contactpersoon:
    """Add a contact person (None) or change one. Raises OngeldigeInvoer naming the field."""
    naam = _kort(gegevens.naam, 120, "naam", "De naam")
    if not naam:
        raise OngeldigeInvoer("Vul de naam van de contactpersoon in.", "naam")
    email = gegevens.email.strip().lower()
    if email and (len(email) > 254 or not _EMAIL.fullmatch(email)):
        raise OngeldigeInvoer("Dit e-mailadres klopt niet. Schrijf het als naam@organisatie.nl.", "email")
    if gegevens.krijgt_uitnodiging and not email:
        raise OngeldigeInvoer("Vul een e-mailadres in: daar gaat de uitnodiging heen.", "email")
    telefoon = " ".join(gegevens.telefoon.split())
    if telefoon and not _TELEFOON.fullmatch(telefoon):
        raise OngeldigeInvoer("Dit telefoonnummer klopt niet. Schrijf het als 06 12345678.", "telefoon")
    rij = contact or Contactpersoon(gemeente_id=actor.gemeente_id, organisatie_id=organisatie.id)
    rij.naam, rij.functie = naam, _kort(gegevens.functie, 120, "functie", "De functie")
    rij.email, rij.telefoon, rij.krijgt_uitnodiging = email, telefoon, gegevens.krijgt_uitnodiging
    sessie.add(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, "contactpersoon_bewaard", "organisatie", organisatie.uid)
    return rij


def verwijder_contact(sessie: Session, actor: Actor, nu: datetime, contact: Contactpersoon) -> None:
    """Take a contact person away."""
    uid = contact.organisatie.uid
    sessie.delete(contact)
    sessie.flush()
    leg_vast(sessie, actor, nu, "contactpersoon_verwijderd", "organisatie", uid)


def geef_bevoegdheid(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    gebruiker: Gebruiker,
    code: str,
    geldig_van: date,
    geldig_tot: date | None,
    legitimatie: str,
) -> Gebruikerbevoegdheid:
    """Record that one of our own people was appointed. Raises OngeldigeInvoer naming the field."""
    if code not in {rij.code for rij in bevoegdhedentabel().persoonlijk(geldig_van)}:
        raise OngeldigeInvoer("Kies een bevoegdheid die op de eerste dag geldt.", "code")
    if geldig_tot is not None and geldig_tot < geldig_van:
        raise OngeldigeInvoer("De laatste dag ligt voor de eerste dag.", "geldig_tot")
    nummer = _kort(legitimatie, 40, "legitimatie", "Het nummer")
    if not nummer:
        raise OngeldigeInvoer("Vul het nummer van het legitimatiebewijs in (art. 5:12 Awb).", "legitimatie")
    for ander in sessie.scalars(
        select_voor(actor, Gebruikerbevoegdheid).where(
            Gebruikerbevoegdheid.gebruiker_id == gebruiker.id, Gebruikerbevoegdheid.code == code
        )
    ):
        begint_later = ander.geldig_tot is not None and geldig_van > ander.geldig_tot
        eindigt_eerder = geldig_tot is not None and geldig_tot < ander.geldig_van
        if not begint_later and not eindigt_eerder:
            raise OngeldigeInvoer("Deze bevoegdheid staat er al voor deze dagen. Beëindig die eerst.", "geldig_van")
    rij = Gebruikerbevoegdheid(
        gemeente_id=actor.gemeente_id,
        gebruiker_id=gebruiker.id,
        code=code,
        geldig_van=geldig_van,
        geldig_tot=geldig_tot,
        legitimatie=nummer,
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, "bevoegdheid_gegeven", "gebruiker", gebruiker.uid, gegevens={"code": code})
    return rij


def beeindig_bevoegdheid(
    sessie: Session, actor: Actor, nu: datetime, rij: Gebruikerbevoegdheid, laatste_dag: date
) -> None:
    """End a power; the row stays, because earlier visits rest on it. Raises OngeldigeInvoer or Conflict."""
    if rij.geldig_tot is not None and rij.geldig_tot <= laatste_dag:
        raise Conflict("Deze bevoegdheid eindigt al eerder of op die dag.", "geldig_tot")
    # One that has not begun never was valid: its only day is the first.
    rij.geldig_tot = max(laatste_dag, rij.geldig_van)
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "bevoegdheid_beeindigd",
        "gebruiker",
        rij.gebruiker.uid,
        gegevens={"code": rij.code, "tot": rij.geldig_tot.isoformat()},
    )
