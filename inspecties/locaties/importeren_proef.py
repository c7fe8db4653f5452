"""A file between choosing it and storing it: which columns it has, what came of the check, and the confirmation."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.locaties import importeren, importeren_vergunningen
from inspecties.locaties.inlezen import MAX_RIJEN
from inspecties.locaties.models import Importproef
from inspecties.locaties.rules.importrij_kolommen import Leeswijze
from inspecties.locaties.rules.verslag import Importverslag

# How long a checked file waits for its confirmation.
PROEF_GELDIG = timedelta(hours=24)

Beoordeling = importeren.Beoordeling | importeren_vergunningen.Beoordeling


def beoordeel(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bestandsnaam: str,
    inhoud: bytes,
    wijze: Leeswijze,
    max_rijen: int = MAX_RIJEN,
) -> Beoordeling:
    """Check a file of any kind. Only reads. Raises OngeldigeInvoer."""
    if wijze.soort == "vergunningen":
        return importeren_vergunningen.beoordeel(sessie, actor, nu, bestandsnaam, inhoud, wijze, max_rijen)
    return importeren.beoordeel(sessie, actor, bestandsnaam, inhoud, max_rijen=max_rijen, wijze=wijze)


def sla_op(sessie: Session, actor: Actor, nu: datetime, beoordeling: Beoordeling) -> Importverslag:
    """Store a checked file of any kind. Raises Conflict."""
    if isinstance(beoordeling, importeren_vergunningen.Beoordeling):
        return importeren_vergunningen.sla_op(sessie, actor, nu, beoordeling)
    return importeren.sla_op(sessie, actor, nu, beoordeling)


def als_opdracht(wijze: Leeswijze) -> dict[str, Any]:
    """How the file is read, for a file whose columns are still to be chosen."""
    return {
        "wacht_op": "kolommen",
        "soort": wijze.soort,
        "deel": wijze.deel,
        "bijwerken": wijze.bijwerken,
        "bron": wijze.bron,
        "toewijzing": None,
        "onthouden_op": "",
    }


def wijze_van(proef: Importproef, **anders: Any) -> Leeswijze:
    """How the file of this trial is read; with other choices where given."""
    v = proef.verslag
    waarden: dict[str, Any] = {
        "soort": v.get("soort", "locaties"),
        "deel": proef.deel,
        "bijwerken": v.get("bijwerken", False),
        "bron": v.get("bron", ""),
        "toewijzing": v.get("toewijzing"),
    }
    return Leeswijze(**waarden | anders)


def bewaar_bestand(
    sessie: Session, actor: Actor, nu: datetime, bestandsnaam: str, inhoud: bytes, wijze: Leeswijze
) -> Importproef:
    """Keep a file for the user who chose it, until its columns are chosen too."""
    sessie.execute(
        delete(Importproef).where(
            Importproef.gemeente_id == actor.gemeente_id, Importproef.gemaakt_op < nu - PROEF_GELDIG
        )
    )
    proef = Importproef(
        gemeente_id=actor.gemeente_id,
        bestandsnaam=bestandsnaam[:200],
        inhoud=inhoud,
        verslag=als_opdracht(wijze),
        deel=wijze.deel,
        door_id=actor.gebruiker_id,
        gemaakt_op=nu,
    )
    sessie.add(proef)
    sessie.flush()
    return proef


def zet_verslag(sessie: Session, proef: Importproef, beoordeling: Beoordeling) -> None:
    """The report of a dry run; the file is only kept where it can be imported as it is."""
    proef.verslag = beoordeling.verslag.als_json()
    if not beoordeling.verslag.mag_opslaan:
        proef.inhoud = None
    sessie.flush()


def bestand_van(proef: Importproef, nu: datetime) -> bytes:
    """The bytes that wait. Raises Conflict where nothing waits any more."""
    if proef.inhoud is None or proef.gemaakt_op < nu - PROEF_GELDIG:
        raise Conflict("Dit bestand wacht niet meer op inlezen. Kies het bestand opnieuw.", "bestand")
    return proef.inhoud


def bevestig(
    sessie: Session, actor: Actor, nu: datetime, proef: Importproef, max_rijen: int = MAX_RIJEN
) -> Importverslag:
    """Import the file of a dry run, checked again against what is there now, and forget the file.

    Raises Conflict where nothing waits, where the columns are still to be chosen, or where the file no longer fits.
    """
    inhoud = bestand_van(proef, nu)
    if proef.verslag.get("wacht_op"):
        raise Conflict("Kies eerst wat elke kolom betekent.", "bestand")
    oud = proef.verslag
    beoordeling = beoordeel(sessie, actor, nu, proef.bestandsnaam, inhoud, wijze_van(proef), max_rijen)
    nu_gevonden = beoordeling.verslag.als_json()
    # What is stored is what was shown: the same number of new rows, and the same old and new values.
    if any(nu_gevonden[k] != oud.get(k, nu_gevonden[k]) for k in ("goed", "bij_te_werken", "wijzigingen")):
        raise Conflict("Na de controle is er iets veranderd. Er is niets opgeslagen. Controleer het bestand opnieuw.")
    verslag = sla_op(sessie, actor, nu, beoordeling)
    if not verslag.opgeslagen:
        raise Conflict("Na de controle is er iets veranderd. Er is niets opgeslagen. Controleer het bestand opnieuw.")
    proef.inhoud = None
    proef.verslag = verslag.als_json()
    sessie.flush()
    return verslag
