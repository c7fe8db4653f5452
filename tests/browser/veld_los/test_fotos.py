"""Photos on the tablet: place and direction, large, a caption, covering faces; all of it without network."""

import io
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los.conftest import fouten_van, richt_in
from tests.browser.veld_los.nepserver import Stand
from tests.browser.veld_los.schermeisen import axe, te_breed, te_klein
from tests.browser.veld_los.test_dienst import open_checklist, wacht_op_opgeslagen, wacht_tot, word_online


def foto(kleur: str, maat: tuple[int, int] = (1600, 1200)) -> bytes:
    """A room with a face in it."""
    beeld = Image.new("RGB", maat, kleur)
    pen = ImageDraw.Draw(beeld)
    pen.rectangle((100, 700, 1500, 1200), fill="#8a6f4d")
    pen.ellipse((600, 250, 900, 650), fill="#e8c39e")
    uit = io.BytesIO()
    beeld.save(uit, "JPEG", quality=85)
    return uit.getvalue()


def neem(page: Page, *bestanden: tuple[str, str, bytes]) -> None:
    """Photos at the question of the escape route."""
    page.locator("[name=foto_vluchtweg]").set_input_files(
        [{"name": naam, "mimeType": soort, "buffer": inhoud} for naam, soort, inhoud in bestanden]
    )


def hechtingen(stand: Stand) -> list[dict[str, Any]]:
    return [b["op"] for b in stand.ops.values() if b["op"]["soort"] == "attach"]


def test_foto_met_plaats_bijschrift_en_afgedekt_gezicht(tablet: Tablet, stand: Stand) -> None:
    context = tablet()
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 52.5, "longitude": 5.25, "accuracy": 7})
    page = context.pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    page.get_by_role("link", name="Dit toestel").or_(page.get_by_role("button", name="Dit toestel")).first.click()
    vink = page.get_by_label("Plaats en richting vastleggen op dit toestel")
    expect(vink).not_to_be_checked()
    vink.check()
    expect(page.get_by_text("Staat aan.")).to_be_visible()
    page.get_by_role("button", name="Stops").first.click()
    page.get_by_role("heading", name="Kanaalstraat 12").wait_for()
    context.set_offline(True)
    open_checklist(page)
    # A photo of which the browser makes nothing is kept, and says so.
    neem(
        page,
        ("gang.jpg", "image/jpeg", foto("#9bb")),
        ("IMG_2.heic", "image/heic", b"\x00\x00\x00\x18ftypheic" + bytes(5000)),
    )
    # Until the tablet has tried it, the HEIC file has a picture as well.
    expect(page.get_by_text("Hier niet te tonen, wel bewaard")).to_be_visible()
    expect(page.locator("[data-foto] img[src]")).to_have_count(1)
    wacht_op_opgeslagen(page)

    page.get_by_role("button", name="Foto 1 groot bekijken").click()
    vel = page.get_by_role("dialog", name="Foto bekijken")
    expect(vel.get_by_text("Foto 1 van 2")).to_be_visible()
    expect(vel.get_by_text("Op dit toestel, nog niet verzonden")).to_be_visible()
    expect(vel.get_by_text("52,50000; 5,25000, op 7 m nauwkeurig")).to_be_visible()
    vel.get_by_role("button", name="Groter").click()
    assert te_breed(page, "[data-zoomvak]") > 100
    vel.get_by_role("button", name="Passend").click()
    vel.get_by_label("Wat is hier te zien?").fill("Gang, gezien vanaf de deur")
    expect(vel.get_by_text("Opgeslagen op dit toestel")).to_be_visible()
    assert axe(page, "dialog") == []
    assert te_klein(page, "dialog") == []
    vel.get_by_role("button", name="Volgende foto").click()
    expect(vel.get_by_text("kan dit soort foto niet tonen")).to_be_visible()
    vel.get_by_role("button", name="Vorige foto").click()
    expect(vel.get_by_label("Wat is hier te zien?")).to_have_value("Gang, gezien vanaf de deur")

    vel.get_by_role("button", name="Gezichten afdekken").click()
    lakker = page.get_by_role("dialog", name="Delen van de foto afdekken")
    lakker.get_by_role("button", name="Afdekking opslaan").click()
    expect(lakker.get_by_text("Teken eerst een vlak")).to_be_visible()
    # With the finger, and one more with keys alone.
    lakker.locator(".lakvlakken").scroll_into_view_if_needed()
    vak = lakker.locator(".lakvlakken").bounding_box()
    assert vak is not None
    page.mouse.move(vak["x"] + vak["width"] * 0.35, vak["y"] + vak["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(vak["x"] + vak["width"] * 0.6, vak["y"] + vak["height"] * 0.55, steps=3)
    page.mouse.up()
    expect(lakker.locator("[data-vlak]")).to_have_count(1)
    knop = lakker.get_by_role("button", name="Ovaal toevoegen")
    knop.press("Enter")
    tweede = lakker.locator('[data-vlak="1"]')
    expect(tweede).to_be_focused()
    for toets in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp"):
        tweede.press(toets)
    expect(tweede).to_have_attribute(
        "aria-label", "Vlak 2, ovaal, 42 procent van links en 41 van boven, 21 breed en 19 hoog"
    )
    tweede.press("Delete")
    expect(lakker.locator("[data-vlak]")).to_have_count(1)
    lakker.get_by_role("button", name="Ongedaan maken").click()
    expect(lakker.locator("[data-vlak]")).to_have_count(2)
    lakker.get_by_role("button", name="Vlak 2 (ovaal)").click()
    lakker.get_by_role("button", name="Naar links").click()
    assert axe(page, "dialog:last-of-type") == []
    assert te_klein(page, "dialog:last-of-type") == []
    assert te_breed(page, "dialog:last-of-type") == 0
    lakker.get_by_role("radio", name="Iets anders").check()
    lakker.get_by_role("button", name="Afdekking opslaan").click()
    expect(lakker.get_by_text("Schrijf bij 'Iets anders' op")).to_be_visible()
    lakker.get_by_label("Toelichting").fill("Tatoeage")
    lakker.get_by_role("button", name="Afdekking opslaan").click()
    expect(vel.get_by_text("2 vlakken; in documenten zwart")).to_be_visible()
    vel.get_by_role("button", name="Foto weghalen").click()
    expect(page.locator("[data-foto]")).to_have_count(1)
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("[data-foto]")).to_have_count(2)
    expect(page.locator("[data-foto]").first.get_by_text("Afgedekt", exact=True)).to_be_visible()
    wacht_op_opgeslagen(page)

    word_online(context, page)
    wacht_tot(page, lambda: len(stand.bijlagen) == 2)
    ops = [op for op in hechtingen(stand) if op["waarde"].get("bestandsnaam") == "gang.jpg"]
    eerste, laatste = ops[0], ops[-1]
    plaats = eerste["waarde"]["plaats"]
    assert (plaats["lat"], plaats["lon"], plaats["nauwkeurigheid_m"], plaats["richting_graden"]) == (
        52.5,
        5.25,
        7,
        None,
    )
    waarde = laatste["waarde"]
    assert (waarde["bijschrift"], waarde["reden"], waarde["toelichting"]) == (
        "Gang, gezien vanaf de deur",
        "anders",
        "Tatoeage",
    )
    assert [v["vorm"] for v in waarde["afdekken"]] == ["rechthoek", "ovaal"]
    assert abs(waarde["afdekken"][0]["x"] - 0.35) < 0.01
    assert waarde["gemaakt_op"] == eerste["toestel_tijd"]
    assert fouten == []
