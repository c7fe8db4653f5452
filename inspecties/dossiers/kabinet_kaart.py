"""Where a dossier is about, as a picture: drawn on the server from the gemeente's own background, so it prints too."""

from shapely import box
from shapely.geometry import shape
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.locaties.kaartdruk import teken_punten
from inspecties.locaties.models import Kaartachtergrond

# Degrees and metres around the outermost places.
_RAND_GRADEN = 0.004
_RAND_M = 180.0


def teken_plekken(sessie: Session, lezer: Actor, dossier: Dossier) -> str:
    """SVG of the places of a dossier, numbered in their order."""
    punten = [(x.lon, x.lat, str(nr)) for nr, x in enumerate(dossier.locaties, start=1)]
    rij = sessie.scalars(select_voor(lezer, Kaartachtergrond)).one_or_none()
    if not punten or rij is None:
        return teken_punten([], punten, _RAND_M)[0]
    lon, lat = [p[0] for p in punten], [p[1] for p in punten]
    vak = box(min(lon) - _RAND_GRADEN, min(lat) - _RAND_GRADEN, max(lon) + _RAND_GRADEN, max(lat) + _RAND_GRADEN)
    features = [
        f for f in rij.geojson.get("features", []) if f.get("geometry") and shape(f["geometry"]).intersects(vak)
    ]
    return teken_punten(features, punten, _RAND_M)[0]
