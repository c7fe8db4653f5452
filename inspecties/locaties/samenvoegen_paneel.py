"""On the page of a location: that it went up in another one, what went up in it, and what looks like it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.locaties.geschiedenis import opgegaan_in, opgenomen
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.panelen import Paneel
from inspecties.locaties.samenvoegen import inhoud_in_woorden, kandidaten


def _boven(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any] | None:
    del nu
    samen = opgegaan_in(sessie, actor, locatie)
    return None if samen is None else {"samen": samen, "naar": samen.winnaar}


def _zij(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any] | None:
    del nu
    mag = rol_mag(actor.rol, "locaties.samenvoegen")
    opgegaan = opgegaan_in(sessie, actor, locatie) is not None
    mee = [(s, inhoud_in_woorden(sessie, s.verliezer)) for s in opgenomen(sessie, actor, locatie)]
    if not mee and (not mag or opgegaan):
        return None
    lijkt = kandidaten(sessie, actor, locatie) if mag and locatie.status != "uit_beeld" else []
    return {"mee": mee, "kandidaten": lijkt, "mag": mag and not opgegaan}


PANELEN: tuple[Paneel, ...] = (
    Paneel("opgegaan", "locaties/samenvoegen_paneel_boven.html", "boven", _boven),
    Paneel("dubbel", "locaties/samenvoegen_paneel.html", "zij", _zij),
)
