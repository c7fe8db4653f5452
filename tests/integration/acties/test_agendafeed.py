"""The own calendar: by a secret address that can be renewed and ended, without any address of a place."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import vobject
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.acties.agendafeed import voer_uit
from inspecties.acties.operations_toestand import naar
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.cli_opdracht import Uitvoeropdracht
from inspecties.locaties.queries import Filter
from tests.conftest import NU
from tests.integration.acties.conftest import Buurt
from tests.wereld import csrf


def maak(client: FlaskClient) -> str:
    pagina = client.post("/account/agenda", data={"csrf_token": csrf(client), "keuze": "maken"}).get_data(as_text=True)
    gevonden = re.search(r'value="(http[^"]+\.ics)"', pagina)
    assert gevonden
    return urlsplit(gevonden[1]).path


def test_de_eigen_agenda(buurt: Buurt) -> None:
    actie = buurt.actie(begin_op=NU + timedelta(days=2), eind_op=NU + timedelta(days=2, hours=5))
    wereld = buurt.wereld
    planner, boa = wereld.client(Rol.COORDINATOR), wereld.client(Rol.INSPECTEUR)
    van_planner, van_boa = maak(planner), maak(boa)
    vreemd = wereld.app.test_client()
    antwoord = vreemd.get(van_planner)
    assert antwoord.mimetype == "text/calendar"
    assert vobject.readOne(antwoord.text).vevent.summary.value == "Pandenactie (concept)"
    # A draft stays with the planner.
    assert "VEVENT" not in vreemd.get(van_boa).text
    naar(db.session(), buurt.planner, NU, actie, "gereed")
    db.session.commit()
    antwoord = vreemd.get(van_boa)
    deel = vobject.readOne(antwoord.text).vevent
    assert (deel.summary.value, deel.location.value) == ("Pandenactie", "Gemeente Markerwaard")
    assert deel.dtstart.value == NU + timedelta(days=2)
    for geheim in ("Kade", "Overlast", "Ploeg", "ATTENDEE"):
        assert geheim not in antwoord.text
    # Nothing new: nothing is sent again.
    opnieuw = vreemd.get(van_boa, headers={"If-None-Match": antwoord.headers["ETag"]})
    assert (opnieuw.status_code, opnieuw.data) == (304, b"")
    # Renewed: the old one is dead; ended: both; and of a blocked user.
    nieuw = maak(boa)
    assert [vreemd.get(pad).status_code for pad in (van_boa, nieuw)] == [404, 200]
    assert boa.post("/account/agenda", data={"csrf_token": csrf(boa), "keuze": "intrekken"}).status_code == 303
    assert vreemd.get(nieuw).status_code == 404
    gebruiker = db.session.scalars(select(Gebruiker).where(Gebruiker.id == buurt.id_van(Rol.COORDINATOR))).one()
    gebruiker.geblokkeerd_op = NU
    db.session.commit()
    assert vreemd.get(van_planner).status_code == 404


def test_acties_als_agendabestand(buurt: Buurt) -> None:
    buurt.actie()
    uit = buurt.wereld.app.extensions["instellingen"].data / "acties.ics"
    opdracht = Uitvoeropdracht(uit, "acties", "ics", Filter())
    assert voer_uit(db.session(), buurt.kring.systeem, NU, opdracht) == 1
    assert vobject.readOne(uit.read_text()).vevent.location.value == "Gemeente Markerwaard"
