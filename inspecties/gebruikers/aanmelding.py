"""Who is logged in: from session cookie to Actor, through Flask-Login."""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from flask import Flask, Response, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.ids import lees_id
from inspecties.core.klok import Klok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.database.bereik import bind_actor, zonder_muur
from inspecties.gebruikers.models import Lidmaatschap, Sessie
from inspecties.gebruikers.operations import MINSTE_TUSSENTIJD, houd_levend
from inspecties.gebruikers.sessies import met_twee_factoren
from inspecties.instellingen import Instellingen
from inspecties.web.foutpaginas import is_onbereikbaar
from inspecties.web.poort import ONBEREIKBAAR, is_bestand, toegang_van

# Several machines that serve together never agree to the second.
KLOKSPELING = timedelta(minutes=5)


class Aangemeld(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """The logged-in user as Flask-Login knows it; the id in the cookie is that of the session."""

    def __init__(self, sessie: Sessie, nu: datetime, *, factor_nodig: bool = False) -> None:
        lid = sessie.lidmaatschap
        # Nothing opens but the pages on which a second factor is set up.
        self.factor_nodig = factor_nodig
        self.sessie_uid = str(sessie.uid)
        self.gezien_op = sessie.gezien_op
        self.actor = Actor(
            gemeente_id=lid.gemeente_id,
            rol=Rol(lid.rol),
            gebruiker_id=lid.gebruiker_id,
            gebruiker_uid=str(lid.gebruiker.uid),
            organisatie_id=lid.organisatie_id,
            naam=lid.gebruiker.naam,
            gemeente_naam=lid.gemeente.naam,
            sessie_id=sessie.id,
            moment=nu,
        )

    def get_id(self) -> str:
        return self.sessie_uid


def tweede_verplicht(instellingen: Instellingen) -> bool:
    """Whether every login must rest on two factors: everywhere but in the demo."""
    return not instellingen.demo


def is_geldig(sessie: Sessie, nu: datetime, instellingen: Instellingen) -> bool:
    """Not ended, not idle too long, not too old, and the user is not blocked.

    A session from the future is none: after the clock was put back it would live on for as long as the jump was.
    """
    return (
        sessie.beeindigd_op is None
        and max(sessie.gezien_op, sessie.begonnen_op) - nu <= KLOKSPELING
        and nu - sessie.gezien_op <= timedelta(minutes=instellingen.sessie_stil_min)
        and nu - sessie.begonnen_op <= timedelta(hours=instellingen.sessie_max_uur)
        and sessie.lidmaatschap.dicht_sinds is None
    )


def nog_aangemeld(sessie: Session, actor: Actor, nu: datetime, instellingen: Instellingen) -> bool:
    """Whether this actor's login holds and still gives the same role, for what goes on after its request was let in."""
    rij = sessie.scalars(
        select(Sessie)
        .where(Sessie.id == actor.sessie_id)
        .options(joinedload(Sessie.lidmaatschap).joinedload(Lidmaatschap.gebruiker))
    ).one_or_none()
    if rij is None or not is_geldig(rij, nu, instellingen):
        return False
    return (rij.lidmaatschap.rol, rij.lidmaatschap.organisatie_id) == (actor.rol.value, actor.organisatie_id)


def _laad(sessie_uid: str) -> Aangemeld | None:
    uid = lees_id(sessie_uid)
    if uid is None:
        return None
    try:
        return _zoek(uid)
    except OperationalError as fout:
        if not is_onbereikbaar(fout):
            raise
        # Whoever needs to know raises it again (``huidige_actor``). The page that says so, the log and the files of
        # the screens ask as well: they do without.
        setattr(g, ONBEREIKBAAR, fout)
        db.session.rollback()
        return None


def _zoek(uid: UUID) -> Aangemeld | None:
    # Before there is an actor: the cookie's random id says whose session it is, and so in which gemeente.
    with zonder_muur(db.session()):
        sessie = db.session.scalars(
            select(Sessie)
            .where(Sessie.uid == uid)
            .options(
                joinedload(Sessie.lidmaatschap).joinedload(Lidmaatschap.gebruiker),
                joinedload(Sessie.lidmaatschap).joinedload(Lidmaatschap.gemeente),
            )
        ).one_or_none()
        inst: Instellingen = current_app.extensions["instellingen"]
        nodig = tweede_verplicht(inst) and sessie is not None and not met_twee_factoren(db.session(), sessie.id)
    nu = cast("Klok", current_app.extensions["klok"]).nu()
    if sessie is None:
        # Perhaps renewed a moment ago by a request beside this one: its answer holds the new cookie, so leave that be.
        return None
    if not is_geldig(sessie, nu, inst):
        session.clear()
        return None
    return Aangemeld(sessie, nu, factor_nodig=nodig)


def _vroeg_vanzelf() -> bool:
    """Whether the page asked this by itself: it would keep a login alive of somebody who left long ago."""
    if request.endpoint is None:
        return False
    toegang = toegang_van(current_app._get_current_object(), request.endpoint)  # type: ignore[attr-defined]  # LocalProxy
    return toegang is not None and toegang.vanzelf


def _houd_levend(antwoord: Response) -> Response:
    """Note the use of a session, in a transaction of its own: a read-only request cannot write."""
    if is_bestand(request.endpoint):
        return antwoord
    if current_user.is_authenticated and antwoord.status_code < 500 and not _vroeg_vanzelf():
        nu = cast("Klok", current_app.extensions["klok"]).nu()
        if nu - current_user.gezien_op >= MINSTE_TUSSENTIJD:
            db.session.rollback()
            bind_actor(db.session(), current_user.actor)
            try:
                houd_levend(db.session(), nu, current_user.actor.sessie_id)
                db.session.commit()
            except OperationalError:
                # A full disk, or a lock: who only reads gets the page all the same, and the next request tries again.
                db.session.rollback()
    return antwoord


def plaats_aanmelding(app: Flask) -> None:
    """Connect Flask-Login."""
    app.after_request(_houd_levend)
    beheer = LoginManager()
    beheer.session_protection = None  # bound to the Sessie row instead of to the address, which changes on mobile
    beheer.user_loader(_laad)
    beheer.init_app(app)
