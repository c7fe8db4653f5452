"""What somebody asked of ``inspecties import`` and ``inspecties export``."""

from dataclasses import dataclass, field
from pathlib import Path

from inspecties.locaties.queries import Filter


@dataclass(frozen=True, slots=True)
class Inleesopdracht:
    """The options of one import; ``soort`` is the key of INLEZERS."""

    bestand: Path
    soort: str
    droog: bool = False
    deel: bool = False
    bijwerken: bool = False
    bron: str = ""
    als_json: bool = False


@dataclass(frozen=True, slots=True)
class Uitvoeropdracht:
    """The options of one export: the file to write, what comes in it and how."""

    uit: Path
    soort: str
    formaat: str
    filter: Filter = field(default_factory=Filter)
