"""The plan that comes out, in minutes, and its JSON."""

from dataclasses import dataclass
from typing import Any

from inspecties.acties.route.tijden import schrijf_tijd


@dataclass(frozen=True, slots=True)
class Bezoek:
    """A planned stop."""

    id: str
    aankomst: float
    begin: float
    vertrek: float


@dataclass(frozen=True, slots=True)
class Ploegplan:
    """What a team does, in order; ``terug`` is the arrival at the depot (its begin when it does nothing)."""

    id: str
    stops: tuple[Bezoek, ...]
    terug: float
    pauze: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class NietGepland:
    """A stop that was left out and why, in plain Dutch."""

    id: str
    reden: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer.

    ``bovengrens``: no plan is worth more than this. ``afgebroken``: the time limit cut the search, so another run may
    find another plan; otherwise the same instance and seed give the same plan.
    """

    ploegen: tuple[Ploegplan, ...]
    waarde: float
    niet_gepland: tuple[NietGepland, ...]
    bewezen_optimaal: bool
    bovengrens: float
    afgebroken: bool
    kloktijd: bool = False

    def naar_json(self) -> dict[str, Any]:
        """The output format of ``inspecties route``; ``pauze`` only for a team that has one."""
        return {
            "ploegen": [self._ploeg(p) for p in self.ploegen],
            "waarde": self.waarde,
            "niet_gepland": [{"id": n.id, "reden": n.reden} for n in self.niet_gepland],
            "bewezen_optimaal": self.bewezen_optimaal,
        }

    def _ploeg(self, ploeg: Ploegplan) -> dict[str, Any]:
        def tijd(t: float) -> str | float:
            return schrijf_tijd(t) if self.kloktijd else t

        uit: dict[str, Any] = {
            "id": ploeg.id,
            "stops": [
                {"id": b.id, "aankomst": tijd(b.aankomst), "begin": tijd(b.begin), "vertrek": tijd(b.vertrek)}
                for b in ploeg.stops
            ],
            "terug": tijd(ploeg.terug),
        }
        if ploeg.pauze is not None:
            uit["pauze"] = [tijd(ploeg.pauze[0]), tijd(ploeg.pauze[1])]
        return uit
