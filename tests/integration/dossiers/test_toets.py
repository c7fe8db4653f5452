"""The legal test on its page: stored part by part, never over somebody else's words, and in the document."""

import html
import re

import pytest
from sqlalchemy import select

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import operations, voorleggen
from inspecties.dossiers.bewijsstukken import voeg_stuk_toe
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_toets import Dossiertoets, Toetsregel
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.dossiers.rules.gevolgen import instrumenten
from inspecties.dossiers.toetsen import toetsen
from tests.integration.dossiers.conftest import TEKSTEN, Zaak, handelingen, verstuur
from tests.integration.dossiers.test_document import _tekst as tekst_van_pdf


@pytest.fixture
def sluiting(zaak: Zaak) -> Dossier:
    """A closure on 174a with everything but its test; committed."""
    sessie, nu, jurist = db.session(), zaak.wereld.nu, zaak.jurist
    basis = zaak.dossier(teksten=False, partij=False)
    grond = instrumenten()["victoria"].grondslag
    dossier = operations.maak_dossier(
        sessie, jurist, nu, "sluiting", grond, "Sluiting Kade", basis.locaties, basis.bezoeken, TEKSTEN
    )
    operations.voeg_partij_toe(sessie, jurist, nu, dossier, "Kade Beheer BV", "eigenaar", "01234567")
    sessie.commit()
    return dossier


def _open(zaak: Zaak, dossier: Dossier) -> dict[str, str]:
    """The fields of the form as a person gets them: names and hidden values."""
    pagina = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{dossier.uid}/toets").get_data(as_text=True)
    return dict(re.findall(r'name="(gezien-[a-z_]+)" value="([0-9a-f]{64})"', pagina))


def _bewaar(zaak: Zaak, dossier: Dossier, velden: dict[str, str]) -> tuple[int, str]:
    antwoord = verstuur(zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/toets", **velden)
    return antwoord.status_code, html.unescape(antwoord.get_data(as_text=True))


def _vol(**anders: str) -> dict[str, str]:
    velden = {}
    for eis in toetsen()["victoria"].eisen:
        velden |= {f"tekst-{eis.code}": f"Feiten over {eis.code}.", f"antwoord-{eis.code}": "voldaan"}
    for poort in toetsen()["victoria"].poorten:
        velden[f"antwoord-{poort.code}"] = "nee" if poort.stopt_bij == "ja" else "ja"
    return velden | anders


def test_van_leeg_naar_document(zaak: Zaak, sluiting: Dossier) -> None:
    client = zaak.wereld.client(Rol.JURIST)
    pad = f"/dossiers/{sluiting.uid}"
    assert "Juridische toets: Nog te schrijven: Incidenten buiten, met datum." in client.get(pad).get_data(as_text=True)
    gezien = _open(zaak, sluiting)
    assert _bewaar(zaak, sluiting, gezien | _vol(**{"antwoord-onbepaald": "ja"}))[0] == 302
    pagina = client.get(pad).get_data(as_text=True)
    assert "Onbepaalde tijd was in een massagesalon niet noodzakelijk." in pagina
    assert "Zonder bewijs: Lichtere middelen (noodzaak)." in pagina
    with pytest.raises(voorleggen.NietGereed):
        voorleggen.leg_voor(db.session(), zaak.jurist, zaak.wereld.nu, zaak.opslag, sluiting)
    db.session.rollback()
    toch = {"antwoord-onbepaald": "ja", "waarom-onbepaald": "Tot de nieuwe eigenaar er is."}
    assert _bewaar(zaak, sluiting, _open(zaak, sluiting) | _vol(**toch))[0] == 302
    # Only what changed was written: two parts by two acts, the others once.
    assert handelingen().count("dossier_toets") == 2
    pdf = tekst_van_pdf(client.get(f"{pad}/document.pdf").get_data())
    for zin in ("Juridische toets", "Feiten over incidenten.", "Tot de nieuwe eigenaar er is.", "ABRvS 2022:1594"):
        assert zin in pdf.replace("\n", " ")


def test_een_rapport_en_een_verklaring_dragen_een_eis(zaak: Zaak, sluiting: Dossier) -> None:
    client, sessie = zaak.wereld.client(Rol.JURIST), db.session()
    nu = zaak.wereld.nu
    gegevens = Stukgegevens("verklaring", "Buur", "Bewoner", nu.date(), "ondertekend", tekst="Ik zag een mes.")
    stuk = voeg_stuk_toe(sessie, zaak.jurist, nu, zaak.opslag, sluiting, gegevens, set())
    sessie.commit()
    velden = _vol() | {"bewijs-incidenten": str(stuk.uid), "bewijs-lichter": "0" * 36}
    assert "Dit bewijs staat niet meer op de lijst" in _bewaar(zaak, sluiting, _open(zaak, sluiting) | velden)[1]
    assert _bewaar(zaak, sluiting, _open(zaak, sluiting) | _vol() | {"bewijs-incidenten": str(stuk.uid)})[0] == 302
    pagina = client.get(f"/dossiers/{sluiting.uid}").get_data(as_text=True)
    assert "Zonder bewijs: Lichtere middelen (noodzaak)." in pagina
    assert "Zonder bewijs: Incidenten" not in pagina
    pdf = " ".join(tekst_van_pdf(client.get(f"/dossiers/{sluiting.uid}/document.pdf").get_data()).split())
    assert "Bewijs: V1." in pdf
    assert "V1. Buur" in pdf
    # What the neighbour said is read in the piece itself, where it can be covered for parties.
    assert "Ik zag een mes" not in pdf


def test_een_ander_schreef_intussen_hetzelfde_deel(zaak: Zaak, sluiting: Dossier) -> None:
    gezien = _open(zaak, sluiting)
    assert _bewaar(zaak, sluiting, gezien | {"tekst-duur": "Drie maanden.", "antwoord-duur": "voldaan"})[0] == 302
    # Another part on the same old page goes through; this one does not, and nothing of it is lost.
    status, pagina = _bewaar(zaak, sluiting, gezien | {"tekst-duur": "Zes maanden.", "tekst-lichter": "Brief."})
    assert status == 409
    assert "Drie maanden." in pagina
    assert "Zes maanden." in pagina
    assert "Brief." in pagina
    db.session.rollback()
    assert [r.tekst for r in db.session.scalars(select(Toetsregel))] == ["Drie maanden."]
    opnieuw = dict(re.findall(r'name="(gezien-[a-z_]+)" value="([0-9a-f]{64})"', pagina))
    velden = {"tekst-duur": "Zes maanden.", "antwoord-duur": "voldaan", "tekst-lichter": "Brief."}
    assert _bewaar(zaak, sluiting, opnieuw | velden)[0] == 302


def test_wie_een_deel_niet_aanraakt_botst_daar_niet(zaak: Zaak, sluiting: Dossier) -> None:
    oud = _open(zaak, sluiting)
    assert _bewaar(zaak, sluiting, oud | {"tekst-duur": "Drie maanden.", "antwoord-duur": "voldaan"})[0] == 302
    # From a page of before that, with the duration left as it was there.
    assert _bewaar(zaak, sluiting, oud | {"tekst-lichter": "Brief."})[0] == 302
    db.session.rollback()
    teksten = {r.code: r.tekst for r in db.session.scalars(select(Toetsregel))}
    assert teksten == {"duur": "Drie maanden.", "lichter": "Brief."}


def test_wat_niet_kan_noemt_het_deel_en_slaat_niets_op(zaak: Zaak, sluiting: Dossier) -> None:
    gezien = _open(zaak, sluiting)
    for velden, zin in (
        ({"antwoord-incidenten": "voldaan"}, "Schrijf eerst de feiten op waaruit dit blijkt."),
        ({"antwoord-onbepaald": "misschien"}, "Kies ja of nee."),
        ({"antwoord-onbepaald": "nee", "waarom-onbepaald": "Zomaar"}, "Maak dit veld leeg."),
        ({"tekst-duur": "x" * 6001}, "hooguit 6000 tekens"),
        ({"tekst-duur": "x", "bewijs-duur": "018f0000-0000-7000-8000-000000000000"}, "staat niet meer op de lijst"),
    ):
        status, pagina = _bewaar(zaak, sluiting, gezien | velden | {"tekst-geschikt": "Dit blijft staan."})
        assert status in {400, 422}, velden
        assert zin in pagina
        assert "Dit blijft staan." in pagina
    db.session.rollback()
    assert db.session.scalars(select(Dossiertoets)).all() == []


def test_een_lopend_dossier_houdt_zijn_versie(zaak: Zaak, sluiting: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _bewaar(zaak, sluiting, _open(zaak, sluiting) | _vol())[0] == 302
    nieuw = {"victoria": toetsen()["apv_sluiting"]}
    monkeypatch.setattr("inspecties.dossiers.toetsen.toetsen", lambda: nieuw)
    pagina = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{sluiting.uid}/toets").get_data(as_text=True)
    assert "Welke grond: a, b of c" in pagina


def test_zonder_toets_en_na_voorleggen(zaak: Zaak, sluiting: Dossier) -> None:
    client = zaak.wereld.client(Rol.JURIST)
    ander = db.session.scalars(select(Dossier).where(Dossier.soort == "bouw_wonen")).one()
    assert client.get(f"/dossiers/{ander.uid}/toets").status_code == 404
    gezien = _open(zaak, sluiting)
    sluiting.toestand = "voorgelegd"
    db.session.commit()
    # What lies with the cabinet is there to read, and not to change.
    for rol in (Rol.JURIST, Rol.COORDINATOR):
        lezen = zaak.wereld.client(rol).get(f"/dossiers/{sluiting.uid}/toets")
        assert lezen.status_code == 200
        assert "Toets bewaren" not in lezen.get_data(as_text=True)
        assert "Vragen uit rechtspraak en beleid" in lezen.get_data(as_text=True)
    assert _bewaar(zaak, sluiting, gezien | _vol())[0] == 409
