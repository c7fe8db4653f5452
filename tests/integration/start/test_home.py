"""Home tells each role what needs it, with counts that are real; help tells what it may."""

from datetime import timedelta

import pytest
from flask import url_for
from sqlalchemy import select

from inspecties.acties.models import Ploeg, Ploeglid, Stop
from inspecties.audit.models import Auditregel
from inspecties.controles.models import Quarantaine
from inspecties.core.rechten import MENSEN, RECHTEN, ROLNAMEN, Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.gebruikers.models import Gebruiker
from inspecties.rapportages.models import Norm
from inspecties.signalen.models import Signaal
from inspecties.start.vandaag import Kaartje, stel_samen
from tests.overzichtwereld import maak_actie, maak_bevinding, maak_bezoek, maak_dossier, maak_locatie
from tests.wereld import Kring, Wereld


def tekst(antwoord) -> str:
    return antwoord.get_data(as_text=True)


def kaartjes(wereld: Wereld, rol: Rol, kring: Kring | None = None) -> dict[str, Kaartje]:
    uit = stel_samen(db.session(), (kring or wereld.een).actoren[rol], wereld.nu)
    return {k.kop: k for k in [*uit.nu, *uit.wacht, *uit.rustig, *uit.loopt]}


def maak_signaal(kring: Kring, wereld: Wereld, nummer: str, urgentie: str, status: str = "ontvangen") -> None:
    db.session.add(
        Signaal(
            gemeente_id=kring.gemeente.id,
            nummer=nummer,
            datum=(wereld.nu - timedelta(days=9)).date(),
            bron="inwoner",
            vorm="onbekend",
            tekst="Iets",
            urgentie=urgentie,
            status=status,
            ontvangen_op=wereld.nu,
        )
    )


@pytest.fixture
def vol(wereld: Wereld) -> Wereld:
    """Work for everybody in the first gemeente."""
    een, nu = wereld.een, wereld.nu
    locatie = maak_locatie(een, "Hotel De Kade", nu)
    actie = maak_actie(een, nu + timedelta(hours=2), "gereed")
    ploeg = Ploeg(gemeente_id=een.gemeente.id, actie_id=actie.id, naam="A")
    ploeg.leden = [
        Ploeglid(gemeente_id=een.gemeente.id, gebruiker_id=een.actoren[rol].gebruiker_id)
        for rol in (Rol.INSPECTEUR, Rol.PARTNER)
    ]
    db.session.add(ploeg)
    db.session.flush()
    for i, toestand in enumerate(("gepland", "gepland", "afgerond")):
        plek = locatie if i == 0 else maak_locatie(een, f"Hotel {i}", nu, 20 + i)
        db.session.add(
            Stop(
                gemeente_id=een.gemeente.id,
                actie_id=actie.id,
                ploeg_id=ploeg.id,
                locatie_id=plek.id,
                volgorde=i,
                toestand=toestand,
            )
        )
    maak_actie(een, nu + timedelta(days=3), "concept", "hotelcontrole")
    maak_actie(een, nu + timedelta(days=30), "concept", "hercontrole")
    db.session.add(Norm(gemeente_id=een.gemeente.id, soort="pandenactie", jaar=2026, aantal=4))
    maak_bevinding(maak_bezoek(een, locatie, nu - timedelta(days=2)), "overbewoning")
    for code in ("overbewoning", "nla"):  # the second is passed on and never stands in a dossier
        bezoek = maak_bezoek(een, locatie, nu - timedelta(days=4))
        db.session.add(
            Voorstel(
                gemeente_id=een.gemeente.id,
                bevinding_id=maak_bevinding(bezoek, code).id,
                status="overgenomen",
                beoordeeld_op=nu,
                gemaakt_op=nu,
            )
        )
    maak_dossier(een, "D1", "teruggestuurd", nu)
    maak_dossier(een, "D2", "voorgelegd", nu - timedelta(days=5))
    maak_dossier(een, "D3", "voorgelegd", nu, "bibob")
    maak_signaal(een, wereld, "S1", "direct_gevaar")
    maak_signaal(een, wereld, "S2", "normaal")
    maak_signaal(een, wereld, "S3", "normaal", "verrijken")
    db.session.add(
        Quarantaine(gemeente_id=een.gemeente.id, op_id="x", hash="y", inhoud={}, reden="vorm", ontvangen_op=nu)
    )
    db.session.commit()
    return wereld


@pytest.mark.parametrize("rol", sorted(MENSEN))
def test_elke_rol_heeft_een_startpagina_ook_zonder_gegevens(wereld: Wereld, rol: Rol) -> None:
    antwoord = wereld.client(rol).get("/")
    assert antwoord.status_code == 200
    assert "Moet vandaag" in tekst(antwoord)
    # Only the auditor has something at once: the log was never checked.
    assert ("niets dat vandaag moet" in tekst(antwoord)) == (rol is not Rol.AUDITOR)
    assert "21 november 2026" in tekst(antwoord)
    assert "style=" not in tekst(antwoord)


def test_coordinator(vol: Wereld) -> None:
    uit = kaartjes(vol, Rol.COORDINATOR)
    assert uit["Voorstellen te beoordelen"].aantal == 1
    assert uit["Nieuwe signalen"].aantal == 2
    assert "1 keer direct gevaar" in uit["Nieuwe signalen"].zin
    assert "9 dagen geleden" in uit["Nieuwe signalen"].zin
    assert uit["Apart gezet"].aantal == 1
    avond = next(k for k in uit.values() if k.kop.startswith("pandenactie"))
    assert avond.zin == "Vandaag om 20:00, 3 stops; gereed."
    concept = next(k for k in uit.values() if k.kop.startswith("hotelcontrole"))
    assert "'gereed' tegen" in concept.zin
    assert not any(k.kop.startswith("hercontrole") for k in uit.values()), "further than a week ahead"
    pagina = tekst(vol.client(Rol.COORDINATOR).get("/"))
    assert "0 van 4" in pagina


def test_veldwerkers_zien_alleen_hun_eigen_stops(vol: Wereld) -> None:
    for rol in (Rol.INSPECTEUR, Rol.PARTNER):
        uit = kaartjes(vol, rol)
        assert uit["Uw stops van vandaag"].aantal == 2
        assert uit["Uw stops van vandaag"].endpoint == "offline.veld"
    assert "Vandaag geen stops" in kaartjes(vol, Rol.INSPECTEUR, vol.twee)


def test_jurist_en_kabinet(vol: Wereld) -> None:
    jurist = kaartjes(vol, Rol.JURIST)
    assert jurist["Dossiers terug met vragen"].aantal == 1
    assert jurist["Voorstellen te beoordelen"].aantal == 1
    assert jurist["Nog zonder dossier"].aantal == 1
    assert jurist["Lopende dossiers"].aantal == 2, "without the Bibob dossier that this jurist may not know of"
    kabinet = kaartjes(vol, Rol.KABINET)["Wacht op uw besluit"]
    assert kabinet.aantal == 1
    assert "ligt er 5 dagen" in kabinet.zin


def test_aandachtsfunctionaris(vol: Wereld) -> None:
    uit = kaartjes(vol, Rol.AANDACHTSFUNCTIONARIS)
    assert uit["Nieuwe signalen"].aantal == 2
    assert uit["Signalen onderweg"].aantal == 1


def test_auditor_en_beheerder(vol: Wereld) -> None:
    assert "nog niet gecontroleerd" in kaartjes(vol, Rol.AUDITOR)["Auditlogboek"].zin
    uit = kaartjes(vol, Rol.BEHEERDER)
    assert uit["Gebruikers"].aantal == 8
    assert "maar één beheerder" in uit["Eén beheerder"].zin
    assert "Rollen zonder gebruiker" not in uit
    jurist = db.session.get_one(Gebruiker, vol.een.actoren[Rol.JURIST].gebruiker_id)
    jurist.geblokkeerd_op = vol.nu
    db.session.flush()
    assert "Jurist" in kaartjes(vol, Rol.BEHEERDER)["Rollen zonder gebruiker"].zin


def test_wat_vandaag_moet_staat_apart_en_alles_op_termijn(vol: Wereld) -> None:
    dossiers = {d.nummer: d for d in db.session.scalars(select(Dossier))}
    dossiers["D1"].beslissen_voor = vol.nu.date() + timedelta(days=20)
    dossiers["D2"].beslissen_voor = vol.nu.date() + timedelta(days=2)
    db.session.flush()
    jurist = stel_samen(db.session(), vol.een.actoren[Rol.JURIST], vol.nu)
    assert [k.kop for k in jurist.nu] == []
    assert jurist.wacht[0].kop == "Dossiers terug met vragen", "the one with a term before those without"
    kabinet = stel_samen(db.session(), vol.een.actoren[Rol.KABINET], vol.nu)
    assert [k.kop for k in kabinet.nu] == ["Wacht op uw besluit"], "a decision within three days cannot wait"
    db.session.commit()
    assert "Nog 2 dagen" in tekst(vol.client(Rol.KABINET).get("/"))


def test_andere_gemeente_telt_niet_mee(vol: Wereld) -> None:
    uit = kaartjes(vol, Rol.COORDINATOR, vol.twee)
    assert [uit[k].aantal for k in ("Voorstellen te beoordelen", "Nieuwe signalen", "Apart gezet")] == [0, 0, 0]
    assert "Geen actie deze week" in uit


def test_elke_verwijzing_op_de_startpagina_werkt_voor_wie_haar_ziet(vol: Wereld) -> None:
    for rol in sorted(MENSEN):
        client = vol.client(rol)
        kaarten = kaartjes(vol, rol).values()
        assert kaarten
        with vol.app.test_request_context():
            paden = [url_for(k.endpoint, **k.parameters) for k in kaarten if k.endpoint in vol.app.view_functions]
        assert len(paden) == len(kaarten)
        for pad in paden:
            assert client.get(pad).status_code == 200, (rol, pad)


def test_startpagina_toont_geen_zaak_en_schrijft_niets(vol: Wereld) -> None:
    for rol in sorted(MENSEN):
        pagina = tekst(vol.client(rol).get("/"))
        assert "Dossier D" not in pagina
        assert "Kadeweg" not in pagina
    assert db.session.scalars(select(Auditregel)).all() == []


@pytest.mark.parametrize("rol", sorted(MENSEN))
def test_hulp_per_rol(wereld: Wereld, rol: Rol) -> None:
    client = wereld.client(rol)
    index = tekst(client.get("/hulp"))
    assert index.index(f"/hulp/{rol.value}") == min(index.index(f'"/hulp/{r.value}"') + 1 for r in MENSEN), "own first"
    for ander in MENSEN:
        pagina = tekst(client.get(f"/hulp/{ander.value}"))
        assert ROLNAMEN[ander] in pagina
        assert RECHTEN["account.beheren"].uitleg in pagina.replace("&#39;", "'")


def test_hulp_van_onbekende_rol(wereld: Wereld) -> None:
    client = wereld.client(Rol.JURIST)
    assert client.get("/hulp/systeem").status_code == 404
    antwoord = client.get("/hulp/burgemeester")
    assert antwoord.status_code == 404
    assert "Kies uit" in tekst(antwoord)
    assert wereld.app.test_client().get("/hulp").status_code == 302
