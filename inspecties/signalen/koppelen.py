"""Splitting and joining signals, and linking them to locations, a dossier and a visit."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen.meldroute import begin_als, eis_behandelaar, schoon, sluit_als_samengevoegd, vergrendel
from inspecties.signalen.meldroute_queries import antwoorden_van
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import (
    Signaalband,
    Signaaldossier,
    Signaallocatie,
    Signaalstop,
    Triageantwoord,
)
from inspecties.signalen.operations import Melding, meld
from inspecties.signalen.rules.indeling import URGENTIES
from inspecties.signalen.rules.meldroute import AFGESLOTEN
from inspecties.signalen.rules.splitsen import verdeel

# (session, actor, number) -> the dossier's uid and number, or None where it is not there. Filled by the wiring.
Dossierzoeker = Callable[[Session, Actor, str], tuple[UUID, str] | None]
DOSSIERZOEKER = "signaal_dossierzoeker"


@dataclass(frozen=True)
class Actiekeuze:
    """An action that can still take a stop."""

    uid: UUID
    naam: str
    begin_op: datetime


@dataclass(frozen=True)
class Actieport:
    """What a signal asks of the feature that plans actions. Both acts answer the action; neither is told the signal."""

    keuzes: Callable[[Session, Actor, datetime], Sequence[Actiekeuze]]
    op_actie: Callable[[Session, Actor, datetime, UUID, Risicolocatie], Actiekeuze]
    spoed: Callable[[Session, Actor, datetime, Risicolocatie], Actiekeuze]


ACTIEPORT = "signaal_actieport"

_ZWAARTE = {"": 0, "nee": 1, "onbekend": 2, "ja": 3}
_URGENTIEVOLGORDE = list(URGENTIES)


def splits(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, gekozen: Collection[int]) -> Signaal:
    """Take these pieces of the text out into a signal of their own, about the same place.

    Raises OngeldigeInvoer where one of the two would be empty, and Conflict for a signal that is closed.
    """
    eis_behandelaar(actor)
    vergrendel(sessie, actor, signaal)
    if signaal.status == AFGESLOTEN:
        raise Conflict("Dit signaal is afgesloten. Open het eerst opnieuw.")
    blijft, gaat = verdeel(signaal.tekst, gekozen)
    if not gaat:
        raise OngeldigeInvoer("Vink aan welke zinnen naar het nieuwe signaal gaan.", "stukken")
    if not blijft:
        raise OngeldigeInvoer("Laat ten minste één zin bij dit signaal staan.", "stukken")
    nieuw = meld(
        sessie,
        actor,
        nu,
        Melding(
            datum=signaal.datum,
            bron=signaal.bron,
            vorm=signaal.vorm,
            urgentie=signaal.urgentie,
            tekst=gaat,
            waar=signaal.waar,
            indicatoren=signaal.indicatoren,
            locatie=signaal.locatie,
        ),
    )
    # It came in when the first one did: how long it is kept does not begin again.
    nieuw.ontvangen_op = signaal.ontvangen_op
    signaal.tekst = blijft
    begin_als(sessie, actor, nu, nieuw, signaal)
    _band(sessie, actor, nu, "gesplitst", signaal, nieuw)
    for rij in locaties_van(sessie, actor, signaal):
        _voeg_locatie(sessie, actor, nu, nieuw, rij.locatie, rij.reden)
    gegevens = {"nieuw": nieuw.nummer}
    leg_vast(sessie, actor, nu, "signaal_gesplitst", "signaal", signaal.uid, gegevens=gegevens)
    return nieuw


def voeg_samen(sessie: Session, actor: Actor, nu: datetime, dubbel: Signaal, hoofd: Signaal) -> None:
    """Let ``dubbel`` go on as part of ``hoofd``. Both stay as they were written; the main one gets what both knew.

    Raises OngeldigeInvoer, and Conflict where one of both was closed or joined already.
    """
    eis_behandelaar(actor)
    if dubbel.id == hoofd.id:
        raise OngeldigeInvoer("Een signaal kan niet met zichzelf samen. Kies een ander nummer.", "nummer")
    # In one order, whoever joins what: two joins at once wait for each other instead of locking each other out.
    for rij in sorted((dubbel, hoofd), key=lambda s: s.id):
        vergrendel(sessie, actor, rij)
        if rij.status == AFGESLOTEN:
            raise Conflict(f"Signaal {rij.nummer} is afgesloten. Open het eerst opnieuw.", "nummer")
    sluit_als_samengevoegd(sessie, actor, nu, dubbel)
    _band(sessie, actor, nu, "samengevoegd", dubbel, hoofd)
    hoofd.indicatoren = sorted({*hoofd.indicatoren, *dubbel.indicatoren})
    hoofd.urgentie = max(hoofd.urgentie, dubbel.urgentie, key=_URGENTIEVOLGORDE.index)
    extra = [rij.locatie for rij in locaties_van(sessie, actor, dubbel)]
    if dubbel.locatie is not None:
        extra.insert(0, dubbel.locatie)
    for locatie in extra:
        _voeg_locatie(sessie, actor, nu, hoofd, locatie, f"Uit signaal {dubbel.nummer}")
    _zwaarste_antwoorden(sessie, actor, nu, dubbel, hoofd)
    gegevens = {"hoofd": hoofd.nummer}
    leg_vast(sessie, actor, nu, "signaal_samengevoegd", "signaal", dubbel.uid, gegevens=gegevens)


def _zwaarste_antwoorden(sessie: Session, actor: Actor, nu: datetime, dubbel: Signaal, hoofd: Signaal) -> None:
    """A possible victim or minor of the double is one of the main signal too."""
    staand = antwoorden_van(sessie, actor, hoofd)
    for vraag, antwoord in antwoorden_van(sessie, actor, dubbel).items():
        if _ZWAARTE[antwoord] > _ZWAARTE[staand.get(vraag, "")]:
            sessie.add(
                Triageantwoord(
                    gemeente_id=hoofd.gemeente_id,
                    signaal_id=hoofd.id,
                    vraag=vraag,
                    antwoord=antwoord,
                    op=nu,
                    door_id=actor.gebruiker_id,
                )
            )


def _band(sessie: Session, actor: Actor, nu: datetime, soort: str, van: Signaal, naar: Signaal) -> None:
    sessie.add(
        Signaalband(
            gemeente_id=van.gemeente_id,
            soort=soort,
            van_id=van.id,
            naar_id=naar.id,
            op=nu,
            door_id=actor.gebruiker_id,
        )
    )
    sessie.flush()


def banden_van(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Signaalband]:
    """Where a signal came from, what came out of it, and which doubles it has."""
    return sessie.scalars(
        select_voor(actor, Signaalband)
        .options(joinedload(Signaalband.van), joinedload(Signaalband.naar))
        .where(or_(Signaalband.van_id == signaal.id, Signaalband.naar_id == signaal.id))
        .order_by(Signaalband.id)
    ).all()


def zoek_nummer(sessie: Session, actor: Actor, nummer: str) -> Signaal:
    """The signal with this number. Raises OngeldigeInvoer where it is not there."""
    kaal = nummer.strip().upper()
    rij = sessie.scalars(select_voor(actor, Signaal).where(Signaal.nummer == kaal)).first()
    if rij is None:
        raise OngeldigeInvoer("Dit nummer bestaat niet. Neem het over van de lijst, zoals S2026-0012.", "nummer")
    return rij


def lijkt_op(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Signaal]:
    """Open signals about the same location or the same words for the place: possible doubles."""
    delen = []
    if signaal.locatie_id is not None:
        delen.append(Signaal.locatie_id == signaal.locatie_id)
    if signaal.waar:
        delen.append(Signaal.waar == signaal.waar)
    if not delen:
        return []
    return sessie.scalars(
        select_voor(actor, Signaal)
        .where(or_(*delen), Signaal.id != signaal.id, Signaal.status != AFGESLOTEN)
        .order_by(Signaal.datum.desc())
        .limit(10)
    ).all()


def locaties_van(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Signaallocatie]:
    """The locations besides the main one."""
    return sessie.scalars(
        select_voor(actor, Signaallocatie)
        .options(joinedload(Signaallocatie.locatie))
        .where(Signaallocatie.signaal_id == signaal.id)
        .order_by(Signaallocatie.id)
    ).all()


def _voeg_locatie(
    sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, locatie: Risicolocatie, reden: str
) -> bool:
    if signaal.locatie_id is None:
        signaal.locatie_id = locatie.id
        sessie.flush()
        sessie.expire(signaal, ["locatie"])
        return True
    al = {rij.locatie_id for rij in locaties_van(sessie, actor, signaal)} | {signaal.locatie_id}
    if locatie.id in al:
        return False
    sessie.add(
        Signaallocatie(
            gemeente_id=signaal.gemeente_id,
            signaal_id=signaal.id,
            locatie_id=locatie.id,
            reden=reden,
            op=nu,
            door_id=actor.gebruiker_id,
        )
    )
    sessie.flush()
    return True


def koppel_locatie(
    sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, locatie: Risicolocatie, reden: str = ""
) -> None:
    """A signal is also about this place; the first one is its main location. Raises Conflict when it was linked."""
    eis_behandelaar(actor)
    vergrendel(sessie, actor, signaal)
    if not _voeg_locatie(sessie, actor, nu, signaal, locatie, schoon(reden, "reden", 300)):
        raise Conflict("Deze locatie hoort al bij dit signaal.", "locatie")
    gegevens = {"locatie": str(locatie.uid)}
    leg_vast(sessie, actor, nu, "signaal_gekoppeld", "signaal", signaal.uid, gegevens=gegevens)


def ontkoppel_locatie(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, locatie: Risicolocatie) -> None:
    """A signal is not about this place after all; the next one becomes the main location. Raises Conflict."""
    eis_behandelaar(actor)
    vergrendel(sessie, actor, signaal)
    rest = list(locaties_van(sessie, actor, signaal))
    if signaal.locatie_id == locatie.id:
        opvolger = rest[0] if rest else None
        if opvolger is None and not signaal.waar:
            raise Conflict("Dit is de enige plek die bij het signaal staat. Koppel eerst een andere.")
        signaal.locatie_id = opvolger.locatie_id if opvolger else None
        if opvolger:
            sessie.delete(opvolger)
        sessie.flush()
        sessie.expire(signaal, ["locatie"])
    else:
        weg = next((rij for rij in rest if rij.locatie_id == locatie.id), None)
        if weg is None:
            raise Conflict("Deze locatie hoort niet bij dit signaal.")
        sessie.delete(weg)
    gegevens = {"locatie": str(locatie.uid)}
    leg_vast(sessie, actor, nu, "signaal_ontkoppeld", "signaal", signaal.uid, gegevens=gegevens)


def dossiers_van(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Signaaldossier]:
    """The dossiers that have to do with a signal."""
    return sessie.scalars(
        select_voor(actor, Signaaldossier).where(Signaaldossier.signaal_id == signaal.id).order_by(Signaaldossier.id)
    ).all()


def koppel_dossier(
    sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, nummer: str, zoek: Dossierzoeker
) -> Signaaldossier:
    """Link by the number that the jurist gave. Raises OngeldigeInvoer where there is no such dossier, Conflict."""
    eis_behandelaar(actor)
    gevonden = zoek(sessie, actor, nummer.strip().upper())
    if gevonden is None:
        raise OngeldigeInvoer("Dit dossier bestaat niet, of u mag er niet naar verwijzen. Vraag de jurist.", "dossier")
    if any(rij.dossier_uid == gevonden[0] for rij in dossiers_van(sessie, actor, signaal)):
        raise Conflict("Dit dossier hoort al bij dit signaal.", "dossier")
    rij = Signaaldossier(
        gemeente_id=signaal.gemeente_id,
        signaal_id=signaal.id,
        dossier_uid=gevonden[0],
        nummer=gevonden[1],
        op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    gegevens = {"dossier": rij.nummer}
    leg_vast(sessie, actor, nu, "signaal_aan_dossier", "signaal", signaal.uid, gegevens=gegevens)
    return rij


def stops_van(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Signaalstop]:
    """Visits that were planned because of a signal."""
    return sessie.scalars(
        select_voor(actor, Signaalstop).where(Signaalstop.signaal_id == signaal.id).order_by(Signaalstop.id)
    ).all()


def maak_stop(
    sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, port: Actieport, actie_uid: UUID | None
) -> Actiekeuze:
    """Plan a visit to the signal's main location: in this action, or in a spoedcontrole of its own (None).

    The action gets the place, its checklists and its safety line; never the signal. Raises OngeldigeInvoer, Conflict.
    """
    if signaal.locatie is None:
        raise OngeldigeInvoer("Bij dit signaal staat nog geen locatie. Laat de aandachtsfunctionaris er een koppelen.")
    al = {rij.actie_uid for rij in stops_van(sessie, actor, signaal)}
    if actie_uid is not None and actie_uid in al:
        raise Conflict("Deze locatie staat door dit signaal al in die actie.", "actie")
    if actie_uid is None:
        actie = port.spoed(sessie, actor, nu, signaal.locatie)
    else:
        actie = port.op_actie(sessie, actor, nu, actie_uid, signaal.locatie)
    sessie.add(
        Signaalstop(
            gemeente_id=signaal.gemeente_id,
            signaal_id=signaal.id,
            actie_uid=actie.uid,
            naam=actie.naam,
            op=nu,
            door_id=actor.gebruiker_id,
        )
    )
    gegevens = {"actie": str(actie.uid), "spoed": actie_uid is None}
    leg_vast(sessie, actor, nu, "signaal_naar_actie", "signaal", signaal.uid, gegevens=gegevens)
    return actie


def over_locatie(actor: Actor, locatie_id: int) -> ColumnElement[bool]:
    """That a signal is about a location, mainly or also; for other features' selects."""
    ook = select(Signaallocatie.signaal_id).where(
        Signaallocatie.gemeente_id == actor.gemeente_id, Signaallocatie.locatie_id == locatie_id
    )
    return or_(Signaal.locatie_id == locatie_id, Signaal.id.in_(ook))
