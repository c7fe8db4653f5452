"""Police data (Wpg): what stands apart, read by who is named, and back to supervision with a ground.

The wall itself is ``audit.wpgmuur``. Here it is lifted for somebody who is named, and what they did is written down.
Each kind (a piece of a dossier, a photo or an answer of a visit) brings a ``Soort``; its module sets it apart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.models_vernietigen import Wpggegeven
from inspecties.audit.models_wpg import Wpglezer, Wpgstap, is_aangewezen
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules_wpg import (
    STAPPEN,
    TERUGGRONDEN,
    Wpgstand,
    keur_grond,
    keur_merk,
    keur_reden,
    stand_van,
)
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker


@dataclass(frozen=True)
class Bestand:
    """A file of what stands apart. ``beeld``: a copy for the screen, as a data URI; empty where there is none."""

    sha256: str
    mediatype: str
    beeld: str = ""
    bijschrift: str = ""


@dataclass(frozen=True)
class Inhoud:
    """What it says, for who may read it now."""

    titel: str
    regels: tuple[str, ...] = ()
    teksten: tuple[str, ...] = ()
    bestanden: tuple[Bestand, ...] = ()


@dataclass(frozen=True)
class Vondst:
    """One thing that stands apart: its mark, the row that it is about, and where it came from, in words."""

    merk: Wpggegeven
    rij: Any
    plek: str


@dataclass(frozen=True)
class Soort:
    """A kind of police data.

    ``zoek(session, actor, uid)``: what the actor may open, one or all; behind the wall. ``lees``: what it says.
    ``bestanden``: how many files it has. ``na_terug``: what has to be done when it is back, in front of the wall.
    """

    code: str
    wat: str
    terug: str
    zoek: Callable[[Session, Actor, UUID | None], Sequence[Vondst]]
    lees: Callable[[Session, Actor, Opslag, Any], Inhoud]
    bestanden: Callable[[Session, Actor, Any], Sequence[tuple[str, str]]]
    na_terug: Callable[[Session, Actor, datetime, Any], None] = lambda _sessie, _actor, _nu, _rij: None


@dataclass(frozen=True)
class Politiegegeven:
    """What stands apart, with its mark and how far it is in its life. ``bestanden``: (SHA-256, media type) of each."""

    soort: Soort
    merk: Wpggegeven
    rij: Any
    plek: str
    stand: Wpgstand
    bestanden: tuple[tuple[str, str], ...]

    @property
    def uid(self) -> UUID:
        return self.merk.object_uid


@dataclass(frozen=True)
class Stap:
    """One line of what happened to it."""

    op: datetime
    wat: str
    wie: str
    grond: str
    reden: str


@dataclass(frozen=True)
class Herkomst:
    """From whom it came, by which article, since when, and why it is police data."""

    ontvangen_van: str
    artikel: str
    ontvangen_op: date | None
    reden: str


def is_lezer(sessie: Session, actor: Actor) -> bool:
    """Whether the actor is named now."""
    return bool(sessie.scalar(select(is_aangewezen(actor))))


def gegevens(
    sessie: Session, actor: Actor, vandaag: date, soorten: Sequence[Soort], uid: UUID | None = None
) -> list[Politiegegeven]:
    """What the actor may open, what goes first in front; nothing for who is not named."""
    maanden = maanden_op(vandaag)
    uit = []
    with achter_de_muur(sessie):
        for soort in soorten:
            for v in soort.zoek(sessie, actor, uid) if is_lezer(sessie, actor) else ():
                stand = stand_van(v.merk.ontvangen_op, vandaag, maanden)
                bestanden = tuple(soort.bestanden(sessie, actor, v.rij))
                uit.append(Politiegegeven(soort, v.merk, v.rij, v.plek, stand, bestanden))
    return sorted(uit, key=lambda p: (p.merk.ontvangen_op, p.merk.id))


def haal_gegeven(sessie: Session, actor: Actor, vandaag: date, soorten: Sequence[Soort], uid: UUID) -> Politiegegeven:
    """Raises NietGevonden, also for who is not named."""
    gevonden = gegevens(sessie, actor, vandaag, soorten, uid)
    if not gevonden:
        raise NietGevonden("Dit politiegegeven bestaat niet, of u mag het niet zien.")
    return gevonden[0]


def lees_inhoud(sessie: Session, actor: Actor, opslag: Opslag, p: Politiegegeven) -> Inhoud:
    """What it says. The caller wrote down that it is read (``lees``)."""
    with achter_de_muur(sessie):
        return p.soort.lees(sessie, actor, opslag, p.rij)


def keur_apart(sessie: Session, actor: Actor, nu: datetime, herkomst: Herkomst) -> Herkomst:
    """As it is kept. Raises OngeldigeInvoer naming the field, Conflict where nobody is there to read it."""
    van, welk, dag = keur_merk(herkomst.ontvangen_van, herkomst.artikel, herkomst.ontvangen_op, lokale_datum(nu))
    reden = keur_reden(herkomst.reden)
    lezers = select(Wpglezer.id).where(Wpglezer.gemeente_id == actor.gemeente_id, Wpglezer.tot_op.is_(None))
    if sessie.scalars(lezers).first() is None:
        raise Conflict("Er is nog niemand aangewezen om politiegegevens te lezen. Vraag dat eerst aan de beheerder.")
    return Herkomst(van, welk, dag, reden)


def merk_apart(sessie: Session, actor: Actor, nu: datetime, soort: str, uid: UUID, herkomst: Herkomst) -> Wpggegeven:
    """From now on only who is named reads this. ``herkomst`` was judged (``keur_apart``); so was what rests on it."""
    merk = Wpggegeven(
        gemeente_id=actor.gemeente_id,
        object_soort=soort,
        object_uid=uid,
        ontvangen_van=herkomst.ontvangen_van,
        artikel=herkomst.artikel,
        ontvangen_op=herkomst.ontvangen_op,
        vastgelegd_op=nu,
        vastgelegd_door_id=actor.gebruiker_id,
    )
    sessie.add(merk)
    _noteer(sessie, actor, nu, merk, "apart", herkomst.artikel, herkomst.reden)
    leg_vast(sessie, actor, nu, "politiegegeven_apart_gezet", soort, uid, herkomst.artikel)
    return merk


def lees(sessie: Session, actor: Actor, nu: datetime, p: Politiegegeven, grond: str, reden: str, stap: str) -> None:
    """Write down that the actor reads it now, and why. ``stap``: gelezen or opgehaald. Raises OngeldigeInvoer."""
    grond = keur_grond(grond, p.stand.gronden)
    tekst = keur_reden(reden)
    _noteer(sessie, actor, nu, p.merk, stap, grond, tekst)
    handeling = "politiegegeven_gelezen" if stap == "gelezen" else "politiegegeven_opgehaald"
    leg_vast(
        sessie, actor, nu, handeling, p.soort.code, p.uid, p.merk.artikel,
        {"grond": grond, "na_een_jaar": p.stand.beperkt},
    )  # fmt: skip


def zet_terug(sessie: Session, actor: Actor, nu: datetime, p: Politiegegeven, grond: str, reden: str) -> None:
    """Back to supervision: everybody who might read it sees it again. Raises OngeldigeInvoer, Conflict."""
    grond = keur_grond(grond, TERUGGRONDEN)
    tekst = keur_reden(reden)
    if p.stand.voorbij:
        raise Conflict("De termijn van dit politiegegeven is voorbij. Het wordt vernietigd en kan niet meer terug.")
    _noteer(sessie, actor, nu, p.merk, "terug", grond, tekst)
    sessie.delete(p.merk)
    leg_vast(
        sessie, actor, nu, "politiegegeven_teruggezet", p.soort.code, p.uid, p.merk.artikel, {"grond": grond}
    )  # fmt: skip
    sessie.flush()
    p.soort.na_terug(sessie, actor, nu, p.rij)


def _noteer(sessie: Session, actor: Actor, nu: datetime, merk: Wpggegeven, soort: str, grond: str, reden: str) -> None:
    sessie.add(
        Wpgstap(
            gemeente_id=merk.gemeente_id,
            object_soort=merk.object_soort,
            object_uid=merk.object_uid,
            soort=soort,
            grond=grond,
            reden=reden,
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
    sessie.flush()


def stappen(sessie: Session, actor: Actor, p: Politiegegeven) -> list[Stap]:
    """Who set it apart and who read it, newest first."""
    rijen = sessie.execute(
        select_voor(actor, Wpgstap)
        .where(Wpgstap.object_soort == p.soort.code, Wpgstap.object_uid == p.uid)
        .outerjoin(Gebruiker, Gebruiker.id == Wpgstap.door_id)
        .add_columns(Gebruiker.naam)
        .order_by(Wpgstap.id.desc())
    )
    return [Stap(r.op, STAPPEN[r.soort], naam or "Het systeem", r.grond, r.reden) for r, naam in rijen]
