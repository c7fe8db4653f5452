"""Who may read police data (art. 6 Wpg): naming people and ending that, by somebody who reads none of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.models_wpg import Wpglezer
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules_wpg import keur_reden
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.rechten import RECHTEN, ROLNAMEN, Rol, rol_mag
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, kan_aanmelden

RECHT = "politiegegevens.lezen"


@dataclass(frozen=True)
class Aangewezen:
    """Somebody who is or was named. ``werkt``: can log in, and is still of a role that may be named."""

    rij: Wpglezer
    naam: str
    rolnaam: str
    werkt: bool


def aangewezen(sessie: Session, actor: Actor) -> list[Aangewezen]:
    """Everybody who is named now, and after them who was."""
    rijen = sessie.execute(
        select_voor(actor, Wpglezer)
        .join(Gebruiker, Gebruiker.id == Wpglezer.gebruiker_id)
        .outerjoin(
            Lidmaatschap,
            (Lidmaatschap.gebruiker_id == Gebruiker.id) & (Lidmaatschap.gemeente_id == Wpglezer.gemeente_id),
        )
        .add_columns(Gebruiker.naam, Gebruiker.geblokkeerd_op, Lidmaatschap.rol)
        .order_by(Wpglezer.tot_op.is_not(None), Gebruiker.naam, Wpglezer.id)
    )
    uit = []
    for rij, naam, geblokkeerd, rol in rijen:
        mag = rol is not None and rol_mag(Rol(rol), RECHT)
        uit.append(Aangewezen(rij, naam, ROLNAMEN[Rol(rol)] if rol else "geen rol meer", mag and geblokkeerd is None))
    return uit


def mogelijke(sessie: Session, actor: Actor) -> list[tuple[str, str]]:
    """Members who can be named: (public id of the membership, name and role)."""
    al = select(Wpglezer.gebruiker_id).where(Wpglezer.gemeente_id == actor.gemeente_id, Wpglezer.tot_op.is_(None))
    rijen = sessie.execute(
        select(Lidmaatschap.uid, Gebruiker.naam, Lidmaatschap.rol)
        .join(Gebruiker, Gebruiker.id == Lidmaatschap.gebruiker_id)
        .where(
            Lidmaatschap.gemeente_id == actor.gemeente_id,
            Lidmaatschap.rol.in_([rol.value for rol in RECHTEN[RECHT].rollen]),
            kan_aanmelden(),
            Gebruiker.id.not_in(al),
        )
        .order_by(Gebruiker.naam, Gebruiker.id)
    )
    return [(str(uid), f"{naam} ({ROLNAMEN[Rol(rol)].lower()})") for uid, naam, rol in rijen]


def wijs_aan(sessie: Session, actor: Actor, nu: datetime, lid: Lidmaatschap, reden: str) -> Wpglezer:
    """Name somebody. Raises OngeldigeInvoer naming the field, Conflict."""
    tekst = keur_reden(reden)
    # Two at once for the same person: the second sees what the first did.
    sessie.refresh(lid, with_for_update={"key_share": True})
    if not rol_mag(Rol(lid.rol), RECHT) or lid.gebruiker.geblokkeerd_op is not None:
        rollen = ", ".join(sorted(ROLNAMEN[r].lower() for r in RECHTEN[RECHT].rollen))
        raise OngeldigeInvoer(f"Alleen iemand met een van deze rollen kan worden aangewezen: {rollen}.", "lid")
    if lid.gebruiker_id == actor.gebruiker_id:
        raise OngeldigeInvoer("U kunt uzelf niet aanwijzen. Vraag een andere beheerder.", "lid")
    lopend = select_voor(actor, Wpglezer).where(Wpglezer.gebruiker_id == lid.gebruiker_id, Wpglezer.tot_op.is_(None))
    if sessie.scalars(lopend).first() is not None:
        raise Conflict("Deze collega is al aangewezen.", "lid")
    rij = Wpglezer(
        gemeente_id=lid.gemeente_id, gebruiker_id=lid.gebruiker_id, reden=tekst, sinds_op=nu, door_id=actor.gebruiker_id
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(
        sessie, actor, nu, "politielezer_aangewezen", "wpglezer", rij.uid, "Artikel 6 Wpg",
        {"gebruiker": str(lid.gebruiker.uid)},
    )  # fmt: skip
    return rij


def beeindig(sessie: Session, actor: Actor, nu: datetime, rij: Wpglezer, reden: str) -> None:
    """From now on this person reads no police data. Raises OngeldigeInvoer, Conflict."""
    tekst = keur_reden(reden)
    sessie.refresh(rij, with_for_update={"key_share": True})
    if rij.tot_op is not None:
        raise Conflict("Deze aanwijzing is al beëindigd.")
    rij.tot_op, rij.tot_door_id, rij.tot_reden = nu, actor.gebruiker_id, tekst
    leg_vast(sessie, actor, nu, "politielezer_beeindigd", "wpglezer", rij.uid, "Artikel 6 Wpg")
