"""The tools of the map over HTTP: clusters of very many, nearest, areas, views, signals, paper."""

import gzip
import io
import json
import re
from typing import Any

import pytest
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties import kaartvragen
from inspecties.locaties.models_kaart import Gebied
from inspecties.locaties.operations import wijzig_status
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.signalen.models import Signaal
from tests.locatiewereld import MIDDEN, bbox_van, maak_locatie
from tests.wereld import Kring, Wereld, csrf

X, Y = MIDDEN["Markerwaard"]


def _graden(dx: float, dy: float) -> str:
    return ",".join(f"{g:.6f}" for g in naar_wgs84(X + dx, Y + dy))


def _vierkant(straal: float) -> str:
    return ";".join(_graden(dx * straal, dy * straal) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1)))


def _json(wereld: Wereld, pad: str, rol: Rol = Rol.COORDINATOR, **vraag: Any) -> dict[str, Any]:
    antwoord = wereld.client(rol).get(pad, query_string=vraag)
    assert antwoord.status_code == 200, antwoord.get_data(as_text=True)
    inhoud: dict[str, Any] = json.loads(antwoord.data)
    return inhoud


def _namen(inhoud: dict[str, Any]) -> list[str]:
    return [f["properties"]["naam"] for f in inhoud["features"]]


def test_kaartje_toont_score_en_wat_er_laatst_gebeurde(wereld: Wereld) -> None:
    locatie = maak_locatie(wereld.een, wereld.nu, "Pand")
    for naar in ("in_onderzoek", "gesloten", "actief"):
        wijzig_status(db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu, locatie, naar, f"Naar {naar}")
    db.session.commit()
    pad = f"/api/kaart/locatie/{locatie.uid}"
    blik = _json(wereld, pad, Rol.INSPECTEUR)
    # The newest three of four, the creation is the oldest.
    assert [g["titel"] for g in blik["gebeurtenissen"]] == [
        "Status: actief",
        "Status: gesloten",
        "Status: in onderzoek",
    ]
    pagina = wereld.client(Rol.INSPECTEUR).get(f"/locaties/{locatie.uid}").get_data(as_text=True)
    assert f'aria-label="Score {blik["score"]}: ' in pagina
    assert all(f"{d['naam']} {d['punten']}" in pagina for d in blik["delen"])
    gelezen = db.session.query(Auditregel).filter_by(handeling="locatie_gelezen", object_uid=str(locatie.uid))
    assert gelezen.count() == 2, "what the card tells is as much a reading as the page"
    assert wereld.client(Rol.COORDINATOR, wereld.twee).get(pad).status_code == 404


def test_cellen_geven_dezelfde_trossen_als_tellen(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    for i in range(24):
        maak_locatie(
            wereld.een, wereld.nu, f"L{i}", ("autowas", "huisvesting")[i % 2], dx=i * 53 - 600, dy=i * 31 - 300
        )
    maak_locatie(wereld.twee, wereld.nu, "Buur")

    def beeld(**vraag: Any) -> dict[int, set[tuple[Any, ...]]]:
        uit = {}
        for zoom in (3, 9, 13, 15, 16):
            inhoud = _json(wereld, "/api/locaties", bbox=bbox_van(wereld.een), zoom=zoom, **vraag)
            uit[zoom] = {
                (f["properties"].get("aantal", 1), f.get("id"), *(round(g, 5) for g in f["geometry"]["coordinates"]))
                for f in inhoud["features"]
            }
        return uit

    precies = [beeld(), beeld(type="autowas"), beeld(status="gesloten")]
    monkeypatch.setattr(kaartvragen, "PRECIES_TOT", -1)
    assert [beeld(), beeld(type="autowas"), beeld(status="gesloten")] == precies
    assert sum(aantal for aantal, *_ in precies[0][13]) == 24
    # The list by name walks the index of names, and finds the same.
    lijst = _json(wereld, "/api/locaties", bbox=bbox_van(wereld.een), limiet=3)
    assert _namen(lijst) == ["L0", "L1", "L10"]
    assert lijst["totaal"] == 24


def test_tien_dichtstbij_met_afstand(wereld: Wereld) -> None:
    for i in range(14):
        maak_locatie(wereld.een, wereld.nu, f"L{i:02}", "autowas" if i == 3 else "huisvesting", dx=i * i * 17)
    # In a corner of the first box, further than what lies just outside its side.
    maak_locatie(wereld.een, wereld.nu, "Hoek", "massagesalon", dx=-195, dy=195)
    inhoud = _json(wereld, "/api/kaart/dichtstbij", punt=_graden(0, 0))
    afstanden = [f["properties"]["afstand_m"] for f in inhoud["features"]]
    assert len(afstanden) == 10
    assert afstanden == sorted(afstanden)
    assert afstanden[:3] == [0, 17, 68]
    assert _namen(inhoud).index("Hoek") == afstanden.index(276)
    assert _namen(_json(wereld, "/api/kaart/dichtstbij", punt=_graden(0, 0), type="autowas")) == ["L03"]
    fout = wereld.client(Rol.COORDINATOR).get("/api/kaart/dichtstbij", query_string={"punt": "52.5,5.2"})
    assert fout.status_code == 422
    assert fout.get_json()["veld"] == "punt"


def test_gebied_kiezen_bewaren_en_er_een_actie_van_maken(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    maak_locatie(wereld.een, wereld.nu, "Binnen")
    maak_locatie(wereld.een, wereld.nu, "Ook binnen", "autowas", dx=90, dy=90)
    maak_locatie(wereld.een, wereld.nu, "Buiten", dx=150)
    client = wereld.client(Rol.COORDINATOR)
    vlak = _vierkant(100)
    assert _namen(_json(wereld, "/api/kaart/selectie", vlak=vlak)) == ["Binnen", "Ook binnen"]
    assert _namen(_json(wereld, "/api/kaart/selectie", vlak=vlak, type="autowas")) == ["Ook binnen"]
    assert _namen(_json(wereld, "/api/kaart/selectie", midden=_graden(0, 0), straal="120")) == ["Binnen"]

    pagina = client.get("/kaart/selectie", query_string={"vlak": vlak, "type": "autowas"}).get_data(as_text=True)
    assert "Maak actie van deze locatie" in pagina
    assert "Buiten" not in pagina
    nieuw = client.get("/acties/nieuw", query_string={"vlak": vlak}).get_data(as_text=True)
    assert "2 gekozen locaties worden" in nieuw

    velden = {"csrf_token": csrf(client), "naam": "Haven", "soort": "actiegebied", "vlak": vlak}
    antwoord = client.post("/kaart/gebieden", data=velden)
    assert antwoord.status_code == 303
    assert "Haven" in client.get(antwoord.headers["Location"]).get_data(as_text=True)
    [feature] = _json(wereld, "/api/kaart/gebieden", Rol.INSPECTEUR)["features"]
    assert feature["properties"]["naam"] == "Haven"
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert _namen(_json(wereld, "/api/kaart/selectie", gebied=feature["id"])) == ["Binnen", "Ook binnen"]
    # Twice the same name, and another gemeente's area.
    client.post("/kaart/gebieden", data=velden)
    assert "Er is al een actiegebied" in client.get("/kaart").get_data(as_text=True)
    buur = wereld.client(Rol.COORDINATOR, wereld.twee)
    assert buur.get("/api/kaart/selectie", query_string={"gebied": feature["id"]}).status_code == 404
    assert "404" in buur.get("/api/openapi.json").json["paths"]["/api/kaart/selectie"]["get"]["responses"]
    assert buur.get("/api/kaart/gebieden").get_json(force=True)["features"] == []

    monkeypatch.setattr("inspecties.locaties.gebieden.MAX_ACTIE", 1)
    pagina = client.get("/kaart/selectie", query_string={"vlak": vlak}).get_data(as_text=True)
    assert "Een actie kan er 1 bevatten" in pagina
    assert "Maak actie" not in pagina
    assert client.get("/acties/nieuw", query_string={"vlak": vlak}).status_code in {400, 422}


def test_wijken_uit_een_bestand(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)

    def stuur(inhoud: bytes) -> Any:
        velden = {"csrf_token": csrf(client), "soort": "wijk", "bestand": (io.BytesIO(inhoud), "wijken.geojson")}
        return client.post("/kaart/gebieden/inlezen", data=velden, content_type="multipart/form-data")

    def wijk(naam: str, straal: float) -> dict[str, Any]:
        ring = [[float(g) for g in punt.split(",")] for punt in _vierkant(straal).split(";")]
        vorm = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        return {"type": "Feature", "properties": {"wijknaam": naam}, "geometry": vorm}

    def bestand(*wijken: dict[str, Any]) -> bytes:
        return json.dumps({"type": "FeatureCollection", "features": wijken}).encode()

    assert stuur(bestand(wijk("Noord", 100), wijk("Zuid", 50))).status_code == 303
    assert stuur(bestand(wijk("Noord", 200))).status_code == 303
    db.session.rollback()
    maten = {g.naam: round(g.oppervlakte_m2 / 1000) for g in db.session.scalars(select(Gebied))}
    assert maten == {"Noord": 160, "Zuid": 10}
    fout = stuur(b"geen json")
    assert fout.status_code == 422
    assert "geen GeoJSON" in fout.get_data(as_text=True)


def _signaal(kring: Kring, nu: Any, nummer: int, locatie_id: int) -> None:
    db.session.add(
        Signaal(
            gemeente_id=kring.gemeente.id,
            nummer=f"S{nummer}",
            datum=nu.date(),
            bron="inwoner",
            vorm="onbekend",
            tekst="Busjes",
            locatie_id=locatie_id,
            ontvangen_op=nu,
        )
    )


def test_signalen_alleen_in_vakken_met_genoeg(wereld: Wereld) -> None:
    plekken = [maak_locatie(wereld.een, wereld.nu, f"L{i}", dx=i * 20) for i in range(4)]
    for nummer in range(8):
        _signaal(wereld.een, wereld.nu, nummer, plekken[nummer % 2].id)
    db.session.commit()
    assert _json(wereld, "/api/kaart/signaalwarmte")["features"] == []
    for nummer in (8, 9):
        _signaal(wereld.een, wereld.nu, nummer, plekken[2 + nummer % 2].id)
    db.session.commit()
    [vak] = _json(wereld, "/api/kaart/signaalwarmte", Rol.AANDACHTSFUNCTIONARIS)["features"]
    assert vak["properties"] == {"klasse": 1, "tekst": "10 tot 24 signalen"}
    assert wereld.client(Rol.INSPECTEUR).get("/api/kaart/signaalwarmte").status_code == 403
    assert _json_buur(wereld) == []


def _json_buur(wereld: Wereld) -> list[Any]:
    antwoord = wereld.client(Rol.COORDINATOR, wereld.twee).get("/api/kaart/signaalwarmte")
    uit: list[Any] = json.loads(antwoord.data)["features"]
    return uit


def test_weergave_bewaren_en_van_niemand_anders(wereld: Wereld) -> None:
    client = wereld.client(Rol.INSPECTEUR)
    velden = {"csrf_token": csrf(client), "naam": "Gesloten panden", "status": "gesloten", "kleur": "type", "x": "weg"}
    antwoord = client.post("/kaart/weergaven", data=velden)
    assert antwoord.headers["Location"].endswith("/kaart?status=gesloten&kleur=type")
    assert "Gesloten panden" in client.get("/kaart").get_data(as_text=True)
    assert "Gesloten panden" not in wereld.client(Rol.COORDINATOR).get("/kaart").get_data(as_text=True)


def test_kaart_op_papier(wereld: Wereld) -> None:
    maak_locatie(wereld.een, wereld.nu, "Pension <De Kade> & zn")
    antwoord = wereld.client(Rol.COORDINATOR).get("/kaart/a3.pdf", query_string={"bbox": bbox_van(wereld.een)})
    assert antwoord.status_code == 200
    assert antwoord.data.startswith(b"%PDF-")
    [maat] = re.findall(rb"/MediaBox ?\[([\d. ]+)\]", antwoord.data)
    # A3 landscape in points.
    assert [round(float(g)) for g in maat.split()] == [0, 0, 1191, 842]
    regels = db.session.scalars(
        select(Auditregel).where(Auditregel.handeling == "kaart_afgedrukt").order_by(Auditregel.id)
    ).all()
    assert [r.gegevens for r in regels] == [{"locaties": 1}]
    assert wereld.client(Rol.INSPECTEUR).get("/kaart/a3.pdf").status_code == 403


def test_kaartbeeld_is_samengeperst_voor_wie_dat_leest(wereld: Wereld) -> None:
    for i in range(12):
        maak_locatie(wereld.een, wereld.nu, f"Locatie {i}", dx=i * 5)
    vraag = {"bbox": bbox_van(wereld.een), "zoom": "17"}
    client = wereld.client(Rol.INSPECTEUR)
    kaal = client.get("/api/locaties", query_string=vraag)
    klein = client.get("/api/locaties", query_string=vraag, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in kaal.headers
    assert klein.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(klein.data) == kaal.data
    assert "Accept-Encoding" in klein.headers["Vary"]
