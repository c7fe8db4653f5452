"""On the home page of who keeps the locations: permits that end, persons whose term has passed."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.locaties import queries_feiten as feiten
from inspecties.start.kaartje import Kaartje


def vergunningen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """Permits that end within 60 days, and those that ended without a successor."""
    if not rol_mag(actor.rol, "locaties.bewerken"):
        return []
    rijen = feiten.aflopend(sessie, actor, lokale_datum(nu))
    if not rijen:
        return []
    verlopen = sum(stand.code == "verlopen" for _, stand in rijen)
    straks = len(rijen) - verlopen
    delen = [
        f"{straks} {'loopt' if straks == 1 else 'lopen'} binnen 60 dagen af" if straks else "",
        f"{verlopen} {'is' if verlopen == 1 else 'zijn'} verlopen zonder opvolger" if verlopen else "",
    ]
    zin = " en ".join(filter(None, delen)) + "."
    return [Kaartje("Vergunningen", zin, len(rijen), verlopen > 0, endpoint="locatiefeiten.aflopend", actie="Bekijken")]


def bewaartermijn(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """Persons in the register of parties whose last day has passed."""
    if not (rol_mag(actor.rol, "locaties.personen") and rol_mag(actor.rol, "locaties.bewerken")):
        return []
    aantal = len(feiten.personen(sessie, actor, voor=lokale_datum(nu)))
    if not aantal:
        return []
    zin = "De bewaartermijn is voorbij. Kijk of ze nog nodig zijn."
    return [Kaartje("Personen bij locaties", zin, aantal, True, endpoint="locatiefeiten.personen", actie="Bekijken")]
