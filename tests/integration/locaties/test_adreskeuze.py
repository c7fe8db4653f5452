"""The address in the form of a location: chosen from the list, typed as text, from PDOK; and the JSON behind it."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.adresbron import SLEUTEL, STORING, PdokMetEigenBestand
from inspecties.locaties.models import Adres, Risicolocatie
from inspecties.locaties.pdok import Pdok
from tests.integration.locaties.test_adreszoeken import zet_adressen
from tests.unit.locaties.test_adres_pdok import ID, Opname, opname
from tests.wereld import Wereld, csrf

__all__ = ["opname"]

_ADRESSEN = [
    ("Dorpsstraat", 12, "A", "bis", "8291AB", "Markerdam"),
    ("Dorpsstraat", 14, "", "", "8291AB", "Markerdam"),
    ("Dorpsstraat", 14, "B", "", "8291AB", "Markerdam"),
    ("Steiger", 3, "", "", "", "Markerdam"),
]
LEEG = {"straat": "", "huisnummer": "", "postcode": "", "plaats": "", "x": "", "y": ""}


@pytest.fixture
def client(wereld: Wereld) -> FlaskClient:
    zet_adressen(wereld.een, _ADRESSEN)
    return wereld.client(Rol.COORDINATOR)


def _stuur(client: FlaskClient, **velden: str) -> Any:
    data = {"csrf_token": csrf(client), "naam": "Pand", "type": "huisvesting"} | LEEG | velden
    return client.post("/locaties/nieuw", data=data)


def _locatie() -> tuple[Risicolocatie, Adres | None]:
    db.session.rollback()
    locatie = db.session.scalars(select(Risicolocatie)).one()
    return locatie, db.session.get(Adres, locatie.adres_id) if locatie.adres_id else None


def test_json(wereld: Wereld, client: FlaskClient) -> None:
    antwoord = client.get("/api/adressen?zoek=dropsstraat 12&limiet=3").get_json()
    assert (antwoord["bron"], antwoord["melding"], len(antwoord["adressen"])) == ("eigen", "", 1)
    adres = antwoord["adressen"][0]
    assert (adres["weergave"], adres["nummer"], adres["volledig"]) == (
        *("Dorpsstraat 12A-bis, 8291 AB Markerdam", "12A-bis", True),
    )
    assert client.get(f"/api/adressen/{adres['id']}").get_json() == adres
    assert client.get("/api/adressen?zoek=dorps&limiet=0").status_code == 422
    assert client.get("/api/adressen/onzin").status_code == 404
    buur = wereld.client(Rol.COORDINATOR, wereld.twee)
    assert buur.get(f"/api/adressen/{adres['id']}").status_code == 404
    assert buur.get("/api/adressen?zoek=dorpsstraat").get_json()["adressen"] == []


def test_zonder_javascript(client: FlaskClient) -> None:
    meer = _stuur(client, adreszoek="dorpsstraat 14")
    assert meer.status_code == 422
    assert "Welk adres bedoelt u?" in meer.text
    keuzes = re.findall(r'name="adreskeuze"[^>]*value="([^"]+)"', meer.text)
    assert len(keuzes) == 2
    niets = _stuur(client, adreszoek="Nergensweg 1")
    assert niets.status_code == 422
    assert "Dit adres is niet gevonden" in niets.text
    assert _stuur(client, adreszoek="dorpsstraat 14", adreskeuze=keuzes[1]).status_code == 303
    locatie, adres = _locatie()
    assert adres is not None
    assert (locatie.adresregel, locatie.postcode, locatie.woonplaats) == ("Dorpsstraat 14B", "8291AB", "Markerdam")
    assert (locatie.x, locatie.y, adres.huisletter) == (adres.x, adres.y, "B")


def test_een_typefout_met_een_antwoord_is_genoeg(client: FlaskClient) -> None:
    assert _stuur(client, adreszoek="dropsstraat 12a").status_code == 303
    locatie, adres = _locatie()
    assert adres is not None
    assert (locatie.adresregel, adres.verblijfsobject_id) == ("Dorpsstraat 12A-bis", "")
    pagina = client.get(f"/locaties/{locatie.uid}").text
    assert "Adres volgens de BAG" in pagina
    assert adres.nummeraanduiding_id in pagina


def test_adres_zonder_postcode_blijft_bij_wijzigen(client: FlaskClient) -> None:
    assert _stuur(client, adreszoek="steiger 3").status_code == 303
    locatie, adres = _locatie()
    assert adres is not None
    data = {
        **LEEG,
        **{"csrf_token": csrf(client), "naam": "Schip", "type": "huisvesting", "straat": "Steiger", "huisnummer": "3"},
        **{"plaats": "Markerdam", "x": str(locatie.x), "y": str(locatie.y)},
        "gezien_op": locatie.gewijzigd_op.isoformat(),
    }
    assert client.post(f"/locaties/{locatie.uid}/wijzigen", data=data).status_code == 303
    nu, zelfde = _locatie()
    assert (nu.naam, zelfde) == ("Schip", adres)


def test_wat_na_het_kiezen_is_veranderd_is_niet_dat_adres(client: FlaskClient) -> None:
    gekozen = db.session.scalars(select(Adres).where(Adres.huisletter == "B")).one()
    velden = {"straat": "Kade", "huisnummer": "9", "postcode": "8300AA", "plaats": "Elders"}
    antwoord = _stuur(client, adres=str(gekozen.uid), adreszoek="x", **velden, x=str(gekozen.x), y=str(gekozen.y))
    assert antwoord.status_code == 303
    assert _locatie()[1] is None


def test_pdok(wereld: Wereld, client: FlaskClient, opname: Opname) -> None:
    wereld.app.extensions[SLEUTEL] = PdokMetEigenBestand(Pdok(opname.adres, rust_s=0))
    lijst = client.get("/api/adressen?zoek=dorpsstraat 12").get_json()
    assert lijst["adressen"] == [{"id": ID, "weergave": "Dorpsstraat 12A, 8291AB Markerdam", "volledig": False}]
    assert client.get(f"/api/adressen/{ID}").get_json()["nummeraanduiding_id"] == "9901200000009001"
    # Too little typed: nothing goes out.
    vooraf = len(opname.gevraagd)
    assert client.get("/api/adressen?zoek=a").get_json() == {"adressen": [], "bron": "pdok", "melding": ""}
    assert len(opname.gevraagd) == vooraf
    velden = {"straat": "Dorpsstraat", "huisnummer": "12A-bis", "postcode": "8291AB", "plaats": "Markerdam"}
    assert _stuur(client, adres=ID, **velden, x="145000", y="507000").status_code == 303
    _, adres = _locatie()
    assert adres is not None
    assert (adres.nummeraanduiding_id, adres.verblijfsobject_id) == ("9901200000009001", "9901010000009001")
    # The address is in the own file now, and is found there when PDOK is down.
    opname.antwoorden = {"suggest": (503, b""), "lookup": (503, b"")}
    terug = client.get("/api/adressen?zoek=dorpsstraat 12").get_json()
    assert (terug["bron"], terug["melding"]) == ("eigen", STORING)
    assert str(adres.uid) in {a["id"] for a in terug["adressen"]}
    # The neighbour's code is another: PDOK's address is not theirs.
    buur = wereld.client(Rol.COORDINATOR, wereld.twee)
    assert buur.get(f"/api/adressen/{ID}").status_code == 404
