"""What the paper form of a planned stop says beforehand."""

from typing import cast

from sqlalchemy.orm import Session, object_session

from inspecties.acties.models import Stop
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.rules.toestanden import TOEGANGSGRONDEN
from inspecties.checklists.papier import Kop, Vel, lees_taal
from inspecties.checklists.rules.papier import Wensen
from inspecties.controles.models import Bezoek
from inspecties.core.actor import Actor
from inspecties.core.klok import lokaal
from inspecties.database import select_voor
from inspecties.partners.beschikbaar import zicht_van
from inspecties.web.sjablonen import datum, tijd


def drukwerk_van(actor: Actor, stop: Stop, bezoek: Bezoek) -> tuple[Kop, list[Vel]]:
    """Head and checklists. The address, the ground of entry and what is known of safety; nothing about people."""
    actie, locatie = stop.actie, stop.locatie
    zicht = zicht_van(cast("Session", object_session(stop)), actor)
    kop = Kop(
        gemeente=actor.gemeente_naam,
        actie=actie.naam,
        stop=f"{stop.volgorde}{f', {stop.ploeg.naam}' if stop.ploeg else ''}",
        adres=locatie.adresregel,
        plaats=f"{locatie.postcode} {locatie.woonplaats}".strip(),
        type=locatie.locatietype.naam,
        datum=datum(lokaal(actie.begin_op).date()) + _gepland(actor, stop) + _venster(stop),
        inspecteurs=", ".join(lid.gebruiker.naam for lid in stop.ploeg.leden) if stop.ploeg else "",
        toegang=TOEGANGSGRONDEN[stop.toegangsgrond],
        wie_eerst=stop.wie_eerst,
        veiligheid=(stop.veiligheid or locatie.veiligheid) if zicht.ziet_veiligheid else "",
    )
    bekend = {"norm_m2_pp": norm} if (norm := bezoek.context.get("norm_m2_pp")) else {}
    vellen = [Vel(v.definitie, Wensen(lees_taal(v.definitie, ""), None, bekend)) for v in bezoek.checklists]
    return kop, vellen


def _gepland(actor: Actor, stop: Stop) -> str:
    sessie = object_session(stop)
    plan = sessie and sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id == stop.id)).one_or_none()
    return f", gepland om {tijd(plan.begin_op)}" if plan and plan.begin_op else ""


def _venster(stop: Stop) -> str:
    delen = [("vanaf", stop.venster_begin_op), ("tot", stop.venster_eind_op)]
    tekst = " ".join(f"{woord} {tijd(moment)}" for woord, moment in delen if moment)
    return f", {tekst}" if tekst else ""
