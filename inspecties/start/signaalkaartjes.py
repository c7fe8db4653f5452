"""Home page: signals to review, and reporting for who has no other card for it."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol, rol_mag
from inspecties.signalen.bewaren import oordelen
from inspecties.signalen.rules.bewaren import Uitkomst
from inspecties.start.kaartje import Kaartje


def te_herzien(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """How many signals lie here long without follow-up; urgent once some are over their term."""
    if not rol_mag(actor.rol, "signalen.bewaren"):
        return []
    uitkomsten = [oordeel.uitkomst for _, _, oordeel in oordelen(sessie, actor, lokale_datum(nu))]
    aantal = sum(u in {Uitkomst.HERZIEN, Uitkomst.WEG} for u in uitkomsten)
    if not aantal:
        return []
    voorbij = Uitkomst.WEG in uitkomsten
    zin = "Ze liggen er lang en zijn niet doorgezet. Bewaar ze met een reden, of vernietig ze."
    return [Kaartje("Te herzien signalen", zin, aantal, voorbij, "signaalbewaren.lijst", {}, "Herzien")]


def melden(_sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    """Who sees something must find where to say it; other roles have their own card."""
    if actor.rol not in {Rol.KABINET, Rol.BEHEERDER, Rol.PARTNER, Rol.JURIST}:
        return []
    zin = "Zag of hoorde u iets dat niet klopt? Ook een onderbuikgevoel telt."
    return [Kaartje("Signaal melden", zin, None, False, "signaalmelden.nieuw", {}, "Melden")]
