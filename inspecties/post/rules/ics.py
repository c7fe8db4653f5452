"""Writing an appointment as iCalendar (RFC 5545), as mail clients want it (RFC 5546, RFC 6047).

Times in UTC: a night in which the clock goes back has no local time that happens twice.
"""

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress, vText

from inspecties.post.rules.afspraak import Afspraak

_PRODID = "-//Inspecties//Agenda 1.0//NL"
_STAART = "@inspecties"
_MAC_TEKENS = 24


def ics_uid(uid: str, geheim: str) -> str:
    """The UID of an event: the row's id and a part of its keyed hash, which only who got the mail knows."""
    return f"{uid}.{geheim[:_MAC_TEKENS]}{_STAART}"


def lees_ics_uid(tekst: str) -> tuple[str, str] | None:
    """(row's id, part of the hash) of such a UID; None where it is not one of ours."""
    voor, scheiding, na = tekst.strip().removesuffix(_STAART).partition(".")
    if not tekst.strip().endswith(_STAART) or not scheiding or len(voor) != 36 or len(na) != _MAC_TEKENS:
        return None
    return voor, na


def _agenda(methode: str) -> Calendar:
    agenda = Calendar()
    agenda.add("prodid", _PRODID)
    agenda.add("version", "2.0")
    agenda.add("calscale", "GREGORIAN")
    agenda.add("method", methode)
    return agenda


def _gebeurtenis(afspraak: Afspraak, uid: str, nu: datetime) -> Event:
    deel = Event()
    deel.add("uid", uid)
    deel.add("dtstamp", nu)
    deel.add("dtstart", afspraak.begin_op)
    deel.add("dtend", afspraak.eind_op)
    deel.add("sequence", afspraak.volgnummer)
    deel.add("summary", afspraak.titel)
    deel.add("location", afspraak.plaats)
    deel.add("status", "CANCELLED" if afspraak.methode == "CANCEL" else "CONFIRMED")
    deel.add("transp", "OPAQUE")
    # Colleagues with whom a calendar is shared see that somebody is busy, and not with what.
    deel.add("class", "PRIVATE")
    return deel


def schrijf_afspraak(afspraak: Afspraak, uid: str, organisator: str, organisatornaam: str, nu: datetime) -> bytes:
    """The calendar in an invitation or a cancellation: one event, one attendee."""
    agenda = _agenda(afspraak.methode)
    deel = _gebeurtenis(afspraak, uid, nu)
    van = vCalAddress(f"mailto:{organisator}")
    van.params["CN"] = vText(organisatornaam)
    deel.add("organizer", van, encode=False)
    if afspraak.deelnemer:
        aan = vCalAddress(f"mailto:{afspraak.deelnemer}")
        aan.params["CUTYPE"] = vText("INDIVIDUAL")
        aan.params["ROLE"] = vText("REQ-PARTICIPANT")
        aan.params["PARTSTAT"] = vText(afspraak.partstat)
        aan.params["RSVP"] = vText("FALSE" if afspraak.methode == "CANCEL" else "TRUE")
        deel.add("attendee", aan, encode=False)
    agenda.add_component(deel)
    return bytes(agenda.to_ical())


def schrijf_agenda(naam: str, afspraken: Iterable[tuple[Afspraak, datetime]]) -> bytes:
    """A calendar to subscribe to, of events with their stamps: the same content gives the same bytes."""
    return schrijf_gebeurtenissen(naam, (_gebeurtenis(a, a.uid + _STAART, stempel) for a, stempel in afspraken))


def schrijf_gebeurtenissen(naam: str, delen: Iterable[Event]) -> bytes:
    """A calendar to subscribe to, of events as they are."""
    agenda = _agenda("PUBLISH")
    # As a text: the library escapes only what it knows, and this property is none of the standard's.
    agenda.add("x-wr-calname", vText(naam))
    agenda.add("x-published-ttl", "PT1H")
    agenda.add("refresh-interval;value=duration", "PT1H")
    for deel in delen:
        agenda.add_component(deel)
    return bytes(agenda.to_ical())
