"""Addresses, location types and risk locations with the history of their status."""

import tomllib
from datetime import date, datetime, time, timedelta
from typing import Any

from geoalchemy2 import WKTElement
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inspecties.core.ids import nieuw_id
from inspecties.core.klok import TIJDZONE
from inspecties.demo.geografie.model import Adres as Wereldadres
from inspecties.demo.inhoud.model import Locatie
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.instellingen import WORTEL
from inspecties.locaties.adreszoeken import ververs_straten
from inspecties.locaties.models import Adres, Locatiestatus, Locatietype, Risicolocatie
from inspecties.locaties.rules.adres import adressleutel

_BLOK = 1000


def moment(dag: date, uur: int = 9, minuut: int = 0) -> datetime:
    """A moment on a Dutch wall clock."""
    return datetime.combine(dag, time(uur, minuut), TIJDZONE)


def sleutel_van(adres: Wereldadres) -> str | None:
    """What makes two addresses the same in the database."""
    return adressleutel(adres.postcode, adres.huisnummer, adres.huisletter, adres.huisnummertoevoeging)


def laad_typen(sessie: Session, kring: Kring) -> dict[str, int]:
    """The location types of ``config/locatietypen.toml``; id per code."""
    with (WORTEL / "config" / "locatietypen.toml").open("rb") as bestand:
        typen = tomllib.load(bestand)["type"]
    rijen = [
        Locatietype(
            gemeente_id=kring.gemeente.id,
            code=t["code"],
            naam=t["naam"],
            checklist_code=t["checklist"],
            interval_dagen=t["interval_dagen"],
            instrumenten=t["instrumenten"],
            hoofdtype=t["hoofdtype"],
            volgorde=volgorde,
        )
        for volgorde, t in enumerate(typen, start=1)
    ]
    sessie.add_all(rijen)
    sessie.flush()
    return {t.code: t.id for t in rijen}


def _in_blokken(sessie: Session, model: type[Any], rijen: list[dict[str, Any]]) -> None:
    for begin in range(0, len(rijen), _BLOK):
        sessie.execute(insert(model), rijen[begin : begin + _BLOK])


def _adresrij(gemeente_id: int, a: Wereldadres) -> dict[str, Any]:
    velden = {veld: waarde for veld, waarde in vars(a).items() if veld != "wijk"}
    return velden | {"uid": nieuw_id(), "gemeente_id": gemeente_id}


def laad_adressen(sessie: Session, kring: Kring, bron: Wereldgemeente) -> dict[str, int]:
    """The address file; id per nummeraanduiding, of the addresses that risk locations stand at."""
    _in_blokken(sessie, Adres, [_adresrij(kring.gemeente.id, a) for a in bron.adressen])
    ververs_straten(sessie, kring.systeem)
    nodig = [x.adres.nummeraanduiding_id for x in bron.locaties]
    rijen = sessie.execute(
        select(Adres.nummeraanduiding_id, Adres.id).where(
            Adres.gemeente_id == kring.gemeente.id, Adres.nummeraanduiding_id.in_(nodig)
        )
    )
    return {rij.nummeraanduiding_id: rij.id for rij in rijen}


def _locatierij(kring: Kring, x: Locatie, type_id: int, adres_id: int) -> dict[str, Any]:
    laatst = x.historie[-1].datum
    return {
        "uid": nieuw_id(),
        "gemeente_id": kring.gemeente.id,
        "naam": x.naam,
        "locatietype_id": type_id,
        "adres_id": adres_id,
        "straat": x.adres.openbare_ruimte,
        "huisnummer": x.adres.huisnummer,
        "huisletter": x.adres.huisletter,
        "toevoeging": x.adres.huisnummertoevoeging,
        "postcode": x.adres.postcode,
        "woonplaats": x.adres.woonplaats,
        "adressleutel": sleutel_van(x.adres),
        "x": x.adres.x,
        "y": x.adres.y,
        "lon": x.adres.lon,
        "lat": x.adres.lat,
        "geom": WKTElement(f"POINT({x.adres.x} {x.adres.y})", srid=28992),
        "status": x.status,
        "bron": x.bron,
        "notitie": x.notitie,
        "veiligheid": x.veiligheid,
        "personen_brp": x.personen_brp,
        "capaciteit": x.capaciteit,
        "aangemaakt_op": moment(x.sinds),
        "gewijzigd_op": moment(laatst),
    }


def laad_locaties(sessie: Session, kring: Kring, bron: Wereldgemeente) -> dict[str, int]:
    """Types, addresses and risk locations; id per key of the world."""
    typen = laad_typen(sessie, kring)
    adressen = laad_adressen(sessie, kring, bron)
    rijen = [_locatierij(kring, x, typen[x.type], adressen[x.adres.nummeraanduiding_id]) for x in bron.locaties]
    _in_blokken(sessie, Risicolocatie, rijen)
    per_uid = {
        rij.uid: rij.id
        for rij in sessie.execute(
            select(Risicolocatie.uid, Risicolocatie.id).where(Risicolocatie.gemeente_id == kring.gemeente.id)
        )
    }
    ids = {x.sleutel: per_uid[rij["uid"]] for x, rij in zip(bron.locaties, rijen, strict=True)}
    door = kring.actoren["coordinator"].gebruiker_id
    stappen = []
    for x in bron.locaties:
        van = ""
        for i, stap in enumerate(x.historie):
            stappen.append(
                {
                    "uid": nieuw_id(),
                    "gemeente_id": kring.gemeente.id,
                    "locatie_id": ids[x.sleutel],
                    "van": van,
                    "naar": stap.status,
                    "reden": stap.reden,
                    "door_id": door,
                    "op": moment(stap.datum) + timedelta(minutes=i),
                }
            )
            van = stap.status
    _in_blokken(sessie, Locatiestatus, stappen)
    return ids
