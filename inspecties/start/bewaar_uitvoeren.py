"""Carry out the terms of one gemeente: what went, what stays although its day has come, and until when."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.bewaren import Bewaarsoort, vernietig
from inspecties.audit.bewijsbestand import bewijsbestand, schrijf
from inspecties.audit.geheel import Geheel
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.vernietigen import beoordeel, ruim_bestanden, vernietig_oordeel
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.database import metadata
from inspecties.gebruikers.models import Gemeente
from inspecties.start import bewaar_bestanden, bewaar_wpg, bewaarbewijzen
from inspecties.start.bewaarsoorten import BEWAARSOORTEN

Meld = Callable[[str], None]


@dataclass(frozen=True)
class Regel:
    """What of one table went (or would go), under which term."""

    soort: str
    regel: str
    aantal: int


@dataclass(frozen=True)
class Vastregel:
    """What of one kind stays although its day has come, and why."""

    soort: str
    reden: str
    aantal: int


@dataclass
class Verslag:
    """Of one gemeente."""

    weg: list[Regel] = field(default_factory=list)
    vast: list[Vastregel] = field(default_factory=list)
    opnieuw: int = 0
    beperkt: int = 0
    bestanden: int = 0
    # Files that no row names, to be taken away after the commit.
    wezen: list[str] = field(default_factory=list)

    @property
    def tabellen(self) -> set[str]:
        return {r.soort for r in self.weg} & set(metadata.tables)


@dataclass(frozen=True)
class Plaats:
    """Where files and proofs of a gemeente stand; ``nazenden``: how long a tablet can send again what it sent.

    ``oude_databases``: what restores put aside, of all gemeenten together, that is over its term.
    """

    opslag: Opslag
    data: Path
    gemeente_uid: UUID
    nazenden: timedelta = timedelta(days=14)
    oude_databases: tuple[Path, ...] = ()

    @property
    def bewijzen(self) -> Path:
        return bewijsbestand(self.data, self.gemeente_uid)


def vernietig_alles(sessie: Session, actor: Actor, nu: datetime, plaats: Plaats, meld: Meld) -> Verslag:
    """Everything whose term is over, in one transaction that the caller commits. Two runs at once do it one by one."""
    sessie.execute(select(Gemeente.id).where(Gemeente.id == actor.gemeente_id).with_for_update(key_share=True)).all()
    uit = Verslag()
    uit.opnieuw = _tel(uit, bewaarbewijzen.vernietig_opnieuw(sessie, actor, nu, plaats.gemeente_uid, plaats.bewijzen))
    uit.beperkt = bewaar_wpg.beperk(sessie, actor, nu)
    vandaag = lokale_datum(nu)
    maanden = maanden_op(vandaag)
    for nr, soort in enumerate(BEWAARSOORTEN, start=1):
        meld(f"{soort.naam} ({nr} van {len(BEWAARSOORTEN)})")
        if isinstance(soort, Bewaarsoort):
            _tel(uit, _vondsten(sessie, actor, nu, soort))
            continue
        oordeel = beoordeel(sessie, actor, vandaag, soort, maanden)
        _tel(uit, vernietig_oordeel(sessie, actor, nu, plaats.gemeente_uid, oordeel))
        _houd(uit, soort.naam, [waarom for _, waarom in oordeel.vast])
    for soort in BEWAARSOORTEN:
        # Only now: a signal that this kind holds may have gone under the term of another.
        if isinstance(soort, Bewaarsoort):
            _houd(uit, soort.naam, soort.vast(sessie, actor, nu))
    _ruim_op(uit, sessie, actor, nu, plaats)
    return uit


def _houd(uit: Verslag, naam: str, vast: list[tuple[str, ...]]) -> None:
    redenen = Counter(reden for waarom in vast for reden in waarom)
    uit.vast += [Vastregel(naam, reden, aantal) for reden, aantal in sorted(redenen.items())]


def _ruim_op(uit: Verslag, sessie: Session, actor: Actor, nu: datetime, plaats: Plaats) -> None:
    uit.wezen = bewaar_bestanden.zoek_wezen(sessie, actor, plaats.opslag, plaats.gemeente_uid, nu - plaats.nazenden)
    _tel(uit, bewaar_bestanden.bewijs_wezen(sessie, actor, nu, uit.wezen))
    namen = [pad.name for pad in plaats.oude_databases]
    soort, regel = bewaar_bestanden.DATABASE, bewaar_bestanden.VOOR_HERSTEL
    _tel(uit, bewaar_bestanden.leg_bewijs_vast(sessie, actor, nu, soort, namen, regel))


def _vondsten(sessie: Session, actor: Actor, nu: datetime, soort: Bewaarsoort) -> list[Vernietiging]:
    gedaan = [vernietig(sessie, actor, nu, vondst) for vondst in soort.zoek(sessie, actor, nu)]
    return [bewijs for bewijs in gedaan if bewijs is not None]


def _tel(uit: Verslag, bewijzen: list[Vernietiging]) -> int:
    uit.weg += [Regel(b.soort, b.regel, b.aantal) for b in bewijzen]
    return sum(b.aantal for b in bewijzen)


def rond_af(sessie: Session, actor: Actor, nu: datetime, plaats: Plaats, verslag: Verslag) -> None:
    """After the commit: the files, and the proofs beside the database. Commits."""
    schrijf(sessie, actor, plaats.bewijzen)
    verslag.bestanden = ruim_bestanden(sessie, actor, plaats.opslag)
    sessie.commit()
    verslag.bestanden += plaats.opslag.haal_weg(plaats.gemeente_uid, verslag.wezen, nu - plaats.nazenden)


def geheel_van(code: str) -> Geheel:
    """The kind with this code. Raises KeyError."""
    return {s.code: s for s in BEWAARSOORTEN if isinstance(s, Geheel)}[code]
