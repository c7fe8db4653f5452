"""What a run of the retention terms says: what went, what stays although its day has come, and where it stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from inspecties.audit.bewijsbestand import bewijsbestand
from inspecties.core.opslag import Opslag
from inspecties.database import metadata


@dataclass(frozen=True)
class Regel:
    """What of one table went (or would go), under which term."""

    soort: str
    regel: str
    aantal: int


@dataclass(frozen=True)
class Vastregel:
    """What of one kind stays although its day has come, and why."""

    soort: str
    reden: str
    aantal: int


@dataclass
class Verslag:
    """Of one gemeente."""

    vast: list[Vastregel] = field(default_factory=list)
    opnieuw: int = 0
    beperkt: int = 0
    bestanden: int = 0
    _weg: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def weg(self) -> list[Regel]:
        return [Regel(soort, regel, aantal) for (soort, regel), aantal in self._weg.items()]

    @property
    def tabellen(self) -> set[str]:
        return {soort for soort, _ in self._weg} & set(metadata.tables)

    def tel(self, soort: str, regel: str, aantal: int) -> None:
        """Rows of one table, under a term; portions of the same are one line."""
        if aantal:
            self._weg[(soort, regel)] += aantal

    def houd(self, naam: str, vast: Iterable[tuple[str, ...]]) -> None:
        """What of this kind stays, each with its reasons."""
        redenen = Counter(reden for waarom in vast for reden in waarom)
        self.vast += [Vastregel(naam, reden, aantal) for reden, aantal in sorted(redenen.items())]


@dataclass(frozen=True)
class Plaats:
    """Where files and proofs of a gemeente stand; ``nazenden``: how long a tablet can send again what it sent.

    ``oude_databases``: what restores put aside, of all gemeenten together, that is over its term.
    """

    opslag: Opslag
    data: Path
    gemeente_uid: UUID
    nazenden: timedelta = timedelta(days=14)
    oude_databases: tuple[Path, ...] = ()

    @property
    def bewijzen(self) -> Path:
        return bewijsbestand(self.data, self.gemeente_uid)
