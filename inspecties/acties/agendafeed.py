"""A user's actions as a calendar to subscribe to: kind, shift and gemeente, and no address of any place."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Ploeg, ploegen_van
from inspecties.acties.models_uitnodiging import Agendafeed
from inspecties.acties.rules.toestanden import SOORTEN
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol, rol_mag
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gemeente, Lidmaatschap
from inspecties.locaties.cli_opdracht import Uitvoeropdracht
from inspecties.post.rules.afspraak import Afspraak
from inspecties.post.rules.ics import schrijf_agenda

TERUG = timedelta(days=60)
TERUG_BESTAND = timedelta(days=400)


def _sha(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def feed_van(sessie: Session, actor: Actor) -> Agendafeed | None:
    """The actor's own secret address, if there is one."""
    return sessie.scalars(
        select_voor(actor, Agendafeed)
        .join(Agendafeed.lidmaatschap)
        .where(Lidmaatschap.gebruiker_id == actor.gebruiker_id)
    ).one_or_none()


def maak_feed(sessie: Session, actor: Actor, nu: datetime) -> str:
    """A new secret address; an earlier one stops working. The token is given once: only its hash is kept."""
    token = secrets.token_urlsafe(32)
    rij = feed_van(sessie, actor)
    if rij is None:
        lid_id = sessie.scalars(
            select(Lidmaatschap.id).where(
                Lidmaatschap.gemeente_id == actor.gemeente_id, Lidmaatschap.gebruiker_id == actor.gebruiker_id
            )
        ).one()
        rij = Agendafeed(gemeente_id=actor.gemeente_id, lidmaatschap_id=lid_id)
        sessie.add(rij)
    rij.token_sha256, rij.gemaakt_op = _sha(token), nu
    sessie.flush()
    leg_vast(sessie, actor, nu, "agendafeed_gemaakt", "agendafeed", rij.uid)
    return token


def trek_feed_in(sessie: Session, actor: Actor, nu: datetime) -> bool:
    """The secret address stops working. Whether there was one."""
    rij = feed_van(sessie, actor)
    if rij is None:
        return False
    sessie.delete(rij)
    leg_vast(sessie, actor, nu, "agendafeed_ingetrokken", "agendafeed", rij.uid)
    return True


def actor_van(sessie: Session, token: str, nu: datetime) -> Actor | None:
    """Whose calendar this token opens; None where it is nobody's, or of somebody who may not come in any more."""
    rij = sessie.scalars(select(Agendafeed).where(Agendafeed.token_sha256 == _sha(token))).one_or_none()
    if rij is None or rij.lidmaatschap.dicht_sinds is not None:
        return None
    lid = rij.lidmaatschap
    return Actor(
        gemeente_id=lid.gemeente_id,
        rol=Rol(lid.rol),
        gebruiker_id=lid.gebruiker_id,
        gebruiker_uid=str(lid.gebruiker.uid),
        organisatie_id=lid.organisatie_id,
        naam=lid.gebruiker.naam,
        gemeente_naam=lid.gemeente.naam,
        moment=nu,
    )


def _afspraak(actie: Actie, gemeente: str) -> Afspraak:
    titel = SOORTEN[actie.soort] + (" (concept)" if actie.toestand == "concept" else "")
    return Afspraak(
        "PUBLISH", str(actie.uid), actie.versie, actie.begin_op, actie.eind_op, titel, f"Gemeente {gemeente}"
    )


def agenda_van(sessie: Session, actor: Actor, nu: datetime) -> bytes:
    """The actions that this user is in a team of, or planned. The same actions give the same bytes."""
    acties: Sequence[Actie] = ()
    if rol_mag(actor.rol, "acties.lezen"):
        in_ploeg = select(Ploeg.actie_id).where(Ploeg.id.in_(ploegen_van(actor)))
        acties = sessie.scalars(
            select_voor(actor, Actie)
            .where(
                Actie.toestand != "vervallen",
                Actie.eind_op > nu - TERUG,
                or_(Actie.aangemaakt_door_id == actor.gebruiker_id, Actie.id.in_(in_ploeg)),
            )
            .order_by(Actie.begin_op, Actie.id)
        ).all()
    return schrijf_agenda("Inspecties", [(_afspraak(a, actor.gemeente_naam), a.aangemaakt_op) for a in acties])


def voer_uit(sessie: Session, actor: Actor, nu: datetime, opdracht: Uitvoeropdracht) -> int:
    """Write the actions of a gemeente as a calendar file; the number of actions. Commits its audit line."""
    gemeente = sessie.scalars(select(Gemeente.naam).where(Gemeente.id == actor.gemeente_id)).one()
    acties = sessie.scalars(
        select_voor(actor, Actie)
        .where(Actie.toestand != "vervallen", Actie.eind_op > nu - TERUG_BESTAND)
        .order_by(Actie.begin_op, Actie.id)
    ).all()
    inhoud = schrijf_agenda(f"Inspecties {gemeente}", [(_afspraak(a, gemeente), a.aangemaakt_op) for a in acties])
    half = opdracht.uit.with_name(f"{opdracht.uit.name}.half")
    half.write_bytes(inhoud)
    leg_vast(sessie, actor, nu, "acties_uitgevoerd", "actie", "", gegevens={"aantal": len(acties), "formaat": "ics"})
    sessie.commit()
    half.replace(opdracht.uit)
    return len(acties)
