"""What an inspector does on the tablet, by name of the question as it stands in the XLSForm."""

import io

from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Locator, Page, expect

WACHTZIN = "vier gewone woorden achter elkaar"


def foto(tekst: str) -> bytes:
    """A JPEG as a tablet takes it, with something on it to recognise."""
    beeld = Image.effect_noise((1200, 900), 60).convert("RGB")
    ImageDraw.Draw(beeld).text((60, 60), tekst, fill="white", font_size=80)
    uit = io.BytesIO()
    beeld.save(uit, "JPEG", quality=85)
    return uit.getvalue()


def richt_in(pagina: Page, dienst: str) -> None:
    """First use of the tablet: passphrase, then today's stops; until the app works without network."""
    pagina.goto(f"{dienst}/veld")
    kies_wachtzin(pagina)
    pagina.get_by_role("button", name="Dienst ophalen").click()
    pagina.get_by_role("button", name="Dienst vernieuwen").wait_for()
    pagina.wait_for_function("() => navigator.serviceWorker.controller !== null")


def kies_wachtzin(pagina: Page) -> None:
    """Set the passphrase of a vault that is not there yet."""
    pagina.get_by_label("Wachtzin", exact=True).fill(WACHTZIN)
    pagina.get_by_label("Wachtzin nog een keer").fill(WACHTZIN)
    pagina.get_by_role("button", name="Wachtzin instellen").click()


def ontgrendel(pagina: Page) -> None:
    """After the browser was closed: the passphrase again."""
    pagina.get_by_label("Wachtzin", exact=True).fill(WACHTZIN)
    pagina.get_by_role("button", name="Ontgrendelen").click()


def open_checklist(pagina: Page, adres: str) -> None:
    """The stop at this address, and its checklist."""
    kaart = pagina.locator("[data-stop]").filter(has=pagina.get_by_role("heading", name=adres))
    knop = pagina.get_by_role("button", name=adres)
    kaart.or_(knop).first.wait_for()
    if not kaart.count():
        knop.click()
    kaart.locator("[data-checklist]").first.click()
    pagina.locator("[name=binnentreden_grond]").first.wait_for()


def kies(pagina: Page, vraag: str, *waarden: str) -> None:
    """Tick one or more choices of a question."""
    for waarde in waarden:
        pagina.locator(f"[name={vraag}][value={waarde}]").check()


def vul(pagina: Page, vraag: str, waarde: str) -> None:
    pagina.locator(f"[name={vraag}]").fill(waarde)


def vraagblok(pagina: Page, vraag: str) -> Locator:
    """The whole of a question: control, note and photos."""
    return pagina.locator(f"[data-sleutel='{vraag}']")


def noteer(pagina: Page, vraag: str, tekst: str) -> None:
    """Open the note of a question and write."""
    blok = vraagblok(pagina, vraag)
    if not blok.locator("textarea[data-noot]").count():
        blok.locator("[data-noot-openen]").click()
    blok.locator("textarea[data-noot]").fill(tekst)


def fotografeer(pagina: Page, vraag: str, naam: str, inhoud: bytes) -> None:
    """Take a photo as evidence at a question; until its thumbnail is there."""
    blok = vraagblok(pagina, vraag)
    blok.locator("input[type=file]").first.set_input_files({"name": naam, "mimeType": "image/jpeg", "buffer": inhoud})
    blok.locator("[data-foto] img[src]").first.wait_for()


def teken(pagina: Page, vraag: str) -> None:
    """Sign with a finger."""
    doek = vraagblok(pagina, vraag).locator("canvas")
    doek.scroll_into_view_if_needed()
    vak = doek.bounding_box()
    assert vak is not None
    pagina.mouse.move(vak["x"] + 20, vak["y"] + 30)
    pagina.mouse.down()
    pagina.mouse.move(vak["x"] + 120, vak["y"] + 60, steps=5)
    pagina.mouse.up()


def wacht_op_opgeslagen(pagina: Page) -> None:
    expect(pagina.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")


def word_online(context: BrowserContext, pagina: Page) -> None:
    context.set_offline(False)
    pagina.evaluate("window.dispatchEvent(new Event('online'))")
