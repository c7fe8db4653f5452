"""Briefings of an action: making a version, what is current for whom, and who read which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspecties.acties.briefing_teksten import teksten
from inspecties.acties.briefingfeiten import lees_feiten
from inspecties.acties.models import Actie, Ploeg, ploegen_van
from inspecties.acties.models_briefing import Briefing, Briefingdeel, Briefinglezing
from inspecties.acties.queries import ploegen_van_actie
from inspecties.acties.rules.briefing import hash_van, maak_deel, publiek, sleutel_van, vergelijk
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.database import select_voor
from inspecties.gebruikers.models import Lidmaatschap

OPEN = frozenset({"concept", "gereed", "in_uitvoering"})


@dataclass(frozen=True)
class Concept:
    """A part as it would be written now."""

    sleutel: str
    naam: str
    ploeg_id: int
    organisatie_id: int | None
    inhoud: dict[str, Any]
    hash: str


def stel_op(sessie: Session, actor: Actor, actie: Actie) -> list[Concept]:
    """Every part of the briefing as the plan stands now."""
    feit, ploegen, organisaties = lees_feiten(sessie, actor, actie)
    uit = []
    for ploeg_id, ploeg in ploegen.items():
        for org in publiek(feit, ploeg):
            inhoud = maak_deel(feit, ploeg, org, teksten())
            org_id = organisaties[org.sleutel] if org else None
            uit.append(Concept(sleutel_van(ploeg, org), inhoud["voor"], ploeg_id, org_id, inhoud, hash_van(inhoud)))
    return uit


def _samen(hashes: Sequence[str]) -> str:
    return hash_van({"delen": sorted(hashes)})


def laatste(sessie: Session, actor: Actor, actie: Actie) -> Briefing | None:
    """The newest version, or None where none was made yet."""
    return sessie.scalars(
        select_voor(actor, Briefing).where(Briefing.actie_id == actie.id).order_by(Briefing.nummer.desc()).limit(1)
    ).one_or_none()


def versies(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Briefing]:
    """All versions with their parts, the newest first. Only for who plans: parts are not narrowed."""
    return sessie.scalars(
        select_voor(actor, Briefing)
        .where(Briefing.actie_id == actie.id)
        .order_by(Briefing.nummer.desc())
        .options(selectinload(Briefing.delen), joinedload(Briefing.gemaakt_door))
    ).all()


def is_actueel(sessie: Session, actor: Actor, actie: Actie, briefing: Briefing) -> bool:
    """Whether this version says what the plan says now."""
    return briefing.hash == _samen([deel.hash for deel in stel_op(sessie, actor, actie)])


def maak_briefing(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> Briefing:
    """Write a new version of all parts. Raises Conflict: the action is over, has no team, or nothing changed."""
    if actie.toestand not in OPEN:
        raise Conflict("Deze actie loopt niet meer. De briefing blijft zoals zij is.", "toestand")
    nieuw = maak_als_anders(sessie, actor, nu, actie)
    if nieuw is None:
        raise Conflict(
            "Er is niets veranderd: de briefing past bij het plan."
            if laatste(sessie, actor, actie)
            else "Er is nog geen ploeg. Maak eerst een ploeg.",
            "briefing",
        )
    return nieuw


def maak_als_anders(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> Briefing | None:
    """A new version where the plan says something else than the last; None where it does not."""
    sessie.flush()
    # Two planners at once: the second waits and finds the first one's version.
    sessie.execute(select(Actie.id).where(Actie.id == actie.id).with_for_update(key_share=True))
    concepten = stel_op(sessie, actor, actie)
    vorige = laatste(sessie, actor, actie)
    hash_ = _samen([c.hash for c in concepten])
    if not concepten or (vorige is not None and vorige.hash == hash_):
        return None
    oud = {d.sleutel: d for d in vorige.delen} if vorige else {}
    nieuw = Briefing(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        nummer=vorige.nummer + 1 if vorige else 1,
        hash=hash_,
        gemaakt_op=nu,
        gemaakt_door_id=actor.gebruiker_id,
        delen=[
            Briefingdeel(
                gemeente_id=actor.gemeente_id,
                actie_id=actie.id,
                ploeg_id=c.ploeg_id,
                organisatie_id=c.organisatie_id,
                sleutel=c.sleutel,
                naam=c.naam,
                inhoud=c.inhoud,
                hash=c.hash,
                wijzigingen=vergelijk(oud[c.sleutel].inhoud if c.sleutel in oud else None, c.inhoud),
            )
            for c in concepten
        ],
    )
    sessie.add(nieuw)
    sessie.flush()
    gegevens = {"versie": nieuw.nummer, "delen": {d.sleutel: d.hash for d in nieuw.delen}}
    leg_vast(sessie, actor, nu, "briefing_gemaakt", "actie", actie.uid, gegevens=gegevens)
    return nieuw


def deel_voor(sessie: Session, actor: Actor, actie: Actie) -> Briefingdeel | None:
    """The newest part that is for this reader, or None: nobody wrote one, the embargo holds, or they are not in."""
    # Also for who plans and goes along: the part of their own team, as one of the gemeente's people.
    eigen = Briefingdeel.organisatie_id.is_not_distinct_from(actor.organisatie_id)
    delen = sessie.scalars(
        select_voor(actor, Briefingdeel)
        .join(Briefing, Briefing.id == Briefingdeel.briefing_id)
        .join(Ploeg, Ploeg.id == Briefingdeel.ploeg_id)
        .where(Briefingdeel.actie_id == actie.id, Briefingdeel.ploeg_id.in_(ploegen_van(actor)), eigen)
        .order_by(Briefing.nummer.desc(), Ploeg.volgorde)
        .options(joinedload(Briefingdeel.briefing))
        .limit(1)
    )
    return delen.one_or_none()


def lezing_van(sessie: Session, actor: Actor, deel: Briefingdeel) -> Briefinglezing | None:
    """When this reader said to have read this part."""
    return sessie.scalars(
        select_voor(actor, Briefinglezing).where(
            Briefinglezing.briefingdeel_id == deel.id, Briefinglezing.gebruiker_id == actor.gebruiker_id
        )
    ).one_or_none()


def eerder_gelezen(sessie: Session, actor: Actor, actie: Actie) -> int | None:
    """The number of the newest version that this reader read, whichever part of it."""
    return sessie.scalar(
        select(func.max(Briefing.nummer))
        .join(Briefingdeel, Briefingdeel.briefing_id == Briefing.id)
        .join(Briefinglezing, Briefinglezing.briefingdeel_id == Briefingdeel.id)
        .where(
            Briefing.actie_id == actie.id,
            Briefing.gemeente_id == actor.gemeente_id,
            Briefinglezing.gebruiker_id == actor.gebruiker_id,
        )
    )


def lees_voor_gezien(sessie: Session, actor: Actor, nu: datetime, deel: Briefingdeel) -> Briefinglezing:
    """Record that the actor read this version; saying it twice changes nothing.

    Raises Conflict where there is a newer version: that is the one to read.
    """
    nieuwste = deel_voor(sessie, actor, deel.actie)
    if nieuwste is None or nieuwste.briefing_id != deel.briefing_id:
        raise Conflict("Er is een nieuwere versie van deze briefing. Lees die eerst.", "briefing")
    staand = lezing_van(sessie, actor, deel)
    if staand is not None:
        return staand
    assert actor.gebruiker_id is not None
    rij = Briefinglezing(gemeente_id=actor.gemeente_id, briefingdeel_id=deel.id, gebruiker_id=actor.gebruiker_id, op=nu)
    sessie.add(rij)
    sessie.flush()
    gegevens = {"versie": deel.briefing.nummer, "hash": deel.hash}
    leg_vast(sessie, actor, nu, "briefing_gelezen", "briefingdeel", deel.uid, gegevens=gegevens)
    return rij


@dataclass(frozen=True)
class Lezer:
    """Someone in a team: which version they read last, and when; ``nummer`` None: none yet."""

    naam: str
    ploeg: str
    gebruiker_id: int
    deel_hash: str
    gelezen_hash: str
    nummer: int | None
    op: datetime | None

    @property
    def bij(self) -> bool:
        """Whether what they read still says the same as what holds for them now."""
        return self.nummer is not None and self.gelezen_hash == self.deel_hash


def lezers_van(sessie: Session, actor: Actor, actie: Actie, briefing: Briefing) -> list[Lezer]:
    """Everybody in a team with what they read; who reads a part that did not change since is up to date."""
    ploegen = ploegen_van_actie(sessie, actor, actie)
    ids = [lid.gebruiker_id for p in ploegen for lid in p.leden]
    opdracht = select(Lidmaatschap.gebruiker_id, Lidmaatschap.organisatie_id).where(
        Lidmaatschap.gemeente_id == actor.gemeente_id, Lidmaatschap.gebruiker_id.in_(ids)
    )
    organisatie = {rij.gebruiker_id: rij.organisatie_id for rij in sessie.execute(opdracht)}
    delen = {(d.ploeg_id, d.organisatie_id): d.hash for d in briefing.delen}
    gelezen: dict[int, tuple[str, int, datetime]] = {}
    for wie, hash_, nummer, op in sessie.execute(
        select(Briefinglezing.gebruiker_id, Briefingdeel.hash, Briefing.nummer, Briefinglezing.op)
        .join(Briefingdeel, Briefingdeel.id == Briefinglezing.briefingdeel_id)
        .join(Briefing, Briefing.id == Briefingdeel.briefing_id)
        .where(Briefing.actie_id == actie.id, Briefing.gemeente_id == actor.gemeente_id)
        .order_by(Briefing.nummer)
    ):
        gelezen[wie] = (hash_, nummer, op)
    return [
        Lezer(
            lid.gebruiker.naam,
            ploeg.naam,
            lid.gebruiker_id,
            delen.get((ploeg.id, organisatie.get(lid.gebruiker_id)), ""),
            *gelezen.get(lid.gebruiker_id, ("", None, None)),
        )
        for ploeg in ploegen
        for lid in ploeg.leden
    ]
