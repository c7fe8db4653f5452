"""Carry out the terms of one gemeente, in portions: whoever works waits for one portion at most.

What goes is looked up in a reading that holds nobody up. Each portion is then judged again, and goes whole in one
transaction: its rows with their proof, after that the proof beside the database, and the files. A run that is killed
leaves whole portions only; the next one first finishes what stood open, and goes on.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.bewaren import Bewaarsoort, vernietig
from inspecties.audit.bewijsbestand import Bewijsboek
from inspecties.audit.geheel import PER_KEER, Geheel, onderling
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.rules_porties import KORT_S, Porties, groepen
from inspecties.audit.vernietigen import Oordeel, beoordeel, ruim_bestanden, vernietig_oordeel
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database.momentopname import momentopname
from inspecties.gebruikers.models import Gemeente
from inspecties.start import bewaar_bestanden, bewaar_wpg, bewaarbewijzen
from inspecties.start.bewaar_verslag import Plaats, Verslag
from inspecties.start.bewaarsoorten import BEWAARSOORTEN

Meld = Callable[[str], None]


@dataclass
class _Run:
    sessie: Session
    actor: Actor
    nu: datetime
    plaats: Plaats
    uit: Verslag = field(default_factory=Verslag)

    def __post_init__(self) -> None:
        self.boek = Bewijsboek(self.plaats.bewijzen)
        self.vandaag: date = lokale_datum(self.nu)
        self.motor: Engine = self.sessie.get_bind().engine

    def ronde(self, werk: Callable[[], list[Vernietiging]]) -> int:
        """One transaction with what comes after it. Two runs at once do it one by one."""
        gemeente = select(Gemeente.id).where(Gemeente.id == self.actor.gemeente_id)
        self.sessie.execute(gemeente.with_for_update(key_share=True)).all()
        bewijzen = werk()
        regels = [(b.soort, b.regel, b.aantal) for b in bewijzen]
        uids = [str(b.uid) for b in bewijzen]
        self.sessie.commit()
        for regel in regels:
            self.uit.tel(*regel)
        if uids:
            self.rond_af(uids)
        return sum(aantal for _, _, aantal in regels)

    def rond_af(self, uids: list[str] | None = None) -> None:
        """The proofs beside the database, and then the files. Without ``uids``: whatever an earlier run left open."""
        self.boek.schrijf(self.sessie, self.actor, uids)
        self.sessie.commit()
        self.uit.bestanden += ruim_bestanden(self.sessie, self.actor, self.plaats.opslag, self.nu)
        self.sessie.commit()

    def in_porties(self, alle: list[list[int]], werk: Callable[[list[int]], list[Vernietiging]]) -> None:
        """Portion by portion; in between others have their turn, also of another process."""
        porties = Porties(alle)
        for nummer, portie in enumerate(porties):
            if nummer:
                time.sleep(KORT_S)
            begin = time.monotonic()
            self.ronde(lambda portie=portie: werk(portie))  # type: ignore[misc]  # mypy knows no default in a lambda
            porties.duurde(time.monotonic() - begin)


def vernietig_alles(sessie: Session, actor: Actor, nu: datetime, plaats: Plaats, meld: Meld) -> Verslag:
    """Everything whose term is over. Commits, portion by portion. For one run at a time (``bewaar_beurt``)."""
    run = _Run(sessie, actor, nu, plaats)
    run.rond_af()
    run.uit.opnieuw = run.ronde(
        lambda: bewaarbewijzen.vernietig_opnieuw(sessie, actor, nu, plaats.gemeente_uid, plaats.bewijzen)
    )
    run.uit.beperkt = bewaar_wpg.beperk(sessie, actor, nu)
    sessie.commit()
    for nr, soort in enumerate(BEWAARSOORTEN, start=1):
        meld(f"{soort.naam} ({nr} van {len(BEWAARSOORTEN)})")
        if isinstance(soort, Bewaarsoort):
            _bewaarsoort(run, soort)
        else:
            _geheel(run, soort)
    with momentopname(run.motor, actor.gemeente_id) as beeld:
        for soort in BEWAARSOORTEN:
            # Only now: a signal that this kind holds may have gone under the term of another.
            if isinstance(soort, Bewaarsoort):
                run.uit.houd(soort.naam, soort.vast(beeld, actor, nu))
    _ruim_op(run)
    return run.uit


def _bewaarsoort(run: _Run, soort: Bewaarsoort) -> None:
    with momentopname(run.motor, run.actor.gemeente_id) as beeld:
        ids = soort.welke(beeld, run.actor, run.nu)

    def werk(portie: list[int]) -> list[Vernietiging]:
        vondsten = soort.zoek(run.sessie, run.actor, run.nu, portie)
        gedaan = [vernietig(run.sessie, run.actor, run.nu, vondst) for vondst in vondsten]
        return [bewijs for bewijs in gedaan if bewijs is not None]

    run.in_porties([[i] for i in sorted(ids)], werk)


def _geheel(run: _Run, soort: Geheel) -> None:
    maanden = maanden_op(run.vandaag)
    with momentopname(run.motor, run.actor.gemeente_id) as beeld:
        eerst = beoordeel(beeld, run.actor, run.vandaag, soort, maanden)
        alle = groepen({s.aanvang.id for s in eerst.weg}, onderling(beeld, eerst.delen))
    vast = _redenen(eerst)

    def werk(portie: list[int]) -> list[Vernietiging]:
        # What was looked up may have changed: a hold, an objection, a colleague who goes on with it.
        oordeel = beoordeel(run.sessie, run.actor, run.vandaag, soort, maanden, portie)
        vast.update(_redenen(oordeel))
        return vernietig_oordeel(run.sessie, run.actor, run.nu, run.plaats.gemeente_uid, oordeel)

    run.in_porties(alle, werk)
    run.uit.houd(soort.naam, vast.values())


def _redenen(oordeel: Oordeel) -> dict[int, tuple[str, ...]]:
    return {s.aanvang.id: waarom for s, waarom in oordeel.vast}


def _ruim_op(run: _Run) -> None:
    """Files that no row names, and databases that were put aside."""
    plaats, grens = run.plaats, run.nu - run.plaats.nazenden
    plaats.opslag.leg_terug(plaats.gemeente_uid)
    with momentopname(run.motor, run.actor.gemeente_id) as beeld:
        wezen = bewaar_bestanden.zoek_wezen(beeld, run.actor, plaats.opslag, plaats.gemeente_uid, grens)
    for begin in range(0, len(wezen), PER_KEER):
        stuk = wezen[begin : begin + PER_KEER]
        # A row that names one came in meanwhile: it stays.
        stuk = bewaar_bestanden.nog_zonder_rij(run.sessie, run.actor, stuk)
        run.ronde(lambda stuk=stuk: bewaar_bestanden.bewijs_wezen(run.sessie, run.actor, run.nu, stuk))  # type: ignore[misc]  # mypy knows no default in a lambda
        run.uit.bestanden += plaats.opslag.haal_weg(plaats.gemeente_uid, stuk, grens)
    soort, regel = bewaar_bestanden.DATABASE, bewaar_bestanden.VOOR_HERSTEL
    namen = [pad.name for pad in plaats.oude_databases]
    run.ronde(lambda: bewaar_bestanden.leg_bewijs_vast(run.sessie, run.actor, run.nu, soort, namen, regel))


def geheel_van(code: str) -> Geheel:
    """The kind with this code. Raises KeyError."""
    return {s.code: s for s in BEWAARSOORTEN if isinstance(s, Geheel)}[code]
