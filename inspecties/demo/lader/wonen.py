"""Building and housing in the demo: worksheets, a dwangsom halfway with two verbeurtes, one that was lifted, a fine."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.locaties import moment
from inspecties.demo.lader.tijdlijn import Tijdlijn
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.demo.woorden import lees_woorden
from inspecties.dossiers import boetes, lasten, verbeurtes, wonen
from inspecties.dossiers.besluitnemers import KABINET, Genomen, kandidaten, leg_besluitnemer_vast
from inspecties.dossiers.besluitteksten import SOORT, lasttekst
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Last
from inspecties.dossiers.rules.bedrag import lees_euro
from inspecties.dossiers.rules.besluitnemer import ORGAAN
from inspecties.dossiers.rules.last import LASTSOORTEN
from inspecties.dossiers.trajecten import traject_van, zet_trajectstap
from inspecties.web.sjablonen import datum

_BEDRAGEN = re.compile(r"€ ([0-9.]+) per week, met een maximum van € ([0-9.]+)\.")
# Days after the begunstigingstermijn on which a team came to count.
CONTROLES = (2, 9)


def _woorden() -> Mapping[str, Any]:
    return lees_woorden("wonen")


def vul_werkblad(sessie: Session, jurist: Actor, nu: datetime, dossier: Dossier) -> int | None:
    """The worksheet from the visit; how many may live there, None where nothing was measured."""
    for m in wonen.metingen_van(sessie, jurist, dossier):
        if m.m2 is None or m.personen is None or not m.meetwijze:
            continue
        wat = wonen.Ingevuld(m.verblijf, m.op, m.m2, m.personen, m.meetwijze, str(m.bezoek.uid))
        return wonen.berekening_van(wonen.bewaar_blad(sessie, jurist, nu, dossier, wat)).hoogstens
    return None


class Lasten:
    """Walks the lasten of the demo: drafted before the cabinet decides, carried out after."""

    def __init__(self, sessie: Session, jurist: Actor, tijdlijn: Tijdlijn, nu: datetime) -> None:
        self.sessie, self.jurist, self.tijdlijn, self.nu = sessie, jurist, tijdlijn, nu

    def _is_van_ons(self, dossier: Dossier) -> bool:
        return dossier.soort == SOORT and rol_mag(self.jurist.rol, "dossiers.bewerken")

    def _last(self, dossier: Dossier) -> Last | None:
        rijen = lasten.lasten_van(self.sessie, self.jurist, dossier)
        return rijen[0] if rijen else None

    def bereid_voor(self, dossier: Dossier, nu: datetime) -> None:
        """The worksheet, the last, and the track up to the zienswijze; for a dossier about a dwangsom."""
        bedragen = _BEDRAGEN.search(dossier.concept_besluit)
        if not self._is_van_ons(dossier) or bedragen is None:
            return
        hoogstens, woorden, dag = (
            vul_werkblad(self.sessie, self.jurist, nu, dossier),
            _woorden()["last"],
            lokale_datum(nu),
        )
        if hoogstens is None:
            return
        norm = wonen.blad_van(self.sessie, self.jurist, dossier)
        assert norm is not None  # it was just stored
        last = lasten.bewaar_last(
            self.sessie,
            self.jurist,
            nu,
            dossier,
            lasten.Lastgegevens(
                "dwangsom",
                woorden["overtreding"],
                woorden["maatregelen"].format(hoogstens=hoogstens),
                wonen.berekening_van(norm).norm.artikel,
                woorden["termijn"],
                eenheid="per_week",
                bedrag_cent=lees_euro(bedragen[1]),
                maximum_cent=lees_euro(bedragen[2]),
            ),
        )
        lasten.neem_over(self.sessie, self.jurist, nu, dossier, lasttekst(last))
        self._zet(dossier, "voornemen", dag, nu, verstuurd_op=dag.isoformat(), termijn="14d")
        self._zet(dossier, "zienswijze", dag, nu, gegeven="ja", inhoud=dossier.zienswijze or "Om uitstel gevraagd.")

    def _zet(self, dossier: Dossier, naar: str, dag: date, nu: datetime, **gegevens: str) -> None:
        rij = traject_van(self.sessie, self.jurist, dossier)
        if rij is not None:
            zet_trajectstap(self.sessie, self.jurist, nu, rij, naar, dag, gegevens, versie=rij.versie)

    def voer_uit(self, dossier: Dossier, nu: datetime, *, loopt_af: bool) -> None:
        """After the approval: made known, then two counts that find too many people. ``loopt_af``: lifted later."""
        last = self._last(dossier) if self._is_van_ons(dossier) else None
        if last is None:
            return
        eigenaar = self.jurist.gebruiker_uid
        bewijs, dag = _woorden()["last"]["bewijs"], lokale_datum(nu)
        lasten.maak_bekend(self.sessie, self.jurist, nu, last, dag, eigenaar, bewijs, versie=last.versie)
        if loopt_af:
            return
        vandaag, tot = lokale_datum(self.nu), lasten.begunstiging_tot(last)
        for dagen, gezien in zip(CONTROLES, _woorden()["last"]["controles"], strict=True):
            dag = tot + timedelta(days=dagen)
            if dag < vandaag:
                self.tijdlijn.plan(moment(dag, 20), partial(self._controleer, last, dag, "niet_voldaan", gezien))
        if tot + timedelta(days=CONTROLES[-1] + 2) < vandaag:
            self.tijdlijn.plan(moment(tot + timedelta(days=CONTROLES[-1] + 2), 10), partial(self._vervolg, last))

    def _controleer(self, last: Last, dag: date, uitkomst: str, gezien: str, nu: datetime) -> None:
        wat = verbeurtes.Controleuitkomst(dag, uitkomst, gezien)
        verbeurtes.leg_controle_vast(self.sessie, self.jurist, nu, last, wat, [], versie=last.versie)

    def _vervolg(self, last: Last, nu: datetime) -> None:
        """The first dwangsom is claimed and paid in part, the owner objects, and a team has to count again."""
        dag, vandaag = lokale_datum(nu), lokale_datum(self.nu)
        sessie, jurist, woorden = self.sessie, self.jurist, _woorden()["last"]
        verbeurtes.leg_procedure_vast(sessie, jurist, nu, last, "bezwaar", dag, versie=last.versie)
        eerste = last.verbeurtes[0]
        wat = f"dwangsom {eerste.volgnummer} van {datum(eerste.op_datum)}"
        self._besloot(last, "invorderingsbeschikking", eerste.uid, wat, nu)
        verbeurtes.vorder_in(sessie, jurist, nu, eerste, "invorderingsbeschikking", dag, versie=last.versie)
        deel = eerste.bedrag_cent // 2
        verbeurtes.vorder_in(sessie, jurist, nu, eerste, "betaling", dag, deel, woorden["betaling"], versie=last.versie)
        uiterlijk = vandaag + timedelta(days=10)
        verbeurtes.vraag_controle(sessie, jurist, nu, last, uiterlijk, woorden["waarop"], versie=last.versie)

    def _besloot(self, last: Last, soort: str, over: object, wat: str, nu: datetime) -> None:
        """Who decided it, as the jurist writes that down; the college in session where no single person could."""
        dag, woorden = lokale_datum(nu), _woorden()["besloten"]
        kan = kandidaten(self.sessie, self.jurist, last.dossier, dag, nu)
        wie = next((uid for uid, _ in kan if not uid.startswith(KABINET)), ORGAAN)
        genomen = Genomen(soort, wie, dag, woorden["kenmerk"].format(jaar=dag.year), (str(over),), wat)
        leg_besluitnemer_vast(self.sessie, self.jurist, nu, last.dossier, genomen)

    def rond_af(self, dossier: Dossier, nu: datetime) -> None:
        """A last count finds what the last asked; it is lifted and the track ends."""
        last, dag = self._last(dossier) if self._is_van_ons(dossier) else None, lokale_datum(nu)
        if last is None:
            return
        woorden = _woorden()["last"]
        self._controleer(last, dag, "voldaan", woorden["voldaan"], nu)
        self._besloot(last, "opheffing", last.uid, LASTSOORTEN[last.soort].lower(), nu)
        lasten.beeindig(self.sessie, self.jurist, nu, last, "voldaan", dag, woorden["opheffing"], versie=last.versie)
        self._zet(dossier, "afgerond", dag, nu)


def laad_wonen(
    sessie: Session, kring: Kring, wereld: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """What the jurist is working on: a worksheet with other facts, and a fine that is not complete."""
    del wereld, locaties
    jurist = kring.actoren.get("jurist")
    dossier = sessie.scalars(
        select(Dossier)
        .where(Dossier.gemeente_id == kring.gemeente.id, Dossier.soort == SOORT, Dossier.toestand == "opbouw")
        .order_by(Dossier.nummer)
    ).first()
    if jurist is None or dossier is None:
        return
    vul_werkblad(sessie, jurist, nu, dossier)
    leeg = inhoudshash("")
    wonen.bewaar_feiten(sessie, jurist, nu, dossier, {c: (t, leeg) for c, t in _woorden()["feiten"].items()})
    rapport = max(lokale_datum(dossier.aangemaakt_op), lokale_datum(nu) - timedelta(days=30))
    gegevens = boetes.Boetegegevens(
        "omzetten_zonder_vergunning", _woorden()["boete"]["feit"], overtreding_op=rapport, rapport_op=rapport
    )
    boetes.bewaar_boete(sessie, jurist, nu, dossier, gegevens)
