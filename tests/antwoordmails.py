"""Replies to an invitation, as Outlook, Google and Thunderbird build them: the same words in three wrappings."""

import base64
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import vobject


def agenda_van(mail: EmailMessage) -> vobject.base.Component:
    """The calendar of a mail that was received, read by another library than the one that wrote it."""
    deel = next(d for d in mail.walk() if d.get_content_type() == "text/calendar")
    inhoud = deel.get_payload(decode=True)
    assert isinstance(inhoud, bytes)
    return vobject.readOne(inhoud.decode())


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


def ics_antwoord(
    verzoek: EmailMessage,
    partstat: str,
    stempel: datetime,
    *,
    van: str = "",
    methode: str = "REPLY",
    tijd: tuple[datetime, datetime] | None = None,
    extra: str = "",
) -> str:
    """A REPLY (or COUNTER with another time) to the request in this mail."""
    deel = agenda_van(verzoek).vevent
    begin, eind = tijd or (deel.dtstart.value, deel.dtend.value)
    van = van or deel.attendee.value.removeprefix("mailto:")
    regels = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Ander programma//NL",
        "VERSION:2.0",
        f"METHOD:{methode}",
        "BEGIN:VEVENT",
        f'ATTENDEE;CN="Ans, Verhoeven";PARTSTAT={partstat};ROLE=REQ-PARTICIPANT:mailto:{van}',
        f"UID:{deel.uid.value}"[:70],
        *([" " + f"UID:{deel.uid.value}"[70:]] if len(f"UID:{deel.uid.value}") > 70 else []),
        f"SEQUENCE:{deel.sequence.value}",
        f"DTSTAMP:{_utc(stempel)}",
        f"DTSTART:{_utc(begin)}",
        f"DTEND:{_utc(eind)}",
        f"ORGANIZER:{deel.organizer.value}",
        f"SUMMARY;LANGUAGE=nl-nl:{deel.summary.value}",
        *([extra] if extra else []),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(regels)


def _basis(van: str, aan: str, onderwerp: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"Ans Verhoeven <{van}>", aan, onderwerp
    return mail


def als_google(ics: str, van: str, aan: str) -> bytes:
    """Google: text, HTML and calendar as alternatives, and once more as an attachment."""
    mail = _basis(van, aan, "Geaccepteerd: Pandenactie")
    mail.set_content("Ans heeft gereageerd")
    mail.add_alternative("<script>alert(1)</script><b>Ans heeft gereageerd</b>", subtype="html")
    mail.add_alternative(ics.encode(), maintype="text", subtype="calendar", params={"method": "REPLY"})
    mail.add_attachment(ics.encode(), maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()


def als_outlook(ics: str, van: str, aan: str) -> bytes:
    """Outlook: an empty text and the calendar in base64, with a signature image beside it."""
    deel = base64.encodebytes(ics.encode()).decode().replace("\n", "\r\n")
    tekst = (
        f"From: =?utf-8?B?{base64.b64encode('Ans Vërhoeven'.encode()).decode()}?= <{van}>\r\n"
        f"To: <{aan}>\r\nSubject: =?iso-8859-1?Q?Geweigerd=3A_Controle_=E9?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="_000_AM0_"\r\n\r\n'
        '--_000_AM0_\r\nContent-Type: text/plain; charset="iso-8859-1"\r\n\r\n\r\n'
        '--_000_AM0_\r\nContent-Type: text/calendar; charset="utf-8"; method=REPLY\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{deel}\r\n--_000_AM0_--\r\n"
    )
    mail = message_from_bytes(tekst.encode(), policy=default)
    assert isinstance(mail, EmailMessage)
    return tekst.encode()


def als_thunderbird(ics: str, van: str, aan: str) -> bytes:
    """Thunderbird: text, and the calendar as a part beside it in quoted-printable."""
    mail = _basis(van, aan, "Uitnodiging geaccepteerd")
    mail.set_content("Ik kom.")
    mail.make_mixed()
    deel = EmailMessage(policy=SMTP)
    deel.set_content(ics, subtype="calendar", cte="quoted-printable")
    deel.set_param("method", "REPLY")
    mail.attach(deel)
    return mail.as_bytes()
