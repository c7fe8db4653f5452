"""A jurist changes a checklist: out to Excel, a slip, a draft, compare, publish, withdraw."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import WCAG, overtredingen, te_breed

LIJST = "Pand (algemeen)"


@pytest.fixture
def als(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Callable[[str, int], Page]]:
    """A page of this width in which somebody has logged in."""
    contexten: list[BrowserContext] = []

    def aangemeld(naam: str, breedte: int) -> Page:
        context = bladeraar.new_context(
            base_url=demodienst.adres,
            locale="nl-NL",
            viewport={"width": breedte, "height": 900},
            bypass_csp=True,  # only to run axe
        )
        context.set_default_timeout(GEDULD_MS)
        contexten.append(context)
        pagina = context.new_page()
        meld_aan(pagina, demodienst, naam)
        return pagina

    yield aangemeld
    for context in contexten:
        context.close()


def is_toegankelijk(pagina: Page) -> None:
    """No finding of axe and no sideways scrolling. Wait first for the page that a click asked for."""
    assert te_breed(pagina) == 0
    assert overtredingen(pagina, [*WCAG, "best-practice"]) == []


def haal_excel(pagina: Page) -> bytes:
    with pagina.expect_download() as wacht:
        pagina.get_by_role("link", name="Excel (.xlsx)").click()
    return Path(wacht.value.path()).read_bytes()


def pas_aan(inhoud: bytes, versie: str, *, fout: bool) -> bytes:
    """As somebody does in Excel: another number, one question more, and one time a slip."""
    werkmap = load_workbook(io.BytesIO(inhoud))
    blad = werkmap["survey"]
    kop = [cel.value for cel in blad[1]]
    rij = dict.fromkeys(kop, None)
    rij |= {"type": "integer", "name": f"fietsen_{versie}", "label::Nederlands (nl)": "Hoeveel fietsen staan er?"}
    rij["relevant"] = "${fietsenstalling} = 1" if fout else "${aantal_personen} > 2"
    blad.append([rij[naam] for naam in kop])
    instellingen = werkmap["settings"]
    plaats = [cel.value for cel in instellingen[1]].index("version") + 1
    instellingen.cell(2, plaats).value = versie
    uit = io.BytesIO()
    werkmap.save(uit)
    return uit.getvalue()


def lees_in(pagina: Page, inhoud: bytes) -> None:
    pagina.get_by_label("Formulier", exact=True).set_input_files(
        {"name": "pand.xlsx", "mimeType": "application/octet-stream", "buffer": inhoud}
    )
    pagina.get_by_role("button", name="Lees het formulier in").click()


@pytest.mark.parametrize("breedte", [360, 1280])
def test_een_jurist_wijzigt_een_checklist(als: Callable[[str, int], Page], breedte: int) -> None:
    versie = f"proef.{breedte}"
    pagina = als("jurist", breedte)
    pagina.goto("/checklists")
    is_toegankelijk(pagina)
    pagina.get_by_role("link", name=LIJST).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(LIJST)
    is_toegankelijk(pagina)
    pagina.locator("tr", has_text="Geldt nu").get_by_role("link").first.click()
    inhoud = haal_excel(pagina)

    pagina.goto("/checklists/inlezen")
    lees_in(pagina, pas_aan(inhoud, versie, fout=True))
    fout = pagina.locator("tr", has_text="fietsenstalling")
    expect(fout).to_contain_text("survey")
    expect(fout).to_contain_text("relevant")
    expect(pagina.get_by_role("alert")).to_contain_text("Er is niets opgeslagen")
    is_toegankelijk(pagina)

    lees_in(pagina, pas_aan(inhoud, versie, fout=False))
    expect(pagina.get_by_role("heading", level=1)).to_have_text(f"{LIJST}, versie {versie}")
    is_toegankelijk(pagina)
    pagina.get_by_role("link", name=re.compile(r"Verschil met versie 2026")).first.click()
    nieuw = pagina.get_by_role("region", name="Hoeveel fietsen staan er?")
    expect(nieuw).to_contain_text("Erbij")
    expect(nieuw).to_contain_text("${aantal_personen} > 2")
    is_toegankelijk(pagina)

    pagina.go_back()
    pagina.get_by_label("Geldig vanaf").fill("2031-01-01" if breedte == 360 else "2031-01-02")
    pagina.get_by_label("Overig").check()
    pagina.get_by_role("button", name="Publiceer deze versie").click()
    expect(pagina.get_by_role("status").first).to_contain_text("Lopende bezoeken veranderen niet")
    expect(pagina.locator("dl")).to_contain_text("Overig")
    pagina.get_by_label("Waarom trekt u deze versie in?").fill("Alleen om te oefenen")
    is_toegankelijk(pagina)
    pagina.get_by_role("button", name="Trek deze versie in").click()
    expect(pagina.locator("dl")).to_contain_text("Alleen om te oefenen")


def test_intrekken_wat_een_klare_actie_nodig_heeft(als: Callable[[str, int], Page]) -> None:
    """The stops of tonight's action would be left without: it names them, and nothing changes."""
    pagina = als("beheerder", 1280)
    pagina.goto("/checklists")
    for naam in pagina.locator("tbody tr td:first-child a").all_inner_texts():
        pagina.goto("/checklists")
        pagina.get_by_role("link", name=naam, exact=True).click()
        pagina.locator("tr", has_text="Geldt nu").get_by_role("link").first.click()
        pagina.get_by_label("Waarom trekt u deze versie in?").fill("Proef")
        adres = pagina.url
        # The page that answers, loaded to its end: the old one may still be there when the answer comes.
        with pagina.expect_event("load"):
            pagina.get_by_role("button", name="Trek deze versie in").click()
        expect(pagina.get_by_role("alert").or_(pagina.get_by_role("status")).first).to_be_visible()
        if pagina.get_by_role("alert").count():
            expect(pagina.get_by_role("alert")).to_contain_text("dan is er geen geldige versie meer voor")
            pagina.goto(adres)
            expect(pagina.locator("dl")).to_contain_text("Gepubliceerd")
            return
    raise AssertionError("no checklist of the action of today was held back")
