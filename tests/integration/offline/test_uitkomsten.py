"""What became of the findings of one's own visits, on the page and for the tablet."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.acties.models import Ploeglid
from inspecties.audit.models import Auditregel
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.beoordelen import accepteer_nieuw, wijs_af
from tests.veldwereld import Actieset, Tablet, haal_pak, koppen, tablet
from tests.wereld import Wereld


def _lees(client: FlaskClient) -> list[dict[str, Any]]:
    antwoord = client.get("/api/uitkomsten")
    assert antwoord.status_code == 200
    bezoeken: list[dict[str, Any]] = antwoord.get_json()["bezoeken"]
    return bezoeken


def _binnen(boa: Tablet, stop: str) -> None:
    for toestand in ("onderweg", "binnen"):
        inhoud = {"toestand": toestand, "op": "2026-11-21T17:00:00Z", "op_id": str(boa.op("x", "x")["op_id"])}
        assert (
            boa.client.post(f"/api/stops/{stop}/toestand", json=inhoud, headers=koppen(boa.client)).status_code == 200
        )
    boa.wachtrij.clear()


def test_wat_werd_ervan(wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str) -> None:
    stop = haal_pak(boa)[0]["id"]
    _binnen(boa, stop)
    boa.op(bezoek, "bewoners", 12)
    boa.op(bezoek, "elektra_gevaar", "ja")
    boa.op(bezoek, "slot_buiten", "ja")
    boa.sync()
    (eigen,) = _lees(boa.client)
    # The signal of trafficking that this visit holds is nowhere in it.
    assert [(een["naam"], een["stand"]) for een in eigen["uitkomsten"]] == [
        ("Overbewoning", "wacht"),
        ("Bouw- en brandveiligheid", "wacht"),
    ]
    sessie, jurist = db.session(), wereld.een.actoren[Rol.JURIST]
    bevindingen = {
        b.gevolg: b for b in sessie.scalars(select(Bevinding).join(Bezoek).where(Bevinding.zonder_signalen()))
    }
    accepteer_nieuw(sessie, jurist, wereld.nu, bevindingen["overbewoning"], "Klopt", "last")
    wijs_af(sessie, jurist, wereld.nu, bevindingen["bbl"], "Al hersteld bij de hercontrole")
    sessie.commit()
    (eigen,) = _lees(boa.client)
    assert [(een["stand"], een["zin"], een["besluit"]) for een in eigen["uitkomsten"]] == [
        ("overgenomen", "In een dossier over bouw en wonen.", "Er is nog geen besluit."),
        ("afgewezen", "Reden: Al hersteld bij de hercontrole", ""),
    ]
    pagina = boa.client.get("/uitkomsten").get_data(as_text=True)
    assert "Kade 1" in pagina
    assert "In een dossier over bouw en wonen." in pagina
    assert "signaal" not in pagina.lower().replace("signalen van mensenhandel, bibob", "")
    partner = tablet(wereld, Rol.PARTNER)
    (van_partner,) = _lees(partner.client)
    assert [een["zin"] for een in van_partner["uitkomsten"]][1] == "Vraag de coördinator naar de reden."
    assert list(sessie.scalars(select(Auditregel.handeling).order_by(Auditregel.id)))[-1] == "uitkomsten_gelezen"
    # Who left the team has no own visits left; who works elsewhere never had them.
    assert _lees(wereld.client(Rol.INSPECTEUR, wereld.twee)) == []
    sessie.query(Ploeglid).filter_by(gebruiker_id=wereld.een.actoren[Rol.INSPECTEUR].gebruiker_id).delete()
    sessie.commit()
    assert _lees(boa.client) == []
    assert wereld.client(Rol.COORDINATOR).get("/api/uitkomsten").status_code == 403
