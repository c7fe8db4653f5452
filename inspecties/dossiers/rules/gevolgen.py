"""What consequences and instruments are called, and which kind of dossier they lead to (config/documenten)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from inspecties.dossiers.rules.toestanden import SOORTEN

MAP = Path(__file__).resolve().parents[3] / "config" / "documenten"

BEVESTIGD, TE_BEVESTIGEN = "bevestigd", "te bevestigen"


@dataclass(frozen=True)
class Gevolg:
    """A consequence that an answer may propose. ``soorten`` is empty for what is passed on to others."""

    code: str
    naam: str
    soorten: tuple[str, ...] = ()
    doorzetten: str = ""


@dataclass(frozen=True)
class Instrument:
    """What a dossier can end in, on which article, and whether that article was confirmed in its source."""

    code: str
    soort: str
    naam: str
    grondslag: str
    bevoegd: str
    uitleg: str
    status: str
    bron: str
    geldig_vanaf: date

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD


def lees_gevolgen(inhoud: Mapping[str, Mapping[str, Any]]) -> dict[str, Gevolg]:
    """Consequences by code. Raises ValueError naming the code whose kind of dossier does not exist."""
    uit = {}
    for code, rij in inhoud.items():
        soorten = tuple(rij.get("soorten", ()))
        if not set(soorten) <= set(SOORTEN):
            raise ValueError(f"gevolg {code}: unknown kind of dossier in {soorten}")
        uit[code] = Gevolg(code, rij["naam"], soorten, rij.get("doorzetten", ""))
    return uit


def lees_instrumenten(inhoud: Mapping[str, Any]) -> dict[str, Instrument]:
    """Instruments by code. Raises ValueError naming what is wrong."""
    uit: dict[str, Instrument] = {}
    for rij in inhoud["instrument"]:
        instrument = Instrument(**rij)
        if instrument.soort not in SOORTEN or instrument.status not in {BEVESTIGD, TE_BEVESTIGEN}:
            raise ValueError(f"instrument {instrument.code}: unknown soort or status")
        if instrument.code in uit:
            raise ValueError(f"instrument {instrument.code} stands there twice")
        uit[instrument.code] = instrument
    return uit


@lru_cache(maxsize=1)
def gevolgen() -> Mapping[str, Gevolg]:
    """The consequences of this installation."""
    return lees_gevolgen(tomllib.loads((MAP / "gevolgen.toml").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def instrumenten() -> Mapping[str, Instrument]:
    """The instruments of this installation."""
    return lees_instrumenten(tomllib.loads((MAP / "instrumenten.toml").read_text(encoding="utf-8")))


def gevolg_van(code: str) -> Gevolg:
    """The consequence with this code; one that nobody described keeps its code as its name and fits every dossier."""
    return gevolgen().get(code) or Gevolg(code, code.replace("_", " ").capitalize(), tuple(SOORTEN))


def instrument_bij(soort: str, grondslag: str) -> Instrument | None:
    """The instrument whose article a dossier names, or None where the jurist wrote an own one."""
    return next((i for i in instrumenten().values() if (i.soort, i.grondslag) == (soort, grondslag)), None)
