"""The whole chain, each link as its user goes through it: import, plan, offline visit, proposal, dossier, cabinet.

Real server, real Chromium with the real service worker, on SpatiaLite and on PostGIS.
"""

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from pypdf import PdfReader

from inspecties.core.klok import TIJDZONE
from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import WACHTWOORD, Demodienst, bevestig, meld_aan
from tests.browser.keten import veldwerk as veld
from tests.browser.tablet import Tablet

BEIDE_DATABASES = True
STRAAT = "Ketenproef 7"
NAAM = "Pension De Keten"
CSV = (
    "naam;type;straat;huisnummer;postcode;plaats;x;y;bron\n"
    f"{NAAM};huisvesting_arbeidsmigranten;Ketenproef;7;8246 AB;Markerwaard;145990;507100;Melding van een buur\n"
)
FOUT_CSV = CSV + "Zonder type;;Ketenproef;8;8246 AB;Markerwaard;145990;507110;Melding\n"


@pytest.fixture
def tablet(speler: Playwright, demodienst: Demodienst, tmp_path: Path) -> Iterator[Tablet]:
    """A 10-inch tablet of the inspector."""
    tablet = Tablet(speler, tmp_path / "profiel", demodienst.adres, 800, 1180)
    yield tablet
    tablet.sluit()


@pytest.fixture
def als(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Callable[[str], Page]]:
    """A page in which somebody has logged in; everybody has a browser of their own."""
    contexten: list[BrowserContext] = []

    def aangemeld(naam: str) -> Page:
        context = bladeraar.new_context(
            base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", accept_downloads=True
        )
        context.set_default_timeout(GEDULD_MS)
        contexten.append(context)
        pagina = context.new_page()
        meld_aan(pagina, demodienst, naam)
        return pagina

    yield aangemeld
    for context in contexten:
        context.close()


def importeer(pagina: Page) -> None:
    """A wrong file stores nothing; the right one is stored after confirmation and stands on the map."""
    pagina.goto("/locaties/importeren")
    bestand = {"name": "locaties.csv", "mimeType": "text/csv", "buffer": FOUT_CSV.encode()}
    pagina.get_by_label("Bestand").set_input_files(bestand)
    pagina.get_by_role("button", name="Controleer het bestand").click()
    expect(pagina.get_by_role("row").filter(has_text="type").first).to_be_visible()
    expect(pagina.get_by_text("Er is niets opgeslagen")).to_be_visible()

    pagina.goto("/locaties/importeren")
    pagina.get_by_label("Bestand").set_input_files(bestand | {"buffer": CSV.encode()})
    pagina.get_by_role("button", name="Controleer het bestand").click()
    pagina.get_by_role("button", name="Sla 1 locatie op").click()
    expect(pagina.get_by_text("1 locatie is toegevoegd")).to_be_visible()
    pagina.goto("/kaart?zoek=Keten")
    expect(pagina.get_by_role("link", name=NAAM)).to_be_visible()
    expect(pagina.locator(".leaflet-marker-icon, path.leaflet-interactive").first).to_be_visible()


def maak_vrij(pagina: Page) -> None:
    """Whoever goes along is in the demo's action of tonight too, and nobody can be in two at once."""
    pagina.goto("/acties")
    pagina.get_by_role("link", name="Pandenactie vanavond").first.click()
    pagina.get_by_role("button", name="Terug naar concept").click()
    expect(pagina.locator("[aria-current=step]").first).to_be_visible()


def plan(pagina: Page, leden: tuple[str, ...] = ("Inspecteur Een",)) -> None:
    """An action of today with a partner, one team and one stop, made ready."""
    pagina.goto("/acties/nieuw")
    pagina.get_by_label("Naam").fill("Ketenproef")
    nu = datetime.now(TIJDZONE)
    pagina.get_by_label("Datum").fill(nu.date().isoformat())
    pagina.get_by_label("Dienst van").fill(f"{nu.hour:02}:00")
    pagina.get_by_label("Dienst tot").fill(f"{(nu.hour + 4) % 24:02}:00")
    pagina.get_by_label("De dienst eindigt na middernacht").set_checked(nu.hour >= 20)
    pagina.get_by_label("Doel").fill("Naleving van de regels voor huisvesting nagaan.")
    pagina.get_by_label("Politie", exact=True).check()
    pagina.get_by_role("button", name="Actie maken").click()
    pagina.wait_for_url(re.compile("/acties/[0-9a-f-]{36}"))
    plek = re.sub("([0-9a-f-]{36}).*", r"\1", pagina.url)

    pagina.goto(plek + "/ploegen")
    ploeg = pagina.get_by_role("group").first
    ploeg.get_by_label("Naam van de ploeg").fill("K")
    for naam in leden:
        ploeg.get_by_label(naam).check()
    ploeg.get_by_label("Politie", exact=False).first.check()
    pagina.get_by_role("button", name="Opslaan en verder").click()

    pagina.goto(plek + "/stops?zoek=Keten")
    pagina.get_by_label(f"{STRAAT}, {NAAM}").check()
    pagina.get_by_role("button", name="Aangevinkte toevoegen").click()
    pagina.get_by_label(f"Ploeg voor {STRAAT}").select_option(label="K")
    pagina.get_by_role("button", name="Verdeling opslaan").click()

    pagina.goto(plek)
    pagina.get_by_role("button", name="Gereed").click()
    expect(pagina.locator("[aria-current=step]")).to_have_text("Gereed")


def vul_in(context: BrowserContext, pagina: Page, fotos: tuple[bytes, bytes]) -> None:
    """The checklist without network, with two photos."""
    context.set_offline(True)
    veld.open_checklist(pagina, STRAAT)
    veld.kies(pagina, "binnentreden_grond", "toestemming")
    for vraag in ("legitimatie_getoond", "doel_gemeld", "toestemming_gegeven"):
        veld.kies(pagina, vraag, "ja")
    veld.kies(pagina, "toestemming_vorm", "mondeling")
    veld.vul(pagina, "tijd_binnen", "18:30")
    veld.kies(pagina, "partners_aanwezig", "politie")
    veld.vul(pagina, "aanwezig_geteld", "14")
    veld.vul(pagina, "aantal_personen", "14")
    veld.kies(pagina, "vluchtweg_vrij", "nee")
    veld.fotografeer(pagina, "vluchtweg_vrij", "vluchtweg.jpg", fotos[0])
    veld.vul(pagina, "overlast_meldingen", "3")
    veld.noteer(pagina, "overlast_meldingen", "Meldingen van 2, 9 en 16 oktober.")
    veld.vul(pagina, "overlast_toelichting", "2, 9 en 16 oktober: ruzie op straat voor de deur.")
    veld.kies(pagina, "drugs_wapens", "wapen")
    veld.fotografeer(pagina, "drugs_wapens", "wapen.jpg", fotos[1])
    veld.noteer(pagina, "drugs_wapens", "Achter de voordeur, veiliggesteld door de politie.")
    veld.wacht_op_opgeslagen(pagina)


def beoordeel(pagina: Page, grondslag: str, *fotos: bytes) -> None:
    """The proposal with this legal ground shows its answers and one of these photos; it goes into a new dossier."""
    pagina.goto("/voorstellen")
    bladzijde = 1
    while not pagina.get_by_role("row").filter(has_text=STRAAT).count():
        bladzijde += 1
        # Loaded to its end: a page that is still coming in may not show the row yet.
        with pagina.expect_event("load"):
            pagina.get_by_role("link", name="Volgende").click()
        expect(pagina.get_by_role("navigation", name="Bladeren")).to_contain_text(f"bladzijde {bladzijde} van")
    rij = pagina.get_by_role("row").filter(has_text=STRAAT).filter(has_text=grondslag)
    rij.get_by_role("link").first.click()
    beeld = pagina.get_by_role("img", name="Foto 1 bij").first
    expect(beeld).to_be_visible()
    adres = str(beeld.get_attribute("src"))
    assert any(hashlib.sha256(foto).hexdigest() in adres for foto in fotos)
    pagina.get_by_label("Waarom neemt u dit over").fill("De foto en de toelichting dragen dit.")
    keuze = pagina.get_by_label("Waar gaat het naartoe")
    nieuw = keuze.locator("option").filter(has_text="Nieuw").filter(has_text="luiting").first.get_attribute("value")
    keuze.select_option(value=nieuw)
    pagina.get_by_role("button", name="Overnemen").click()


def schrijf(pagina: Page, kop: str, tekst: str) -> None:
    """Fill one text of the open dossier."""
    vak = pagina.locator(".dossier-tekst").filter(has=pagina.get_by_role("heading", name=kop))
    vak.get_by_role("link").click()
    pagina.get_by_role("textbox").fill(tekst)
    pagina.get_by_role("button", name="Bewaren").click()


@pytest.mark.timeout(400)
def test_de_hele_keten(demodienst: Demodienst, als: Callable[[str], Page], tablet: Tablet) -> None:
    fotos = (veld.foto("Vluchtweg"), veld.foto("Wapen"))
    coordinator = als("coordinator")
    importeer(coordinator)
    maak_vrij(coordinator)
    plan(coordinator)

    context = tablet()
    meld_aan(context.pages[0], demodienst, "inspecteur1")
    veld.richt_in(context.pages[0], demodienst.adres)
    vul_in(context, context.pages[0], fotos)
    eerst = context.pages[0].evaluate("window.inspecties.serialiseer()")

    # Killed and started again without network: everything is there.
    tablet.dood()
    context = tablet()
    context.set_offline(True)
    pagina = context.pages[0]
    pagina.goto(f"{demodienst.adres}/veld")
    veld.ontgrendel(pagina)
    veld.open_checklist(pagina, STRAAT)
    assert pagina.evaluate("window.inspecties.serialiseer()") == eerst
    expect(pagina.locator("[name=overlast_meldingen]")).to_have_value("3")
    coordinator.goto("/voorstellen")
    expect(coordinator.get_by_text(STRAAT)).to_have_count(0)

    # The login did not survive the kill: the app says so, keeps the queue, and sends after logging in.
    context.set_offline(False)
    meld_aan(pagina, demodienst, "inspecteur1")
    pagina.goto(f"{demodienst.adres}/veld")
    veld.open_checklist(pagina, STRAAT)
    expect(pagina.locator(".standen [data-verzending]")).to_have_attribute(
        "data-verzending", "compleet", timeout=60_000
    )

    jurist = als("jurist")
    beoordeel(jurist, "Gemeentewet art. 174a", fotos[1])
    dossier = werk_dossier_uit(jurist)
    besluit(als("kabinet"), jurist, dossier, fotos[1])


def werk_dossier_uit(jurist: Page) -> str:
    """Parties and texts, then on to the cabinet; the address of the dossier."""
    jurist.goto("/dossiers?zoek=Ketenproef")
    jurist.get_by_role("table").get_by_role("link").filter(has_text="Ketenproef").first.click()
    dossier = jurist.url
    expect(jurist.get_by_role("heading", name="Nog nodig voor het voorleggen")).to_be_visible()
    jurist.get_by_text("Belanghebbende toevoegen").click()
    jurist.get_by_label("Naam").fill("Stichting Ketenproef")
    jurist.get_by_role("button", name="Toevoegen").click()
    for kop in ("Samenvatting", "Waarom nu", "Wat is geprobeerd", "Wie wonen er", "Beoordeling", "Concept-besluit"):
        schrijf(jurist, kop, f"{kop}: vijf zinnen over Ketenproef 7 die een jurist schreef.")
    toets(jurist)
    jurist.get_by_role("button", name="Voorleggen aan het kabinet").click()
    expect(jurist.get_by_role("button", name="Akkoord")).to_have_count(0)
    return dossier


def toets(jurist: Page) -> None:
    """The legal test: facts and evidence at every requirement, and one gate that stops until a reason is written."""
    expect(jurist.get_by_role("button", name="Voorleggen aan het kabinet")).to_have_count(0)
    jurist.get_by_role("link", name="Toets invullen").click()
    expect(jurist.get_by_role("heading", level=1)).to_have_text("Juridische toets")
    for deel in jurist.locator(".toetsdeel").all():
        if deel.get_by_label("Niet voldaan", exact=True).count():
            deel.get_by_role("textbox").first.fill("Op 3 mei is voor de deur gevochten. Zie het bewijs.")
            deel.get_by_text("Bewijs (").click()
            deel.get_by_role("checkbox").first.check()
            deel.get_by_label("Voldaan", exact=True).check()
        else:
            stopt = deel.get_by_text("Bij 'ja'").count() > 0
            deel.get_by_label("Nee" if stopt else "Ja", exact=True).check()
    hinder = jurist.get_by_role("group", name="Bestaat de overlast alleen uit geluid")
    hinder.get_by_label("Ja", exact=True).check()
    jurist.get_by_role("button", name="Toets bewaren").click()
    expect(jurist.get_by_text("Juridische toets: Geluid of gezondheid alleen is geen grond").first).to_be_visible()
    jurist.get_by_role("link", name="Toets invullen").click()
    hinder.get_by_label("Waarom houdt dit hier toch niet tegen?").fill("Er is ook gevochten op straat.")
    jurist.get_by_role("button", name="Toets bewaren").click()
    expect(jurist.get_by_role("heading", name="Klaar om voor te leggen")).to_be_visible()


def tekst_van(pdf: bytes) -> str:
    return "\n".join(blad.extract_text() for blad in PdfReader(io.BytesIO(pdf)).pages)


def besluit(kabinet: Page, jurist: Page, dossier: str, foto: bytes) -> None:
    """The cabinet sends it back with a question, gets the answer and approves."""
    kabinet.goto("/kabinet?alles=1")
    wachtend = kabinet.get_by_role("article").filter(has_text=STRAAT)
    # The jurist fetches what the cabinet reads: who did not prove it just now is still asked, below.
    document = str(wachtend.get_by_role("link", name="Document (PDF)").get_attribute("href"))
    bevestig(jurist)
    pdf = jurist.request.get(document).body()
    tekst = tekst_van(pdf)
    assert "174a" in tekst
    assert "Stichting Ketenproef" in tekst
    assert "Er is ook gevochten op straat." in " ".join(tekst.split())
    assert hashlib.sha256(foto).hexdigest() in tekst.replace("\n", "").replace(" ", "")
    assert b"pdfaid" in pdf
    assert b"pdfuaid" in pdf
    assert sum(len(blad.images) for blad in PdfReader(io.BytesIO(pdf)).pages) >= 1

    wachtend.get_by_role("link", name="Lezen en besluiten").click()
    # The question hangs on the text that it is about. Nobody decides without proving once more who they are.
    kabinet.get_by_role("region", name="Wie wonen er").get_by_text("vijf zinnen").click()
    vraag = kabinet.get_by_role("region", name="Wie wonen er").get_by_label("Uw vraag bij deze alinea")
    vraag.fill("Waar slapen de bewoners vannacht?")
    kabinet.get_by_role("button", name="Terug met vragen").click()
    expect(kabinet.get_by_role("alert")).to_contain_text("Typ uw wachtwoord")
    expect(vraag).to_have_value("Waar slapen de bewoners vannacht?")
    kabinet.get_by_label("Uw wachtwoord").fill(WACHTWOORD)
    kabinet.get_by_role("button", name="Terug met vragen").click()
    expect(kabinet.get_by_role("heading", name="Wat er nu gebeurt")).to_be_visible()
    jurist.goto(dossier)
    expect(jurist.get_by_text("Waar slapen de bewoners vannacht?").first).to_be_visible()
    schrijf(jurist, "Wie wonen er", "Veertien bewoners; de zorgcoördinator heeft opvang geregeld.")
    jurist.get_by_role("button", name="Voorleggen aan het kabinet").click()

    kabinet.goto("/kabinet?alles=1")
    wachtend.get_by_role("link", name="Lezen en besluiten").click()
    wachtwoord = kabinet.get_by_label("Uw wachtwoord")
    expect(wachtwoord.or_(kabinet.get_by_text("Uw wachtwoord is nu niet nodig"))).to_be_visible()
    if wachtwoord.count():
        wachtwoord.fill(WACHTWOORD)
    kabinet.get_by_role("button", name="Akkoord").click()
    expect(kabinet.get_by_role("heading", name="Wat er nu gebeurt")).to_be_visible()
    kabinet.goto("/kabinet?alles=1")
    expect(kabinet.get_by_role("heading", name="Wacht op een besluit")).to_be_visible()
    expect(kabinet.get_by_role("article").filter(has_text=STRAAT)).to_have_count(0)
    jurist.goto(dossier)
    expect(jurist.locator("[aria-current=step]")).to_have_text("Akkoord")
