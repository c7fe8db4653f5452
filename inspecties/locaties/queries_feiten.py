"""Reading what belongs to a location: parties, permits, nuisance, notes, documents, outlines, numbers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.zoeken import zoekpatroon
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import (
    Document,
    Feitcorrectie,
    Locatieaantal,
    Locatievlak,
    Notitie,
    Overlastmelding,
    Vergunning,
)
from inspecties.locaties.models_partijen import Partij, Partijrol
from inspecties.locaties.rules.feiten import LOOPT_AF_DAGEN, Stand, vergunningstand

MAX_TREFFERS = 12
# Permits that ended longer ago are history, no work.
VERLOPEN_DAGEN = 365


def stand_van(vergunning: Vergunning, vandaag: date) -> Stand:
    """How a permit stands on ``vandaag``."""
    v = vergunning
    return vergunningstand(v.status, v.geldig_vanaf, v.geldig_tot, v.intrekdatum, vandaag)


def geldige_vergunningen(
    sessie: Session, actor: Actor, locatie_ids: Collection[int], vandaag: date
) -> dict[int, list[Vergunning]]:
    """Permits that count on ``vandaag`` per location id, in one query; a location without one is not in it."""
    uit: dict[int, list[Vergunning]] = defaultdict(list)
    opdracht = select_voor(actor, Vergunning).where(
        Vergunning.locatie_id.in_(locatie_ids), Vergunning.status.in_(("verleend", "ingetrokken"))
    )
    for rij in sessie.scalars(opdracht.order_by(Vergunning.geldig_tot, Vergunning.id)):
        if stand_van(rij, vandaag).geldig:
            uit[rij.locatie_id].append(rij)
    return dict(uit)


def overlast_per_locatie(
    sessie: Session, actor: Actor, locatie_ids: Collection[int], sinds: date
) -> dict[int, list[Overlastmelding]]:
    """Reports of nuisance from ``sinds`` on per location id, the newest first, in one query."""
    uit: dict[int, list[Overlastmelding]] = defaultdict(list)
    opdracht = select_voor(actor, Overlastmelding).where(
        Overlastmelding.locatie_id.in_(locatie_ids), Overlastmelding.datum >= sinds
    )
    for rij in sessie.scalars(opdracht.order_by(Overlastmelding.datum.desc(), Overlastmelding.id.desc())):
        uit[rij.locatie_id].append(rij)
    return dict(uit)


def vergunningen_van(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Sequence[Vergunning]:
    """All permits of a location, the last one given first."""
    return sessie.scalars(
        select_voor(actor, Vergunning)
        .where(Vergunning.locatie_id == locatie.id)
        .order_by(func.coalesce(Vergunning.geldig_vanaf, date.min).desc(), Vergunning.id.desc())
    ).all()


def overlast_van(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Sequence[Overlastmelding]:
    """All reports of nuisance at a location, the newest first."""
    return sessie.scalars(
        select_voor(actor, Overlastmelding)
        .where(Overlastmelding.locatie_id == locatie.id)
        .order_by(Overlastmelding.datum.desc(), Overlastmelding.id.desc())
    ).all()


def rollen_van(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Sequence[Partijrol]:
    """Roles at a location that this actor may see, those that still hold first."""
    return sessie.scalars(
        select_voor(actor, Partijrol)
        .where(Partijrol.locatie_id == locatie.id)
        .options(joinedload(Partijrol.partij))
        .order_by(func.coalesce(Partijrol.tot, date.max).desc(), Partijrol.van.desc(), Partijrol.id)
    ).all()


def rollen_van_partij(sessie: Session, actor: Actor, partij: Partij) -> Sequence[Partijrol]:
    """Where a party is or was what, those that still hold first."""
    return sessie.scalars(
        select_voor(actor, Partijrol)
        .where(Partijrol.partij_id == partij.id)
        .options(joinedload(Partijrol.locatie))
        .order_by(func.coalesce(Partijrol.tot, date.max).desc(), Partijrol.id)
    ).all()


@dataclass(frozen=True)
class Treffer:
    """A party that fits a search, and at how many locations it stands."""

    partij: Partij
    locaties: int


def zoek_partijen(sessie: Session, actor: Actor, tekst: str) -> list[Treffer]:
    """Parties whose name holds every word of ``tekst``, or whose KvK number begins with its digits."""
    cijfers = "".join(tekst.split())
    voorwaarden: list[ColumnElement[bool]]
    if cijfers.isascii() and cijfers.isdigit():
        voorwaarden = [or_(Partij.kvk.startswith(cijfers), Partij.naam.ilike(zoekpatroon(tekst), escape="\\"))]
    else:
        voorwaarden = [Partij.naam.ilike(zoekpatroon(woord), escape="\\") for woord in tekst.split()[:6]]
    if not voorwaarden:
        return []
    rijen = sessie.scalars(
        select_voor(actor, Partij).where(*voorwaarden).order_by(Partij.naam, Partij.id).limit(MAX_TREFFERS)
    ).all()
    aantallen = select(Partijrol.partij_id, func.count(Partijrol.locatie_id.distinct())).where(
        Partijrol.gemeente_id == actor.gemeente_id, Partijrol.partij_id.in_([p.id for p in rijen])
    )
    per_partij = {rij[0]: rij[1] for rij in sessie.execute(aantallen.group_by(Partijrol.partij_id))}
    return [Treffer(p, per_partij.get(p.id, 0)) for p in rijen]


def partij_met_kvk(sessie: Session, actor: Actor, kvk: str) -> Partij | None:
    """The party with this KvK number, or None."""
    return sessie.scalars(select_voor(actor, Partij).where(Partij.kvk == kvk)).first() if kvk else None


def personen(sessie: Session, actor: Actor, *, voor: date | None = None) -> Sequence[Partij]:
    """Persons in the register, whose term ends first; ``voor``: only those whose term ended before that day."""
    opdracht = select_voor(actor, Partij).where(Partij.soort == "persoon")
    if voor is not None:
        opdracht = opdracht.where(Partij.bewaren_tot < voor)
    return sessie.scalars(opdracht.order_by(Partij.bewaren_tot, Partij.naam)).all()


def aflopend(sessie: Session, actor: Actor, vandaag: date) -> list[tuple[Vergunning, Stand]]:
    """Permits that end within 60 days or ended within a year, without a later one of the same kind there.

    Places that are closed or no longer watched are left out. The one that ends first comes first.
    """
    ids = select(Vergunning.locatie_id).where(
        Vergunning.gemeente_id == actor.gemeente_id,
        Vergunning.status.in_(("verleend", "ingetrokken")),
        func.coalesce(Vergunning.intrekdatum, Vergunning.geldig_tot).between(
            vandaag - timedelta(days=VERLOPEN_DAGEN), vandaag + timedelta(days=LOOPT_AF_DAGEN + 1)
        ),
    )
    opdracht = (
        select_voor(actor, Vergunning)
        .join(Risicolocatie, Risicolocatie.id == Vergunning.locatie_id)
        .where(Vergunning.locatie_id.in_(ids), Risicolocatie.status.not_in(("uit_beeld", "gesloten")))
        .options(joinedload(Vergunning.locatie))
    )
    standen = [(v, stand_van(v, vandaag)) for v in sessie.scalars(opdracht)]
    opgevolgd = {(v.locatie_id, v.soort.casefold()) for v, stand in standen if stand.code in ("geldig", "nog_niet")}
    vroegst = vandaag - timedelta(days=VERLOPEN_DAGEN)
    uit = [
        (v, stand)
        for v, stand in standen
        if stand.code in ("loopt_af", "verlopen")
        and stand.datum is not None
        and stand.datum >= vroegst
        and (v.locatie_id, v.soort.casefold()) not in opgevolgd
    ]
    return sorted(uit, key=lambda paar: (paar[1].datum or date.max, paar[0].id))


def notities_van(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Sequence[Notitie]:
    """Notes about a location, the newest first, also what was struck through."""
    return sessie.scalars(
        select_voor(actor, Notitie)
        .where(Notitie.locatie_id == locatie.id)
        .options(joinedload(Notitie.door))
        .order_by(Notitie.op.desc(), Notitie.id.desc())
    ).all()


def documenten_van(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Sequence[Document]:
    """Documents of a location that this actor may open, the newest first, also those off the list."""
    return sessie.scalars(
        select_voor(actor, Document)
        .where(Document.locatie_id == locatie.id)
        .options(joinedload(Document.door))
        .order_by(Document.op.desc(), Document.id.desc())
    ).all()


def vlakken_van(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Sequence[Locatievlak]:
    """The outlines of a location: parcel below building."""
    return sessie.scalars(
        select_voor(actor, Locatievlak).where(Locatievlak.locatie_id == locatie.id).order_by(Locatievlak.soort.desc())
    ).all()


def aantallen_van(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Sequence[Locatieaantal]:
    """Every number that was written down about a location, the newest first."""
    return sessie.scalars(
        select_voor(actor, Locatieaantal)
        .where(Locatieaantal.locatie_id == locatie.id)
        .order_by(Locatieaantal.vastgelegd_op.desc(), Locatieaantal.id.desc())
    ).all()


def correcties_van(
    sessie: Session, actor: Actor, locatie: Risicolocatie | None = None, feit_uid: str = ""
) -> Sequence[Feitcorrectie]:
    """Mistakes that were put right at a location, or in one fact; the newest first."""
    opdracht = select_voor(actor, Feitcorrectie).options(joinedload(Feitcorrectie.door))
    if locatie is not None:
        opdracht = opdracht.where(Feitcorrectie.locatie_id == locatie.id)
    if feit_uid:
        opdracht = opdracht.where(Feitcorrectie.feit_uid == feit_uid)
    return sessie.scalars(opdracht.order_by(Feitcorrectie.op.desc(), Feitcorrectie.id.desc())).all()
