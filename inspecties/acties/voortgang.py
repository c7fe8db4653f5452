"""Where an action stands: per stop what was reported, and in figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties import queries
from inspecties.acties.models import Actie, Stop, Stopstap
from inspecties.acties.rules.gereedheid import AFGEHANDELD
from inspecties.acties.rules.toestanden import ACTIE_TABEL, STOP_TABEL, stopovergangen
from inspecties.core.actor import Actor
from inspecties.core.toestanden import Overgang

# How a state is drawn (macros/status.html); the word always stands beside it.
ACTIE_TOON = {
    "concept": "",
    "gereed": "actief",
    "in_uitvoering": "actief",
    "afgerond": "goed",
    "vervallen": "let-op",
}
STOP_TOON = {
    "gepland": "",
    "onderweg": "actief",
    "binnen": "actief",
    "niemand_thuis": "let-op",
    "geweigerd": "let-op",
    "afgerond": "goed",
    "vervallen": "",
}


@dataclass(frozen=True)
class Stopstand:
    """A stop with its history."""

    stop: Stop
    stappen: Sequence[Stopstap]

    @property
    def laatste(self) -> Stopstap | None:
        return self.stappen[-1] if self.stappen else None

    @property
    def naam(self) -> str:
        return STOP_TABEL.namen[self.stop.toestand]

    @property
    def toon(self) -> str:
        return STOP_TOON[self.stop.toestand]

    @property
    def overgangen(self) -> tuple[Overgang, ...]:
        """What a coordinator may make of it."""
        return stopovergangen(self.stop.actie.toestand, self.stop.toestand)

    @property
    def reden(self) -> str:
        """Why it was called off or refused, where somebody wrote it."""
        return self.laatste.reden if self.laatste else ""


@dataclass(frozen=True)
class Voortgang:
    """All stops that the actor may see, and when something last changed."""

    actie: Actie
    stops: Sequence[Stopstand]
    bijgewerkt_op: datetime

    @property
    def tellingen(self) -> Mapping[str, int]:
        """State -> how many, for the states that occur, in the order of the work."""
        aantallen = Counter(stand.stop.toestand for stand in self.stops)
        return {code: aantallen[code] for code in STOP_TABEL.namen if aantallen[code]}

    @property
    def klaar(self) -> int:
        """Stops that ask nothing more."""
        return sum(stand.stop.toestand in AFGEHANDELD for stand in self.stops)


def lees_voortgang(sessie: Session, actor: Actor, actie: Actie) -> Voortgang:
    """Where an action stands, as far as the actor may see it."""
    stops = queries.stops_van(sessie, actor, actie)
    stappen = queries.stopstappen_van(sessie, actor, stops)
    momenten = [stap.op for rij in stappen.values() for stap in rij]
    momenten += [stap.op for stap in queries.stappen_van(sessie, actor, actie)]
    return Voortgang(
        actie, [Stopstand(stop, stappen[stop.id]) for stop in stops], max(momenten, default=actie.aangemaakt_op)
    )


def als_json(voortgang: Voortgang) -> dict[str, Any]:
    """The progress as ``/api/acties/<uid>/voortgang`` gives it."""
    actie = voortgang.actie
    return {
        "id": str(actie.uid),
        "toestand": actie.toestand,
        "toestand_naam": ACTIE_TABEL.namen[actie.toestand],
        "totaal": len(voortgang.stops),
        "klaar": voortgang.klaar,
        "tellingen": [
            {"toestand": code, "toestand_naam": STOP_TABEL.namen[code], "toon": STOP_TOON[code], "aantal": aantal}
            for code, aantal in voortgang.tellingen.items()
        ],
        "bijgewerkt_op": _tekst(voortgang.bijgewerkt_op),
        "stops": [
            {
                "id": str(stand.stop.uid),
                "volgorde": stand.stop.volgorde,
                "ploeg": stand.stop.ploeg.naam if stand.stop.ploeg else None,
                "toestand": stand.stop.toestand,
                "toestand_naam": stand.naam,
                "toon": stand.toon,
                "sinds": _tekst(stand.laatste.op) if stand.laatste else None,
            }
            for stand in voortgang.stops
        ],
    }


def _tekst(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
