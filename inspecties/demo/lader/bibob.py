"""The Bibob investigations of the demo: one waits for the advice of the bureau, one lies before the cabinet."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.demo.inhoud.model import Dossier as Werelddossier
from inspecties.demo.lader.locaties import moment
from inspecties.demo.lader.tijdlijn import Tijdlijn
from inspecties.dossiers.bibob import (
    ADVIES,
    Aanvang,
    begin_bibob,
    leg_bron_vast,
    leg_uitkomst_vast,
    traject_van_bibob,
    voeg_relatie_toe,
)
from inspecties.dossiers.looptermijnen import doe, termijnen_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.operations import wijzig_tekst
from inspecties.dossiers.rules.bibob import Uitkomst
from inspecties.dossiers.trajecten import zet_trajectstap

# The investigations are young: a term to decide that stands still has to be one that still runs.
_BEGIN_DAGEN = 46
_ONDERWERP = {"massagesalon": "massagesalon", "vergunde_seksinrichting": "seksinrichting", "hotel": "horeca"}
_BRONNEN = (
    ("handelsregister", "De aanvrager is enig bestuurder. De aandelen zijn van een vennootschap zonder personeel."),
    ("formulier", "Bij de vraag naar de herkomst van het geld staat 'lening familie', zonder overeenkomst."),
    ("open", "De website noemt een andere bedrijfsleider dan de aanvraag."),
)
_RELATIES = (
    ("P.Z.", "leidinggevende", "Staat niet op de aanvraag, maar geeft volgens de website leiding.", ""),
    ("Lotus Holding BV", "zeggenschap", "Houdt alle aandelen van de aanvrager.", "00000123"),
    ("L.F.", "vermogen", "Gaf de lening voor de verbouwing.", ""),
)
_UITKOMST = Uitkomst(
    "ernstig",
    ("a",),
    "De verbouwing is betaald met geld waarvan de herkomst onbekend bleef. De geldschieter is veroordeeld voor "
    "witwassen en kan de bedrijfsvoering bepalen.",
    "Voorschriften nemen het gevaar niet weg: zonder deze geldschieter is er geen onderneming.",
    is_evenredig="wel",
)


class Bibobzaken:
    """What happens with the Bibob dossiers of one gemeente, act by act on the days of the year."""

    def __init__(self, sessie: Session, jurist: Actor, tijdlijn: Tijdlijn, nu: datetime) -> None:
        self.sessie, self.jurist, self.tijdlijn, self.nu = sessie, jurist, tijdlijn, nu

    def dag(self, bron: Werelddossier) -> date:
        """When this investigation begins: not long ago, and before it goes to the cabinet."""
        dag = max(bron.aangemaakt, lokale_datum(self.nu) - timedelta(days=_BEGIN_DAGEN))
        return dag if bron.voorgelegd is None else min(dag, bron.voorgelegd - timedelta(days=1))

    def begin(
        self,
        bron: Werelddossier,
        bezoek: Bezoek,
        bevindingen: list[Bevinding],
        teksten: Mapping[str, str],
        nu: datetime,
    ) -> Dossier:
        """The application came in, and the form is asked; a finding of the control is one of the sources."""
        locatie, dag = bezoek.locatie, lokale_datum(nu)
        aanvang = Aanvang(
            "aanvraag",
            _ONDERWERP.get(locatie.locatietype.code, "ander"),
            f"Aanvraag exploitatievergunning {locatie.naam}",
            dag - timedelta(days=2),
            waarom_toch="De aanvraag roept vragen op over wie de leiding heeft.",
        )
        dossier = begin_bibob(self.sessie, self.jurist, nu, locatie, aanvang, bron.titel)
        for veld, tekst in teksten.items():
            wijzig_tekst(self.sessie, self.jurist, nu, dossier, veld, tekst)
        self._stap(dossier, "formulier_gevraagd", nu, verstuurd_op=dag.isoformat(), termijn="14d")
        later: list[tuple[int, Callable[[Dossier, datetime], None]]] = [
            (12, self._vraag_aan),
            (19, partial(self._onderzoek, bevindingen)),
        ]
        if bron.voorgelegd is None:
            later += [(26, self._vraag_advies), (32, self._advies_wacht)]
        for dagen, daad in later:
            op = moment(dag + timedelta(days=dagen), 10)
            if op <= self.nu and (bron.voorgelegd is None or op.date() < bron.voorgelegd):
                self.tijdlijn.plan(op, partial(daad, dossier))
        return dossier

    def _stap(self, dossier: Dossier, naar: str, nu: datetime, **gegevens: Any) -> None:
        traject = traject_van_bibob(self.sessie, self.jurist, dossier)
        assert traject is not None  # it began with the dossier
        dag = lokale_datum(nu)
        zet_trajectstap(self.sessie, self.jurist, nu, traject, naar, dag, gegevens, versie=traject.versie)

    def _stand(self, dossier: Dossier) -> str:
        traject = traject_van_bibob(self.sessie, self.jurist, dossier)
        return traject.stand if traject else ""

    def _vraag_aan(self, dossier: Dossier, nu: datetime) -> None:
        dag = lokale_datum(nu).isoformat()
        wat = "De overeenkomst van de lening en de jaarstukken."
        self._stap(dossier, "aanvulling_gevraagd", nu, verstuurd_op=dag, termijn="14d", ontbreekt=wat)

    def _onderzoek(self, bevindingen: list[Bevinding], dossier: Dossier, nu: datetime) -> None:
        sessie, jurist, dag = self.sessie, self.jurist, lokale_datum(nu)
        self._stap(dossier, "formulier_ontvangen", nu, ontvangen_op=dag.isoformat())
        for code, resultaat in _BRONNEN:
            leg_bron_vast(sessie, jurist, nu, dossier, code, dag, "", resultaat)
        for bevinding in bevindingen[:1]:
            tekst = "Bij de controle gaf een ander leiding dan op de aanvraag staat."
            leg_bron_vast(sessie, jurist, nu, dossier, "eigen_administratie", dag, "", tekst, str(bevinding.uid))
        for naam, rol, waarom, kvk in _RELATIES:
            voeg_relatie_toe(sessie, jurist, nu, dossier, naam, rol, waarom, kvk)

    def _vraag_advies(self, dossier: Dossier, nu: datetime) -> None:
        dag = lokale_datum(nu).isoformat()
        vraag = "Wie bepaalt er in deze onderneming, en waar komt het geld vandaan?"
        self._stap(dossier, "advies_gevraagd", nu, gevraagd_op=dag, ingelicht_op=dag, reden="vragen", vraag=vraag)

    def _advies_wacht(self, dossier: Dossier, nu: datetime) -> None:
        """The bureau waits for data: its own term stands still (art. 15)."""
        rij = next(r for r in termijnen_van(self.sessie, self.jurist, dossier) if r.code == ADVIES)
        grond = "Het bureau wacht op gegevens van de bank."
        doe(self.sessie, self.jurist, nu, rij, "opschorting", lokale_datum(nu), grond, versie=rij.versie)

    def bereid_voor(self, dossier: Dossier, nu: datetime) -> None:
        """Before it goes to the cabinet: the outcome, the intention, and what the applicant says of it."""
        if dossier.soort != "bibob":
            return
        if self._stand(dossier) in {"formulier_gevraagd", "aanvulling_gevraagd"}:
            self._onderzoek([], dossier, nu)
        leg_uitkomst_vast(self.sessie, self.jurist, nu, dossier, _UITKOMST)
        self._stap(dossier, "beoordeeld", nu, bibob_uitkomst="Er is ernstig gevaar (artikel 3 lid 1 onder a).")
        dag, zaak = lokale_datum(nu).isoformat(), "De aangevraagde exploitatievergunning."
        self._stap(dossier, "voornemen", nu, besluit="weigeren", vergunning=zaak, verstuurd_op=dag, termijn="14d")
        reactie = "De aanvrager belt: hij ziet af van een schriftelijke reactie en wil snel een besluit."
        self._stap(dossier, "zienswijze", nu, gegeven="ja", inhoud=reactie)
