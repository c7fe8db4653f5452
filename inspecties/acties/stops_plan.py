"""What planning keeps of a stop besides where and when: why it is there, what it asks, how long it takes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.models_prioriteit import PrioriteitBijPlannen
from inspecties.acties.queries import stops_van
from inspecties.acties.rules.duur import Duur, verwachte_duur
from inspecties.acties.rules.stopeisen import Stopeisen, lees_stopeisen
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.partners.bevoegd import bevoegdhedentabel
from inspecties.termijnen.bronnen import lees_bestand

BESTAND = Path(__file__).resolve().parents[2] / "config" / "stopeisen.toml"
MET_DE_HAND = "Met de hand ingevuld"

# What the wiring puts in ``app.extensions[STOPDUREN]``: (session, gemeente, Locatietype.ids) -> minutes of the finished
# visits to each kind of place, the latest first. Visits are a later feature.
Duurbron = Callable[[Session, int, Collection[int]], Mapping[int, Sequence[float]]]
STOPDUREN = "stopduren"


@cache
def stopeisen() -> Stopeisen:
    """What a stop begins with in this installation. Raises OngeldigeInvoer where the file is wrong."""
    return lees_stopeisen(lees_bestand(BESTAND), {rij.code for rij in bevoegdhedentabel().rijen})


def verwachte_duren(sessie: Session, actor: Actor, typen: Collection[Locatietype]) -> dict[int, Duur]:
    """Locatietype.id -> how long a visit there is expected to take, and how that was found."""
    per_id = {soort.id: soort for soort in typen}
    bron: Duurbron | None = current_app.extensions.get(STOPDUREN)
    gemeten = bron(sessie, actor.gemeente_id, per_id) if bron is not None and per_id else {}
    return {
        id_: verwachte_duur(gemeten.get(id_, ()), stopeisen().gebruikelijk(soort.code), soort.naam)
        for id_, soort in per_id.items()
    }


def duren_voor(sessie: Session, actor: Actor, locaties: Collection[Risicolocatie]) -> dict[int, Duur]:
    """Risicolocatie.id -> the expected duration of a visit."""
    duren = verwachte_duren(sessie, actor, [loc.locatietype for loc in locaties])
    return {loc.id: duren[loc.locatietype_id] for loc in locaties}


def stopplannen(sessie: Session, actor: Actor, stops: Sequence[Stop]) -> dict[int, Stopplan]:
    """Stop.id -> its plan; one that has none yet gets one. The stops have been flushed."""
    opdracht = select_voor(actor, Stopplan).where(Stopplan.stop_id.in_([stop.id for stop in stops]))
    uit = {plan.stop_id: plan for plan in sessie.scalars(opdracht)}
    nieuw = [stop for stop in stops if stop.id not in uit]
    if nieuw:
        waarden = {
            rij.stop_id: rij.geldend_tienden
            for rij in sessie.scalars(
                select_voor(actor, PrioriteitBijPlannen).where(
                    PrioriteitBijPlannen.stop_id.in_([stop.id for stop in nieuw])
                )
            )
        }
        for stop in nieuw:
            uit[stop.id] = Stopplan(
                gemeente_id=stop.gemeente_id, stop_id=stop.id, vereist=[], waarde_tienden=waarden.get(stop.id, 0)
            )
        sessie.add_all(uit[stop.id] for stop in nieuw)
        sessie.flush()
    return uit


def plan_of_leeg(sessie: Session, actor: Actor, stop: Stop) -> Stopplan:
    """The plan of a stop to look at; an empty one that is not kept where it has none."""
    plan = sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id == stop.id)).one_or_none()
    return plan or Stopplan(herkomst="hand", vereist=[], verplicht=False, duur_uitleg="")


def begin_plannen(
    sessie: Session, actor: Actor, stops: Sequence[Stop], herkomst: str, duren: Mapping[int, Duur]
) -> None:
    """The plan of stops that were just added; ``duren`` by Risicolocatie.id."""
    for stop_id, plan in stopplannen(sessie, actor, stops).items():
        stop = next(s for s in stops if s.id == stop_id)
        plan.herkomst = herkomst
        plan.vereist = stopeisen().vereist(stop.locatie.locatietype.code, stop.checklists)
        plan.duur_uitleg = duren[stop.locatie_id].uitleg if stop.locatie_id in duren else ""


def controleer_vereist(actie: Actie, codes: Collection[str]) -> list[str]:
    """The same, each once. Raises OngeldigeInvoer for a power that does not exist on the day of the action."""
    bekend = bevoegdhedentabel().op(lokale_datum(actie.begin_op))
    for code in codes:
        if code not in bekend:
            raise OngeldigeInvoer(f"De bevoegdheid '{code}' bestaat niet op die dag. Kies uit de lijst.", "vereist")
    return list(dict.fromkeys(codes))


def herkomst_van(sessie: Session, actor: Actor, actie: Actie) -> dict[int, str]:
    """Stop.id -> how it came into the plan. A stop of before this was kept counts as chosen by hand."""
    stops = stops_van(sessie, actor, actie)
    rijen = sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id.in_([stop.id for stop in stops])))
    bekend = {plan.stop_id: plan.herkomst for plan in rijen}
    return {stop.id: bekend.get(stop.id, "hand") for stop in stops}


def eerdere_veiligheid(sessie: Session, actor: Actor, stop: Stop) -> list[tuple[datetime, str]]:
    """What teams were told before earlier visits to this place and how these went, the latest three."""
    rijen = sessie.scalars(
        select_voor(actor, Stop)
        .join(Actie, Actie.id == Stop.actie_id)
        .where(Stop.locatie_id == stop.locatie_id, Stop.id != stop.id, Actie.begin_op < stop.actie.begin_op)
        .order_by(Actie.begin_op.desc())
        .limit(20)
    )
    uit: list[tuple[datetime, str]] = []
    for rij in rijen:
        delen = [f"{rij.veiligheid.rstrip(' .')}."] if rij.veiligheid else []
        if rij.toestand == "geweigerd":
            delen.append("De ploeg werd niet binnengelaten.")
        if delen:
            uit.append((rij.actie.begin_op, " ".join(delen)))
    return uit[:3]
