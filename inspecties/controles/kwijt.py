"""Acts on lost tablets: report, take back, tick what was done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.controles.models_kwijt import Kwijtmelding, Kwijtstapzet
from inspecties.controles.rules.kwijt import STAPCODES
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import select_voor
from inspecties.database.bereik import zonder_muur
from inspecties.gebruikers.models import Toestel
from inspecties.gebruikers.operations import beeindig_sessies


def open_melding(sessie: Session, actor: Actor, toestel: Toestel) -> Kwijtmelding | None:
    """The report of loss that stands, if any."""
    return sessie.scalars(
        select_voor(actor, Kwijtmelding).where(Kwijtmelding.toestel_id == toestel.id, Kwijtmelding.terug_op.is_(None))
    ).one_or_none()


def _met_reden(reden: str) -> str:
    reden = reden.strip()
    if not reden:
        raise OngeldigeInvoer("Schrijf op wat er gebeurd is.", "reden")
    return reden


def _houd_vast(sessie: Session, actor: Actor, toestel: Toestel) -> None:
    """Lock the device's row: two people who report the same tablet make one report."""
    sessie.scalars(
        select_voor(actor, Toestel)
        .where(Toestel.id == toestel.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def meld_kwijt(sessie: Session, actor: Actor, nu: datetime, toestel: Toestel, reden: str) -> Kwijtmelding:
    """Revoke a device and end its user's sessions everywhere, but not the one in which the user reports it.

    Takes effect at the device's next contact (it needs no login for that); until then only its encryption protects.
    Raises Conflict when it was reported before.
    """
    reden = _met_reden(reden)
    _houd_vast(sessie, actor, toestel)
    if open_melding(sessie, actor, toestel) is not None or actor.gebruiker_id is None:
        raise Conflict("Dit toestel is al als kwijt gemeld.")
    melding = Kwijtmelding(
        gemeente_id=actor.gemeente_id,
        toestel_id=toestel.id,
        reden=reden,
        gemeld_op=nu,
        gemeld_door_id=actor.gebruiker_id,
    )
    sessie.add(melding)
    toestel.ingetrokken_op = nu
    eigen = actor.sessie_id if toestel.gebruiker_id == actor.gebruiker_id else None
    aantal = beeindig_sessies(sessie, nu, toestel.gebruiker_id, behalve=eigen)
    leg_vast(
        sessie, actor, nu, "toestel_kwijt", "toestel", toestel.toestel_id, gegevens={"reden": reden, "sessies": aantal}
    )
    return melding


def meld_terug(sessie: Session, actor: Actor, nu: datetime, toestel: Toestel, reden: str) -> None:
    """Take a report back. A device that had no contact in between works on as if nothing happened.

    Raises Conflict when the device is not reported lost.
    """
    reden = _met_reden(reden)
    _houd_vast(sessie, actor, toestel)
    melding = open_melding(sessie, actor, toestel)
    if melding is None:
        raise Conflict("Dit toestel is niet (meer) als kwijt gemeld.")
    melding.terug_op, melding.terug_door_id, melding.terug_reden = nu, actor.gebruiker_id, reden
    toestel.ingetrokken_op = None
    leg_vast(sessie, actor, nu, "toestel_terug", "toestel", toestel.toestel_id, gegevens={"reden": reden})


def zet_stap(sessie: Session, actor: Actor, nu: datetime, toestel: Toestel, code: str, *, gedaan: bool) -> None:
    """Tick one of the next steps, or take the tick away. Twice the same changes nothing."""
    if code not in STAPCODES:
        raise OngeldigeInvoer("Kies een stap uit de lijst.", "code")
    _houd_vast(sessie, actor, toestel)
    melding = open_melding(sessie, actor, toestel)
    if melding is None or actor.gebruiker_id is None:
        raise Conflict("Dit toestel is niet (meer) als kwijt gemeld.")
    oud = next((stap for stap in melding.stappen if stap.code == code), None)
    if (oud is not None) == gedaan:
        return
    if oud is not None:
        sessie.delete(oud)
    else:
        sessie.add(
            Kwijtstapzet(
                gemeente_id=actor.gemeente_id,
                melding_id=melding.id,
                code=code,
                gezet_op=nu,
                gezet_door_id=actor.gebruiker_id,
            )
        )
    gegevens = {"stap": code, "gedaan": gedaan}
    leg_vast(sessie, actor, nu, "toestel_kwijt_stap", "toestel", toestel.toestel_id, gegevens=gegevens)
    sessie.expire(melding, ["stappen"])


def is_ingetrokken(sessie: Session, toestel_id: UUID) -> bool:
    """Whether a device was revoked, in whichever gemeente: its random id is the only thing it can still show."""
    with zonder_muur(sessie):
        rij = sessie.scalars(
            select(Toestel.id).where(Toestel.toestel_id == toestel_id, Toestel.ingetrokken_op.is_not(None)).limit(1)
        ).first()
    return rij is not None
