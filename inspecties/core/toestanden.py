"""State machines as tables: states, the transitions between them, and why an odd one exists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inspecties.core.fouten import Conflict


@dataclass(frozen=True)
class Overgang:
    """One edge: who may walk it is a right (``object.handeling``); ``reden_verplicht`` asks for an explanation."""

    van: str
    naar: str
    naam: str
    recht: str
    reden_verplicht: bool = False
    waarom: str = ""


@dataclass(frozen=True)
class Toestandstabel:
    """A versioned state machine. ``namen`` maps each state to the word on screen, in the order of the work."""

    naam: str
    versie: str
    begin: str
    namen: Mapping[str, str]
    overgangen: tuple[Overgang, ...]
    eind: frozenset[str] = field(default_factory=frozenset)

    def vanuit(self, toestand: str) -> tuple[Overgang, ...]:
        """Every transition that leaves ``toestand``."""
        return tuple(o for o in self.overgangen if o.van == toestand)

    def overgang(self, van: str, naar: str) -> Overgang:
        """The transition between two states; raises Conflict with a plain message where there is none."""
        for o in self.overgangen:
            if (o.van, o.naar) == (van, naar):
                return o
        mogelijk = [self.namen[o.naar] for o in self.vanuit(van)]
        rest = f" Van hier kan wel: {', '.join(mogelijk)}." if mogelijk else " Dit is een eindtoestand."
        raise Conflict(
            f"Van '{self.namen.get(van, van)}' naar '{self.namen.get(naar, naar)}' gaan kan niet.{rest}", "toestand"
        )

    def gebreken(self) -> list[str]:
        """What is wrong with the table itself: unknown, unreachable and dead-end states. Empty when sound."""
        uit = [
            f"onbekende toestand {s}"
            for s in sorted({t for o in self.overgangen for t in (o.van, o.naar)} - set(self.namen))
        ]
        bereikt = self._bereikbaar([self.begin])
        uit += [f"onbereikbaar: {s}" for s in self.namen if s not in bereikt]
        uit += [f"doodlopend: {s}" for s in self.namen if s not in self.eind and not self.vanuit(s)]
        return uit

    def _bereikbaar(self, start: Iterable[str]) -> set[str]:
        gezien: set[str] = set()
        open_ = list(start)
        while open_:
            s = open_.pop()
            if s not in gezien:
                gezien.add(s)
                open_ += [o.naar for o in self.vanuit(s)]
        return gezien
