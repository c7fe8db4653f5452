"""What signals ask of actions and dossiers, which come later in the order of features."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.operations import maak_actie
from inspecties.acties.operations_stops import voeg_stops_toe
from inspecties.acties.rules.gegevens import NAAM_HOOGSTENS, ActieGegevens
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict
from inspecties.database import haal, select_voor
from inspecties.dossiers.models import Dossier
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen.koppelen import Actiekeuze, Actieport

# A spoedcontrole begins at the next whole hour and is two hours long, until the planner says otherwise.
SPOED_DUUR = timedelta(hours=2)
# The plan says what every visit is for; it never says that a signal led to it.
DOEL = "Naleving van de regels op deze locatie nagaan."


def zoek_dossier(sessie: Session, actor: Actor, nummer: str) -> tuple[UUID, str] | None:
    """A dossier by its number, for who was given that number. A Bibob dossier is never there (Wet Bibob art. 28)."""
    rij = sessie.scalars(
        select_voor(systeem(actor.gemeente_id), Dossier).where(Dossier.nummer == nummer, Dossier.soort != "bibob")
    ).first()
    return None if rij is None else (rij.uid, rij.nummer)


def keuzes(sessie: Session, actor: Actor, nu: datetime) -> Sequence[Actiekeuze]:
    """Coming actions that are still being planned, the next first."""
    rijen = sessie.scalars(
        select_voor(actor, Actie)
        .where(Actie.toestand == "concept", Actie.eind_op >= nu)
        .order_by(Actie.begin_op, Actie.id)
        .limit(20)
    )
    return [_keuze(actie) for actie in rijen]


def op_actie(sessie: Session, actor: Actor, nu: datetime, actie_uid: UUID, locatie: Risicolocatie) -> Actiekeuze:
    """Add the location as a stop, with the checklist of its type and its safety line."""
    actie = haal(sessie, actor, Actie, actie_uid, "De actie")
    _voeg_toe(sessie, actor, nu, actie, locatie)
    return _keuze(actie)


def spoed(sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie) -> Actiekeuze:
    """A new spoedcontrole in concept with this location as its stop."""
    begin = nu.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    naam = f"Spoedcontrole {locatie.adresregel}"[:NAAM_HOOGSTENS]
    actie = maak_actie(sessie, actor, nu, ActieGegevens(naam, "spoedcontrole", begin, begin + SPOED_DUUR, doel=DOEL))
    _voeg_toe(sessie, actor, nu, actie, locatie)
    return _keuze(actie)


def _voeg_toe(sessie: Session, actor: Actor, nu: datetime, actie: Actie, locatie: Risicolocatie) -> None:
    nieuw = voeg_stops_toe(sessie, actor, nu, actie, [locatie], "signaal")
    if not nieuw:
        raise Conflict(f"{locatie.adresregel} is al een stop van deze actie.", "actie")
    # Only this line: how to get in, how long it takes and what it asks stand as they were found.
    nieuw[0].veiligheid = nieuw[0].veiligheid or locatie.veiligheid


def _keuze(actie: Actie) -> Actiekeuze:
    return Actiekeuze(actie.uid, actie.naam, actie.begin_op)


PORT = Actieport(keuzes, op_actie, spoed)
