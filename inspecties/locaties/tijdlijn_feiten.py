"""What the facts of a location tell on its timeline: permits, nuisance, roles, notes, documents, numbers, mistakes."""

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import TIJDZONE
from inspecties.locaties import queries_feiten as feiten
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Vergunning
from inspecties.locaties.rules.feiten import AANTALSOORTEN, CORRECTIES, OVERLASTSOORTEN, VERGUNNINGSTATUS
from inspecties.locaties.rules.partijen import PARTIJROLLEN
from inspecties.locaties.tijdlijn import Bron, Punt

FEITEN: dict[str, str] = {
    "vergunning": "vergunning",
    "overlastmelding": "overlastmelding",
    "partijrol": "partij en rol",
}


def _om_twaalf(dag: date) -> datetime:
    """Noon of a day of which no hour is known, so that it sorts among that day's events."""
    return datetime.combine(dag, time(12), TIJDZONE)


def _gebeurtenissen(v: Vergunning) -> Iterable[tuple[date, str]]:
    """The days in the life of a permit, also those still to come."""
    if v.status in ("verleend", "ingetrokken") and v.geldig_vanaf is not None:
        yield v.geldig_vanaf, "gaat in"
    if v.status == "verleend" and v.geldig_tot is not None:
        yield v.geldig_tot, "laatste dag"
    if v.status == "ingetrokken" and v.intrekdatum is not None:
        yield v.intrekdatum, "ingetrokken"


def vergunningen(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Permits: given, last day, withdrawn; one without any date on the day it was written down."""
    for v in feiten.vergunningen_van(sessie, actor, locatie):
        nummer = f" {v.nummer}" if v.nummer else ""
        naam = f"{v.soort[:1].upper()}{v.soort[1:]}{nummer}"
        waar = ("locatiefeiten.vergunning", {"uid": locatie.uid, "vergunning_uid": v.uid})
        dagen = list(_gebeurtenissen(v))
        for dag, wat in dagen:
            yield Punt(_om_twaalf(dag), "vergunning", f"{naam}: {wat}", v.houder, *waar, hele_dag=True)
        if not dagen:
            woord = VERGUNNINGSTATUS[v.status].lower()
            yield Punt(v.vastgelegd_op, "vergunning", f"{naam}: {woord}", v.houder, *waar)


def overlast(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Reports of nuisance, with their source and never who reported."""
    for o in feiten.overlast_van(sessie, actor, locatie):
        bron = f"Bron: {o.bron}" if o.bron else ""
        tekst = " · ".join(filter(None, (o.tekst, bron)))
        waar = ("locatiefeiten.overlastmelding", {"uid": locatie.uid, "overlast_uid": o.uid})
        yield Punt(_om_twaalf(o.datum), "overlast", f"Overlast: {OVERLASTSOORTEN[o.soort].lower()}", tekst, *waar, True)


def rollen(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """When a party got a role and when that ended, for who may see the party."""
    for r in feiten.rollen_van(sessie, actor, locatie):
        naam = PARTIJROLLEN[r.rol]
        waar = ("locatiefeiten.partij", {"uid": r.partij.uid})
        if r.van is not None:
            yield Punt(_om_twaalf(r.van), "partij", f"{naam}: {r.partij.naam}", f"Bron: {r.bron}", *waar, True)
        else:
            yield Punt(r.vastgelegd_op, "partij", f"{naam} vastgelegd: {r.partij.naam}", f"Bron: {r.bron}", *waar)
        if r.tot is not None:
            yield Punt(_om_twaalf(r.tot), "partij", f"Geen {naam.lower()} meer: {r.partij.naam}", "", *waar, True)


def notities(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Notes, also those that were struck through."""
    for n in feiten.notities_van(sessie, actor, locatie):
        door = f"Notitie van {n.door.naam}" if n.door else "Notitie"
        waar = ("locatiefeiten.notitie", {"uid": locatie.uid, "notitie_uid": n.uid})
        yield Punt(n.op, "notitie", door, n.tekst, *waar, doorgehaald=n.ingetrokken_op is not None)


def documenten(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Documents, for who may open them."""
    for d in feiten.documenten_van(sessie, actor, locatie):
        door = f"Toegevoegd door {d.door.naam}" if d.door else ""
        waar = ("locatiefeiten.document", {"uid": locatie.uid, "document_uid": d.uid})
        weg = d.ingetrokken_op is not None
        yield Punt(d.op, "document", f"Document: {d.titel}", door, *waar, doorgehaald=weg)


def aantallen(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Numbers: persons registered and licensed capacity."""
    for a in feiten.aantallen_van(sessie, actor, locatie):
        waarde = "onbekend" if a.waarde is None else str(a.waarde)
        yield Punt(
            _om_twaalf(a.peildatum),
            "aantal",
            f"{AANTALSOORTEN[a.soort]}: {waarde}",
            f"Bron: {a.bron}",
            "locatiefeiten.aantallen",
            {"uid": locatie.uid},
            hele_dag=True,
        )


def correcties(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """Mistakes that were put right, and why."""
    for c in feiten.correcties_van(sessie, actor, locatie):
        door = f" ({c.door.naam})" if c.door else ""
        yield Punt(c.op, "correctie", f"{CORRECTIES[c.handeling]}: {FEITEN.get(c.feit, c.feit)}", f"{c.reden}{door}")


FEITENBRONNEN: tuple[Bron, ...] = (vergunningen, overlast, rollen, notities, documenten, aantallen, correcties)
