"""One row of an address file in BAG field names: which columns it may have, what is wrong and what would be right.

Field names as in the BAG catalogue and in the extracts that are made of it (Locatieserver, BAG GeoPackage, NLExtract).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern

from inspecties.locaties.rules.adres import fout_door_excel, lees_huisnummer, lees_postcode
from inspecties.locaties.rules.getallen import GeenGetal, lees_getal

# Column name in the file (lower case, letters and digits only) -> field.
KOLOMMEN: dict[str, str] = {
    "identificatie": "identificatie",
    "objectid": "verblijfsobject_id",
    "nummeraanduidingid": "nummeraanduiding_id",
    "nummeraanduiding": "nummeraanduiding_id",
    "nummeraanduidingidentificatie": "nummeraanduiding_id",
    "identificatienummeraanduiding": "nummeraanduiding_id",
    "nummeraanduidinghoofdadresidentificatie": "nummeraanduiding_id",
    "hoofdadresidentificatie": "nummeraanduiding_id",
    "hoofdadres": "nummeraanduiding_id",
    "verblijfsobjectid": "verblijfsobject_id",
    "verblijfsobject": "verblijfsobject_id",
    "verblijfsobjectidentificatie": "verblijfsobject_id",
    "adresseerbaarobjectid": "verblijfsobject_id",
    "adresseerbaarobject": "verblijfsobject_id",
    "adresseerbaarobjectidentificatie": "verblijfsobject_id",
    "openbareruimte": "openbare_ruimte",
    "openbareruimtenaam": "openbare_ruimte",
    "naamopenbareruimte": "openbare_ruimte",
    "straat": "openbare_ruimte",
    "straatnaam": "openbare_ruimte",
    "huisnummer": "huisnummer",
    "huisletter": "huisletter",
    "huisnummertoevoeging": "huisnummertoevoeging",
    "toevoeging": "huisnummertoevoeging",
    "postcode": "postcode",
    "woonplaats": "woonplaats",
    "woonplaatsnaam": "woonplaats",
    "plaats": "woonplaats",
    "gebruiksdoel": "gebruiksdoel",
    "gebruiksdoelen": "gebruiksdoel",
    "verblijfsobjectgebruiksdoel": "gebruiksdoel",
    "gebruiksdoelverblijfsobject": "gebruiksdoel",
    "oppervlakte": "oppervlakte",
    "oppervlaktem2": "oppervlakte",
    "oppervlakteverblijfsobject": "oppervlakte",
    "verblijfsobjectoppervlakte": "oppervlakte",
    "x": "x",
    "rdx": "x",
    "xcoordinaat": "x",
    "y": "y",
    "rdy": "y",
    "ycoordinaat": "y",
    "lon": "lon",
    "longitude": "lon",
    "lengtegraad": "lon",
    "lat": "lat",
    "latitude": "lat",
    "breedtegraad": "lat",
    "geometrie": "geometrie",
    "geometry": "geometrie",
    "geom": "geometrie",
    "thegeom": "geometrie",
    "geopunt": "geometrie",
    "wkt": "geometrie",
    "centroiderd": "geometrie",
}
VERPLICHT = ("openbare_ruimte", "huisnummer", "woonplaats")
MAX_STRAAT, MAX_PLAATS, MAX_DOEL = 120, 80, 80
MAX_OPPERVLAKTE = 10_000_000

_NIET_IN_NAAM = re.compile(r"[^a-z0-9]")
_ID = re.compile(r"^(?:NL\.IMBAG\.[A-Za-z]+\.)?'?([0-9]{13,16})$")
_EXCELGETAL = re.compile(r"^[0-9][.,]?[0-9]*[eE]\+?[0-9]+$")
_PUNT = re.compile(
    r"^\s*(?:SRID=[0-9]+;)?\s*POINT\s*Z?\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)(?:\s+-?[0-9.]+)?\s*\)\s*$", re.I
)
_VERDACHT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What positions 5 and 6 of a BAG number say that it is.
SOORT_NUMMERAANDUIDING, SOORTEN_OBJECT = "20", ("01", "02", "03")

Fout = tuple[str, str]


def veld_van_kolom(kolom: str) -> str | None:
    """The field that a column heading stands for, or None."""
    return KOLOMMEN.get(_NIET_IN_NAAM.sub("", kolom.lower().replace("ï", "i").replace("ö", "o")))


@dataclass(frozen=True, slots=True)
class Adresrij:
    """A row that can be stored. ``punt``: (x, y) in metres or (lon, lat) in degrees; ``rd`` says which."""

    nummeraanduiding_id: str
    verblijfsobject_id: str
    openbare_ruimte: str
    huisnummer: int
    huisletter: str
    huisnummertoevoeging: str
    postcode: str
    woonplaats: str
    gebruiksdoel: str
    oppervlakte_m2: int | None
    punt: tuple[float, float]
    rd: bool


@dataclass
class _Lezer:
    waarden: Mapping[str, str]
    fouten: list[Fout] = field(default_factory=list)

    def kaal(self, veld: str) -> str:
        return self.waarden.get(veld, "").strip()

    def mis(self, veld: str, melding: str) -> None:
        self.fouten.append((veld, melding))


@lru_cache(maxsize=50_000)
def _naam(ruw: str) -> str:
    """One name, kept once: a file repeats the same streets, places and uses."""
    return intern(" ".join(ruw.split()))


def lees_bag_id(ruw: str) -> str | None:
    """Sixteen digits of a BAG number, with the zeros that a spreadsheet took off; None where it is none."""
    gevonden = _ID.match(ruw)
    return gevonden[1].zfill(16) if gevonden else None


def lees_adresrij(
    waarden: Mapping[str, str], punt: tuple[float, float] | None = None
) -> tuple[Adresrij | None, list[Fout]]:
    """Check one row. ``punt``: (x, y) of the geometry beside it, in RD metres.

    Returns the row, or None and a list of (field, what would be right).
    """
    lezer = _Lezer(waarden)
    _weiger_gevaar(lezer)
    if lezer.fouten:
        return None, lezer.fouten
    nummeraanduiding, object_ = _lees_ids(lezer)
    straat = _lees_naam(lezer, "openbare_ruimte", MAX_STRAAT)
    plaats = _lees_naam(lezer, "woonplaats", MAX_PLAATS)
    nummer, letter, toevoeging = _lees_nummer(lezer)
    postcode = _lees_postcode(lezer)
    oppervlakte = _lees_oppervlakte(lezer)
    xy, rd = (punt, True) if punt is not None else _lees_punt(lezer)
    if lezer.fouten or xy is None:
        return None, lezer.fouten
    doel = _gebruiksdoel(lezer.kaal("gebruiksdoel"))
    rij = Adresrij(
        nummeraanduiding, object_, straat, nummer, letter, toevoeging, postcode, plaats, doel, oppervlakte, xy, rd
    )
    return rij, []


def _weiger_gevaar(lezer: _Lezer) -> None:
    alles = "\t\t".join(lezer.waarden.values())
    if "=" not in alles and not _VERDACHT.search(alles):
        return
    for veld, ruw in lezer.waarden.items():
        if ruw.lstrip().startswith("="):
            lezer.mis(veld, "bevat een formule; plak de waarde in plaats van de formule")
        elif _VERDACHT.search(ruw):
            lezer.mis(veld, "bevat een onzichtbaar stuurteken; typ de waarde opnieuw")


def _lees_ids(lezer: _Lezer) -> tuple[str, str]:
    """(nummeraanduiding, verblijfsobject): ``identificatie`` is either, and its own digits say which."""
    ids = {"nummeraanduiding_id": "", "verblijfsobject_id": ""}
    for veld in ("nummeraanduiding_id", "verblijfsobject_id", "identificatie"):
        ruw = lezer.kaal(veld)
        if not ruw:
            continue
        nummer = lees_bag_id(ruw)
        if nummer is None and _EXCELGETAL.match(ruw):
            lezer.mis(veld, f"'{ruw[:30]}' is door Excel afgerond; maak de kolom tekst en haal het bestand opnieuw op")
        elif nummer is None:
            lezer.mis(veld, f"'{ruw[:30]}' is geen BAG-nummer; dat heeft zestien cijfers")
        elif nummer[4:6] == SOORT_NUMMERAANDUIDING and veld != "verblijfsobject_id":
            ids["nummeraanduiding_id"] = ids["nummeraanduiding_id"] or nummer
        elif nummer[4:6] in SOORTEN_OBJECT and veld != "nummeraanduiding_id":
            ids["verblijfsobject_id"] = ids["verblijfsobject_id"] or nummer
        else:
            wat, soort = ("nummeraanduiding", "20") if veld == "nummeraanduiding_id" else ("verblijfsobject", "01")
            lezer.mis(veld, f"{nummer} is geen {wat}; het vijfde en zesde cijfer horen dan {soort} te zijn")
    if not ids["nummeraanduiding_id"] and not lezer.fouten:
        lezer.mis("nummeraanduiding_id", "is leeg; elk adres heeft een nummeraanduiding van zestien cijfers")
    return ids["nummeraanduiding_id"], ids["verblijfsobject_id"]


def _lees_naam(lezer: _Lezer, veld: str, lengte: int) -> str:
    naam = _naam(lezer.waarden.get(veld, ""))
    if not naam:
        lezer.mis(veld, "is leeg")
    elif len(naam) > lengte:
        lezer.mis(veld, f"is {len(naam)} tekens lang; er passen er {lengte}")
    return naam


def _lees_nummer(lezer: _Lezer) -> tuple[int, str, str]:
    ruw, letter = lezer.kaal("huisnummer"), lezer.kaal("huisletter").upper()
    toevoeging = lezer.kaal("huisnummertoevoeging")
    if len(letter) > 1 or (letter and not letter.isalpha()):
        lezer.mis("huisletter", f"'{letter[:20]}' is geen huisletter; dat is een enkele letter")
    verdraaid = fout_door_excel(toevoeging) if toevoeging else None
    if verdraaid or len(toevoeging) > 4:
        melding = verdraaid or f"'{toevoeging[:20]}' is te lang; een toevoeging heeft hooguit 4 tekens"
        lezer.mis("huisnummertoevoeging", melding)
    if ruw.isascii() and ruw.isdigit() and 0 < int(ruw) < 36_000:
        return int(ruw), letter[:1], toevoeging[:4]
    verdraaid = fout_door_excel(ruw)
    nummer = None if verdraaid else lees_huisnummer(ruw)
    if nummer is None:
        lezer.mis("huisnummer", verdraaid or f"'{ruw[:20]}' is geen huisnummer; dat is een getal, zoals 12")
        return 0, "", ""
    return nummer.nummer, letter[:1] or nummer.letter, toevoeging[:4] or nummer.toevoeging


def _lees_postcode(lezer: _Lezer) -> str:
    """Empty is right: a mooring may have an address without a postcode."""
    ruw = lezer.kaal("postcode")
    postcode = lees_postcode(ruw) if ruw else ""
    if postcode is None:
        lezer.mis("postcode", f"'{ruw[:20]}' is geen postcode; gebruik vier cijfers en twee letters, zoals 8291AB")
    return intern(postcode or "")


def _lees_oppervlakte(lezer: _Lezer) -> int | None:
    ruw = lezer.kaal("oppervlakte")
    if not ruw:
        return None
    try:
        waarde = lees_getal(ruw, groot=True)
    except GeenGetal as fout:
        lezer.mis("oppervlakte", str(fout))
        return None
    if not 0 <= waarde <= MAX_OPPERVLAKTE:
        lezer.mis("oppervlakte", f"moet tussen 0 en {MAX_OPPERVLAKTE} vierkante meter liggen, niet {waarde:g}")
        return None
    # The BAG writes 0 and 999999 where the area is not known.
    return round(waarde) if round(waarde) not in {0, 999_999} else None


@lru_cache(maxsize=5_000)
def _gebruiksdoel(ruw: str) -> str:
    """'{woonfunctie,winkelfunctie}' -> 'woonfunctie, winkelfunctie'; as many as fit."""
    doelen = list(dict.fromkeys(d for d in re.split(r"[{}\[\]|;,\"]+\s*", ruw) if d.strip()))
    while len(", ".join(doelen)) > MAX_DOEL and len(doelen) > 1:
        doelen.pop()
    return intern(", ".join(" ".join(d.split()) for d in doelen)[:MAX_DOEL])


def _lees_punt(lezer: _Lezer) -> tuple[tuple[float, float] | None, bool]:
    """The point as it stands in the row; where it lies is judged for many rows at once."""
    for een, twee, rd in (("x", "y", True), ("lon", "lat", False)):
        ruw = (lezer.kaal(een), lezer.kaal(twee))
        if not any(ruw):
            continue
        if not all(ruw):
            lezer.mis(een if not ruw[0] else twee, f"ontbreekt; {een} en {twee} horen samen ingevuld te zijn")
            return None, rd
        try:
            return (lees_getal(ruw[0], groot=rd), lees_getal(ruw[1], groot=rd)), rd
        except GeenGetal as fout:
            lezer.mis(een, str(fout))
            return None, rd
    wkt = lezer.kaal("geometrie")
    gevonden = _PUNT.match(wkt) if wkt else None
    if gevonden is None:
        lezer.mis(
            "geometrie" if wkt else "x",
            "is geen punt; gebruik bijvoorbeeld POINT(145700 504200)" if wkt else "is leeg; een adres heeft een plaats",
        )
        return None, True
    punt = (float(gevonden[1]), float(gevonden[2]))
    return punt, punt[0] > 1000
