"""A tablet is lost on the evening, as beheerder, coordinator and its user see it; and the tablet itself."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from inspecties.audit.models import Auditregel
from inspecties.controles.models_kwijt import Kwijtmelding
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Toestel
from tests.veldwereld import Tablet
from tests.wereld import Wereld, csrf


def _meld_aan(boa: Tablet) -> Toestel:
    antwoord = boa.client.post(
        "/api/toestellen",
        json={"toestel_id": boa.toestel_id, "naam": "Android", "opgeslagen_blijft": False},
        headers={"X-CSRFToken": csrf(boa.client)},
    )
    assert antwoord.status_code == 200
    return db.session.scalars(select(Toestel).where(Toestel.toestel_id == UUID(boa.toestel_id))).one()


def _stuur(client: FlaskClient, pad: str, **velden: str) -> tuple[int, str]:
    antwoord = client.post(pad, data={"csrf_token": csrf(client), **velden}, follow_redirects=True)
    db.session.rollback()
    return antwoord.status_code, antwoord.get_data(as_text=True)


def _lees(client: FlaskClient, pad: str) -> str:
    antwoord = client.get(pad)
    assert antwoord.status_code == 200, pad
    db.session.rollback()
    return antwoord.get_data(as_text=True)


def _ingetrokken(client: FlaskClient, toestel_id: object) -> bool:
    inhoud = client.get(f"/api/toestellen/{toestel_id}/stand").get_json()
    assert inhoud["toestel_id"] == str(toestel_id)
    return bool(inhoud["ingetrokken"])


def test_kwijt_van_melding_tot_terug(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    rij = _meld_aan(boa)
    boa.op(bezoek, "bewoners", 3)
    boa.seq += 2  # two answers that never arrive
    boa.op(bezoek, "opmerking", "Twee gangen")
    boa.sync()
    db.session.rollback()
    vreemd = wereld.app.test_client()
    assert not _ingetrokken(vreemd, boa.toestel_id)
    assert not _ingetrokken(vreemd, nieuw_id())

    beheer = wereld.client(Rol.BEHEERDER)
    lijst = _lees(beheer, "/beheer/toestellen")
    assert "inspecteur Markerwaard" in lijst
    assert "2 antwoorden nog niet binnen" in lijst
    assert "nog geen herstelsleutel" in lijst
    pagina = f"/beheer/toestellen/{rij.uid}"
    voor = _lees(beheer, pagina)
    assert "2 antwoorden uit 1 bezoek" in voor
    assert "De browser mag het werk wissen" in voor

    status, fout = _stuur(beheer, f"{pagina}/kwijt", reden=" ")
    assert status == 422
    assert "Schrijf op wat er gebeurd is" in fout
    status, na = _stuur(beheer, f"{pagina}/kwijt", reden="Uit de auto gestolen")
    assert status == 200
    assert "Uit de auto gestolen" in na
    assert "AVG, artikel 33" in na

    # Logged out everywhere, and the device hears it without a login.
    assert boa.client.get("/api/csrf").status_code == 401
    assert _ingetrokken(vreemd, boa.toestel_id)
    boa.client = wereld.client(Rol.INSPECTEUR)
    boa.token = {}
    boa.op(bezoek, "bewoners", 9)
    geweigerd = boa.stuur()
    assert (geweigerd.status_code, geweigerd.get_json()["code"]) == (403, "toestel_ingetrokken")
    assert _stuur(beheer, f"{pagina}/kwijt", reden="Nog een keer")[0] == 409

    _, met_stap = _stuur(beheer, f"{pagina}/stap", code="fg", gedaan="ja")
    assert "door beheerder Markerwaard" in met_stap
    assert "Toch niet gedaan" in met_stap
    _, zonder = _stuur(beheer, f"{pagina}/stap", code="fg", gedaan="nee")
    assert "Toch niet gedaan" not in zonder
    assert _stuur(beheer, f"{pagina}/stap", code="onzin", gedaan="ja")[0] == 422
    assert "melding--fout" not in zonder
    db.session.execute(update(Kwijtmelding).values(gemeld_op=wereld.nu - timedelta(hours=73)))
    db.session.commit()
    assert "melding--fout" in _lees(beheer, pagina)

    # Found again, by the coordinator.
    coordinator = wereld.client(Rol.COORDINATOR)
    status, terug = _stuur(coordinator, f"{pagina}/terug", reden="Lag onder de stoel")
    assert status == 200
    assert "Eerder kwijt gemeld" in terug
    assert not _ingetrokken(vreemd, boa.toestel_id)
    assert _stuur(coordinator, f"{pagina}/terug", reden="Nog eens")[0] == 409
    assert boa.stuur().status_code == 200
    db.session.rollback()
    spoor = db.session.scalars(
        select(Auditregel.handeling)
        .where(Auditregel.object_soort == "toestel", Auditregel.handeling.startswith("toestel_", autoescape=True))
        .order_by(Auditregel.seq)
    ).all()
    assert list(spoor) == [
        "toestel_aangemeld",
        "toestel_kwijt",
        "toestel_kwijt_stap",
        "toestel_kwijt_stap",
        "toestel_terug",
    ]


def test_zelf_melden_houdt_de_eigen_sessie(wereld: Wereld, boa: Tablet) -> None:
    rij = _meld_aan(boa)
    db.session.rollback()
    thuis = wereld.client(Rol.INSPECTEUR)
    assert "Android" in _lees(thuis, "/account/toestellen")
    assert "Dit toestel is kwijt" in _lees(thuis, "/account/toestellen")
    pad = f"/account/toestellen/{rij.uid}/kwijt"
    assert wereld.client(Rol.COORDINATOR).get(pad).status_code == 404
    status, na = _stuur(thuis, pad, reden="In de trein laten liggen")
    assert status == 200
    assert "Bel ook uw coördinator" in na
    assert "Kwijt sinds" in na
    assert boa.client.get("/api/csrf").status_code == 401
    assert thuis.get("/api/csrf").status_code == 200
    assert db.session.scalars(select(Kwijtmelding)).one().reden == "In de trein laten liggen"


@pytest.mark.parametrize("rol", [Rol.INSPECTEUR, Rol.JURIST, Rol.AUDITOR])
def test_alleen_beheerder_en_coordinator_zien_alle_toestellen(wereld: Wereld, boa: Tablet, rol: Rol) -> None:
    rij = _meld_aan(boa)
    client = wereld.client(rol)
    assert client.get("/beheer/toestellen").status_code == 403
    assert client.get(f"/beheer/toestellen/{rij.uid}").status_code == 403
    ander = wereld.client(Rol.BEHEERDER, wereld.twee)
    assert ander.get(f"/beheer/toestellen/{rij.uid}").status_code == 404
