"""The terms that a user watches, as a calendar to subscribe to: the day and the article, and nothing of the case."""

from datetime import datetime, timedelta

from icalendar import Event
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.dossiers.looptermijnen import lopende
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.post.rules.ics import schrijf_gebeurtenissen

TERUG = timedelta(days=60)


def _dag(rij: Looptermijn) -> Event:
    """One last day. That a Bibob investigation runs is secret (Wet Bibob art. 28): its article is left out."""
    deel = Event()
    deel.add("uid", f"{rij.uid}@inspecties")
    deel.add("dtstamp", rij.gemaakt_op)
    deel.add("dtstart", rij.einde_datum)
    deel.add("dtend", rij.einde_datum + timedelta(days=1))
    deel.add("sequence", rij.versie)
    wat = "" if rij.dossier.soort == "bibob" else f": {rij.artikel}"
    deel.add("summary", f"Laatste dag van een termijn{wat}")
    deel.add("status", "TENTATIVE" if rij.stand == "opgeschort" else "CONFIRMED")
    # A last day is no appointment: it leaves the person free.
    deel.add("transp", "TRANSPARENT")
    deel.add("class", "PRIVATE")
    return deel


def agenda_van(sessie: Session, actor: Actor, nu: datetime) -> bytes:
    """The running terms that this user watches and may still see. The same terms give the same bytes."""
    rijen: list[Looptermijn] = []
    if rol_mag(actor.rol, "dossiers.lezen"):
        eigen = lopende(actor).where(
            Looptermijn.eigenaar_id == actor.gebruiker_id, Looptermijn.einde_datum > lokale_datum(nu) - TERUG
        )
        rijen = list(sessie.scalars(eigen))
    return schrijf_gebeurtenissen("Inspecties: termijnen", [_dag(rij) for rij in rijen])
