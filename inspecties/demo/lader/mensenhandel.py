"""What the aandachtsfunctionaris of the demo makes of signals of trafficking from visits; the last ones still wait."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.controles.mensenhandel import Aanname, geen_signaal, neem_aan
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.controles.rules.mensenhandel import indicatoren, voorstel_vorm
from inspecties.demo.lader.kring import Kring

# Hard ones are judged at once, and nearly always are by now; the others wait longer.
SIGNAAL_OPEN_TOT = timedelta(days=30)
ZACHT_OPEN_TOT = timedelta(days=80)
SIGNAAL_NA = timedelta(days=2)
_BESPROKEN = "Besproken met het team. Er is een verklaring voor, en niemand vroeg om hulp."


def beoordeel_signaal(sessie: Session, kring: Kring, bezoek: Bezoek, vandaag: datetime, nu: datetime) -> None:
    """Judge the signal in a visit, where there is one and the gemeente has an aandachtsfunctionaris."""
    actor = kring.actoren.get("aandacht")
    bevinding = sessie.scalars(
        select(Bevinding).where(
            Bevinding.gemeente_id == bezoek.gemeente_id,
            Bevinding.bezoek_id == bezoek.id,
            Bevinding.vervallen_op.is_(None),
            Bevinding.alleen_signalen(),
        )
    ).one_or_none()
    if actor is None or bevinding is None or (not bevinding.hard and nu > vandaag - ZACHT_OPEN_TOT):
        return
    if bevinding.hard or bevinding.id % 3:
        aanname = Aanname(
            vorm=voorstel_vorm(bezoek.locatie.locatietype.checklist_code),
            urgentie="hoog" if bevinding.hard else "normaal",
            indicatoren=tuple(indicatoren(bevinding.dragers)),
        )
        neem_aan(sessie, actor, nu, bevinding, aanname)
    else:
        geen_signaal(sessie, actor, nu, bevinding, _BESPROKEN)
