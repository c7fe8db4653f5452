"""The weights of a gemeente: what they are now, their history, and changing them."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gemeente
from inspecties.instellingen import WORTEL
from inspecties.locaties.models_prioriteit import Weging
from inspecties.locaties.rules.prioriteit_gewichten import (
    Gewichten,
    Inrichting,
    controleer,
    lees_inrichting,
    van_json,
    verschillen,
)

REDEN_HOOGSTENS = 1000


@dataclass(frozen=True)
class Geldend:
    """The weights that count now. Version 0: nobody changed what ``config/prioriteit.toml`` says."""

    versie: int
    gewichten: Gewichten


@lru_cache(maxsize=1)
def inrichting() -> Inrichting:
    """What ``config/prioriteit.toml`` says. Raises ValueError naming the weight that is wrong."""
    with (WORTEL / "config" / "prioriteit.toml").open("rb") as bestand:
        return lees_inrichting(tomllib.load(bestand))


def geldend(sessie: Session, gemeente_id: int) -> Geldend:
    """The newest weights of a gemeente."""
    laatste = select(Weging).where(Weging.gemeente_id == gemeente_id).order_by(Weging.versie.desc()).limit(1)
    weging = sessie.scalars(laatste).one_or_none()
    if weging is None:
        return Geldend(0, inrichting().begin())
    return Geldend(weging.versie, van_json(inrichting(), weging.waarden))


@dataclass(frozen=True)
class Stap:
    """A version with what it changed against the one before."""

    weging: Weging
    anders: list[str]


def geschiedenis(sessie: Session, actor: Actor) -> list[Stap]:
    """Every version, the newest first."""
    wegingen = sessie.scalars(select_voor(actor, Weging).options(joinedload(Weging.door)).order_by(Weging.versie)).all()
    alle, uit = inrichting(), []
    vorige = alle.begin()
    for weging in wegingen:
        nu = van_json(alle, weging.waarden)
        uit.append(Stap(weging, verschillen(alle, vorige, nu)))
        vorige = nu
    return uit[::-1]


def bewaar_weging(
    sessie: Session, actor: Actor, nu: datetime, gewichten: Gewichten, reden: str, op_versie: int
) -> Weging:
    """A next version of the weights, with the reason. Standings made with another version are due from now on.

    Raises OngeldigeInvoer naming the weight or ``reden``, Conflict where somebody saved since version ``op_versie``.
    """
    alle = inrichting()
    controleer(alle, gewichten)
    if not 10 <= len(reden.strip()) <= REDEN_HOOGSTENS:
        raise OngeldigeInvoer(
            f"Schrijf in 10 tot {REDEN_HOOGSTENS} tekens waarom de weging verandert. De reden blijft bewaard.", "reden"
        )
    # One at a time per gemeente, so that versions follow each other.
    sessie.execute(select(Gemeente.id).where(Gemeente.id == actor.gemeente_id).with_for_update(key_share=True))
    oud = geldend(sessie, actor.gemeente_id)
    if oud.versie != op_versie:
        raise Conflict(
            "Een collega heeft de weging intussen gewijzigd. Bekijk die versie en vergelijk opnieuw.", "reden"
        )
    anders = verschillen(alle, oud.gewichten, gewichten)
    if not anders:
        raise OngeldigeInvoer("Er is niets gewijzigd aan de weging.", "reden")
    weging = Weging(
        gemeente_id=actor.gemeente_id,
        versie=oud.versie + 1,
        waarden=gewichten.als_json(),
        reden=reden.strip(),
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(weging)
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "weging_gewijzigd",
        "weging",
        weging.uid,
        gegevens={"versie": weging.versie, "anders": anders},
    )
    return weging
