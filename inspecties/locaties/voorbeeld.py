"""An example file for the import: two rows that fit the gemeente it is offered to."""

import io

import openpyxl
import shapely
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.locaties import queries
from inspecties.locaties.plaats import Grens
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.locaties.uitvoer_bestanden import Waarde, schrijf_csv

KOP = ("naam", "type", "straat", "huisnummer", "postcode", "plaats", "x", "y", "lon", "lat", "bron", "notitie")
# Amersfoort, the origin of RD New, for a gemeente whose boundary is not known.
_MIDDEN = (155_000.0, 463_000.0)


def _rijen(sessie: Session, actor: Actor) -> list[list[Waarde]]:
    vlak = Grens.lees(sessie, actor.gemeente_id).vlak
    punt = shapely.point_on_surface(vlak) if vlak is not None else None
    x, y = (round(punt.x), round(punt.y)) if punt is not None else _MIDDEN
    lon, lat = naar_wgs84(x, y)
    typen = [t.code for t in queries.typen_in_gebruik(sessie, actor)] or ["overig"]
    winkel: list[Waarde] = ["Voorbeeld: woning boven de winkel", typen[0], "Voorbeeldstraat", "12a", "1234 AB"]
    loods: list[Waarde] = ["Voorbeeld: loods aan de haven", typen[-1], "Voorbeeldkade", "3-5", "1234 AC"]
    return [
        [*winkel, "Voorbeeldstad", x, y, None, None, "Rondgang", "Met x en y in meters (RD)"],
        [*loods, "Voorbeeldstad", None, None, lon, lat, "Rondgang", "Met lon en lat in graden"],
    ]


def voorbeeldbestand(sessie: Session, actor: Actor, formaat: str) -> bytes:
    """The example as ``csv`` or ``xlsx``."""
    rijen = _rijen(sessie, actor)
    if formaat == "csv":
        return schrijf_csv(KOP, rijen)
    boek = openpyxl.Workbook()
    blad = boek.worksheets[0]
    blad.title = "Locaties"
    blad.append(KOP)
    for rij in rijen:
        blad.append(rij)
    for cel in blad["D"]:
        # A house number is text: otherwise Excel makes a date of '3-5'.
        cel.number_format = "@"
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()
