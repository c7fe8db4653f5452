"""What a new action begins with, from the kind that was chosen. A planner may change all of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Stop
from inspecties.acties.queries import geldige_checklists
from inspecties.acties.rules.soorten import controleer_partners
from inspecties.acties.soorten import actiesoorten
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.partners.bevoegd import bevoegdhedentabel
from inspecties.partners.models import Organisatie

controleer_partners(actiesoorten(), bevoegdhedentabel().soorten)

STANDAARD = "pandenactie"


def begin_met(soort: str, dag: date, organisaties: Iterable[Organisatie]) -> dict[str, Any]:
    """Values of the form of a new action; an unknown kind is the usual one. ``partners``: Organisatie.uid as text."""
    gekozen = actiesoorten().get(soort) or actiesoorten()[STANDAARD]
    van, tot, na_middernacht = gekozen.dienst()
    return {
        "soort": gekozen.code,
        "datum": dag,
        "van": van,
        "tot": tot,
        "na_middernacht": na_middernacht,
        "aangekondigd": gekozen.aangekondigd,
        "partners": [str(o.uid) for o in organisaties if o.soort in gekozen.partners],
    }


def vul_checklists(sessie: Session, actor: Actor, actie: Actie, stops: Iterable[Stop]) -> None:
    """Give stops whose checklists are all not published on the day those of the kind of action, where these are."""
    te_vullen = list(stops)
    standaard = actiesoorten()[actie.soort].checklists
    if not te_vullen or not standaard:
        return
    geldig = geldige_checklists(sessie, actor, lokale_datum(actie.begin_op))
    van_soort = [code for code in standaard if code in geldig]
    for stop in te_vullen:
        if van_soort and not any(code in geldig for code in stop.checklists):
            stop.checklists = van_soort
