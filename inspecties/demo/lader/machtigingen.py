"""Machtigingen of the demo: every planned stop that needs one has one, taken over from paper the day before."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.acties.machtiging_queries import gebruiksdoelen, woning_van
from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.rules.binnentreden import begingrond
from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import Kring


def geef_machtigingen(
    sessie: Session, kring: Kring, actie: Actie, stops: Collection[Stop], nu: datetime, *, concept: bool
) -> None:
    """No home on supervision alone, and a signed machtiging where there is no consent.

    An action that is still being planned shows the steps: a draft, one that waits for a signature, and one to ask for.
    """
    begonnen = iter(("concept", "ter_ondertekening"))
    gid, planner = kring.gemeente.id, kring.actoren["coordinator"]
    doelen = gebruiksdoelen(sessie, planner, [stop.locatie for stop in stops])
    nummer = sessie.scalar(select(func.count(Machtiging.id)).where(Machtiging.gemeente_id == gid)) or 0
    afgifte = lokale_datum(actie.begin_op) - timedelta(days=1)
    for stop in stops:
        if stop.toegangsgrond == "toezicht":
            stop.toegangsgrond = begingrond(doelen.get(stop.locatie_id, ""), stop.locatie.locatietype.code)
        if concept and stop.toegangsgrond == "toestemming":
            stop.toegangsgrond = "machtiging"
        woning = woning_van(stop.locatie)
        if stop.toegangsgrond != "machtiging" or woning is None or stop.ploeg is None or planner.gebruiker_id is None:
            continue
        toestand = next(begonnen, "") if concept else "ondertekend"
        if not toestand:
            continue
        getekend = toestand == "ondertekend"
        nummer += 1
        leden = [lid.gebruiker for lid in stop.ploeg.leden]
        sessie.add(
            Machtiging(
                gemeente_id=gid,
                stop_id=stop.id,
                nummer=f"M{afgifte.year}-{nummer:04d}",
                toestand=toestand,
                gever_soort="burgemeester",
                gever_naam=f"van {kring.gemeente.naam}",
                aan_id=leden[0].id,
                aan_naam=leden[0].naam,
                aan_hoedanigheid="toezichthouder",
                woningen=[vars(woning)],
                grondslag="binnentreden",
                doel="Toezicht op wonen, brandveiligheid en uitbuiting.",
                afgifte=afgifte if getekend else None,
                nacht=True,
                dringend="De bewoners zijn alleen laat thuis.",
                meegaanden=max(0, len(leden) - 1),
                meegaanden_rol="partners van de actie" if len(leden) > 1 else "",
                aangevraagd_door_id=planner.gebruiker_id,
                aangevraagd_op=nu,
                papier=getekend,
                # Taken over on the day that stands on the paper.
                ondertekend_op=actie.begin_op - timedelta(days=1) if getekend else None,
                ondertekend_door_id=planner.gebruiker_id if getekend else None,
            )
        )
    sessie.flush()
