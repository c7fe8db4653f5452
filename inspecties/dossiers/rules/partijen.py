"""Parties to a dossier: what they can be and what may be stored about them."""

import re
from dataclasses import dataclass

from inspecties.core.fouten import OngeldigeInvoer

ROLLEN: dict[str, str] = {
    "eigenaar": "Eigenaar",
    "exploitant": "Exploitant",
    "verhuurder": "Verhuurder",
    "huurder": "Huurder",
    "bewoner": "Bewoner",
    "gebruiker": "Gebruiker",
    "aanvrager": "Aanvrager of houder van een vergunning",
    "leidinggevende": "Leidinggevende",
    "tussenpersoon": "Tussenpersoon",
    "financier": "Financier",
    "gemachtigde": "Gemachtigde of advocaat",
    "omwonende": "Omwonende",
}


@dataclass(frozen=True)
class Partijgegevens:
    """A party that is right as far as a rule can tell."""

    naam: str
    rol: str
    kvk: str = ""
    adres: str = ""


def keur_partij(naam: str, rol: str, kvk: str = "", adres: str = "") -> Partijgegevens:
    """Raises OngeldigeInvoer naming the field and what would be right."""
    naam, adres, kvk = " ".join(naam.split()), " ".join(adres.split()), kvk.replace(" ", "").replace(".", "")
    if not naam:
        raise OngeldigeInvoer("Vul de naam van de belanghebbende in.", "naam")
    if len(naam) > 160:
        raise OngeldigeInvoer("De naam is te lang: hooguit 160 tekens.", "naam")
    if rol not in ROLLEN:
        raise OngeldigeInvoer("Kies wat deze partij met het pand te maken heeft.", "rol")
    if kvk and not re.fullmatch(r"[0-9]{8}", kvk):
        raise OngeldigeInvoer("Een KvK-nummer heeft 8 cijfers, bijvoorbeeld 01234567.", "kvk")
    if len(adres) > 200:
        raise OngeldigeInvoer("Het adres is te lang: hooguit 200 tekens.", "adres")
    return Partijgegevens(naam, rol, kvk, adres)
