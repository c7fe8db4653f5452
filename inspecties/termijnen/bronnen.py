"""Reads ``config/termijnen.toml``: the named terms and the equated days."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.termijnen.rules.benoemd import Termijntabel, lees_kalender, lees_momenten
from inspecties.termijnen.rules.feestdagen import Kalender

BESTAND = Path(__file__).resolve().parents[2] / "config" / "termijnen.toml"


def lees_bestand(pad: Path) -> dict[str, Any]:
    """The parsed file. Raises ``OngeldigeInvoer`` in Dutch when it is missing or no TOML."""
    try:
        with pad.open("rb") as f:
            return tomllib.load(f)
    except FileNotFoundError:
        raise OngeldigeInvoer(f"Het bestand {pad.name} met de termijnen ontbreekt; zet het in de map config.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fout:
        raise OngeldigeInvoer(f"Het bestand {pad.name} met de termijnen is niet te lezen: {fout}.") from fout


@cache
def _standaard() -> dict[str, Any]:
    return lees_bestand(BESTAND)


@cache
def termijntabel() -> Termijntabel:
    """The named terms of this installation."""
    return Termijntabel.uit(_standaard()["termijn"])


@cache
def kalender() -> Kalender:
    """Working days, with the equated days that this installation knows."""
    inhoud = _standaard()
    return lees_kalender(inhoud["gelijkgesteld"], inhoud["gelijkgesteld_bekend_voor"])


@cache
def waarschuwmomenten() -> tuple[int, ...]:
    """Days before the end at which the owner of a term is warned, most first."""
    return lees_momenten(_standaard()["waarschuw_dagen"])
