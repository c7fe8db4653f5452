"""The map: on open water, connected, every address where it can be."""

import gzip
import json
import math
from collections import Counter
from itertools import combinations
from random import Random

import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import Point, shape
from shapely.ops import unary_union

from inspecties.demo.geografie.bebouwing import dun_uit
from inspecties.demo.geografie.maken import maak_kaart
from inspecties.demo.geografie.plan import houtribdijk
from inspecties.demo.wereld import Gemeente, Wereld

# Open water of the Markermeer, between Marken, the Houtribdijk dam, the Marker Wadden and the Flevoland shore.
OPEN_WATER = (5.15, 52.50, 5.34, 52.63)


def test_alles_ligt_op_open_water(gemeente: Gemeente) -> None:
    lon, lat = Transformer.from_crs(28992, 4326, always_xy=True).transform(*gemeente.grens.exterior.xy)
    west, zuid, oost, noord = OPEN_WATER
    assert min(lon) > west
    assert max(lon) < oost
    assert min(lat) > zuid
    assert max(lat) < noord


def test_gemeenten_overlappen_niet(wereld: Wereld) -> None:
    a, b = wereld.gemeenten
    assert a.grens.distance(b.grens) > 500
    assert 4_500 < a.kaart.land.bounds[2] - a.kaart.land.bounds[0] < 6_500
    assert b.kaart.land.centroid.x > a.kaart.land.centroid.x
    assert b.kaart.land.centroid.y > a.kaart.land.centroid.y


def test_aantallen_adressen(wereld: Wereld) -> None:
    assert {g.naam: len(g.adressen) for g in wereld.gemeenten} == {"Markerwaard": 4000, "Houtribdijk": 600}


def test_adressen_staan_op_het_droge_in_eigen_gemeente(gemeente: Gemeente) -> None:
    punten = shapely.points([(a.x, a.y) for a in gemeente.adressen])
    water = unary_union([w.vlak for w in gemeente.kaart.water])
    shapely.prepare(gemeente.kaart.land)
    assert shapely.contains(gemeente.kaart.land, punten).all()
    assert gemeente.grens.contains(gemeente.kaart.land)
    assert not shapely.intersects(water, punten).any()


def test_huizen_staan_naast_hun_eigen_straat_en_niet_op_een_weg(gemeente: Gemeente) -> None:
    lijnen = {s.naam: unary_union(s.lijnen) for s in gemeente.straten}
    wegen = unary_union(list(lijnen.values()))
    shapely.prepare(wegen)
    for adres in gemeente.adressen:
        punt = Point(adres.x, adres.y)
        assert lijnen[adres.openbare_ruimte].distance(punt) < 45
        assert wegen.distance(punt) > 7


def test_lon_lat_horen_bij_x_y(gemeente: Gemeente) -> None:
    terug = Transformer.from_crs(4326, 28992, always_xy=True)
    for adres in gemeente.adressen[::97]:
        x, y = terug.transform(adres.lon, adres.lat)
        assert math.dist((x, y), (adres.x, adres.y)) < 0.1


def test_identificaties_zijn_uniek_en_van_een_verzonnen_gemeente(gemeente: Gemeente) -> None:
    nummers = [a.nummeraanduiding_id for a in gemeente.adressen]
    objecten = [a.verblijfsobject_id for a in gemeente.adressen]
    assert len(set(nummers)) == len(set(objecten)) == len(gemeente.adressen)
    assert {len(n) for n in nummers + objecten} == {16}
    assert {n[:6] for n in nummers} == {f"{gemeente.code}20"}
    assert {n[:6] for n in objecten} == {f"{gemeente.code}01"}
    assert gemeente.code in ("9901", "9902")


def test_postcode_en_huisnummer_wijzen_een_adres_aan(wereld: Wereld) -> None:
    sleutels = Counter(
        (a.postcode, a.huisnummer, a.huisletter, a.huisnummertoevoeging) for g in wereld.gemeenten for a in g.adressen
    )
    assert max(sleutels.values()) == 1
    assert {s[0][:4] for s in sleutels} == {"8246", "8247", "8248", "8249"}


def test_straatnamen_en_postcodes_zijn_uniek(gemeente: Gemeente) -> None:
    namen = [s.naam for s in gemeente.straten]
    assert len(set(namen)) == len(namen)
    postcodes = [s.postcode for s in gemeente.straten]
    assert len(set(postcodes)) == len(postcodes)
    assert all(p[4:] not in ("SA", "SD", "SS") for p in postcodes)


def test_stratennet_is_een_geheel(gemeente: Gemeente) -> None:
    """From any street in a district one can drive to any other."""
    straten = [unary_union(s.lijnen) for s in gemeente.straten]
    boom = shapely.STRtree(straten)
    buren: dict[int, set[int]] = {i: set() for i in range(len(straten))}
    # Bending and simplifying moves a crossing by a few metres at most.
    for a, b in boom.query(straten, predicate="dwithin", distance=6.0).T:
        buren[int(a)].add(int(b))
    gezien, te_doen = {0}, [0]
    while te_doen:
        for b in buren[te_doen.pop()] - gezien:
            gezien.add(b)
            te_doen.append(b)
    los = [gemeente.straten[i].naam for i in buren if i not in gezien]
    assert los == []


def test_wijken_liggen_naast_elkaar(gemeente: Gemeente) -> None:
    for a, b in combinations(gemeente.wijken, 2):
        assert a.vlak.intersection(b.vlak).area < 0.02 * min(a.vlak.area, b.vlak.area), (a.naam, b.naam)
    assert all(w.vlak.is_valid and w.vlak.area > 10_000 for w in gemeente.wijken)


def test_achtergrond_is_geldige_kleine_geojson(gemeente: Gemeente) -> None:
    tekst = json.dumps(gemeente.achtergrond, separators=(",", ":"))
    assert json.loads(tekst) == gemeente.achtergrond
    assert len(tekst) < 250_000
    assert len(gzip.compress(tekst.encode())) < 60_000
    lagen = Counter(f["properties"]["laag"] for f in gemeente.achtergrond["features"])
    assert set(lagen) == {"gemeente", "wijk", "water", "groen", "weg", "gebouw", "label"}
    assert lagen["weg"] == len(gemeente.straten)
    for feature in gemeente.achtergrond["features"]:
        vorm = shape(feature["geometry"])
        assert vorm.is_valid, feature["properties"]
        assert not vorm.is_empty
        west, zuid, oost, noord = vorm.bounds
        assert OPEN_WATER[0] < west <= oost < OPEN_WATER[2]
        assert OPEN_WATER[1] < zuid <= noord < OPEN_WATER[3]
    wegen = [f["properties"] for f in gemeente.achtergrond["features"] if f["properties"]["laag"] == "weg"]
    assert all(w["naam"] and w["klasse"] in ("hoofdweg", "ontsluiting", "straat", "pad") for w in wegen)


def test_zelfde_zaad_zelfde_kaart_ander_zaad_andere_kaart(wereld: Wereld) -> None:
    eerste = maak_kaart(houtribdijk(), 5)
    assert eerste == maak_kaart(houtribdijk(), 5)
    assert eerste.adressen != wereld.gemeente("Houtribdijk").adressen


def test_te_weinig_ruimte_wordt_gemeld() -> None:
    with pytest.raises(ValueError, match="10 addresses too few"):
        dun_uit(Random(1), [], 10)
