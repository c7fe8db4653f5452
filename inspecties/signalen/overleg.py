"""The meeting in which signals are discussed: its agenda, and what was agreed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.signalen.meldroute import eis_behandelaar, schoon
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Overleg, Overlegpunt
from inspecties.signalen.rules.meldroute import AFGESLOTEN


def overleggen(sessie: Session, actor: Actor) -> Sequence[Overleg]:
    """All meetings, the latest day first."""
    return sessie.scalars(select_voor(actor, Overleg).order_by(Overleg.datum.desc(), Overleg.id.desc())).all()


def komende(sessie: Session, actor: Actor, vandaag: date) -> Sequence[Overleg]:
    """Meetings from today on, the next first."""
    return sessie.scalars(
        select_voor(actor, Overleg).where(Overleg.datum >= vandaag).order_by(Overleg.datum, Overleg.id)
    ).all()


def aantallen(sessie: Session, actor: Actor) -> dict[int, int]:
    """Overleg.id -> how many signals are on its agenda."""
    rijen = sessie.execute(
        select_voor(actor, Overlegpunt)
        .with_only_columns(Overlegpunt.overleg_id, func.count())
        .group_by(Overlegpunt.overleg_id)
    )
    return {rij[0]: rij[1] for rij in rijen}


def punten_van(sessie: Session, actor: Actor, overleg: Overleg) -> Sequence[Overlegpunt]:
    """The agenda in order, with signals and their locations."""
    return sessie.scalars(
        select_voor(actor, Overlegpunt)
        .options(joinedload(Overlegpunt.signaal).joinedload(Signaal.locatie))
        .where(Overlegpunt.overleg_id == overleg.id)
        .order_by(Overlegpunt.id)
    ).all()


def punten_bij(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Overlegpunt]:
    """Where a signal was or will be discussed."""
    return sessie.scalars(
        select_voor(actor, Overlegpunt)
        .options(joinedload(Overlegpunt.overleg))
        .where(Overlegpunt.signaal_id == signaal.id)
        .order_by(Overlegpunt.id)
    ).all()


def maak_overleg(sessie: Session, actor: Actor, nu: datetime, naam: str, datum: date) -> Overleg:
    """A new meeting. Raises OngeldigeInvoer naming the field."""
    eis_behandelaar(actor)
    vandaag = lokale_datum(nu)
    if not vandaag - timedelta(days=31) <= datum <= vandaag + timedelta(days=731):
        raise OngeldigeInvoer("Kies een dag van hooguit een maand terug tot twee jaar vooruit.", "datum")
    overleg = Overleg(
        gemeente_id=actor.gemeente_id,
        naam=schoon(naam, "naam", 120, verplicht="Geef het overleg een naam, zoals: ondermijningsoverleg."),
        datum=datum,
        aangemaakt_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(overleg)
    sessie.flush()
    leg_vast(sessie, actor, nu, "overleg_gemaakt", "overleg", overleg.uid)
    return overleg


def zet_op_agenda(
    sessie: Session, actor: Actor, nu: datetime, overleg: Overleg, signaal: Signaal, vraag: str
) -> Overlegpunt:
    """Put a signal on an agenda, with the question to the meeting. Raises OngeldigeInvoer, Conflict."""
    eis_behandelaar(actor)
    if signaal.status == AFGESLOTEN:
        raise Conflict(f"Signaal {signaal.nummer} is afgesloten. Open het eerst opnieuw.")
    al = sessie.scalars(
        select_voor(actor, Overlegpunt).where(
            Overlegpunt.overleg_id == overleg.id, Overlegpunt.signaal_id == signaal.id
        )
    ).first()
    if al is not None:
        raise Conflict(f"Signaal {signaal.nummer} staat al op deze agenda.")
    punt = Overlegpunt(
        gemeente_id=signaal.gemeente_id,
        overleg_id=overleg.id,
        signaal_id=signaal.id,
        vraag=schoon(vraag, "vraag", 300),
        toegevoegd_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(punt)
    sessie.flush()
    leg_vast(sessie, actor, nu, "signaal_op_agenda", "signaal", signaal.uid, gegevens={"overleg": str(overleg.uid)})
    return punt


def haal_van_agenda(sessie: Session, actor: Actor, nu: datetime, punt: Overlegpunt) -> None:
    """Take a signal off, as long as nothing was agreed about it. Raises Conflict."""
    eis_behandelaar(actor)
    if punt.afspraak:
        raise Conflict("Hier is al iets over afgesproken. Het blijft op de agenda staan.")
    gegevens = {"overleg": str(punt.overleg.uid)}
    uid = punt.signaal.uid
    sessie.delete(punt)
    leg_vast(sessie, actor, nu, "signaal_van_agenda", "signaal", uid, gegevens=gegevens)


def leg_afspraak_vast(sessie: Session, actor: Actor, nu: datetime, punt: Overlegpunt, afspraak: str) -> None:
    """What the meeting agreed about a signal; writing it again replaces it. Raises OngeldigeInvoer naming the field."""
    eis_behandelaar(actor)
    if punt.overleg.datum > lokale_datum(nu):
        raise OngeldigeInvoer("Dit overleg is nog niet geweest. Leg de afspraak daarna vast.", "afspraak")
    punt.afspraak = schoon(afspraak, "afspraak", verplicht="Schrijf op wat er is afgesproken.")
    punt.besproken_op = nu
    gegevens = {"overleg": str(punt.overleg.uid)}
    leg_vast(sessie, actor, nu, "afspraak_vastgelegd", "signaal", punt.signaal.uid, gegevens=gegevens)


def open_signalen(sessie: Session, actor: Actor, overleg: Overleg) -> Sequence[Signaal]:
    """Signals that are to be discussed and are not on this agenda yet."""
    erop = select(Overlegpunt.signaal_id).where(Overlegpunt.overleg_id == overleg.id)
    return sessie.scalars(
        select_voor(actor, Signaal)
        .options(joinedload(Signaal.locatie))
        .where(Signaal.status == "bespreken", Signaal.id.not_in(erop))
        .order_by(Signaal.datum, Signaal.id)
    ).all()
