"""Who may read a Bibob dossier (Wet Bibob art. 28): naming people, taking them off, and who read what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit import zinnen
from inspecties.audit.models import Auditregel
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.rechten import ROLNAMEN, Rol
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier, Dossierlezer
from inspecties.dossiers.models_bibob import Bibobtoegang
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.werk import leg_dossier_vast, vergrendel, zet_stap
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, kan_aanmelden

LEZENDE_ROLLEN = (Rol.JURIST, Rol.KABINET)
HOEVEEL_LEZINGEN = 50


@dataclass(frozen=True)
class Lezer:
    """Somebody who may read the dossier. ``werkt``: not blocked, and still of a role that reads dossiers."""

    uid: str
    naam: str
    rol: Rol | None
    werkt: bool

    @property
    def rolnaam(self) -> str:
        return ROLNAMEN[self.rol] if self.rol else "geen rol meer"


def _rollen(sessie: Session, actor: Actor) -> Mapping[int, Rol]:
    rijen = sessie.execute(
        select(Lidmaatschap.gebruiker_id, Lidmaatschap.rol).where(Lidmaatschap.gemeente_id == actor.gemeente_id)
    )
    return {rij.gebruiker_id: Rol(rij.rol) for rij in rijen}


def lezers_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Lezer]:
    """Who is named, by name."""
    rollen = _rollen(sessie, actor)
    mensen = sessie.scalars(
        select(Gebruiker)
        .join(Dossierlezer, Dossierlezer.gebruiker_id == Gebruiker.id)
        .where(Dossierlezer.dossier_id == dossier.id)
        .order_by(Gebruiker.naam, Gebruiker.id)
    )
    return [
        Lezer(str(g.uid), g.naam, rollen.get(g.id), g.geblokkeerd_op is None and rollen.get(g.id) in LEZENDE_ROLLEN)
        for g in mensen
    ]


def mogelijke_lezers(sessie: Session, actor: Actor, dossier: Dossier) -> list[tuple[str, str]]:
    """Jurists and members of the cabinet who are not named yet: (uid, name and role)."""
    rijen = sessie.execute(
        select(Gebruiker.uid, Gebruiker.naam, Lidmaatschap.rol)
        .join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
        .where(
            Lidmaatschap.gemeente_id == actor.gemeente_id,
            Lidmaatschap.rol.in_([rol.value for rol in LEZENDE_ROLLEN]),
            kan_aanmelden(),
            Gebruiker.id.not_in(select(Dossierlezer.gebruiker_id).where(Dossierlezer.dossier_id == dossier.id)),
        )
        .order_by(Gebruiker.naam)
    )
    return [(str(rij.uid), f"{rij.naam} ({ROLNAMEN[Rol(rij.rol)].lower()})") for rij in rijen]


def _eis_bibob(dossier: Dossier) -> None:
    if dossier.soort != "bibob":
        raise Conflict("Alleen een Bibob-dossier heeft een lijst van mensen die het mogen lezen.")


def geef_toegang(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, gebruiker: Gebruiker, reden: str
) -> None:
    """Name a jurist or a member of the cabinet who may read this dossier. Raises OngeldigeInvoer, Conflict.

    Also while the cabinet decides: who lets somebody in works on the list, not on the content.
    """
    _eis_bibob(dossier)
    schoon = schrijf_reden(reden, "Schrijf op waarom deze collega het dossier moet kunnen lezen.")
    vergrendel(sessie, actor, dossier)
    if _rollen(sessie, actor).get(gebruiker.id) not in LEZENDE_ROLLEN or gebruiker.geblokkeerd_op is not None:
        raise OngeldigeInvoer("Alleen een jurist of iemand van het kabinet kan dit dossier lezen.", "gebruiker")
    if _rij(sessie, actor, dossier, gebruiker) is not None:
        raise Conflict(f"{gebruiker.naam} kan dit dossier al lezen.", "gebruiker")
    sessie.add(Dossierlezer(gemeente_id=dossier.gemeente_id, dossier_id=dossier.id, gebruiker_id=gebruiker.id))
    _noteer(sessie, actor, nu, dossier, gebruiker, "gegeven", schoon)


def neem_toegang(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, gebruiker: Gebruiker, reden: str
) -> None:
    """Take a person off the list; at least one jurist who can work stays. Raises OngeldigeInvoer, Conflict."""
    _eis_bibob(dossier)
    schoon = schrijf_reden(reden, "Schrijf op waarom deze collega het dossier niet meer hoeft te lezen.")
    vergrendel(sessie, actor, dossier)
    rij = _rij(sessie, actor, dossier, gebruiker)
    if rij is None:
        raise NietGevonden("Deze collega staat niet op de lijst van dit dossier.")
    uid = str(gebruiker.uid)
    if not any(x.rol is Rol.JURIST and x.werkt and x.uid != uid for x in lezers_van(sessie, actor, dossier)):
        raise Conflict("Er moet minstens een jurist overblijven. Geef eerst een andere jurist toegang.", "gebruiker")
    bewaakt = select_voor(actor, Looptermijn).where(
        Looptermijn.dossier_id == dossier.id,
        Looptermijn.eigenaar_id == gebruiker.id,
        Looptermijn.stand.in_(LOPEND),
    )
    if sessie.scalars(bewaakt).first() is not None:
        raise Conflict(f"{gebruiker.naam} bewaakt nog een termijn. Draag die eerst over.", "gebruiker")
    sessie.delete(rij)
    _noteer(sessie, actor, nu, dossier, gebruiker, "ingetrokken", schoon)


def _rij(sessie: Session, actor: Actor, dossier: Dossier, gebruiker: Gebruiker) -> Dossierlezer | None:
    return sessie.scalars(
        select_voor(actor, Dossierlezer).where(
            Dossierlezer.dossier_id == dossier.id, Dossierlezer.gebruiker_id == gebruiker.id
        )
    ).one_or_none()


def _noteer(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, wie: Gebruiker, soort: str, reden: str
) -> None:
    sessie.add(
        Bibobtoegang(
            gemeente_id=dossier.gemeente_id,
            dossier_id=dossier.id,
            gebruiker_id=wie.id,
            soort=soort,
            reden=reden,
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
    sessie.flush()
    sessie.expire(dossier, ["lezers"])
    tekst = (
        "Iemand mag dit dossier voortaan ook lezen." if soort == "gegeven" else "Iemand leest dit dossier niet meer."
    )
    zet_stap(sessie, actor, nu, dossier, "lezer", tekst)
    leg_dossier_vast(sessie, actor, nu, dossier, f"dossier_leesrecht_{soort}", gebruiker=str(wie.uid))


def toegang_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Bibobtoegang]:
    """Who was let in or shut out, newest first."""
    return list(
        sessie.scalars(
            select_voor(actor, Bibobtoegang)
            .where(Bibobtoegang.dossier_id == dossier.id)
            .order_by(Bibobtoegang.id.desc())
            .options(joinedload(Bibobtoegang.gebruiker), joinedload(Bibobtoegang.door))
        )
    )


@dataclass(frozen=True)
class Lezing:
    """Somebody did something with the dossier, as the audit log has it."""

    op: datetime
    naam: str
    handeling: str

    @property
    def wat(self) -> str:
        """The act in words."""
        return zinnen.handeling(self.handeling).lower()


def lezingen_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Lezing]:
    """Who opened or changed the dossier, newest first: the named people can see who else looked."""
    regels = sessie.scalars(
        select(Auditregel)
        .where(
            Auditregel.gemeente_id == actor.gemeente_id,
            Auditregel.object_soort == "dossier",
            Auditregel.object_uid == str(dossier.uid),
        )
        .order_by(Auditregel.id.desc())
        .limit(HOEVEEL_LEZINGEN)
    ).all()
    ids = {regel.gebruiker_id for regel in regels if regel.gebruiker_id is not None}
    namen = {g.id: g.naam for g in sessie.scalars(select(Gebruiker).where(Gebruiker.id.in_(ids)))}
    return [Lezing(r.moment, namen.get(r.gebruiker_id or 0, "Het systeem"), r.handeling) for r in regels]
