"""The whole demo as frozen data: two invented municipalities and a year of work in them."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

from shapely.geometry import Polygon

from inspecties.demo.geografie.achtergrond import maak_achtergrond
from inspecties.demo.geografie.maken import maak_kaart
from inspecties.demo.geografie.model import Adres, Kaart, Straat, Wijk
from inspecties.demo.geografie.plan import houtribdijk, markerwaard
from inspecties.demo.inhoud.acties import maak_acties
from inspecties.demo.inhoud.dossiers import maak_dossiers
from inspecties.demo.inhoud.locaties import maak_locaties
from inspecties.demo.inhoud.model import Actie, Dossier, Locatie, Signaal
from inspecties.demo.inhoud.signalen import maak_signalen

# The seed of the demo that is served; tests and the example import use the same one.
ZAAD = 2026
_SIGNALEN = {"Markerwaard": 90, "Houtribdijk": 12}


@dataclass(frozen=True)
class Gemeente:
    """One municipality of the demo. ``achtergrond`` is GeoJSON (EPSG:4326), ``kaart`` geometry in EPSG:28992."""

    naam: str
    code: str
    kaart: Kaart = field(repr=False)
    locaties: tuple[Locatie, ...] = field(repr=False)
    signalen: tuple[Signaal, ...] = field(repr=False)
    acties: tuple[Actie, ...] = field(repr=False)
    dossiers: tuple[Dossier, ...] = field(repr=False)
    achtergrond: dict[str, Any] = field(repr=False)

    @property
    def grens(self) -> Polygon:
        """The boundary, EPSG:28992; imports must lie inside it."""
        return self.kaart.grens

    @property
    def wijken(self) -> tuple[Wijk, ...]:
        return self.kaart.wijken

    @property
    def straten(self) -> tuple[Straat, ...]:
        return self.kaart.straten

    @property
    def adressen(self) -> tuple[Adres, ...]:
        return self.kaart.adressen


@dataclass(frozen=True)
class Wereld:
    """Everything of the demo, made from one seed."""

    zaad: int
    vandaag: date
    gemeenten: tuple[Gemeente, ...]

    def gemeente(self, naam: str) -> Gemeente:
        """The municipality of that name; KeyError where there is none."""
        for gemeente in self.gemeenten:
            if gemeente.naam == naam:
                return gemeente
        raise KeyError(naam)


@lru_cache(maxsize=2)
def _kaarten(zaad: int) -> tuple[tuple[Kaart, dict[str, Any]], ...]:
    kaarten = (maak_kaart(markerwaard(), zaad), maak_kaart(houtribdijk(), zaad))
    return tuple((k, maak_achtergrond(k)) for k in kaarten)


def maak_wereld(zaad: int, vandaag: date) -> Wereld:
    """The demo as it stands on ``vandaag``; the same arguments give the same world. Takes about a second."""
    gemeenten = []
    for kaart, achtergrond in _kaarten(zaad):
        rng = {
            deel: Random(f"{zaad}:{kaart.code}:{deel}")  # noqa: S311 - a demo that repeats itself, not a secret
            for deel in ("locaties", "signalen", "acties", "dossiers")
        }
        locaties = maak_locaties(rng["locaties"], kaart.naam, kaart.adressen, vandaag)
        acties = maak_acties(rng["acties"], kaart.naam, locaties, vandaag)
        gemeenten.append(
            Gemeente(
                naam=kaart.naam,
                code=kaart.code,
                kaart=kaart,
                locaties=locaties,
                signalen=maak_signalen(rng["signalen"], _SIGNALEN[kaart.naam], locaties, kaart.adressen, vandaag),
                acties=acties,
                dossiers=maak_dossiers(rng["dossiers"], acties, locaties, vandaag)
                if kaart.naam == "Markerwaard"
                else (),
                achtergrond=achtergrond,
            )
        )
    return Wereld(zaad, vandaag, tuple(gemeenten))
