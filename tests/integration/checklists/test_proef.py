"""A version tried out: what the server says of answers, the coverage page, and who may see it. Nothing is stored."""

from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from inspecties.audit.models import Auditregel
from inspecties.checklists.openapi import SCHEMAS
from inspecties.core.rechten import MENSEN, Rol, rol_mag
from inspecties.database.basis import db
from tests.integration.checklists.conftest import FORMULIEREN, Bureau
from tests.wereld import Wereld, csrf

FORMULIER = b"""survey
,type,name,label,relevant,gevolg,gevolg_als,grondslag,bewijs
,select_one jno,binnen,Bent u binnen?,,,,,
,select_one jno,vluchtweg,Is de vluchtweg vrij?,${binnen} = 'ja',bbl,. = 'nee',Bbl 3.1,foto
,text,nooit,Wat zag u?,${binnen} = 'ja' and ${binnen} = 'nee',,,,
,begin repeat,kamers,Kamer,,,,,
,integer,slapers,Hoeveel slapers?,,overbewoning,. > 2,,foto toelichting
,end repeat,,,,,,,
choices
,list_name,name,label
,jno,ja,Ja
,jno,nee,Nee
settings
,form_title,form_id,version
,Proefformulier,proef,1
"""
CONTEXT = {"nu": "2026-11-21T18:00:00+01:00", "vandaag": "2026-11-21", "taal": "nl"}


@pytest.fixture
def versie(jurist: Bureau) -> UUID:
    return jurist.concept(FORMULIER)


def _evalueer(client: FlaskClient, uid: UUID, bericht: Any) -> tuple[int, dict[str, Any]]:
    antwoord = client.post(
        f"/api/checklists/versies/{uid}/evaluatie", json=bericht, headers={"X-CSRFToken": csrf(client)}
    )
    return antwoord.status_code, antwoord.get_json()


def test_de_server_rekent_antwoorden_door_met_het_bewijs(jurist: Bureau, versie: UUID) -> None:
    bericht = {
        "antwoorden": {"binnen": "ja", "vluchtweg": "nee", "kamers": [{"slapers": 1}, {"slapers": 5}]},
        "context": CONTEXT,
        "bewijs": {"kamers[2]/slapers": {"foto": 1, "toelichting": False}},
    }
    status, uit = _evalueer(jurist.client, versie, bericht)
    assert status == 200
    assert [(v["gevolg"], v["grondslag"], v["vragen"], v["ontbreekt"]) for v in uit["voorstellen"]] == [
        ("bbl", "Bbl 3.1", ["vluchtweg"], [{"vraag": "vluchtweg", "bewijs": "foto"}]),
        ("overbewoning", "", ["kamers[2]/slapers"], [{"vraag": "kamers[2]/slapers", "bewijs": "toelichting"}]),
    ]
    assert uit["relevant"]["nooit"] is False
    assert set(SCHEMAS["Uitkomst"]["required"]) == set(uit)


def test_proberen_laat_niets_achter(jurist: Bureau, versie: UUID) -> None:
    voor = db.session.scalar(select(func.count()).select_from(Auditregel))
    _evalueer(jurist.client, versie, {"antwoorden": {"binnen": "ja"}, "context": CONTEXT})
    for pad in (f"/checklists/versies/{versie}/voorbeeld", f"/checklists/versies/{versie}/dekking"):
        jurist.pagina(pad)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Auditregel)) == voor


@pytest.mark.parametrize(
    ("bericht", "zin"),
    [
        ({"antwoorden": {"binne": "ja"}, "context": CONTEXT}, "binne: deze vraag staat hier niet in het formulier."),
        ({"antwoorden": [], "context": CONTEXT}, "hier hoort een object met namen van vragen"),
        ({"antwoorden": {"kamers": {}}, "context": CONTEXT}, "bij een herhaling hoort een lijst"),
        ({"antwoorden": {}}, "context: geef nu"),
        ({"antwoorden": {}, "context": {"nu": "gisteren"}}, "nu is een moment met tijdzone"),
        ({"antwoorden": {}, "context": {**CONTEXT, "vandaag": "21-11-2026"}}, "vandaag een datum"),
        ({"antwoorden": {}, "context": {**CONTEXT, "taal": 3}}, "context: geef nu"),
        ({"context": CONTEXT, "bewijs": []}, "bewijs: hier hoort een object"),
        ({"context": CONTEXT, "bewijs": {"kamers[1]/slapers": {"foto": 1}}}, "staat niet in de antwoorden"),
        ({"context": CONTEXT, "bewijs": {"binnen": {"foto": -1}}}, "geef foto (een aantal)"),
        ({"context": CONTEXT, "bewijs": {"binnen": {"foto": True}}}, "geef foto (een aantal)"),
        ({"context": CONTEXT, "bewijs": {"binnen": {"film": 1}}}, "geef foto (een aantal)"),
        ({"context": CONTEXT, "bewijs": {"binnen": 3}}, "geef foto (een aantal)"),
        (["antwoorden"], "moet een JSON-object zijn"),
    ],
)
def test_wat_niet_past_wordt_met_name_geweigerd(jurist: Bureau, versie: UUID, bericht: Any, zin: str) -> None:
    status, uit = _evalueer(jurist.client, versie, bericht)
    assert status == 422
    assert zin in uit["detail"]


@pytest.mark.parametrize("inhoud", [b"{", b"", b'{"context": NaN}', b"\xff", b"[" * 100_000])
def test_geen_json(jurist: Bureau, versie: UUID, inhoud: bytes) -> None:
    antwoord = jurist.client.post(
        f"/api/checklists/versies/{versie}/evaluatie",
        data=inhoud,
        content_type="application/json",
        headers={"X-CSRFToken": csrf(jurist.client)},
    )
    assert antwoord.status_code == 400
    assert antwoord.get_json()["detail"] == "Het bericht is geen volledige JSON."


def test_te_groot(jurist: Bureau, versie: UUID) -> None:
    status, _ = _evalueer(jurist.client, versie, {"antwoorden": {"nooit": "x" * 2_000_001}, "context": CONTEXT})
    assert status == 413


def test_het_voorbeeld_krijgt_de_definitie_de_norm_en_de_regels_in_woorden(jurist: Bureau, versie: UUID) -> None:
    uit = jurist.client.get(f"/api/checklists/versies/{versie}").get_json()
    assert uit["definitie"]["naam"] == "proef"
    assert uit["norm_m2_pp"] == 12
    assert uit["vandaag"] == "2026-11-21"
    assert uit["uitleg"]["vluchtweg"]["gevolg"] == "als dit antwoord 'Nee' is"
    assert "Bent u binnen?" in uit["uitleg"]["vluchtweg"]["relevant"]
    assert set(SCHEMAS["Checklistversie"]["required"]) == set(uit)
    pagina = jurist.pagina(f"/checklists/versies/{versie}/voorbeeld")
    assert f'data-adres="/api/checklists/versies/{versie}"' in pagina
    assert "Dit is een voorbeeld." in pagina


def test_dekking_noemt_wat_nooit_kan_met_de_reden(jurist: Bureau, versie: UUID) -> None:
    pagina = jurist.pagina(f"/checklists/versies/{versie}/dekking")
    assert "Vragen (3 van 4 bereikt)" in pagina
    assert "Onmogelijk" in pagina
    assert "${binnen} = &#39;ja&#39; and ${binnen} = &#39;nee&#39;" in pagina
    assert "van deze vraag" in pagina
    assert "Gevolgen (2 van 2 bereikt)" in pagina
    assert "Alles is bereikt." not in pagina
    # The version's own page leads here.
    assert f"/checklists/versies/{versie}/dekking" in jurist.pagina(f"/checklists/versies/{versie}")


def test_onze_formulieren_zijn_ook_op_het_scherm_helemaal_bereikt(jurist: Bureau) -> None:
    for pad in FORMULIEREN:
        uid = jurist.concept(pad.read_bytes(), pad.name)
        assert "Alles is bereikt." in jurist.pagina(f"/checklists/versies/{uid}/dekking"), pad.name


PADEN = ("/checklists/versies/{}/voorbeeld", "/checklists/versies/{}/dekking", "/api/checklists/versies/{}")


@pytest.mark.parametrize("rol", sorted(MENSEN))
def test_wie_checklists_mag_zien_mag_ze_proberen(wereld: Wereld, versie: UUID, rol: Rol) -> None:
    client = wereld.client(rol)
    verwacht = 200 if rol_mag(rol, "checklists.lezen") else 403
    assert [client.get(pad.format(versie)).status_code for pad in PADEN] == [verwacht] * 3
    assert _evalueer(client, versie, {"context": CONTEXT})[0] == verwacht
    # In the other gemeente there is no such version.
    ander = wereld.client(rol, wereld.twee)
    verwacht = 404 if rol_mag(rol, "checklists.lezen") else 403
    assert [ander.get(pad.format(versie)).status_code for pad in PADEN] == [verwacht] * 3
    assert _evalueer(ander, versie, {"context": CONTEXT})[0] == verwacht
