"""Moving an action from state to state."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties import gereed_uitzonderen as uitzonderen
from inspecties.acties import uitnodigingen
from inspecties.acties.boekingen import eis_vrij, vergrendel, werk_bij
from inspecties.acties.briefing import maak_als_anders
from inspecties.acties.gereedheidsbronnen import gereedheid, in_de_weg
from inspecties.acties.models import Actie, Actiestap, Stop
from inspecties.acties.rules.toestanden import ACTIE_TABEL
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.rechten import rol_mag


def naar(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, toestand: str, reden: str | None = None
) -> Actiestap:
    """Move an action to another state.

    Raises OngeldigeInvoer (unknown state, reason missing), GeenRecht, and Conflict (no such transition, or something
    in the plan stands in its way; the message names all of it).
    """
    if toestand not in ACTIE_TABEL.namen:
        raise OngeldigeInvoer(f"Kies een toestand uit: {', '.join(ACTIE_TABEL.namen.values())}.", "toestand")
    overgang = ACTIE_TABEL.overgang(actie.toestand, toestand)
    if not rol_mag(actor.rol, overgang.recht):
        raise GeenRecht("Uw rol mag een actie niet plannen, starten of afronden.")
    waarom = (reden or "").strip()
    if overgang.reden_verplicht and not waarom:
        raise OngeldigeInvoer(f"Schrijf kort de reden voor '{overgang.naam.lower()}'.", "reden")
    # A report from a tablet waits until this is decided, or was there first.
    sessie.execute(
        select(Stop.id)
        .where(Stop.actie_id == actie.id, Stop.gemeente_id == actor.gemeente_id)
        .order_by(Stop.id)
        .with_for_update(key_share=True)
    )
    # Of many who want the same inspector one goes on; the others wait here and then see that it is taken.
    vergrendel(sessie, actor, actie)
    if toestand == "gereed":
        # Before all else: whoever lost must not keep the others waiting while everything is looked at.
        eis_vrij(sessie, actor, actie)
    punten = in_de_weg(sessie, actor, actie, toestand, nu)
    if punten:
        raise Conflict(f"'{overgang.naam}' kan nog niet. " + " ".join(punt.melding for punt in punten), "toestand")
    if toestand == "gereed" and any(rij.vervallen_op is None for rij in uitzonderen.alle_van(sessie, actor, actie)):
        over = gereedheid(sessie, actor, actie, nu).uitgezonderd
        uitzonderen.ruim_op(sessie, actor, nu, actie, [punt for punt, _ in over])
    stap = Actiestap(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        van=overgang.van,
        naar=toestand,
        reden=waarom[:2000],
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(stap)
    actie.toestand = toestand
    uitnodigingen.werk_bij(sessie, actor, nu, actie)
    werk_bij(sessie, actor, actie)
    leg_vast(
        sessie, actor, nu, "actietoestand_gewijzigd", "actie", actie.uid, gegevens={"van": stap.van, "naar": toestand}
    )
    if toestand == "gereed":
        maak_als_anders(sessie, actor, nu, actie)
    return stap
