"""Documents of entering a home that are made from a template: which there are, and what their text must say."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from inspecties.sjablonen.rules.sjabloon import Standaardtekst, Velden, lees_standaardtekst
from inspecties.sjablonen.rules.tekst import open_plek

CONFIG = Path(__file__).resolve().parents[3] / "config"
BESTAND = CONFIG / "binnentreden.toml"
TEKSTEN = CONFIG / "documenten" / "binnentreden"
_HOE = ("altijd", "soms", "")


@dataclass(frozen=True)
class Documentveld:
    """A field of one kind. ``met_de_hand``: as long as it is open, there is a line on paper to write on."""

    naam: str
    titel: str
    voorbeeld: str
    verplicht: str = ""
    met_de_hand: bool = False


@dataclass(frozen=True)
class Documentsoort:
    """A kind of document. ``aan``: who gets it, in words for the page of templates."""

    code: str
    naam: str
    aan: str
    grondslag: str
    bevestigd: bool
    bron: str
    veld: tuple[Documentveld, ...]
    talen: tuple[str, ...] = ("nl",)

    @property
    def velden(self) -> Velden:
        """What a template of this kind may name and must name."""
        mag = {v.naam: v for v in self.veld}
        ander = {v.naam: v.titel.lower() for soort in documentsoorten().values() for v in soort.veld}
        return Velden(
            mag,
            {naam: f"hoort niet in dit document: {titel}" for naam, titel in ander.items() if naam not in mag},
            tuple(v.naam for v in self.veld if v.verplicht == "altijd"),
            tuple(v.naam for v in self.veld if v.verplicht == "soms"),
        )

    @property
    def schrijflijnen(self) -> tuple[str, ...]:
        """Titles of the places that are filled in by hand on paper."""
        return tuple(v.titel for v in self.veld if v.met_de_hand)

    def standaardtekst(self, taal: str) -> Standaardtekst:
        """Raises ValueError naming the file and what is wrong."""
        return lees_standaardtekst(TEKSTEN, self.code, taal)

    def waarden(self, bekend: Mapping[str, str]) -> dict[str, str]:
        """A value for each field; what must be there and is not known marks its place."""
        uit: dict[str, str] = {}
        for v in self.veld:
            waarde = bekend[v.naam].strip()
            uit[v.naam] = waarde or (open_plek(v.titel) if v.verplicht == "altijd" else "")
        return uit


def lees_documenten(inhoud: Mapping[str, Any]) -> dict[str, Documentsoort]:
    """Raises ValueError naming the kind and what is wrong."""
    uit: dict[str, Documentsoort] = {}
    for rij in inhoud["soort"]:
        soort = Documentsoort(**(rij | {"veld": tuple(Documentveld(**v) for v in rij["veld"])}))
        namen = [v.naam for v in soort.veld]
        fout = (
            "there twice" if soort.code in uit
            else "a field is there twice" if len(namen) != len(set(namen))
            else "unknown verplicht" if any(v.verplicht not in _HOE for v in soort.veld)
            else "nothing that it must say" if not any(v.verplicht == "altijd" for v in soort.veld)
            else ""
        )  # fmt: skip
        if fout:
            raise ValueError(f"binnentreden.toml: soort {soort.code}: {fout}")
        uit[soort.code] = soort
    return uit


@lru_cache(maxsize=1)
def documentsoorten() -> dict[str, Documentsoort]:
    """The kinds of this installation."""
    return lees_documenten(tomllib.loads(BESTAND.read_text(encoding="utf-8")))


MACHTIGING, VERSLAG = "machtiging", "verslag_binnentreden"
