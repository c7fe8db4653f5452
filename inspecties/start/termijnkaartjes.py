"""Home page: terms in dossiers that somebody watches."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.dossiers.looptermijnen import lopende
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.locaties.queries import tel
from inspecties.start.kaartje import Kaartje
from inspecties.termijnen.bronnen import waarschuwmomenten


def te_late_termijnen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """Terms that are over and that nobody rounded off; for whoever may see the dossier, owner or not."""
    if not rol_mag(actor.rol, "dossiers.lezen"):
        return []
    laat = tel(sessie, lopende(actor).where(Looptermijn.einde_datum < lokale_datum(nu)))
    if not laat:
        return []
    zin = "De laatste dag is voorbij. Rond de termijn af, of kijk wat er nog kan."
    return [Kaartje("Termijnen te laat", zin, laat, True, "termijnen.lijst", {}, "Naar de termijnen")]


def komende_termijnen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """What this user watches and what ends within the first moment of warning."""
    if not rol_mag(actor.rol, "dossiers.lezen"):
        return []
    vandaag = lokale_datum(nu)
    tot = vandaag + timedelta(days=max(waarschuwmomenten(), default=14))
    eigen = lopende(actor).where(
        Looptermijn.eigenaar_id == actor.gebruiker_id, Looptermijn.einde_datum.between(vandaag, tot)
    )
    aantal = tel(sessie, eigen)
    if not aantal:
        return []
    eerste = sessie.scalars(eigen.limit(1)).one().einde_datum
    dagen = (eerste - vandaag).days
    wanneer = "vandaag" if dagen == 0 else "morgen" if dagen == 1 else f"over {dagen} dagen"
    zin = f"U bewaakt deze termijnen. De eerste eindigt {wanneer}."
    return [
        Kaartje(
            "Termijnen die aflopen", zin, aantal, dagen == 0, "termijnen.lijst", {"van": "mij"}, "Naar de termijnen"
        )
    ]
