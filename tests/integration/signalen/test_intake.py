"""Taking in a signal: whom to call, warnings, what was typed is never lost, and sending twice from a device."""

import re
import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Sessie
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_melder import Betrokkene, Melder, Signaalinzending
from tests.integration.signalen.test_signalen import GOED, laatste, meld, tekst
from tests.wereld import Wereld, csrf

SIGNAAL = {
    "tekst": "Busjes, elke nacht",
    "waar": "Dijk 4",
    "datum": "2026-11-20",
    "vorm": "onbekend",
    "bron": "medewerker",
    "urgentie": "hoog",
    "betrokkenen": "",
    "hoedanigheid": "",
    "indicatoren": ["schulden"],
    "bewaar_naam": True,
    "terugkoppeling": True,
}


def aantal(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_112_staat_voor_het_formulier_en_na_het_melden(wereld: Wereld) -> None:
    client = wereld.client(Rol.KABINET)
    pagina = tekst(client.get("/signalen/nieuw"))
    assert pagina.index('href="tel:112"') < pagina.index("AVIM") < pagina.index("data-signaalmelden")
    assert "Bekende locatie zoeken" not in pagina, "kabinet may not see the locations"
    klaar = client.get(meld(client, urgentie="direct_gevaar").location)
    assert "S2026-0001" in tekst(klaar)
    assert 'href="tel:112"' in tekst(klaar)
    meld(client)
    assert 'href="tel:112"' not in tekst(client.get("/signalen/gemeld"))
    # Another login in the same browser does not see what was sent.
    assert wereld.client(Rol.KABINET).get("/signalen/gemeld").location == "/signalen/nieuw"


def test_nummers_in_de_tekst_waarschuwen_en_een_bsn_kan_niet(wereld: Wereld) -> None:
    client = wereld.client(Rol.INSPECTEUR)
    gewaarschuwd = meld(client, tekst="Bel de buurvrouw op 06-12345678")
    assert gewaarschuwd.status_code == 422
    assert "een telefoonnummer" in tekst(gewaarschuwd)
    assert "06-12345678" in tekst(gewaarschuwd), "what was typed is kept"
    assert aantal(Signaal) == 0
    assert meld(client, tekst="Bel de buurvrouw op 06-12345678", nagekeken="1").status_code == 302
    for veld in ("tekst", "betrokkenen"):
        fout = meld(client, **{veld: "nummer 111222333"}, nagekeken="1")
        assert fout.status_code == 422
        assert "burgerservicenummer" in tekst(fout)
    assert aantal(Signaal) == 1


def test_betrokkenen_en_melder_staan_los_en_versleuteld(wereld: Wereld) -> None:
    meld(wereld.client(Rol.PARTNER), betrokkenen="Anna Kanarie, 06-87654321", bewaar_naam="y", terugkoppeling="y")
    wie = db.session.scalars(select(Betrokkene)).one()
    melder = db.session.scalars(select(Melder)).one()
    assert "Kanarie" not in wie.versleuteld + laatste().tekst
    assert melder.terugkoppeling is True
    assert wereld.een.actoren[Rol.PARTNER].naam not in melder.versleuteld
    # Without a name nothing is kept about who reported.
    meld(wereld.client(Rol.PARTNER))
    assert aantal(Melder) == 1


@pytest.mark.parametrize("hoe", ["sessie", "cookie"])
def test_verlopen_aanmelding_verliest_niets(wereld: Wereld, hoe: str) -> None:
    client = wereld.client(Rol.JURIST)
    token = csrf(client)
    if hoe == "sessie":
        for rij in db.session.scalars(select(Sessie)):
            rij.beeindigd_op = wereld.nu
        db.session.commit()
    else:
        client = wereld.app.test_client()
    velden = GOED | {"betrokkenen": "Anna Kanarie", "indicatoren": ["schulden", "bedreiging"], "csrf_token": token}
    antwoord = client.post("/signalen/nieuw", data=velden)
    assert antwoord.status_code == 401
    pagina = tekst(antwoord)
    assert "nog niet verzonden" in pagina
    assert "Kanarie" not in pagina
    zegel = re.search(r'name="concept" value="([^"]+)"', pagina)
    assert zegel
    # In the other window they logged in; the page's token is of the old session.
    terug = wereld.client(Rol.JURIST)
    hervat = tekst(terug.post("/signalen/nieuw", data={"concept": zegel.group(1), "csrf_token": "oud"}))
    assert "Anna Kanarie" in hervat
    assert "Steeds andere busjes" in hervat
    assert len(re.findall(r"<input[^>]*checked[^>]*name=\"indicatoren\"", hervat)) == 2
    assert aantal(Signaal) == 0
    stuk = terug.post("/signalen/nieuw", data={"concept": zegel.group(1)[:-9] + "AAAAAAAAA", "csrf_token": csrf(terug)})
    assert "niet meer te openen" in tekst(stuk)


def stuur(client: FlaskClient, op_id: str, **anders: Any) -> Any:
    inhoud = {"op_id": op_id} | SIGNAAL | anders
    return client.post("/api/signalen", json=inhoud, headers={"X-CSRFToken": csrf(client)})


def test_van_het_toestel_een_keer_wat_twee_keer_komt(wereld: Wereld) -> None:
    client, op_id = wereld.client(Rol.INSPECTEUR), "01890000-0000-7000-8000-0000000000a1"
    eerste = stuur(client, op_id)
    assert eerste.status_code == 200
    assert eerste.json["nummer"] == "S2026-0001"
    assert stuur(client, op_id).json == eerste.json
    assert aantal(Signaal) == 1
    assert db.session.scalars(select(Melder)).one().terugkoppeling is True
    ander = stuur(client, op_id, tekst="Iets anders")
    assert ander.status_code == 409
    assert (ander.json["code"], ander.json["op_id"], ander.json["nummer"]) == ("andere_inhoud", op_id, "S2026-0002")
    assert stuur(client, op_id, tekst="Iets anders").json["nummer"] == "S2026-0002"
    assert (aantal(Signaal), aantal(Signaalinzending)) == (2, 2)
    # The other gemeente has its own numbers.
    assert stuur(wereld.client(Rol.INSPECTEUR, wereld.twee), op_id).json["nummer"] == "S2026-0001"
    assert stuur(wereld.client(Rol.AUDITOR), str(uuid.uuid4())).status_code == 403
    # No line of the log names who sent it.
    regels = db.session.scalars(select(Auditregel).where(Auditregel.handeling == "signaal_gemeld"))
    assert {r.gebruiker_id for r in regels} == {None}


def test_het_toestel_hoort_wat_er_mis_is(wereld: Wereld) -> None:
    client, op_id = wereld.client(Rol.INSPECTEUR), "01890000-0000-7000-8000-0000000000a2"
    for anders, veld in (
        ({"datum": "2026-12-24"}, "datum"),
        ({"waar": ""}, "waar"),
        ({"vorm": "x"}, "vorm"),
        ({"tekst": "111222333"}, "tekst"),
    ):
        antwoord = stuur(client, op_id, **anders)
        assert (antwoord.status_code, antwoord.json["veld"]) == (422, veld)
    zonder = client.post("/api/signalen", json={"op_id": op_id} | SIGNAAL, headers={"X-CSRFToken": "x"})
    assert (zonder.status_code, zonder.json["code"]) == (400, "csrf")
    assert wereld.app.test_client().post("/api/signalen", json={}).status_code in {400, 401}
    assert aantal(Signaal) == 0
