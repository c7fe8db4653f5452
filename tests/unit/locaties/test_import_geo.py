"""Map layers from outside: GeoPackage and GeoJSON that are damaged, too large or made to do harm."""

import json
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.core.formuletekens import ontdoe, scherm_af
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import SysteemKlok
from inspecties.locaties import geopakket
from inspecties.locaties.geopakket import SQLITE, lees_geometrie, lees_geopakket, maak_geometrie
from inspecties.locaties.geopakket_schrijven import Kolom, schrijf_geopakket
from inspecties.locaties.inlezen import lees_bestand
from inspecties.locaties.rules.importrij import lees_rij
from inspecties.locaties.rules.importrij_kolommen import LOCATIES, VERGUNNINGEN, fout_in_keuze, is_duidelijk, stel_voor
from inspecties.locaties.uitvoer_bestanden import schrijf_csv


@pytest.fixture
def pakket(tmp_path: Path) -> Path:
    pad = tmp_path / "a.gpkg"
    rijen = [((145_000.0 + i, 507_000.0), [f"Pand {i}", "autowas"]) for i in range(3)]
    schrijf_geopakket(pad, "locaties", "Locaties", [Kolom("naam"), Kolom("type")], rijen, [], SysteemKlok().nu())
    return pad


def _verander(pad: Path, *opdrachten: str) -> bytes:
    verbinding = SQLITE.connect(str(pad), isolation_level=None)
    for opdracht in opdrachten:
        verbinding.execute(opdracht)
    verbinding.close()
    return pad.read_bytes()


def _melding(inhoud: bytes, naam: str = "a.gpkg") -> str:
    with pytest.raises(OngeldigeInvoer) as gevangen:
        list(lees_bestand(naam, inhoud).rijen)
    return gevangen.value.melding


def test_gewoon_pakket(pakket: Path) -> None:
    laag = lees_geopakket(pakket)
    assert (laag.naam, laag.srid, laag.kolommen) == ("locaties", 28992, ("fid", "naam", "type"))
    assert [(r["naam"], p.x) for r, p in laag.rijen if isinstance(p, shapely.Point)] == [
        (f"Pand {i}", 145_000 + i) for i in range(3)
    ]


KWAAD = {
    "view in plaats van tabel": (
        ["ALTER TABLE locaties RENAME TO echt", "CREATE VIEW locaties AS SELECT fid, geom, naam, type FROM echt"],
        "geen kaartlaag",
    ),
    "eindeloze view als inhoud": (
        [
            "DROP TABLE gpkg_contents",
            "CREATE VIEW gpkg_contents AS WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n FROM t) "
            "SELECT n AS table_name, 'features' AS data_type FROM t",
        ],
        "geen GeoPackage",
    ),
    "geen geometrie": (["UPDATE locaties SET geom = 'tekst' WHERE fid = 2"], "rij 2 is beschadigd"),
    "kapotte geometrie": (["UPDATE locaties SET geom = x'47500001407100000101' WHERE fid = 3"], "rij 3 is beschadigd"),
    "ander programma": (["PRAGMA application_id = 252006674"], "geen GeoPackage"),
    "geen stelsel": (["UPDATE gpkg_geometry_columns SET srs_id = -1"], "in welk stelsel"),
    "twee lagen": (
        [
            "ALTER TABLE locaties RENAME TO a",
            "CREATE TABLE b AS SELECT * FROM a",
            "UPDATE gpkg_contents SET table_name = 'a'",
            "UPDATE gpkg_geometry_columns SET table_name = 'a'",
            "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('b', 'features')",
            "INSERT INTO gpkg_geometry_columns VALUES ('b', 'geom', 'POINT', 28992, 0, 0)",
        ],
        "staan 2 lagen: a, b",
    ),
    "geen laag": (["UPDATE gpkg_contents SET data_type = 'tiles'"], "geen kaartlaag"),
}


@pytest.mark.parametrize("wat", list(KWAAD))
def test_kwaad_pakket_wordt_geweigerd(pakket: Path, wat: str) -> None:
    opdrachten, melding = KWAAD[wat]
    assert melding in _melding(_verander(pakket, *opdrachten))


def test_berekende_kolom_wordt_niet_uitgevoerd(pakket: Path) -> None:
    inhoud = _verander(pakket, "ALTER TABLE locaties ADD COLUMN zwaar TEXT AS (hex(zeroblob(999999999)))")
    bestand = lees_bestand("a.gpkg", inhoud)
    assert [r.waarden["naam"] for r in bestand.rijen] == ["Pand 0", "Pand 1", "Pand 2"]
    assert "zwaar" not in bestand.genegeerd


def test_afgebroken_pakket(pakket: Path) -> None:
    heel = pakket.read_bytes()
    for deel in (20, len(heel) // 3, len(heel) - 4096):
        assert "beschadigd" in _melding(heel[:deel])


def test_te_veel_rijen_te_groot_en_te_lange_cel(pakket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OngeldigeInvoer, match="meer dan 2 regels"):
        list(lees_bestand("a.gpkg", pakket.read_bytes(), max_rijen=2).rijen)
    monkeypatch.setattr(geopakket, "MAX_CEL", 5)
    assert "te veel tekst" in _melding(pakket.read_bytes())
    monkeypatch.setattr(geopakket, "MAX_BYTES", 1024)
    assert "groter dan" in _melding(pakket.read_bytes())


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_elke_geometrie_is_een_vorm_of_een_melding(staart: bytes) -> None:
    meldingen = []
    for blob in (staart, b"GP\x00\x01" + staart, b"GP\x00\x01\x40\x71\x00\x00" + staart):
        try:
            lees_geometrie(blob, 1)
        except OngeldigeInvoer as fout:
            meldingen.append(fout.melding)
    assert all("rij 1" in m for m in meldingen)


def test_geometrie_heen_en_terug() -> None:
    for vorm in (shapely.Point(1.5, 2), shapely.box(0, 0, 3, 4)):
        assert lees_geometrie(maak_geometrie(vorm, 28992), 1) == vorm


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        ("{", "niet te lezen"),
        ("[" * 100_000, "niet te lezen"),
        ('{"type": "FeatureCollection"}', "'features' ontbreekt"),
        ('{"type": "FeatureCollection", "features": [1]}', "nummer 1 is geen Feature"),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": [1]}]}', "'properties'"),
        ('{"type": "FeatureCollection", "crs": {"type": "name"}, "features": []}', "in welk stelsel"),
        ('{"type": "FeatureCollection", "features": [], "x": NaN}', "'NaN' is geen getal"),
    ],
)
def test_kwade_geojson(inhoud: str, melding: str) -> None:
    assert melding in _melding(inhoud.encode(), "a.geojson")


@pytest.mark.parametrize(
    "geometrie", [{}, {"type": "Point", "coordinates": "x"}, {"type": "Polygon", "coordinates": [[1]]}]
)
def test_kwade_vorm_in_geojson(geometrie: object) -> None:
    feature = {"type": "Feature", "geometry": geometrie, "properties": {"naam": "a", "type": "autowas"}}
    inhoud = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    assert "nummer 1 is niet te lezen" in _melding(inhoud, "a.geojson")


TEKST = st.text(st.sampled_from("'=+-@\t\ra; \"\n"), min_size=1, max_size=8)


# No deadline: the first call loads the coordinate grids.
@settings(deadline=None)
@given(TEKST)
def test_geen_cel_is_een_formule_en_elke_waarde_komt_terug(tekst: str) -> None:
    """What a spreadsheet would execute is quoted, and what was quoted can be told from what had an apostrophe."""
    assert ontdoe(scherm_af(tekst)) == tekst
    assert scherm_af(tekst)[0] not in "=+-@\t\r"
    kaal = tekst.strip()
    if kaal:
        inhoud = schrijf_csv(("naam", "type", "notitie", "x", "y"), [("A", "autowas", kaal, 145_000, 507_000)])
        (rij,) = lees_bestand("a.csv", inhoud).rijen
        gelezen, fouten = lees_rij(rij.waarden, {"autowas": "autowas"})
        assert fouten == []
        assert gelezen is not None
        assert gelezen.notitie == kaal


def test_voorstel_en_keuze_van_kolommen() -> None:
    koppen = ["Pand", "soort", "type", "x"]
    assert stel_voor(koppen, LOCATIES) == {"Pand": "", "soort": "type", "type": "", "x": "x"}
    assert stel_voor(["Pand"], LOCATIES, {"Pand": "naam"}) == {"Pand": "naam"}
    assert is_duidelijk(["Naam", "Type", "status"], LOCATIES)
    for onduidelijk in (["Naam"], ["Naam", "Type", "Telefoon"], ["Naam", "Type", "Soort"]):
        assert not is_duidelijk(onduidelijk, LOCATIES)
    assert is_duidelijk(["soort", "nummer", "postcode", "huisnummer"], VERGUNNINGEN)
    assert fout_in_keuze({"a": "naam", "b": "type"}, LOCATIES) is None
    assert fout_in_keuze({"a": "naam", "b": "naam"}, LOCATIES) == (
        "b",
        "'Naam' is al gekozen bij de kolom 'a'. Kies er een.",
    )
    assert fout_in_keuze({"a": "naam", "b": "wachtwoord"}, LOCATIES) == ("b", "Kies een van de namen in de lijst.")
