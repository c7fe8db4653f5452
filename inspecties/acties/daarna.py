"""Acts after an action: what came of each stop, what was learned and how many hours it took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.daarna_queries import Urenvak, besprekingen_van, urenvakken
from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_daarna import Les, Stopbespreking, Urenregel
from inspecties.acties.rules.debriefing import CATEGORIEEN, RESULTATEN, controleer_tekst, schrijf_uren
from inspecties.acties.rules.toestanden import ACTIE_TABEL
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.zoeken import is_op_te_slaan

OPMERKING_HOOGSTENS = 4000
# From the moment it runs: what came of the first stop is told while the team drives to the next.
BESPREEKBAAR = frozenset({"in_uitvoering", "afgerond"})


def eis_begonnen(actie: Actie) -> None:
    """Raise Conflict where there is nothing to look back on yet."""
    if actie.toestand not in BESPREEKBAAR:
        raise Conflict(
            f"Deze actie is '{ACTIE_TABEL.namen[actie.toestand].lower()}'. Terugkijken kan vanaf het starten.",
            "toestand",
        )


def bespreek_stop(
    sessie: Session, actor: Actor, nu: datetime, stop: Stop, resultaat: str, opmerking: str, gezien: int
) -> Stopbespreking:
    """Keep the result of one stop. ``gezien``: the version that was on the screen, 0 for none.

    Raises OngeldigeInvoer, and Conflict where somebody else was first.
    """
    eis_begonnen(stop.actie)
    if resultaat not in RESULTATEN:
        raise OngeldigeInvoer(f"Kies een resultaat uit: {', '.join(RESULTATEN.values())}.", "resultaat")
    tekst = opmerking.strip()
    if len(tekst) > OPMERKING_HOOGSTENS:
        raise OngeldigeInvoer(f"Gebruik hoogstens {OPMERKING_HOOGSTENS} tekens.", "opmerking")
    # Two who save the first at the same moment: the second waits here and then sees it.
    sessie.execute(select(Stop.id).where(Stop.id == stop.id).with_for_update(key_share=True))
    rij = besprekingen_van(sessie, actor, [stop.id]).get(stop.id)
    if gezien != (rij.versie if rij else 0):
        raise Conflict(
            "Iemand anders heeft deze stop net besproken. Uw tekst is niet opgeslagen en staat nog in het formulier. "
            "Lees wat er nu staat en sla daarna op.",
            "versie",
        )
    if rij is None:
        rij = Stopbespreking(gemeente_id=actor.gemeente_id, stop_id=stop.id)
        sessie.add(rij)
    rij.resultaat, rij.opmerking, rij.door_id, rij.op = resultaat, tekst, actor.gebruiker_id, nu
    leg_vast(sessie, actor, nu, "stop_besproken", "stop", stop.uid, gegevens={"resultaat": resultaat})
    return rij


def schrijf_les(sessie: Session, actor: Actor, nu: datetime, actie: Actie, categorie: str, tekst: str) -> Les:
    """Keep a lesson. Raises OngeldigeInvoer and Conflict."""
    eis_begonnen(actie)
    if categorie not in CATEGORIEEN:
        raise OngeldigeInvoer(f"Kies waar het over gaat: {', '.join(CATEGORIEEN.values())}.", "categorie")
    goed = controleer_tekst(tekst, "tekst", "Schrijf op wat een volgende keer anders of net zo moet.")
    les = Les(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        categorie=categorie,
        tekst=goed,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(les)
    sessie.flush()
    leg_vast(sessie, actor, nu, "les_opgeschreven", "les", les.uid, gegevens={"categorie": categorie})
    return les


def haal_les_weg(sessie: Session, actor: Actor, nu: datetime, les: Les) -> None:
    """A lesson that does not hold any more."""
    leg_vast(sessie, actor, nu, "les_weggehaald", "les", les.uid, gegevens={"actie": str(les.actie.uid)})
    sessie.delete(les)


@dataclass(frozen=True)
class Ureninvoer:
    """What was typed for one organisation in one team: person-minutes and, where that corrects, why."""

    minuten: int
    reden: str = ""


def zet_uren(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, invoer: Mapping[str, Ureninvoer]
) -> Sequence[Urenregel]:
    """Keep the hours by key of ``Urenvak``; what did not change is left alone, what does needs a reason.

    Raises OngeldigeInvoer naming the key, and Conflict.
    """
    eis_begonnen(actie)
    # A second planner waits here: each row corrects the newest there is.
    sessie.execute(select(Actie.id).where(Actie.id == actie.id).with_for_update(key_share=True))
    vakken = {vak.sleutel: vak for vak in urenvakken(sessie, actor, actie)}
    if not invoer.keys() <= vakken.keys():
        raise OngeldigeInvoer("De ploegen zijn veranderd. Ververs de pagina en vul de uren opnieuw in.", "uren")
    uit = []
    for sleutel, deel in invoer.items():
        vak = vakken[sleutel]
        if vak.gewerkt_min == deel.minuten:
            continue
        reden = deel.reden.strip()
        if vak.gewerkt_min is not None and not reden:
            raise OngeldigeInvoer(
                f"{vak.ploeg.naam}, {vak.naam}: eerst {schrijf_uren(vak.gewerkt_min)}. Schrijf waarom dat niet klopt.",
                sleutel,
            )
        if len(reden) > 2000 or not is_op_te_slaan(reden):
            raise OngeldigeInvoer("Gebruik hoogstens 2000 gewone tekens voor de reden.", sleutel)
        uit.append(_regel(actor, nu, actie, vak, deel.minuten, reden if vak.gewerkt_min is not None else ""))
    sessie.add_all(uit)
    sessie.flush()
    if uit:
        telling = {"regels": len(uit), "correcties": sum(bool(r.reden) for r in uit)}
        leg_vast(sessie, actor, nu, "uren_vastgelegd", "actie", actie.uid, gegevens=telling)
    return uit


def _regel(actor: Actor, nu: datetime, actie: Actie, vak: Urenvak, minuten: int, reden: str) -> Urenregel:
    return Urenregel(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        ploeg_id=vak.ploeg.id,
        organisatie_id=vak.organisatie_id,
        mensen=vak.mensen,
        gepland_min=vak.gepland_min,
        gewerkt_min=minuten,
        reden=reden,
        door_id=actor.gebruiker_id,
        op=nu,
    )
