"""Reading actions: lists, the parts of one action within the actor's scope, the facts that readiness judges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspecties.acties.models import Actie, Actiestap, Deelname, Ploeg, Ploeglid, Stop, Stopstap
from inspecties.acties.rules.gereedheid import Actiefeiten, Lid, Ploegfeiten, Stopfeiten
from inspecties.checklists.queries import Uitgegeven, uitgegeven_op
from inspecties.checklists.rules.geldigheid import kies_versie
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import RECHTEN, Rol
from inspecties.core.zoeken import zoekpatroon
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, kan_aanmelden
from inspecties.partners.models import Organisatie

SORTERING: dict[str, Any] = {
    "datum": Actie.begin_op,
    "naam": func.lower(Actie.naam),
    "soort": Actie.soort,
    "toestand": Actie.toestand,
}


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to. ``van`` and ``voor``: the shift begins at or after, and before."""

    toestanden: tuple[str, ...] = ()
    soorten: tuple[str, ...] = ()
    van: datetime | None = None
    voor: datetime | None = None
    zoek: str = ""


def gefilterd(actor: Actor, filter_: Filter) -> Select[Actie]:
    """Actions in the actor's scope that fit the filter."""
    opdracht = select_voor(actor, Actie)
    if filter_.toestanden:
        opdracht = opdracht.where(Actie.toestand.in_(filter_.toestanden))
    if filter_.soorten:
        opdracht = opdracht.where(Actie.soort.in_(filter_.soorten))
    if filter_.van is not None:
        opdracht = opdracht.where(Actie.begin_op >= filter_.van)
    if filter_.voor is not None:
        opdracht = opdracht.where(Actie.begin_op < filter_.voor)
    for woord in filter_.zoek.split()[:6]:
        opdracht = opdracht.where(Actie.naam.ilike(zoekpatroon(woord), escape="\\"))
    return opdracht


def stops_van(sessie: Session, actor: Actor, actie: Actie) -> list[Stop]:
    """The stops of an action that the actor may see: by team, then in order."""
    rijen = sessie.scalars(
        select_voor(actor, Stop)
        .where(Stop.actie_id == actie.id)
        .order_by(Stop.volgorde, Stop.id)
        .options(joinedload(Stop.locatie), joinedload(Stop.ploeg))
    ).all()
    return sorted(rijen, key=lambda s: (s.ploeg is None, s.ploeg.volgorde if s.ploeg else 0, s.volgorde, s.id))


def ploegen_van_actie(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Ploeg]:
    """The teams of an action that the actor may see, with their members."""
    return sessie.scalars(
        select_voor(actor, Ploeg)
        .where(Ploeg.actie_id == actie.id)
        .order_by(Ploeg.volgorde, Ploeg.id)
        .options(selectinload(Ploeg.leden).joinedload(Ploeglid.gebruiker))
    ).all()


def deelnames_van(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Deelname]:
    """The organisations that take part, by name."""
    return sessie.scalars(
        select_voor(actor, Deelname)
        .join(Deelname.organisatie)
        .where(Deelname.actie_id == actie.id)
        .order_by(Organisatie.naam)
        .options(joinedload(Deelname.organisatie))
    ).all()


def stappen_van(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Actiestap]:
    """The history of an action's state, oldest first."""
    return sessie.scalars(
        select_voor(actor, Actiestap)
        .where(Actiestap.actie_id == actie.id)
        .order_by(Actiestap.id)
        .options(joinedload(Actiestap.door))
    ).all()


def stopstappen_van(sessie: Session, actor: Actor, stops: Sequence[Stop]) -> dict[int, list[Stopstap]]:
    """Stop.id -> its changes of state, oldest first."""
    uit: dict[int, list[Stopstap]] = {stop.id: [] for stop in stops}
    rijen = sessie.scalars(select_voor(actor, Stopstap).where(Stopstap.stop_id.in_(uit)).order_by(Stopstap.id))
    for stap in rijen:
        uit[stap.stop_id].append(stap)
    return uit


def stoptellingen(sessie: Session, actor: Actor, acties: Sequence[Actie]) -> dict[int, dict[str, int]]:
    """Actie.id -> stop state -> how many, for what the actor may see."""
    uit: dict[int, dict[str, int]] = {actie.id: {} for actie in acties}
    rijen = sessie.execute(
        select_voor(actor, Stop)
        .where(Stop.actie_id.in_(uit))
        .with_only_columns(Stop.actie_id, Stop.toestand, func.count())
        .group_by(Stop.actie_id, Stop.toestand)
    )
    for actie_id, toestand, aantal in rijen:
        uit[actie_id][toestand] = aantal
    return uit


def geldige_checklists(sessie: Session, actor: Actor, datum: date) -> dict[str, str]:
    """Code -> title of every checklist with a version that counts on ``datum``, for whichever kind of place."""
    return {code: versies[0].titel for code, versies in uitgegeven_op(sessie, actor, datum).items()}


@dataclass(frozen=True)
class Mens:
    """Someone who can be in a team. ``organisatie`` is None for the gemeente's own people."""

    gebruiker_id: int
    uid: UUID
    naam: str
    rol: Rol
    organisatie_id: int | None
    organisatie: str | None


def mensen_voor_ploegen(sessie: Session, actor: Actor) -> list[Mens]:
    """The users of this gemeente who can be in a team: own people first, then by organisation and name."""
    rollen = [rol.value for rol in RECHTEN["dienst.ophalen"].rollen]
    rijen = sessie.execute(
        select(Gebruiker.id, Gebruiker.uid, Gebruiker.naam, Lidmaatschap.rol, Organisatie.id, Organisatie.naam)
        .join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
        .outerjoin(Organisatie, Organisatie.id == Lidmaatschap.organisatie_id)
        .where(
            Lidmaatschap.gemeente_id == actor.gemeente_id,
            Lidmaatschap.rol.in_(rollen),
            kan_aanmelden(),
        )
    )
    mensen = [Mens(rij[0], rij[1], rij[2], Rol(rij[3]), rij[4], rij[5]) for rij in rijen]
    return sorted(mensen, key=lambda m: (m.organisatie is not None, m.organisatie or "", m.naam, m.gebruiker_id))


def organisaties(sessie: Session, actor: Actor) -> Sequence[Organisatie]:
    """The partner organisations of the gemeente, by name."""
    return sessie.scalars(select_voor(actor, Organisatie).order_by(Organisatie.naam)).all()


def feiten_van(sessie: Session, actor: Actor, actie: Actie) -> Actiefeiten:
    """The facts on which readiness and the transitions are judged."""
    ploegen = ploegen_van_actie(sessie, actor, actie)
    leden = [lid.gebruiker for ploeg in ploegen for lid in ploeg.leden]
    organisatie = _organisatie_per_gebruiker(sessie, actor, [g.id for g in leden])
    datum = lokale_datum(actie.begin_op)
    uitgegeven = uitgegeven_op(sessie, actor, datum)
    namen = {g.id: g.naam for g in leden}
    return Actiefeiten(
        begin_op=actie.begin_op,
        eind_op=actie.eind_op,
        stops=tuple(stopfeiten(stop, _niet_voor(stop, uitgegeven, datum)) for stop in stops_van(sessie, actor, actie)),
        ploegen=tuple(
            Ploegfeiten(
                ploeg.naam,
                tuple(
                    Lid(lid.gebruiker.naam, organisatie.get(lid.gebruiker_id), lid.gebruiker.geblokkeerd_op is not None)
                    for lid in ploeg.leden
                ),
            )
            for ploeg in ploegen
        ),
        deelnemers={d.organisatie.naam: d.status for d in deelnames_van(sessie, actor, actie)},
        geldig=frozenset(uitgegeven),
        elders=_elders(sessie, actor, actie, namen),
    )


def _niet_voor(stop: Stop, uitgegeven: Mapping[str, Sequence[Uitgegeven]], datum: date) -> tuple[str, ...]:
    """The chosen checklists that are published that day, but not for this kind of place."""
    soort = stop.locatie.locatietype.code
    return tuple(
        code for code in stop.checklists if code in uitgegeven and kies_versie(uitgegeven[code], datum, soort) is None
    )


def stopfeiten(stop: Stop, niet_voor_soort: tuple[str, ...] = ()) -> Stopfeiten:
    """A stop as the rules see it."""
    return Stopfeiten(
        volgorde=stop.volgorde,
        naam=stop.locatie.adresregel,
        toestand=stop.toestand,
        ploeg=stop.ploeg.naam if stop.ploeg else None,
        checklists=tuple(stop.checklists),
        niet_voor_soort=niet_voor_soort,
        toegangsgrond=stop.toegangsgrond,
        duur_min=stop.duur_min,
        venster=(stop.venster_begin_op, stop.venster_eind_op),
        sleutel=str(stop.uid),
    )


def _organisatie_per_gebruiker(sessie: Session, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
    rijen = sessie.execute(
        select(Lidmaatschap.gebruiker_id, Organisatie.naam)
        .join(Organisatie, Organisatie.id == Lidmaatschap.organisatie_id)
        .where(Lidmaatschap.gemeente_id == actor.gemeente_id, Lidmaatschap.gebruiker_id.in_(ids))
    )
    return {rij.gebruiker_id: rij.naam for rij in rijen}


def _elders(sessie: Session, actor: Actor, actie: Actie, namen: Mapping[int, str]) -> dict[str, str]:
    """Name of a member -> name of another draft in the same hours. One that is ready is no attention but a clash."""
    rijen = sessie.execute(
        select(Ploeglid.gebruiker_id, Actie.naam)
        .join(Ploeg, Ploeg.id == Ploeglid.ploeg_id)
        .join(Actie, Actie.id == Ploeg.actie_id)
        .where(
            Actie.gemeente_id == actor.gemeente_id,
            Actie.id != actie.id,
            Actie.toestand == "concept",
            Actie.begin_op < actie.eind_op,
            Actie.eind_op > actie.begin_op,
            Ploeglid.gebruiker_id.in_(namen),
        )
        .order_by(Actie.begin_op, Actie.id)
    )
    return {namen[gebruiker_id]: naam for gebruiker_id, naam in rijen}
