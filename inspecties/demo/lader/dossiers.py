"""What the office does with findings: judge proposals, draft dossiers, submit them and decide, each by its own role."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.controles.models import Bevinding, Bezoek
from inspecties.controles.opslag import Opslag
from inspecties.core.klok import lokale_datum
from inspecties.demo.inhoud.model import Dossier as Werelddossier
from inspecties.demo.inhoud.model import Dossierbesluit
from inspecties.demo.lader.bibob import Bibobzaken
from inspecties.demo.lader.brieven import geef_besluit_af, verstuur_besluit
from inspecties.demo.lader.kabinet import bereid_besluit_voor, besluiter
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.locaties import moment
from inspecties.demo.lader.mensenhandel import SIGNAAL_NA, SIGNAAL_OPEN_TOT, beoordeel_signaal
from inspecties.demo.lader.tijdlijn import Tijdlijn
from inspecties.demo.lader.toets import vul_toets
from inspecties.demo.lader.trajecten import Sluitingen
from inspecties.demo.lader.wonen import Lasten
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.beoordelen import accepteer, wijs_af
from inspecties.dossiers.besluiten import keur_goed, stuur_terug, wijs_dossier_af
from inspecties.dossiers.bibob_toegang import geef_toegang
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.operations import (
    maak_dossier,
    sluit_af,
    stel_termijn,
    voeg_partij_toe,
    wijzig_tekst,
)
from inspecties.dossiers.rules.gevolgen import gevolg_van, instrumenten
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.rules.teksten import concept
from inspecties.dossiers.voorleggen import leg_voor, maak_kopieen
from inspecties.gebruikers.models import Gebruiker

_INSTRUMENT = {"victoria": "victoria", "overbewoning": "last", "bibob": "bibob"}
# Findings of the last weeks still lie on somebody's desk.
_OPEN_TOT = timedelta(days=45)
_BEOORDEELD_NA = timedelta(days=6)
_BESLISTIJD = timedelta(days=21)
_WEGING: dict[str, dict[str, str]] = {
    "victoria": {
        "beoordeling": "Geschikt: zonder het pand verdwijnt de plek waar het geweld samenkomt.\n"
        "Nodig: waarschuwen en extra toezicht hielpen niet.\n"
        "Evenwichtig: de duur is zo kort als de dreiging toelaat en opvang is besproken.",
        "zienswijze": "Eigenaar en huurder kregen een week om te reageren. De eigenaar vroeg om een kortere duur.",
    },
    "overbewoning": {
        "beoordeling": "Geschikt: met minder bewoners voldoet de woning weer aan de norm.\n"
        "Nodig: na het gesprek met de exploitant veranderde er niets.\n"
        "Evenwichtig: de termijn geeft bewoners tijd om andere woonruimte te vinden.",
        "zienswijze": "De exploitant kreeg twee weken om te reageren en vroeg om een langere termijn.",
    },
    "bibob": {
        "beoordeling": "Geschikt: eigen onderzoek laat zien wie er achter de onderneming zit.\n"
        "Nodig: de open bronnen geven geen antwoord.\n"
        "Evenwichtig: alleen stukken die voor de vergunning tellen, worden gevraagd.",
        "zienswijze": "Volgt na het eigen onderzoek; de aanvrager is daarover ingelicht.",
    },
}
_OVERNEMEN = "De waarnemingen en het bewijs dragen dit; het past bij de aanpak van dit pand."
_HERSTELD = "De eigenaar heeft dit binnen de afgesproken termijn hersteld; bij de hercontrole was het in orde."
_TE_LICHT = "Te weinig om zelfstandig op te handelen. Wordt bij het volgende bezoek opnieuw bekeken."


class Bureau:
    """The office of one gemeente. Where there is no jurist, proposals are judged by the coordinator."""

    def __init__(
        self,
        sessie: Session,
        kring: Kring,
        opslag: Opslag,
        tijdlijn: Tijdlijn,
        dossiers: Sequence[Werelddossier],
        nu: datetime,
    ) -> None:
        self.sessie, self.kring, self.opslag, self.tijdlijn, self.nu = sessie, kring, opslag, tijdlijn, nu
        self.beoordelaar = kring.actoren.get("jurist", kring.actoren["coordinator"])
        self.sluitingen = Sluitingen(sessie, self.beoordelaar, tijdlijn, nu)
        self.lasten = Lasten(sessie, self.beoordelaar, tijdlijn, nu)
        self.bibobzaken = Bibobzaken(sessie, self.beoordelaar, tijdlijn, nu)
        self.per_bezoek: dict[str, list[Werelddossier]] = {}
        for dossier in dossiers:
            for sleutel in dossier.bezoeken:
                self.per_bezoek.setdefault(sleutel, []).append(dossier)

    def instrumenten(self, sleutel: str) -> frozenset[str]:
        """On what the dossiers of a visit rest."""
        return frozenset(d.instrument for d in self.per_bezoek.get(sleutel, ()))

    def na_bezoek(self, sleutel: str, bezoek: Bezoek, op: datetime) -> None:
        """Plan what follows from a visit."""
        for dossier in self.per_bezoek.get(sleutel, ()):
            dag = self.bibobzaken.dag(dossier) if dossier.soort == "bibob" else dossier.aangemaakt
            self.tijdlijn.plan(moment(dag, 10), partial(self._maak, dossier, bezoek))
        if op < self.nu - SIGNAAL_OPEN_TOT:
            self.tijdlijn.plan(op + SIGNAAL_NA, partial(beoordeel_signaal, self.sessie, self.kring, bezoek, self.nu))
        if op < self.nu - _OPEN_TOT:
            bezet = self.instrumenten(sleutel)
            self.tijdlijn.plan(op + _BEOORDEELD_NA, partial(self._beoordeel, bezoek, bezet))

    def _bevindingen(self, bezoek: Bezoek) -> Sequence[Bevinding]:
        return self.sessie.scalars(
            select(Bevinding)
            .where(
                Bevinding.gemeente_id == bezoek.gemeente_id,
                Bevinding.bezoek_id == bezoek.id,
                Bevinding.vervallen_op.is_(None),
                Bevinding.zonder_signalen(),
            )
            .order_by(Bevinding.id)
        ).all()

    def _beoordeel(self, bezoek: Bezoek, bezet: frozenset[str], nu: datetime) -> None:
        """Judge what does not go into a dossier: pass on what is for others, dismiss the rest with a reason."""
        for bevinding in self._bevindingen(bezoek):
            if bevinding.gevolg in bezet:
                continue
            gevolg = gevolg_van(bevinding.gevolg)
            if gevolg.doorzetten:
                accepteer(self.sessie, self.beoordelaar, nu, bevinding, gevolg.doorzetten)
            else:
                wijs_af(self.sessie, self.beoordelaar, nu, bevinding, _HERSTELD if bevinding.id % 2 else _TE_LICHT)

    def _maak(self, bron: Werelddossier, bezoek: Bezoek, nu: datetime) -> None:
        jurist = self.beoordelaar
        keuze = instrumenten()[_INSTRUMENT[bron.instrument]]
        teksten = {
            veld: getattr(bron, veld)
            for veld in ("samenvatting", "waarom_nu", "geprobeerd", "bewoners", "concept_besluit")
        }
        eigen = [b for b in self._bevindingen(bezoek) if b.gevolg == bron.instrument]
        if bron.soort == "bibob":
            # Nothing on the side of the control shows that this dossier exists: the finding is only a source in it.
            for bevinding in eigen:
                accepteer(self.sessie, jurist, nu, bevinding, gevolg_van(bevinding.gevolg).doorzetten)
            dossier = self.bibobzaken.begin(bron, bezoek, eigen, teksten, nu)
        else:
            dossier = maak_dossier(
                self.sessie, jurist, nu, bron.soort, keuze.grondslag, bron.titel, [bezoek.locatie], [bezoek], teksten
            )
            for bevinding in eigen:
                accepteer(self.sessie, jurist, nu, bevinding, _OVERNEMEN, dossier)
        for partij in bron.belanghebbenden:
            voeg_partij_toe(self.sessie, jurist, nu, dossier, partij.naam, partij.rol, partij.kvk, partij.adres)
        if bron.soort == "bibob":
            lezer = self.sessie.get_one(Gebruiker, self.kring.actoren["kabinet"].gebruiker_id)
            geef_toegang(self.sessie, jurist, nu, dossier, lezer, "Besluit over dit onderzoek.")
        self._plan_vervolg(bron, dossier)

    def _plan_vervolg(self, bron: Werelddossier, dossier: Dossier) -> None:
        if bron.voorgelegd is None:
            return
        self.tijdlijn.plan(moment(bron.voorgelegd, 9), partial(self._werk_uit, bron, dossier))
        self.tijdlijn.plan(moment(bron.voorgelegd, 11), partial(self._leg_voor, dossier))
        for besluit in bron.besluiten:
            self.tijdlijn.plan(moment(besluit.datum, 15), partial(self._besluit, bron, besluit, dossier))
        if bron.toestand == "afgesloten":
            slot = bron.stappen[-1]
            self.tijdlijn.plan(moment(slot.datum, 16), partial(self._sluit_af, slot.tekst, dossier))

    def _werk_uit(self, bron: Werelddossier, dossier: Dossier, nu: datetime) -> None:
        """What a jurist adds before submitting: the facts from the findings, the weighing, and a date."""
        sessie, jurist = self.sessie, self.beoordelaar
        beeld = lees_beeld(sessie, jurist, dossier)
        feiten = concept("feiten", beeld.waarnemingen, dossier.grondslag)
        for veld, tekst in {"feiten": feiten, **_WEGING[bron.instrument]}.items():
            wijzig_tekst(sessie, jurist, nu, dossier, veld, tekst)
        bereid_besluit_voor(sessie, jurist, nu, dossier, bron.instrument)
        vul_toets(sessie, jurist, nu, lees_beeld(sessie, jurist, dossier))
        self.sluitingen.bereid_voor(dossier, nu)
        self.lasten.bereid_voor(dossier, nu)
        self.bibobzaken.bereid_voor(dossier, nu)
        stel_termijn(
            sessie, jurist, nu, dossier, lokale_datum(nu + _BESLISTIJD), "Afspraak met het kabinet: drie weken"
        )

    def _leg_voor(self, dossier: Dossier, nu: datetime) -> None:
        beeld = lees_beeld(self.sessie, self.beoordelaar, dossier, self.opslag)
        maak_kopieen(self.sessie, self.beoordelaar, nu, self.opslag, beeld)
        leg_voor(self.sessie, self.beoordelaar, nu, self.opslag, dossier, "Concept klaar voor het kabinet.")

    def _besluit(self, zaak: Werelddossier, bron: Dossierbesluit, dossier: Dossier, nu: datetime) -> None:
        """What the cabinet says about the document that lies before it."""
        kabinet = besluiter(self.sessie, self.kring, dossier, nu)
        stuk = dossier.stukken[-1].sha256
        if bron.soort == "akkoord":
            keur_goed(self.sessie, kabinet, nu, self.opslag, dossier, stuk, bron.motivering)
            self.sluitingen.voer_uit(zaak, dossier, nu)
            self.lasten.voer_uit(dossier, nu, loopt_af=zaak.toestand == "afgesloten")
            if (dossier.soort, zaak.toestand) == ("sluiting", "akkoord"):
                brief = (self.sessie, self.beoordelaar, self.opslag, dossier)
                self.tijdlijn.plan(nu + timedelta(hours=3), partial(verstuur_besluit, *brief))
                self.tijdlijn.plan(nu + timedelta(days=1), partial(geef_besluit_af, *brief))
        elif bron.soort == "afgewezen":
            wijs_dossier_af(self.sessie, kabinet, nu, self.opslag, dossier, stuk, bron.motivering)
        else:
            stuur_terug(self.sessie, kabinet, nu, self.opslag, dossier, stuk, bron.vragen, bron.motivering)

    def _sluit_af(self, reden: str, dossier: Dossier, nu: datetime) -> None:
        self.sluitingen.rond_af(dossier, nu)
        self.lasten.rond_af(dossier, nu)
        for rij in looptermijnen.termijnen_van(self.sessie, self.beoordelaar, dossier):
            if rij.stand in LOPEND:
                waarom = "Er is niets meer te doen: het dossier wordt afgesloten."
                looptermijnen.rond_af(self.sessie, self.beoordelaar, nu, rij, "vervallen", waarom, versie=rij.versie)
        sluit_af(self.sessie, self.beoordelaar, nu, dossier, reden)
