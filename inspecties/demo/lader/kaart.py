"""Districts and one action area on the demo's map."""

from collections.abc import Mapping
from datetime import datetime

import shapely
from sqlalchemy.orm import Session

from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.locaties.gebieden import bewaar_gebied, lees_gebieden_in
from inspecties.locaties.rules.gebied import Vorm


def laad_kaart(sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: Mapping[str, int], nu: datetime) -> None:
    """The districts as drawn on the background, and an action area around the second of them."""
    del locaties
    wie = kring.actoren["coordinator"]
    vormen = [Vorm(w.naam, shapely.MultiPolygon([w.vlak])) for w in bron.wijken if w.vlak.geom_type == "Polygon"]
    lees_gebieden_in(sessie, wie, nu, "wijk", vormen, "wijken.geojson")
    ruim = shapely.MultiPolygon([shapely.simplify(vormen[1].vlak.geoms[0].buffer(60), 15)])
    bewaar_gebied(sessie, wie, nu, "actiegebied", f"{vormen[1].naam} en omgeving", ruim)
