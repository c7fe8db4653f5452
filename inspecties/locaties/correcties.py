"""Keeping what stood there when a fact about a location is put right."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.locaties.models_feiten import Feitcorrectie, Overlastmelding, Vergunning
from inspecties.locaties.models_partijen import Partij, Partijrol
from inspecties.locaties.rules.feiten import keur_reden


def als_json(rij: Any, velden: Iterable[str]) -> dict[str, Any]:
    """The columns of a row as JSON values; a date in ISO 8601."""
    waarden = {veld: getattr(rij, veld) for veld in velden}
    return {veld: w.isoformat() if isinstance(w, date) else w for veld, w in waarden.items()}


def bewaar_correctie(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    rij: Vergunning | Overlastmelding | Partijrol | Partij,
    locatie_id: int | None,
    handeling: str,
    oud: dict[str, Any],
    reden: str,
    *,
    over_persoon: bool = False,
) -> Feitcorrectie:
    """Write down what stood there and why it changed. Raises OngeldigeInvoer at 'reden' where there is none."""
    correctie = Feitcorrectie(
        gemeente_id=actor.gemeente_id,
        locatie_id=locatie_id,
        feit=rij.__tablename__,
        feit_uid=str(rij.uid),
        handeling=handeling,
        oud=oud,
        reden=keur_reden(reden),
        over_persoon=over_persoon,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(correctie)
    return correctie
