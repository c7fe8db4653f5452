"""GeoJSON of the map."""

import json
from datetime import timedelta
from math import dist

import pytest
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.openapi import PADEN, SCHEMAS
from inspecties.locaties.operations import zet_achtergrond
from inspecties.locaties.rules.coordinaten import naar_rd, naar_wgs84
from inspecties.locaties.rules.raster import celgrootte_m
from tests.locatiewereld import MIDDEN, bbox_van, maak_locatie
from tests.wereld import Wereld


def _vraag(wereld: Wereld, **vraag: object) -> dict:  # type: ignore[type-arg]  # JSON
    antwoord = wereld.client(Rol.INSPECTEUR).get("/api/locaties", query_string={"bbox": bbox_van(wereld.een), **vraag})
    assert antwoord.status_code == 200, antwoord.get_data(as_text=True)
    assert antwoord.content_type == "application/geo+json"
    inhoud: dict = json.loads(antwoord.data)  # type: ignore[type-arg]  # JSON
    return inhoud


def test_losse_locaties_volgens_rfc_7946(wereld: Wereld) -> None:
    locatie = maak_locatie(wereld.een, wereld.nu, "<script>alert(1)</script>")
    inhoud = _vraag(wereld, zoom=17)
    assert inhoud["type"] == "FeatureCollection"
    assert "crs" not in inhoud
    [feature] = inhoud["features"]
    lon, lat = naar_wgs84(*MIDDEN["Markerwaard"])
    assert feature["geometry"] == {"type": "Point", "coordinates": pytest.approx([lon, lat], abs=1e-6)}
    assert feature["id"] == feature["properties"]["id"] == str(locatie.uid)
    assert feature["properties"]["naam"] == "<script>alert(1)</script>"
    assert set(feature["properties"]) == set(SCHEMAS["Locatiekenmerken"]["properties"])


def test_trossen_tellen_alles_precies_een_keer(wereld: Wereld) -> None:
    for i in range(20):
        maak_locatie(wereld.een, wereld.nu, f"A{i}", dx=i * 5, dy=i * 3)
    ver = maak_locatie(wereld.een, wereld.nu, "Ver weg", dx=2000, dy=2000)
    for zoom in range(17):
        inhoud = _vraag(wereld, zoom=zoom)
        aantallen = [f["properties"].get("aantal", 1) for f in inhoud["features"]]
        assert sum(aantallen) == inhoud["totaal"] == 21, zoom
        assert all(a >= 2 for f in inhoud["features"] if "tros" in f["properties"] for a in [f["properties"]["aantal"]])
    assert len(_vraag(wereld, zoom=5)["features"]) == 1
    los = [f for f in _vraag(wereld, zoom=16)["features"] if "tros" not in f["properties"]]
    assert str(ver.uid) in {f["id"] for f in los}
    assert len(_vraag(wereld, zoom=17)["features"]) == 21


def test_trossen_overlappen_niet(wereld: Wereld) -> None:
    for i in range(60):
        maak_locatie(wereld.een, wereld.nu, f"A{i}", dx=(i % 8) * 61, dy=(i // 8) * 47)
    for zoom in range(10, 17):
        punten = [naar_rd(*f["geometry"]["coordinates"]) for f in _vraag(wereld, zoom=zoom)["features"]]
        dichtst = min((dist(a, b) for i, a in enumerate(punten) for b in punten[:i]), default=None)
        assert dichtst is None or dichtst > 0.7 * celgrootte_m(zoom), zoom


def test_zonder_zoom_op_naam_en_hooguit_de_limiet(wereld: Wereld) -> None:
    for naam in ("C", "a", "B"):
        maak_locatie(wereld.een, wereld.nu, naam, dx=ord(naam))
    inhoud = _vraag(wereld, limiet=2)
    assert [f["properties"]["naam"] for f in inhoud["features"]] == ["a", "B"]
    assert inhoud["totaal"] == 3


def test_filter_en_bereik(wereld: Wereld) -> None:
    maak_locatie(wereld.een, wereld.nu, "Pension")
    maak_locatie(wereld.een, wereld.nu, "Was", "autowas")
    buur = maak_locatie(wereld.twee, wereld.nu, "Buur")
    oud = db.session.scalars(select(Risicolocatie).where(Risicolocatie.naam == "Was")).one()
    oud.laatste_bezoek_op = wereld.nu - timedelta(days=10)
    oud.status = "actief"
    db.session.commit()

    def namen(**vraag: object) -> set[str]:
        return {f["properties"]["naam"] for f in _vraag(wereld, **vraag)["features"]}

    assert namen() == {"Pension", "Was"}
    assert namen(type="autowas") == namen(status="actief") == {"Was"}
    assert namen(type=["autowas", "huisvesting"]) == {"Pension", "Was"}
    assert namen(niet_bezocht_maanden=1) == {"Pension"}
    assert namen(bbox="-180,-90,180,90") == {"Pension", "Was"}
    assert namen(bbox=bbox_van(wereld.twee)) == set()
    assert namen(bbox="-75,40,-73,41") == set()
    assert str(buur.uid) not in json.dumps(_vraag(wereld, bbox="-180,-90,180,90", zoom=3))


@pytest.mark.parametrize(
    "vraag",
    [
        {"bbox": ""},
        {"bbox": "1,2,3"},
        {"bbox": "a,b,c,d"},
        {"bbox": "nan,nan,nan,nan"},
        {"bbox": "5,52,inf,53"},
        {"bbox": "6,52,5,53"},
        {"bbox": "5,53,6,52"},
        {"bbox": "142000,504000,148000,510000"},
        {"zoom": "-1"},
        {"zoom": "31"},
        {"zoom": "²"},
        {"zoom": "hoog"},
        {"limiet": "0"},
        {"limiet": "5000"},
        {"status": "weg"},
    ],
)
def test_verkeerde_vraag_is_een_probleem_met_het_veld(wereld: Wereld, vraag: dict[str, str]) -> None:
    antwoord = wereld.client(Rol.INSPECTEUR).get(
        "/api/locaties", query_string={"bbox": bbox_van(wereld.een), "zoom": "15", **vraag}
    )
    assert antwoord.status_code == 422
    assert antwoord.content_type == "application/problem+json"
    assert antwoord.get_json()["veld"] == next(iter(vraag))


def test_achtergrond_per_gemeente_met_etag(wereld: Wereld) -> None:
    kaart = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"laag": "water"}}]}
    sessie = db.session()
    client = wereld.client(Rol.INSPECTEUR)
    leeg = client.get("/api/achtergrond")
    assert leeg.get_json(force=True)["features"] == []
    for inhoud in ({"type": "FeatureCollection", "features": []}, kaart):
        zet_achtergrond(sessie, wereld.een.systeem, wereld.nu, inhoud)
        sessie.commit()
    assert len(sessie.scalars(select(Auditregel).where(Auditregel.handeling == "kaartachtergrond_gezet")).all()) == 2
    antwoord = client.get("/api/achtergrond")
    assert antwoord.get_json(force=True) == kaart
    opnieuw = client.get("/api/achtergrond", headers={"If-None-Match": antwoord.headers["ETag"]})
    assert opnieuw.status_code == 304
    assert opnieuw.data == b""
    buur = wereld.client(Rol.COORDINATOR, wereld.twee).get("/api/achtergrond")
    assert buur.get_json(force=True)["features"] == []
    with pytest.raises(OngeldigeInvoer):
        zet_achtergrond(sessie, wereld.een.systeem, wereld.nu, {"type": "Feature"})


def test_beschreven_is_wat_er_is(wereld: Wereld) -> None:
    regels = {r.rule for r in wereld.app.url_map.iter_rules() if r.endpoint.startswith("locaties_api.")}
    assert regels == set(PADEN)
