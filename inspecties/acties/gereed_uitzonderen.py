"""Passing over a blocking point, with a reason that stays: who, when, why, and when it stopped to count."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session, joinedload

from inspecties.acties.models import Actie
from inspecties.acties.models_gereed import Gereedheidsuitzondering
from inspecties.acties.operations import raak
from inspecties.acties.rules.gereedheid import Punt
from inspecties.acties.rules.gereedlijst import REDEN_MINSTENS, is_uitzonderbaar, vinger_van
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.database import select_voor

_OPEN = frozenset({"concept", "gereed", "in_uitvoering"})
REDEN_HOOGSTENS = 2000


def alle_van(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Gereedheidsuitzondering]:
    """Every exception that was ever made for this action, the newest first."""
    return sessie.scalars(
        select_voor(actor, Gereedheidsuitzondering)
        .where(Gereedheidsuitzondering.actie_id == actie.id)
        .order_by(Gereedheidsuitzondering.id.desc())
        .options(joinedload(Gereedheidsuitzondering.door))
    ).all()


def scheid(
    punten: Iterable[Punt], rijen: Collection[Gereedheidsuitzondering]
) -> tuple[list[Punt], list[tuple[Punt, Gereedheidsuitzondering]]]:
    """(what still blocks, what was passed over) of these points."""
    staand = {(rij.code, rij.sleutel, rij.vinger): rij for rij in rijen if rij.vervallen_op is None}
    open_: list[Punt] = []
    over: list[tuple[Punt, Gereedheidsuitzondering]] = []
    for punt in punten:
        rij = staand.get((punt.code, punt.sleutel, vinger_van(punt)))
        if rij is not None and is_uitzonderbaar(punt):
            over.append((punt, rij))
        else:
            open_.append(punt)
    return open_, over


def zonder_uit(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, punt: Punt | None, reden: str
) -> Gereedheidsuitzondering:
    """Pass over ``punt`` (None: it is not open any more).

    Raises Conflict (not open, or may never be passed over) and OngeldigeInvoer (no real reason).
    """
    if actie.toestand not in _OPEN:
        raise Conflict("Deze actie loopt niet meer. Er valt niets over te slaan.", "toestand")
    if punt is None:
        raise Conflict("Dit punt is niet meer open. Kijk in de lijst hoe het nu staat.", "punt")
    if not is_uitzonderbaar(punt):
        raise Conflict("Dit punt kunt u niet overslaan. Los het op.", "punt")
    waarom = " ".join(reden.split())
    if len(waarom) < REDEN_MINSTENS:
        raise OngeldigeInvoer(f"Schrijf in minstens {REDEN_MINSTENS} tekens waarom dit zo mag.", "reden")
    if len(waarom) > REDEN_HOOGSTENS:
        raise OngeldigeInvoer(f"De reden is te lang: gebruik hoogstens {REDEN_HOOGSTENS} tekens.", "reden")
    assert actor.gebruiker_id is not None
    vinger = vinger_van(punt)
    for rij in alle_van(sessie, actor, actie):
        if rij.vervallen_op is None and (rij.code, rij.sleutel) == (punt.code, punt.sleutel):
            if rij.vinger == vinger:
                raise Conflict("Dit punt is al overgeslagen.", "punt")
            _sluit(sessie, actor, nu, actie, rij, "Het punt is veranderd.")
    sessie.flush()
    nieuw = Gereedheidsuitzondering(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        code=punt.code,
        sleutel=punt.sleutel,
        vinger=vinger,
        melding=punt.melding,
        reden=waarom,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(nieuw)
    raak(actie)
    sessie.flush()
    gegevens = {"punt": punt.code, "uitzondering": str(nieuw.uid)}
    leg_vast(sessie, actor, nu, "gereedheid_overgeslagen", "actie", actie.uid, gegevens=gegevens)
    return nieuw


def trek_in(sessie: Session, actor: Actor, nu: datetime, actie: Actie, uid: UUID) -> None:
    """Take an exception back. Raises NietGevonden, Conflict (it does not stand any more)."""
    rij = next((rij for rij in alle_van(sessie, actor, actie) if rij.uid == uid), None)
    if rij is None:
        raise NietGevonden("Deze uitzondering bestaat niet, of u mag haar niet zien.")
    if rij.vervallen_op is not None:
        raise Conflict("Deze uitzondering geldt al niet meer.", "punt")
    _sluit(sessie, actor, nu, actie, rij, "Teruggenomen.")
    raak(actie)


def ruim_op(sessie: Session, actor: Actor, nu: datetime, actie: Actie, punten: Iterable[Punt]) -> None:
    """End the exceptions whose point changed or went, so that they do not come to life again."""
    levend = {(punt.code, punt.sleutel, vinger_van(punt)) for punt in punten}
    for rij in alle_van(sessie, actor, actie):
        if rij.vervallen_op is None and (rij.code, rij.sleutel, rij.vinger) not in levend:
            _sluit(sessie, actor, nu, actie, rij, "Het punt is veranderd of opgelost.")


def _sluit(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, rij: Gereedheidsuitzondering, waarom: str
) -> None:
    rij.vervallen_op, rij.vervallen_reden = nu, waarom
    gegevens = {"punt": rij.code, "uitzondering": str(rij.uid), "waarom": waarom}
    leg_vast(sessie, actor, nu, "gereedheid_hersteld", "actie", actie.uid, gegevens=gegevens)
