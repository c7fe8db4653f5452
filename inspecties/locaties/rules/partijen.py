"""Parties, their roles and the features that link locations: their words, and what can be right."""

import re
from dataclasses import dataclass, replace
from datetime import date

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.rules.feiten import keur_periode

PARTIJSOORTEN: dict[str, str] = {"persoon": "Persoon", "organisatie": "Organisatie"}

PARTIJROLLEN: dict[str, str] = {
    "eigenaar": "Eigenaar",
    "verhuurder": "Verhuurder",
    "exploitant": "Exploitant",
    "uitzendbureau": "Uitzendbureau",
    "bemiddelaar": "Bemiddelaar",
}

# Why a person may be in the register (art. 5(1)(b) and 6(1)(e) AVG): the task that needs the name.
DOELEN: dict[str, str] = {
    "toezicht": "Toezicht op de locatie",
    "vergunning": "Vergunning en Bibob",
    "handhaving": "Handhaving tegen de overtreder",
}

KENMERKSOORTEN: dict[str, str] = {
    "telefoon": "Telefoonnummer",
    "alias": "Naam in een advertentie",
    "rekening": "Laatste cijfers van een rekening",
    "kenteken": "Kenteken",
}

# Without another choice a person stays this long (the default of the model; a gemeente may choose a shorter one).
BEWAAR_JAREN = 2
MAX_BEWAAR_JAREN = 5

_KVK = re.compile(r"[0-9]{8}")


@dataclass(frozen=True)
class PartijGegevens:
    """Who it is. A person has a ``doel`` and a ``bewaren_tot``; an organisation has neither."""

    soort: str
    naam: str
    kvk: str = ""
    doel: str = ""
    bewaren_tot: date | None = None


@dataclass(frozen=True)
class RolGegevens:
    """What a party is at a location. ``tot`` is the last day; None: still."""

    rol: str
    van: date | None = None
    tot: date | None = None
    bron: str = ""


def lees_kvk(tekst: str) -> str:
    """'1234 5678' -> '12345678'; '' stays ''. Raises OngeldigeInvoer at 'kvk'.

    A KvK number has eight digits and no check digit (Handelsregister), so that is all that can be checked.
    """
    kaal = re.sub(r"[\s.]", "", tekst)
    if not kaal:
        return ""
    if not _KVK.fullmatch(kaal) or kaal == "00000000":
        vestiging = " Dit lijkt een vestigingsnummer." if re.fullmatch(r"[0-9]{12}", kaal) else ""
        raise OngeldigeInvoer(f"Een KvK-nummer heeft 8 cijfers, zoals 12345678.{vestiging}", "kvk")
    return kaal


def over_jaren(dag: date, jaren: int) -> date:
    """The same day some years later; 29 February becomes 28 February."""
    try:
        return dag.replace(year=dag.year + jaren)
    except ValueError:
        return dag.replace(year=dag.year + jaren, day=28)


def is_over_termijn(bewaren_tot: date | None, vandaag: date) -> bool:
    """Whether a person should have been looked at again: the last day has passed."""
    return bewaren_tot is not None and bewaren_tot < vandaag


def _keur_persoon(gegevens: PartijGegevens, vandaag: date) -> PartijGegevens:
    if gegevens.doel not in DOELEN:
        raise OngeldigeInvoer("Kies waarom deze persoon hier moet staan. Zonder doel mag dat niet.", "doel")
    bewaren_tot = gegevens.bewaren_tot or over_jaren(vandaag, BEWAAR_JAREN)
    if bewaren_tot < vandaag:
        raise OngeldigeInvoer("Deze dag is voorbij. Kies een dag vanaf vandaag.", "bewaren_tot")
    if bewaren_tot > over_jaren(vandaag, MAX_BEWAAR_JAREN):
        raise OngeldigeInvoer(
            f"Bewaar een persoon hoogstens {MAX_BEWAAR_JAREN} jaar; daarna kijkt u opnieuw.", "bewaren_tot"
        )
    return replace(gegevens, bewaren_tot=bewaren_tot)


def keur_partij(gegevens: PartijGegevens, vandaag: date) -> PartijGegevens:
    """The same, trimmed, with a person's last day filled in. Raises OngeldigeInvoer naming the field."""
    if gegevens.soort not in PARTIJSOORTEN:
        raise OngeldigeInvoer("Kies: persoon of organisatie.", "soort")
    naam = " ".join(gegevens.naam.split())
    if len(naam) < 2:
        raise OngeldigeInvoer("Vul de naam in.", "naam")
    if len(naam) > 160:
        raise OngeldigeInvoer(f"De naam is te lang: {len(naam)} tekens, 160 is het meeste.", "naam")
    schoon = replace(gegevens, naam=naam, kvk=lees_kvk(gegevens.kvk))
    if schoon.soort == "persoon":
        return _keur_persoon(schoon, vandaag)
    return replace(schoon, doel="", bewaren_tot=None)


def keur_rol(gegevens: RolGegevens, vandaag: date) -> RolGegevens:
    """The same, trimmed. Raises OngeldigeInvoer naming the field."""
    if gegevens.rol not in PARTIJROLLEN:
        raise OngeldigeInvoer(f"Kies een rol uit: {', '.join(PARTIJROLLEN.values())}.", "rol")
    keur_periode(gegevens.van, gegevens.tot, vandaag, ("van", "tot"))
    if gegevens.van is not None and gegevens.van > vandaag:
        raise OngeldigeInvoer("De eerste dag moet nog komen. Leg vast wat nu al zo is.", "van")
    bron = gegevens.bron.strip()
    if not bron:
        raise OngeldigeInvoer("Schrijf waar u dit van weet, zoals 'Kadaster' of 'Handelsregister'.", "bron")
    if len(bron) > 160:
        raise OngeldigeInvoer(f"De bron is te lang: {len(bron)} tekens, 160 is het meeste.", "bron")
    return replace(gegevens, bron=bron)


def periodes_raken(van: date | None, tot: date | None, andere_van: date | None, andere_tot: date | None) -> bool:
    """Whether two periods share a day; None is open on that side."""
    eerst, laatst = date.min, date.max
    return (van or eerst) <= (andere_tot or laatst) and (andere_van or eerst) <= (tot or laatst)


def loopt_nog(tot: date | None, vandaag: date) -> bool:
    """Whether a role still holds on ``vandaag``."""
    return tot is None or tot >= vandaag
