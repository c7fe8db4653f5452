"""Handing mail to a mail server, by SMTP (RFC 5321)."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Protocol

from inspecties.core.mailserver import SmtpAdres

WACHT_S = 30


class GeenServer(Exception):
    """The mail server cannot be reached, or lets nobody in: no use in trying the other mails now."""


class Geweigerd(Exception):
    """The server does not take this mail; ``blijvend``: and never will (5xx)."""

    def __init__(self, melding: str, *, blijvend: bool) -> None:
        super().__init__(melding)
        self.blijvend = blijvend


class Verzender(Protocol):
    """Sends one mail. Raises Geweigerd or GeenServer."""

    def __call__(self, mail: EmailMessage, van: str, aan: str) -> None: ...


def _verbind(adres: SmtpAdres) -> smtplib.SMTP:
    if adres.tls == "direct":
        return smtplib.SMTP_SSL(adres.host, adres.poort, timeout=WACHT_S, context=ssl.create_default_context())
    server = smtplib.SMTP(adres.host, adres.poort, timeout=WACHT_S)
    if adres.tls == "starttls":
        # Raises where the server offers none: a mail never goes in the clear because somebody cut the offer out.
        server.starttls(context=ssl.create_default_context())
    return server


def _zin(fout: Exception) -> str:
    """What the server or the system said, in one short line."""
    if isinstance(fout, smtplib.SMTPResponseException):
        tekst = fout.smtp_error.decode("utf-8", "replace") if isinstance(fout.smtp_error, bytes) else fout.smtp_error
        return f"{fout.smtp_code} {tekst}"
    return str(fout) or type(fout).__name__


@contextmanager
def verbinding(adres: SmtpAdres) -> Iterator[Verzender]:
    """One connection for a round of mails. Raises GeenServer."""
    try:
        server = _verbind(adres)
    except (OSError, smtplib.SMTPException) as fout:
        raise GeenServer(f"De mailserver is niet bereikbaar: {_zin(fout)}") from fout
    try:
        try:
            if adres.gebruiker:
                server.login(adres.gebruiker, adres.wachtwoord)
        except (OSError, smtplib.SMTPException) as fout:
            raise GeenServer(f"De mailserver laat ons niet toe: {_zin(fout)}") from fout

        def verstuur(mail: EmailMessage, van: str, aan: str) -> None:
            try:
                server.send_message(mail, van, [aan])
            except smtplib.SMTPRecipientsRefused as fout:
                code, tekst = fout.recipients[aan]
                raise Geweigerd(f"{code} {tekst.decode('utf-8', 'replace')}", blijvend=code >= 500) from fout
            except smtplib.SMTPResponseException as fout:
                raise Geweigerd(_zin(fout), blijvend=fout.smtp_code >= 500) from fout
            except (OSError, smtplib.SMTPException) as fout:
                raise GeenServer(f"De verbinding met de mailserver is verbroken: {_zin(fout)}") from fout

        yield verstuur
    finally:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()
