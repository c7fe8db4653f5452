"""The map of a briefing: the stops of one part, numbered, on the gemeente's own background. Drawn on the server."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.locaties.kaartdruk import teken_punten
from inspecties.locaties.models import Kaartachtergrond

# Degrees around the outermost stops: what lies further away is not drawn.
RAND_GRADEN = 0.012


@dataclass(frozen=True)
class Kaart:
    """A picture with its words."""

    svg: str
    alt: str
    schaal: str
    schaal_deel: float


def _posities(deel: Any) -> Iterator[tuple[float, float]]:
    if isinstance(deel, list) and deel:
        if isinstance(deel[0], int | float):
            yield deel[0], deel[1]
        else:
            for kind in deel:
                yield from _posities(kind)


def _raakt(feature: Mapping[str, Any], vak: tuple[float, float, float, float]) -> bool:
    plekken = list(_posities((feature.get("geometry") or {}).get("coordinates")))
    if not plekken:
        return False
    lon, lat = [p[0] for p in plekken], [p[1] for p in plekken]
    return max(lon) >= vak[0] and min(lon) <= vak[2] and max(lat) >= vak[1] and min(lat) <= vak[3]


def alt_van(inhoud: Mapping[str, Any]) -> str:
    """What the picture shows, for who does not see it."""
    stops = inhoud["stops"]
    wat = "1 stop" if len(stops) == 1 else f"{len(stops)} stops"
    return f"Kaart met {wat} van {inhoud['ploeg']['naam']}, met hun nummers. De lijst van stops noemt de adressen."


def teken(sessie: Session, actor: Actor, inhoud: Mapping[str, Any]) -> Kaart:
    """The map of one part of a briefing."""
    punten = [(stop["lon"], stop["lat"], str(stop["nummer"])) for stop in inhoud["stops"]]
    rij = sessie.scalars(select_voor(actor, Kaartachtergrond)).one_or_none()
    lon, lat = [p[0] for p in punten] or [0.0], [p[1] for p in punten] or [0.0]
    vak = (min(lon) - RAND_GRADEN, min(lat) - RAND_GRADEN, max(lon) + RAND_GRADEN, max(lat) + RAND_GRADEN)
    features = [f for f in (rij.geojson.get("features", []) if rij else []) if _raakt(f, vak)]
    svg, schaal_m, deel = teken_punten(features, punten)
    return Kaart(svg, alt_van(inhoud), f"{schaal_m} m" if schaal_m < 1000 else f"{schaal_m // 1000} km", deel)
