"""A jurist changes the template in Word, makes a letter with it, edits, fills in, freezes and proves its service."""

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from inspecties.database.basis import db
from inspecties.dossiers import besluiten
from inspecties.dossiers.models import Dossier
from tests.browser.keuring import keur
from tests.browser.trajecten.conftest import Open
from tests.integration.dossiers.conftest import Zaak
from tests.tusklant import jpeg

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def akkoord(zaak: Zaak) -> Dossier:
    """A last on which the cabinet decided; committed."""
    dossier = zaak.voorgelegd()
    sha256 = dossier.stukken[-1].sha256
    besluiten.keur_goed(db.session(), zaak.kabinet, zaak.wereld.nu, zaak.opslag, dossier, sha256)
    db.session.commit()
    return dossier


def _haal(pagina: Page, naam: str, doel: Path) -> Path:
    with pagina.expect_download() as opgehaald:
        pagina.get_by_role("link", name=naam).first.click()
    opgehaald.value.save_as(doel)
    return doel


def _sjabloon(pagina: Page, tmp_path: Path) -> None:
    """The default text goes to Word and comes back: first with a field that does not exist."""
    word = _haal(pagina, "Standaardtekst als Word", tmp_path / "sjabloon.docx")
    for veld in ("kenmerkk", "kenmerk"):
        document = Document(str(word))
        document.paragraphs[-1].text = f"Met groet van team Wonen, {{{{ {veld} }}}}"
        document.save(str(word))
        pagina.get_by_label("Word-bestand").set_input_files(word)
        pagina.get_by_label("Wat is er veranderd?").fill("Onze groet")
        pagina.get_by_role("button", name="Nakijken en bewaren").click()
        if veld == "kenmerkk":
            expect(pagina.get_by_role("alert")).to_contain_text("Bedoelt u 'kenmerk'?")
    expect(pagina.get_by_text("Versie 1 is nagekeken en bewaard")).to_be_visible()
    pagina.get_by_label("Welke tekst geldt?").select_option(index=1)
    pagina.get_by_label("Waarom?").fill("Afgesproken in het team")
    pagina.get_by_role("button", name="Bewaren", exact=True).click()
    expect(pagina.get_by_text("Bewaard welke tekst geldt")).to_be_visible()
    assert keur(pagina) == []


def test_van_sjabloon_tot_bewijs_van_bezorging(openen: Open, akkoord: Dossier, tmp_path: Path) -> None:
    pad = f"/dossiers/{akkoord.uid}/brieven"
    pagina = openen("/sjablonen/besluit_last_dwangsom")
    _sjabloon(pagina, tmp_path)
    pagina.goto(pad)
    expect(pagina.get_by_role("heading", name="Nieuwe brief")).to_be_visible()
    # Where the track asks for letters, the others are folded.
    if "Andere brieven" in pagina.locator("main").inner_text():
        pagina.get_by_text("Andere brieven").click()
    pagina.get_by_role("link", name="Last onder dwangsom", exact=True).click()
    pagina.get_by_label("Aan wie gaat de brief?").select_option(index=1)
    pagina.get_by_role("button", name="Brief maken").click()
    expect(pagina.get_by_text("De brief is gemaakt en gevuld uit het dossier")).to_be_visible()
    expect(pagina.get_by_text("Met groet van team Wonen, dossier")).to_be_visible()
    expect(pagina.get_by_text("Vul eerst alles in wat geel is.")).to_be_visible()
    assert keur(pagina) == []

    plekken = pagina.locator("textarea[name=waarde]")
    expect(plekken.first).to_be_visible()
    for nr in range(plekken.count()):
        plekken.nth(nr).fill(f"Ingevuld {nr}")
    pagina.get_by_role("button", name="Invullen").click()
    expect(pagina.get_by_role("button", name="Versie 2 vastleggen")).to_be_visible()
    pagina.get_by_role("link", name="Tekst wijzigen").click()
    groet = pagina.get_by_role("textbox").filter(has_text="Met groet van team Wonen")
    groet.fill("Met vriendelijke groet")
    assert keur(pagina) == []
    pagina.get_by_role("button", name="Tekst bewaren").click()
    expect(pagina.get_by_text("Met vriendelijke groet")).to_be_visible()

    word = _haal(pagina, "Word-bestand", tmp_path / "brief.docx")
    document = Document(str(word))
    document.paragraphs[-1].text += "\nuit Word"
    document.save(str(word))
    pagina.get_by_label("Word-bestand van deze brief").set_input_files(word)
    pagina.get_by_role("button", name="Bestand terugzetten").click()
    expect(pagina.get_by_text("Het Word-bestand is overgenomen als versie 4")).to_be_visible()

    pagina.get_by_role("button", name="Versie 4 vastleggen").click()
    expect(pagina.get_by_text("De brief is vastgelegd. Print of mail de PDF")).to_be_visible()
    expect(pagina.get_by_role("link", name="Tekst wijzigen")).to_have_count(0)
    pdf = tmp_path / "brief.pdf"
    pdf.write_bytes(pagina.request.get(f"{pagina.url}/pdf").body())
    tekst = " ".join(p.extract_text() for p in PdfReader(pdf).pages)
    assert "uit Word" in tekst
    assert "CONCEPT" not in tekst

    pagina.get_by_label("Uitgereikt").check()
    pagina.get_by_label("Op welke dag?").fill("2026-11-21")
    pagina.get_by_role("button", name="Vastleggen", exact=True).click()
    expect(pagina.get_by_role("alert")).to_contain_text("Een besluit bekendmaken kan niet zonder bewijs")
    pagina.get_by_label("Bewijs in woorden").fill("Getekend door de directeur")
    bon = {"name": "bon.jpg", "mimeType": "image/jpeg", "buffer": jpeg("silver")}
    pagina.get_by_label("Bewijs als bestand").set_input_files(files=[bon])
    pagina.get_by_role("button", name="Vastleggen", exact=True).click()
    expect(pagina.get_by_text("Bezorgd: uitgereikt")).to_be_visible()
    expect(pagina.get_by_role("link", name="bon.jpg")).to_be_visible()
    assert keur(pagina) == []
