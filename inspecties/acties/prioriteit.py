"""Why a stop was chosen: the priority of its location, frozen at the moment that it was planned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.models import Stop
from inspecties.acties.models_prioriteit import PrioriteitBijPlannen
from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.locaties.prioriteit_beeld import deelbeelden
from inspecties.locaties.prioriteit_stand import bereken_nu
from inspecties.locaties.prioriteit_wegen import geldend
from inspecties.locaties.rules.prioriteit import hoogst_mogelijk
from inspecties.locaties.rules.prioriteit_woorden import KEUZESOORTEN


def leg_prioriteit_vast(sessie: Session, actor: Actor, nu: datetime, stops: Sequence[Stop]) -> None:
    """Keep score and parts of stops that are new; one that has them keeps those."""
    sessie.flush()
    ids = [stop.id for stop in stops]
    bekend = set(
        sessie.scalars(
            select_voor(actor, PrioriteitBijPlannen)
            .where(PrioriteitBijPlannen.stop_id.in_(ids))
            .with_only_columns(PrioriteitBijPlannen.stop_id)
        )
    )
    nieuw = [stop for stop in stops if stop.id not in bekend]
    if not nieuw:
        return
    beelden = bereken_nu(sessie, actor.gemeente_id, nu, [stop.locatie_id for stop in nieuw])
    for stop in nieuw:
        beeld = beelden[stop.locatie_id]
        keuze = beeld.keuze
        sessie.add(
            PrioriteitBijPlannen(
                gemeente_id=actor.gemeente_id,
                stop_id=stop.id,
                score_tienden=beeld.score.tienden,
                geldend_tienden=beeld.geldend_tienden,
                vastgezet=beeld.vastgezet,
                band=beeld.band,
                delen=beeld.delen_met_feiten(),
                keuze=f"{KEUZESOORTEN[keuze.soort]}: {keuze.reden}" if keuze else "",
                weging_versie=beeld.weging_versie,
                vastgelegd_op=nu,
            )
        )
    sessie.flush()


def bij_plannen(sessie: Session, actor: Actor, stop_id: int) -> PrioriteitBijPlannen | None:
    """What the priority was when this stop was planned; None for a stop of before there were scores."""
    return sessie.scalars(
        select_voor(actor, PrioriteitBijPlannen).where(PrioriteitBijPlannen.stop_id == stop_id)
    ).one_or_none()


def waarom_gekozen(sessie: Session, actor: Actor, stop_id: int | None) -> dict[str, Any] | None:
    """The same for a screen, with the facts that this role may see; None where nothing was kept."""
    rij = bij_plannen(sessie, actor, stop_id) if stop_id is not None else None
    if rij is None:
        return None
    hoogst = hoogst_mogelijk(geldend(sessie, actor.gemeente_id).gewichten)
    return {"rij": rij, "delen": deelbeelden(actor, rij.delen, hoogst)}
