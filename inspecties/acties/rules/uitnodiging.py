"""Inviting a partner: what can be answered, until when, and what a change of the action means for an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokaal

# What one contact person answered -> in words.
ANTWOORDEN: dict[str, str] = {
    "toegezegd": "Doet mee",
    "afgezegd": "Doet niet mee",
    "misschien": "Weet het nog niet",
    "voorstel": "Stelt een andere tijd voor",
}
WEGEN: dict[str, str] = {"link": "via de link in de mail", "mail": "per mail", "hand": "door de planner"}
VOORSTELSTATUSSEN: dict[str, str] = {
    "open": "Te beoordelen",
    "aangenomen": "Aangenomen",
    "afgewezen": "Niet aangenomen",
    "vervallen": "Vervallen",
}
# An answer that comes in later than this before the shift asks for a telephone.
LAAT = timedelta(hours=24)
VOORSTEL_LANGST = timedelta(hours=16)
VOORSTEL_VERST = timedelta(days=366)
OPMERKING_HOOGSTENS = 300
OPEN_TOESTANDEN = frozenset({"concept", "gereed"})


@dataclass(frozen=True)
class Voorstel:
    """Another time, in UTC, with a remark of one line."""

    van_op: datetime
    tot_op: datetime
    opmerking: str = ""


def controleer_voorstel(voorstel: Voorstel, nu: datetime) -> Voorstel:
    """The proposal as it is kept. Raises OngeldigeInvoer naming the field."""
    if voorstel.tot_op <= voorstel.van_op:
        raise OngeldigeInvoer("Het einde ligt voor het begin. Vul een later einde in.", "tot")
    if voorstel.van_op <= nu:
        raise OngeldigeInvoer("Deze tijd is al voorbij. Kies een later begin.", "van")
    if voorstel.van_op > nu + VOORSTEL_VERST:
        raise OngeldigeInvoer("Kies een dag binnen een jaar.", "van")
    if voorstel.tot_op - voorstel.van_op > VOORSTEL_LANGST:
        raise OngeldigeInvoer("Een dienst duurt hoogstens 16 uur. Vul een eerder einde in.", "tot")
    opmerking = " ".join(voorstel.opmerking.split())
    if len(opmerking) > OPMERKING_HOOGSTENS:
        raise OngeldigeInvoer(f"Gebruik hoogstens {OPMERKING_HOOGSTENS} tekens.", "opmerking")
    return Voorstel(voorstel.van_op, voorstel.tot_op, opmerking)


def status_na(antwoord: str) -> str:
    """The status of an organisation's participation after this answer of one of its people."""
    return antwoord if antwoord in {"toegezegd", "afgezegd"} else "uitgenodigd"


def is_laat(nu: datetime, begin_op: datetime) -> bool:
    """Whether a cancellation now is so close to the shift that somebody must act today."""
    return nu >= begin_op - LAAT


def dienst_in_woorden(begin_op: datetime, eind_op: datetime) -> str:
    """'vrijdag 4 december 2026, 18.00 tot 23.00 uur', on a Dutch clock; with both days where they differ."""
    begin, eind = lokaal(begin_op), lokaal(eind_op)
    dag = f"{_DAGEN[begin.weekday()]} {begin.day} {_MAANDEN[begin.month - 1]} {begin.year}"
    tot = f"{eind:%H.%M} uur"
    if eind.date() != begin.date():
        tot = f"{_DAGEN[eind.weekday()]} {eind.day} {_MAANDEN[eind.month - 1]} {tot}"
    return f"{dag}, {begin:%H.%M} tot {tot}"


_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
