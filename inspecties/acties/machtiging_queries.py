"""Selects on machtigingen and on what they are compared with."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session, joinedload

from inspecties.acties.models import Ploeg, Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.rules.machtiging import GRONDSLAGEN, Breuk, Woning, dekt, is_nacht
from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.models import Adres, Risicolocatie
from inspecties.partners.bevoegd import bevoegdheden_van

# What counts for a stop: signed before offered before draft, the newest first; a withdrawn one only when it is alone.
_GEWICHT = case({"ondertekend": 0, "ter_ondertekening": 1, "concept": 2}, value=Machtiging.toestand, else_=3)


def woning_van(locatie: Risicolocatie) -> Woning | None:
    """The full address of a location, or None where it has none."""
    if not locatie.straat or locatie.huisnummer is None:
        return None
    return Woning(
        locatie.straat,
        locatie.huisnummer,
        locatie.huisletter,
        locatie.toevoeging,
        locatie.postcode,
        locatie.woonplaats,
    )


def machtigingen_van(sessie: Session, actor: Actor, stop_ids: Collection[int]) -> dict[int, Machtiging]:
    """Stop.id -> the machtiging that counts for it."""
    rijen = sessie.scalars(
        select_voor(actor, Machtiging).where(Machtiging.stop_id.in_(stop_ids)).order_by(_GEWICHT.desc(), Machtiging.id)
    )
    return {rij.stop_id: rij for rij in rijen if rij.stop_id is not None}


def lijst_van(sessie: Session, actor: Actor, toestanden: Collection[str]) -> Sequence[Machtiging]:
    """Machtigingen in these states, the first that is needed on top."""
    return sessie.scalars(
        select_voor(actor, Machtiging)
        .where(Machtiging.toestand.in_(toestanden))
        .order_by(_GEWICHT, Machtiging.id.desc())
        .options(joinedload(Machtiging.aangevraagd_door), joinedload(Machtiging.stop).joinedload(Stop.actie))
        .limit(200)
    ).all()


def gepland(stop: Stop, plan: Stopplan | None) -> tuple[datetime, datetime]:
    """From when to when the team may be inside: the planned time, or as long as there is none all that it can be."""
    begin = plan.begin_op or plan.aankomst_op if plan else None
    if begin is not None:
        return begin, (plan.vertrek_op if plan and plan.vertrek_op else None) or begin + timedelta(
            minutes=stop.duur_min
        )
    return stop.venster_begin_op or stop.actie.begin_op, stop.venster_eind_op or stop.actie.eind_op


def plannen_van(sessie: Session, actor: Actor, stop_ids: Collection[int]) -> dict[int, Stopplan]:
    """Stop.id -> its plan."""
    rijen = sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id.in_(stop_ids)))
    return {rij.stop_id: rij for rij in rijen}


def leden_van(stop: Stop) -> dict[str, str]:
    """Id -> name of the people in the stop's team."""
    ploeg: Ploeg | None = stop.ploeg
    return {str(lid.gebruiker_id): lid.gebruiker.naam for lid in ploeg.leden} if ploeg else {}


def breuken(stop: Stop, machtiging: Machtiging | None, plan: Stopplan | None) -> list[Breuk]:
    """In what the plan of this stop goes beyond its machtiging."""
    begin, eind = gepland(stop, plan)
    leden = leden_van(stop)
    aan = str(machtiging.aan_id) if machtiging else ""
    mee = len(leden) - (aan in leden)
    return dekt(machtiging.inhoud if machtiging else None, woning_van(stop.locatie), begin, eind, mee, leden)


def gebruiksdoelen(sessie: Session, actor: Actor, locaties: Collection[Risicolocatie]) -> Mapping[int, str]:
    """Risicolocatie.id -> what its address is used for according to the address file."""
    ids = {loc.adres_id for loc in locaties if loc.adres_id is not None}
    rijen = sessie.execute(
        select(Adres.id, Adres.gebruiksdoel).where(Adres.gemeente_id == actor.gemeente_id, Adres.id.in_(ids))
    )
    doelen = {rij.id: rij.gebruiksdoel for rij in rijen}
    return {loc.id: doelen[loc.adres_id] for loc in locaties if loc.adres_id in doelen}


def bevoegden(sessie: Session, actor: Actor, stop: Stop, dag: date) -> dict[int, tuple[Gebruiker, list[str]]]:
    """Members of the team with the grounds on which each may enter a dwelling that day (art. 4 Awbi).

    Raises nothing: somebody without any has an empty list.
    """
    leden = {lid.gebruiker_id: lid.gebruiker for lid in stop.ploeg.leden} if stop.ploeg else {}
    mag = bevoegdheden_van(sessie, actor, list(leden), dag)
    return {id_: (mens, [code for code in GRONDSLAGEN if code in mag[id_]]) for id_, mens in leden.items()}


def voorstel(stop: Stop, plan: Stopplan | None) -> dict[str, Any]:
    """What a new request begins with: what the plan needs."""
    begin, eind = gepland(stop, plan)
    return {
        "gever_soort": "burgemeester",
        "doel": stop.actie.doel,
        "nacht": is_nacht(begin, eind),
        "meegaanden": max(0, len(leden_van(stop)) - 1),
    }


def aan_de_deur(rij: Machtiging | None) -> dict[str, Any] | None:
    """What the team must know at the door, or None where nothing was signed."""
    geldig = rij.inhoud.geldig_tot if rij else None
    if rij is None or rij.toestand != "ondertekend" or rij.afgifte is None or geldig is None:
        return None
    mag = ["ook tussen 00:00 en 06:00 uur" if rij.nacht else "niet tussen 00:00 en 06:00 uur"]
    if rij.uren_van and rij.uren_tot:
        mag.insert(0, f"van {rij.uren_van:%H:%M} tot {rij.uren_tot:%H:%M} uur")
    mag.append("ook als de bewoner er niet is" if rij.afwezig else "niet als de bewoner er niet is")
    anderen = "ander" if rij.meegaanden == 1 else "anderen"
    mag.append(f"hoogstens {rij.meegaanden} {anderen} mee ({rij.meegaanden_rol})" if rij.meegaanden else "niemand mee")
    return {
        "nummer": rij.nummer,
        "aan": f"{rij.aan_naam}, {rij.aan_hoedanigheid}",
        "woningen": [woning.regel for woning in rij.adressen],
        "geldig_van": rij.afgifte.isoformat(),
        "geldig_tot": geldig.isoformat(),
        "mag": mag,
        "doel": rij.doel,
    }
