"""The priority of locations as it is now, and the stored standing that lists sort and filter on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_prioriteit import Prioriteitkeuze, Prioriteitstand
from inspecties.locaties.prioriteit_bronnen import lees_feiten
from inspecties.locaties.prioriteit_verouderd import bijgewerkt
from inspecties.locaties.prioriteit_wegen import Geldend, geldend
from inspecties.locaties.rules.prioriteit import Score, band_van, bereken

# How many locations are read and computed at a time; each block is a fixed number of statements.
PER_BLOK = 1000


@dataclass(frozen=True)
class Beeld:
    """The priority of one location on a day: what was computed, and what a coordinator chose against it."""

    score: Score
    keuze: Prioriteitkeuze | None
    geldend_tienden: int
    vastgezet: bool
    band: str
    weging_versie: int

    def delen_met_feiten(self) -> list[dict[str, Any]]:
        """The parts as JSON, to be kept."""
        return [
            {
                "code": deel.code,
                "tienden": deel.tienden,
                "zin": deel.zin,
                "feiten": [vars(f) | {"datum": f.datum.isoformat()} for f in deel.feiten],
            }
            for deel in self.score.delen
        ]


def geldende_keuzes(sessie: Session, gemeente_id: int, vandaag: date, locatie_ids: Sequence[int]) -> dict[int, Any]:
    """The choice that counts today, per location that has one."""
    rijen = sessie.scalars(
        select(Prioriteitkeuze)
        .where(
            Prioriteitkeuze.gemeente_id == gemeente_id,
            Prioriteitkeuze.locatie_id.in_(locatie_ids),
            Prioriteitkeuze.ingetrokken_op.is_(None),
            Prioriteitkeuze.van <= vandaag,
            Prioriteitkeuze.tot >= vandaag,
        )
        .order_by(Prioriteitkeuze.id)
    )
    return {keuze.locatie_id: keuze for keuze in rijen}


def bereken_nu(
    sessie: Session, gemeente_id: int, nu: datetime, locatie_ids: Sequence[int], weging: Geldend | None = None
) -> dict[int, Beeld]:
    """The priority of these locations (some thousands at most) from the facts as they are now."""
    vandaag = lokale_datum(nu)
    weging = weging or geldend(sessie, gemeente_id)
    keuzes = geldende_keuzes(sessie, gemeente_id, vandaag, locatie_ids)
    uit = {}
    for locatie_id, feiten in lees_feiten(sessie, gemeente_id, locatie_ids).items():
        score = bereken(feiten, weging.gewichten, vandaag)
        keuze = keuzes.get(locatie_id)
        vast = keuze is not None and keuze.soort == "vast"
        telt = keuze.score_tienden if keuze is not None and keuze.score_tienden is not None else score.tienden
        band = "hoog" if vast else band_van(telt, weging.gewichten)
        uit[locatie_id] = Beeld(score, keuze, telt, vast, band, weging.versie)
    return uit


def _achter(gemeente_id: int, vandaag: date, versie: int) -> Select[int]:
    """Locations whose standing is not there, was marked, or is of another day or other weights."""
    stand = Prioriteitstand
    telt_niet: ColumnElement[bool] = or_(
        stand.id.is_(None), stand.verouderd.is_(true()), stand.dag != vandaag, stand.weging_versie != versie
    )
    return (
        select(Risicolocatie.id)
        .outerjoin(stand, stand.locatie_id == Risicolocatie.id)
        .where(Risicolocatie.gemeente_id == gemeente_id, telt_niet)
    )


def is_achter(sessie: Session, gemeente_id: int, nu: datetime) -> bool:
    """Whether any standing of the gemeente is due."""
    versie = geldend(sessie, gemeente_id).versie
    return sessie.scalar(_achter(gemeente_id, lokale_datum(nu), versie).limit(1)) is not None


def tel_achter(sessie: Session, gemeente_id: int, nu: datetime) -> int:
    """How many standings are due: with very many locations a page does not wait for all of them."""
    achter = _achter(gemeente_id, lokale_datum(nu), geldend(sessie, gemeente_id).versie)
    return sessie.scalar(select(func.count()).select_from(achter.subquery())) or 0


def ververs(
    sessie: Session,
    gemeente_id: int,
    nu: datetime,
    locatie_ids: Sequence[int] | None = None,
    hoogstens: int | None = None,
) -> int:
    """Compute the standing of these locations, or of all that are due; how many that were. The caller commits.

    With ``hoogstens`` the new and the marked come first, then what stood highest. A standing that another transaction
    holds is left to whoever comes next.
    """
    sessie.flush()
    weging, vandaag = geldend(sessie, gemeente_id), lokale_datum(nu)
    if locatie_ids is None:
        eerst = case((Prioriteitstand.id.is_(None), 0), (Prioriteitstand.verouderd.is_(true()), 1), else_=2)
        achter = _achter(gemeente_id, vandaag, weging.versie)
        volgorde = achter.order_by(eerst, Prioriteitstand.geldend_tienden.desc(), Risicolocatie.id)
        locatie_ids = sessie.scalars(volgorde.limit(hoogstens)).all()
    return sum(_ververs_blok(sessie, gemeente_id, nu, weging, blok) for blok in _blokken(locatie_ids))


def _blokken(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(ids), PER_BLOK):
        yield ids[begin : begin + PER_BLOK]


def _ververs_blok(sessie: Session, gemeente_id: int, nu: datetime, weging: Geldend, ids: Sequence[int]) -> int:
    stand, verbinding = Prioriteitstand, sessie.connection()
    # Locked before the facts are read: whoever marks a standing after that waits, and marks it again afterwards.
    bestaat = set(verbinding.execute(select(stand.locatie_id).where(stand.locatie_id.in_(ids))).scalars())
    vast = select(stand.locatie_id).where(stand.locatie_id.in_(ids)).order_by(stand.id)
    ons = set(verbinding.execute(vast.with_for_update(key_share=True, skip_locked=True)).scalars())
    te_doen = [i for i in ids if i in ons or i not in bestaat]
    beelden = bereken_nu(sessie, gemeente_id, nu, te_doen, weging)
    rijen = [_rij(gemeente_id, locatie_id, nu, beeld) for locatie_id, beeld in beelden.items()]
    if rijen:
        verbinding.execute(_invoegen(sessie), rijen)
        bijgewerkt(sessie, beelden)
    return len(rijen)


def _rij(gemeente_id: int, locatie_id: int, nu: datetime, beeld: Beeld) -> dict[str, Any]:
    return {
        "uid": nieuw_id(),
        "gemeente_id": gemeente_id,
        "locatie_id": locatie_id,
        "score_tienden": beeld.score.tienden,
        "geldend_tienden": beeld.geldend_tienden,
        "vastgezet": beeld.vastgezet,
        "band": beeld.band,
        "delen": [{"code": d.code, "tienden": d.tienden} for d in beeld.score.delen],
        "weging_versie": beeld.weging_versie,
        "dag": lokale_datum(nu),
        "berekend_op": nu,
        "verouderd": False,
    }


def _invoegen(sessie: Session) -> Any:
    """Insert, or replace what stands there: two pages may find the same location without a standing."""
    soort = sessie.get_bind().dialect.name
    opdracht: Any = (postgresql.insert if soort == "postgresql" else sqlite.insert)(Prioriteitstand)
    anders = {k.name: opdracht.excluded[k.name] for k in opdracht.excluded if k.name not in {"id", "uid", "locatie_id"}}
    return opdracht.on_conflict_do_update(index_elements=["locatie_id"], set_=anders)


def standen_van(sessie: Session, actor: Actor, locatie_ids: Sequence[int]) -> dict[int, Prioriteitstand]:
    """The stored standing per location that has one."""
    opdracht = select_voor(actor, Prioriteitstand).where(Prioriteitstand.locatie_id.in_(locatie_ids))
    return {stand.locatie_id: stand for stand in sessie.scalars(opdracht)}
