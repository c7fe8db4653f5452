"""A year of work in one gemeente, in the order in which it happened."""

from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy.orm import Session

from inspecties.acties.operations_toestand import naar
from inspecties.controles.models import Bezoek
from inspecties.controles.opslag import Opslag
from inspecties.demo.inhoud.model import Actie as Wereldactie
from inspecties.demo.lader.acties import leden_van, plan_actie
from inspecties.demo.lader.bezoeken import Team, Veldwerk, bezoek_stop
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente

_AFRONDEN_NA = timedelta(hours=1)


def laad_jaar(
    sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: dict[str, int], opslag: Opslag, nu: datetime
) -> dict[str, Bezoek]:
    """Every action with what came of it; the visits by the key of their stop in the world."""
    soorten = {organisatie_id: soort for soort, organisatie_id in kring.organisaties.items()}
    werk = Veldwerk(sessie, kring, opslag, soorten)
    instrumenten: dict[str, frozenset[str]] = {}
    for dossier in bron.dossiers:
        for sleutel in dossier.bezoeken:
            instrumenten[sleutel] = instrumenten.get(sleutel, frozenset()) | {dossier.instrument}
    op_sleutel = {x.sleutel: x for x in bron.locaties}
    bezoeken: dict[str, Bezoek] = {}
    for actie in bron.acties:
        rij, stops = plan_actie(sessie, kring, actie, locaties, nu)
        if actie.toestand != "afgerond":
            continue
        planner = kring.actoren["coordinator"]
        naar(sessie, planner, actie.begin_op, rij, "in_uitvoering")
        teams = {p.naam: Team.van(leden_van(kring, actie, p.leden), soorten) for p in actie.ploegen}
        for stop in sorted(actie.stops, key=lambda s: (s.binnen_op or actie.begin_op, s.sleutel)):
            bezoek = bezoek_stop(
                werk,
                teams[stop.ploeg],
                stops[stop.sleutel],
                stop,
                op_sleutel[stop.locatie],
                instrumenten.get(stop.sleutel, frozenset()),
            )
            if bezoek is not None:
                bezoeken[stop.sleutel] = bezoek
        naar(sessie, planner, min(_laatste(actie) + _AFRONDEN_NA, nu), rij, "afgerond")
    return bezoeken


def _laatste(actie: Wereldactie) -> datetime:
    """When the last team left, or the shift ended."""
    return max(chain([actie.eind_op], (s.buiten_op for s in actie.stops if s.buiten_op)))
