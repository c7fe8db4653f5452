"""Priority in the demo: one change of the weights, one location on top, and the standings of today."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.prioriteit_keuze import kies
from inspecties.locaties.prioriteit_stand import ververs
from inspecties.locaties.prioriteit_wegen import bewaar_weging, inrichting


def laad_prioriteit(
    sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """The first gemeente weighed something otherwise and knows more about one place; the other one did nothing yet."""
    del bron, locaties
    coordinator = kring.actoren["coordinator"]
    if len(kring.actoren) > 1:
        begin = inrichting().begin()
        anders = replace(begin, getallen={**begin.getallen, "bezoek.nooit": 18})
        reden = "In het buitengebied is veel nog nooit bezocht. Dat telt zwaarder."
        bewaar_weging(sessie, coordinator, nu, anders, reden, 0)
        stil = (
            select_voor(coordinator, Risicolocatie)
            .where(Risicolocatie.status == "in_beeld", Risicolocatie.laatste_bezoek_op.is_(None))
            .order_by(Risicolocatie.id)
            .limit(1)
        )
        for plek in sessie.scalars(stil):
            tot = lokale_datum(nu) + timedelta(days=30)
            kies(sessie, coordinator, nu, plek, "vast", "Wijkteam ziet hier sinds kort veel wisselende bewoners.", tot)
    sessie.flush()
    ververs(sessie, kring.gemeente.id, nu)
