"""Home page: verslagen van binnentreden that must still be made or handed over."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties.verslag_queries import open_plichten
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.start.kaartje import Kaartje
from inspecties.web.sjablonen import datum


def te_maken(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """What waits for who entered, and for the coordinator; urgent when a day that the law sets has gone by."""
    if not rol_mag(actor.rol, "verslagen.maken"):
        return []
    alle = open_plichten(sessie, actor, nu)
    if not alle:
        return []
    laat = sum(p.stand.rood for p in alle)
    eerste = min(p.uiterlijk for p in alle)
    zin = f"De eerste moet uiterlijk {datum(eerste)} verstuurd zijn (art. 11 Awbi)."
    if laat:
        zin = f"{laat} te laat: de eerste moest {datum(eerste)} verstuurd zijn (art. 11 Awbi)."
    return [
        Kaartje(
            "Verslagen van binnentreden", zin, len(alle), bool(laat), "verslagen.lijst", {}, "Naar de verslagen", eerste
        )
    ]
