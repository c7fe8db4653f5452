"""Acts on the outbox: put a mail ready in the transaction of what it tells, and take it back."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.ids import nieuw_id
from inspecties.core.mailadres import controleer_adres
from inspecties.post.models import Bericht
from inspecties.post.rules.afspraak import Afspraak
from inspecties.post.rules.bericht import Geheimlink, controleer_onderwerp, controleer_tekst


def zet_klaar(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    aan: str,
    onderwerp: str,
    tekst: str,
    ics: Afspraak | None = None,
    verwijzing: str = "",
    link: Geheimlink | str = "",
) -> Bericht:
    """Put a mail in the outbox; it goes when the caller's transaction is committed and not otherwise.

    ``tekst`` is plain and names no address of a place and no person; ``[[link]]`` in it becomes ``link``: a path on our
    own site ("/acties/...") or a page without account. ``verwijzing`` ("actie:<uid>") says what it is about.
    Raises OngeldigeInvoer naming the field.
    """
    uid = nieuw_id()
    bericht = Bericht(
        uid=uid,
        gemeente_id=actor.gemeente_id,
        aan=controleer_adres(aan),
        onderwerp=controleer_onderwerp(onderwerp),
        tekst=controleer_tekst(tekst),
        pad=link if isinstance(link, str) else "",
        geheimlink=asdict(link) if isinstance(link, Geheimlink) else None,
        afspraak=ics.als_json() if ics else None,
        verwijzing=verwijzing,
        message_id=str(uid),
        volgende_op=nu,
        gemaakt_op=nu,
        gemaakt_door_id=actor.gebruiker_id,
    )
    sessie.add(bericht)
    sessie.flush()
    leg_vast(sessie, actor, nu, "bericht_klaargezet", "bericht", uid, gegevens={"over": verwijzing})
    return bericht


def trek_in(sessie: Session, actor: Actor, verwijzing: str) -> int:
    """Mails about this that were not tried yet need not go any more; how many."""
    geraakt = sessie.scalars(
        update(Bericht)
        .where(
            Bericht.gemeente_id == actor.gemeente_id,
            Bericht.verwijzing == verwijzing,
            Bericht.status == "wachtend",
            Bericht.pogingen == 0,
        )
        .values(status="ingetrokken", tekst="", afspraak=None, geheimlink=None)
        .returning(Bericht.id)
    ).all()
    return len(geraakt)


def zet_opnieuw_klaar(sessie: Session, actor: Actor, nu: datetime, bericht: Bericht) -> None:
    """A mail that could not go may be tried again from the start. Raises Conflict for any other."""
    if bericht.status != "mislukt":
        raise Conflict("Alleen een mail die niet te verzenden was, kan opnieuw.", "status")
    bericht.status, bericht.pogingen, bericht.volgende_op, bericht.fout = "wachtend", 0, nu, ""
    leg_vast(sessie, actor, nu, "mail_opnieuw", "bericht", bericht.uid)
