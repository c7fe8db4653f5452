"""The tracks of closures in the demo, walked on the days on which the office did each thing."""

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.demo.inhoud.model import Dossier as Werelddossier
from inspecties.demo.lader.locaties import moment
from inspecties.demo.lader.tijdlijn import Tijdlijn
from inspecties.dossiers.besluitnemers import KABINET, Genomen, kandidaten, leg_besluitnemer_vast
from inspecties.dossiers.looptermijnen import rond_af, termijnen_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.rules.besluitnemer import BEZWAAR, KOSTEN, ORGAAN
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.trajecten import tabel_van, traject_van, zet_trajectstap

HERSTEL, SLUITEN_NA = "5d", timedelta(days=9)
# Days after the decision: an objection comes, its term is over, it is decided, the term for appeal is over.
BEZWAAR_NA, BEZWAAR_VOORBIJ, BESLIST_NA = timedelta(days=24), timedelta(days=46), timedelta(days=110)


class Sluitingen:
    """Walks the track of each closure. Other kinds of dossier have their own."""

    def __init__(self, sessie: Session, jurist: Actor, tijdlijn: Tijdlijn, nu: datetime) -> None:
        self.sessie, self.jurist, self.tijdlijn, self.vandaag = sessie, jurist, tijdlijn, lokale_datum(nu)

    def _zet(
        self, dossier: Dossier, naar: str, dag: date, nu: datetime, toelichting: str = "", **gegevens: str
    ) -> None:
        traject = traject_van(self.sessie, self.jurist, dossier)
        if traject is not None and traject.code.startswith("sluiting_"):
            zet_trajectstap(
                self.sessie, self.jurist, nu, traject, naar, dag, gegevens, toelichting, versie=traject.versie
            )

    def bereid_voor(self, dossier: Dossier, nu: datetime) -> None:
        """From the test to the advice: what comes before the cabinet decides. The legal test has been filled in."""
        dag = lokale_datum(nu)
        voor = max(lokale_datum(dossier.aangemaakt_op), dag - timedelta(days=10))
        self._zet(
            dossier, "toets", voor, nu, grond="a", woning="nee", spoed="nee",
            verstoring="De incidenten op straat in de rapportage van de politie; zie de juridische toets.",
        )  # fmt: skip
        self._zet(dossier, "voornemen", voor, nu, verstuurd_op=voor.isoformat(), termijn="1w")
        self._zet(
            dossier, "zienswijze", dag, nu, hoe="schriftelijk", ontvangen_op=dag.isoformat(),
            wat_ermee="De eigenaar vraagt om een kortere duur. Dat is meegewogen.",
        )  # fmt: skip

    def voer_uit(self, bron: Werelddossier, dossier: Dossier, nu: datetime) -> None:
        """After the approval: the decision, its service, and later its registration and the sealing."""
        dag = lokale_datum(nu)
        dicht = dag + SLUITEN_NA
        einde = bron.stappen[-1].datum if bron.toestand == "afgesloten" else None
        duur = "6m" if einde is None else f"{max(1, (einde - dicht).days)}d"
        self._zet(
            dossier, "besluit", dag, nu, ingang=dicht.isoformat(), duur=duur, zelf_sluiten="ja", hersteltermijn=HERSTEL,
            kosten_aangezegd="ja",
        )  # fmt: skip
        self._zet(
            dossier, "bekendmaking", dag, nu, datum=dag.isoformat(), wijze="uitgereikt",
            bewijs="Uitgereikt aan de eigenaar door een toezichthouder, met getekend ontvangstbewijs.",
            gepubliceerd_op=dag.isoformat(),
        )  # fmt: skip
        self._plan(dag + timedelta(days=2), partial(self._schrijf_in, dossier))
        self._plan(dicht, partial(self._sluit, dossier))
        if einde is None:
            self._plan(dag + BEZWAAR_NA, partial(self._krijg_bezwaar, dossier))
            self._plan(dag + BESLIST_NA, partial(self._beslis_bezwaar, dossier))
            self._plan(dag + BESLIST_NA + BEZWAAR_VOORBIJ, partial(self._voorbij, dossier, "beroep"))
        self._plan(dag + BEZWAAR_VOORBIJ, partial(self._voorbij, dossier, "bezwaar"))

    def rond_af(self, dossier: Dossier, nu: datetime) -> None:
        """The closure is over: lifted, registered, reopened."""
        dag = lokale_datum(nu)
        self._zet(dossier, "opheffing", dag, nu, opgeheven_op=dag.isoformat())
        self._besloot(dossier, KOSTEN, dag, nu)
        self._zet(
            dossier, "heropening", dag, nu, heropend_op=dag.isoformat(), doorgehaald_op=dag.isoformat(),
            kosten="vastgesteld", aan_wie="Teruggegeven aan de eigenaar; geen schade.",
        )  # fmt: skip
        # A dossier with a term that still runs stays open.
        for rij in termijnen_van(self.sessie, self.jurist, dossier):
            if rij.stand in LOPEND:
                klaar = rij.einde_datum < dag
                stand, reden = ("gedaan", "") if klaar else ("vervallen", "De eigenaar ziet af van bezwaar.")
                rond_af(self.sessie, self.jurist, nu, rij, stand, reden, versie=rij.versie)

    def _plan(self, dag: date, doe: partial[None]) -> None:
        if dag < self.vandaag:
            self.tijdlijn.plan(moment(dag, 10), doe)

    def _schrijf_in(self, dossier: Dossier, nu: datetime) -> None:
        dag = lokale_datum(nu)
        self._zet(dossier, "wkpb", dag, nu, ingeschreven_op=dag.isoformat(), kenmerk=f"WKPB-{dossier.nummer}")

    def _sluit(self, dossier: Dossier, nu: datetime) -> None:
        dag = lokale_datum(nu)
        self._zet(
            dossier, "uitvoering", dag, nu, verzegeld_op=dag.isoformat(), kosten="425,00",
            door="Slotenservice in opdracht van de gemeente, met politie erbij. Foto's staan bij het bewijs.",
            bewoners="Niemand hoefde weg: er stond niemand ingeschreven.",
        )  # fmt: skip

    def _besloot(self, dossier: Dossier, soort: str, dag: date, nu: datetime) -> None:
        """Who decided it, as the jurist writes that down before the step."""
        traject = traject_van(self.sessie, self.jurist, dossier)
        if traject is None or not traject.code.startswith("sluiting_"):
            return
        kan = kandidaten(self.sessie, self.jurist, dossier, dag, nu)
        wie = next((uid for uid, _ in kan if not uid.startswith(KABINET)), ORGAAN)
        wat = Genomen(soort, wie, dag, f"Zaak {dag.year}-S-0042", (str(traject.uid),), tabel_van(traject).naam)
        leg_besluitnemer_vast(self.sessie, self.jurist, nu, dossier, wat)

    def _krijg_bezwaar(self, dossier: Dossier, nu: datetime) -> None:
        dag = lokale_datum(nu)
        self._zet(dossier, "bezwaar_ontvangen", dag, nu, ontvangen_op=dag.isoformat(), commissie="ja")

    def _beslis_bezwaar(self, dossier: Dossier, nu: datetime) -> None:
        dag = lokale_datum(nu)
        self._besloot(dossier, BEZWAAR, dag, nu)
        self._zet(dossier, "bezwaar_beslist", dag, nu, uitkomst="ongegrond", bekend_op=dag.isoformat())

    def _voorbij(self, dossier: Dossier, code: str, nu: datetime) -> None:
        """Nobody else objected: that term asks nothing more."""
        for rij in termijnen_van(self.sessie, self.jurist, dossier):
            if rij.code == code and rij.stand in LOPEND and rij.einde_datum < lokale_datum(nu):
                rond_af(self.sessie, self.jurist, nu, rij, "gedaan", "", versie=rij.versie)
