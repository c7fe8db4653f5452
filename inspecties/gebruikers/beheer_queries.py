"""Selects on the users of the actor's gemeente, and on organisations for their choice."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.core.zoeken import zoekpatroon
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, Sessie, kan_aanmelden
from inspecties.gebruikers.models_factoren import Sessiefactor
from inspecties.gebruikers.rules.factoren import WIJZEN

STANDEN: dict[str, str] = {"actief": "Actief", "geblokkeerd": "Geblokkeerd"}
_SORTERING = {"naam": func.lower(Gebruiker.naam), "email": Gebruiker.email, "rol": Lidmaatschap.rol}


@dataclass(frozen=True)
class Gebruikersfilter:
    """What the list is narrowed to; empty means all."""

    zoek: str = ""
    rol: str = ""
    stand: str = ""
    sorteer: str = "naam"
    richting: str = "op"


def gebruikers_van(actor: Actor, filter_: Gebruikersfilter) -> Select[Lidmaatschap]:
    """The users of the gemeente, sorted by a known column."""
    opdracht = (
        select_voor(actor, Lidmaatschap)
        .join(Lidmaatschap.gebruiker)
        .options(joinedload(Lidmaatschap.gebruiker), joinedload(Lidmaatschap.organisatie))
    )
    if filter_.zoek:
        patroon = zoekpatroon(filter_.zoek)
        opdracht = opdracht.where(
            or_(Gebruiker.naam.ilike(patroon, escape="\\"), Gebruiker.email.ilike(patroon, escape="\\"))
        )
    if filter_.rol:
        opdracht = opdracht.where(Lidmaatschap.rol == filter_.rol)
    if filter_.stand:
        opdracht = opdracht.where(~kan_aanmelden() if filter_.stand == "geblokkeerd" else kan_aanmelden())
    kolom = _SORTERING.get(filter_.sorteer, _SORTERING["naam"])
    return opdracht.order_by(kolom.desc() if filter_.richting == "af" else kolom.asc(), Lidmaatschap.id)


def organisaties_van(sessie: Session, actor: Actor) -> list[Any]:
    """The partner organisations of the gemeente, by name."""
    # Through the relationship: partners comes after gebruikers in the order of features.
    model = Lidmaatschap.organisatie.property.mapper.class_
    return list(sessie.scalars(select_voor(actor, model).order_by(model.naam)))


def laatst_gezien(sessie: Session, actor: Actor, leden: list[Lidmaatschap]) -> dict[int, Any]:
    """Lidmaatschap.id -> the moment at which a session of it was last in use."""
    rijen = sessie.execute(
        select(Sessie.lidmaatschap_id, func.max(Sessie.gezien_op).label("gezien_op"))
        .join(Lidmaatschap)
        .where(Lidmaatschap.gemeente_id == actor.gemeente_id, Sessie.lidmaatschap_id.in_([lid.id for lid in leden]))
        .group_by(Sessie.lidmaatschap_id)
    )
    return {rij.lidmaatschap_id: rij.gezien_op for rij in rijen}


def eigen_lidmaatschap(actor: Actor) -> Select[Lidmaatschap]:
    """The actor's own role, with the account and the organisation."""
    return (
        select_voor(actor, Lidmaatschap)
        .where(Lidmaatschap.gebruiker_id == actor.gebruiker_id)
        .options(joinedload(Lidmaatschap.gebruiker), joinedload(Lidmaatschap.organisatie))
    )


def wijzen_van(sessie: Session, sessie_ids: list[int]) -> dict[int, list[str]]:
    """Sessie.id -> by what each login began, in words."""
    rijen = sessie.execute(
        select(Sessiefactor.sessie_id, Sessiefactor.wijze)
        .where(Sessiefactor.sessie_id.in_(sessie_ids), Sessiefactor.doel == "aanmelden")
        .order_by(Sessiefactor.id)
    )
    uit: dict[int, list[str]] = {}
    for rij in rijen:
        uit.setdefault(rij.sessie_id, []).append(WIJZEN[rij.wijze].lower())
    return uit


def tel_gebruikers(sessie: Session, actor: Actor) -> dict[str, int]:
    """Active users per role, and under 'geblokkeerd' how many are blocked."""
    geblokkeerd = ~kan_aanmelden()
    rijen = sessie.execute(
        select_voor(actor, Lidmaatschap)
        .join(Lidmaatschap.gebruiker)
        .with_only_columns(Lidmaatschap.rol, geblokkeerd, func.count())
        .group_by(Lidmaatschap.rol, geblokkeerd)
    )
    uit = dict.fromkeys([r.value for r in Rol if r is not Rol.SYSTEEM], 0) | {"geblokkeerd": 0}
    for rol, dicht, aantal in rijen:
        uit["geblokkeerd" if dicht else rol] += aantal
    return uit
