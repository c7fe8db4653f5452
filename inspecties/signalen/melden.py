"""Taking in a signal, who reported it and who it is about; from a device once per number."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.signalen.melder import (
    GEEN_BSN,
    Betrokkengegevens,
    Meldergegevens,
    bewaar_betrokkene,
    bewaar_melder,
    eigen_gegevens,
)
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_melder import Signaalinzending
from inspecties.signalen.operations import Melding, meld
from inspecties.signalen.rules.nummers import bevat_bsn


@dataclass(frozen=True)
class Intake:
    """What somebody sends: the signal, and apart from it the persons."""

    melding: Melding
    bewaar_naam: bool = True
    terugkoppeling: bool = False
    melder: Meldergegevens = field(default_factory=Meldergegevens)
    betrokkenen: str = ""


@dataclass(frozen=True)
class Ontvangst:
    """The receipt. ``andere_inhoud``: the number was used before for something else; both are kept."""

    op_id: UUID
    hash: str
    nummer: str
    andere_inhoud: bool


def neem_in(sessie: Session, actor: Actor, nu: datetime, bos: Sleutelbos, intake: Intake) -> Signaal:
    """Store it. Raises OngeldigeInvoer naming the field. No audit line names the sender."""
    for veld, tekst in (("tekst", intake.melding.tekst), ("waar", intake.melding.waar)):
        if bevat_bsn(tekst):
            raise OngeldigeInvoer(GEEN_BSN, veld)
    if bevat_bsn(intake.betrokkenen):
        raise OngeldigeInvoer(GEEN_BSN, "betrokkenen")
    signaal = meld(sessie, actor, nu, intake.melding)
    bewaar_melder(sessie, bos, signaal, _melder(sessie, actor, intake), terugkoppeling=intake.terugkoppeling)
    tekst = intake.betrokkenen.strip()
    bewaar_betrokkene(sessie, bos, nu, signaal, "onbekend", Betrokkengegevens(bijzonderheden=tekst))
    return signaal


def _melder(sessie: Session, actor: Actor, intake: Intake) -> Meldergegevens:
    ander = intake.melder
    if not intake.bewaar_naam:
        return ander
    zelf = eigen_gegevens(sessie, actor)
    if ander.leeg:
        return zelf
    if not ander.naam and not ander.contact:
        return Meldergegevens(zelf.naam, zelf.contact, ander.hoedanigheid, "", zelf.gebruiker_uid)
    return Meldergegevens(ander.naam, ander.contact, ander.hoedanigheid, zelf.naam, zelf.gebruiker_uid)


def hash_van(inhoud: dict[str, Any]) -> str:
    """SHA-256 (hex) of the RFC 8785 canonical JSON. Raises OngeldigeInvoer where the content cannot be written so."""
    try:
        return hashlib.sha256(rfc8785.dumps(inhoud)).hexdigest()
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        raise OngeldigeInvoer("Dit bericht bevat een getal of teken dat niet kan.") from None


def neem_inzending(
    sessie: Session, actor: Actor, nu: datetime, bos: Sleutelbos, op_id: UUID, hash_: str, intake: Intake
) -> Ontvangst:
    """Once per number and content: the same again gets the same receipt; other content becomes a signal of its own."""
    eerder = list(
        sessie.scalars(
            select(Signaalinzending)
            .where(Signaalinzending.gemeente_id == actor.gemeente_id, Signaalinzending.op_id == op_id)
            .order_by(Signaalinzending.id)
        )
    )
    for rij in eerder:
        if rij.hash == hash_:
            return Ontvangst(op_id, hash_, rij.nummer, not rij.is_eerste)
    signaal = neem_in(sessie, actor, nu, bos, intake)
    sessie.add(
        Signaalinzending(
            gemeente_id=actor.gemeente_id,
            op_id=op_id,
            hash=hash_,
            signaal_id=signaal.id,
            nummer=signaal.nummer,
            is_eerste=not eerder,
            ontvangen_op=nu,
        )
    )
    sessie.flush()
    return Ontvangst(op_id, hash_, signaal.nummer, bool(eerder))
