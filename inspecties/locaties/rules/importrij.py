"""One row of an import file: which columns it may have, what is wrong with it and what would be right."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from inspecties.locaties.rules.adres import (
    Huisnummer,
    adressleutel,
    is_door_excel_veranderd,
    lees_huisnummer,
    lees_postcode,
)
from inspecties.locaties.rules.coordinaten import fout_in_rd, fout_in_wgs84, naar_rd, naar_wgs84

# Column name in the file (lower case, without spaces) -> field.
KOLOMMEN: dict[str, str] = {
    "naam": "naam",
    "omschrijving": "naam",
    "type": "type",
    "soort": "type",
    "locatietype": "type",
    "straat": "straat",
    "straatnaam": "straat",
    "openbareruimte": "straat",
    "huisnummer": "huisnummer",
    "nummer": "huisnummer",
    "huisletter": "huisletter",
    "toevoeging": "toevoeging",
    "huisnummertoevoeging": "toevoeging",
    "postcode": "postcode",
    "plaats": "plaats",
    "woonplaats": "plaats",
    "x": "x",
    "rdx": "x",
    "y": "y",
    "rdy": "y",
    "lon": "lon",
    "lengtegraad": "lon",
    "longitude": "lon",
    "lat": "lat",
    "breedtegraad": "lat",
    "latitude": "lat",
    "bron": "bron",
    "notitie": "notitie",
    "opmerking": "notitie",
    "capaciteit": "capaciteit",
    "personenbrp": "personen_brp",
}
VERPLICHT = ("naam", "type")
LENGTES = {"naam": 160, "straat": 120, "plaats": 80, "bron": 120, "notitie": 4000}

Fout = tuple[str, str]


def veld_van_kolom(kolom: str) -> str | None:
    """The field that a column heading stands for, or None."""
    return KOLOMMEN.get(re.sub(r"[\s_\-]", "", kolom).lower())


@dataclass(frozen=True)
class Gelezen:
    """A row that can be stored. ``x``/``y``/``lon``/``lat`` are None where only the address is known."""

    naam: str
    type_code: str
    straat: str = ""
    huisnummer: Huisnummer | None = None
    postcode: str = ""
    plaats: str = ""
    x: float | None = None
    y: float | None = None
    lon: float | None = None
    lat: float | None = None
    bron: str = ""
    notitie: str = ""
    capaciteit: int | None = None
    personen_brp: int | None = None

    @property
    def sleutel(self) -> str | None:
        h = self.huisnummer
        return adressleutel(self.postcode, h.nummer, h.letter, h.toevoeging) if h else None


@dataclass
class _Lezer:
    waarden: Mapping[str, str]
    fouten: list[Fout] = field(default_factory=list)

    def tekst(self, veld: str) -> str:
        waarde = (
            " ".join(self.waarden.get(veld, "").split()) if veld != "notitie" else self.waarden.get(veld, "").strip()
        )
        if len(waarde) > LENGTES.get(veld, 200):
            self.fouten.append((veld, f"is {len(waarde)} tekens lang; er passen er {LENGTES.get(veld, 200)}"))
        return waarde

    def getal(self, veld: str) -> float | None:
        ruw = self.waarden.get(veld, "").strip()
        if not ruw:
            return None
        try:
            waarde = float(ruw.replace(",", ".") if ruw.count(",") == 1 and "." not in ruw else ruw)
        except ValueError:
            self.fouten.append((veld, f"'{ruw}' is geen getal; gebruik bijvoorbeeld 145700 of 5,25"))
            return None
        if not math.isfinite(waarde):
            self.fouten.append((veld, f"'{ruw}' is geen bruikbaar getal"))
            return None
        return waarde

    def aantal(self, veld: str) -> int | None:
        waarde = self.getal(veld)
        if waarde is None:
            return None
        if waarde < 0 or waarde != int(waarde) or waarde > 100_000:
            self.fouten.append((veld, f"moet een heel getal van 0 tot 100000 zijn, niet {waarde:g}"))
            return None
        return int(waarde)


def lees_rij(waarden: Mapping[str, str], typen: Mapping[str, str]) -> tuple[Gelezen | None, list[Fout]]:
    """Check one row. ``waarden``: field -> text; ``typen``: lower-case code or name -> code.

    Returns the row, or None and a list of (column, what would be right).
    """
    lezer = _Lezer(waarden)
    for veld, ruw in waarden.items():
        if ruw.lstrip().startswith("="):
            lezer.fouten.append((veld, "bevat een formule; plak de waarde in plaats van de formule"))
    if lezer.fouten:
        return None, lezer.fouten
    naam = lezer.tekst("naam")
    if not naam:
        lezer.fouten.append(("naam", "is leeg; geef de locatie een naam"))
    type_code = _lees_type(lezer, typen)
    nummer = _lees_nummer(lezer)
    postcode = _lees_postcode(lezer)
    x, y, lon, lat = _lees_punt(lezer)
    gelezen = Gelezen(
        naam=naam,
        type_code=type_code,
        straat=lezer.tekst("straat"),
        huisnummer=nummer,
        postcode=postcode,
        plaats=lezer.tekst("plaats"),
        x=x,
        y=y,
        lon=lon,
        lat=lat,
        bron=lezer.tekst("bron"),
        notitie=lezer.tekst("notitie"),
        capaciteit=lezer.aantal("capaciteit"),
        personen_brp=lezer.aantal("personen_brp"),
    )
    if x is None and gelezen.sleutel is None and not lezer.fouten:
        lezer.fouten.append(("x", "geen plaats: vul x en y in, of lon en lat, of postcode en huisnummer"))
    return (None, lezer.fouten) if lezer.fouten else (gelezen, [])


def _lees_type(lezer: _Lezer, typen: Mapping[str, str]) -> str:
    ruw = lezer.tekst("type")
    code = typen.get(ruw.lower().replace(" ", "_")) or typen.get(ruw.lower())
    if not ruw:
        lezer.fouten.append(("type", f"is leeg; kies uit: {', '.join(sorted(set(typen.values())))}"))
    elif code is None:
        lezer.fouten.append(("type", f"'{ruw}' is onbekend; kies uit: {', '.join(sorted(set(typen.values())))}"))
    return code or ""


def _lees_nummer(lezer: _Lezer) -> Huisnummer | None:
    ruw = lezer.waarden.get("huisnummer", "").strip()
    if not ruw:
        return None
    if is_door_excel_veranderd(ruw):
        lezer.fouten.append(
            ("huisnummer", f"'{ruw}' is door Excel in een datum veranderd; maak de kolom tekst en typ bijvoorbeeld 3-5")
        )
        return None
    nummer = lees_huisnummer(ruw)
    if nummer is None:
        lezer.fouten.append(("huisnummer", f"'{ruw}' is geen huisnummer; gebruik bijvoorbeeld 12, 12a of 12-3"))
        return None
    letter = lezer.waarden.get("huisletter", "").strip().upper() or nummer.letter
    toevoeging = lezer.waarden.get("toevoeging", "").strip() or nummer.toevoeging
    if len(letter) > 1:
        lezer.fouten.append(("huisletter", f"'{letter}' is te lang; een huisletter is een letter"))
    if len(toevoeging) > 4:
        lezer.fouten.append(("toevoeging", f"'{toevoeging}' is te lang; een toevoeging heeft hooguit 4 tekens"))
    return Huisnummer(nummer.nummer, letter[:1], toevoeging[:4])


def _lees_postcode(lezer: _Lezer) -> str:
    ruw = lezer.waarden.get("postcode", "").strip()
    if not ruw:
        return ""
    postcode = lees_postcode(ruw)
    if postcode is None:
        lezer.fouten.append(
            ("postcode", f"'{ruw}' is geen postcode; gebruik vier cijfers en twee letters, zoals 8291 AB")
        )
    return postcode or ""


def _lees_punt(lezer: _Lezer) -> tuple[float | None, float | None, float | None, float | None]:
    leeg = (None, None, None, None)
    for eerste, tweede, keur in (("x", "y", fout_in_rd), ("lon", "lat", fout_in_wgs84)):
        a, b = lezer.getal(eerste), lezer.getal(tweede)
        if a is None and b is None:
            continue
        if a is None or b is None:
            mist = eerste if a is None else tweede
            if not any(veld == mist for veld, _ in lezer.fouten):
                lezer.fouten.append((mist, f"ontbreekt; {eerste} en {tweede} horen samen ingevuld te zijn"))
            return leeg
        fout = keur(a, b)
        if fout:
            lezer.fouten.append((eerste, fout))
            return leeg
        if eerste == "x":
            return (a, b, *naar_wgs84(a, b))
        return (*naar_rd(a, b), a, b)
    return leeg
