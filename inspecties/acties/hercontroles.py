"""Rechecks that another feature asks for, as stops to plan; lasten of dossiers come later in the order of features."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor


@dataclass(frozen=True)
class Hercontrole:
    """A location that has to be visited again by a day. ``waarom``: what a planner may know of the reason."""

    locatie_id: int
    uiterlijk: date
    waarom: str


# (session, actor, now) -> the rechecks that were asked and not done yet, the first day first.
Hercontrolebron = Callable[[Session, Actor, datetime], Sequence[Hercontrole]]
SLEUTEL = "hercontroles"


def hercontroles(sessie: Session, actor: Actor, nu: datetime) -> Mapping[int, Hercontrole]:
    """Risicolocatie.id -> its first recheck, in order of the day; nothing for who may not see why."""
    bron: Hercontrolebron | None = current_app.extensions.get(SLEUTEL)
    uit: dict[int, Hercontrole] = {}
    for rij in bron(sessie, actor, nu) if bron else ():
        uit.setdefault(rij.locatie_id, rij)
    return uit
