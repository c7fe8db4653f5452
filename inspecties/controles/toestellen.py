"""Devices: registering, revocation, and noticing that one lost data."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.controles.models import Operatie, Quarantaine, Toestelgat
from inspecties.controles.rules.gaten import herschik, ontbrekend
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht
from inspecties.database import select_voor
from inspecties.gebruikers.models import Toestel


class ToestelIngetrokken(GeenRecht):
    """The beheerder revoked this device; what it sends is not taken in."""


def zorg_voor_toestel(
    sessie: Session, actor: Actor, nu: datetime, toestel_id: UUID, *, uit_redding: bool = False
) -> Toestel:
    """The actor's device with this id, made where it is new, locked until the transaction ends.

    Raises ToestelIngetrokken, and Conflict where the device is in another user's name.
    """
    rijen = sessie.scalars(
        select_voor(actor, Toestel)
        .where(Toestel.toestel_id == toestel_id)
        .order_by(Toestel.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    if not uit_redding and any(rij.ingetrokken_op is not None for rij in rijen):
        raise ToestelIngetrokken("Dit toestel is ingetrokken. Ga ermee naar de beheerder.")
    eigen = next((rij for rij in rijen if rij.gebruiker_id == actor.gebruiker_id), None)
    if eigen is None:
        if rijen:
            raise Conflict(
                "Dit toestel staat op naam van iemand anders. Meld u aan met een eigen toestel-id.", "toestel_id"
            )
        eigen = Toestel(
            gemeente_id=actor.gemeente_id,
            toestel_id=toestel_id,
            gebruiker_id=actor.gebruiker_id,
            aangemeld_op=nu,
            gezien_op=nu,
            hoogste_seq=0,
        )
        sessie.add(eigen)
        leg_vast(sessie, actor, nu, "toestel_aangemeld", "toestel", toestel_id)
    if not uit_redding:
        # A copy that is read in the office is no contact with the device.
        eigen.gezien_op = nu
    return eigen


def meld_toestel(
    sessie: Session, actor: Actor, nu: datetime, toestel_id: UUID, naam: str, blijft_bewaard: bool | None
) -> Toestel:
    """Register a device or renew what is known of it. Same errors as ``zorg_voor_toestel``."""
    toestel = zorg_voor_toestel(sessie, actor, nu, toestel_id)
    toestel.naam = naam or toestel.naam
    toestel.blijft_bewaard = blijft_bewaard
    return toestel


def _aangekomen(sessie: Session, actor: Actor, toestel_id: UUID) -> set[int]:
    ops = select(Operatie.toestel_seq).where(
        Operatie.gemeente_id == actor.gemeente_id,
        Operatie.toestel_id == toestel_id,
        Operatie.auteur_id == actor.gebruiker_id,
    )
    apart = select(Quarantaine.toestel_seq).where(
        Quarantaine.gemeente_id == actor.gemeente_id,
        Quarantaine.toestel_id == toestel_id,
        Quarantaine.afzender_id == actor.gebruiker_id,
        Quarantaine.toestel_seq.is_not(None),
    )
    with achter_de_muur(sessie):  # what stands apart as police data has arrived: its number is no gap
        return set(sessie.scalars(ops)) | {seq for seq in sessie.scalars(apart) if seq is not None}


def werk_gaten_bij(
    sessie: Session, actor: Actor, nu: datetime, toestel: Toestel, ontvangen: Iterable[int], hoogste: int | None
) -> list[Toestelgat]:
    """Note which numbers of a device are missing after a message, and which gaps were filled by it.

    ``hoogste``: the last number that the device gave out, which it only says in a message after which nothing waits.
    Returns the gaps that are new.
    """
    seqs = set(ontvangen)
    top = max([toestel.hoogste_seq, *seqs, hoogste or 0])
    open_ = {
        (gat.van_seq, gat.tot_seq): gat
        for gat in sessie.scalars(
            select_voor(actor, Toestelgat).where(
                Toestelgat.toestel_id == toestel.toestel_id,
                Toestelgat.gebruiker_id == actor.gebruiker_id,
                Toestelgat.gevuld_op.is_(None),
            )
        )
    }
    sluit_aan = top <= toestel.hoogste_seq or seqs >= set(range(toestel.hoogste_seq + 1, top + 1))
    toestel.hoogste_seq = top
    if sluit_aan and not open_:
        return []
    gevuld, krimp, nieuw = herschik(open_, ontbrekend(_aangekomen(sessie, actor, toestel.toestel_id), top))
    for bereik in gevuld:
        open_[bereik].gevuld_op = nu
    for bereik, (van, tot) in krimp.items():
        open_[bereik].van_seq, open_[bereik].tot_seq = van, tot
    rijen = [
        Toestelgat(
            gemeente_id=actor.gemeente_id,
            toestel_id=toestel.toestel_id,
            gebruiker_id=actor.gebruiker_id,
            van_seq=van,
            tot_seq=tot,
            gemeld_op=nu,
        )
        for van, tot in nieuw
    ]
    sessie.add_all(rijen)
    sessie.flush()
    return rijen
