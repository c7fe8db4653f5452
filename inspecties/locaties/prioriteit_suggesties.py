"""Where to go now and why; and what other weights would make of that list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_prioriteit import Prioriteitstand
from inspecties.locaties.prioriteit_bronnen import bronnen, lees_feiten
from inspecties.locaties.prioriteit_stand import PER_BLOK, Beeld, bereken_nu, geldende_keuzes
from inspecties.locaties.prioriteit_wegen import geldend
from inspecties.locaties.rules.prioriteit import bereken
from inspecties.locaties.rules.prioriteit_gewichten import Gewichten
from inspecties.locaties.rules.prioriteit_vergelijken import Meting, Vergelijking, vergelijk

# A closed place, or one that is out of view, is no suggestion.
TE_BEZOEKEN = ("in_beeld", "actief", "in_onderzoek")
EERSTE = 25
# More is not read to compare weights: these are the highest standings of now.
VERGELIJK_HOOGSTENS = 20_000


@dataclass(frozen=True)
class Suggestie:
    """``gepland``: the action that it is a stop of already, '' where there is none."""

    locatie: Risicolocatie
    beeld: Beeld
    gepland: str

    @property
    def redenen(self) -> list[str]:
        """The parts that weigh, the heaviest first, by code."""
        return [d.code for d in sorted(self.beeld.score.delen, key=lambda d: -d.tienden) if d.tienden]


def op_volgorde(actor: Actor) -> Select[Risicolocatie]:
    """Locations to visit: pinned first, then the highest score."""
    return (
        select_voor(actor, Risicolocatie)
        .join(Prioriteitstand, Prioriteitstand.locatie_id == Risicolocatie.id)
        .where(Prioriteitstand.gemeente_id == actor.gemeente_id, Risicolocatie.status.in_(TE_BEZOEKEN))
        .order_by(Prioriteitstand.vastgezet.desc(), Prioriteitstand.geldend_tienden.desc(), Prioriteitstand.locatie_id)
    )


def suggesties(sessie: Session, actor: Actor, nu: datetime, hoeveel: int) -> list[Suggestie]:
    """The first ``hoeveel`` by their standing, with the reasons as they are now."""
    locaties = sessie.scalars(op_volgorde(actor).limit(hoeveel)).all()
    ids = [locatie.id for locatie in locaties]
    beelden = bereken_nu(sessie, actor.gemeente_id, nu, ids)
    gepland = bronnen().gepland(sessie, actor, nu, ids)
    return [Suggestie(locatie, beelden[locatie.id], gepland.get(locatie.id, "")) for locatie in locaties]


def vergelijk_weging(
    sessie: Session, actor: Actor, nu: datetime, nieuw: Gewichten, hoogstens: int = VERGELIJK_HOOGSTENS
) -> tuple[Vergelijking, dict[int, Risicolocatie]]:
    """The list of now beside that of other weights, and the locations that stand in either."""
    oud, vandaag = geldend(sessie, actor.gemeente_id).gewichten, lokale_datum(nu)
    ids = sessie.scalars(op_volgorde(actor).with_only_columns(Risicolocatie.id).limit(hoogstens)).all()
    metingen: list[Meting] = []
    for begin in range(0, len(ids), PER_BLOK):
        blok = ids[begin : begin + PER_BLOK]
        keuzes = geldende_keuzes(sessie, actor.gemeente_id, vandaag, blok)
        for locatie_id, feiten in lees_feiten(sessie, actor.gemeente_id, blok).items():
            keuze = keuzes.get(locatie_id)
            metingen.append(
                Meting(
                    locatie_id,
                    {d.code: d.tienden for d in bereken(feiten, oud, vandaag).delen},
                    {d.code: d.tienden for d in bereken(feiten, nieuw, vandaag).delen},
                    keuze is not None and keuze.soort == "vast",
                    keuze.score_tienden if keuze is not None else None,
                )
            )
    uit = vergelijk(metingen, EERSTE)
    return uit, locaties_van(sessie, actor, [p.locatie_id for p in (*uit.oud, *uit.nieuw)])


def locaties_van(sessie: Session, actor: Actor, ids: Sequence[int]) -> dict[int, Risicolocatie]:
    """Locations by id."""
    opdracht = select_voor(actor, Risicolocatie).where(Risicolocatie.id.in_(set(ids)))
    return {locatie.id: locatie for locatie in sessie.scalars(opdracht)}
