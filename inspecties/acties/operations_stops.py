"""Acts on the stops of an action: which locations, in which order, by which team."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.acties.machtiging_queries import gebruiksdoelen
from inspecties.acties.models import Actie, Ploeg, Stop, Stopstap
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.operations import eis_concept, raak
from inspecties.acties.prioriteit import leg_prioriteit_vast
from inspecties.acties.queries import stops_van
from inspecties.acties.rules.binnentreden import begingrond
from inspecties.acties.rules.gereedheid import ONAANGEROERD
from inspecties.acties.rules.toestanden import ACTIE_TABEL, STOP_TABEL, TOEGANGSGRONDEN
from inspecties.acties.rules.venster import controleer_venster
from inspecties.acties.soortkeuze import vul_checklists
from inspecties.acties.stops_plan import MET_DE_HAND, begin_plannen, controleer_vereist, duren_voor, stopplannen
from inspecties.acties.trekking_uitval import leg_uitval_vast
from inspecties.audit.operations import leg_vast
from inspecties.checklists.models import Checklist
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.locaties.models import Risicolocatie

# More stops than this is not one action; it also bounds what a page shows.
STOPS_HOOGSTENS = 200
DUUR_HOOGSTENS_MIN = 600


@dataclass(frozen=True)
class StopGegevens:
    """One stop as planned. Without ``checklists`` it gets the checklist of the location's type. Moments are aware.

    ``vereist`` (codes of powers) and ``verplicht`` stay as they are where they are None.
    """

    locatie: Risicolocatie
    ploeg: Ploeg | None = None
    duur_min: int = 30
    toegangsgrond: str = "toezicht"
    wie_eerst: str = ""
    veiligheid: str = ""
    checklists: tuple[str, ...] = ()
    venster_begin_op: datetime | None = None
    venster_eind_op: datetime | None = None
    vereist: tuple[str, ...] | None = None
    verplicht: bool | None = None


def zet_stops(sessie: Session, actor: Actor, nu: datetime, actie: Actie, stops: Sequence[StopGegevens]) -> list[Stop]:
    """The stops of an action, numbered per team in this order; replaces what was there, in concept.

    A stop whose location stays keeps its identity. Raises OngeldigeInvoer, and Conflict where a stop that would go has
    been visited or is on a tablet already.
    """
    eis_concept(actie)
    _controleer(sessie, actor, actie, stops)
    staand = {stop.locatie_id: stop for stop in stops_van(sessie, actor, actie)}
    gevraagd = {gegevens.locatie.id for gegevens in stops}
    for locatie_id, stop in staand.items():
        if locatie_id not in gevraagd:
            _verwijder(sessie, actor, nu, stop)
    tellers: dict[int | None, count[int]] = {}
    uit = []
    for gegevens in stops:
        oud = staand.get(gegevens.locatie.id)
        stop = oud or Stop(gemeente_id=actor.gemeente_id, actie_id=actie.id, locatie_id=gegevens.locatie.id)
        if oud is None:
            sessie.add(stop)
        ploeg_id = gegevens.ploeg.id if gegevens.ploeg else None
        _vul(stop, gegevens)
        stop.volgorde = next(tellers.setdefault(ploeg_id, count(1)))
        uit.append(stop)
    leg_prioriteit_vast(sessie, actor, nu, uit)
    plannen = stopplannen(sessie, actor, uit)
    for stop, gegevens in zip(uit, stops, strict=True):
        _vul_plan(plannen[stop.id], actie, gegevens)
    _leg_stops_vast(sessie, actor, nu, actie)
    return uit


def voeg_stops_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    actie: Actie,
    locaties: Iterable[Risicolocatie],
    herkomst: str = "hand",
) -> list[Stop]:
    """Add locations behind the others; one that is a stop already is left alone. With one team they go to that team.

    ``herkomst`` (a code of HERKOMSTEN) says why they are there. Raises OngeldigeInvoer for too many, Conflict where a
    colleague just added one of them.
    """
    eis_concept(actie)
    staand = stops_van(sessie, actor, actie)
    al = {stop.locatie_id for stop in staand}
    ploeg = actie.ploegen[0] if len(actie.ploegen) == 1 else None
    gekozen = [loc for loc in locaties if loc.id not in al]
    doelen, duren = gebruiksdoelen(sessie, actor, gekozen), duren_voor(sessie, actor, gekozen)
    nieuw = [
        StopGegevens(
            loc,
            ploeg,
            duur_min=duren[loc.id].minuten,
            toegangsgrond=begingrond(doelen.get(loc.id, ""), loc.locatietype.code),
        )
        for loc in gekozen
    ]
    if len(staand) + len(nieuw) > STOPS_HOOGSTENS:
        raise OngeldigeInvoer(f"Een actie heeft hoogstens {STOPS_HOOGSTENS} stops. Maak er twee acties van.", "locatie")
    if not nieuw:
        return []
    _controleer(sessie, actor, actie, nieuw)
    uit = []
    for plaats, gegevens in enumerate(nieuw, start=STOPS_HOOGSTENS + len(staand)):
        stop = Stop(gemeente_id=actor.gemeente_id, actie_id=actie.id, locatie_id=gegevens.locatie.id, volgorde=plaats)
        _vul(stop, gegevens)
        uit.append(stop)
    try:
        with sessie.begin_nested():
            sessie.add_all(uit)
    except IntegrityError:
        raise Conflict("Een collega koos net een van deze locaties. Ververs de pagina en kies opnieuw.") from None
    vul_checklists(sessie, actor, actie, uit)
    leg_prioriteit_vast(sessie, actor, nu, uit)
    begin_plannen(sessie, actor, uit, herkomst, duren)
    _hernummer(sessie, actor, actie)
    _leg_stops_vast(sessie, actor, nu, actie)
    return uit


def wijzig_stop(sessie: Session, actor: Actor, nu: datetime, stop: Stop, gegevens: StopGegevens) -> None:
    """Change one stop's plan, in concept. Raises OngeldigeInvoer or Conflict."""
    eis_concept(stop.actie)
    if gegevens.locatie.id != stop.locatie_id:
        raise OngeldigeInvoer(
            "De locatie van een stop ligt vast. Haal de stop weg en kies een andere locatie.", "locatie"
        )
    _controleer(sessie, actor, stop.actie, [gegevens])
    actie, van, tot = stop.actie, gegevens.venster_begin_op, gegevens.venster_eind_op
    controleer_venster(actie.begin_op, actie.eind_op, van, tot, gegevens.duur_min)
    plan = stopplannen(sessie, actor, [stop])[stop.id]
    if stop.duur_min != gegevens.duur_min:
        plan.duur_uitleg = MET_DE_HAND
    _vul_plan(plan, actie, gegevens)
    ander_team = (gegevens.ploeg.id if gegevens.ploeg else None) != stop.ploeg_id
    _vul(stop, gegevens)
    if ander_team:
        stop.volgorde = STOPS_HOOGSTENS * 2
    sessie.flush()
    _hernummer(sessie, actor, stop.actie)
    raak(stop.actie)
    leg_vast(sessie, actor, nu, "stop_gewijzigd", "stop", stop.uid)


def verdeel_over_enige_ploeg(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> None:
    """Where there is one team, stops without a team go to it, behind its others. With more teams a person chooses."""
    los = [stop for stop in stops_van(sessie, actor, actie) if stop.ploeg_id is None]
    if len(actie.ploegen) == 1 and los:
        zet_ploegen_van_stops(sessie, actor, nu, actie, {stop.uid: actie.ploegen[0] for stop in los})


def zet_ploegen_van_stops(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, verdeling: Mapping[UUID, Ploeg | None]
) -> None:
    """Which team goes where, by Stop.uid; a stop that changes team comes behind the others of that team."""
    eis_concept(actie)
    for stop in stops_van(sessie, actor, actie):
        ploeg = verdeling.get(stop.uid, stop.ploeg)
        if ploeg is not None and ploeg not in actie.ploegen:
            raise OngeldigeInvoer(f"{stop.locatie.adresregel}: kies een ploeg van deze actie.", "ploeg")
        if ploeg is not stop.ploeg:
            stop.ploeg = ploeg
            stop.volgorde += STOPS_HOOGSTENS
    sessie.flush()
    _hernummer(sessie, actor, actie)
    _leg_stops_vast(sessie, actor, nu, actie)


def verplaats_stop(sessie: Session, actor: Actor, nu: datetime, stop: Stop, *, omhoog: bool) -> None:
    """One place earlier or later within its team; at the end of the list nothing happens."""
    eis_concept(stop.actie)
    rij = [s for s in stops_van(sessie, actor, stop.actie) if s.ploeg_id == stop.ploeg_id]
    plaats = next(i for i, s in enumerate(rij) if s.id == stop.id)
    ander = plaats - 1 if omhoog else plaats + 1
    if not 0 <= ander < len(rij):
        return
    rij[plaats], rij[ander] = rij[ander], rij[plaats]
    zet_volgorde(sessie, actor, nu, stop.actie, rij)


def zet_volgorde(sessie: Session, actor: Actor, nu: datetime, actie: Actie, stops: Sequence[Stop]) -> None:
    """Number these stops, all of one team, in this order."""
    eis_concept(actie)
    for plaats, stop in enumerate(stops, start=1):
        stop.volgorde = plaats
    _leg_stops_vast(sessie, actor, nu, actie)


def zet_rondes(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, rondes: Mapping[UUID, Sequence[UUID]]
) -> None:
    """Per Ploeg.uid the Stop.uids of its round, in order. A stop that no round names comes last in the team it has."""
    eis_concept(actie)
    per_uid = {ploeg.uid: ploeg for ploeg in actie.ploegen}
    stops = {stop.uid: stop for stop in stops_van(sessie, actor, actie)}
    for stop in stops.values():
        stop.volgorde += STOPS_HOOGSTENS
    for ploeg_uid, ronde in rondes.items():
        for plaats, uid in enumerate(ronde, start=1):
            stops[uid].ploeg, stops[uid].volgorde = per_uid[ploeg_uid], plaats
    sessie.flush()
    _hernummer(sessie, actor, actie)
    _leg_stops_vast(sessie, actor, nu, actie)


def verwijder_stop(sessie: Session, actor: Actor, nu: datetime, stop: Stop, reden: str = "") -> None:
    """Take a stop out of the plan, in concept; one that was drawn by lot only with a reason.

    Raises OngeldigeInvoer without one, and Conflict where it was visited or is on a tablet already.
    """
    actie = stop.actie
    eis_concept(actie)
    _verwijder(sessie, actor, nu, stop, reden)
    _hernummer(sessie, actor, actie)
    _leg_stops_vast(sessie, actor, nu, actie)


def laat_stop_vervallen(sessie: Session, actor: Actor, nu: datetime, stop: Stop, reden: str) -> None:
    """Call a stop off, with the reason. Raises OngeldigeInvoer without one, Conflict where the team is inside."""
    _zet_toestand(sessie, actor, nu, stop, "vervallen", reden)


def zet_stop_terug(sessie: Session, actor: Actor, nu: datetime, stop: Stop) -> None:
    """Put a stop that was called off back in the plan."""
    _zet_toestand(sessie, actor, nu, stop, "gepland", "")


def zet_stop_aan_of_af(sessie: Session, actor: Actor, nu: datetime, stop: Stop, naar: str, reden: str) -> None:
    """Call off or put back, by the name of the new state. Raises OngeldigeInvoer or Conflict."""
    if naar not in STOP_TABEL.namen:
        raise OngeldigeInvoer(f"Kies een toestand uit: {', '.join(STOP_TABEL.namen.values())}.", "toestand")
    _zet_toestand(sessie, actor, nu, stop, naar, reden)


def _zet_toestand(sessie: Session, actor: Actor, nu: datetime, stop: Stop, naar: str, reden: str) -> None:
    if stop.actie.toestand not in {"concept", "gereed", "in_uitvoering"}:
        raise Conflict(
            f"Deze actie is '{ACTIE_TABEL.namen[stop.actie.toestand].lower()}'; de stops liggen vast.", "toestand"
        )
    # Locked, so that a tablet's report and this act are judged one after the other.
    sessie.refresh(stop, ["toestand"], with_for_update={"key_share": True, "of": Stop})
    overgang = STOP_TABEL.overgang(stop.toestand, naar)
    if not rol_mag(actor.rol, overgang.recht):
        raise GeenRecht(f"Uw rol mag een stop niet op '{STOP_TABEL.namen[naar]}' zetten.")
    if overgang.reden_verplicht and not reden.strip():
        raise OngeldigeInvoer("Schrijf kort waarom deze stop vervalt.", "reden")
    if naar == "vervallen":
        leg_uitval_vast(sessie, actor, nu, stop, reden)
    van, stop.toestand = stop.toestand, naar
    sessie.add(
        Stopstap(
            gemeente_id=actor.gemeente_id,
            stop_id=stop.id,
            van=van,
            naar=naar,
            reden=reden.strip()[:2000],
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
    raak(stop.actie)
    leg_vast(sessie, actor, nu, "stoptoestand_gewijzigd", "stop", stop.uid, gegevens={"van": van, "naar": naar})


def _vul(stop: Stop, gegevens: StopGegevens) -> None:
    stop.ploeg = gegevens.ploeg
    stop.duur_min = gegevens.duur_min
    stop.toegangsgrond = gegevens.toegangsgrond
    stop.wie_eerst = gegevens.wie_eerst.strip()
    stop.veiligheid = gegevens.veiligheid.strip()
    stop.checklists = list(dict.fromkeys(gegevens.checklists)) or [gegevens.locatie.locatietype.checklist_code]
    stop.venster_begin_op, stop.venster_eind_op = gegevens.venster_begin_op, gegevens.venster_eind_op


def _vul_plan(plan: Stopplan, actie: Actie, gegevens: StopGegevens) -> None:
    if gegevens.vereist is not None:
        plan.vereist = controleer_vereist(actie, gegevens.vereist)
    if gegevens.verplicht is not None:
        plan.verplicht = gegevens.verplicht


def _controleer(sessie: Session, actor: Actor, actie: Actie, stops: Sequence[StopGegevens]) -> None:
    if len(stops) > STOPS_HOOGSTENS:
        raise OngeldigeInvoer(f"Een actie heeft hoogstens {STOPS_HOOGSTENS} stops. Maak er twee acties van.", "locatie")
    if len({g.locatie.id for g in stops}) != len(stops):
        raise OngeldigeInvoer("Een locatie staat er twee keer in. Kies elke locatie één keer.", "locatie")
    bekend = set(sessie.scalars(select_voor(actor, Checklist).with_only_columns(Checklist.code)))
    ploegen = {ploeg.id for ploeg in actie.ploegen}
    for g in stops:
        naam = g.locatie.adresregel
        if g.locatie.gemeente_id != actor.gemeente_id:
            raise OngeldigeInvoer("Kies locaties uit uw eigen gemeente.", "locatie")
        if g.ploeg is not None and g.ploeg.id not in ploegen:
            raise OngeldigeInvoer(f"{naam}: kies een ploeg van deze actie.", "ploeg")
        if not 1 <= g.duur_min <= DUUR_HOOGSTENS_MIN:
            raise OngeldigeInvoer(f"{naam}: de duur is 1 tot {DUUR_HOOGSTENS_MIN} minuten.", "duur_min")
        if g.toegangsgrond not in TOEGANGSGRONDEN:
            raise OngeldigeInvoer(
                f"{naam}: kies een toegangsgrond uit: {', '.join(TOEGANGSGRONDEN.values())}.", "toegangsgrond"
            )
        if len(g.wie_eerst) > 80:
            raise OngeldigeInvoer(f"{naam}: 'wie gaat eerst' heeft hoogstens 80 tekens.", "wie_eerst")
        onbekend = [code for code in g.checklists if code not in bekend]
        if onbekend:
            raise OngeldigeInvoer(
                f"{naam}: de checklist '{onbekend[0]}' bestaat niet. Kies een uit de lijst.", "checklists"
            )
        if g.venster_begin_op and g.venster_eind_op and g.venster_eind_op <= g.venster_begin_op:
            raise OngeldigeInvoer(f"{naam}: 'bezoek tot' moet na 'bezoek vanaf' liggen.", "venster_tot")


def _verwijder(sessie: Session, actor: Actor, nu: datetime, stop: Stop, reden: str = "") -> None:
    if stop.toestand not in ONAANGEROERD:
        raise Conflict(
            f"Bij {stop.locatie.adresregel} is de ploeg al geweest. Die stop blijft in de actie staan.",
            "stop",
        )
    leg_uitval_vast(sessie, actor, nu, stop, reden)
    melding = f"{stop.locatie.adresregel} staat al op een tablet. Laat de stop vervallen, met de reden."
    try:
        # A visit refers to its stop: the database knows of it, also when it was made a moment ago.
        with sessie.begin_nested():
            sessie.delete(stop)
    except IntegrityError:
        raise Conflict(melding, "stop") from None


def _hernummer(sessie: Session, actor: Actor, actie: Actie) -> None:
    tellers: dict[int | None, count[int]] = {}
    for stop in stops_van(sessie, actor, actie):
        stop.volgorde = next(tellers.setdefault(stop.ploeg_id, count(1)))


def _leg_stops_vast(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> None:
    raak(actie)
    sessie.flush()
    uids = [str(stop.uid) for stop in stops_van(sessie, actor, actie)]
    leg_vast(sessie, actor, nu, "actie_stops_gezet", "actie", actie.uid, gegevens={"stops": uids})
