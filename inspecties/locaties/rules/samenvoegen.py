"""Merging and splitting locations: what looks like a double, which references move, and what a field choice gives."""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

# Why a value of a location changed.
AANLEIDINGEN: dict[str, str] = {
    "wijziging": "Gewijzigd",
    "verplaatsing": "Verplaatst",
    "import": "Bestand ingelezen",
    "terugdraaien": "Import teruggedraaid",
    "samenvoeging": "Samengevoegd",
    "losmaken": "Samenvoeging ongedaan gemaakt",
    "splitsing": "Gesplitst",
}

# Column of a location -> how it is called on screen. lon, lat, geom and the key of the address follow from others.
VELDNAMEN: dict[str, str] = {
    "naam": "Naam",
    "locatietype_id": "Type",
    "straat": "Straat",
    "huisnummer": "Huisnummer",
    "huisletter": "Huisletter",
    "toevoeging": "Toevoeging",
    "postcode": "Postcode",
    "woonplaats": "Plaats",
    "adres_id": "Adres in het adressenbestand",
    "x": "RD x",
    "y": "RD y",
    "bron": "Bron",
    "notitie": "Toelichting",
    "veiligheid": "Veiligheid",
    "capaciteit": "Vergunde capaciteit",
    "personen_brp": "Ingeschreven personen",
    "laatste_bezoek_op": "Laatste bezoek",
    "status": "Status",
}

# What somebody chooses between when two locations become one -> the columns that go together.
KEUZEVELDEN: dict[str, tuple[str, ...]] = {
    "naam": ("naam",),
    "type": ("locatietype_id",),
    "adres": ("straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats", "adressleutel", "adres_id"),
    "punt": ("x", "y"),
    "status": ("status",),
    "bron": ("bron",),
    "capaciteit": ("capaciteit",),
    "personen_brp": ("personen_brp",),
    "notitie": ("notitie",),
    "veiligheid": ("veiligheid",),
}
KEUZENAMEN: dict[str, str] = {
    "naam": "Naam",
    "type": "Type",
    "adres": "Adres",
    "punt": "Punt op de kaart",
    "status": "Status",
    "bron": "Bron",
    "capaciteit": "Vergunde capaciteit",
    "personen_brp": "Ingeschreven personen",
    "notitie": "Toelichting",
    "veiligheid": "Veiligheid",
}
# Texts of which both may stay, one below the other.
SAMEN = frozenset({"notitie", "veiligheid"})

VERHUIST = "verhuist"
EIGEN = "eigen"
AFGELEID = "afgeleid"
# Every column that refers to a location -> what a merge does with it. ``verhuist``: points at the winner from then on.
# ``eigen``: the history of the location itself, which stays with it and is read along. ``afgeleid``: remade from facts.
# A test fails where a table refers to a location and does not stand here.
VERWIJZINGEN: dict[tuple[str, str], str] = {
    ("bezoek", "locatie_id"): VERHUIST,
    ("dossierlocatie", "locatie_id"): VERHUIST,
    ("feitcorrectie", "locatie_id"): VERHUIST,
    ("kenmerk", "locatie_id"): VERHUIST,
    ("locatieaantal", "locatie_id"): VERHUIST,
    ("locatiedocument", "locatie_id"): VERHUIST,
    ("locatienotitie", "locatie_id"): VERHUIST,
    ("locatievlak", "locatie_id"): VERHUIST,
    ("overlastmelding", "locatie_id"): VERHUIST,
    ("partijrol", "locatie_id"): VERHUIST,
    ("prioriteitkeuze", "locatie_id"): VERHUIST,
    ("signaal", "locatie_id"): VERHUIST,
    ("signaallocatie", "locatie_id"): VERHUIST,
    ("stop", "locatie_id"): VERHUIST,
    ("vergunning", "locatie_id"): VERHUIST,
    ("vervallen_kenmerk", "locatie_id"): VERHUIST,
    ("locatiestatus", "locatie_id"): EIGEN,
    ("locatiewijziging", "locatie_id"): EIGEN,
    ("locatiesplitsing", "bron_id"): EIGEN,
    ("locatiesplitsing", "nieuw_id"): EIGEN,
    ("samenvoeging", "winnaar_id"): EIGEN,
    ("samenvoeging", "verliezer_id"): EIGEN,
    ("prioriteitstand", "locatie_id"): AFGELEID,
}
# A location has one row of these per value: of the winner's and the loser's outline of a building the winner's counts.
EEN_PER: dict[str, tuple[str, ...]] = {"locatievlak": ("soort",)}
# Table -> one and many, for people.
TABELNAMEN: dict[str, tuple[str, str]] = {
    "bezoek": ("bezoek", "bezoeken"),
    "dossierlocatie": ("dossier", "dossiers"),
    "feitcorrectie": ("correctie", "correcties"),
    "kenmerk": ("kenmerk", "kenmerken"),
    "locatieaantal": ("aantal met datum", "aantallen met datum"),
    "locatiedocument": ("document", "documenten"),
    "locatienotitie": ("notitie", "notities"),
    "locatievlak": ("omtrek", "omtrekken"),
    "overlastmelding": ("overlastmelding", "overlastmeldingen"),
    "partijrol": ("partij", "partijen"),
    "prioriteitkeuze": ("keuze over de prioriteit", "keuzes over de prioriteit"),
    "signaal": ("signaal", "signalen"),
    "signaallocatie": ("koppeling met een signaal", "koppelingen met een signaal"),
    "stop": ("stop van een actie", "stops van acties"),
    "vergunning": ("vergunning", "vergunningen"),
    "vervallen_kenmerk": ("weggehaald kenmerk", "weggehaalde kenmerken"),
}

# Two points closer than this with names alike are looked at as one place. Metres.
DICHTBIJ_M = 25.0
GELIJKENIS = 0.75
_LEESTEKEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Plek:
    """What a location is recognised by."""

    naam: str
    adressleutel: str | None
    x: float
    y: float


def _plat(naam: str) -> str:
    los = unicodedata.normalize("NFKD", naam.lower())
    return _LEESTEKEN.sub(" ", "".join(t for t in los if not unicodedata.combining(t))).strip()


def namen_lijken(een: str, ander: str) -> bool:
    """Whether two names could be of the same place: nearly the same letters, or one holds all words of the other."""
    a, b = _plat(een), _plat(ander)
    if not a or not b:
        return False
    woorden_a, woorden_b = set(a.split()), set(b.split())
    if woorden_a <= woorden_b or woorden_b <= woorden_a:
        return True
    if SequenceMatcher(None, a, b).ratio() < GELIJKENIS:
        return False
    # "Huis 12" and "Huis 14" are nearly the same letters and two houses.
    return {w for w in woorden_a if w.isdigit()} == {w for w in woorden_b if w.isdigit()}


def waarom_dubbel(een: Plek, ander: Plek) -> str:
    """Why two locations look like one, in Dutch; '' where they do not."""
    if een.adressleutel and een.adressleutel == ander.adressleutel:
        return "hetzelfde adres"
    afstand = math.dist((een.x, een.y), (ander.x, ander.y))
    if afstand <= DICHTBIJ_M and namen_lijken(een.naam, ander.naam):
        return f"{afstand:.0f} meter verderop, met een naam die erop lijkt"
    return ""


def voeg_teksten_samen(een: str, ander: str) -> str:
    """Both texts, each once."""
    een, ander = een.strip(), ander.strip()
    if not ander or ander in een:
        return een
    return ander if not een or een in ander else f"{een}\n\n{ander}"


def kies_velden(
    winnaar: Mapping[str, Any], verliezer: Mapping[str, Any], keuzes: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The columns that the winner gets, and for each unknown choice a message at its field.

    ``keuzes``: name of KEUZEVELDEN -> 'winnaar', 'verliezer' or (texts only) 'beide'.
    """
    nieuw: dict[str, Any] = {}
    fouten: dict[str, str] = {}
    for veld, kolommen in KEUZEVELDEN.items():
        keuze = keuzes.get(veld, "")
        if keuze == "beide" and veld in SAMEN:
            nieuw |= {k: voeg_teksten_samen(winnaar[k], verliezer[k]) for k in kolommen}
        elif keuze == "verliezer":
            nieuw |= {k: verliezer[k] for k in kolommen}
        elif keuze != "winnaar":
            fouten[veld] = f"Kies bij '{KEUZENAMEN[veld]}' welke waarde blijft."
    return {k: w for k, w in nieuw.items() if w != winnaar[k]}, fouten


def voorstel(winnaar: Mapping[str, Any], verliezer: Mapping[str, Any]) -> dict[str, str]:
    """What is chosen to begin with: nothing that is known becomes empty, and of two texts both stay."""
    uit: dict[str, str] = {}
    for veld, kolommen in KEUZEVELDEN.items():
        eigen = any(winnaar[k] not in (None, "") for k in kolommen)
        ander = any(verliezer[k] not in (None, "") for k in kolommen)
        if veld in SAMEN and eigen and ander:
            uit[veld] = "beide"
        else:
            uit[veld] = "verliezer" if ander and not eigen else "winnaar"
    return uit


def aantal_in_woorden(tabel: str, aantal: int) -> str:
    """'1 signaal', '3 bezoeken'."""
    een, meer = TABELNAMEN[tabel]
    return f"{aantal} {een if aantal == 1 else meer}"
