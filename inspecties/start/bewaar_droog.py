"""What a run of the retention terms would take, told without writing anything or holding anybody up.

The kinds are gone through as a real run does; what each would take is covered, so that the next one sees what it would
see then (``audit.schaduw``).
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.bewaren import Bewaarsoort
from inspecties.audit.geheel import Delen
from inspecties.audit.schaduw import Schaduw, schaduw
from inspecties.audit.vernietigen import BESTAND, beoordeel, genoemde_bestanden, per_termijn, zonder_rij
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.start import bewaar_bestanden, bewaar_wpg, bewaarbewijzen
from inspecties.start.bewaar_uitvoeren import Meld
from inspecties.start.bewaar_verslag import Plaats, Verslag
from inspecties.start.bewaarsoorten import BEWAARSOORTEN


@dataclass
class _Beeld:
    """What is covered so far, and the files that go with it: nobody will find those without a row."""

    schaduw: Schaduw
    actor: Actor
    plaats: Plaats
    uit: Verslag = field(default_factory=Verslag)
    bestanden: set[str] = field(default_factory=set)

    @property
    def sessie(self) -> Session:
        return self.schaduw.sessie


def voorspel(motor: Engine, actor: Actor, nu: datetime, plaats: Plaats, meld: Meld) -> Verslag:
    """What ``vernietig_alles`` would say now."""
    vandaag = lokale_datum(nu)
    maanden = maanden_op(vandaag)
    with schaduw(motor, actor.gemeente_id) as kijk:
        beeld = _Beeld(kijk, actor, plaats)
        sessie, uit = beeld.sessie, beeld.uit
        terug = bewaarbewijzen.teruggekomen(sessie, actor, plaats.bewijzen)
        uit.opnieuw = _neem(beeld, terug, bewaarbewijzen.NA_HERSTEL, [])
        uit.beperkt = len(bewaar_wpg.te_beperken(sessie, actor, nu))
        for nr, soort in enumerate(BEWAARSOORTEN, start=1):
            meld(f"{soort.naam} ({nr} van {len(BEWAARSOORTEN)})")
            if isinstance(soort, Bewaarsoort):
                _vondsten(beeld, nu, soort)
                continue
            oordeel = beoordeel(sessie, actor, vandaag, soort, maanden)
            for termijn, deel, paden in list(per_termijn(sessie, oordeel)):
                _neem(beeld, deel, termijn, paden)
            uit.houd(soort.naam, [waarom for _, waarom in oordeel.vast])
        for soort in BEWAARSOORTEN:
            if isinstance(soort, Bewaarsoort):
                uit.houd(soort.naam, soort.vast(sessie, actor, nu))
        wezen = bewaar_bestanden.zoek_wezen(sessie, actor, plaats.opslag, plaats.gemeente_uid, nu - plaats.nazenden)
    los = bewaar_bestanden.te_bewijzen(wezen) - beeld.bestanden
    uit.tel(BESTAND, bewaar_bestanden.ZONDER_RIJ, len(los))
    uit.tel(bewaar_bestanden.DATABASE, bewaar_bestanden.VOOR_HERSTEL, len(plaats.oude_databases))
    return uit


def _vondsten(beeld: _Beeld, nu: datetime, soort: Bewaarsoort) -> None:
    for vondst in soort.zoek(beeld.sessie, beeld.actor, nu, soort.welke(beeld.sessie, beeld.actor, nu)):
        beeld.uit.tel(vondst.soort, vondst.regel, len(vondst.rijen))
        beeld.schaduw.verberg_met_gevolg(vondst.model.__table__, [i for i, _ in vondst.rijen])


def _neem(beeld: _Beeld, delen: Delen, regel: str, paden: list[str]) -> int:
    """Count what goes with these rows, and cover them."""
    hashes = genoemde_bestanden(beeld.sessie, delen.rijen)
    beeld.schaduw.verberg(delen)
    los = {*zonder_rij(beeld.sessie, beeld.actor, beeld.plaats.gemeente_uid, hashes), *paden}
    beeld.bestanden |= {pad.rpartition("/")[2] for pad in los}
    aantallen = {tabel: len(ids) for tabel, ids in delen.rijen.items()} | {BESTAND: len(los)}
    for soort, aantal in aantallen.items():
        beeld.uit.tel(soort, regel, aantal)
    return sum(aantallen.values())
