"""The panels of a location's facts: each reads what this actor may see."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.locaties import queries_feiten as feiten
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Locatieaantal
from inspecties.locaties.panelen import Paneel
from inspecties.locaties.rules.feiten import AANTALSOORTEN, OVERLASTSOORTEN, VLAKSOORTEN
from inspecties.locaties.rules.partijen import PARTIJROLLEN, is_over_termijn, loopt_nog

# How far back nuisance counts as recent on the page.
OVERLAST_DAGEN = 365


def _mag_bewerken(actor: Actor) -> bool:
    return rol_mag(actor.rol, "locaties.bewerken")


def partijen(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any]:
    """Who has to do with it. Showing persons is an audit line of its own."""
    vandaag = lokale_datum(nu)
    rollen = feiten.rollen_van(sessie, actor, locatie)
    ziet_personen = rol_mag(actor.rol, "locaties.personen")
    getoond = {r.partij_id for r in rollen if r.partij.soort == "persoon"}
    if getoond:
        leg_vast(sessie, actor, nu, "personen_gelezen", "risicolocatie", locatie.uid, gegevens={"aantal": len(getoond)})
    return {
        "nu": [r for r in rollen if loopt_nog(r.tot, vandaag)],
        "eerder": [r for r in rollen if not loopt_nog(r.tot, vandaag)],
        "over_termijn": {r.partij_id for r in rollen if is_over_termijn(r.partij.bewaren_tot, vandaag)},
        "rolnamen": PARTIJROLLEN,
        "mag_bewerken": _mag_bewerken(actor),
        "ziet_personen": ziet_personen,
    }


def vergunningen(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any]:
    """Permits with how they stand today."""
    vandaag = lokale_datum(nu)
    rijen = [(v, feiten.stand_van(v, vandaag)) for v in feiten.vergunningen_van(sessie, actor, locatie)]
    gelden = [(v, s) for v, s in rijen if s.code not in ("verlopen", "ingetrokken", "geweigerd")]
    return {
        "nu": gelden,
        "eerder": [paar for paar in rijen if paar not in gelden],
        "mag_bewerken": _mag_bewerken(actor),
    }


def overlast(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any]:
    """How much nuisance in the last year, and of what kind."""
    sinds = lokale_datum(nu) - timedelta(days=OVERLAST_DAGEN)
    alle = feiten.overlast_van(sessie, actor, locatie)
    recent = [o for o in alle if o.datum >= sinds]
    per_soort = [(naam, sum(o.soort == code for o in recent)) for code, naam in OVERLASTSOORTEN.items()]
    return {
        "recent": len(recent),
        "ouder": len(alle) - len(recent),
        "laatste": alle[0] if alle else None,
        "per_soort": sorted(((n, aantal) for n, aantal in per_soort if aantal), key=lambda p: -p[1]),
        "mag_bewerken": _mag_bewerken(actor),
    }


def documenten(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any]:
    """Documents that are on the list."""
    del nu
    rijen = feiten.documenten_van(sessie, actor, locatie)
    return {"rijen": [d for d in rijen if d.ingetrokken_op is None], "mag_bewerken": _mag_bewerken(actor)}


def notities(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any] | None:
    """The form to write one; the notes themselves stand on the timeline."""
    del sessie, locatie, nu
    return {} if _mag_bewerken(actor) else None


def omtrek(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any] | None:
    """Outlines with area, source and date."""
    del nu
    rijen = feiten.vlakken_van(sessie, actor, locatie)
    if not rijen and not _mag_bewerken(actor):
        return None
    return {"rijen": rijen, "soortnamen": VLAKSOORTEN, "mag_bewerken": _mag_bewerken(actor)}


def herkomst_van_aantal(locatie: Risicolocatie, soort: str, rijen: list[Locatieaantal]) -> tuple[str, date | None]:
    """(source, day) of the number that the location carries now; the location's own source where nothing says it."""
    waarde = getattr(locatie, soort)
    laatste = next((a for a in rijen if a.soort == soort), None)
    if laatste is not None and laatste.waarde == waarde:
        return laatste.bron, laatste.peildatum
    return (locatie.bron, lokale_datum(locatie.gewijzigd_op)) if waarde is not None else ("", None)


def aantallen(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any]:
    """Persons registered and licensed capacity, each with source and date."""
    del nu
    rijen = list(feiten.aantallen_van(sessie, actor, locatie))
    regels = [
        (naam, getattr(locatie, soort), *herkomst_van_aantal(locatie, soort, rijen))
        for soort, naam in AANTALSOORTEN.items()
    ]
    brp, capaciteit = locatie.personen_brp, locatie.capaciteit
    boven = brp - capaciteit if brp is not None and capaciteit is not None and brp > capaciteit else 0
    return {"regels": regels, "boven": boven, "mag_bewerken": _mag_bewerken(actor)}


FEITENPANELEN: tuple[Paneel, ...] = (
    Paneel("aantallen", "locaties/paneel_aantallen.html", "zij", aantallen),
    Paneel("partijen", "locaties/paneel_partijen.html", "zij", partijen),
    Paneel("vergunningen", "locaties/paneel_vergunningen.html", "zij", vergunningen),
    Paneel("overlast", "locaties/paneel_overlast.html", "zij", overlast),
    Paneel("documenten", "locaties/paneel_documenten.html", "zij", documenten),
    Paneel("omtrek", "locaties/paneel_omtrek.html", "zij", omtrek),
    Paneel("notities", "locaties/paneel_notities.html", "hoofd", notities),
)
