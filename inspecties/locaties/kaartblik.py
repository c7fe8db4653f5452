"""What the card of one location on the map adds to its mark: the score as one bar, and what happened there last."""

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.prioriteit_beeld import beeld_voor
from inspecties.locaties.rules.prioriteit import punten_tekst
from inspecties.locaties.tijdlijn import BRONNEN, punten_van

LAATSTE = 3


def blik(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any]:
    """JSON: the score with its parts (places on the bar in thousandths) and the last events, for this role's eyes."""
    beeld = beeld_voor(sessie, actor, locatie, nu)
    punten = punten_van(sessie, actor, locatie, current_app.extensions.get(BRONNEN, ()))
    gebeurd = [p for p in punten if p.wanneer <= nu and not p.doorgehaald]
    return {
        "score": punten_tekst(beeld["score"]),
        "delen": [
            {"code": d.code, "naam": d.naam, "punten": d.punten, "begin": d.begin, "breedte": d.breedte}
            for d in beeld["delen"]
            if d.tienden
        ],
        "gebeurtenissen": [{"dag": lokale_datum(p.wanneer).isoformat(), "titel": p.titel} for p in gebeurd[:LAATSTE]],
    }
