"""The overview: real counts of the own gemeente, the same for every role that may see it."""

import csv
import io
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.rapportages import queries
from inspecties.rapportages.models import Norm
from tests.overzichtwereld import maak_actie, maak_bevinding, maak_bezoek, maak_dossier, maak_locatie
from tests.wereld import Wereld

LEZERS = {Rol.COORDINATOR, Rol.JURIST, Rol.AUDITOR, Rol.KABINET}


def tekst(antwoord) -> str:
    return antwoord.get_data(as_text=True)


@pytest.fixture
def cijfers(wereld: Wereld) -> Wereld:
    """Two done actions of four, three visits in two months, findings, dossiers; and noise next door."""
    for kring in (wereld.een, wereld.twee):
        db.session.add(Norm(gemeente_id=kring.gemeente.id, soort="pandenactie", jaar=2026, aantal=4))
        maak_actie(kring, datetime(2026, 3, 5, 17, tzinfo=UTC))
        locatie = maak_locatie(kring, "Hotel De Kade", wereld.nu)
        maak_bezoek(kring, locatie, datetime(2026, 3, 5, 18, tzinfo=UTC))
    een = wereld.een
    maak_actie(een, datetime(2026, 9, 5, 17, tzinfo=UTC))
    maak_actie(een, datetime(2026, 12, 5, 17, tzinfo=UTC), "gereed")
    maak_actie(een, datetime(2026, 12, 6, 17, tzinfo=UTC), "vervallen")
    maak_actie(een, datetime(2025, 12, 31, 22, 30, tzinfo=UTC), soort="hotelcontrole")
    locatie = maak_locatie(een, "Hotel Zuid", wereld.nu, 14)
    # 1 January, half past midnight in the Netherlands.
    nieuwjaar = maak_bezoek(een, locatie, datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    september = maak_bezoek(een, locatie, datetime(2026, 9, 5, 18, tzinfo=UTC))
    maak_bevinding(nieuwjaar, "overbewoning")
    maak_bevinding(september, "overbewoning")
    maak_bevinding(september, "brandveiligheid", vervallen=True)
    maak_dossier(een, "D1", "opbouw", wereld.nu)
    maak_dossier(een, "D2", "voorgelegd", wereld.nu)
    maak_dossier(een, "D3", "voorgelegd", wereld.nu, "bibob")
    db.session.commit()
    return wereld


@pytest.mark.parametrize("rol", sorted(MENSEN))
def test_rechten_per_rol(wereld: Wereld, rol: Rol) -> None:
    client = wereld.client(rol)
    verwacht = 200 if rol in LEZERS else 403
    assert client.get("/rapportages").status_code == verwacht
    assert client.get("/rapportages/jaarnormen.csv").status_code == verwacht


def test_cijfers_kloppen(cijfers: Wereld) -> None:
    o = queries.overzicht(db.session(), cijfers.een.actoren[Rol.COORDINATOR], 2026)
    assert [(n.soort, n.gedaan, n.gepland, n.norm, n.oordeel) for n in o.normen] == [
        ("pandenactie", 2, 1, 4, "Nog 1 te plannen")
    ]
    assert o.bezoeken == [1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert o.acties == [0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert [(aantal, bezoeken) for _, aantal, bezoeken in o.bevindingen] == [(2, 2)]
    assert o.open_voorstellen == 2
    assert dict(o.dossiers)["In opbouw"] == 1
    assert dict(o.dossiers)["Voorgelegd aan kabinet"] == 1, "without the Bibob dossier"


def test_elke_lezer_ziet_hetzelfde(cijfers: Wereld) -> None:
    alle = [queries.overzicht(db.session(), cijfers.een.actoren[rol], 2026) for rol in sorted(LEZERS)]
    assert all(o == alle[0] for o in alle)
    ander = queries.overzicht(db.session(), cijfers.twee.actoren[Rol.COORDINATOR], 2026)
    assert sum(ander.bezoeken) == 1
    assert ander.open_voorstellen == 0


def test_pagina_toont_getallen_en_grafiek_met_woorden(cijfers: Wereld) -> None:
    pagina = tekst(cijfers.client(Rol.COORDINATOR).get("/rapportages"))
    assert "Nog 1 te plannen" in pagina
    assert "Bezoeken per maand in 2026: jan 1, feb 0, mrt 1" in pagina
    assert 'aria-label="Pandenactie: 2 van 4"' in pagina
    assert "2 voorstellen wachten op een oordeel" in pagina
    assert "style=" not in pagina
    vorig = tekst(cijfers.client(Rol.COORDINATOR).get("/rapportages?jaar=2025"))
    assert "Hotelcontrole" in vorig
    assert "Geen norm" in vorig


@pytest.mark.parametrize("jaar", ["1999", "abcd", "-1", "20260", "2٠26", "%00"])
def test_vreemd_jaar_zegt_wat_wel_kan(cijfers: Wereld, jaar: str) -> None:
    client = cijfers.client(Rol.COORDINATOR)
    for pad in ("/rapportages", "/rapportages/maanden.csv"):
        antwoord = client.get(f"{pad}?jaar={jaar}")
        assert antwoord.status_code == 422
        assert "2025 tot en met 2026" in tekst(antwoord)


def lees_csv(antwoord) -> list[list[str]]:
    assert antwoord.mimetype == "text/csv"
    assert "attachment" in antwoord.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(antwoord.get_data().decode("utf-8-sig")), delimiter=";"))


def test_bestanden(cijfers: Wereld) -> None:
    client = cijfers.client(Rol.AUDITOR)
    normen = lees_csv(client.get("/rapportages/jaarnormen.csv"))
    assert normen == [
        ["Jaar", "Soort", "Gedaan", "Gepland", "Norm", "Stand"],
        ["2026", "Pandenactie", "2", "1", "4", "Nog 1 te plannen"],
    ]
    maanden = lees_csv(client.get("/rapportages/maanden.csv?jaar=2026"))
    assert len(maanden) == 13
    assert maanden[3] == ["2026", "mrt", "1", "1"]
    assert lees_csv(client.get("/rapportages/bevindingen.csv"))[1][2:] == ["2", "2"]
    assert ["Voorgelegd aan kabinet", "1"] in lees_csv(client.get("/rapportages/dossiers.csv"))
    assert client.get("/rapportages/alles.csv").status_code == 404
    assert db.session.scalars(
        select(Auditregel).where(Auditregel.handeling == "rapportage_opgehaald").order_by(Auditregel.id)
    ).all()
