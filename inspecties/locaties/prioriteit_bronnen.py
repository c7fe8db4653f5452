"""Where the facts of the priority come from: this feature's own tables, and a port for what later features know.

Every source names the columns that it reads (``kolommen``), so that a test can hold them against what may never count.
A source asks its facts for many locations at once: a constant number of queries, however many locations.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.locaties.models_feiten import Overlastmelding, Vergunning
from inspecties.locaties.rules.prioriteit_feiten import (
    Bevindingfeit,
    Overlastfeit,
    Prioriteitfeiten,
    Signaalfeit,
    Vergunningfeit,
)

SLEUTEL = "prioriteitbronnen"
Kolom = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Bronnen:
    """What the wiring puts in ``app.extensions[SLEUTEL]``: (session, gemeente, locations) -> facts per location."""

    signalen: Callable[[Session, int, Sequence[int]], Mapping[int, Sequence[Signaalfeit]]]
    bevindingen: Callable[[Session, int, Sequence[int]], Mapping[int, Sequence[Bevindingfeit]]]
    kolommen: tuple[Kolom, ...]
    # (session, actor, now, locations) -> the action that a location is a stop of already, in words
    gepland: Callable[[Session, Actor, datetime, Sequence[int]], Mapping[int, str]]


LOCATIEKOLOMMEN: tuple[Kolom, ...] = (
    Risicolocatie.id,
    Risicolocatie.locatietype_id,
    Risicolocatie.aangemaakt_op,
    Risicolocatie.gewijzigd_op,
    Risicolocatie.laatste_bezoek_op,
    Risicolocatie.personen_brp,
    Risicolocatie.capaciteit,
)
TYPEKOLOMMEN: tuple[Kolom, ...] = (
    Locatietype.id,
    Locatietype.code,
    Locatietype.naam,
    Locatietype.interval_dagen,
)
OVERLASTKOLOMMEN: tuple[Kolom, ...] = (Overlastmelding.locatie_id, Overlastmelding.datum, Overlastmelding.soort)
VERGUNNINGKOLOMMEN: tuple[Kolom, ...] = (
    Vergunning.locatie_id,
    Vergunning.soort,
    Vergunning.status,
    Vergunning.nummer,
    Vergunning.geldig_vanaf,
    Vergunning.geldig_tot,
    Vergunning.vastgelegd_op,
    Vergunning.gewijzigd_op,
)
EIGEN_KOLOMMEN = LOCATIEKOLOMMEN + TYPEKOLOMMEN + OVERLASTKOLOMMEN + VERGUNNINGKOLOMMEN


def bronnen() -> Bronnen:
    """What the application was wired with."""
    uit: Bronnen = current_app.extensions[SLEUTEL]
    return uit


def lees_feiten(sessie: Session, gemeente_id: int, locatie_ids: Sequence[int]) -> dict[int, Prioriteitfeiten]:
    """Everything that counts, per location. In the name of the system: a score is the same for everybody.

    The caller keeps ``locatie_ids`` within what one statement takes (some thousands).
    """
    ids, bron = list(locatie_ids), bronnen()
    typen = {rij.id: rij for rij in sessie.execute(select(*TYPEKOLOMMEN).where(Locatietype.gemeente_id == gemeente_id))}
    overlast = _overlast(sessie, gemeente_id, ids)
    vergunningen = _vergunningen(sessie, gemeente_id, ids)
    signalen = bron.signalen(sessie, gemeente_id, ids)
    bevindingen = bron.bevindingen(sessie, gemeente_id, ids)
    uit = {}
    for rij in sessie.execute(
        select(*LOCATIEKOLOMMEN).where(Risicolocatie.gemeente_id == gemeente_id, Risicolocatie.id.in_(ids))
    ):
        soort = typen[rij.locatietype_id]
        uit[rij.id] = Prioriteitfeiten(
            locatietype=soort.code,
            typenaam=soort.naam,
            interval_dagen=soort.interval_dagen,
            in_beeld_sinds=lokale_datum(rij.aangemaakt_op),
            laatste_bezoek=lokale_datum(rij.laatste_bezoek_op) if rij.laatste_bezoek_op else None,
            personen_brp=rij.personen_brp,
            capaciteit=rij.capaciteit,
            gegevens_datum=lokale_datum(rij.gewijzigd_op),
            signalen=tuple(signalen.get(rij.id, ())),
            bevindingen=tuple(bevindingen.get(rij.id, ())),
            overlast=tuple(overlast.get(rij.id, ())),
            vergunningen=tuple(vergunningen.get(rij.id, ())),
        )
    return uit


def _overlast(sessie: Session, gemeente_id: int, ids: list[int]) -> Mapping[int, list[Overlastfeit]]:
    uit: dict[int, list[Overlastfeit]] = defaultdict(list)
    for rij in sessie.execute(
        select(*OVERLASTKOLOMMEN).where(Overlastmelding.gemeente_id == gemeente_id, Overlastmelding.locatie_id.in_(ids))
    ):
        uit[rij.locatie_id].append(Overlastfeit(rij.datum, rij.soort, "Melding van overlast"))
    return uit


def _vergunningen(sessie: Session, gemeente_id: int, ids: list[int]) -> Mapping[int, list[Vergunningfeit]]:
    uit: dict[int, list[Vergunningfeit]] = defaultdict(list)
    for rij in sessie.execute(
        select(*VERGUNNINGKOLOMMEN).where(Vergunning.gemeente_id == gemeente_id, Vergunning.locatie_id.in_(ids))
    ):
        bekend: date = lokale_datum(rij.gewijzigd_op or rij.vastgelegd_op)
        bron = f"Vergunning {rij.nummer}" if rij.nummer else "Register van vergunningen"
        uit[rij.locatie_id].append(
            Vergunningfeit(rij.soort, rij.status, rij.geldig_vanaf, rij.geldig_tot, bekend, bron)
        )
    return uit
