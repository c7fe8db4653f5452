"""Action areas and districts: saving, importing, and which locations lie in an area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import shapely
from geoalchemy2 import WKTElement
from geoalchemy2.shape import to_shape
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.database.bereik import haal, select_voor
from inspecties.locaties.filters import Argumenten, lees_filter
from inspecties.locaties.kaartvragen import binnen
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_kaart import Gebied
from inspecties.locaties.queries import Filter, gefilterd
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.locaties.rules.gebied import GEBIEDSOORTEN, Vorm, lees_cirkel, lees_vlak

# An action has at most this many stops; more cannot be visited in an evening anyway.
MAX_ACTIE = 200
# Beyond this nobody needs to know how many exactly.
MAX_TELLEN = 5_000
# Outlines on screen: half a metre of detail is more than a pixel shows.
_VEREENVOUDIG_M = 0.5


@dataclass(frozen=True)
class Selectie:
    """An area that was chosen: its outline in RD, in words, and the parameters that mean the same in a URL."""

    vlak: shapely.MultiPolygon
    zin: str
    vraag: dict[str, str]


def lees_selectie(sessie: Session, actor: Actor, args: Argumenten) -> Selectie | None:
    """The area in a query: ``gebied`` (a saved one), ``vlak`` (corners), or ``midden`` and ``straal``; None without.

    Raises OngeldigeInvoer naming the parameter, NietGevonden for an unknown area.
    """
    uid, hoeken, midden = ((args.get(n) or "").strip() for n in ("gebied", "vlak", "midden"))
    if uid:
        gebied = haal(sessie, actor, Gebied, uid, "Het gebied")
        return Selectie(vlak_van(gebied), f"{GEBIEDSOORTEN[gebied.soort].lower()} {gebied.naam}", {"gebied": uid})
    if hoeken:
        vlak = lees_vlak(hoeken)
        return Selectie(vlak, f"het getekende gebied van {_oppervlakte(vlak.area)}", {"vlak": hoeken})
    if midden:
        straal = (args.get("straal") or "").strip()
        vlak = lees_cirkel(midden, straal)
        return Selectie(vlak, f"binnen {int(straal)} meter van het punt {midden}", {"midden": midden, "straal": straal})
    return None


def _oppervlakte(m2: float) -> str:
    return f"{m2 / 10_000:.1f} hectare".replace(".", ",") if m2 >= 10_000 else f"{m2:.0f} m²"


def vlak_van(gebied: Gebied) -> shapely.MultiPolygon:
    """The outline of a saved area, in RD."""
    vlak = to_shape(gebied.geom)
    if not isinstance(vlak, shapely.MultiPolygon):
        raise TypeError(f"area {gebied.uid} is a {vlak.geom_type}")
    return vlak


def _in_vlak(sessie: Session, actor: Actor, filter_: Filter, vlak: shapely.MultiPolygon) -> Select[Any]:
    minx, miny, maxx, maxy = vlak.bounds
    opdracht = binnen(sessie, gefilterd(actor, filter_), (minx, miny, maxx, maxy))
    vorm = func.ST_GeomFromText(shapely.to_wkt(vlak, rounding_precision=3), 28992)
    # SpatiaLite answers 1, 0 or -1; PostGIS a boolean.
    raakt = func.ST_Intersects(Risicolocatie.geom, vorm)
    return opdracht.where(raakt if sessie.get_bind().dialect.name == "postgresql" else raakt == 1)


def locaties_in(
    sessie: Session, actor: Actor, filter_: Filter, vlak: shapely.MultiPolygon, limiet: int = MAX_ACTIE
) -> tuple[Sequence[Risicolocatie], int]:
    """The locations in an area by name, at most ``limiet``, and how many there are (counted to MAX_TELLEN)."""
    opdracht = _in_vlak(sessie, actor, filter_, vlak)
    gevonden = sessie.scalars(opdracht.order_by(func.lower(Risicolocatie.naam), Risicolocatie.id).limit(limiet)).all()
    if len(gevonden) < limiet:
        return gevonden, len(gevonden)
    alle = opdracht.with_only_columns(Risicolocatie.id).limit(MAX_TELLEN).subquery()
    return gevonden, sessie.scalar(select(func.count()).select_from(alle)) or 0


def locaties_voor_actie(sessie: Session, actor: Actor, args: Argumenten, nu: datetime) -> Sequence[Risicolocatie]:
    """The locations of the area and the filter in a query, for a new action; none without an area.

    Raises OngeldigeInvoer where there are more than an action can hold.
    """
    selectie = lees_selectie(sessie, actor, args)
    if selectie is None:
        return []
    gevonden, totaal = locaties_in(sessie, actor, lees_filter(args, nu), selectie.vlak)
    if totaal > MAX_ACTIE:
        raise OngeldigeInvoer(te_veel(totaal), "vlak")
    return gevonden


def te_veel(totaal: int) -> str:
    """Why no action can be made of this many locations."""
    aantal = f"{MAX_TELLEN:,} of meer".replace(",", ".") if totaal >= MAX_TELLEN else f"{totaal:,}".replace(",", ".")
    return (
        f"In dit gebied liggen {aantal} locaties. Een actie kan er {MAX_ACTIE} bevatten."
        " Teken een kleiner gebied of kies een type, een status of een andere voorwaarde."
    )


def gebieden_van(sessie: Session, actor: Actor) -> Sequence[Gebied]:
    """Every area of the gemeente, by kind and name."""
    return sessie.scalars(select_voor(actor, Gebied).order_by(Gebied.soort, func.lower(Gebied.naam), Gebied.id)).all()


def _rijen_naar_graden(rijen: Any) -> Any:
    return np.array([naar_wgs84(x, y) for x, y in rijen])


def als_geojson(vlak: shapely.MultiPolygon) -> dict[str, Any]:
    """A GeoJSON geometry in degrees of an outline in RD."""
    eenvoudig = shapely.transform(shapely.simplify(vlak, _VEREENVOUDIG_M), _rijen_naar_graden)
    return dict(shapely.geometry.mapping(shapely.MultiPolygon(list(shapely.get_parts(eenvoudig)))))


def bewaar_gebied(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    soort: str,
    naam: str,
    vlak: shapely.MultiPolygon,
    bron: str = "getekend op de kaart",
) -> Gebied:
    """A new area. Raises OngeldigeInvoer for a wrong kind or no name, Conflict for a name that is there already."""
    naam = " ".join(naam.split())[:120]
    if soort not in GEBIEDSOORTEN:
        raise OngeldigeInvoer(f"Kies een soort uit: {', '.join(GEBIEDSOORTEN.values())}.", "soort")
    if not naam:
        raise OngeldigeInvoer("Geef het gebied een naam.", "naam")
    bestaat = select_voor(actor, Gebied).where(Gebied.soort == soort, Gebied.naam == naam)
    if sessie.scalars(bestaat).first() is not None:
        raise Conflict(
            f"Er is al een {GEBIEDSOORTEN[soort].lower()} met de naam '{naam}'. Kies een andere naam.", "naam"
        )
    gebied = _nieuw(actor, nu, soort, naam, vlak, bron)
    sessie.add(gebied)
    sessie.flush()
    leg_vast(sessie, actor, nu, "gebied_bewaard", "kaartgebied", gebied.uid, gegevens={"soort": soort})
    return gebied


def _nieuw(actor: Actor, nu: datetime, soort: str, naam: str, vlak: shapely.MultiPolygon, bron: str) -> Gebied:
    return Gebied(
        gemeente_id=actor.gemeente_id,
        soort=soort,
        naam=naam,
        geom=WKTElement(shapely.to_wkt(vlak, rounding_precision=3), srid=28992),
        oppervlakte_m2=round(vlak.area, 1),
        bron=bron[:200],
        door_id=actor.gebruiker_id,
        aangemaakt_op=nu,
    )


def lees_gebieden_in(
    sessie: Session, actor: Actor, nu: datetime, soort: str, vormen: Sequence[Vorm], bron: str
) -> tuple[int, int]:
    """Areas from a file: (added, replaced). One with the same name gets the outline of the file."""
    if soort not in GEBIEDSOORTEN:
        raise OngeldigeInvoer(f"Kies een soort uit: {', '.join(GEBIEDSOORTEN.values())}.", "soort")
    bestaand = {g.naam: g for g in sessie.scalars(select_voor(actor, Gebied).where(Gebied.soort == soort))}
    for vorm in vormen:
        oud = bestaand.get(vorm.naam)
        nieuw = _nieuw(actor, nu, soort, vorm.naam, vorm.vlak, bron)
        if oud is None:
            sessie.add(nieuw)
            continue
        oud.geom, oud.oppervlakte_m2, oud.bron = nieuw.geom, nieuw.oppervlakte_m2, nieuw.bron
        oud.door_id, oud.aangemaakt_op = nieuw.door_id, nu
    sessie.flush()
    vervangen = sum(v.naam in bestaand for v in vormen)
    aantallen = {"soort": soort, "toegevoegd": len(vormen) - vervangen, "vervangen": vervangen}
    leg_vast(sessie, actor, nu, "gebieden_ingelezen", "kaartgebied", nieuw_id(), gegevens=aantallen)
    return len(vormen) - vervangen, vervangen


def verwijder_gebied(sessie: Session, actor: Actor, nu: datetime, gebied: Gebied) -> None:
    """Take an area away; locations and actions stay as they are."""
    leg_vast(sessie, actor, nu, "gebied_verwijderd", "kaartgebied", gebied.uid, gegevens={"soort": gebied.soort})
    sessie.delete(gebied)
    sessie.flush()
