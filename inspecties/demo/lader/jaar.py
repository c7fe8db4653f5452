"""A year of work in one gemeente: actions, what their visits found, and what came of that."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Stop
from inspecties.acties.operations_toestand import naar
from inspecties.controles.opslag import Opslag
from inspecties.demo.inhoud.model import Actie as Wereldactie
from inspecties.demo.inhoud.model import Stop as Wereldstop
from inspecties.demo.lader.acties import leden_van, plan_actie, tot_laat
from inspecties.demo.lader.bezoeken import Team, Veldwerk, vul_bezoek_in
from inspecties.demo.lader.binnentreden_verslagen import maak_verslag
from inspecties.demo.lader.dossiers import Bureau
from inspecties.demo.lader.inzage import plan_verzoek
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.tijdlijn import Tijdlijn
from inspecties.demo.wereld import Gemeente as Wereldgemeente

_GEPLAND_VOORAF = timedelta(days=14)
_GEREED_VOORAF = timedelta(days=2)
_RIJTIJD = timedelta(minutes=6)
_AFRONDEN_NA = timedelta(hours=1)
_VERSLAG_NA = timedelta(days=1)


class Jaar:
    """Puts everything of one gemeente on a timeline and plays it."""

    def __init__(
        self,
        sessie: Session,
        kring: Kring,
        bron: Wereldgemeente,
        locaties: Mapping[str, int],
        opslag: Opslag,
        nu: datetime,
    ) -> None:
        self.sessie, self.kring, self.bron, self.locaties = sessie, kring, bron, locaties
        self.tijdlijn, self.nu = Tijdlijn(nu), nu
        self.planner = kring.actoren["coordinator"]
        soorten = {organisatie_id: soort for soort, organisatie_id in kring.organisaties.items()}
        self.werk = Veldwerk(sessie, kring, opslag, soorten)
        self.bureau = Bureau(sessie, kring, opslag, self.tijdlijn, bron.dossiers, nu)
        self.op_sleutel = {x.sleutel: x for x in bron.locaties}

    def speel_af(self) -> None:
        """Load the year."""
        for actie in self.bron.acties:
            self.tijdlijn.plan(actie.begin_op - _GEPLAND_VOORAF, partial(self._plan, tot_laat(actie, self.nu)))
        plan_verzoek(self.sessie, self.kring, self.tijdlijn, self.nu)
        self.tijdlijn.speel_af()

    def _plan(self, bron: Wereldactie, op: datetime) -> None:
        actie, stops = plan_actie(self.sessie, self.kring, bron, self.locaties, op)
        if bron.toestand == "concept":
            return
        self._ga(actie, bron.begin_op - _GEREED_VOORAF, "gereed")
        if bron.toestand != "afgerond":
            return
        self._ga(actie, bron.begin_op, "in_uitvoering")
        teams = {p.naam: Team.van(leden_van(self.kring, bron, p.leden), self.werk.soorten) for p in bron.ploegen}
        for stop in bron.stops:
            self._plan_stop(bron, stop, teams[stop.ploeg], stops[stop.sleutel])
        laatste = max(chain([bron.eind_op], (s.buiten_op for s in bron.stops if s.buiten_op)))
        self._ga(actie, laatste + _AFRONDEN_NA, "afgerond")

    def _ga(self, actie: Actie, op: datetime, toestand: str) -> None:
        self.tijdlijn.plan(op, partial(self._zet, actie, toestand))

    def _zet(self, actie: Actie, toestand: str, nu: datetime) -> None:
        naar(self.sessie, self.planner, nu, actie, toestand)

    def _plan_stop(self, actie: Wereldactie, bron: Wereldstop, team: Team, stop: Stop) -> None:
        if bron.binnen_op is None or bron.buiten_op is None:
            gemeld = actie.begin_op + timedelta(minutes=25 * bron.volgorde)
            self.tijdlijn.plan(gemeld, partial(self._meld, team, stop, bron.toestand))
            return
        self.tijdlijn.plan(bron.binnen_op - _RIJTIJD, partial(self._meld, team, stop, "onderweg"))
        self.tijdlijn.plan(bron.binnen_op, partial(self._meld, team, stop, "binnen"))
        self.tijdlijn.plan(bron.buiten_op, partial(self._bezoek, bron, team, stop))

    def _meld(self, team: Team, stop: Stop, toestand: str, nu: datetime) -> None:
        self.werk.meld(team.leider, nu, stop, toestand)

    def _bezoek(self, bron: Wereldstop, team: Team, stop: Stop, nu: datetime) -> None:
        instrumenten = self.bureau.instrumenten(bron.sleutel)
        bezoek = vul_bezoek_in(self.werk, team, stop, bron, self.op_sleutel[bron.locatie], instrumenten, nu)
        self._meld(team, stop, "afgerond", nu)
        self.tijdlijn.plan(nu + _VERSLAG_NA, partial(maak_verslag, self.sessie, self.kring, stop, self.nu))
        self.bureau.na_bezoek(bron.sleutel, bezoek, nu)
