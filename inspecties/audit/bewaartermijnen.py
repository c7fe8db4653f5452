"""The table of retention terms in ``config/bewaartermijnen.toml``: dated rows, each with source and status."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

PAD = Path(__file__).resolve().parents[2] / "config" / "bewaartermijnen.toml"
STATUSSEN = ("bevestigd", "te bevestigen")


@dataclass(frozen=True)
class Bewaartermijn:
    """One row. ``maanden``: whole months; ``vanaf``: what they count from, in words."""

    code: str
    naam: str
    maanden: int
    vanaf: str
    geldig_van: date
    status: str
    bron: str


def lees_bewaartermijnen(pad: Path = PAD) -> tuple[Bewaartermijn, ...]:
    """All rows. Raises ValueError naming the row and what is wrong."""
    try:
        rijen = tomllib.loads(pad.read_text(encoding="utf-8"))["termijn"]
    except (tomllib.TOMLDecodeError, KeyError) as fout:
        raise ValueError(f"{pad.name}: {fout}") from fout
    uit = []
    for nr, rij in enumerate(rijen, start=1):
        try:
            termijn = Bewaartermijn(**rij)
        except TypeError as fout:
            raise ValueError(f"{pad.name}, rij {nr}: {fout}") from fout
        if not isinstance(termijn.maanden, int) or not 1 <= termijn.maanden <= 1200:
            raise ValueError(f"{pad.name}, {termijn.code}: maanden is een heel getal van 1 tot en met 1200")
        if termijn.status not in STATUSSEN or not termijn.bron:
            raise ValueError(f"{pad.name}, {termijn.code}: geef een bron, en een status uit {', '.join(STATUSSEN)}")
        uit.append(termijn)
    return tuple(uit)


def geldend(termijnen: Sequence[Bewaartermijn], vandaag: date) -> dict[str, Bewaartermijn]:
    """Per code the row that began last, of those that hold today."""
    uit: dict[str, Bewaartermijn] = {}
    for termijn in sorted(termijnen, key=lambda t: t.geldig_van):
        if termijn.geldig_van <= vandaag:
            uit[termijn.code] = termijn
    return uit


@cache
def bewaartermijnen() -> tuple[Bewaartermijn, ...]:
    """The table of this installation, read once."""
    return lees_bewaartermijnen()
