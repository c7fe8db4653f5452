"""Acts on availability: hours entered by hand, and calendars that are read in."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker
from inspecties.partners.models import Organisatie
from inspecties.partners.models_partners import Beschikbaarheid
from inspecties.partners.rules.agenda import lees_ics
from inspecties.partners.rules.beschikbaar import lees_uren

UREN_HOOGSTENS = 5_000
Eigenaar = Organisatie | Gebruiker


@dataclass(frozen=True)
class Verslag:
    """What reading a calendar did, counted in appointments (a series is one)."""

    nieuw: int = 0
    bijgewerkt: int = 0
    vervallen: int = 0
    ouder: int = 0


def van_eigenaar(eigenaar: Eigenaar) -> ColumnElement[bool]:
    """The rows of this organisation or person."""
    if isinstance(eigenaar, Organisatie):
        return Beschikbaarheid.organisatie_id == eigenaar.id
    return Beschikbaarheid.gebruiker_id == eigenaar.id


def _nieuw(actor: Actor, eigenaar: Eigenaar, begin: datetime, eind: datetime, *, beschikbaar: bool) -> Beschikbaarheid:
    rij = Beschikbaarheid(gemeente_id=actor.gemeente_id, begin_op=begin, eind_op=eind, beschikbaar=beschikbaar)
    if isinstance(eigenaar, Organisatie):
        rij.organisatie_id = eigenaar.id
    else:
        rij.gebruiker_id = eigenaar.id
    return rij


def _soort(eigenaar: Eigenaar) -> str:
    return "organisatie" if isinstance(eigenaar, Organisatie) else "gebruiker"


@dataclass(frozen=True)
class UrenGegevens:
    """Hours as typed, on a Dutch clock."""

    van_dag: date
    van_tijd: time | None = None
    tot_dag: date | None = None
    tot_tijd: time | None = None
    beschikbaar: bool = False
    toelichting: str = ""


def leg_uren_vast(
    sessie: Session, actor: Actor, nu: datetime, eigenaar: Eigenaar, gegevens: UrenGegevens
) -> Beschikbaarheid:
    """Hours entered by hand. Raises OngeldigeInvoer naming the field."""
    begin, eind = lees_uren(gegevens.van_dag, gegevens.van_tijd, gegevens.tot_dag, gegevens.tot_tijd)
    if len(gegevens.toelichting) > 160:
        raise OngeldigeInvoer("De toelichting is te lang: gebruik hoogstens 160 tekens.", "toelichting")
    rij = _nieuw(actor, eigenaar, begin, eind, beschikbaar=gegevens.beschikbaar)
    rij.toelichting = " ".join(gegevens.toelichting.split())
    sessie.add(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, "beschikbaarheid_vastgelegd", _soort(eigenaar), eigenaar.uid)
    return rij


def verwijder_uren(sessie: Session, actor: Actor, nu: datetime, eigenaar: Eigenaar, rij: Beschikbaarheid) -> None:
    """Take hours away; of a series from a calendar only this time."""
    sessie.delete(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, "beschikbaarheid_verwijderd", _soort(eigenaar), eigenaar.uid)


def lees_agenda(
    sessie: Session, actor: Actor, nu: datetime, eigenaar: Eigenaar, inhoud: bytes, *, beschikbaar: bool
) -> Verslag:
    """Read a calendar file: what came from the same UID before is replaced, unless the file is older than that.

    Raises OngeldigeInvoer naming the event, or Conflict where it would hold too much.
    """
    gebeurtenissen = lees_ics(inhoud, nu)
    staand: dict[str, list[Beschikbaarheid]] = {}
    aantal = 0
    for rij in sessie.scalars(select_voor(actor, Beschikbaarheid).where(van_eigenaar(eigenaar))):
        aantal += 1
        if rij.ics_uid is not None:
            staand.setdefault(rij.ics_uid, []).append(rij)
    if aantal + sum(len(g.periodes) for g in gebeurtenissen) > UREN_HOOGSTENS:
        raise Conflict(f"Er kunnen hoogstens {UREN_HOOGSTENS} tijden in deze agenda. Haal eerst oude weg.", "bestand")
    tellers = {"nieuw": 0, "bijgewerkt": 0, "vervallen": 0, "ouder": 0}
    for gebeurtenis in gebeurtenissen:
        oud = staand.get(gebeurtenis.uid, [])
        if any(rij.ics_volgnummer > gebeurtenis.volgnummer for rij in oud):
            tellers["ouder"] += 1
            continue
        for rij in oud:
            sessie.delete(rij)
        for begin, eind in gebeurtenis.periodes:
            rij = _nieuw(actor, eigenaar, begin, eind, beschikbaar=beschikbaar)
            rij.bron, rij.ics_uid, rij.ics_volgnummer = "ics", gebeurtenis.uid, gebeurtenis.volgnummer
            sessie.add(rij)
        if gebeurtenis.periodes:
            tellers["bijgewerkt" if oud else "nieuw"] += 1
        elif oud:
            tellers["vervallen"] += 1
    sessie.flush()
    leg_vast(sessie, actor, nu, "agenda_ingelezen", _soort(eigenaar), eigenaar.uid, gegevens=dict(tellers))
    return Verslag(**tellers)
