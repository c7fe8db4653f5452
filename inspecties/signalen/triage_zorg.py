"""Care first: what was offered to a possible victim, and the time to think as a term."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.signalen.meldroute import eis_behandelaar, schoon, vergrendel
from inspecties.signalen.meldroute_queries import bedenktijden_van
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Bedenktijd, Zorgaanbod
from inspecties.signalen.rules.triage import ZORGANTWOORDEN
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.termijnen.rules import Termijn
from inspecties.termijnen.rules.benoemd import Termijnregel

CODE = "bedenktijd"
# From here on the home page counts down: enough time to speak with the person again.
AANDACHT_VANAF = timedelta(days=14)


def leg_zorg_vast(
    sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, wat: str, door_wie: str, op: date, antwoord: str
) -> Zorgaanbod:
    """Help that was offered, by whom, when, and the answer. Raises OngeldigeInvoer naming the field."""
    eis_behandelaar(actor)
    vandaag = lokale_datum(nu)
    if antwoord not in ZORGANTWOORDEN:
        raise OngeldigeInvoer(f"Kies het antwoord: {', '.join(ZORGANTWOORDEN.values())}.", "antwoord")
    if not vandaag - timedelta(days=3650) <= op <= vandaag:
        raise OngeldigeInvoer("Vul de dag in waarop de hulp is aangeboden, niet later dan vandaag.", "aangeboden_op")
    rij = Zorgaanbod(
        gemeente_id=signaal.gemeente_id,
        signaal_id=signaal.id,
        wat=schoon(wat, "wat", 200, verplicht="Schrijf op welke hulp is aangeboden."),
        door_wie=schoon(door_wie, "door_wie", 160, verplicht="Schrijf op welke organisatie de hulp aanbood."),
        aangeboden_op=op,
        antwoord=antwoord,
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, "zorg_vastgelegd", "signaal", signaal.uid)
    return rij


def bedenktijd_vanaf(begon: date) -> tuple[Termijn, Termijnregel]:
    """The term that starts on this day, and the row that says so."""
    regel = termijntabel().op(CODE, begon)
    return regel.bereken(begon, kalender=kalender()), regel


def begin_bedenktijd(
    sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, begon: date, via: str
) -> Bedenktijd:
    """Write down when the time to think began, and through whom. Raises OngeldigeInvoer; Conflict while one runs."""
    eis_behandelaar(actor)
    vergrendel(sessie, actor, signaal)
    if any(b.beeindigd_op is None for b in bedenktijden_van(sessie, actor, signaal)):
        raise Conflict("Er loopt al een bedenktijd bij dit signaal. Beëindig die eerst.")
    vandaag = lokale_datum(nu)
    if not vandaag - timedelta(days=366) <= begon <= vandaag:
        raise OngeldigeInvoer(
            "Vul de dag in waarop de bedenktijd inging: hooguit een jaar terug, niet later dan nu.", "begon_op"
        )
    termijn, regel = bedenktijd_vanaf(begon)
    rij = Bedenktijd(
        gemeente_id=signaal.gemeente_id,
        signaal_id=signaal.id,
        begon_op=begon,
        uiterlijk=termijn.einddag,
        via=schoon(via, "via", 160, verplicht="Schrijf op via wie het liep, zoals: CoMensha en de IND."),
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "bedenktijd_begonnen",
        "signaal",
        signaal.uid,
        grondslag=regel.artikel,
        gegevens={"uiterlijk": rij.uiterlijk.isoformat()},
    )
    return rij


def beeindig_bedenktijd(sessie: Session, actor: Actor, nu: datetime, rij: Bedenktijd, op: date, reden: str) -> None:
    """The time to think is over. Raises OngeldigeInvoer naming the field, Conflict when it had ended."""
    eis_behandelaar(actor)
    if rij.beeindigd_op is not None:
        raise Conflict("Deze bedenktijd is al beëindigd. Ververs de pagina.")
    if not rij.begon_op <= op <= lokale_datum(nu):
        raise OngeldigeInvoer("Kies een dag vanaf het begin van de bedenktijd tot en met vandaag.", "op")
    rij.reden = schoon(reden, "reden", 300, verplicht="Schrijf op waarom de bedenktijd eindigt.")
    rij.beeindigd_op = op
    leg_vast(sessie, actor, nu, "bedenktijd_beeindigd", "signaal", rij.signaal.uid)
