"""The fixed words of a briefing: ``config/briefing.toml``, and the care contacts of ``config/zorgkaart.json``."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from inspecties.acties.rules.briefing import Teksten
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.termijnen.bronnen import lees_bestand

_CONFIG = Path(__file__).resolve().parents[2] / "config"


def lees_teksten(inhoud: Mapping[str, Any], zorgkaart: Mapping[str, Any]) -> Teksten:
    """Raises OngeldigeInvoer naming what is missing and what would be right."""
    veiligheid = inhoud.get("veiligheid")
    if not isinstance(veiligheid, list) or not veiligheid or not all(isinstance(z, str) and z for z in veiligheid):
        raise OngeldigeInvoer("briefing.toml: 'veiligheid' is een lijst van zinnen.", "veiligheid")
    kaart = zorgkaart["kaarten"]["nl"]
    return Teksten(
        tuple(veiligheid),
        tuple((r[0], r[1]) for r in _rijen(inhoud, "rol", ("wie", "wat"))),
        tuple((r[0], r[1], r[2]) for r in _rijen(inhoud, "doen", ("titel", "tekst", "bron"))),
        tuple((n["naam"], n["nummer"], n["uitleg"]) for n in kaart["nummers"]),
        tuple(kaart["hulp"]),
    )


def _rijen(inhoud: Mapping[str, Any], naam: str, velden: tuple[str, ...]) -> list[list[str]]:
    rijen = inhoud.get(naam)
    if not isinstance(rijen, list) or not rijen:
        raise OngeldigeInvoer(f"briefing.toml: er is geen enkele [[{naam}]].", naam)
    for nummer, rij in enumerate(rijen, start=1):
        for veld in velden:
            if not isinstance(rij.get(veld), str) or not rij[veld].strip():
                raise OngeldigeInvoer(
                    f"briefing.toml, [[{naam}]] {nummer}: '{veld}' ontbreekt. Vul een tekst in.", veld
                )
    return [[rij[veld] for veld in velden] for rij in rijen]


@cache
def teksten() -> Teksten:
    """Those of this installation."""
    kaart = json.loads((_CONFIG / "zorgkaart.json").read_text(encoding="utf-8"))
    return lees_teksten(lees_bestand(_CONFIG / "briefing.toml"), kaart)
