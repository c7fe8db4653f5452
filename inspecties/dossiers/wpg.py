"""Police data (Wpg): a piece of a dossier set apart, read by who is named, and back to supervision with a ground.

The wall itself is ``audit.wpgmuur``. Here it is lifted for somebody who is named, and what they did is written down.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, contains_eager

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
from inspecties.database import select_voor
from inspecties.dossiers.bewijsstukken import waar_rust_op
from inspecties.dossiers.models import Dossier, Dossierlezer, Stuk
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.dossiers.models_volledig import Volledigdossier
from inspecties.dossiers.werk import vergrendel
from inspecties.gebruikers.models import Gebruiker

OBJECT = "bronstuk"


@dataclass(frozen=True)
class Politiestuk:
    """A piece that stands apart, with its mark and how far it is in its life."""

    stuk: Bronstuk
    merk: Wpggegeven
    stand: Wpgstand

    @property
    def plek(self) -> str:
        """Which piece of which dossier; of a Bibob dossier not even the number."""
        dossier = self.stuk.dossier
        return f"{self.stuk.merk}, {'besloten dossier' if dossier.soort == 'bibob' else f'dossier {dossier.nummer}'}"


@dataclass(frozen=True)
class Stap:
    """One line of what happened to a piece."""

    op: datetime
    wat: str
    wie: str
    grond: str
    reden: str


def _van_wie(actor: Actor) -> ColumnElement[bool]:
    """Named people read what stands apart in the whole gemeente; of Bibob only who may read that dossier too."""
    mee = Dossier.lezers.any(Dossierlezer.gebruiker_id == actor.gebruiker_id)
    return Bronstuk.dossier.has(or_(Dossier.soort != "bibob", mee))


def is_lezer(sessie: Session, actor: Actor) -> bool:
    """Whether the actor is named now."""
    return bool(sessie.scalar(select(is_aangewezen(actor))))


def stukken(sessie: Session, actor: Actor, vandaag: date, uid: UUID | None = None) -> list[Politiestuk]:
    """What the actor may open, the one that goes first in front; nothing for who is not named."""
    maanden = maanden_op(vandaag)
    opdracht = (
        select(Bronstuk, Wpggegeven)
        .join(Wpggegeven, (Wpggegeven.object_uid == Bronstuk.uid) & (Wpggegeven.object_soort == OBJECT))
        .join(Bronstuk.dossier)
        .where(
            Bronstuk.gemeente_id == actor.gemeente_id,
            Wpggegeven.gemeente_id == actor.gemeente_id,
            Wpggegeven.bereik(actor),
            _van_wie(actor),
        )
        .order_by(Wpggegeven.ontvangen_op, Wpggegeven.id)
        .options(contains_eager(Bronstuk.dossier))
    )
    if uid is not None:
        opdracht = opdracht.where(Bronstuk.uid == uid)
    with achter_de_muur(sessie):
        rijen = sessie.execute(opdracht).all()
    return [Politiestuk(stuk, merk, stand_van(merk.ontvangen_op, vandaag, maanden)) for stuk, merk in rijen]


def haal_stuk(sessie: Session, actor: Actor, vandaag: date, uid: UUID) -> Politiestuk:
    """Raises NietGevonden, also for who is not named."""
    gevonden = stukken(sessie, actor, vandaag, uid)
    if not gevonden:
        raise NietGevonden("Dit politiegegeven bestaat niet, of u mag het niet zien.")
    return gevonden[0]


def _waar_het_al_staat(sessie: Session, dossier: Dossier, rij: Bronstuk) -> str:
    """The first document that holds this piece and never changes any more; empty where there is none."""
    uid = str(rij.uid)
    for stuk in sessie.scalars(select(Stuk).where(Stuk.dossier_id == dossier.id).order_by(Stuk.id)):
        if uid in (stuk.momentopname or {}).get("stukken", {}):
            return f"het stuk '{stuk.titel}'"
    for weg in sessie.scalars(select(Verstrekking).where(Verstrekking.dossier_id == dossier.id)):
        if any(b.get("uid") == uid for b in weg.bijlagen) or f"stuk:{uid}" in {f.get("code") for f in weg.feiten}:
            return f"wat is doorgezet aan {weg.organisatie}"
    vol = select(Volledigdossier.id).where(
        Volledigdossier.dossier_id == dossier.id,
        Volledigdossier.stand.in_(("bezig", "klaar")),
        Volledigdossier.begonnen_op >= rij.ontvangen_op,
    )
    return "een volledig dossier" if sessie.scalars(vol).first() is not None else ""


def zet_apart(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    rij: Bronstuk,
    ontvangen_van: str,
    artikel: str,
    ontvangen_op: date | None,
    reden: str,
) -> Wpggegeven:
    """From now on only who is named reads this piece; it is in no list, document or file any more.

    Raises OngeldigeInvoer naming the field, Conflict where something still rests on it or already holds it: a wall
    with a copy on the other side is none.
    """
    van, welk, dag = keur_merk(ontvangen_van, artikel, ontvangen_op, lokale_datum(nu))
    tekst = keur_reden(reden)
    dossier = rij.dossier
    vergrendel(sessie, actor, dossier)
    lezers = select(Wpglezer.id).where(Wpglezer.gemeente_id == actor.gemeente_id, Wpglezer.tot_op.is_(None))
    if sessie.scalars(lezers).first() is None:
        raise Conflict("Er is nog niemand aangewezen om politiegegevens te lezen. Vraag dat eerst aan de beheerder.")
    rust = waar_rust_op(sessie, actor, rij)
    if rust:
        raise Conflict(f"Dit stuk wordt nog gebruikt: {rust}. Haal het daar eerst weg.")
    staat = _waar_het_al_staat(sessie, dossier, rij)
    if staat:
        raise Conflict(
            f"Dit stuk staat al in {staat}. Dat verandert niet meer, dus apart zetten helpt hier niet. "
            "Bel de functionaris gegevensbescherming."
        )
    merk = Wpggegeven(
        gemeente_id=rij.gemeente_id,
        object_soort=OBJECT,
        object_uid=rij.uid,
        ontvangen_van=van,
        artikel=welk,
        ontvangen_op=dag,
        vastgelegd_op=nu,
        vastgelegd_door_id=actor.gebruiker_id,
    )
    sessie.add(merk)
    _noteer(sessie, actor, nu, rij, "apart", welk, tekst)
    leg_vast(sessie, actor, nu, "politiegegeven_apart_gezet", OBJECT, rij.uid, welk)
    return merk


def lees(sessie: Session, actor: Actor, nu: datetime, p: Politiestuk, grond: str, reden: str, stap: str) -> None:
    """Write down that the actor reads it now, and why. ``stap``: gelezen or opgehaald. Raises OngeldigeInvoer."""
    grond = keur_grond(grond, p.stand.gronden)
    tekst = keur_reden(reden)
    _noteer(sessie, actor, nu, p.stuk, stap, grond, tekst)
    handeling = "politiegegeven_gelezen" if stap == "gelezen" else "politiegegeven_opgehaald"
    leg_vast(
        sessie, actor, nu, handeling, OBJECT, p.stuk.uid, p.merk.artikel,
        {"grond": grond, "na_een_jaar": p.stand.beperkt},
    )  # fmt: skip


def zet_terug(sessie: Session, actor: Actor, nu: datetime, p: Politiestuk, grond: str, reden: str) -> None:
    """Back to supervision: everybody who may read the dossier sees it again. Raises OngeldigeInvoer, Conflict."""
    grond = keur_grond(grond, TERUGGRONDEN)
    tekst = keur_reden(reden)
    if p.stand.voorbij:
        raise Conflict("De termijn van dit politiegegeven is voorbij. Het wordt vernietigd en kan niet meer terug.")
    _noteer(sessie, actor, nu, p.stuk, "terug", grond, tekst)
    sessie.delete(p.merk)
    leg_vast(sessie, actor, nu, "politiegegeven_teruggezet", OBJECT, p.stuk.uid, p.merk.artikel, {"grond": grond})


def _noteer(sessie: Session, actor: Actor, nu: datetime, rij: Bronstuk, soort: str, grond: str, reden: str) -> None:
    sessie.add(
        Wpgstap(
            gemeente_id=rij.gemeente_id,
            object_soort=OBJECT,
            object_uid=rij.uid,
            soort=soort,
            grond=grond,
            reden=reden,
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
    sessie.flush()


def stappen(sessie: Session, actor: Actor, p: Politiestuk) -> list[Stap]:
    """Who set it apart and who read it, newest first."""
    rijen = sessie.execute(
        select_voor(actor, Wpgstap)
        .where(Wpgstap.object_soort == OBJECT, Wpgstap.object_uid == p.stuk.uid)
        .outerjoin(Gebruiker, Gebruiker.id == Wpgstap.door_id)
        .add_columns(Gebruiker.naam)
        .order_by(Wpgstap.id.desc())
    )
    return [Stap(r.op, STAPPEN[r.soort], naam or "Het systeem", r.grond, r.reden) for r, naam in rijen]
