"""The checklists of ``config/checklists``, published."""

from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.checklists.models import Checklist, Checklistversie
from inspecties.checklists.rules.bouwen import Lezing
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.schrijven import schrijf_csv
from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import DOEL, Kring
from inspecties.instellingen import WORTEL

MAP = WORTEL / "config" / "checklists"


@cache
def _lees(pad: Path) -> Lezing:
    return lees_formulier(pad.name, pad.read_bytes())


def publiceer_checklists(sessie: Session, kring: Kring, nu: datetime) -> None:
    """Every form of the map as a published version that is valid from the day of ``nu``."""
    for pad in sorted(MAP.glob("*.csv")):
        lezing = _lees(pad)
        definitie = lezing.definitie
        titel = definitie["titel"]
        checklist = Checklist(
            gemeente_id=kring.gemeente.id,
            code=definitie["naam"],
            titel=titel.get("nl") or next(iter(titel.values())),
        )
        sessie.add(checklist)
        sessie.flush()
        versie = Checklistversie(
            gemeente_id=kring.gemeente.id,
            checklist_id=checklist.id,
            hash=definitie["hash"],
            versie=definitie["versie"],
            bron_csv=schrijf_csv(lezing.bron),
            definitie=definitie,
            status="gepubliceerd",
            geldig_vanaf=lokale_datum(nu),
            aangemaakt_op=nu,
            aangemaakt_door_id=None,
        )
        sessie.add(versie)
        sessie.flush()
        leg_vast(
            sessie,
            kring.systeem,
            nu,
            "checklist_gepubliceerd",
            "checklistversie",
            versie.uid,
            grondslag=DOEL,
            gegevens={"code": checklist.code, "hash": versie.hash},
        )
