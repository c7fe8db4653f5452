"""The kinds of action of this installation: ``config/actiesoorten.toml``, checked when the program starts."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from inspecties.acties.rules.soorten import Actiesoort, lees_soorten
from inspecties.termijnen.bronnen import lees_bestand

BESTAND = Path(__file__).resolve().parents[2] / "config" / "actiesoorten.toml"


@cache
def actiesoorten() -> Mapping[str, Actiesoort]:
    """Code -> kind. Raises OngeldigeInvoer where the file is wrong."""
    return lees_soorten(lees_bestand(BESTAND).get("soort", ()))


def normen_van_soorten() -> dict[str, str]:
    """Code -> the norm that an action of that kind counts for ("": none)."""
    return {code: soort.norm for code, soort in actiesoorten().items()}
