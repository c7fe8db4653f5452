"""Devices as the beheerder and their users see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspecties.controles.models import Bewijsstuk, Operatie, Toestelgat
from inspecties.controles.models_kwijt import Kwijtmelding, Kwijtstapzet
from inspecties.controles.papier_models import Papierinvoer
from inspecties.core.actor import Actor
from inspecties.core.zoeken import zoekpatroon
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker, Toestel

PER_BLADZIJDE = 50
# Tablets hold what was received for so long (veld/opslag/opschonen.js).
BEWAARDAGEN = 14


@dataclass(frozen=True)
class Toestelrij:
    """A device, its user's name, and how it stands. ``gaten``: answers that it made and that never arrived."""

    toestel: Toestel
    naam: str
    gaten: int
    melding: Kwijtmelding | None


@dataclass(frozen=True)
class Ontvangen:
    """What came from a device: how much, how many visits, and when last."""

    antwoorden: int
    bezoeken: int
    fotos: int
    laatst: datetime | None


def _echte(actor: Actor) -> Select[Toestel]:
    """Without paper forms, which are a device of their own but cannot be lost."""
    return select_voor(actor, Toestel).where(
        Toestel.toestel_id.not_in(select(Papierinvoer.uid).where(Papierinvoer.gemeente_id == actor.gemeente_id))
    )


def _gevraagd(actor: Actor, zoek: str) -> Select[Toestel]:
    vraag = _echte(actor).join(Gebruiker, Gebruiker.id == Toestel.gebruiker_id)
    if zoek:
        vraag = vraag.where(Gebruiker.naam.ilike(zoekpatroon(zoek), escape="\\"))
    return vraag


def tel_toestellen(sessie: Session, actor: Actor, zoek: str = "") -> int:
    """How many devices there are with this in their user's name."""
    return sessie.scalar(_gevraagd(actor, zoek).with_only_columns(func.count(Toestel.id))) or 0


def toestellen_van(sessie: Session, actor: Actor, zoek: str = "", bladzijde: int = 1) -> list[Toestelrij]:
    """One page of the gemeente's devices: lost ones first, then those last seen."""
    vraag = (
        _gevraagd(actor, zoek)
        .order_by(Toestel.ingetrokken_op.is_(None), Toestel.gezien_op.desc(), Toestel.id)
        .offset((bladzijde - 1) * PER_BLADZIJDE)
        .limit(PER_BLADZIJDE)
    )
    return als_rijen(sessie, actor, sessie.scalars(vraag).all())


def eigen_toestellen(sessie: Session, actor: Actor) -> list[Toestelrij]:
    """The actor's own devices, last used first."""
    return toestellen_van_gebruiker(sessie, actor, actor.gebruiker_id or 0)


def toestellen_van_gebruiker(sessie: Session, actor: Actor, gebruiker_id: int) -> list[Toestelrij]:
    """The devices of one user of the gemeente, last used first, for who looks at that user."""
    vraag = _echte(actor).where(Toestel.gebruiker_id == gebruiker_id)
    return als_rijen(sessie, actor, sessie.scalars(vraag.order_by(Toestel.gezien_op.desc(), Toestel.id)).all())


def als_rijen(sessie: Session, actor: Actor, toestellen: Sequence[Toestel]) -> list[Toestelrij]:
    """With names, gaps and reports. Three queries, however many devices."""
    gaten = {
        (rij.toestel_id, rij.gebruiker_id): int(rij.aantal)
        for rij in sessie.execute(
            select_voor(actor, Toestelgat)
            .where(Toestelgat.toestel_id.in_([t.toestel_id for t in toestellen]))
            .where(Toestelgat.gevuld_op.is_(None), Toestelgat.beoordeeld_op.is_(None))
            .with_only_columns(
                Toestelgat.toestel_id,
                Toestelgat.gebruiker_id,
                func.sum(Toestelgat.tot_seq - Toestelgat.van_seq + 1).label("aantal"),
            )
            .group_by(Toestelgat.toestel_id, Toestelgat.gebruiker_id)
        )
    }
    meldingen = {
        melding.toestel_id: melding
        for melding in sessie.scalars(
            select_voor(actor, Kwijtmelding)
            .where(Kwijtmelding.toestel_id.in_([t.id for t in toestellen]), Kwijtmelding.terug_op.is_(None))
            .options(
                joinedload(Kwijtmelding.gemeld_door),
                selectinload(Kwijtmelding.stappen).joinedload(Kwijtstapzet.gezet_door),
            )
        )
    }
    wie = select(Gebruiker.id, Gebruiker.naam).where(Gebruiker.id.in_({t.gebruiker_id for t in toestellen}))
    namen = {rij.id: rij.naam for rij in sessie.execute(wie)}
    return [
        Toestelrij(
            toestel,
            namen[toestel.gebruiker_id],
            gaten.get((toestel.toestel_id, toestel.gebruiker_id), 0),
            meldingen.get(toestel.id),
        )
        for toestel in toestellen
    ]


def eerdere_meldingen(sessie: Session, actor: Actor, toestel: Toestel) -> list[Kwijtmelding]:
    """Reports that were taken back, latest first."""
    return list(
        sessie.scalars(
            select_voor(actor, Kwijtmelding)
            .where(Kwijtmelding.toestel_id == toestel.id, Kwijtmelding.terug_op.is_not(None))
            .options(joinedload(Kwijtmelding.gemeld_door), joinedload(Kwijtmelding.terug_door))
            .order_by(Kwijtmelding.gemeld_op.desc())
        )
    )


def ontvangen_van(sessie: Session, actor: Actor, toestel: Toestel) -> Ontvangen:
    """What the server has from a device; numbers only, because a beheerder reads no visits."""
    eigen = (Operatie.toestel_id == toestel.toestel_id) & (Operatie.auteur_id == toestel.gebruiker_id)
    antwoorden, bezoeken, laatst = sessie.execute(
        select(
            func.count(Operatie.id), func.count(Operatie.bezoek_id.distinct()), func.max(Operatie.ontvangen_op)
        ).where(Operatie.gemeente_id == actor.gemeente_id, eigen)
    ).one()
    bij = select(Operatie.bezoek_id).where(Operatie.gemeente_id == actor.gemeente_id, eigen)
    fotos = sessie.scalar(
        select(func.count(Bewijsstuk.id)).where(
            Bewijsstuk.gemeente_id == actor.gemeente_id,
            Bewijsstuk.auteur_id == toestel.gebruiker_id,
            Bewijsstuk.bezoek_id.in_(bij),
        )
    )
    return Ontvangen(antwoorden, bezoeken, fotos or 0, laatst)
