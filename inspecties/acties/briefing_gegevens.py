"""What a planner fills in for the briefing, and the embargo on its addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties.briefing import OPEN
from inspecties.acties.briefingfeiten import gegevens_van, leiders_van
from inspecties.acties.gereed_bronnen import plan_van
from inspecties.acties.models import Actie
from inspecties.acties.models_briefing import Briefinggegevens, Ploegleider
from inspecties.acties.models_plan import Actieplan
from inspecties.acties.operations import raak
from inspecties.acties.queries import ploegen_van_actie
from inspecties.acties.rules.embargo import TE_ZETTEN, controleer_embargo
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer

_NUMMER = re.compile(r"\+?[0-9](?:[0-9 -]{1,17}[0-9])")


@dataclass(frozen=True)
class Ingevuld:
    """The form. ``leiders``: Ploeg.id -> (Gebruiker.id or None, telephone number)."""

    verzamelplek: str
    verzamel_op: datetime | None
    leiding_naam: str
    leiding_telefoon: str
    veiligheid: str
    bijzonderheden: str
    leiders: Mapping[int, tuple[int | None, str]]


def controleer_nummer(tekst: str, veld: str) -> str:
    """The number, tidied. Raises OngeldigeInvoer."""
    nummer = " ".join(tekst.split())
    if nummer and not _NUMMER.fullmatch(nummer):
        raise OngeldigeInvoer("Vul een telefoonnummer in, zoals 06-12345678.", veld)
    return nummer


def zet_gegevens(sessie: Session, actor: Actor, nu: datetime, actie: Actie, in_: Ingevuld) -> None:
    """Keep what the briefing will say; a version that is there already does not change.

    Raises OngeldigeInvoer (no number, meeting after the shift began, leader outside the team) and Conflict.
    """
    if actie.toestand not in OPEN:
        raise Conflict("Deze actie loopt niet meer. De briefing blijft zoals zij is.", "toestand")
    if in_.verzamel_op is not None and in_.verzamel_op > actie.begin_op:
        raise OngeldigeInvoer("Verzamelen is voordat de dienst begint. Kies een eerdere tijd.", "verzamel_tijd")
    rij = gegevens_van(sessie, actor, actie)
    if rij is None:
        rij = Briefinggegevens(gemeente_id=actor.gemeente_id, actie_id=actie.id)
        sessie.add(rij)
    rij.verzamelplek, rij.verzamel_op = in_.verzamelplek.strip(), in_.verzamel_op
    rij.leiding_naam = in_.leiding_naam.strip()
    rij.leiding_telefoon = controleer_nummer(in_.leiding_telefoon, "leiding_telefoon")
    rij.veiligheid, rij.bijzonderheden = in_.veiligheid.strip(), in_.bijzonderheden.strip()
    ploegen = ploegen_van_actie(sessie, actor, actie)
    staand = leiders_van(sessie, actor, ploegen)
    for plaats, ploeg in enumerate(ploegen):
        wie, telefoon = in_.leiders.get(ploeg.id, (None, ""))
        if wie is not None and wie not in {lid.gebruiker_id for lid in ploeg.leden}:
            raise OngeldigeInvoer(f"Kies iemand uit {ploeg.naam}.", f"leider_{plaats}")
        leider = staand.get(ploeg.id) or Ploegleider(gemeente_id=actor.gemeente_id, ploeg_id=ploeg.id)
        leider.gebruiker_id, leider.telefoon = wie, controleer_nummer(telefoon, f"telefoon_{plaats}")
        sessie.add(leider)
    raak(actie)
    sessie.flush()
    leg_vast(sessie, actor, nu, "briefinggegevens_gezet", "actie", actie.uid)


def zet_embargo(sessie: Session, actor: Actor, nu: datetime, actie: Actie, tot: datetime | None) -> None:
    """Hide the addresses until ``tot`` from everybody who does not plan; None: no embargo.

    Raises OngeldigeInvoer (after the shift began, in the past) and Conflict (the action runs or is over).
    """
    if actie.toestand not in TE_ZETTEN:
        raise Conflict("De actie is begonnen of voorbij. Een embargo kan niet meer.", "toestand")
    controleer_embargo(tot, actie.begin_op, nu)
    plan = plan_van(sessie, actor, actie)
    if plan is None:
        plan = Actieplan(gemeente_id=actor.gemeente_id, actie_id=actie.id)
        sessie.add(plan)
    oud, plan.embargo_op = plan.embargo_op, tot
    raak(actie)
    sessie.flush()
    gegevens = {"van": oud.isoformat() if oud else "", "naar": tot.isoformat() if tot else ""}
    leg_vast(sessie, actor, nu, "embargo_gezet", "actie", actie.uid, gegevens=gegevens)
