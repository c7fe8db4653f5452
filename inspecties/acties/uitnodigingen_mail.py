"""Placing a reply that came in by mail: by its UID and the secret in it, its sender, and only when it is the newest."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models_uitnodiging import Uitnodiging
from inspecties.acties.rules.uitnodiging import Voorstel
from inspecties.acties.uitnodigingen import verwijzing
from inspecties.acties.uitnodigingen_antwoord import beantwoord
from inspecties.core.actor import systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.gebruikers.models import Gemeente
from inspecties.partners.models_partners import Contactpersoon
from inspecties.post.inname import OMVANG_HOOGSTENS, Uitkomst
from inspecties.post.links import ics_geheim
from inspecties.post.models import IngekomenMail
from inspecties.post.rules.antwoordmail import Agendaantwoord, Antwoordmail, lees_antwoordmail
from inspecties.post.rules.ics import lees_ics_uid

# How many unplaced mails wait at most per gemeente: a loop of two mail programs must not fill the database.
WACHT_HOOGSTENS = 500


def verwerk(sessie: Session, nu: datetime, bos: Sleutelbos, ruw: bytes) -> Uitkomst:
    """Use a reply, or keep it for the planner; what belongs to nobody here goes back to its sender."""
    if len(ruw) > OMVANG_HOOGSTENS:
        return Uitkomst(genomen=False, zin="De mail is te groot.")
    sha = hashlib.sha256(ruw).hexdigest()
    if sessie.scalars(select(IngekomenMail.id).where(IngekomenMail.sha256 == sha)).first() is not None:
        return Uitkomst(genomen=True, zin="Deze mail was er al.")
    mail = lees_antwoordmail(ruw)
    uitnodiging = zoek_uitnodiging(sessie, bos, mail.agenda)
    if uitnodiging is not None and mail.agenda is not None:
        reden = _gebruik(sessie, nu, mail, mail.agenda, uitnodiging)
        gemeente_id: int | None = uitnodiging.gemeente_id
    else:
        reden = mail.reden or "Het antwoord hoort bij geen uitnodiging van ons."
        gemeente_id = _gemeente_van(sessie, mail.van)
    if gemeente_id is None:
        return Uitkomst(genomen=False, zin="Dit adres neemt alleen antwoorden op uitnodigingen aan.")
    if reden and _wachtend(sessie, gemeente_id) >= WACHT_HOOGSTENS:
        return Uitkomst(genomen=False, zin="Er wachten al te veel mails. Bel de gemeente.")
    sessie.add(
        IngekomenMail(
            gemeente_id=gemeente_id,
            ontvangen_op=nu,
            van=mail.van,
            onderwerp=mail.onderwerp,
            # Of a reply that was understood the answer is kept, and not what was written along with it.
            tekst=mail.tekst if reden else "",
            reden=reden,
            verwijzing=verwijzing(uitnodiging) if uitnodiging else "",
            sha256=sha,
            gezien_op=None if reden else nu,
        )
    )
    sessie.flush()
    return Uitkomst(genomen=True, zin=reden or "Het antwoord is verwerkt.")


def zoek_uitnodiging(sessie: Session, bos: Sleutelbos, agenda: Agendaantwoord | None) -> Uitnodiging | None:
    """The invitation of this UID, when the secret in it is right."""
    delen = lees_ics_uid(agenda.uid) if agenda else None
    uid = lees_id(delen[0]) if delen else None
    if delen is None or uid is None:
        return None
    # Whose gemeente it is only the row tells; the secret stands in for the right to read it.
    if not hmac.compare_digest(ics_geheim(bos, str(uid))[: len(delen[1])].encode(), delen[1].encode()):
        return None
    return sessie.scalars(select(Uitnodiging).where(Uitnodiging.uid == UUID(str(uid)))).one_or_none()


def _gebruik(
    sessie: Session, nu: datetime, mail: Antwoordmail, agenda: Agendaantwoord, uitnodiging: Uitnodiging
) -> str:
    """Why the answer was not used, or ''."""
    if mail.van != uitnodiging.email.lower() or agenda.deelnemer != uitnodiging.email.lower():
        return "Het antwoord komt van een ander adres dan waar de uitnodiging heen ging."
    if agenda.volgnummer < uitnodiging.volgnummer:
        return "Het antwoord hoort bij een oudere uitnodiging; daarna is de tijd gewijzigd."
    eerder = [m for m in (uitnodiging.antwoord_stempel, uitnodiging.antwoord_op) if m is not None]
    if agenda.stempel < max(eerder, default=agenda.stempel).replace(microsecond=0):
        return "Het antwoord is ouder dan een antwoord dat er al was."
    voorstel = None
    if agenda.begin_op is not None and agenda.eind_op is not None:
        voorstel = Voorstel(agenda.begin_op, agenda.eind_op, agenda.opmerking)
    actor = systeem(uitnodiging.gemeente_id, "uitgenodigde")
    punt = sessie.begin_nested()
    try:
        beantwoord(sessie, actor, nu, uitnodiging, agenda.antwoord, "mail", voorstel, agenda.stempel)
    except (Conflict, OngeldigeInvoer) as fout:
        punt.rollback()
        return fout.melding
    punt.commit()
    return ""


def _gemeente_van(sessie: Session, van: str) -> int | None:
    """Whose planner should see a mail that cannot be placed: who knows the sender, or the only gemeente there is."""
    kent = set(sessie.scalars(select(Uitnodiging.gemeente_id).where(Uitnodiging.email == van).distinct()))
    kent |= set(sessie.scalars(select(Contactpersoon.gemeente_id).where(Contactpersoon.email == van).distinct()))
    if van and len(kent) == 1:
        return kent.pop()
    alle = sessie.scalars(select(Gemeente.id).limit(2)).all()
    return alle[0] if len(alle) == 1 else None


def _wachtend(sessie: Session, gemeente_id: int) -> int:
    rijen = select(IngekomenMail.id).where(IngekomenMail.gemeente_id == gemeente_id, IngekomenMail.gezien_op.is_(None))
    return len(sessie.scalars(rijen.limit(WACHT_HOOGSTENS)).all())
