"""Outlines that people paste: GeoJSON and WKT, degrees and metres, and everything that goes wrong with them."""

import json

import pytest
from shapely.geometry import Polygon, box, mapping

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.locaties.rules.vlakken import MAX_PUNTEN, als_geojson, lees_vlak

X, Y = 145_000.0, 507_000.0
PAND = box(X - 5, Y - 10, X + 5, Y + 10)
GRADEN = Polygon([naar_wgs84(x, y) for x, y in PAND.exterior.coords])


def _geojson(vorm: Polygon, hoe: str = "geometrie") -> str:
    geometrie = mapping(vorm)
    feature = {"type": "Feature", "properties": {}, "geometry": geometrie}
    inhoud = {"geometrie": geometrie, "feature": feature, "lijst": {"type": "FeatureCollection", "features": [feature]}}
    return json.dumps(inhoud[hoe])


@pytest.mark.parametrize(
    "tekst",
    [
        PAND.wkt,
        f"SRID=28992;{PAND.wkt}",
        f"SRID=4326; {GRADEN.wkt}",
        GRADEN.wkt,
        f"\ufeff  {_geojson(GRADEN)}\n",
        _geojson(PAND, "feature"),
        _geojson(GRADEN, "lijst"),
        f"MULTIPOLYGON({PAND.wkt.removeprefix('POLYGON ')})",
        "POLYGON Z((144995 506990 3, 145005 506990 3, 145005 507010 3, 144995 507010 3, 144995 506990 3))",
    ],
)
def test_zelfde_vlak_in_elke_vorm(tekst: str) -> None:
    lezing = lees_vlak(tekst, X, Y)
    assert lezing.vlak.geom_type == "MultiPolygon"
    assert not lezing.vlak.has_z
    assert lezing.oppervlakte_m2 == pytest.approx(200, abs=0.5)
    assert lezing.vlak.symmetric_difference(PAND).area < 0.5


def test_gat_telt_niet_mee() -> None:
    met_gat = PAND.difference(box(X - 1, Y - 1, X + 1, Y + 1))
    assert lees_vlak(met_gat.wkt, X, Y).oppervlakte_m2 == pytest.approx(196)


def test_terug_naar_graden() -> None:
    terug = als_geojson(lees_vlak(GRADEN.wkt, X, Y).vlak)
    lon, lat = terug["coordinates"][0][0][0]
    assert (lon, lat) == pytest.approx(GRADEN.exterior.coords[0], abs=1e-6)


STRIK = "POLYGON((144995 506990, 145005 507010, 145005 506990, 144995 507010, 144995 506990))"
VEEL = Polygon([(X + i / 100, Y) for i in range(MAX_PUNTEN)] + [(X, Y + 50)])


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("", "Plak hier de omtrek"),
        ("het pand op de hoek", "geen WKT of GeoJSON"),
        ("{", "geen GeoJSON"),
        ("[1, 2]", "geen GeoJSON"),
        ('{"type": "Polygon"}', "geen GeoJSON"),
        ('{"type": "Polygon", "coordinates": "x"}', "geen GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "0 vormen"),
        ('{"type": "Feature", "geometry": null}', "geen GeoJSON"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "geen GeoJSON"),
        ("POINT(145000 507000)", "geen punt of lijn"),
        ("POLYGON EMPTY", "niet leeg"),
        ("POLYGON((145000 507000, 145010 507000, 145000 507010))", "geen WKT"),
        (STRIK, "kruist zichzelf"),
        (f"SRID=3857;{PAND.wkt}", "stelsel 3857"),
        (box(0, 0, 0.001, 0.001).wkt, "ligt niet in Nederland"),
        (Polygon([(lat, lon) for lon, lat in GRADEN.exterior.coords]).wkt, "verkeerd om"),
        (box(X, Y, X + 0.5, Y + 0.5).wkt, "m² groot"),
        (box(X, Y, X + 2000, Y + 2000).wkt, "m² groot"),
        (box(X + 400, Y, X + 410, Y + 10).wkt, "400 meter van de locatie"),
        (VEEL.wkt, "hoekpunten"),
        ("POLYGON((nan nan, 145010 507000, 145000 507010, nan nan))", "geen getal|geen WKT|niet in Nederland"),
        ("POLYGON((1 1" + ", 1 1" * 60_000 + "))", "te lang"),
    ],
)
def test_wat_niet_kan_wordt_uitgelegd(tekst: str, melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding) as fout:
        lees_vlak(tekst, X, Y)
    assert fout.value.veld == "tekst"
