"""At which moments the owner of a term is warned: what the gemeente chose, else what config/termijnen.toml says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import select_voor
from inspecties.dossiers.models_waarschuwen import Waarschuwkeuze
from inspecties.termijnen.bronnen import termijntabel, waarschuwmomenten
from inspecties.termijnen.rules.benoemd import Termijnregel, lees_momenten

# The empty code stands for every kind of term without moments of its own.
ALLE = ""
MAX_MOMENTEN = 8


@dataclass(frozen=True)
class Momenten:
    """The choices of one gemeente, by code."""

    gekozen: Mapping[str, tuple[int, ...]]

    @property
    def alle(self) -> tuple[int, ...]:
        """For a term that says nothing itself."""
        return self.gekozen.get(ALLE, waarschuwmomenten())

    def van(self, regel: Termijnregel) -> tuple[int, ...]:
        """For this term: own choice for its kind, then what its row says, then the choice for all."""
        return self.gekozen.get(regel.code) or regel.waarschuw or self.alle


def keuzes_van(sessie: Session, actor: Actor) -> dict[str, Waarschuwkeuze]:
    """The rows of this gemeente, by code."""
    return {rij.code: rij for rij in sessie.scalars(select_voor(actor, Waarschuwkeuze))}


def momenten_van(sessie: Session, actor: Actor) -> Momenten:
    """At which moments this gemeente warns."""
    return Momenten({code: tuple(rij.dagen) for code, rij in keuzes_van(sessie, actor).items()})


def lees_dagen(tekst: str) -> tuple[int, ...]:
    """'14, 7, 2 en 0' as days, most first. Raises OngeldigeInvoer naming the field."""
    delen = tekst.replace(";", ",").replace(" en ", ",").replace(" ", ",").split(",")
    try:
        dagen = lees_momenten([int(deel) for deel in delen if deel.strip()])
    except ValueError:
        raise OngeldigeInvoer(
            "Schrijf hele dagen van 0 tot en met 366, met een komma ertussen, zoals 14, 7, 2, 0.", "dagen"
        ) from None
    if len(dagen) > MAX_MOMENTEN:
        raise OngeldigeInvoer(f"Kies hooguit {MAX_MOMENTEN} momenten.", "dagen")
    return dagen


def kies(sessie: Session, actor: Actor, nu: datetime, code: str, tekst: str, *, versie: int) -> tuple[int, ...]:
    """Choose the moments of one kind of term; empty text goes back to the standard.

    Raises OngeldigeInvoer naming the field, Conflict when a colleague chose meanwhile.
    """
    if code != ALLE and code not in {r.code for r in termijntabel().regels}:
        raise OngeldigeInvoer("Kies een termijn uit de lijst.", "code")
    dagen = lees_dagen(tekst)
    rij = keuzes_van(sessie, actor).get(code)
    if (rij.versie if rij else 0) != versie:
        staat = ", ".join(map(str, rij.dagen)) if rij else "de standaard"
        raise Conflict(
            f"Een collega veranderde dit net. Er staat nu: {staat}. Uw keuze was: {tekst or 'leeg'}.", "dagen"
        )
    if not dagen:
        if rij is not None:
            sessie.delete(rij)
    elif rij is None:
        rij = Waarschuwkeuze(gemeente_id=actor.gemeente_id, code=code)
        sessie.add(rij)
    if dagen and rij is not None:
        rij.dagen, rij.gekozen_op, rij.gekozen_door_id = list(dagen), nu, actor.gebruiker_id
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "waarschuwmomenten_gekozen",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={"termijn": code or "alle", "dagen": list(dagen)},
    )
    return dagen
