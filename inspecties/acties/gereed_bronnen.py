"""Embargo, briefing and tablets as sources of readiness. None of them can be in order before 'gereed': teams see an
action only then. So the last two never block, but stay open in the list until everybody read and fetched the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties import briefing as briefingen
from inspecties.acties.bevinding import Bevinding
from inspecties.acties.models import Actie, Ploeg
from inspecties.acties.models_gereed import Pakketophaling
from inspecties.acties.models_plan import Actieplan
from inspecties.acties.queries import ploegen_van_actie, stops_van
from inspecties.acties.rules.briefing import hash_van
from inspecties.acties.rules.gereedheid import Punt
from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.web.sjablonen import moment

UIT = frozenset({"gereed", "in_uitvoering"})


def plan_van(sessie: Session, actor: Actor, actie: Actie) -> Actieplan | None:
    """Embargo and starting point of an action, if anybody set them."""
    return sessie.scalars(select_voor(actor, Actieplan).where(Actieplan.actie_id == actie.id)).one_or_none()


def embargo(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> Bevinding:
    """An embargo that ends after the shift began would leave the teams without addresses."""
    plan = plan_van(sessie, actor, actie)
    if plan is None or plan.embargo_op is None or plan.embargo_op <= actie.begin_op:
        return Bevinding()
    zin = f"Het embargo loopt tot {moment(plan.embargo_op)}, na het begin van de dienst. Kies een eerder moment."
    return Bevinding([Punt("gegevens", zin, "briefing.embargo", code="embargo_na_begin")])


def embargo_nu(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> list[Punt]:
    """What stands in the way of starting: teams that may not see where to go."""
    plan = plan_van(sessie, actor, actie)
    if plan is None or plan.embargo_op is None or plan.embargo_op <= nu:
        return []
    zin = f"Het embargo loopt nog tot {moment(plan.embargo_op)}. Wacht, of haal het embargo weg."
    return [Punt("gegevens", zin, "briefing.embargo", code="embargo_loopt")]


def briefing(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> Bevinding:
    """Whether there is a briefing of this plan, and who has not read it."""
    link = "briefing.toon"
    nieuwste = briefingen.laatste(sessie, actor, actie)
    if nieuwste is None:
        if actie.toestand == "concept":
            return Bevinding()
        return Bevinding(aandacht=[Punt("stops", "Er is nog geen briefing.", link, code="briefing_geen")])
    uit = Bevinding()
    if not briefingen.is_actueel(sessie, actor, actie, nieuwste):
        zin = f"Briefing versie {nieuwste.nummer} is ouder dan het plan. Maak een nieuwe."
        uit.aandacht.append(Punt("stops", zin, link, code="briefing_verouderd"))
    if actie.toestand in UIT:
        achter = [x for x in briefingen.lezers_van(sessie, actor, actie, nieuwste) if not x.bij]
        namen = ", ".join(x.naam + (f" (las versie {x.nummer})" if x.nummer else "") for x in achter)
        if achter:
            zin = f"De laatste briefing is nog niet gelezen door {namen}."
            uit.aandacht.append(Punt("ploegen", zin, link, code="briefing_ongelezen"))
    return uit


@dataclass(frozen=True)
class Ophaling:
    """Someone in a team and when they fetched the stops; ``bij``: of the plan as it is now."""

    naam: str
    ploeg: str
    op: datetime | None
    bij: bool


def vingers(sessie: Session, actor: Actor, actie: Actie) -> Mapping[int, str]:
    """Ploeg.id -> what a tablet of that team holds of the plan."""
    per: dict[int, list[list[str]]] = {}
    for stop in stops_van(sessie, actor, actie):
        if stop.ploeg_id is None or stop.toestand == "vervallen":
            continue
        delen = [stop.uid, stop.locatie_id, stop.volgorde, stop.venster_begin_op, stop.venster_eind_op, stop.duur_min]
        delen += [stop.toegangsgrond, stop.wie_eerst, stop.veiligheid, *stop.checklists]
        per.setdefault(stop.ploeg_id, []).append([str(deel) for deel in delen])
    vast = [str(actie.begin_op), str(actie.eind_op)]
    return {ploeg_id: hash_van({"dienst": vast, "stops": rijen}) for ploeg_id, rijen in per.items()}


def leg_ophaling_vast(sessie: Session, actor: Actor, nu: datetime, actie: Actie, ploeg: Ploeg) -> None:
    """Remember that the actor fetched the stops of this team, as they are now."""
    if actor.gebruiker_id is None:
        return
    vinger = vingers(sessie, actor, actie).get(ploeg.id, "")
    rij = sessie.scalars(
        select_voor(actor, Pakketophaling).where(
            Pakketophaling.actie_id == actie.id, Pakketophaling.gebruiker_id == actor.gebruiker_id
        )
    ).one_or_none()
    if rij is None:
        rij = Pakketophaling(
            gemeente_id=actor.gemeente_id, actie_id=actie.id, gebruiker_id=actor.gebruiker_id, vinger=vinger, op=nu
        )
        sessie.add(rij)
    rij.vinger, rij.op = vinger, nu


def ophalingen(sessie: Session, actor: Actor, actie: Actie) -> list[Ophaling]:
    """Everybody in a team that has stops, with what their tablet holds."""
    rijen = sessie.execute(
        select(Pakketophaling.gebruiker_id, Pakketophaling.vinger, Pakketophaling.op).where(
            Pakketophaling.actie_id == actie.id, Pakketophaling.gemeente_id == actor.gemeente_id
        )
    )
    gehaald = {rij.gebruiker_id: (rij.vinger, rij.op) for rij in rijen}
    nu = vingers(sessie, actor, actie)
    uit = []
    for ploeg in ploegen_van_actie(sessie, actor, actie):
        for lid in ploeg.leden if ploeg.id in nu else []:
            vinger, op = gehaald.get(lid.gebruiker_id, ("", None))
            uit.append(Ophaling(lid.gebruiker.naam, ploeg.naam, op, vinger == nu[ploeg.id]))
    return uit


def tablets(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> Bevinding:
    """Teams of which nobody has the plan on a tablet, and tablets with an older plan."""
    if actie.toestand not in UIT:
        return Bevinding()
    uit = Bevinding()
    alle = ophalingen(sessie, actor, actie)
    for ploeg in dict.fromkeys(o.ploeg for o in alle):
        if not any(o.op for o in alle if o.ploeg == ploeg):
            zin = f"{ploeg} haalde de dienst nog niet op een tablet."
            uit.aandacht.append(Punt("ploegen", zin, code="tablet_geen", sleutel=ploeg))
    for o in alle:
        if o.op is not None and not o.bij:
            zin = f"De tablet van {o.naam} ({o.ploeg}) heeft een ouder plan, van {moment(o.op)}."
            uit.aandacht.append(Punt("ploegen", zin, code="tablet_oud", sleutel=o.naam))
    return uit
