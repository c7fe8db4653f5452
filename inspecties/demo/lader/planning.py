"""Planned times of the demo's coming actions, as the board computes them from the order that is there."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.planbord_operaties import zet_tijden
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente


def laad_planning(
    sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """Before the briefings, which name the times."""
    del bron, locaties
    komend = select(Actie).where(
        Actie.gemeente_id == kring.gemeente.id, Actie.eind_op > nu, Actie.toestand != "vervallen"
    )
    for actie in sessie.scalars(komend.order_by(Actie.id)):
        zet_tijden(sessie, kring.actoren["coordinator"], nu, actie)
    sessie.flush()
