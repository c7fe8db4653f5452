"""Which entries ask a verslag, by when, and how each stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspecties.acties.machtiging_queries import leden_van, machtigingen_van, woning_van
from inspecties.acties.models import Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_verslag import Verslag
from inspecties.acties.rules.machtiging import GEVERS, GRONDSLAGEN, Breuk, Inhoud, Woning
from inspecties.acties.rules.verslag import Deurbericht, Stand, Verslagtekst, aanleiding, stand, tijden, vergelijk
from inspecties.acties.verslag_bron import deurberichten
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.database import select_voor
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.termijnen.rules.termijn import Termijn

# How far back visits are searched for an entry in immediate danger: such a stop was not planned as an entry.
SPOED_TERUG = timedelta(days=120)


def termijn(dag: date) -> Termijn:
    """By when the verslag of an entry on this day is with everybody (art. 11 Awbi)."""
    return termijntabel().op("verslag_binnentreden", dag).bereken(dag, kalender=kalender())


@dataclass(frozen=True)
class Plicht:
    """One entry without consent. ``verslag``: the newest version that the actor may see."""

    stop: Stop
    grond: str
    dag: date
    bericht: Deurbericht
    machtiging: Machtiging | None
    verslag: Verslag | None
    uiterlijk: date
    stand: Stand

    @property
    def wie(self) -> str:
        """Who entered, as far as known."""
        if self.verslag is not None:
            return self.verslag.binnentreder.naam
        return self.machtiging.aan.naam if self.machtiging else "nog niet bekend"


def plichten(sessie: Session, actor: Actor, nu: datetime, stop_ids: Collection[int] | None = None) -> list[Plicht]:
    """Every entry that asks a verslag, the first day on top; of these stops, or of all that the actor sees."""
    berichten: Mapping[int, Deurbericht] = {}
    if stop_ids is None:
        berichten = deurberichten(sessie, actor, [], nu - SPOED_TERUG)
        welke = or_(Stop.toegangsgrond == "machtiging", Stop.id.in_(berichten))
    else:
        welke = Stop.id.in_(stop_ids)
    stops = sessie.scalars(
        select_voor(actor, Stop)
        .where(welke, Stop.toestand != "vervallen")
        .options(joinedload(Stop.actie), joinedload(Stop.locatie), joinedload(Stop.ploeg))
    ).all()
    ids = [stop.id for stop in stops]
    berichten = {**berichten, **deurberichten(sessie, actor, ids)}
    machtigingen, verslagen = machtigingen_van(sessie, actor, ids), laatste_van(sessie, actor, ids)
    uit = []
    for stop in stops:
        bericht = berichten.get(stop.id, Deurbericht())
        verslag = verslagen.get(stop.id)
        grond = verslag.grond if verslag else aanleiding(stop.toegangsgrond, stop.toestand, bericht)
        if grond:
            uit.append(_plicht(stop, grond, bericht, machtigingen.get(stop.id), verslag, lokale_datum(nu)))
    return sorted(uit, key=lambda p: (p.dag, p.stop.volgorde), reverse=True)


def _plicht(
    stop: Stop, grond: str, bericht: Deurbericht, machtiging: Machtiging | None, verslag: Verslag | None, vandaag: date
) -> Plicht:
    begin = verslag.binnen_op if verslag else tijden(bericht, lokale_datum(stop.actie.begin_op))[0]
    dag = lokale_datum(begin or stop.actie.begin_op)
    uiterlijk = termijn(dag).einddag
    afgeleverd = [(a.aan, a.wijze, a.op) for a in verslag.afleveringen] if verslag else []
    hoe = stand(grond, verslag.toestand if verslag else "", afgeleverd, uiterlijk, vandaag)
    return Plicht(stop, grond, dag, bericht, machtiging, verslag, uiterlijk, hoe)


def laatste_van(sessie: Session, actor: Actor, stop_ids: Collection[int]) -> dict[int, Verslag]:
    """Stop.id -> the newest version of its verslag."""
    rijen = sessie.scalars(
        select_voor(actor, Verslag)
        .where(Verslag.stop_id.in_(stop_ids))
        .order_by(Verslag.stop_id, Verslag.volgnummer)
        .options(selectinload(Verslag.afleveringen), joinedload(Verslag.binnentreder))
    )
    return {rij.stop_id: rij for rij in rijen}


def versies_van(sessie: Session, actor: Actor, rij: Verslag) -> Sequence[Verslag]:
    """All versions of one verslag, the newest first."""
    return sessie.scalars(
        select_voor(actor, Verslag).where(Verslag.stop_id == rij.stop_id).order_by(Verslag.volgnummer.desc())
    ).all()


def plicht_van(sessie: Session, actor: Actor, nu: datetime, stop_id: int | None) -> Plicht | None:
    """What one stop asks; None where nobody entered without consent."""
    return next(iter(plichten(sessie, actor, nu, [stop_id])), None) if stop_id is not None else None


def open_plichten(sessie: Session, actor: Actor, nu: datetime) -> list[Plicht]:
    """What waits for this actor: their own entries, for a planner everybody's."""
    alle = [p for p in plichten(sessie, actor, nu) if p.stand.open]
    if actor.gebruiker_id is None or actor.rol.value == "coordinator":
        return alle
    return [p for p in alle if moet_zelf(actor, p)]


def moet_zelf(actor: Actor, plicht: Plicht) -> bool:
    """Whether the actor is who entered: as the verslag says, else the machtiging, else a member of the team."""
    if plicht.verslag is not None:
        return plicht.verslag.binnentreder_id == actor.gebruiker_id
    if plicht.grond == "machtiging" and plicht.machtiging is not None:
        return plicht.machtiging.aan_id == actor.gebruiker_id
    return str(actor.gebruiker_id) in leden_van(plicht.stop)


def was(machtiging: Machtiging | None, op: datetime) -> Inhoud | None:
    """What a machtiging said at the moment of entry: one that was withdrawn later still held then."""
    if machtiging is None:
        return None
    later = machtiging.ingetrokken_op is not None and machtiging.ingetrokken_op > op and machtiging.afgifte is not None
    return replace(machtiging.inhoud, toestand="ondertekend") if later else machtiging.inhoud


def breuken(machtiging: Machtiging | None, binnentreder_id: int, tekst: Verslagtekst) -> list[Breuk]:
    """In what the entry went beyond the machtiging; an address that cannot be read is no dwelling that it names."""
    try:
        plaats: Woning | None = Woning.lees(tekst.plaats, "plaats")
    except OngeldigeInvoer:
        plaats = None
    uit = vergelijk(was(machtiging, tekst.binnen_op), plaats, {str(binnentreder_id): tekst.naam}, tekst)
    return uit if plaats else [b for b in uit if b.code != "adres"]


def voorstel(plicht: Plicht, naam: str) -> dict[str, Any]:
    """What a new verslag begins with: from the visit, the machtiging and the stop."""
    m, bericht, stop = plicht.machtiging, plicht.bericht, plicht.stop
    begin, eind = tijden(bericht, plicht.dag)
    woning = woning_van(stop.locatie)
    anderen = [n for id_, n in leden_van(stop).items() if not m or id_ != str(m.aan_id)]
    return {
        "binnentreder": str(m.aan_id) if m else "",
        "naam": m.aan_naam if m else bericht.nummer or naam,
        "hoedanigheid": m.aan_hoedanigheid if m else "toezichthouder",
        "grond": plicht.grond,
        "spoed_reden": bericht.spoed_reden,
        "grondslag": GRONDSLAGEN[m.grondslag] if m else "",
        "doel": m.doel if m else stop.actie.doel,
        "plaats": woning.regel if woning else stop.locatie.adresregel,
        "dag": plicht.dag,
        "binnen": lokaal(begin).time() if begin else None,
        "verlaten": lokaal(eind).time() if eind else None,
        "meegaanden": len(anderen),
        "meegaanden_wie": "\n".join(anderen),
    }


def machtigingregel(m: Machtiging | None, datum: str) -> str:
    """Number, day and giver as they stand in a verslag; ``datum``: the day of issue in words."""
    if m is None:
        return ""
    op = f", gegeven op {datum}" if m.afgifte else ", niet ondertekend"
    return f"{m.nummer}{op} door {GEVERS[m.gever_soort]} {m.gever_naam}, aan {m.aan_naam}, {m.aan_hoedanigheid}"


def hoogste_nummer(sessie: Session, actor: Actor, jaar: int) -> str | None:
    """The last number of this year."""
    return sessie.scalar(
        select(Verslag.nummer)
        .where(Verslag.gemeente_id == actor.gemeente_id, Verslag.nummer.like(f"V{jaar}-%"))
        .order_by(Verslag.nummer.desc())
        .limit(1)
    )
