"""The ground of entry as a source of readiness: no home on supervision alone, no machtiging that does not cover.

Computed from the tables as they stand, so a change of the plan, the stop or the team counts at once.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.bevinding import Bevinding
from inspecties.acties.machtiging_queries import breuken, gebruiksdoelen, machtigingen_van, plannen_van
from inspecties.acties.models import Actie, Stop
from inspecties.acties.queries import stops_van
from inspecties.acties.rules.binnentreden import beoordeel_grond, woonkans
from inspecties.acties.rules.gereedheid import Punt
from inspecties.acties.rules.machtiging import MACHTIGING_TABEL
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag

TONEN = {"ondertekend": "goed", "ter_ondertekening": "actief", "ingetrokken": "fout"}


def _noem(stop: Stop) -> str:
    return f"Stop {stop.volgorde}, {stop.locatie.adresregel}" + (f" ({stop.ploeg.naam})" if stop.ploeg else "")


def grond_en_machtiging(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> Bevinding:
    """What blocks 'gereed' in how the teams get in; each point links to the page to mend it on."""
    uit = Bevinding()
    stops = [stop for stop in stops_van(sessie, actor, actie) if stop.toestand != "vervallen"]
    doelen = gebruiksdoelen(sessie, actor, [stop.locatie for stop in stops])
    met = [stop.id for stop in stops if stop.toegangsgrond == "machtiging"]
    machtigingen, plannen = machtigingen_van(sessie, actor, met), plannen_van(sessie, actor, met)
    for stop in stops:
        if stop.toegangsgrond == "machtiging":
            link = ("machtigingen.stop", (("stop_uid", str(stop.uid)),))
            uit.blokkades += [
                Punt("stops", f"{_noem(stop)}: {b.melding}", *link, code=f"machtiging_{b.code}", sleutel=str(stop.uid))
                for b in breuken(stop, machtigingen.get(stop.id), plannen.get(stop.id))
            ]
            continue
        kans = woonkans(doelen.get(stop.locatie_id, ""), stop.locatie.locatietype.code)
        blok, weet = beoordeel_grond(_noem(stop), stop.toegangsgrond, kans, str(stop.uid))
        uit.blokkades += blok
        uit.aandacht += weet
    return uit


def paneel(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> dict[str, Any] | None:
    """On the page of an action: which stops need a machtiging and how each stands."""
    if not rol_mag(actor.rol, "machtigingen.lezen"):
        return None
    stops = [
        stop
        for stop in stops_van(sessie, actor, actie)
        if stop.toegangsgrond == "machtiging" and stop.toestand != "vervallen"
    ]
    if not stops:
        return None
    ids = [stop.id for stop in stops]
    machtigingen, plannen = machtigingen_van(sessie, actor, ids), plannen_van(sessie, actor, ids)
    return {
        "rijen": [
            {
                "stop": stop,
                "machtiging": machtigingen.get(stop.id),
                "breuken": breuken(stop, machtigingen.get(stop.id), plannen.get(stop.id)),
            }
            for stop in stops
        ],
        "namen": MACHTIGING_TABEL.namen,
        "tonen": TONEN,
        "aanvragen": rol_mag(actor.rol, "machtigingen.aanvragen"),
    }
