"""Reading a reply to an invitation (RFC 5546 REPLY and COUNTER, in mail as RFC 6047), of whichever program wrote it.

Nothing in it is run, fetched or shown as markup; of a calendar only one event is read.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from typing import Any

from icalendar import Calendar

DELEN_HOOGSTENS = 40
# Parts within parts: the library's reader slows down with the square of how deep they go.
LAGEN_HOOGSTENS = 60
TEKST_HOOGSTENS = 2_000
_ICS_SOORTEN = frozenset({"text/calendar", "application/ics"})
_PARTSTAT: dict[str, str] = {"ACCEPTED": "toegezegd", "DECLINED": "afgezegd", "TENTATIVE": "misschien"}


@dataclass(frozen=True)
class Agendaantwoord:
    """What the calendar in a reply says. ``antwoord``: toegezegd, afgezegd, misschien or voorstel."""

    uid: str
    volgnummer: int
    stempel: datetime
    deelnemer: str
    antwoord: str
    begin_op: datetime | None = None
    eind_op: datetime | None = None
    opmerking: str = ""


@dataclass(frozen=True)
class Antwoordmail:
    """A mail that came in: who says to have sent it, and the calendar in it or why there is none."""

    van: str
    onderwerp: str
    tekst: str
    agenda: Agendaantwoord | None
    reden: str = ""


class Onleesbaar(Exception):
    """The calendar is not a reply that can be read; the message is Dutch, for the planner."""


def _plat(tekst: str, hoogstens: int, *, regels: bool = False) -> str:
    """Printable text only, cut off."""
    goed = "".join(t if t.isprintable() or (regels and t == "\n") else " " for t in tekst.replace("\r\n", "\n"))
    return goed.strip()[:hoogstens] if regels else " ".join(goed.split())[:hoogstens]


def _kop(mail: EmailMessage, naam: str) -> str:
    try:
        return str(mail.get(naam, ""))
    except (ValueError, IndexError, MessageError, AttributeError):
        # The library's own reader trips over some broken headers.
        return ""


def _afzender(mail: EmailMessage) -> str:
    """The one address in From; '' where there is none or more."""
    adressen: Any
    try:
        adressen = mail["From"].addresses if "From" in mail else ()
    except (ValueError, IndexError, MessageError, AttributeError):
        return ""
    if len(adressen) != 1 or len(mail.get_all("From", [])) != 1:
        return ""
    return _plat(adressen[0].addr_spec, 254).lower()


def _inhoud(deel: EmailMessage) -> bytes:
    ruw = deel.get_payload(decode=True)
    return ruw if isinstance(ruw, bytes) else b""


def _tekst(delen: list[EmailMessage]) -> str:
    for deel in delen:
        if deel.get_content_type() == "text/plain" and deel.get_content_disposition() != "attachment":
            return _plat(_inhoud(deel).decode("utf-8", "replace"), TEKST_HOOGSTENS, regels=True)
    return ""


def lees_antwoordmail(ruw: bytes) -> Antwoordmail:
    """The mail, with its calendar where it is a reply. Never raises: what cannot be read says why in ``reden``."""
    klein = ruw.lower()
    if klein.count(b"boundary") + klein.count(b"message/") > LAGEN_HOOGSTENS:
        return Antwoordmail("", "", "", None, "De mail zit te ingewikkeld in elkaar.")
    return _lees(ruw)


def _lees(ruw: bytes) -> Antwoordmail:
    mail = message_from_bytes(ruw, policy=default)
    assert isinstance(mail, EmailMessage)
    delen = [d for d in mail.walk() if isinstance(d, EmailMessage) and not d.is_multipart()]
    van, onderwerp, tekst = _afzender(mail), _plat(_kop(mail, "Subject"), 160), _tekst(delen[:DELEN_HOOGSTENS])
    if len(delen) > DELEN_HOOGSTENS:
        return Antwoordmail(van, onderwerp, tekst, None, "De mail bestaat uit te veel delen.")
    reden = "In de mail zit geen antwoord uit een agenda."
    for deel in delen:
        if deel.get_content_type() in _ICS_SOORTEN:
            try:
                return Antwoordmail(van, onderwerp, tekst, lees_agenda(_inhoud(deel)))
            except Onleesbaar as fout:
                reden = str(fout)
    return Antwoordmail(van, onderwerp, tekst, None, reden)


def _moment(veld: Any) -> datetime | None:
    waarde = getattr(veld, "dt", None)
    if not isinstance(waarde, datetime) or waarde.tzinfo is None:
        return None
    return waarde.astimezone(UTC)


def lees_agenda(ics: bytes) -> Agendaantwoord:
    """One event of a REPLY or COUNTER, with its one attendee. Raises Onleesbaar."""
    try:
        agenda: Any = Calendar.from_ical(ics)
        methode = str(agenda.get("METHOD", "")).upper()
        gebeurtenissen = agenda.walk("VEVENT")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as fout:
        raise Onleesbaar("De agenda in de mail is niet te lezen.") from fout
    if methode not in {"REPLY", "COUNTER"}:
        raise Onleesbaar("De agenda in de mail is geen antwoord op een uitnodiging.")
    if len(gebeurtenissen) != 1:
        raise Onleesbaar("Het antwoord gaat niet over precies een afspraak.")
    try:
        return _lees_gebeurtenis(gebeurtenissen[0], methode)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as fout:
        raise Onleesbaar("De agenda in de mail is niet te lezen.") from fout


def _lees_gebeurtenis(deel: Any, methode: str) -> Agendaantwoord:
    uid, deelnemers, stempel = str(deel.get("UID", "")).strip(), deel.get("ATTENDEE"), _moment(deel.get("DTSTAMP"))
    if "RECURRENCE-ID" in deel or not uid or len(uid) > 255 or stempel is None:
        raise Onleesbaar("In het antwoord staat niet over welke uitnodiging het gaat, of van wanneer het is.")
    if deelnemers is None or isinstance(deelnemers, list):
        raise Onleesbaar("Het antwoord noemt niet precies een deelnemer.")
    partstat = str(deelnemers.params.get("PARTSTAT", "")).upper()
    antwoord = "voorstel" if methode == "COUNTER" else _PARTSTAT.get(partstat, "")
    if not antwoord:
        raise Onleesbaar(f"Het antwoord '{_plat(partstat, 30) or 'leeg'}' is geen ja, nee of misschien.")
    begin, eind = _moment(deel.get("DTSTART")), _moment(deel.get("DTEND"))
    if begin is not None and eind is None and "DURATION" in deel:
        eind = begin + deel["DURATION"].dt
    if antwoord == "voorstel" and (begin is None or eind is None):
        raise Onleesbaar("Er wordt een andere tijd voorgesteld, maar die is niet te lezen.")
    opmerking = deel.get("COMMENT", "")
    return Agendaantwoord(
        uid,
        int(deel.get("SEQUENCE", 0)),
        stempel,
        str(deelnemers).strip().lower().removeprefix("mailto:"),
        antwoord,
        begin,
        eind,
        _plat(str(opmerking[0] if isinstance(opmerking, list) else opmerking), 300),
    )
