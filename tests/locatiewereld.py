"""Location types, addresses and locations for tests, in both gemeenten of tests/wereld.py."""

from datetime import datetime
from typing import Any

from inspecties.database.basis import db
from inspecties.locaties import operations
from inspecties.locaties.models import Adres, Locatietype, Risicolocatie
from inspecties.locaties.rules.coordinaten import naar_wgs84
from tests.wereld import Kring, Wereld

TYPEN = {"huisvesting": "Huisvesting arbeidsmigranten", "massagesalon": "Massagesalon", "autowas": "Autowasstraat"}
# A place inside each gemeente (EPSG:28992).
MIDDEN = {"Markerwaard": (145_000.0, 507_000.0), "Houtribdijk": (152_000.0, 512_000.0)}


def maak_typen(kring: Kring) -> dict[str, Locatietype]:
    """The location types of a gemeente by code; committed."""
    sessie = db.session()
    typen = {}
    for volgorde, (code, naam) in enumerate(TYPEN.items()):
        typen[code] = Locatietype(gemeente_id=kring.gemeente.id, code=code, naam=naam, volgorde=volgorde)
        sessie.add(typen[code])
    sessie.commit()
    return typen


def maak_adres(kring: Kring, postcode: str, huisnummer: int, dx: float = 0, dy: float = 0, **rest: Any) -> Adres:
    """An address in the address file; committed."""
    x, y = MIDDEN[kring.gemeente.naam]
    x, y = x + dx, y + dy
    lon, lat = naar_wgs84(x, y)
    adres = Adres(
        gemeente_id=kring.gemeente.id,
        nummeraanduiding_id=f"{abs(hash((postcode, huisnummer, dx, dy))) % 10**15:016d}",
        openbare_ruimte="Kanaalstraat",
        huisnummer=huisnummer,
        postcode=postcode,
        woonplaats=kring.gemeente.naam,
        x=x,
        y=y,
        lon=lon,
        lat=lat,
        **rest,
    )
    db.session.add(adres)
    db.session.commit()
    return adres


def maak_locatie(
    kring: Kring, nu: datetime, naam: str, code: str = "huisvesting", dx: float = 0, dy: float = 0, **feiten: Any
) -> Risicolocatie:
    """A location near the middle of its gemeente, by the operation that the pages use; committed."""
    sessie = db.session()
    type_ = sessie.query(Locatietype).filter_by(gemeente_id=kring.gemeente.id, code=code).one()
    x, y = MIDDEN[kring.gemeente.naam]
    locatie = operations.voeg_locatie_toe(
        sessie, kring.systeem, nu, naam=naam, locatietype=type_, x=x + dx, y=y + dy, **feiten
    )
    sessie.commit()
    return locatie


def bbox_van(kring: Kring) -> str:
    """A box around the middle of a gemeente as the API wants it."""
    x, y = MIDDEN[kring.gemeente.naam]
    return ",".join(str(g) for g in (*naar_wgs84(x - 2500, y - 2500), *naar_wgs84(x + 2500, y + 2500)))


def maak_locatiewereld(wereld: Wereld) -> None:
    """Types in both gemeenten."""
    maak_typen(wereld.een)
    maak_typen(wereld.twee)
