"""Locations with features and parties, and gemeenten in a partnership, for tests of links."""

from datetime import date, datetime
from typing import Any

from flask import current_app

from inspecties.core.rechten import Rol
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database.basis import db
from inspecties.gebruikers import verband
from inspecties.gebruikers.models_verband import Verbandlid
from inspecties.locaties.kenmerken import leg_kenmerk_vast
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Kenmerk, Partij, Partijrol
from tests.wereld import Kring

DAG = date(2026, 10, 1)


def bos() -> Sleutelbos:
    """The keys of the application under test."""
    sleutels: Sleutelbos = current_app.extensions["sleutelbos"]
    return sleutels


def zie(
    kring: Kring, nu: datetime, locatie: Risicolocatie, soort: str, waarde: str, op: date = DAG, bron: str = "bord"
) -> Kenmerk:
    """A feature seen at a location, by the operation that the page uses; committed."""
    sessie, actor = db.session(), kring.actoren[Rol.COORDINATOR]
    kenmerk = leg_kenmerk_vast(
        sessie, actor, nu, bos(), locatie, soort=soort, waarde=waarde, bron=bron, gezien_op=op
    )  # fmt: skip
    sessie.commit()
    return kenmerk


def maak_partij(
    kring: Kring, nu: datetime, naam: str, kvk: str = "", soort: str = "organisatie", **rest: Any
) -> Partij:
    """A party of this gemeente; committed."""
    doel = "toezicht" if soort == "persoon" else ""
    velden = {"doel": doel, "aangemaakt_op": nu, "gewijzigd_op": nu} | rest
    partij = Partij(gemeente_id=kring.gemeente.id, naam=naam, kvk=kvk, soort=soort, **velden)
    db.session.add(partij)
    db.session.commit()
    return partij


def geef_rol(partij: Partij, nu: datetime, locatie: Risicolocatie, rol: str = "exploitant", van: date = DAG) -> None:
    """What a party is at a location; committed."""
    db.session.add(
        Partijrol(
            gemeente_id=partij.gemeente_id,
            partij_id=partij.id,
            locatie_id=locatie.id,
            rol=rol,
            van=van,
            vastgelegd_op=nu,
        )
    )
    db.session.commit()


def begin_verband(kring: Kring, nu: datetime) -> Verbandlid:
    """A partnership of this gemeente alone; committed."""
    lid = verband.richt_op(db.session(), kring.actoren[Rol.BEHEERDER], nu, f"Verband {kring.gemeente.naam}")
    db.session.commit()
    return lid


def in_verband(een: Kring, twee: Kring, nu: datetime) -> tuple[Verbandlid, Verbandlid]:
    """Both gemeenten admitted to one partnership, with a contact, neither sharing; committed."""
    sessie = db.session()
    beheerders = een.actoren[Rol.BEHEERDER], twee.actoren[Rol.BEHEERDER]
    eerste = verband.richt_op(sessie, beheerders[0], nu, "Markermeer")
    tweede = verband.vraag_aan(sessie, beheerders[1], nu, eerste.verband)
    verband.laat_toe(sessie, beheerders[0], nu, eerste, twee.gemeente.code)
    for beheerder, lid in zip(beheerders, (eerste, tweede), strict=True):
        naam = "Bel Een" if lid is eerste else "Bel Twee"
        verband.wijzig_contact(sessie, beheerder, nu, lid, naam, "0320 000010", "bel@gemeente.example")
    sessie.commit()
    return eerste, tweede


def schakel(kring: Kring, lid: Verbandlid, nu: datetime, *, aan: bool) -> None:
    """Switch sharing, as this gemeente's beheerder; committed."""
    verband.zet_delen(db.session(), kring.actoren[Rol.BEHEERDER], nu, lid, aan=aan)
    db.session.commit()
