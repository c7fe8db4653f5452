"""Import of an address file: all or nothing, updates that keep links, bad input, rights of the page."""

import json
import sqlite3
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import shapely
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import MENSEN, RECHTEN, Rol
from inspecties.database.basis import db
from inspecties.database.bereik import bind_actor
from inspecties.locaties.adresimport import importeer
from inspecties.locaties.adreszoeken import zoek_adressen
from inspecties.locaties.cli import importeer as opdracht
from inspecties.locaties.geopakket import maak_geometrie
from inspecties.locaties.models import Adres, Risicolocatie
from inspecties.locaties.rules.adres import Huisnummer
from tests.locatiewereld import maak_locatie
from tests.wereld import Wereld, csrf

KOP = (
    "nummeraanduiding_id;verblijfsobject_id;openbare_ruimte;huisnummer;huisletter;huisnummertoevoeging;postcode;"
    "woonplaats;gebruiksdoel;oppervlakte;x;y\n"
)
EEN = "9901200000000001;9901010000000001;Dorpsstraat;12;a;bis;8291AB;Markerdam;woonfunctie;88;145000;507000\n"
TWEE = "9901200000000002;9901010000000002;Dorpsstraat;14;;;8291 ab;Markerdam;winkelfunctie;120;145010;507000\n"
FOUT = "9901200000000003;;Dorpsstraat;geen;;;8291AB;Markerdam;;;145010;507000\n"


def _aantal(kring_id: int) -> int:
    vraag = select(func.count()).select_from(Adres).where(Adres.gemeente_id == kring_id)
    return db.session.scalar(vraag) or 0


def test_nieuw_gewijzigd_en_ongewijzigd(wereld: Wereld) -> None:
    sessie, actor = db.session(), wereld.een.actoren[Rol.BEHEERDER]
    eerste = importeer(sessie, actor, wereld.nu, "adres.csv", (KOP + EEN + TWEE + TWEE).encode())
    assert (eerste.nieuw, eerste.herhaald, eerste.foute_rijen, eerste.opgeslagen) == (2, 1, 0, True)
    een = sessie.scalars(select(Adres).where(Adres.nummeraanduiding_id == "9901200000000001")).one()
    assert (een.huisletter, een.postcode, een.oppervlakte_m2, een.gebruiksdoel) == ("A", "8291AB", 88, "woonfunctie")
    assert (een.x, een.y, round(een.lon, 3), round(een.lat, 3)) == (145000, 507000, 5.24, 52.551)
    plek = maak_locatie(wereld.een, wereld.nu, "Pand", adres_id=een.id, postcode="8291AB", huisnummer=Huisnummer(12))
    anders = EEN.replace("Dorpsstraat", "Brink").replace(";88;", ";90;")
    tweede = importeer(sessie, actor, wereld.nu, "adres.csv", (KOP + anders + TWEE).encode())
    assert (tweede.nieuw, tweede.gewijzigd, tweede.ongewijzigd) == (0, 1, 1)
    sessie.commit()
    nu = sessie.get(Risicolocatie, plek.id)
    assert nu is not None
    assert nu.adres_id == een.id
    assert (een.openbare_ruimte, een.oppervlakte_m2) == ("Brink", 90)
    assert [v.straat for v in zoek_adressen(sessie, actor, "brink 12a")] == ["Brink"]
    assert [v.nummer for v in zoek_adressen(sessie, actor, "dorpsstraat")] == ["14"]
    regels = sessie.scalars(select(Auditregel).where(Auditregel.handeling == "adressen_geimporteerd")).all()
    assert len(regels) == 2


def test_niets_bij_een_fout_en_de_rest_met_deel(wereld: Wereld) -> None:
    sessie, actor = db.session(), wereld.een.systeem
    inhoud = (KOP + EEN + FOUT).encode()
    alles = importeer(sessie, actor, wereld.nu, "a.csv", inhoud)
    assert (alles.opgeslagen, alles.foute_rijen, _aantal(actor.gemeente_id)) == (False, 1, 0)
    assert [(f.rij, f.kolom) for f in alles.fouten] == [(3, "huisnummer")]
    deel = importeer(sessie, actor, wereld.nu, "a.csv", inhoud, deel=True)
    assert (deel.opgeslagen, deel.nieuw, _aantal(actor.gemeente_id)) == (True, 1, 1)
    # The neighbour may hold the same number: numbers are unique per gemeente, and its streets are its own.
    buur = wereld.twee.systeem
    buiten = importeer(sessie, buur, wereld.nu, "a.csv", (KOP + EEN).encode())
    assert "buiten de gemeente" in buiten.fouten[0].melding
    binnen = EEN.replace("145000;507000", "152000;512000")
    assert importeer(sessie, buur, wereld.nu, "a.csv", (KOP + binnen).encode()).nieuw == 1
    sessie.commit()
    assert zoek_adressen(sessie, buur, "dorpsstraat 12a-bis")[0].x == 152000


def maak_gpkg(pad: Path, srid: int, rijen: list[tuple[dict[str, Any], Any]]) -> None:
    """A GeoPackage as the BAG's own: layer verblijfsobject."""
    namen = list(rijen[0][0])
    with sqlite3.connect(pad) as c:
        c.execute("PRAGMA application_id = 1196444487")
        c.execute("CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INT)")
        c.execute("CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)")
        c.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)")
        c.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, 'EPSG', ?)", (srid, srid))
        c.execute("INSERT INTO gpkg_contents VALUES ('verblijfsobject', 'features')")
        c.execute("INSERT INTO gpkg_geometry_columns VALUES ('verblijfsobject', 'geom', ?)", (srid,))
        c.execute(f"CREATE TABLE verblijfsobject (geom BLOB, {', '.join(namen)})")
        for waarden, vorm in rijen:
            plekken = ", ".join("?" * (len(namen) + 1))
            blob = maak_geometrie(vorm, srid)
            c.execute(f"INSERT INTO verblijfsobject VALUES ({plekken})", (blob, *(waarden[n] for n in namen)))
    c.close()


def test_geopackage(wereld: Wereld, tmp_path: Path) -> None:
    rij = {
        "identificatie": "9901010000000001",
        "nummeraanduiding_hoofdadres_identificatie": "9901200000000001",
        "openbare_ruimte_naam": "Dorpsstraat",
        "huisnummer": 12,
        "huisletter": None,
        "toevoeging": "bis",
        "postcode": "8291AB",
        "woonplaats_naam": "Markerdam",
        "gebruiksdoel": "woonfunctie,winkelfunctie",
        "oppervlakte": 88,
    }
    steiger = {**rij, "identificatie": "9901020000000002", "huisnummer": 14, "postcode": None}
    steiger["nummeraanduiding_hoofdadres_identificatie"] = "9901200000000002"
    maak_gpkg(
        tmp_path / "bag.gpkg",
        28992,
        [(rij, shapely.Point(145000, 507000)), (steiger, shapely.box(145100, 507000, 145120, 507010))],
    )
    sessie, actor = db.session(), wereld.een.systeem
    verslag = importeer(sessie, actor, wereld.nu, "bag.gpkg", (tmp_path / "bag.gpkg").read_bytes())
    assert (verslag.nieuw, verslag.fouten, verslag.opgeslagen) == (2, [], True)
    een, twee = sessie.scalars(select(Adres).order_by(Adres.nummeraanduiding_id)).all()
    assert (een.huisnummertoevoeging, een.gebruiksdoel, een.verblijfsobject_id) == (
        *("bis", "woonfunctie, winkelfunctie", "9901010000000001"),
    )
    assert (twee.postcode, 145100 < twee.x < 145120, twee.verblijfsobject_id) == ("", True, "9901020000000002")
    kapot = importeer(sessie, actor, wereld.nu, "bag.gpkg", (tmp_path / "bag.gpkg").read_bytes())
    assert (kapot.ongewijzigd, kapot.opgeslagen) == (2, False)


def _draai(*argumenten: str | Path) -> Result:
    bind_actor(db.session(), None)
    return CliRunner().invoke(opdracht, [str(a) for a in argumenten])


def test_opdracht(wereld: Wereld, tmp_path: Path) -> None:
    bestand = tmp_path / "adres.csv"
    bestand.write_text(KOP + EEN + FOUT)
    mis = _draai(bestand, "--soort", "adressen")
    assert mis.exit_code == 1, mis.exception
    assert "rij 3, kolom huisnummer: 'geen' is geen huisnummer" in mis.stdout
    assert "Er is niets opgeslagen." in mis.stdout
    droog = _draai(bestand, "--soort", "adressen", "--droog", "--deel", "--json")
    assert (json.loads(droog.stdout)["nieuw"], _aantal(wereld.een.gemeente.id)) == (1, 0)
    bestand.write_text(KOP + EEN + TWEE)
    goed = _draai(bestand, "--soort", "adressen")
    assert (goed.exit_code, _aantal(wereld.een.gemeente.id)) == (0, 2)
    assert "2 adressen toegevoegd, 0 bijgewerkt" in goed.stdout


def _stuur(wereld: Wereld, inhoud: str, naam: str = "adres.csv") -> Any:
    client = wereld.client(Rol.BEHEERDER)
    data = {"csrf_token": csrf(client), "bestand": (BytesIO(inhoud.encode()), naam)}
    return client, client.post("/locaties/adressen", data=data, content_type="multipart/form-data")


def test_pagina_controleert_en_bewaart(wereld: Wereld) -> None:
    client, antwoord = _stuur(wereld, KOP + EEN + TWEE)
    assert antwoord.status_code == 303
    verslag = client.get(antwoord.location).text
    assert "Er is nog niets opgeslagen" in verslag
    assert "Dorpsstraat 12A-bis, 8291AB Markerdam" in verslag
    assert _aantal(wereld.een.gemeente.id) == 0
    klaar = client.post(f"{antwoord.location}/bevestigen", data={"csrf_token": csrf(client)}, follow_redirects=True)
    assert "2 adressen zijn toegevoegd" in klaar.text
    assert _aantal(wereld.een.gemeente.id) == 2
    assert "adres.csv" in client.get("/locaties/adressen").text
    # The dry run is of who made it, and of this gemeente.
    for ander in (wereld.client(Rol.COORDINATOR), wereld.client(Rol.BEHEERDER, wereld.twee)):
        assert ander.get(antwoord.location).status_code == 404
    _, mis = _stuur(wereld, "straat;nr\nKade;1\n")
    assert mis.status_code == 422
    assert "De kolom &#39;huisnummer&#39; ontbreekt" in mis.text


@pytest.mark.parametrize(
    ("pad", "recht"),
    [("/locaties/adressen", "adressen.importeren"), ("/api/adressen?zoek=dorps", "adressen.zoeken")],
)
def test_rechten(wereld: Wereld, pad: str, recht: str) -> None:
    for rol in sorted(MENSEN):
        assert wereld.client(rol).get(pad).status_code == (200 if rol in RECHTEN[recht].rollen else 403), rol
