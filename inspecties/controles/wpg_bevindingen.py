"""Findings of a visit, when an answer or a photo of it goes behind the wall of police data (Wpg) or comes back.

Findings are computed again without it. What a person judged and what rests on it is not touched here: then it cannot
be set apart yet. What no longer counts and was judged by nobody loses the words that it quoted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.controles.bevindingen import herbereken
from inspecties.controles.models import Bevinding, Bezoek, Signaaloordeel
from inspecties.controles.rules.geraakt import Weg
from inspecties.core.actor import Actor, systeem
from inspecties.database import select_voor
from inspecties.signalen.models import Signaal


@dataclass(frozen=True)
class Geraakt:
    """A finding that rested on what is set apart. ``signaal``: it is for the eyes of the aandachtsfunctionaris."""

    bevinding: Bevinding
    signaal: bool


def _alle(sessie: Session, bezoek: Bezoek) -> list[tuple[Bevinding, bool]]:
    """Every finding of the visit, signals of trafficking too (True)."""
    lezer = systeem(bezoek.gemeente_id)
    uit = []
    for waar, signaal in ((Bevinding.zonder_signalen(), False), (Bevinding.alleen_signalen(), True)):
        opdracht = select_voor(lezer, Bevinding).where(Bevinding.bezoek_id == bezoek.id, waar).order_by(Bevinding.id)
        uit += [(rij, signaal) for rij in sessie.scalars(opdracht)]
    return uit


def _stand(rij: Bevinding) -> tuple[Any, ...]:
    return rij.dragers, rij.ontbreekt, rij.hard, rij.grondslag, rij.vervallen_op is None


def reken_zonder(sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek, weg: Weg) -> list[Geraakt]:
    """Compute the findings again, now that the wall stands. Which of them rested on what is behind it.

    The caller looks whether somebody judged one of these, and then clears the rest (``veeg``).
    """
    voor = {rij.id: _stand(rij) for rij, _ in _alle(sessie, bezoek)}
    noemde = {i for i, stand in voor.items() if weg.noemt(stand[0]) or (not stand[-1] and weg.volgt(stand[0]))}
    herbereken(sessie, actor, nu, bezoek)
    return [
        Geraakt(rij, signaal)
        for rij, signaal in _alle(sessie, bezoek)
        if rij.id in noemde or voor.get(rij.id) != _stand(rij)
    ]


def beoordeeld_signaal(sessie: Session, bezoek: Bezoek, geraakt: list[Geraakt], weg: Weg) -> bool:
    """Whether the aandachtsfunctionaris judged a signal of trafficking that rests on this."""
    signalen = {rij.id for rij, signaal in _alle(sessie, bezoek) if signaal}
    nu_anders = {g.bevinding.id for g in geraakt if g.signaal}
    rijen = sessie.scalars(
        select_voor(systeem(bezoek.gemeente_id), Signaaloordeel).where(Signaaloordeel.bevinding_id.in_(signalen))
    )
    return any(
        (rij.toestand != "open" or rij.signaal_id is not None)
        and (rij.bevinding_id in nu_anders or weg.noemt((rij.vastgelegd or {}).get("dragers", [])))
        for rij in rijen
    )


def veeg(sessie: Session, geraakt: list[Geraakt], weg: Weg) -> None:
    """Take out of these findings what they quote of it; what no longer counts and followed from it quotes nothing."""
    for deel in geraakt:
        rij = deel.bevinding
        if rij.vervallen_op is not None:
            rij.dragers, rij.ontbreekt = [], []
        else:
            rij.dragers = weg.zonder(rij.dragers)
    sessie.flush()


def komt_uit_een_bezoek(sessie: Session, signaal: Signaal) -> bool:
    """Whether a signal was made of what a visit found: then the visit still says it."""
    opdracht = select_voor(systeem(signaal.gemeente_id), Signaaloordeel).where(Signaaloordeel.signaal_id == signaal.id)
    return sessie.scalars(opdracht).first() is not None
