"""Acts along the meldroute: going to the next step, and whose step it is until when."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.gebruikers.models import Gebruiker
from inspecties.signalen.meldroute_queries import behandelaars, open_stap, route_van, stand_van
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Meldroute, Meldstap, Signaalband
from inspecties.signalen.rules.meldroute import (
    AFGESLOTEN,
    RECHT,
    SAMENGEVOEGD,
    TERUGGEKOPPELD,
    Meldroutetabel,
    Stapkeuze,
    bezwaren,
)
from inspecties.termijnen.bronnen import kalender

MAX_NOTITIE = 4000


@dataclass(frozen=True)
class Zet:
    """Going from the step that the person saw (``gezien``) to the next; ``uiterlijk`` None: the term of the table."""

    gezien: str
    naar: str
    keuze: Stapkeuze = field(default_factory=Stapkeuze)
    notitie: str = ""
    eigenaar_id: int | None = None
    uiterlijk: date | None = None


def eis_behandelaar(actor: Actor) -> None:
    """Raise GeenRecht where this actor may not handle signals; the system never does (AVG art. 22)."""
    if actor.gebruiker_id is None:
        raise GeenRecht("Een signaal wordt behandeld door een persoon, nooit door het systeem (AVG artikel 22).")
    if not rol_mag(actor.rol, RECHT):
        raise GeenRecht(f"Uw rol mag dit niet: {RECHTEN[RECHT].uitleg.lower()}.")


def vergrendel(sessie: Session, actor: Actor, signaal: Signaal) -> None:
    """Hold the signal, so that two people who act at once do so one after the other, and see what is there now."""
    sessie.flush()
    sessie.scalars(
        select(Signaal)
        .where(Signaal.id == signaal.id, Signaal.gemeente_id == actor.gemeente_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def schoon(tekst: str, veld: str, maximum: int = MAX_NOTITIE, *, verplicht: str = "") -> str:
    """A trimmed text. Raises OngeldigeInvoer where it is too long, or empty while ``verplicht`` says what to write."""
    kaal = tekst.strip()
    if verplicht and not kaal:
        raise OngeldigeInvoer(verplicht, veld)
    if len(kaal) > maximum:
        raise OngeldigeInvoer(f"Dit is te lang: hooguit {maximum} tekens.", veld)
    return kaal


def bereid_voor(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal) -> tuple[Meldroutetabel, Meldstap]:
    """Lock a signal and give it its route and its running step, which it may not have yet.

    A signal comes in without a step, and a judgement about a visit may close or reopen it: then the step that runs is
    ended here and the one that the signal is in begins.
    """
    eis_behandelaar(actor)
    vergrendel(sessie, actor, signaal)
    route, rij = route_van(sessie, actor, signaal)
    if rij is None:
        sessie.add(
            Meldroute(gemeente_id=signaal.gemeente_id, signaal_id=signaal.id, tabel=route.code, versie=route.versie)
        )
    stap = open_stap(sessie, actor, signaal)
    if stap is not None and stap.stap == signaal.status:
        return route, stap
    begon = signaal.ontvangen_op
    if stap is not None:
        stap.klaar_op, stap.uitkomst = nu, "elders_gewijzigd"
        begon = nu
    return route, _begin(sessie, actor, route, signaal, begon, None, None)


def _begin(
    sessie: Session,
    actor: Actor,
    route: Meldroutetabel,
    signaal: Signaal,
    nu: datetime,
    eigenaar_id: int | None,
    uiterlijk: date | None,
) -> Meldstap:
    dag = lokale_datum(nu)
    stap = Meldstap(
        gemeente_id=signaal.gemeente_id,
        signaal_id=signaal.id,
        stap=signaal.status,
        eigenaar_id=eigenaar_id,
        begon_op=nu,
        uiterlijk=uiterlijk or route.uiterlijk(signaal.status, dag, kalender()),
        door_id=actor.gebruiker_id,
    )
    sessie.add(stap)
    sessie.flush()
    return stap


def _keur_eigenaar(sessie: Session, actor: Actor, eigenaar_id: int) -> Gebruiker:
    for gebruiker in behandelaars(sessie, actor):
        if gebruiker.id == eigenaar_id:
            return gebruiker
    raise OngeldigeInvoer("Kies een aandachtsfunctionaris van uw gemeente.", "eigenaar")


def _keur_dag(uiterlijk: date | None, nu: datetime) -> None:
    vandaag = lokale_datum(nu)
    if uiterlijk is not None and uiterlijk < vandaag:
        raise OngeldigeInvoer("Deze dag is al voorbij. Kies vandaag of later.", "uiterlijk")
    if uiterlijk is not None and (uiterlijk - vandaag).days > 366:
        raise OngeldigeInvoer("Deze dag is meer dan een jaar weg. Kies een eerdere dag.", "uiterlijk")


def verplaats(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, zet: Zet) -> Meldstap:
    """Go to another step. Raises Conflict (no such step from here, or somebody was first), GeenRecht, and
    OngeldigeInvoer naming the field or what is still missing.
    """
    route, stap = bereid_voor(sessie, actor, nu, signaal)
    if zet.gezien != signaal.status:
        naam = route.tabel.namen.get(signaal.status, signaal.status)
        raise Conflict(f"Dit signaal staat intussen op '{naam}'. Ververs de pagina en kijk wat er nu te doen is.")
    overgang = route.tabel.overgang(signaal.status, zet.naar)
    tegen = bezwaren(route, overgang, stand_van(sessie, actor, signaal), zet.keuze)
    if tegen:
        raise OngeldigeInvoer(tegen[0].melding, tegen[0].veld or None)
    reden = schoon(zet.keuze.reden, "reden")
    notitie = schoon(zet.notitie, "notitie")
    _keur_dag(zet.uiterlijk, nu)
    eigenaar_id = zet.eigenaar_id or actor.gebruiker_id
    _keur_eigenaar(sessie, actor, eigenaar_id or 0)
    van = signaal.status
    stap.klaar_op = nu
    stap.notitie = "\n".join(deel for deel in (stap.notitie, notitie, reden) if deel)
    if zet.naar == TERUGGEKOPPELD:
        stap.uitkomst = zet.keuze.terugkoppeling
    signaal.status = zet.naar
    if zet.naar == AFGESLOTEN:
        sluit(sessie, actor, nu, signaal, zet.keuze.uitkomst)
        nieuw = _begin(sessie, actor, route, signaal, nu, None, None)
        nieuw.klaar_op, nieuw.uitkomst = nu, zet.keuze.uitkomst
    else:
        if van == AFGESLOTEN:
            _heropen(sessie, actor, nu, signaal)
        nieuw = _begin(sessie, actor, route, signaal, nu, eigenaar_id, zet.uiterlijk)
    leg_vast(
        sessie,
        actor,
        nu,
        "meldstap_gezet",
        "signaal",
        signaal.uid,
        gegevens={"van": van, "naar": zet.naar, "uitkomst": zet.keuze.uitkomst if zet.naar == AFGESLOTEN else ""},
    )
    return nieuw


def sluit(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, uitkomst: str) -> None:
    """Write down what came of a signal."""
    _, rij = route_van(sessie, actor, signaal)
    if rij is not None:
        rij.uitkomst, rij.gesloten_op = uitkomst, nu


def _heropen(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal) -> None:
    _, rij = route_van(sessie, actor, signaal)
    if rij is None:
        return
    if rij.uitkomst == SAMENGEVOEGD:
        for band in sessie.scalars(
            select(Signaalband).where(
                Signaalband.gemeente_id == actor.gemeente_id,
                Signaalband.van_id == signaal.id,
                Signaalband.soort == "samengevoegd",
            )
        ):
            sessie.delete(band)
        leg_vast(sessie, actor, nu, "signaal_losgemaakt", "signaal", signaal.uid)
    rij.uitkomst, rij.gesloten_op = "", None


def sluit_als_samengevoegd(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal) -> None:
    """End the route of a double: what is still to be done, is done at the main signal."""
    route, stap = bereid_voor(sessie, actor, nu, signaal)
    stap.klaar_op, stap.uitkomst = nu, SAMENGEVOEGD
    signaal.status = AFGESLOTEN
    sluit(sessie, actor, nu, signaal, SAMENGEVOEGD)
    eind = _begin(sessie, actor, route, signaal, nu, None, None)
    eind.klaar_op, eind.uitkomst = nu, SAMENGEVOEGD


def begin_als(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, voorbeeld: Signaal) -> None:
    """Let a new signal go the same route, in the same version, as the one that it came from."""
    route, _ = route_van(sessie, actor, voorbeeld)
    sessie.add(Meldroute(gemeente_id=signaal.gemeente_id, signaal_id=signaal.id, tabel=route.code, versie=route.versie))
    _begin(sessie, actor, route, signaal, nu, actor.gebruiker_id, None)


def wijs_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    signaal: Signaal,
    eigenaar_id: int,
    uiterlijk: date | None = None,
    reden: str = "",
) -> Meldstap:
    """Give the running step to somebody, and another last day with a reason. Raises OngeldigeInvoer, Conflict."""
    _, stap = bereid_voor(sessie, actor, nu, signaal)
    if signaal.status == AFGESLOTEN:
        raise Conflict("Dit signaal is afgesloten; er is geen stap om toe te wijzen.")
    eigenaar = _keur_eigenaar(sessie, actor, eigenaar_id)
    if uiterlijk is not None and uiterlijk != stap.uiterlijk:
        _keur_dag(uiterlijk, nu)
        waarom = schoon(reden, "reden", 300, verplicht="Schrijf op waarom de termijn anders wordt.")
        oud = f"{stap.uiterlijk:%d-%m-%Y}" if stap.uiterlijk else "geen"
        regel = f"Termijn van {oud} naar {uiterlijk:%d-%m-%Y}: {waarom}"
        stap.notitie = f"{stap.notitie}\n{regel}".strip()
        stap.uiterlijk = uiterlijk
    stap.eigenaar_id = eigenaar.id
    leg_vast(
        sessie,
        actor,
        nu,
        "meldstap_toegewezen",
        "signaal",
        signaal.uid,
        gegevens={"eigenaar": str(eigenaar.uid), "uiterlijk": stap.uiterlijk.isoformat() if stap.uiterlijk else ""},
    )
    return stap
