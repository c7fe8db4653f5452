"""The tracks of lasten and fines: which approval one carries out, and taking a step along with an act."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.dossiers.akkoorden import ongebruikt_akkoord
from inspecties.dossiers.besluitteksten import staat_in
from inspecties.dossiers.models import Besluit, Dossier
from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang
from inspecties.dossiers.rules.traject import NERGENS
from inspecties.dossiers.trajecten import (
    laatste_gang,
    stand_van,
    tabel_van,
    trajecten_van,
    zet_trajectstap,
)

# Where the person concerned was heard (art. 4:8), or it was written down why not (art. 4:11).
GEHOORD = ("zienswijze", "niet_gehoord")


def traject_met(sessie: Session, actor: Actor, dossier: Dossier, code: str) -> Dossiertraject | None:
    """The track of this kind in the dossier, or None."""
    return next((r for r in trajecten_van(sessie, actor, dossier) if r.code == code), None)


def opgelegd(traject: Dossiertraject | None) -> Trajectgang | None:
    """The step by which the decision of this track was taken, or None."""
    return laatste_gang(traject.gangen, "opgelegd") if traject is not None else None


def gehoord(traject: Dossiertraject) -> Trajectgang | None:
    """The last time that the hearing was finished, or it was said why there is none; None where that is not so (yet).

    A voornemen that was sent after it opens the hearing again.
    """
    gang = next((g for g in reversed(traject.gangen) if g.naar in {*GEHOORD, "voornemen"}), None)
    return gang if gang is not None and gang.naar in GEHOORD else None


def schuif(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    code: str,
    naar: str,
    op: date,
    gegevens: Mapping[str, str] | None = None,
    reden: str = "",
) -> bool:
    """Take this step of a track along, where it runs and that is its next step; whether it was taken.

    A step that asks for a reason is for a person, save where ``reden`` is one. Raises Conflict where a guard says no.
    """
    traject = traject_met(sessie, actor, dossier, code)
    if traject is None:
        return False
    tabel = tabel_van(traject)
    stand = stand_van(traject, tabel, "")
    kan = {o.naar: o for o in tabel.vanuit(stand)} if stand != NERGENS else {}
    if naar not in kan or (kan[naar].reden_verplicht and not reden):
        return False
    vorige = traject.gangen[-1].op_datum if traject.gangen and traject.gangen[-1].van else op
    velden = {k: w for k, w in (gegevens or {}).items() if tabel.stap(naar).veld(k) is not None}
    # A finding that is written down late does not turn the order of the track round.
    zet_trajectstap(sessie, actor, nu, traject, naar, max(op, vorige), velden, reden, versie=traject.versie)
    return True


def eis_akkoord(sessie: Session, actor: Actor, dossier: Dossier, code: str) -> Besluit:
    """The approval that this track can carry out. Raises Conflict where there is none."""
    besluit = ongebruikt_akkoord(sessie, actor, dossier, code)
    if besluit is not None:
        return besluit
    if any(b.soort == "akkoord" for b in dossier.besluiten):
        raise Conflict("Hier is een nieuw akkoord van het kabinet voor nodig. Leg een vervolgbesluit voor.")
    raise Conflict("Het kabinet heeft nog geen akkoord gegeven. Leg het dossier eerst voor.")


def waarom_niet_besloten(traject: Dossiertraject, besluit: Besluit | None, tekst: str, naam: str) -> str | None:
    """Why this approval does not carry the decision of this track, in a sentence; None where it does."""
    if besluit is None:
        # Another guard says that there is no approval.
        return None
    gang = gehoord(traject)
    if gang is not None and besluit.besloten_op < gang.op:
        return (
            "Het akkoord van het kabinet is van voor de zienswijze. Leg een vervolgbesluit voor, zodat het kabinet "
            "de zienswijze meeweegt (art. 4:8 Awb)."
        )
    if not staat_in(tekst, traject.dossier.concept_besluit):
        return f"{naam} staat niet zo in de tekst die het kabinet goedkeurde. Neem de tekst over en leg opnieuw voor."
    return None
