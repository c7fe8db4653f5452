"""What a role, or a user, has: rights, pages and numbers. Never content, and nobody acts in another's name.

Here and not with the users, because it counts in features that come after them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.core.actor import Actor
from inspecties.core.rechten import RECHTEN, Recht, Rol, rol_mag
from inspecties.database import haal, select_voor
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bibob import Bibobtoegang
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.web.poort import toegang_van
from inspecties.web.sjablonen import NAVIGATIE


@dataclass
class Onderdeel:
    """The rights on one kind of object, and at which addresses they open something."""

    naam: str
    wel: list[Recht] = field(default_factory=list)
    niet: list[Recht] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    dicht: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Aantal:
    """How many of something are within somebody's reach."""

    naam: str
    aantal: int


def adressen_per_recht(app: Flask) -> dict[str, list[str]]:
    """right -> the addresses that ask it, as they stand in the application: 'GET /dossiers/…'."""
    uit: dict[str, set[str]] = {}
    for regel in app.url_map.iter_rules():
        toegang = toegang_van(app, regel.endpoint)
        if toegang is not None and toegang.recht is not None:
            methoden = sorted((regel.methods or set()) - {"HEAD", "OPTIONS"})
            delen = ["…" if deel.startswith("<") else deel for deel in regel.rule.split("/")]
            uit.setdefault(toegang.recht, set()).update(f"{m} {'/'.join(delen)}" for m in methoden)
    return {recht: sorted(adressen) for recht, adressen in uit.items()}


def onderdelen_voor(app: Flask, rol: Rol) -> list[Onderdeel]:
    """The whole table of rights as this role has it."""
    adressen, uit = adressen_per_recht(app), dict[str, Onderdeel]()
    for recht in RECHTEN.values():
        deel = uit.setdefault(recht.object, Onderdeel(recht.object.capitalize()))
        mag = rol_mag(rol, recht.code)
        (deel.wel if mag else deel.niet).append(recht)
        (deel.open if mag else deel.dicht).extend(adressen.get(recht.code, []))
    return sorted(uit.values(), key=lambda d: d.naam)


def menu_voor(app: Flask, rol: Rol) -> list[str]:
    """The names in the menu of this role, in order."""
    return [naam for endpoint, naam, recht in NAVIGATIE if endpoint in app.view_functions and rol_mag(rol, recht)]


def lees_lid(sessie: Session, actor: Actor, uid: UUID) -> Lidmaatschap:
    """A user of the own gemeente. Raises NietGevonden."""
    return haal(sessie, actor, Lidmaatschap, uid, "Deze gebruiker")


def aantallen_van(sessie: Session, nu: datetime, lid: Lidmaatschap) -> list[Aantal]:
    """How much is within this user's reach at this moment: counted as for them, and nothing else read."""
    wie = Actor(
        gemeente_id=lid.gemeente_id,
        rol=Rol(lid.rol),
        gebruiker_id=lid.gebruiker_id,
        organisatie_id=lid.organisatie_id,
        moment=nu,
    )
    uit = []
    for naam, recht, model in (("Acties", "acties.lezen", Actie), ("Dossiers", "dossiers.lezen", Dossier)):
        if rol_mag(wie.rol, recht):
            vraag = select(func.count()).select_from(select_voor(wie, model).subquery())
            uit.append(Aantal(naam, sessie.scalar(vraag) or 0))
    toegang = select(func.count()).select_from(
        select(Bibobtoegang.id)
        .where(Bibobtoegang.gemeente_id == lid.gemeente_id, Bibobtoegang.gebruiker_id == lid.gebruiker_id)
        .subquery()
    )
    uit.append(Aantal("Keren genoemd in een Bibob-dossier", sessie.scalar(toegang) or 0))
    return uit
