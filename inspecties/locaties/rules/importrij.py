"""One row of an import file: which columns it may have, what is wrong with it and what would be right."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from inspecties.core.formuletekens import ontdoe
from inspecties.locaties.rules.adres import (
    Huisnummer,
    adressleutel,
    fout_door_excel,
    lees_huisnummer,
    lees_postcode,
)
from inspecties.locaties.rules.coordinaten import fout_in_rd, fout_in_wgs84, naar_rd, naar_wgs84
from inspecties.locaties.rules.getallen import GeenGetal, lees_getal

# Where a value may be cut into lines.
MEERREGELIG = frozenset({"notitie"})
LENGTES = {"naam": 160, "straat": 120, "plaats": 80, "bron": 120, "notitie": 4000}

# Characters that no text holds and that PostgreSQL refuses (NUL).
_STUURTEKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EXCELFOUT = re.compile(
    r"^#(REF!|N/A|N/B|VALUE!|WAARDE!|DIV/0!|DEEL/0!|NAME\?|NAAM\?|NUM!|GETAL!|NULL!|LEEG!|VERW!)$", re.IGNORECASE
)
# Columns that say something together: where one is spoilt, a complaint about the other would be wrong.
_SAMEN = (
    frozenset({"x", "y", "lon", "lat", "postcode", "huisnummer", "nummeraanduiding"}),
    frozenset({"huisnummer", "huisletter", "toevoeging"}),
)

Fout = tuple[str, str]
_Paar = tuple[float, float]


@dataclass(frozen=True, slots=True)
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
    nummeraanduiding: str = ""

    @property
    def sleutel(self) -> str | None:
        h = self.huisnummer
        return adressleutel(self.postcode, h.nummer, h.letter, h.toevoeging) if h else None


@dataclass
class Lezer:
    """Reads the cells of one row and collects what is wrong with them."""

    waarden: Mapping[str, str]
    fouten: list[Fout] = field(default_factory=list)

    def ruw(self, veld: str) -> str:
        return ontdoe(self.waarden.get(veld, "").strip())

    def tekst(self, veld: str) -> str:
        waarde = self.ruw(veld)
        if veld not in MEERREGELIG:
            waarde = " ".join(waarde.split())
        if len(waarde) > LENGTES.get(veld, 200):
            self.fouten.append((veld, f"is {len(waarde)} tekens lang; er passen er {LENGTES.get(veld, 200)}"))
        return waarde

    def getal(self, veld: str) -> float | None:
        ruw = self.ruw(veld)
        if not ruw:
            return None
        try:
            return lees_getal(ruw, groot=veld not in {"lon", "lat"})
        except GeenGetal as fout:
            self.fouten.append((veld, str(fout)))
            return None

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
    bedorven = [(veld, fout) for veld, ruw in waarden.items() if (fout := fout_in_cel(ruw))]
    if bedorven:
        # The other columns are checked as well, so that one look at the report is enough.
        namen = {veld for veld, _ in bedorven}
        heel = {veld: ruw for veld, ruw in waarden.items() if veld not in namen}
        samen = namen | {deel for paar in _SAMEN if paar & namen for deel in paar}
        return None, bedorven + [(veld, fout) for veld, fout in lees_rij(heel, typen)[1] if veld not in samen]
    lezer = Lezer(waarden)
    naam = lezer.tekst("naam")
    if not naam:
        lezer.fouten.append(("naam", "is leeg; geef de locatie een naam"))
    type_code = _lees_type(lezer, typen)
    nummer = lees_nummer(lezer)
    postcode = lees_postcodeveld(lezer)
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
        nummeraanduiding=lees_nummeraanduiding(lezer),
    )
    if x is None and gelezen.sleutel is None and not gelezen.nummeraanduiding and not lezer.fouten:
        lezer.fouten.append(("x", "geen plaats: vul x en y in, of lon en lat, of postcode en huisnummer"))
    return (None, lezer.fouten) if lezer.fouten else (gelezen, [])


def fout_in_cel(ruw: str) -> str | None:
    """What no cell may hold, in Dutch, or None."""
    if ruw.lstrip().startswith("="):
        return "bevat een formule; plak de waarde in plaats van de formule"
    if _STUURTEKEN.search(ruw):
        return "bevat een onzichtbaar stuurteken; typ de waarde opnieuw"
    if _EXCELFOUT.match(ruw.strip()):
        return f"bevat de Excel-fout {ruw.strip()}; herstel de cel of maak die leeg"
    return None


def _lees_type(lezer: Lezer, typen: Mapping[str, str]) -> str:
    ruw = lezer.tekst("type")
    code = typen.get(ruw.lower().replace(" ", "_")) or typen.get(ruw.lower())
    if not ruw:
        lezer.fouten.append(("type", f"is leeg; kies uit: {', '.join(sorted(set(typen.values())))}"))
    elif code is None:
        lezer.fouten.append(("type", f"'{ruw[:60]}' is onbekend; kies uit: {', '.join(sorted(set(typen.values())))}"))
    return code or ""


def lees_nummer(lezer: Lezer) -> Huisnummer | None:
    """The house number of a row, of one column or three."""
    ruw = lezer.ruw("huisnummer")
    letter, toevoeging = lezer.ruw("huisletter").upper(), lezer.ruw("toevoeging")
    if len(letter) > 1 or (letter and not letter.isalpha()):
        lezer.fouten.append(("huisletter", f"'{letter[:20]}' is geen huisletter; dat is een enkele letter"))
    verdraaid = fout_door_excel(toevoeging)
    if verdraaid:
        lezer.fouten.append(("toevoeging", verdraaid))
    elif len(toevoeging) > 4:
        lezer.fouten.append(("toevoeging", f"'{toevoeging[:20]}' is te lang; een toevoeging heeft hooguit 4 tekens"))
    if not ruw:
        if letter or toevoeging:
            lezer.fouten.append(("huisnummer", "is leeg, maar er is wel een huisletter of toevoeging"))
        return None
    verdraaid = fout_door_excel(ruw)
    if verdraaid:
        lezer.fouten.append(("huisnummer", verdraaid))
        return None
    nummer = lees_huisnummer(ruw)
    if nummer is None:
        lezer.fouten.append(("huisnummer", f"'{ruw[:20]}' is geen huisnummer; gebruik bijvoorbeeld 12, 12a of 12-3"))
        return None
    return Huisnummer(nummer.nummer, letter[:1] or nummer.letter, toevoeging[:4] or nummer.toevoeging)


def lees_nummeraanduiding(lezer: Lezer) -> str:
    """The BAG number of a row's address, 16 digits, or ''."""
    ruw = lezer.ruw("nummeraanduiding")
    if not ruw:
        return ""
    cijfers = ruw.zfill(16) if ruw.isascii() and ruw.isdigit() and len(ruw) >= 15 else ruw
    if not (len(cijfers) == 16 and cijfers.isascii() and cijfers.isdigit()):
        lezer.fouten.append(
            (
                "nummeraanduiding",
                f"'{ruw[:30]}' is geen BAG-nummer van 16 cijfers; maak de kolom in Excel tekst en plak ze opnieuw",
            )
        )
        return ""
    return cijfers


def lees_postcodeveld(lezer: Lezer) -> str:
    """The postcode of a row, or ''."""
    ruw = lezer.ruw("postcode")
    if not ruw:
        return ""
    postcode = lees_postcode(ruw)
    if postcode is None:
        lezer.fouten.append(
            ("postcode", f"'{ruw[:20]}' is geen postcode; gebruik vier cijfers en twee letters, zoals 8291 AB")
        )
    return postcode or ""


_Punt = tuple[float | None, float | None, float | None, float | None]
_GEEN_PUNT: _Punt = (None, None, None, None)
# Metres that x/y and lon/lat of one row may differ, where both are given: rounding, not another place.
MAX_VERSCHIL_M = 25.0


def _lees_paar(lezer: Lezer, eerste: str, tweede: str, keur: Callable[[float, float], str | None]) -> _Paar | None:
    a, b = lezer.getal(eerste), lezer.getal(tweede)
    if a is None and b is None:
        return None
    if a is None or b is None:
        mist = eerste if a is None else tweede
        if not any(veld == mist for veld, _ in lezer.fouten):
            lezer.fouten.append((mist, f"ontbreekt; {eerste} en {tweede} horen samen ingevuld te zijn"))
        return None
    fout = keur(a, b)
    if fout:
        lezer.fouten.append((eerste, fout))
        return None
    return a, b


def _lees_punt(lezer: Lezer) -> _Punt:
    rd = _lees_paar(lezer, "x", "y", fout_in_rd)
    graden = _lees_paar(lezer, "lon", "lat", fout_in_wgs84)
    if rd is None:
        return (*naar_rd(*graden), *graden) if graden else _GEEN_PUNT
    if graden is not None:
        verschil = math.dist(rd, naar_rd(*graden))
        if verschil > MAX_VERSCHIL_M:
            lezer.fouten.append(
                ("lon", f"lon en lat liggen {verschil:.0f} meter van x en y; laat een van beide paren leeg")
            )
    return (*rd, *naar_wgs84(*rd))
