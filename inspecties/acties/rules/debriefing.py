"""What is kept after an action, and what still lacks before it is finished."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inspecties.core.fouten import OngeldigeInvoer

RESULTATEN: dict[str, str] = {
    "in_orde": "In orde",
    "bevindingen": "Bevindingen",
    "hercontrole": "Hercontrole nodig",
    "niemand_thuis": "Niemand thuis",
    "geweigerd": "Toegang geweigerd",
    "niet_bezocht": "Niet bezocht",
}
AFSPRAAKSTANDEN: dict[str, str] = {"open": "Open", "gedaan": "Gedaan", "vervallen": "Vervallen"}
CATEGORIEEN: dict[str, str] = {
    "voorbereiding": "Voorbereiding",
    "samenwerking": "Samenwerking",
    "veiligheid": "Veiligheid",
    "checklist": "Checklist",
    "techniek": "Tablet en techniek",
    "overig": "Overig",
}
# A team of more than this many people, or a day longer than this, is a slip of the pen.
UREN_HOOGSTENS = 24 * 60 * 50


def voorgesteld_resultaat(toestand: str, bevindingen: int) -> str:
    """The result that the state of a stop and its visit point to; "" while it is still running."""
    if toestand in {"niemand_thuis", "geweigerd"}:
        return toestand
    if toestand == "vervallen":
        return "niet_bezocht"
    if toestand != "afgerond":
        return ""
    return "bevindingen" if bevindingen else "in_orde"


def controleer_tekst(tekst: str, veld: str, leeg: str, hoogstens: int = 2000) -> str:
    """The text without white space around it. Raises OngeldigeInvoer with ``leeg`` where nothing is left."""
    goed = tekst.strip()
    if not goed:
        raise OngeldigeInvoer(leeg, veld)
    if len(goed) > hoogstens:
        raise OngeldigeInvoer(f"Gebruik hoogstens {hoogstens} tekens.", veld)
    return goed


def lees_uren(tekst: str, veld: str) -> int:
    """'7', '7,5', '7.25' or '7:30' hours as whole minutes. Raises OngeldigeInvoer."""
    melding = "Vul uren in als 7, 7,5 of 7:30."
    kaal = tekst.strip().replace(",", ".")
    uren, dubbel, minuten = kaal.partition(":")
    try:
        if dubbel:
            if not (uren.isdecimal() and minuten.isdecimal() and len(minuten) == 2 and int(minuten) < 60):
                raise OngeldigeInvoer(melding, veld)
            uit = int(uren) * 60 + int(minuten)
        else:
            getal = float(kaal)
            if not kaal.replace(".", "", 1).isdecimal():
                raise OngeldigeInvoer(melding, veld)
            uit = round(getal * 60)
    except ValueError:
        raise OngeldigeInvoer(melding, veld) from None
    if uit > UREN_HOOGSTENS:
        raise OngeldigeInvoer("Dit zijn meer dan 1200 uren. Vul de uren van deze ploeg op deze dienst in.", veld)
    return uit


def schrijf_uren(minuten: int) -> str:
    """450 minutes as '7:30'."""
    return f"{minuten // 60}:{minuten % 60:02d}"


def is_te_laat(toestand: str, uiterlijk: date, vandaag: date) -> bool:
    """Whether an agreed act should have been done by now: the day itself still counts."""
    return toestand == "open" and uiterlijk < vandaag


def moet_herinneren(toestand: str, uiterlijk: date, laatst: date | None, vandaag: date) -> bool:
    """Whether to send a reminder today: three days before the last day, on it, and each week after; once a day."""
    if toestand != "open" or laatst == vandaag:
        return False
    dagen = (vandaag - uiterlijk).days
    if dagen < -3:
        return False
    if laatst is None or dagen == 0:
        return True
    return dagen > 0 and (vandaag - laatst).days >= 7


@dataclass(frozen=True)
class Stopstand:
    """One stop as the checklist sees it."""

    naam: str
    toestand: str
    besproken: bool
    voorstellen_open: int = 0


@dataclass(frozen=True)
class Daarna:
    """What the finish checklist judges. ``ploegen``: team -> whether its hours are filled in."""

    toestand: str
    stops: Sequence[Stopstand] = ()
    ploegen: Mapping[str, bool] = field(default_factory=dict)
    lessen: int = 0
    afspraken_te_laat: int = 0
    verslag_actueel: bool = False


@dataclass(frozen=True)
class Openpunt:
    """Something that lacks: what, and the part of the page to do it in."""

    melding: str
    anker: str


_KLAAR: Collection[str] = ("afgerond", "vervallen", "niemand_thuis", "geweigerd")


def _tel(aantal: int, een: str, meer: str) -> str:
    return f"{aantal} {een if aantal == 1 else meer}"


def wat_ontbreekt(feiten: Daarna) -> list[Openpunt]:
    """What still lacks before everything of this action is done; empty when nothing does."""
    uit = [
        Openpunt(f"{stop.naam}: de stop loopt nog.", "stops") for stop in feiten.stops if stop.toestand not in _KLAAR
    ]
    uit += [
        Openpunt(f"{stop.naam}: nog niet besproken.", "stops")
        for stop in feiten.stops
        if stop.toestand in _KLAAR and not stop.besproken
    ]
    uit += [
        Openpunt(f"{stop.naam}: nog te beoordelen: {_tel(stop.voorstellen_open, 'voorstel', 'voorstellen')}.", "stops")
        for stop in feiten.stops
        if stop.voorstellen_open
    ]
    uit += [
        Openpunt(f"{ploeg}: de uren zijn nog niet ingevuld.", "uren")
        for ploeg, klaar in feiten.ploegen.items()
        if not klaar
    ]
    if not feiten.lessen:
        uit.append(Openpunt("Er is nog geen les opgeschreven.", "lessen"))
    if feiten.toestand != "afgerond":
        uit.append(Openpunt("De actie is nog niet afgerond.", "einde"))
    if not feiten.verslag_actueel:
        uit.append(Openpunt("Er is nog geen verslag van hoe het nu is.", "verslag"))
    if feiten.afspraken_te_laat:
        werkwoord = "is" if feiten.afspraken_te_laat == 1 else "zijn"
        aantal = _tel(feiten.afspraken_te_laat, "afspraak", "afspraken")
        uit.append(Openpunt(f"{aantal} {werkwoord} te laat.", "afspraken"))
    return uit
