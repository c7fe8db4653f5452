"""One question, or the whole checklist, in the language of the person in front."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los import meertalig, voorbeeld
from tests.browser.veld_los.conftest import fouten_van, richt_in
from tests.browser.veld_los.nepserver import Stand
from tests.browser.veld_los.schermeisen import axe, te_breed, te_klein
from tests.browser.veld_los.test_dienst import vreemde_op, wacht_op_opgeslagen, word_online

HASH = voorbeeld.HASH


@pytest.fixture
def stand() -> Stand:
    return Stand(pak=meertalig.pak(), gebruiker=voorbeeld.GEBRUIKER)


def open_checklist(page: Page, hash_: str = HASH) -> None:
    page.locator(f"[data-checklist='{hash_}']").click()
    page.locator(".bezoek [data-sleutel]").first.wait_for()


def toon(page: Page, vraag: str) -> Locator:
    """Open the sheet of this question."""
    page.locator(f".bezoek [data-sleutel={vraag}] [data-taal-openen]").click()
    return page.get_by_role("dialog", name="Vraag in een andere taal")


def gezet(stand: Stand) -> list[tuple[str, object]]:
    return [(b["op"]["vraag_id"], b["op"]["waarde"]) for b in stand.ops.values()]


def test_een_vraag_zonder_netwerk_in_de_taal_van_de_bewoner(tablet: Tablet, stand: Stand) -> None:
    context = tablet()
    page = context.pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    context.set_offline(True)
    open_checklist(page)
    # Only where there is a translation.
    expect(page.locator("[data-sleutel=meer_dan_tien] [data-taal-openen]")).to_have_count(0)
    expect(page.locator("[data-sleutel=datum_melding] [data-taal-openen]")).to_have_count(0)
    vel = toon(page, "toestemming")
    expect(vel.get_by_role("heading", name="Gaf de bewoner toestemming?")).to_be_visible()
    vel.get_by_role("button", name="Polski").click()
    kop = vel.get_by_role("heading", name="Czy możemy wejść?")
    expect(kop.locator("span")).to_have_attribute("lang", "pl")
    expect(vel.locator(".thuistaal[lang=nl]").first).to_have_text("Gaf de bewoner toestemming?")
    expect(vel.get_by_text("Można odmówić.")).to_be_visible()
    expect(vel.locator(".tegel")).to_have_text(["TakJa", "NieNee", "Nie wiemOnbekend"])
    vel.locator(".tegel", has_text="Nie wiem").click()
    vel.locator(".tegel", has_text="Tak").click()
    expect(vel.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")
    vel.get_by_role("button", name="Terug").click()
    expect(vel).to_have_count(0)
    expect(page.locator("[data-sleutel=toestemming] [data-taal-openen]")).to_be_focused()
    expect(page.locator("[name=toestemming][value=ja]")).to_be_checked()

    # The language stays with this stop, also after a reload, and is not asked again.
    page.reload()
    open_na = page.locator("[data-sleutel=aantal_bewoners] [data-taal-openen]")
    open_na.wait_for()
    vel = toon(page, "aantal_bewoners")
    expect(vel.get_by_role("heading", name="Ile osób tu mieszka?")).to_be_visible()
    expect(vel.get_by_role("button", name="Polski")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    # Another stop, another person.
    page.get_by_role("button", name="Stops").click()
    page.get_by_role("button", name="Dijkweg 3-bis").click()
    open_checklist(page)
    vel = toon(page, "toestemming")
    expect(vel.get_by_role("button", name="Polski")).to_have_attribute("aria-pressed", "false")
    expect(vel.get_by_role("heading", name="Gaf de bewoner toestemming?")).to_be_visible()
    assert stand.ops == {}

    page.keyboard.press("Escape")
    word_online(context, page)
    expect(page.locator("#veld-kop")).to_contain_text("Alles is verzonden")
    assert gezet(stand) == [("toestemming", "onbekend"), ("toestemming", "ja")]
    assert fouten == []


def test_alleen_met_het_toetsenbord(tablet: Tablet) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    page.locator("[data-sleutel=toestemming] [data-taal-openen]").focus()
    page.keyboard.press("Enter")
    vel = page.get_by_role("dialog")
    expect(vel.get_by_role("button", name="Terug")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(vel.get_by_role("button", name="Български")).to_be_focused()
    page.keyboard.press("Space")
    expect(vel.get_by_role("heading", name="Може ли да влезем?")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(vel.get_by_role("radio", name="Да")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(vel.get_by_role("radio", name="Не Nee")).to_be_checked()
    # The focus does not leave the sheet for what lies below it.
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(vel).to_have_count(0)
    expect(page.locator("[data-sleutel=toestemming] [data-taal-openen]")).to_be_focused()
    expect(page.locator("[name=toestemming][value=nee]")).to_be_checked()


def test_getal_tekst_en_meer_keuzes(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    vel = toon(page, "aantal_bewoners")
    vel.get_by_role("button", name="Polski").click()
    veld = vel.get_by_role("textbox", name="Ile osób tu mieszka?")
    veld.fill("veel")
    expect(vel.get_by_role("alert")).to_contain_text("Vul alleen een getal in")
    veld.fill("-2")
    expect(vel.get_by_role("alert")).to_have_text("Een aantal kan niet onder nul zijn.")
    veld.fill("12")
    expect(vel.get_by_role("alert")).to_be_hidden()
    vel.get_by_role("button", name="Terug").click()
    expect(page.locator(".bezoek [name=aantal_bewoners]")).to_have_value("12")
    expect(page.locator("[data-sleutel=meer_dan_tien]")).to_be_visible()

    vel = toon(page, "exploitant")
    expect(vel.get_by_text("Naam en bedrijf")).to_have_count(0)  # the Dutch hint is for the inspector
    veld = vel.get_by_role("textbox", name="Kto wynajmuje to mieszkanie?")
    expect(veld).to_have_attribute("lang", "pl")
    veld.fill("Łódź Wynajem")
    vel.get_by_role("button", name="Terug").click()
    expect(page.locator(".bezoek [name=exploitant]")).to_have_value("Łódź Wynajem")

    vel = toon(page, "gebreken")
    vel.locator(".chip", has_text="Wilgoć").click()
    vel.locator(".chip", has_text="Elektra onveilig").click()
    # What has no translation stays Dutch, and says that it is.
    expect(vel.locator(".chip", has_text="Elektra onveilig").locator("[lang]")).to_have_attribute("lang", "nl")
    vel.get_by_role("button", name="Terug").click()
    wacht_op_opgeslagen(page)
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator("#veld-kop")).to_contain_text("Alles is verzonden")
    assert dict(gezet(stand)) == {
        "aantal_bewoners": 12,
        "exploitant": "Łódź Wynajem",
        "gebreken": ["elektra", "vocht"],
    }


def test_van_rechts_naar_links(tablet: Tablet) -> None:
    tablet.breedte, tablet.hoogte = 360, 740
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    vel = toon(page, "toestemming")
    vel.get_by_role("button", name="Arabisch").click()
    tekst = vel.get_by_role("heading", name="هل يمكننا الدخول؟").locator("span")
    expect(tekst).to_have_attribute("lang", "ar")
    expect(tekst).to_have_css("direction", "rtl")
    # The question begins at the right, the Dutch below it at the left.
    rechts = "el => { const r = document.createRange(); r.selectNodeContents(el); return r.getBoundingClientRect(); }"
    vak, groot = vel.locator(".taalinhoud").bounding_box(), tekst.evaluate(rechts)
    klein = vel.locator(".thuistaal").first.evaluate(rechts)
    assert vak is not None
    assert abs(vak["x"] + vak["width"] - groot["right"]) < 2
    assert abs(vak["x"] - klein["left"]) < 2
    vel.locator(".tegel", has_text="نعم").click()
    assert te_breed(page, "dialog") == 0
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("[name=toestemming][value=ja]")).to_be_checked()


def test_de_hele_checklist_in_een_andere_taal_en_terug(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    open_checklist(page)
    page.locator("[name=toestemming][value=ja]").check()
    page.locator("[name=exploitant]").fill("De Meerkoet")
    page.get_by_label("Taal van de vragen").select_option("pl")
    vraag = page.locator("[data-sleutel=toestemming]")
    expect(vraag.locator(".vraagtekst")).to_have_text("Czy możemy wejść?")
    expect(vraag.locator(".vraagtekst")).to_have_attribute("lang", "pl")
    expect(vraag.locator(".tegel span")).to_have_text(["Tak", "Nie", "Nie wiem"])
    expect(vraag.locator(".tegel span").first).to_have_attribute("lang", "pl")
    expect(page.locator("[name=toestemming][value=ja]")).to_be_checked()
    expect(page.locator("[name=exploitant]")).to_have_value("De Meerkoet")
    zonder = page.locator("[data-sleutel=datum_melding] .vraagtekst")
    expect(zonder).to_have_text("Datum van de gebruiksmelding")
    assert zonder.get_attribute("lang") is None
    page.locator("[name=aantal_bewoners]").fill("11")
    assert axe(page) == []
    page.get_by_label("Taal van de vragen").select_option("nl")
    expect(vraag.locator(".vraagtekst")).to_have_text("Gaf de bewoner toestemming?")
    assert vraag.locator(".vraagtekst").get_attribute("lang") is None
    expect(page.locator("[name=aantal_bewoners]")).to_have_value("11")
    wacht_op_opgeslagen(page)
    # A language is no answer.
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator("#veld-kop")).to_contain_text("Alles is verzonden")
    assert sorted(gezet(stand), key=str) == [
        ("aantal_bewoners", 11),
        ("exploitant", "De Meerkoet"),
        ("toestemming", "ja"),
    ]
    assert fouten == []


def test_twee_antwoorden_lost_de_inspecteur_op_niet_de_bewoner(tablet: Tablet, stand: Stand) -> None:
    context = tablet()
    page = context.pages[0]
    richt_in(page)
    open_checklist(page)
    context.set_offline(True)
    page.locator("[name=toestemming][value=ja]").check()
    wacht_op_opgeslagen(page)
    vel = toon(page, "toestemming")
    vel.get_by_role("button", name="Polski").click()
    expect(vel.get_by_role("radio")).to_have_count(3)
    vreemde_op(stand, "toestemming", "nee")
    word_online(context, page)
    # It arrives while the sheet is open.
    expect(vel.get_by_text("Bij deze vraag staan twee antwoorden.")).to_be_visible()
    expect(vel.get_by_role("radio")).to_have_count(0)


def test_vergrendelen_haalt_het_vel_weg(tablet: Tablet) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    vel = toon(page, "toestemming")
    vel.get_by_role("button", name="Polski").click()
    # As another tab of the same tablet does.
    page.evaluate("new BroadcastChannel('inspecties-veld').postMessage({soort: 'vergrendel'})")
    page.get_by_role("button", name="Ontgrendelen").wait_for()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text("Czy możemy")


@pytest.mark.parametrize("thema", ["auto", "donker", "zon"])
def test_het_vel_is_toegankelijk_op_360_pixels(tablet: Tablet, thema: str) -> None:
    """The real form: the longest texts, in every language."""
    tablet.breedte, tablet.hoogte = 360, 740
    page = tablet().pages[0]
    richt_in(page)
    page.evaluate("thema => (document.documentElement.dataset.thema = thema)", thema)
    wonen = meertalig.echt("huisvesting_arbeidsmigranten")
    open_checklist(page, wonen["hash"])
    page.locator("[name=binnentreden_grond][value=toestemming]").check()
    assert te_klein(page, "[data-sleutel=toestemming_gegeven] .extraknoppen") == []
    assert te_breed(page, "html") == 0
    # Off the bar at the bottom: what happens to lie under it counts as a small target.
    page.locator("[data-sleutel=toestemming_gegeven]").evaluate("el => el.scrollIntoView({block: 'center'})")
    assert axe(page, "[data-sleutel=toestemming_gegeven]") == []
    vel = toon(page, "toestemming_gegeven")
    vraag = next(v for v in wonen["kinderen"][0]["kinderen"] if v["naam"] == "toestemming_gegeven")
    for taal, tekst in vraag["label"].items():
        if taal == "nl":
            continue
        vel.locator(f"[data-taal={taal}]").click()
        expect(vel.get_by_role("heading")).to_have_text(tekst)
        assert te_breed(page, "dialog") == 0, taal
        assert te_klein(page, "dialog") == [], taal
        assert axe(page) == [], taal
