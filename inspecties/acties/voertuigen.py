"""Acts on vehicles: the list of the gemeente, and which team takes which."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Ploeg
from inspecties.acties.models_boeking import Ploegvoertuig, Voertuig
from inspecties.acties.operations import controleer_versie, eis_concept, raak
from inspecties.acties.queries import ploegen_van_actie
from inspecties.acties.rules.boeking import ZITPLAATSEN_HOOGSTENS
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor


def bewaar_voertuig(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    voertuig: Voertuig | None,
    naam: str,
    kenteken: str,
    zitplaatsen: int,
    *,
    actief: bool = True,
) -> Voertuig:
    """Add a vehicle or change one. Raises OngeldigeInvoer naming the field."""
    goed = " ".join(naam.split())
    if not goed or len(goed) > 60:
        raise OngeldigeInvoer("Geef het voertuig een naam van hoogstens 60 tekens, zoals 'Bus 1'.", "naam")
    plaat = "".join(kenteken.split()).upper()
    if len(plaat) > 12:
        raise OngeldigeInvoer("Dit kenteken is te lang. Schrijf het als V-123-AB.", "kenteken")
    if not 1 <= zitplaatsen <= ZITPLAATSEN_HOOGSTENS:
        raise OngeldigeInvoer(f"Vul een getal in van 1 tot {ZITPLAATSEN_HOOGSTENS}.", "zitplaatsen")
    zelfde = select_voor(actor, Voertuig).where(func.lower(Voertuig.naam) == goed.lower())
    if voertuig is not None:
        zelfde = zelfde.where(Voertuig.id != voertuig.id)
    if sessie.scalars(zelfde).first() is not None:
        raise OngeldigeInvoer(f"Er is al een voertuig met de naam '{goed}'. Kies een andere naam.", "naam")
    rij = voertuig or Voertuig(gemeente_id=actor.gemeente_id)
    rij.naam, rij.kenteken, rij.zitplaatsen, rij.actief = goed, plaat, zitplaatsen, actief
    sessie.add(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, "voertuig_bewaard", "voertuig", rij.uid, gegevens={"actief": actief})
    return rij


def voertuigen_van(sessie: Session, actor: Actor, actie: Actie) -> dict[int, list[Voertuig]]:
    """Ploeg.id -> its vehicles, by name."""
    uit: dict[int, list[Voertuig]] = {}
    for rij in sessie.scalars(
        select_voor(actor, Ploegvoertuig).join(Ploegvoertuig.ploeg).where(Ploeg.actie_id == actie.id)
    ):
        uit.setdefault(rij.ploeg_id, []).append(rij.voertuig)
    return {ploeg_id: sorted(autos, key=lambda v: v.naam) for ploeg_id, autos in uit.items()}


def zet_voertuigen(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, keuze: Mapping[UUID, list[UUID]], gezien: int
) -> None:
    """Ploeg.uid -> the uids of its vehicles; replaces what was there. In concept; they are taken at 'gereed'.

    Raises OngeldigeInvoer and Conflict.
    """
    eis_concept(actie)
    controleer_versie(actie, gezien)
    # Read again under the lock of the row: of two planners the second sees what the first chose.
    sessie.execute(select(Actie.id).where(Actie.id == actie.id).with_for_update(key_share=True))
    autos = {v.uid: v for v in sessie.scalars(select_voor(actor, Voertuig))}
    ploegen = {p.uid: p for p in actie.ploegen}
    if not keuze.keys() <= ploegen.keys() or any(uid not in autos for uids in keuze.values() for uid in uids):
        raise OngeldigeInvoer("Kies voertuigen uit de lijst van uw gemeente.", "voertuigen")
    gezet: dict[UUID, str] = {}
    for ploeg_uid, uids in keuze.items():
        for uid in uids:
            if uid in gezet:
                raise OngeldigeInvoer(
                    f"{autos[uid].naam} staat bij {gezet[uid]} en bij {ploegen[ploeg_uid].naam}. Kies er een.",
                    "voertuigen",
                )
            gezet[uid] = ploegen[ploeg_uid].naam
            al = any(v.uid == uid for v in voertuigen_van(sessie, actor, actie).get(ploegen[ploeg_uid].id, []))
            if not autos[uid].actief and not al:
                raise OngeldigeInvoer(f"{autos[uid].naam} is niet meer in gebruik. Kies een ander.", "voertuigen")
    for rij in sessie.scalars(
        select_voor(actor, Ploegvoertuig).where(Ploegvoertuig.ploeg_id.in_([p.id for p in ploegen.values()]))
    ).all():
        sessie.delete(rij)
    sessie.flush()
    sessie.add_all(
        Ploegvoertuig(gemeente_id=actor.gemeente_id, ploeg_id=ploegen[ploeg_uid].id, voertuig_id=autos[uid].id)
        for ploeg_uid, uids in keuze.items()
        for uid in uids
    )
    raak(actie)
    leg_vast(
        sessie, actor, nu, "voertuigen_gezet", "actie", actie.uid, gegevens={"voertuigen": sorted(map(str, gezet))}
    )


def paneel(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> dict[str, Any] | None:
    """On the page of an action: what each team drives, without the plate; a planner gets the link to change it."""
    per_ploeg = voertuigen_van(sessie, actor, actie)
    regels = [
        (p.naam, [v.naam for v in per_ploeg[p.id]])
        for p in ploegen_van_actie(sessie, actor, actie)
        if p.id in per_ploeg
    ]
    wijzigt = actie.toestand == "concept" and rol_mag(actor.rol, "acties.plannen") and bool(actie.ploegen)
    return {"regels": regels, "wijzigt": wijzigt} if regels or wijzigt else None
