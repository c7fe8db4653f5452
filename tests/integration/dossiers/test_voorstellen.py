"""Proposals from the answers: shown with article and evidence, judged by a person with a reason."""

import pytest
from sqlalchemy import select

from inspecties.controles.models import Operatie
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.dossiers import beoordelen, operations
from inspecties.dossiers.models import Dossier, Dossieropsteller, Voorstel
from tests.integration.dossiers.conftest import Zaak, handelingen, verstuur
from tests.wereld import csrf


def test_lijst_noemt_plaats_artikel_antwoord_en_bewijs(zaak: Zaak) -> None:
    tekst = zaak.wereld.client(Rol.COORDINATOR).get("/voorstellen").get_data(as_text=True)
    for deel in ("Overbewoning", "art. 22 Hvw", "Kade 1", "Bewoners: <strong>12</strong>", "2 stukken"):
        assert deel in tekst
    assert handelingen()[-1] == "voorstellen_gelezen"
    een = zaak.wereld.client(Rol.JURIST).get(f"/voorstellen/{zaak.bevinding}").get_data(as_text=True)
    assert "geteld per kamer" in een
    assert all(f"/bewijs/{sha}" in een for sha in zaak.bewijs)
    assert handelingen()[-1] == "voorstel_gelezen"


def test_wie_voorstellen_ziet_en_beoordeelt(zaak: Zaak) -> None:
    pad = f"/voorstellen/{zaak.bevinding}"
    for rol in MENSEN:
        mag = rol in {Rol.COORDINATOR, Rol.JURIST}
        client, ander = zaak.wereld.client(rol), zaak.wereld.client(rol, zaak.wereld.twee)
        assert {client.get(p).status_code for p in ("/voorstellen", pad)} == {200 if mag else 403}, rol
        assert ander.get(pad).status_code == (404 if mag else 403), rol
        assert verstuur(ander, pad, reden="x", oordeel="afwijzen").status_code == (404 if mag else 403), rol
        if not mag:
            assert verstuur(client, pad, reden="x", oordeel="afwijzen").status_code == 403, rol
    db.session.rollback()
    assert db.session.scalars(select(Voorstel)).all() == []


def test_afwijzen_vraagt_een_reden_en_gaat_dan_uit_de_lijst(zaak: Zaak) -> None:
    client = zaak.wereld.client(Rol.COORDINATOR)
    leeg = verstuur(client, f"/voorstellen/{zaak.bevinding}", reden="  ", oordeel="afwijzen")
    assert leeg.status_code == 422
    assert "Schrijf op waarom" in leeg.get_data(as_text=True)
    assert verstuur(client, f"/voorstellen/{zaak.bevinding}", reden="Vergissing", oordeel="afwijzen").status_code == 302
    assert "Overbewoning" not in client.get("/voorstellen").get_data(as_text=True)
    assert "Vergissing" in client.get("/voorstellen?status=afgewezen").get_data(as_text=True)
    nogmaals = verstuur(
        client, f"/voorstellen/{zaak.bevinding}", reden="Toch", oordeel="overnemen", bestemming="zonder"
    )
    assert nogmaals.status_code == 409
    assert "al afgewezen" in nogmaals.get_data(as_text=True)
    assert verstuur(client, f"/voorstellen/{zaak.bevinding}/heropenen").status_code == 302
    assert "Overbewoning" in client.get("/voorstellen").get_data(as_text=True)
    assert handelingen().count("voorstel_afgewezen") == 1


def test_jurist_neemt_over_in_een_nieuw_dossier(zaak: Zaak) -> None:
    client = zaak.wereld.client(Rol.JURIST)
    antwoord = verstuur(
        client, f"/voorstellen/{zaak.bevinding}", reden="Veel te vol", oordeel="overnemen", bestemming="nieuw:last"
    )
    assert antwoord.status_code == 302
    pagina = client.get(antwoord.headers["Location"]).get_data(as_text=True)
    assert "Bouw en wonen Kade 1" in pagina
    assert "Artikel 125 Gemeentewet" in pagina
    assert "Veel te vol" in pagina
    db.session.rollback()
    dossier = db.session.scalars(select(Dossier)).one()
    assert (dossier.nummer, dossier.toestand) == ("2026-0001", "opbouw")
    assert [str(b.uid) for b in dossier.bezoeken] == [zaak.bezoek]


def test_coordinator_neemt_over_en_jurist_zet_het_in_een_dossier(zaak: Zaak) -> None:
    coordinator, jurist = zaak.wereld.client(Rol.COORDINATOR), zaak.wereld.client(Rol.JURIST)
    pad = f"/voorstellen/{zaak.bevinding}"
    keuzes = coordinator.get(pad).get_data(as_text=True)
    assert "Nieuw dossier" not in keuzes
    stiekem = verstuur(coordinator, pad, reden="ja", oordeel="overnemen", bestemming="nieuw:last")
    assert stiekem.status_code == 403
    assert verstuur(coordinator, pad, reden="Gaat door", oordeel="overnemen", bestemming="zonder").status_code == 302
    assert "1 overgenomen voorstel staat nog niet in een dossier" in jurist.get("/voorstellen").get_data(as_text=True)
    assert verstuur(coordinator, pad + "/plaatsen", bestemming="nieuw:last").status_code == 403
    antwoord = verstuur(jurist, pad + "/plaatsen", bestemming="nieuw:last")
    assert antwoord.status_code == 302
    assert verstuur(jurist, pad + "/plaatsen", bestemming="nieuw:last").status_code == 409
    db.session.rollback()
    dossier = db.session.scalars(select(Dossier)).one()
    # Who judged the proposal worked on the dossier too, and will not decide on it.
    beoordelaar = zaak.wereld.een.actoren[Rol.COORDINATOR].gebruiker_id
    assert beoordelaar in {o.gebruiker_id for o in _opstellers(dossier)}


def _opstellers(dossier: Dossier) -> list[Dossieropsteller]:
    return list(db.session.scalars(select(Dossieropsteller).where(Dossieropsteller.dossier_id == dossier.id)))


def test_voorstel_past_niet_in_elk_dossier(zaak: Zaak) -> None:
    sessie, nu = db.session(), zaak.wereld.nu
    locatie = zaak.rij().bezoek.locatie
    sluiting = operations.maak_dossier(sessie, zaak.jurist, nu, "sluiting", "Artikel 174a Gemeentewet", "X", [locatie])
    with pytest.raises(OngeldigeInvoer, match="past niet"):
        beoordelen.accepteer(sessie, zaak.jurist, nu, zaak.rij(), "reden", sluiting)
    sessie.rollback()
    with pytest.raises(OngeldigeInvoer):
        operations.maak_dossier(sessie, zaak.jurist, nu, "onzin", "Artikel 1", "X", [locatie])
    with pytest.raises(GeenRecht):
        beoordelen.accepteer(sessie, zaak.wereld.een.systeem, nu, zaak.rij(), "reden")


def test_vervallen_voorstel_kan_niet_meer_worden_beoordeeld(zaak: Zaak) -> None:
    zaak.boa.op(zaak.bezoek, "bewoners", 0, base_op_ids=_koppen(zaak))
    zaak.boa.sync()
    db.session.rollback()
    with pytest.raises(Conflict, match="geldt niet meer"):
        beoordelen.accepteer(db.session(), zaak.jurist, zaak.wereld.nu, zaak.rij(), "reden")
    db.session.rollback()
    assert "Overbewoning" not in zaak.wereld.client(Rol.JURIST).get("/voorstellen").get_data(as_text=True)


def _koppen(zaak: Zaak) -> list[str]:
    db.session.rollback()
    return [
        str(op.op_id)
        for op in db.session.scalars(select(Operatie).where(Operatie.vraag_id == "bewoners", Operatie.soort == "set"))
    ]


def test_token_is_nodig(zaak: Zaak) -> None:
    client = zaak.wereld.client(Rol.JURIST)
    assert csrf(client)
    antwoord = client.post(f"/voorstellen/{zaak.bevinding}", data={"reden": "x", "oordeel": "afwijzen"})
    assert antwoord.status_code == 400
