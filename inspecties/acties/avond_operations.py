"""Acts on an action that is under way: a message to teams, a stop that comes in, one that goes to another team.

Planning as such happens in concept. What may still change on the evening is what no team has begun with; each change
has a reason and is kept (``Planwijziging``), and the tablets say so at their next contact.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties.machtiging_queries import gebruiksdoelen
from inspecties.acties.models import Actie, Ploeg, Stop
from inspecties.acties.models_avond import Avondbericht, Planwijziging
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.operations import raak
from inspecties.acties.operations_stops import DUUR_HOOGSTENS_MIN, STOPS_HOOGSTENS, laat_stop_vervallen
from inspecties.acties.prioriteit import leg_prioriteit_vast
from inspecties.acties.queries import stops_van
from inspecties.acties.rules.avondbericht import bezwaar_tegen_bericht, maak_tekst
from inspecties.acties.rules.binnentreden import begingrond
from inspecties.acties.rules.toestanden import ACTIE_TABEL, STOP_TABEL
from inspecties.acties.soortkeuze import vul_checklists
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokaal
from inspecties.database import select_voor
from inspecties.locaties.models import Risicolocatie

REDEN_HOOGSTENS = 2000


def eis_onderweg(actie: Actie) -> None:
    """Raise Conflict where the action is not under way."""
    if actie.toestand != "in_uitvoering":
        raise Conflict(
            f"Deze actie is '{ACTIE_TABEL.namen[actie.toestand].lower()}'. Dit kan alleen tijdens de uitvoering.",
            "toestand",
        )


def stuur_bericht(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, ploeg: Ploeg | None, tekst: str
) -> Avondbericht:
    """A message to one team, or to all (None). Raises OngeldigeInvoer (personal data, other team) or Conflict."""
    if actie.toestand not in {"gereed", "in_uitvoering"}:
        raise Conflict("Een bericht sturen kan zolang de actie gereed of in uitvoering is.", "tekst")
    schoon = maak_tekst(tekst)
    bezwaar = bezwaar_tegen_bericht(schoon)
    if bezwaar:
        raise OngeldigeInvoer(bezwaar, "tekst")
    if ploeg is not None and ploeg.actie_id != actie.id:
        raise OngeldigeInvoer("Kies een ploeg van deze actie.", "ploeg")
    bericht = Avondbericht(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        ploeg_id=ploeg.id if ploeg else None,
        tekst=schoon,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(bericht)
    sessie.flush()
    # The words are kept once, in the message: the log says that it was sent, and to whom.
    aan = {"ploeg": str(ploeg.uid)} if ploeg else {"ploeg": None}
    leg_vast(sessie, actor, nu, "avondbericht_gestuurd", "actie", actie.uid, gegevens=aan)
    return bericht


def voeg_stop_toe_tijdens(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    actie: Actie,
    locatie: Risicolocatie,
    ploeg: Ploeg,
    reden: str,
    duur_min: int = 30,
    *,
    eerst: bool = False,
) -> Stop:
    """A location that a team visits as well, next (``eerst``) or last. Raises OngeldigeInvoer or Conflict."""
    eis_onderweg(actie)
    waarom = _reden(reden)
    staand = stops_van(sessie, actor, actie)
    al = next((stop for stop in staand if stop.locatie_id == locatie.id), None)
    if al is not None:
        waar = f"stop {al.volgorde} van {al.ploeg.naam}" if al.ploeg else f"stop {al.volgorde}"
        raise Conflict(f"{locatie.adresregel} is al {waar} ('{STOP_TABEL.namen[al.toestand].lower()}').", "locatie")
    if len(staand) >= STOPS_HOOGSTENS:
        raise OngeldigeInvoer(f"Een actie heeft hoogstens {STOPS_HOOGSTENS} stops.", "locatie")
    if not 1 <= duur_min <= DUUR_HOOGSTENS_MIN:
        raise OngeldigeInvoer(f"De duur is 1 tot {DUUR_HOOGSTENS_MIN} minuten.", "duur_min")
    _van_deze_actie(actie, ploeg)
    doel = gebruiksdoelen(sessie, actor, [locatie]).get(locatie.id, "")
    stop = Stop(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        locatie_id=locatie.id,
        ploeg_id=ploeg.id,
        volgorde=STOPS_HOOGSTENS * 2,
        duur_min=duur_min,
        toegangsgrond=begingrond(doel, locatie.locatietype.code),
        checklists=[locatie.locatietype.checklist_code],
    )
    sessie.add(stop)
    sessie.flush()
    sessie.add(Stopplan(gemeente_id=actor.gemeente_id, stop_id=stop.id, herkomst="avond"))
    vul_checklists(sessie, actor, actie, [stop])
    leg_prioriteit_vast(sessie, actor, nu, [stop])
    _zet_op_plaats(sessie, actor, actie, stop, eerst=eerst)
    _bewaar(sessie, actor, nu, stop, "erbij", None, ploeg, waarom)
    return stop


def wissel_ploeg(
    sessie: Session, actor: Actor, nu: datetime, stop: Stop, ploeg: Ploeg, reden: str, antwoorden: int, *, eerst: bool
) -> None:
    """Another team takes this stop. ``antwoorden``: what tablets sent of its visit already; only 0 may move.

    Raises OngeldigeInvoer naming the field, and Conflict where a team is busy with it or was there.
    """
    actie = stop.actie
    eis_onderweg(actie)
    waarom = _reden(reden)
    _van_deze_actie(actie, ploeg)
    _vergrendel(sessie, stop)
    if stop.toestand not in {"gepland", "vervallen"} or antwoorden:
        raise Conflict(
            f"{_bezig(stop, antwoorden)} Deze stop kan niet meer naar een andere ploeg. "
            "Er is niets gewijzigd; wat de ploeg invult, blijft bewaard.",
            "ploeg",
        )
    if stop.toestand == "vervallen":
        raise Conflict("Deze stop is vervallen. Zet hem eerst terug.", "ploeg")
    if stop.ploeg_id == ploeg.id:
        raise OngeldigeInvoer(f"Deze stop is al van {ploeg.naam}. Kies een andere ploeg.", "ploeg")
    oud, stop.ploeg = stop.ploeg, ploeg
    plan = sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id == stop.id)).one_or_none()
    if plan is not None:
        # These were the times of the other team.
        plan.aankomst_op = plan.begin_op = plan.vertrek_op = None
    _zet_op_plaats(sessie, actor, actie, stop, eerst=eerst)
    _bewaar(sessie, actor, nu, stop, "wissel", oud, ploeg, waarom)


def laat_vervallen_tijdens(
    sessie: Session, actor: Actor, nu: datetime, stop: Stop, reden: str, antwoorden: int
) -> None:
    """Call a stop off on the evening. Raises Conflict where a team is inside, whether it said so or not."""
    _vergrendel(sessie, stop)
    if stop.toestand == "binnen" or antwoorden:
        raise Conflict(
            f"{_bezig(stop, antwoorden)} De stop kan nu niet vervallen; er is niets gewijzigd en niets verloren. "
            "Bel de ploeg: zij ronden het bezoek af of melden 'niemand thuis'.",
            "toestand",
        )
    laat_stop_vervallen(sessie, actor, nu, stop, reden)


def controleer_gezien(stop: Stop, toestand: str, ploeg_uid: str) -> None:
    """Raise Conflict where the coordinator looked at another state or another team of this stop."""
    nu_ploeg = str(stop.ploeg.uid) if stop.ploeg else ""
    if stop.toestand != toestand:
        raise Conflict(
            f"De ploeg meldde intussen '{STOP_TABEL.namen[stop.toestand].lower()}'. Uw wijziging is niet opgeslagen.",
            "gezien",
        )
    if nu_ploeg != ploeg_uid:
        raise Conflict(
            "Iemand anders gaf deze stop intussen aan een andere ploeg. Uw wijziging is niet opgeslagen.", "gezien"
        )


def _reden(reden: str) -> str:
    waarom = " ".join(reden.split())
    if not waarom:
        raise OngeldigeInvoer("Schrijf kort waarom het plan tijdens de actie verandert.", "reden")
    if len(waarom) > REDEN_HOOGSTENS:
        raise OngeldigeInvoer(f"Een reden heeft hoogstens {REDEN_HOOGSTENS} tekens.", "reden")
    return waarom


def _van_deze_actie(actie: Actie, ploeg: Ploeg) -> None:
    if ploeg.actie_id != actie.id:
        raise OngeldigeInvoer("Kies een ploeg van deze actie.", "ploeg")
    if not ploeg.leden:
        raise OngeldigeInvoer(f"In {ploeg.naam} zit niemand. Kies een andere ploeg.", "ploeg")


def _vergrendel(sessie: Session, stop: Stop) -> None:
    # A tablet's report and this act are judged one after the other.
    sessie.refresh(stop, ["toestand", "ploeg_id"], with_for_update={"key_share": True, "of": Stop})


def _bezig(stop: Stop, antwoorden: int) -> str:
    wie = stop.ploeg.naam if stop.ploeg else "Een ploeg"
    if stop.toestand == "binnen":
        return f"{wie} is nu binnen bij {stop.locatie.adresregel}."
    if stop.toestand == "gepland" and antwoorden:
        woord = "antwoord" if antwoorden == 1 else "antwoorden"
        return f"{wie} is al bezig bij {stop.locatie.adresregel}: er zijn {antwoorden} {woord} binnen."
    return f"{stop.locatie.adresregel} is '{STOP_TABEL.namen[stop.toestand].lower()}'."


def _zet_op_plaats(sessie: Session, actor: Actor, actie: Actie, stop: Stop, *, eerst: bool) -> None:
    """Number the stops of the team again: what was begun keeps its place before the rest."""
    sessie.flush()
    rij = [s for s in stops_van(sessie, actor, actie) if s.ploeg_id == stop.ploeg_id and s.id != stop.id]
    plaats = len(rij)
    if eerst:
        plaats = max((i for i, s in enumerate(rij, start=1) if s.toestand not in {"gepland", "vervallen"}), default=0)
    rij.insert(plaats, stop)
    for nummer, s in enumerate(rij, start=1):
        s.volgorde = nummer


def _bewaar(
    sessie: Session, actor: Actor, nu: datetime, stop: Stop, soort: str, van: Ploeg | None, naar: Ploeg, reden: str
) -> None:
    sessie.add(
        Planwijziging(
            gemeente_id=actor.gemeente_id,
            actie_id=stop.actie_id,
            stop_id=stop.id,
            soort=soort,
            van_ploeg_id=van.id if van else None,
            naar_ploeg_id=naar.id,
            reden=reden,
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
    raak(stop.actie)
    leg_vast(
        sessie,
        actor,
        nu,
        "plan_tijdens_gewijzigd",
        "stop",
        stop.uid,
        gegevens={
            "soort": soort,
            "van": str(van.uid) if van else None,
            "naar": str(naar.uid),
            "op": f"{lokaal(nu):%H:%M}",
        },
    )


def nieuwe_punten(eerder: Sequence[str], daarna: Sequence[str]) -> list[str]:
    """What a change brought that was not there before, for a warning: the coordinator decides, and knows."""
    return [melding for melding in daarna if melding not in eerder]
