"""A shift with the field app: what an inspector does and must be able to count on."""

import hashlib
import io
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los import voorbeeld
from tests.browser.veld_los.conftest import WACHTZIN, fouten_van, ontgrendel, richt_in
from tests.browser.veld_los.nepserver import Stand


def foto(zaad: int = 0, zijde: int = 1300) -> bytes:
    """A JPEG of over a megabyte, so that an upload takes more than one chunk."""
    beeld = Image.effect_noise((zijde + zaad, zijde), 90).convert("RGB")
    uit = io.BytesIO()
    beeld.save(uit, "JPEG", quality=92)
    return uit.getvalue()


def open_checklist(page: Page) -> None:
    page.locator("[data-checklist]").first.click()
    page.locator("[name=toestemming][value=ja]").wait_for()


def wacht_op_opgeslagen(page: Page) -> None:
    expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")


def wacht_tot(page: Page, klaar: Callable[[], bool]) -> None:
    """Until the server saw it; the test's own time limit is the end."""
    while not klaar():
        page.wait_for_timeout(50)


def word_online(context: BrowserContext, page: Page) -> None:
    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")


def antwoorden(stand: Stand) -> list[tuple[str, str, object]]:
    return [(b["op"]["vraag_id"], b["op"]["soort"], b["op"]["waarde"]) for b in stand.ops.values()]


def test_een_dienst_zonder_netwerk(tablet: Tablet, stand: Stand) -> None:
    context = tablet()
    page = context.pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    assert page.evaluate("Object.isSealed(Object.prototype)"), "ASVS 15.3.6"
    context.set_offline(True)
    page.get_by_role("button", name="Binnen").click()
    open_checklist(page)
    page.wait_for_function("() => performance.getEntriesByName('veld-klaar').length === 1")
    expect(page.get_by_role("button", name="Nog te doen 3")).to_be_visible()
    page.locator("[name=toestemming][value=ja]").check()
    page.locator("[name=exploitant]").fill("Woonbedrijf De Meerkoet")
    expect(page.locator("[name=meer_dan_tien]")).to_be_hidden()
    page.locator("[name=aantal_bewoners]").fill("14")
    page.locator("[name=meer_dan_tien]").fill("Seizoenswerk")
    page.locator("[name=gebreken][value=vocht]").check()
    inhoud = foto()
    page.locator("[name=foto_vluchtweg]").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": inhoud}
    )
    page.locator("[data-foto] img[src]").wait_for()
    for nummer, m2 in enumerate(("9,5", "12")):
        page.locator("[data-herhaling-toevoegen=kamer]").click()
        page.locator("[data-herhaling=kamer] [name=kamer_m2]").nth(nummer).fill(m2)
        page.locator("[data-herhaling=kamer] [name=kamer_slot][value=nee]").nth(nummer).check()
    expect(page.get_by_role("button", name="Controle", exact=True)).to_be_visible()
    wacht_op_opgeslagen(page)
    eerst = page.evaluate("window.inspecties.serialiseer()")

    context = tablet()
    page = context.pages[0]
    fouten += fouten_van(page)
    context.set_offline(True)
    page.goto("/veld")
    ontgrendel(page)
    expect(page.get_by_role("heading", name="Kanaalstraat 12")).to_be_visible()
    open_checklist(page)
    assert page.evaluate("window.inspecties.serialiseer()") == eerst
    expect(page.locator("[name=exploitant]")).to_have_value("Woonbedrijf De Meerkoet")
    expect(page.locator("[name=kamer_m2]").nth(1)).to_have_value("12")
    page.locator("[data-foto] img[src]").wait_for()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "lokaal")
    assert stand.ops == {}

    word_online(context, page)
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    assert stand.bijlagen == {hashlib.sha256(inhoud).hexdigest(): inhoud}
    assert [(t["stop"], t["toestand"]) for t in stand.toestanden] == [(voorbeeld.STOP, "binnen")]
    gezet = antwoorden(stand)
    assert ("aantal_bewoners", "set", 14) in gezet
    assert ("gebreken", "set", ["vocht"]) in gezet
    assert sorted(w for v, _, w in gezet if v == "kamer_m2") == [9.5, 12]
    assert sorted(b["op"]["toestel_seq"] for b in stand.ops.values()) == list(range(1, len(stand.ops) + 1))
    assert fouten == []


def test_verwijderen_en_ongedaan_maken_van_een_kamer(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    for nummer, m2 in enumerate(("9", "10", "11")):
        page.locator("[data-herhaling-toevoegen=kamer]").click()
        page.locator("[name=kamer_m2]").nth(nummer).fill(m2)
    page.get_by_role("button", name="Kamer 2 weghalen").click()
    expect(page.locator("[data-herhaling=kamer]")).to_have_count(2)
    expect(page.locator("[name=kamer_m2]").nth(1)).to_have_value("11")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("[data-herhaling=kamer]")).to_have_count(3)
    expect(page.locator("[name=kamer_m2]").nth(1)).to_have_value("10")
    wacht_op_opgeslagen(page)
    page.reload()
    expect(page.locator("[name=kamer_m2]").nth(1)).to_have_value("10")


def test_een_verlopen_aanmelding_houdt_de_wachtrij(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    stand.aangemeld = False
    page.locator("[name=exploitant]").fill("Bewaard zonder sessie")
    wacht_op_opgeslagen(page)
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator("#veld-band")).to_contain_text("Meld u opnieuw aan")
    assert stand.ops == {}
    stand.aangemeld = True
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    assert antwoorden(stand) == [("exploitant", "set", "Bewaard zonder sessie")]


def test_een_afgebroken_foto_gaat_verder_waar_hij_was(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    stand.breek_upload_na = 1024 * 1024
    inhoud = foto()
    page.locator("[name=foto_vluchtweg]").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": inhoud}
    )
    wacht_op_opgeslagen(page)
    page.get_by_role("button", name="Nu verzenden").click()
    wacht_tot(page, lambda: stand.gebroken > 0)
    expect(page.locator("#veld-kop")).to_contain_text("1 foto nog op dit toestel")
    assert [len(deel) for deel in stand.uploads.values()] == [1024 * 1024]
    stand.breek_upload_na = None
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    assert len(stand.uploads) == 1
    assert stand.bijlagen == {hashlib.sha256(inhoud).hexdigest(): inhoud}


def vreemde_op(stand: Stand, vraag: str, waarde: object, **meer: object) -> dict[str, object]:
    """An operation of a colleague's tablet, straight into the server."""
    op = {
        "op_id": str(uuid.uuid4()),
        "bezoek_id": voorbeeld.BEZOEK,
        "vraag_id": vraag,
        "herhaling_id": None,
        "soort": "set",
        "waarde": waarde,
        "base_op_ids": [],
        "form_versie": voorbeeld.HASH,
        "toestel_id": str(uuid.uuid4()),
        "toestel_seq": 1,
        "toestel_tijd": "2026-11-21T18:00:00Z",
        "auteur_id": str(uuid.uuid4()),
        **meer,
    }
    stand.ops[str(op["op_id"])] = {"op": op, "hash": "", "rev": len(stand.ops) + 1}
    return op


def test_twee_mensen_antwoorden_verschillend(tablet: Tablet, stand: Stand) -> None:
    context = tablet()
    page = context.pages[0]
    richt_in(page)
    open_checklist(page)
    context.set_offline(True)
    page.locator("[name=exploitant]").fill("Van mij")
    wacht_op_opgeslagen(page)
    ander = vreemde_op(stand, "exploitant", "Van een ander")
    word_online(context, page)
    conflict = page.locator("[data-conflict=exploitant]")
    expect(conflict).to_contain_text("Van mij")
    expect(conflict).to_contain_text("Van een ander")
    conflict.get_by_role("button", name="Van een ander").click()
    expect(conflict).to_have_count(0)
    expect(page.locator("[name=exploitant]")).to_have_value("Van een ander")
    wacht_op_opgeslagen(page)
    page.get_by_role("button", name="Nu verzenden").click()
    # The choice is a third operation: before it, what was there already had arrived too.
    wacht_tot(page, lambda: len(stand.ops) == 3)
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    laatste = list(stand.ops.values())[-1]["op"]
    mijn = next(b["op"]["op_id"] for b in stand.ops.values() if b["op"]["waarde"] == "Van mij")
    assert laatste["waarde"] == "Van een ander"
    assert set(laatste["base_op_ids"]) == {ander["op_id"], mijn}


def test_twee_tabbladen_overschrijven_elkaar_niet(tablet: Tablet, stand: Stand) -> None:
    context = tablet()
    een = context.pages[0]
    richt_in(een)
    open_checklist(een)
    twee = context.new_page()
    twee.goto(een.url)
    twee.locator("[name=exploitant]").wait_for()
    een.locator("[name=exploitant]").fill("Uit tabblad een")
    twee.locator("[name=aantal_bewoners]").fill("7")
    wacht_op_opgeslagen(een)
    wacht_op_opgeslagen(twee)
    expect(een.locator("[name=aantal_bewoners]")).to_have_value("7")
    expect(twee.locator("[name=exploitant]")).to_have_value("Uit tabblad een")
    een.get_by_role("button", name="Nu verzenden").click()
    expect(een.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    assert sorted(b["op"]["toestel_seq"] for b in stand.ops.values()) == [1, 2]


VOL_NA_SUCCES = """() => {
    // What a full disk looks like: the request succeeds, and only then the transaction aborts.
    const echt = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...argumenten) {
        const verzoek = echt.apply(this, argumenten);
        const transactie = this.transaction;
        if (window.toestelIsVol) {
            Object.defineProperty(transactie, 'error', { get: () => new DOMException('vol', 'QuotaExceededError') });
            verzoek.addEventListener('success', () => transactie.abort());
        }
        return verzoek;
    };
}"""


def test_een_vol_toestel_zegt_dat_het_niet_is_opgeslagen(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    page.evaluate(VOL_NA_SUCCES)
    page.evaluate("window.toestelIsVol = true")
    page.locator("[name=exploitant]").fill("Dit past niet")
    expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "niet-opgeslagen")
    expect(page.get_by_text("dit toestel is vol")).to_be_visible()
    expect(page.locator("[name=exploitant]")).to_have_value("Dit past niet")
    page.evaluate("window.toestelIsVol = false")  # somebody made room
    page.get_by_role("button", name="Opnieuw opslaan").click()
    wacht_op_opgeslagen(page)
    expect(page.get_by_text("dit toestel is vol")).to_be_hidden()
    page.reload()
    expect(page.locator("[name=exploitant]")).to_have_value("Dit past niet")
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    assert antwoorden(stand) == [("exploitant", "set", "Dit past niet")]
    assert [b["op"]["toestel_seq"] for b in stand.ops.values()] == [1]


def test_een_ander_op_dezelfde_tablet_ziet_niets(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    page.locator("[name=exploitant]").fill("Alleen van de eerste")
    wacht_op_opgeslagen(page)
    page.get_by_role("button", name="Vergrendelen").click()
    page.get_by_role("button", name="Ontgrendelen").wait_for()
    expect(page.locator("body")).not_to_contain_text("Kanaalstraat")
    stand.gebruiker = {**voorbeeld.GEBRUIKER, "id": str(uuid.uuid4()), "naam": "Inspecteur Twee"}
    page.reload()
    page.get_by_label("Wachtzin", exact=True).fill("een heel andere wachtzin")
    page.get_by_label("Wachtzin nog een keer").fill("een heel andere wachtzin")
    page.get_by_role("button", name="Wachtzin instellen").click()
    expect(page.get_by_role("button", name="Dienst ophalen")).to_be_visible()
    page.get_by_role("button", name="Dienst ophalen").click()
    open_checklist(page)
    expect(page.locator("[name=exploitant]")).to_have_value("")


def test_een_gestolen_tablet_is_onleesbaar(tablet: Tablet, tmp_path: Path) -> None:
    context = tablet()
    page = context.pages[0]
    richt_in(page)
    open_checklist(page)
    context.set_offline(True)
    page.locator("[name=exploitant]").fill("KANARIEVOGEL")
    wacht_op_opgeslagen(page)
    page.get_by_role("button", name="Vergrendelen").click()
    page.get_by_role("button", name="Ontgrendelen").wait_for()
    context.close()
    gelezen = 0
    for bestand in (tmp_path / "profiel").rglob("*"):
        if not bestand.is_file():
            continue
        inhoud = bestand.read_bytes()
        gelezen += len(inhoud)
        for woord in ("KANARIEVOGEL", "Kanaalstraat", WACHTZIN):
            assert woord.encode() not in inhoud, (woord, bestand)
            assert woord.encode("utf-16-le") not in inhoud, (woord, bestand)
    assert gelezen > 100_000


@pytest.mark.parametrize("breedte", [360, 412, 800])
def test_alles_past_en_is_groot_genoeg(tablet: Tablet, breedte: int) -> None:
    page = tablet().pages[0]
    page.set_viewport_size({"width": breedte, "height": 800})
    richt_in(page)
    meet = """() => [...document.querySelectorAll('button, .knop, .tegel, .chip, select, input.invoer, textarea')]
        .filter(el => el.offsetParent && !el.classList.contains('overslaan'))
        .map(el => [el.textContent.trim() || el.name, el.getBoundingClientRect()])
        .filter(([, r]) => r.height < 47.5 || r.width < 47.5).map(([naam, r]) => [naam, r.width, r.height])"""
    rand = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(meet) == []
    assert page.evaluate(rand)
    open_checklist(page)
    page.locator("[data-herhaling-toevoegen=kamer]").click()
    # Note and photo follow a frame after the question.
    expect(page.locator("[data-herhaling=kamer] [data-noot-openen]").first).to_be_visible()
    assert page.evaluate(meet) == []
    assert page.evaluate(rand)


def test_twee_acties_op_een_avond(tablet: Tablet, stand: Stand) -> None:
    """Stops are numbered anew in each action, so the list says which action they belong to."""
    eerste = stand.pak["acties"][0]
    adres = "Sluisweg 7"
    tweede = {"id": str(uuid.uuid4()), "naam": "Spoedcontrole", "ploeg": "B"}
    stop = voorbeeld.stop(1, str(uuid.uuid4()), str(uuid.uuid4()), adres)
    stand.pak["acties"].append(eerste | tweede | {"stops": [stop]})
    page = tablet().pages[0]
    richt_in(page)
    expect(page.get_by_role("heading", name=f"Alle stops van {eerste['naam']}")).to_be_visible()
    expect(page.get_by_role("heading", name="Alle stops van Spoedcontrole")).to_be_visible()
    page.get_by_role("button", name=adres).click()
    expect(page.get_by_role("heading", name="Spoedcontrole", exact=True)).to_be_visible()
    expect(page.get_by_text("Ploeg B.")).to_be_visible()
