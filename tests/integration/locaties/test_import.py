"""Import: the report, all or nothing, doubles, and the way through the pages."""

import csv
import io
import re
import tracemalloc
from datetime import timedelta

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from inspecties.audit.models import Auditregel
from inspecties.audit.operations import controleer
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.importeren import beoordeel, importeer, sla_op
from inspecties.locaties.models import Importproef, Locatieimport, Locatiestatus, Risicolocatie
from inspecties.locaties.operations import wijzig_status
from inspecties.locaties.uitwisseling_views import MAX_RIJEN_PAGINA
from tests.locatiewereld import maak_adres, maak_locatie
from tests.wereld import Kring, Wereld, csrf

KOP = "naam;type;straat;huisnummer;postcode;plaats;x;y;bron"
GOED = [
    "Pension Zeezicht;huisvesting;Kade;12a;8291 AB;Markerwaard;145100;507100;Rondgang",
    "Wax & Co;Massagesalon;Kade;14;8291 AB;Markerwaard;145110,5;507100;Rondgang",
]


def _csv(*regels: str, kop: str = KOP) -> bytes:
    return "\n".join((kop, *regels, "")).encode()


def _aantal() -> int:
    return db.session.scalar(select(func.count()).select_from(Risicolocatie)) or 0


def _doe(wereld: Wereld, *regels: str, kop: str = KOP, kring: Kring | None = None, deel: bool = False):  # type: ignore[no-untyped-def]
    actor = (kring or wereld.een).actoren[Rol.COORDINATOR]
    verslag = importeer(db.session(), actor, wereld.nu, "lijst.csv", _csv(*regels, kop=kop), deel=deel)
    db.session.commit()
    return verslag


def test_goed_bestand_staat_er_helemaal_in(wereld: Wereld) -> None:
    verslag = _doe(wereld, *GOED)
    assert (verslag.gelezen, verslag.goed, verslag.foute_rijen, verslag.opgeslagen) == (2, 2, 0, True)
    rij = db.session.scalars(select(Risicolocatie).order_by(Risicolocatie.id)).first()
    assert rij is not None
    assert (rij.adresregel, rij.postcode, rij.x, rij.locatietype.code) == ("Kade 12A", "8291AB", 145_100, "huisvesting")
    assert db.session.scalar(select(func.ST_X(Risicolocatie.geom)).where(Risicolocatie.id == rij.id)) == 145_100
    assert db.session.scalar(select(func.count()).select_from(Locatiestatus)) == 2
    regel = db.session.scalars(select(Auditregel).where(Auditregel.handeling == "locaties_geimporteerd")).one()
    assert regel.gegevens["toegevoegd"] == 2
    assert controleer(db.session(), wereld.een.gemeente.id) is None


def test_een_foute_regel_en_er_staat_niets(wereld: Wereld) -> None:
    fout = [
        "Zonder type;;Kade;1;8291 AB;Markerwaard;145100;507100;",
        "Verwisseld;huisvesting;Kade;2;8291 AB;Markerwaard;507100;145100;",
        "Buiten;huisvesting;Kade;3;8291 AB;Markerwaard;155000;463000;",
        "Onmogelijk;huisvesting;Kade;4;8291 AB;Markerwaard;9999999;1;",
        "Datum;huisvesting;Kade;5-jun;8291 AB;Markerwaard;145100;507100;",
        "Formule;huisvesting;Kade;6;8291 AB;Markerwaard;145100;507100;=1+1",
        "Nergens;huisvesting;;;;;;;",
        "Geen adres;huisvesting;Kade;99;8291 ZZ;Markerwaard;;;",
        "Te veel;huisvesting;Kade;7;8291 AB;Markerwaard;145100;507100;a;b",
    ]
    verslag = _doe(wereld, GOED[0], *fout, GOED[1])
    assert not verslag.opgeslagen
    assert _aantal() == 0
    assert (verslag.goed, verslag.foute_rijen) == (2, 9)
    gevonden = [(f.rij, f.kolom, f.melding) for f in verslag.fouten]
    verwacht = [
        (3, "type", "kies uit: autowas, huisvesting, massagesalon"),
        (4, "x", "verwisseld"),
        (5, "x", "km buiten de gemeente"),
        (6, "x", "niet in Nederland"),
        (7, "huisnummer", "door Excel in een datum veranderd"),
        (8, "bron", "formule"),
        (9, "x", "geen plaats"),
        (10, "x", "staat niet in het adressenbestand"),
        (11, "naam", "meer waarden dan kolomnamen"),
    ]
    assert [(r, k) for r, k, _ in gevonden] == [(r, k) for r, k, _ in verwacht]
    assert all(wat in melding for (_, _, melding), (_, _, wat) in zip(gevonden, verwacht, strict=True))


def test_met_deel_komen_de_goede_regels_erin(wereld: Wereld) -> None:
    verslag = _doe(wereld, GOED[0], "Zonder type;;;;;;145100;507100;", deel=True)
    assert (verslag.opgeslagen, verslag.goed, verslag.foute_rijen) == (True, 1, 1)
    assert _aantal() == 1


def test_kolomnaam_in_de_melding_is_die_van_het_bestand(wereld: Wereld) -> None:
    verslag = _doe(wereld, "A;huisvesting;507100;145100;x", kop="Omschrijving;Soort;RD X;RD Y;Telefoon")
    assert [(f.rij, f.kolom) for f in verslag.fouten] == [(2, "RD X")]
    assert verslag.genegeerde_kolommen == ("Telefoon",)


def test_dubbelen_in_het_bestand_en_met_wat_er_is(wereld: Wereld) -> None:
    _doe(wereld, *GOED)
    verslag = _doe(
        wereld,
        GOED[0].replace("8291 AB", "8291ab").replace("Pension", "Hotel"),
        "Ander type mag;autowas;Kade;12A;8291AB;;145100;507100;",
        "Nieuw;huisvesting;Kade;20;8291AB;;145200;507100;",
        "Nog eens;huisvesting;Kade;20;8291AB;;145201;507100;",
        "Zonder adres, zelfde punt;huisvesting;;;;;145100,2;507099,9;",
    )
    assert [(d.rij, d.met) for d in verslag.dubbel] == [(2, "Pension Zeezicht"), (5, "rij 4"), (6, "Pension Zeezicht")]
    assert verslag.goed == 2
    assert _aantal() == 4
    assert _doe(wereld, *GOED).opgeslagen is False


def test_wat_uit_beeld_is_komt_niet_ongezien_terug(wereld: Wereld) -> None:
    _doe(wereld, *GOED)
    rij = db.session.scalars(select(Risicolocatie).where(Risicolocatie.naam == "Pension Zeezicht")).one()
    wijzig_status(db.session(), wereld.een.systeem, wereld.nu, rij, "uit_beeld", "Gesloopt")
    db.session.commit()
    verslag = _doe(wereld, *GOED)
    assert [d.met for d in verslag.dubbel] == ["Pension Zeezicht (uit beeld)", "Wax & Co"]
    assert _aantal() == 2


def test_zelfde_adres_in_de_andere_gemeente_is_geen_dubbel(wereld: Wereld) -> None:
    _doe(wereld, *GOED)
    verslag = _doe(wereld, GOED[0].replace("145100;507100", "152000;512000"), kring=wereld.twee)
    assert verslag.opgeslagen
    assert _aantal() == 3


def test_plaats_uit_het_adressenbestand_en_uit_graden(wereld: Wereld) -> None:
    adres = maak_adres(wereld.een, "8291AB", 12, dx=50, huisletter="A")
    _doe(wereld, "A;huisvesting;Kade;12a;8291AB;;", kop="naam;type;straat;huisnummer;postcode;x;y")
    _doe(wereld, "B;huisvesting;5,24;52,55", kop="naam;type;lon;lat")
    a, b = db.session.scalars(select(Risicolocatie).order_by(Risicolocatie.naam)).all()
    assert (a.x, a.y, a.adres_id) == (adres.x, adres.y, adres.id)
    assert (b.lon, b.lat) == (5.24, 52.55)
    assert (b.x, b.y) == pytest.approx((144_900, 507_100), abs=400)


def test_wie_ertussen_komt_geeft_geen_halve_import(wereld: Wereld) -> None:
    sessie, actor = db.session(), wereld.een.actoren[Rol.COORDINATOR]
    beoordeling = beoordeel(sessie, actor, "lijst.csv", _csv(*GOED))
    _doe(wereld, GOED[1])
    with pytest.raises(Conflict):
        sla_op(sessie, actor, wereld.nu, beoordeling)
    sessie.rollback()
    assert _aantal() == 1


def _groot(aantal: int) -> bytes:
    """Rows that are new, double or wrong, in turns."""
    regels = (
        f"Pand {i};huisvesting;Kade;{i % 9000 + 1};{1000 + i // 9000} AB;;14{i % 10}000;507100;x" for i in range(aantal)
    )
    return _csv(*regels)


def test_geheugen_groeit_met_weinig_per_regel(wereld: Wereld) -> None:
    inhoud = _groot(5000)
    tracemalloc.start()
    beoordeling = beoordeel(db.session(), wereld.een.actoren[Rol.COORDINATOR], "groot.csv", inhoud, deel=True)
    piek = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert beoordeling.verslag.goed > 0
    # Below 2 kB a row, so 200,000 rows stay below 400 MB.
    assert piek < 5000 * 2048 + 8 * 1024 * 1024


def test_200_000_regels_geven_een_verslag(wereld: Wereld) -> None:
    sessie, actor = db.session(), wereld.een.actoren[Rol.COORDINATOR]
    inhoud = _groot(200_000)
    verslag = importeer(sessie, actor, wereld.nu, "groot.csv", inhoud)
    assert verslag.gelezen == 200_000
    assert verslag.goed + verslag.aantal_dubbel + verslag.foute_rijen == 200_000
    assert verslag.foute_rijen > len(verslag.fouten) == 5000
    assert not verslag.opgeslagen
    assert _aantal() == 0
    with pytest.raises(OngeldigeInvoer, match=r"meer dan 20\.000 regels"):
        beoordeel(sessie, actor, "groot.csv", inhoud, max_rijen=MAX_RIJEN_PAGINA)


def _stuur(client: FlaskClient, inhoud: bytes, naam: str = "lijst.csv", **velden: str) -> TestResponse:
    data = {"csrf_token": csrf(client), "bestand": (io.BytesIO(inhoud), naam), **velden}
    return client.post("/locaties/importeren", data=data, content_type="multipart/form-data")


def test_door_de_paginas(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    verslag = _stuur(client, _csv(*GOED))
    assert verslag.status_code == 303
    pagina = client.get(verslag.location).get_data(as_text=True)
    assert "Er is nog niets opgeslagen" in pagina
    assert "Sla 2 locaties op" in pagina
    assert _aantal() == 0
    bevestig = f"{verslag.location}/bevestigen"
    assert client.post(bevestig, data={"csrf_token": csrf(client)}).status_code == 303
    assert _aantal() == 2
    na = client.get(verslag.location).get_data(as_text=True)
    assert "2 locaties zijn toegevoegd" in na
    assert "Sla 2" not in na
    # A second click does nothing.
    client.post(bevestig, data={"csrf_token": csrf(client)})
    assert _aantal() == 2
    assert "lijst.csv" in client.get("/locaties/importeren").get_data(as_text=True)
    assert db.session.scalars(select(Importproef)).one().inhoud is None


def test_bestand_met_fouten_wordt_niet_bewaard(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    plek = _stuur(client, _csv(GOED[0], "=cmd|x;;;;;;;;")).location
    pagina = client.get(plek).get_data(as_text=True)
    assert "Er is niets opgeslagen en het bestand is niet bewaard" in pagina
    assert db.session.scalars(select(Importproef)).one().inhoud is None
    fouten = client.get(f"{plek}/fouten.csv")
    assert fouten.content_type.startswith("text/csv")
    assert fouten.data.decode("utf-8-sig").splitlines()[1].startswith('3;naam;"bevat een formule')
    client.post(f"{plek}/bevestigen", data={"csrf_token": csrf(client)})
    assert _aantal() == 0
    assert db.session.scalars(select(Locatieimport)).all() == []


def test_verslag_is_alleen_voor_wie_het_maakte_en_een_dag(wereld: Wereld, klok: VasteKlok) -> None:
    client = wereld.client(Rol.COORDINATOR)
    plek = _stuur(client, _csv(*GOED)).location
    buur = wereld.client(Rol.COORDINATOR, wereld.twee)
    for pad in (plek, f"{plek}/fouten.csv"):
        assert buur.get(pad).status_code == 404
        assert wereld.client(Rol.INSPECTEUR).get(pad).status_code == 403
    assert buur.post(f"{plek}/bevestigen", data={"csrf_token": csrf(buur)}).status_code == 404
    klok.moment += timedelta(hours=11)
    weer = wereld.client(Rol.COORDINATOR)
    del weer
    proef = db.session.scalars(select(Importproef)).one()
    proef.gemaakt_op = wereld.nu - timedelta(days=2)
    db.session.commit()
    klok.moment = wereld.nu
    client.post(f"{plek}/bevestigen", data={"csrf_token": csrf(client)})
    assert _aantal() == 0
    _stuur(client, _csv(*GOED))
    assert client.get(plek).status_code == 404


@pytest.mark.parametrize(
    ("inhoud", "naam", "melding"),
    [
        (b"", "leeg.csv", "Het bestand is leeg"),
        (b"a;b\n1;2\n", "fout.csv", "De kolom &#39;naam&#39; ontbreekt"),
        (b"PK\x03\x04stuk", "stuk.xlsx", "beschadigd"),
        (b"naam;type\n" + b"A;autowas\n" * 20_001, "groot.csv", "meer dan 20.000 regels"),
    ],
)
def test_onleesbaar_bestand_geeft_een_melding_bij_het_veld(
    wereld: Wereld, inhoud: bytes, naam: str, melding: str
) -> None:
    antwoord = _stuur(wereld.client(Rol.COORDINATOR), inhoud, naam)
    assert antwoord.status_code == 422
    assert melding in antwoord.get_data(as_text=True)
    assert db.session.scalars(select(Importproef)).all() == []


def test_zonder_bestand(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    antwoord = client.post("/locaties/importeren", data={"csrf_token": csrf(client)})
    assert antwoord.status_code == 422
    assert "Kies een bestand dat eindigt op" in antwoord.get_data(as_text=True)


@pytest.mark.parametrize("formaat", ["csv", "xlsx"])
def test_het_voorbeeld_leest_zonder_fouten_in(wereld: Wereld, formaat: str) -> None:
    client = wereld.client(Rol.COORDINATOR)
    voorbeeld = client.get(f"/locaties/importeren/voorbeeld.{formaat}")
    plek = _stuur(client, voorbeeld.data, f"voorbeeld.{formaat}").location
    assert re.search(r"Sla 2 locaties op", client.get(plek).get_data(as_text=True))


def test_excel_met_datum_in_huisnummer(wereld: Wereld) -> None:
    boek = openpyxl.Workbook()
    blad = boek.worksheets[0]
    blad.append(["naam", "type", "huisnummer", "x", "y"])
    blad.append(["A", "huisvesting", wereld.nu.replace(tzinfo=None), 145_100, 507_100])
    uit = io.BytesIO()
    boek.save(uit)
    client = wereld.client(Rol.COORDINATOR)
    pagina = client.get(_stuur(client, uit.getvalue(), "a.xlsx").location).get_data(as_text=True)
    assert "21-11-2026&#39; is door Excel in een datum veranderd" in pagina


def test_export_gaat_weer_in_en_voert_niets_uit(wereld: Wereld) -> None:
    for i, naam in enumerate(("=1+1", "+31 6", "-2", "@som", "\tTab", 'Café "t; Hoekje', "'t Veerhuis")):
        maak_locatie(wereld.een, wereld.nu, naam, dx=i * 7 + 0.25, notitie=f"regel\n{naam}")
    client = wereld.client(Rol.COORDINATOR)
    csv_ = client.get("/locaties/export?formaat=csv").data
    cellen = [cel for rij in csv.reader(io.StringIO(csv_.decode("utf-8-sig")), delimiter=";") for cel in rij]
    assert not [cel for cel in cellen if cel.startswith(("=", "+", "-", "@", "\t"))]
    assert {"145000,25", "'=1+1", "'t Veerhuis"} <= set(cellen)
    excel = client.get("/locaties/export?formaat=xlsx").data
    blad = openpyxl.load_workbook(io.BytesIO(excel)).worksheets[0]
    soorten = {c.value: c.data_type for c in blad["A"]}
    assert soorten["=1+1"] == "s"
    geojson = client.get("/locaties/export?formaat=geojson").get_json(force=True)
    assert {f["properties"]["naam"] for f in geojson["features"]} >= {"=1+1", "'t Veerhuis"}
    vast = db.session.scalars(
        select(Auditregel).where(Auditregel.handeling == "locaties_geexporteerd").order_by(Auditregel.id)
    ).all()
    assert [(r.gegevens["formaat"], r.gegevens["aantal"]) for r in vast] == [("csv", 7), ("xlsx", 7), ("geojson", 7)]
    assert client.get("/locaties/export?formaat=shp").status_code == 422
    # Everything is there already, also what was escaped.
    verslag = importeer(db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu, "e.csv", csv_)
    assert (verslag.foute_rijen, verslag.aantal_dubbel, verslag.goed) == (0, 7, 0)
