"""What the address file knows of a location: shown on its page."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor
from inspecties.locaties.adresvondst import als_vondst
from inspecties.locaties.models import Adres, Risicolocatie


def lees(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any] | None:
    """The address of the location, or None where it has none in the address file."""
    del nu
    if locatie.adres_id is None:
        return None
    adres = sessie.scalars(select_voor(actor, Adres).where(Adres.id == locatie.adres_id)).one_or_none()
    if adres is None:
        return None
    vondst = als_vondst(adres)
    # The location keeps what was written at the time; a new address file may say otherwise.
    return {"adres": vondst, "anders": vondst.adressleutel != locatie.adressleutel}
