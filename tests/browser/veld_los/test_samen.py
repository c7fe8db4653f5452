"""Several people in one visit on the tablet, the review before finishing, additions afterwards, what became of it."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los import voorbeeld
from tests.browser.veld_los.conftest import fouten_van, richt_in
from tests.browser.veld_los.nepserver import Stand
from tests.browser.veld_los.schermeisen import axe, te_breed, te_klein

BAKKER, SMIT = "01890000-0000-7000-8000-00000000e001", "01890000-0000-7000-8000-00000000e002"
MENSEN = [
    {"id": BAKKER, "naam": "J. Bakker", "organisatie": "", "soort": ""},
    {"id": SMIT, "naam": "P. Smit", "organisatie": "Politie", "soort": "politie"},
]
DEEL_POLITIE = {
    "soort": "groep",
    "naam": "deel_politie",
    "label": {"nl": "Deel politie"},
    "rol": "politie",
    "kinderen": [
        voorbeeld.vraag("pol_gecontroleerd", "integer", "Van hoeveel personen is de identiteit vastgesteld?"),
        voorbeeld.vraag("pol_bevindingen", "text", "Bevindingen van politie"),
    ],
}


def _plaat(page: Page, naam: str) -> None:
    """A picture to look at, where the maker asks for it."""
    if map_ := os.environ.get("INSPECTIES_TEST_PLATEN"):
        page.screenshot(path=Path(map_) / f"{naam}.png", full_page=True)


def _keur(page: Page) -> None:
    assert axe(page) == []
    assert te_breed(page, "html") <= 0
    assert te_klein(page, "main") == []


def _open(page: Page) -> None:
    page.locator("[data-checklist]").first.click()
    page.locator("[name=toestemming][value=ja]").wait_for()


def _pak(stand: Stand, soort: str) -> dict[str, Any]:
    definitie = stand.pak["definities"][voorbeeld.HASH]
    definitie["kinderen"].insert(2, DEEL_POLITIE)
    stand.pak["gebruiker"] = voorbeeld.GEBRUIKER | {"partnersoort": soort}
    stand.pak["acties"][0]["mensen"] = [MENSEN[0]]
    stand.mensen = MENSEN
    return stand.pak


def test_samen_in_een_bezoek(tablet: Tablet, stand: Stand) -> None:
    _pak(stand, "")
    stand.anderen = [
        {"id": SMIT, "form_versie": voorbeeld.HASH, "deel": "deel_politie", "seconden": 70},
        {"id": BAKKER, "form_versie": voorbeeld.HASH, "deel": "brand", "seconden": 3},
    ]
    page = tablet().pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    _open(page)
    # Who is where, and a part that is not the gemeente's.
    expect(page.locator("[data-deel=brand] .deelwie")).to_have_text("J. Bakker werkt hier nu")
    expect(page.locator("[data-deel=deel_politie] .deelwie")).to_have_text(
        "P. Smit (Politie) werkte hier 1 minuut geleden"
    )
    politie = page.locator("[data-deel=deel_politie]")
    expect(politie).to_contain_text("Dit deel vult de politie in. U kunt het alleen lezen.")
    expect(politie.locator("input, textarea")).to_have_count(0)
    assert stand.gezien_in[0] == "toegang"

    # Own answer first, then a colleague answers the same apart, and two other things.
    page.locator("[name=exploitant]").fill("Havenzicht BV")
    page.locator("[name=exploitant]").blur()
    with stand.slot:
        stand.van_ander(voorbeeld.BEZOEK, BAKKER, "exploitant", "Havenzicht Beheer BV")
        stand.van_ander(voorbeeld.BEZOEK, BAKKER, "aantal_bewoners", 12)
        stand.van_ander(voorbeeld.BEZOEK, SMIT, "pol_gecontroleerd", 4)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    band = page.locator(".samenband")
    expect(band).to_contain_text("3 antwoorden van J. Bakker en P. Smit (Politie) zijn erbij gekomen")
    expect(politie.locator("[data-sleutel=pol_gecontroleerd] .leesantwoord")).to_have_text("4")
    conflict = page.locator("[data-conflict=exploitant]")
    expect(conflict).to_contain_text("J. Bakker, za 21 nov")
    expect(conflict).to_contain_text("op een ander toestel")
    expect(conflict).to_contain_text("op dit toestel")
    expect(page.locator("[data-sleutel=aantal_bewoners] .nieuwmerk")).to_contain_text("Nieuw van J. Bakker")
    _keur(page)
    _plaat(page, "samen")
    band.get_by_role("button", name="Bekijk").click()
    lijst = page.get_by_role("dialog", name="Wat anderen invulden")
    expect(lijst).to_contain_text("Hoeveel mensen wonen hier?12J. Bakker")
    _plaat(page, "samen-lijst")
    lijst.get_by_role("button", name="Hoeveel mensen wonen hier?").click()
    expect(page.locator("[name=aantal_bewoners]")).to_be_focused()
    expect(page.locator("[data-sleutel=aantal_bewoners] .nieuwmerk")).to_have_count(0)
    expect(band).to_contain_text("2 antwoorden")
    band.get_by_role("button", name="Gezien").click()
    expect(band).to_be_hidden()

    # Neither is right: a new answer, which names both.
    conflict.get_by_role("button", name="Geen van beide").click()
    page.locator("[name=exploitant]").fill("Havenzicht Holding BV")
    page.locator("[name=exploitant]").blur()
    expect(conflict).to_have_count(0)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-verzending=compleet]").first).to_be_visible()
    besluit = [b["op"] for b in stand.ops.values() if b["op"]["vraag_id"] == "exploitant"][-1]
    assert (besluit["waarde"], len(besluit["base_op_ids"])) == ("Havenzicht Holding BV", 2)
    assert not [b for b in stand.ops.values() if b["op"]["vraag_id"] == "pol_bevindingen"]
    assert fouten == []


def test_controle_afronden_en_aanvullen(tablet: Tablet, stand: Stand) -> None:
    deel = DEEL_POLITIE | {"naam": "deel_politie"}
    stand.pak["definities"][voorbeeld.HASH]["kinderen"].insert(2, deel)
    stand.pak["gebruiker"] = voorbeeld.GEBRUIKER | {"partnersoort": ""}
    page = tablet().pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    _open(page)
    page.locator("[name=toestemming][value=ja]").check()
    page.get_by_role("button", name="Controleren en afronden").click()
    page.get_by_role("heading", name="Controle voor afronden").wait_for()
    expect(page.get_by_role("heading", name="Vult een partner nog in (1)")).to_be_visible()
    expect(page.get_by_text("Hier heeft de politie nog niets ingevuld.")).to_be_visible()
    _keur(page)
    _plaat(page, "controle")
    page.get_by_role("button", name="Hoeveel mensen wonen hier?").click()
    expect(page.locator("[name=aantal_bewoners]")).to_be_focused()
    page.locator("[name=aantal_bewoners]").fill("4")
    page.locator("[name=aantal_bewoners]").blur()
    _plaat(page, "terug-naar-controle")
    page.get_by_role("button", name="Terug naar controle").click()
    page.get_by_role("heading", name="Controle voor afronden").wait_for()
    expect(page.get_by_role("button", name="Hoeveel mensen wonen hier?")).to_have_count(0)
    page.get_by_role("button", name="Toch afronden").click()

    # Finished: to be read. Adding asks why, once, before the first answer.
    page.get_by_role("button", name="Kanaalstraat 12").click()
    page.locator("[data-checklist]").first.click()
    expect(page.locator(".leesstand")).to_contain_text("Dit bezoek is afgerond.")
    _keur(page)
    _plaat(page, "afgerond")
    page.locator("[name=exploitant]").focus()
    page.keyboard.type("x")
    reden = page.get_by_role("dialog", name="Waarom vult u iets aan?")
    reden.get_by_role("button", name="Verder met aanvullen").click()
    expect(reden.get_by_role("alert")).to_have_text("Kies waarom u iets aanvult.")
    assert axe(page) == []
    _plaat(page, "reden")
    reden.get_by_label("Later gezien of gehoord").check()
    reden.get_by_label("Toelichting").fill("de eigenaar belde")
    reden.get_by_role("button", name="Verder met aanvullen").click()
    expect(page.locator(".leesstand")).to_contain_text("Reden: Later gezien of gehoord: de eigenaar belde.")
    expect(page.locator("[name=exploitant]")).to_have_value("")
    page.locator("[name=exploitant]").fill("Havenzicht BV")
    page.locator("[name=exploitant]").blur()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-verzending=compleet]").first).to_be_visible()
    ops = sorted((b["op"] for b in stand.ops.values()), key=lambda op: op["toestel_seq"])
    assert [op["vraag_id"] for op in ops][-2:] == [":aanvulling", "exploitant"]
    assert ops[-2]["waarde"] == "Later gezien of gehoord: de eigenaar belde"
    assert fouten == []


def test_een_partner_ziet_alleen_het_eigen_deel_en_wat_ervan_werd(tablet: Tablet, stand: Stand) -> None:
    _pak(stand, "nla")
    stand.uitkomsten = {
        "gemaakt_op": "2026-11-21T20:00:00+00:00",
        "maanden": 6,
        "bezoeken": [
            {
                "bezoek_id": voorbeeld.BEZOEK,
                "datum": "2026-11-03",
                "adres": "Kanaalstraat 12",
                "plaats": "Markerwaard",
                "uitkomsten": [
                    {
                        "naam": "Overbewoning",
                        "grondslag": "art. 22 Hvw",
                        "stand": "overgenomen",
                        "standnaam": "Overgenomen",
                        "zin": "In een dossier over bouw en wonen.",
                        "besluit": "Er is nog geen besluit.",
                    },
                    {
                        "naam": "Bouw- en brandveiligheid",
                        "grondslag": "Bbl art. 6.4",
                        "stand": "wacht",
                        "standnaam": "Wacht op beoordeling",
                        "zin": "De gemeente heeft dit nog niet beoordeeld.",
                        "besluit": "",
                    },
                ],
            }
        ],
    }
    context = tablet()
    page = context.pages[0]
    richt_in(page)
    page.get_by_role("button", name="Wat werd ervan").click()
    expect(page.get_by_text("In een dossier over bouw en wonen. Er is nog geen besluit.")).to_be_visible()
    _keur(page)
    _plaat(page, "uitkomsten")
    page.get_by_role("button", name="Stops").click()
    page.get_by_role("heading", name="Kanaalstraat 12").wait_for()
    # Without contact: what came last, and of when that is.
    context.set_offline(True)
    page.get_by_role("button", name="Wat werd ervan").click()
    expect(page.get_by_text("Er is geen verbinding. Dit is van")).to_be_visible()
    expect(page.get_by_text("Overbewoning")).to_be_visible()
    page.get_by_role("button", name="Stops").click()
    _open(page)
    expect(page.locator("[data-deel=slot]")).to_be_attached()
    expect(page.locator("[data-deel=deel_politie]")).to_have_count(0)
    expect(page.get_by_text("Deel 1 van 4")).to_be_attached()
