"""From a row of the outbox to a mail (RFC 5322), with the links and the calendar that are made only now."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from inspecties.core.klok import lokaal
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.post.links import ics_geheim, maak_token
from inspecties.post.models import Bericht
from inspecties.post.rules.afspraak import Afspraak
from inspecties.post.rules.bericht import LINK, Geheimlink
from inspecties.post.rules.ics import ics_uid, schrijf_afspraak

# What a page without account is for -> its path.
PADEN: dict[str, str] = {"uitnodiging": "/uitnodiging/{token}", "wachtwoord": "/wachtwoord-nieuw/{token}"}


@dataclass(frozen=True)
class Briefhoofd:
    """What every mail has in common: who sends, where replies go, where the site is, and the keys of its links."""

    afzender: str
    antwoord: str
    basisadres: str
    bos: Sleutelbos

    @property
    def afzenderadres(self) -> str:
        return parseaddr(self.afzender)[1]

    @property
    def afzendernaam(self) -> str:
        return parseaddr(self.afzender)[0] or "Inspecties"

    @property
    def organisator(self) -> str:
        """Where a calendar sends the answer."""
        return self.antwoord or self.afzenderadres


def _link(bericht: Bericht, hoofd: Briefhoofd) -> str:
    basis = hoofd.basisadres.rstrip("/")
    if bericht.geheimlink:
        link = Geheimlink(**bericht.geheimlink)
        return basis + PADEN[link.doel].format(token=maak_token(hoofd.bos, link))
    return basis + bericht.pad


def stel_samen(bericht: Bericht, hoofd: Briefhoofd, nu: datetime) -> EmailMessage:
    """The mail as it goes out. Its headers cannot be added to: the library refuses a line break in any of them."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(hoofd.afzendernaam, addr_spec=hoofd.afzenderadres)
    mail["To"] = Address(addr_spec=bericht.aan)
    mail["Subject"] = bericht.onderwerp
    mail["Date"] = format_datetime(lokaal(nu))
    mail["Message-ID"] = f"<{bericht.message_id}@{hoofd.afzenderadres.rpartition('@')[2]}>"
    if hoofd.antwoord:
        mail["Reply-To"] = Address(addr_spec=hoofd.antwoord)
    # No out-of-office comes back, and no list takes it for a letter (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(bericht.tekst.replace(LINK, _link(bericht, hoofd)), cte="quoted-printable")
    if bericht.afspraak is None:
        return mail
    afspraak = Afspraak.van_json(bericht.afspraak)
    uid = ics_uid(afspraak.uid, ics_geheim(hoofd.bos, afspraak.uid))
    ics = schrijf_afspraak(afspraak, uid, hoofd.organisator, hoofd.afzendernaam, nu)
    # Outlook and Google read the alternative, Thunderbird and Apple Mail also the attachment.
    mail.add_alternative(
        ics, maintype="text", subtype="calendar", params={"method": afspraak.methode, "charset": "UTF-8"}
    )
    mail.add_attachment(ics, maintype="application", subtype="ics", filename="uitnodiging.ics")
    return mail
