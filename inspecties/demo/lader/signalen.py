"""Signals; who reported is never part of the demo."""

from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from inspecties.core.ids import nieuw_id
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.locaties import moment
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.signalen.models import Signaal


def laad_signalen(sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: dict[str, int]) -> None:
    """All signals, numbered per year in order of arrival."""
    per_jaar: dict[int, int] = {}
    rijen: list[dict[str, Any]] = []
    for s in bron.signalen:
        per_jaar[s.datum.year] = nummer = per_jaar.get(s.datum.year, 0) + 1
        rng = Random(s.sleutel)  # noqa: S311 - an hour of the day that looks natural, not a secret
        rijen.append(
            {
                "uid": nieuw_id(),
                "gemeente_id": kring.gemeente.id,
                "nummer": f"S{s.datum.year}-{nummer:04d}",
                "datum": s.datum,
                "bron": s.bron,
                "vorm": s.vorm,
                "tekst": s.tekst,
                "waar": s.waar,
                "urgentie": s.urgentie,
                "status": s.status,
                "indicatoren": list(s.indicatoren),
                "locatie_id": locaties[s.locatie] if s.locatie else None,
                "ontvangen_op": moment(s.datum, rng.randint(8, 21), rng.randint(0, 59)),
            }
        )
    sessie.execute(insert(Signaal), rijen)
