"""The pages of a location's facts: what they show, to whom, and what they refuse in plain Dutch."""

import io

import pytest
from flask.testing import FlaskClient
from PIL import Image
from PIL.ExifTags import Base as Exif
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Document, Notitie, Overlastmelding, Vergunning
from inspecties.locaties.models_partijen import Partij, Partijrol
from tests.locatiewereld import maak_locatie
from tests.wereld import Wereld, csrf


def _post(client: FlaskClient, pad: str, **velden: object) -> tuple[int, str]:
    antwoord = client.post(pad, data={"csrf_token": csrf(client)} | velden, follow_redirects=True)
    db.session.rollback()
    return antwoord.status_code, antwoord.get_data(as_text=True)


@pytest.fixture
def plek(wereld: Wereld) -> Risicolocatie:
    return maak_locatie(wereld.een, wereld.nu, "Pand A")


PERSOON = {"soort": "persoon", "naam": "A. Verzonnen", "doel": "toezicht", "rol": "eigenaar", "bron": "Kadaster"}


def test_persoon_alleen_voor_wie_dat_mag(wereld: Wereld, plek: Risicolocatie) -> None:
    coordinator, pad = wereld.client(Rol.COORDINATOR), f"/locaties/{plek.uid}"
    status, tekst = _post(coordinator, f"{pad}/partijen/nieuw", partij="nieuw", **PERSOON)
    assert status == 200, tekst
    assert "A. Verzonnen" in tekst
    bedrijf = {"soort": "organisatie", "naam": "Kade BV", "kvk": "12345678", "rol": "verhuurder", "bron": "KvK"}
    assert "Kade BV" in _post(coordinator, f"{pad}/partijen/nieuw", partij="nieuw", **bedrijf)[1]
    persoon, kade = (
        db.session.scalars(select(Partij).where(Partij.naam == n)).one() for n in ("A. Verzonnen", "Kade BV")
    )
    for rol, ziet in {
        Rol.COORDINATOR: True,
        Rol.JURIST: True,
        Rol.INSPECTEUR: False,
        Rol.AANDACHTSFUNCTIONARIS: False,
    }.items():
        client = wereld.client(rol)
        tekst = client.get(pad).get_data(as_text=True)
        assert ("A. Verzonnen" in tekst) is ziet, rol
        assert "Kade BV" in tekst
        assert client.get(f"/partijen/{persoon.uid}").status_code == (200 if ziet else 404)
        assert client.get(f"/partijen/{kade.uid}").status_code == 200
        assert client.get("/partijen/personen").status_code == (200 if ziet else 403)
    ander = wereld.client(Rol.COORDINATOR, wereld.twee)
    assert ander.get(f"/partijen/{kade.uid}").status_code == 404
    handelingen = db.session.scalars(select(Auditregel.handeling)).all()
    assert handelingen.count("partij_gelezen") == 6
    assert {"personen_gelezen"} <= set(handelingen)


def test_bestaande_partij_kiezen_zonder_naam_in_het_adres(wereld: Wereld, plek: Risicolocatie) -> None:
    client = wereld.client(Rol.COORDINATOR)
    _post(client, f"/locaties/{plek.uid}/partijen/nieuw", partij="nieuw", **PERSOON)
    ander = maak_locatie(wereld.een, wereld.nu, "Pand B", dx=40)
    zoekpad = f"/locaties/{ander.uid}/partijen/zoeken"
    assert client.get(f"{zoekpad}?zoek=verzonnen").status_code == 405
    status, tekst = _post(client, zoekpad, zoek="verzonnen")
    assert status == 200
    partij = db.session.scalars(select(Partij)).one()
    assert f'value="{partij.uid}"' in tekst
    gekozen = {"partij": str(partij.uid), "gezocht": "verzonnen", "rol": "verhuurder", "bron": "Contract"}
    assert _post(client, f"/locaties/{ander.uid}/partijen/nieuw", **gekozen)[0] == 200
    assert db.session.query(Partij).count() == 1
    assert db.session.query(Partijrol).count() == 2
    assert "Pand B" in client.get(f"/partijen/{partij.uid}").get_data(as_text=True)
    # Neither an id that is nobody's nor one that is no id.
    for vreemd in ("018f0000-0000-7000-8000-000000000000", "'; drop"):
        status, tekst = _post(client, f"/locaties/{ander.uid}/partijen/nieuw", **gekozen | {"partij": vreemd})
        assert status == 404
        assert "De partij bestaat niet" in tekst


FOUT: list[tuple[str, dict[str, str], str]] = [
    ("partijen/nieuw", PERSOON | {"doel": ""}, "Zonder doel mag dat niet"),
    ("partijen/nieuw", PERSOON | {"kvk": "123"}, "KvK-nummer heeft 8 cijfers"),
    ("partijen/nieuw", PERSOON | {"bron": ""}, "Schrijf waar u dit van weet"),
    ("partijen/nieuw", PERSOON | {"van": "2026-11-20", "tot": "2026-11-01"}, "voor de eerste dag"),
    ("partijen/nieuw", PERSOON | {"van": "gisteren"}, "geldige datum"),
    ("vergunningen/nieuw", {"soort": "x", "status": "verleend", "intrekdatum": "2026-01-01"}, "hoort alleen bij"),
    ("vergunningen/nieuw", {"soort": ""}, "wat voor vergunning"),
    ("overlast/nieuw", {"datum": "2026-11-01", "soort": "geluid", "tekst": "Bel 06 12345678"}, "wie het meldde"),
    ("overlast/nieuw", {"datum": "2027-11-01", "soort": "geluid"}, "moet nog komen"),
    ("notities", {"tekst": "   "}, "Schrijf eerst iets op"),
    (
        "aantallen",
        {"soort": "capaciteit", "waarde": "veel", "peildatum": "2026-11-01", "bron": "x"},
        "Aantal personen",
    ),
    (
        "aantallen",
        {"soort": "capaciteit", "waarde": "-1", "peildatum": "2026-11-01", "bron": "x"},
        "van 0 tot en met",
    ),
    ("omtrek", {"soort": "pand", "tekst": "POINT(5 52)", "bron": "BAG"}, "geen punt of lijn"),
    ("documenten/nieuw", {}, "Kies een bestand"),
]


def test_foute_invoer_krijgt_uitleg(wereld: Wereld, plek: Risicolocatie) -> None:
    client = wereld.client(Rol.COORDINATOR)
    for pad, velden, melding in FOUT:
        status, tekst = _post(client, f"/locaties/{plek.uid}/{pad}", **velden)
        assert (status, melding in tekst, "Dit klopt nog niet" in tekst) == (422, True, True), (pad, velden)


def test_tijdlijn_met_alles_en_per_soort(wereld: Wereld, plek: Risicolocatie) -> None:
    client, pad = wereld.client(Rol.COORDINATOR), f"/locaties/{plek.uid}"
    _post(client, f"{pad}/partijen/nieuw", partij="nieuw", **PERSOON)
    _post(client, f"{pad}/vergunningen/nieuw", soort="exploitatie", status="verleend", geldig_tot="2026-12-24")
    _post(client, f"{pad}/overlast/nieuw", datum="2026-11-01", soort="geluid", tekst="<b>Muziek</b>", bron="Meldpunt")
    _post(client, f"{pad}/notities", tekst="Bel aan bij de achterdeur.")
    _post(client, f"{pad}/aantallen", soort="capaciteit", waarde="8", peildatum="2026-11-01", bron="Vergunning")
    tekst = client.get(pad).get_data(as_text=True)
    db.session.rollback()
    for deel in (
        "Exploitatie: laatste dag",
        "(komt nog)",
        "Overlast: geluid",
        "&lt;b&gt;Muziek",
        "Bel aan bij de achterdeur.",
        "Eigenaar vastgelegd: A. Verzonnen",
        "Vergunde capaciteit: 8",
        "Locatie toegevoegd",
    ):
        assert deel in tekst, deel
    # The fact itself says how the permit stands.
    assert "geldig t/m 24 december 2026" in tekst
    alleen = client.get(f"{pad}?soort=overlast").get_data(as_text=True)
    db.session.rollback()
    assert "Overlast: geluid" in alleen
    assert "Bel aan bij de achterdeur." not in alleen
    # What the inspecteur may not know is not on the timeline either.
    assert "A. Verzonnen" not in wereld.client(Rol.INSPECTEUR).get(pad).get_data(as_text=True)


def test_doorhalen_en_weghalen(wereld: Wereld, plek: Risicolocatie) -> None:
    client, pad = wereld.client(Rol.COORDINATOR), f"/locaties/{plek.uid}"
    _post(client, f"{pad}/notities", tekst="Hond in de tuin.")
    notitie = db.session.scalars(select(Notitie)).one()
    _, tekst = _post(client, f"{pad}/notities/{notitie.uid}/doorhalen")
    assert "<del>Hond in de tuin.</del>" in tekst
    assert _post(client, f"{pad}/notities/{notitie.uid}/doorhalen")[0] == 409
    assert "<del>" in client.get(pad).get_data(as_text=True)
    db.session.rollback()
    _post(client, f"{pad}/overlast/nieuw", datum="2026-11-01", soort="geluid")
    melding = db.session.scalars(select(Overlastmelding)).one()
    assert _post(client, f"{pad}/overlast/{melding.uid}/weghalen")[0] == 422
    status, tekst = _post(client, f"{pad}/overlast/{melding.uid}/weghalen", reden="Ging over de buren.")
    assert status == 200
    assert "Weggehaald: overlastmelding" in tekst
    assert "Ging over de buren." in tekst
    # A fact of another location is not there, even for who may see both.
    _post(client, f"{pad}/vergunningen/nieuw", soort="exploitatie", status="verleend")
    vergunning = db.session.scalars(select(Vergunning)).one()
    ander = maak_locatie(wereld.een, wereld.nu, "Pand B", dx=40)
    assert client.get(f"{pad}/vergunningen/{vergunning.uid}").status_code == 200
    assert client.get(f"/locaties/{ander.uid}/vergunningen/{vergunning.uid}").status_code == 404


def _foto_met_plaats() -> bytes:
    beeld, exif, uit = Image.new("RGB", (60, 40), "teal"), Image.Exif(), io.BytesIO()
    exif[Exif.Artist] = "GEHEIMEMAKER"
    beeld.save(uit, "JPEG", exif=exif)
    return uit.getvalue()


def test_document_ophalen(wereld: Wereld, plek: Risicolocatie) -> None:
    client, pad = wereld.client(Rol.COORDINATOR), f"/locaties/{plek.uid}/documenten"
    inhoud = _foto_met_plaats()
    bestand = (io.BytesIO(inhoud), "gevel<script>.html")
    status, tekst = _post(client, f"{pad}/nieuw", bestand=bestand, titel="Gevel", met_personen="y")
    assert status == 200, tekst
    rij = db.session.scalars(select(Document)).one()
    uid = rij.uid
    with client.get(f"{pad}/{uid}/bestand") as antwoord:
        assert antwoord.data == inhoud
        assert antwoord.mimetype == "application/octet-stream"
        assert antwoord.headers["Content-Disposition"] == "attachment; filename=gevelscript.jpg"
    beeld = client.get(f"{pad}/{uid}/beeld.jpg")
    assert beeld.mimetype == "image/jpeg"
    assert b"GEHEIMEMAKER" in inhoud
    assert b"GEHEIMEMAKER" not in beeld.data
    db.session.rollback()
    assert "document_opgehaald" in db.session.scalars(select(Auditregel.handeling)).all()
    for naam in ("", "/bestand", "/beeld.jpg"):
        assert wereld.client(Rol.INSPECTEUR).get(f"{pad}/{uid}{naam}").status_code == 404
        assert wereld.client(Rol.COORDINATOR, wereld.twee).get(f"{pad}/{uid}{naam}").status_code == 404


def test_omtrek_op_de_kaart(wereld: Wereld, plek: Risicolocatie) -> None:
    client, pad = wereld.client(Rol.COORDINATOR), f"/locaties/{plek.uid}"
    x, y = plek.x, plek.y
    wkt = f"POLYGON(({x} {y}, {x + 10} {y}, {x + 10} {y + 20}, {x} {y + 20}, {x} {y}))"
    _, tekst = _post(client, f"{pad}/omtrek", soort="pand", tekst=wkt, bron="BAG")
    assert "200 m²" in tekst
    script = client.get(f"{pad}/kaart.js").get_data(as_text=True)
    assert "inspectiesKaart.vlak(" in script
    assert "MultiPolygon" in script


def test_kaartje_op_de_startpagina(wereld: Wereld, plek: Risicolocatie) -> None:
    client = wereld.client(Rol.COORDINATOR)
    assert "Vergunningen" not in client.get("/").get_data(as_text=True)
    db.session.rollback()
    _post(
        client,
        f"/locaties/{plek.uid}/vergunningen/nieuw",
        soort="exploitatie",
        status="verleend",
        geldig_tot="2026-12-24",
    )
    assert "1 loopt binnen 60 dagen af." in client.get("/").get_data(as_text=True)
    db.session.rollback()
    assert "24 december 2026" in client.get("/vergunningen/aflopend").get_data(as_text=True)
    assert "loopt binnen" not in wereld.client(Rol.INSPECTEUR).get("/").get_data(as_text=True)
