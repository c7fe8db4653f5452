"""A coordinator's own choice against the computed score: on top, or another score, with a reason and an end date."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_prioriteit import Prioriteitkeuze
from inspecties.locaties.prioriteit_stand import geldende_keuzes
from inspecties.locaties.rules.prioriteit_woorden import KEUZESOORTEN

# Long enough for a project, short enough that somebody looks at it again.
DAGEN_HOOGSTENS = 366
PUNTEN_HOOGSTENS = 300
REDEN_HOOGSTENS = 1000


def kies(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    locatie: Risicolocatie,
    soort: str,
    reden: str,
    tot: date | None,
    punten: int | None = None,
) -> Prioriteitkeuze:
    """From today until ``tot`` (inclusive). Raises OngeldigeInvoer naming the field, Conflict where a choice stands."""
    vandaag = lokale_datum(nu)
    if soort not in KEUZESOORTEN:
        raise OngeldigeInvoer(f"Kies een van: {', '.join(KEUZESOORTEN.values())}.", "soort")
    if soort == "score" and (punten is None or not 0 <= punten <= PUNTEN_HOOGSTENS):
        raise OngeldigeInvoer(f"De score is een heel getal van 0 tot en met {PUNTEN_HOOGSTENS}.", "punten")
    if soort != "score" and punten is not None:
        raise OngeldigeInvoer(
            "Vul alleen een score in als u 'Score met de hand' kiest. Vastzetten houdt de berekende score.", "punten"
        )
    if not 10 <= len(reden.strip()) <= REDEN_HOOGSTENS:
        raise OngeldigeInvoer(f"Schrijf in 10 tot {REDEN_HOOGSTENS} tekens waarom. Iedereen ziet deze reden.", "reden")
    if tot is None or not vandaag <= tot <= vandaag + timedelta(days=DAGEN_HOOGSTENS):
        raise OngeldigeInvoer("Kies een einddatum: vandaag of later, hoogstens een jaar vooruit.", "tot")
    # One at a time per location, so that two colleagues do not choose past each other.
    sessie.execute(select(Risicolocatie.id).where(Risicolocatie.id == locatie.id).with_for_update(key_share=True))
    if geldende_keuzes(sessie, actor.gemeente_id, vandaag, [locatie.id]):
        raise Conflict("Er geldt al een keuze voor deze locatie. Trek die eerst in.", "soort")
    keuze = Prioriteitkeuze(
        gemeente_id=actor.gemeente_id,
        locatie_id=locatie.id,
        soort=soort,
        score_tienden=punten * 10 if punten is not None else None,
        reden=reden.strip(),
        van=vandaag,
        tot=tot,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(keuze)
    sessie.flush()
    gegevens = {"soort": soort, "tot": tot.isoformat()} | ({"punten": punten} if punten is not None else {})
    leg_vast(sessie, actor, nu, "prioriteit_gekozen", "risicolocatie", locatie.uid, gegevens=gegevens)
    return keuze


def trek_in(sessie: Session, actor: Actor, nu: datetime, keuze: Prioriteitkeuze, reden: str) -> None:
    """Take a choice back before its end, with the reason. Raises OngeldigeInvoer or Conflict."""
    if not 5 <= len(reden.strip()) <= REDEN_HOOGSTENS:
        raise OngeldigeInvoer("Schrijf kort waarom de keuze vervalt, in ten minste 5 tekens.", "reden")
    sessie.refresh(keuze, with_for_update={"key_share": True, "of": Prioriteitkeuze})
    if keuze.ingetrokken_op is not None or keuze.tot < lokale_datum(nu):
        raise Conflict("Deze keuze geldt al niet meer.", "reden")
    keuze.ingetrokken_op, keuze.ingetrokken_reden, keuze.ingetrokken_door_id = nu, reden.strip(), actor.gebruiker_id
    leg_vast(
        sessie,
        actor,
        nu,
        "prioriteitkeuze_ingetrokken",
        "risicolocatie",
        keuze.locatie.uid,
        gegevens={"soort": keuze.soort},
    )


def keuzes_van(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Sequence[Prioriteitkeuze]:
    """Every choice that was made about a location, the newest first."""
    return sessie.scalars(
        select_voor(actor, Prioriteitkeuze)
        .options(joinedload(Prioriteitkeuze.door), joinedload(Prioriteitkeuze.ingetrokken_door))
        .where(Prioriteitkeuze.locatie_id == locatie.id)
        .order_by(Prioriteitkeuze.id.desc())
    ).all()
