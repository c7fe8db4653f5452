"""Home page: agreed acts that are too late, and what of it is one's own."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties.afspraken import te_laat
from inspecties.acties.models_daarna import Afspraak
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.locaties.queries import tel
from inspecties.start.kaartje import Kaartje


def afspraken(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """For the coordinator what is too late, whoever's it is; for a partner and an inspector what of theirs is open."""
    if not rol_mag(actor.rol, "afspraken.bijwerken"):
        return []
    laat = tel(sessie, te_laat(actor, lokale_datum(nu)))
    if laat:
        zin = "Wat na een actie is afgesproken, had al klaar moeten zijn."
        doel = {"stand": "te_laat"}
        return [Kaartje("Afspraken te laat", zin, laat, True, "afspraken.lijst", doel, "Naar de afspraken")]
    if rol_mag(actor.rol, "debriefing.lezen"):
        return []
    open_ = tel(sessie, select_voor(actor, Afspraak).where(Afspraak.toestand == "open"))
    if not open_:
        return []
    zin = "Dit is na een actie met u afgesproken. Zeg het als het gedaan is."
    return [Kaartje("Uw afspraken", zin, open_, False, "afspraken.lijst", {}, "Naar de afspraken")]
