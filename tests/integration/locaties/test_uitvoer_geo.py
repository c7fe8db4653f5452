"""Map layers out and in again: GDAL opens them, and nothing changes on the way round."""

import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as Et

import pytest
import shapely
from sqlalchemy import select

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.geopakket import SQLITE, lees_geopakket
from inspecties.locaties.importeren import importeer
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import Filter
from inspecties.locaties.rules.adres import Huisnummer
from inspecties.locaties.rules.importrij_kolommen import Leeswijze
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.locaties.uitvoer import FORMATEN, exporteer
from tests.locatiewereld import TYPEN, maak_locatie
from tests.wereld import Wereld

VELDEN = (
    *("naam", "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats", "x", "y"),
    *("capaciteit", "personen_brp", "bron", "notitie"),
)


def _vul(wereld: Wereld) -> None:
    een, nu = wereld.een, wereld.nu
    maak_locatie(een, nu, "=1+1", dx=0.01, dy=-0.49, bron="'+31", notitie='eerste\ntweede; "derde"')
    adres = {"straat": "'s-Gravenlaan", "postcode": "8291AB", "woonplaats": "Markerwaard"}
    maak_locatie(een, nu, "Café 't é", dx=100.37, huisnummer=Huisnummer(12, "A", "3"), **adres, capaciteit=0)
    maak_locatie(een, nu, "'=x", "autowas", dx=2999.99, dy=2999.99, personen_brp=12)


def _export(wereld: Wereld, pad: Path, formaat: str, filter_: Filter | None = None) -> Path:
    uit = pad / f"uit.{formaat}"
    actor = wereld.een.actoren[Rol.COORDINATOR]
    exporteer(db.session(), actor, wereld.nu, formaat, filter_ or Filter(), uit)
    db.session.commit()
    return uit


def _rijen(wereld: Wereld) -> list[tuple[object, ...]]:
    opdracht = select(Risicolocatie).where(Risicolocatie.gemeente_id == wereld.een.gemeente.id)
    rijen = db.session.scalars(opdracht.order_by(Risicolocatie.naam)).all()
    return [(r.locatietype.code, *(getattr(r, v) for v in VELDEN)) for r in rijen]


@pytest.mark.parametrize("formaat", list(FORMATEN))
def test_heen_en_terug_is_hetzelfde(wereld: Wereld, tmp_path: Path, formaat: str) -> None:
    _vul(wereld)
    voor = _rijen(wereld)
    bestand = _export(wereld, tmp_path, formaat)
    actor = wereld.een.actoren[Rol.COORDINATOR]
    # Everything is recognised as what is there, and nothing of it would change.
    wijze = Leeswijze(bijwerken=True)
    gelijk = importeer(db.session(), actor, wereld.nu, bestand.name, bestand.read_bytes(), wijze=wijze)
    assert (gelijk.foute_rijen, gelijk.aantal_gelijk, gelijk.aantal_bijgewerkt, gelijk.goed) == (0, 3, 0, 0), (
        gelijk.fouten or gelijk.wijzigingen
    )
    # In an empty gemeente it makes the same rows.
    db.session.rollback()
    sessie = db.session()
    for model in ("locatiestatus", "risicolocatie"):
        sessie.execute(Risicolocatie.metadata.tables[model].delete())
    verslag = importeer(sessie, actor, wereld.nu, bestand.name, bestand.read_bytes())
    sessie.commit()
    assert (verslag.goed, verslag.foute_rijen, verslag.opgeslagen) == (3, 0, True), verslag.fouten
    assert _rijen(wereld) == voor


def test_gdal_opent_het_geopakket(wereld: Wereld, tmp_path: Path) -> None:
    ogrinfo = shutil.which("ogrinfo")
    assert ogrinfo, "gdal-bin ontbreekt; config/opzetten.sh test installeert het"
    _vul(wereld)
    pad = _export(wereld, tmp_path, "gpkg")
    antwoord = subprocess.run(
        [ogrinfo, "-ro", "-al", "-so", str(pad), "locaties"], capture_output=True, text=True, check=True, timeout=60
    )
    assert antwoord.stderr == ""
    for regel in ("Geometry: Point", "Feature Count: 3", "Amersfoort / RD New", 'ID["EPSG",28992]', "naam: String"):
        assert regel in antwoord.stdout
    alles = subprocess.run(
        [ogrinfo, "-ro", "-al", str(pad), "-where", "type = 'autowas'"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "POINT (147999.99 509999.99)" in alles.stdout
    assert "naam (String) = '=x" in alles.stdout


def test_elk_type_en_elke_status_heeft_een_stijl(wereld: Wereld, tmp_path: Path) -> None:
    _vul(wereld)
    verbinding = SQLITE.connect(_export(wereld, tmp_path, "gpkg"))
    assert verbinding.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    assert verbinding.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    stijlen = verbinding.execute(
        "SELECT styleName, useAsDefault, styleQML, styleSLD FROM layer_styles WHERE f_table_name = 'locaties'"
    ).fetchall()
    verbinding.close()
    assert [(naam, standaard) for naam, standaard, _, _ in stijlen] == [("Status", 1), ("Type", 0)]
    for (_, _, qml, sld), waarden in zip(stijlen, (STATUSNAMEN, TYPEN), strict=True):
        boom = Et.fromstring(qml.partition("\n")[2])
        symbolen = {s.get("name") for s in boom.iter("symbol")}
        categorieen = {c.get("value"): c.get("symbol") for c in boom.iter("category")}
        assert set(categorieen) == set(waarden)
        assert set(categorieen.values()) == symbolen
        regels = Et.fromstring(sld).iter("{http://www.opengis.net/ogc}Literal")
        assert {r.text for r in regels} == set(waarden)


def test_geojson_volgt_rfc_7946(wereld: Wereld, tmp_path: Path) -> None:
    _vul(wereld)
    inhoud = json.loads(_export(wereld, tmp_path, "geojson").read_text("utf-8"))
    assert set(inhoud) == {"type", "features"}
    for feature in inhoud["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        lon, lat = feature["geometry"]["coordinates"]
        assert 5 < lon < 5.5
        assert 52 < lat < 53
    leeg = json.loads(_export(wereld, tmp_path, "geojson", Filter(zoek="bestaat niet")).read_text())
    assert leeg == {"type": "FeatureCollection", "features": []}


def test_leeg_geopakket_is_er_ook_een(wereld: Wereld, tmp_path: Path) -> None:
    laag = lees_geopakket(_export(wereld, tmp_path, "gpkg"))
    assert (laag.naam, laag.srid, list(laag.rijen)) == ("locaties", 28992, [])


def test_kaartlaag_van_een_ander(wereld: Wereld, tmp_path: Path) -> None:
    """Polygons, another system, columns that hold where it once lay: the layer says where it lies."""
    vlak = shapely.box(145_000, 507_000, 145_020, 507_010)
    graden = {"type": "Polygon", "coordinates": [[[5.2, 52.55], [5.21, 52.55], [5.21, 52.56], [5.2, 52.55]]]}
    features = [
        {"type": "Feature", "geometry": graden, "properties": {"naam": "A", "type": "autowas", "x": 1, "y": 2}},
        {"type": "Feature", "geometry": None, "properties": {"naam": "B", "type": "autowas", "extra": {"a": [1]}}},
    ]
    actor, sessie = wereld.een.actoren[Rol.COORDINATOR], db.session()
    inhoud = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    verslag = importeer(sessie, actor, wereld.nu, "laag.geojson", inhoud, deel=True)
    assert (verslag.goed, [(f.rij, f.melding[:12]) for f in verslag.fouten]) == (1, [(2, "geen plaats:")])
    rd = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    features = [
        {"type": "Feature", "geometry": shapely.geometry.mapping(vlak), "properties": {"naam": "C", "type": "autowas"}}
    ]
    inhoud = json.dumps({"type": "FeatureCollection", "crs": rd, "features": features}).encode()
    importeer(sessie, actor, wereld.nu, "laag.geojson", inhoud)
    sessie.commit()
    c = sessie.scalars(select(Risicolocatie).where(Risicolocatie.naam == "C")).one()
    assert shapely.Point(c.x, c.y).within(vlak)
