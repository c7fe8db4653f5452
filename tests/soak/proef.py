"""The big trial: two tablets on one visit, everything goes wrong, and a dossier that counts right comes out of it.

In order: a killed browser in the middle of the rooms, a changed checklist, an expired login, a new version of the app
over a draft, lost answers, cut uploads, a server that is killed and started again, two answers to one question.
"""

import hashlib
import io
import sys
import time
from collections import Counter
from datetime import datetime
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from inspecties.core.klok import TIJDZONE
from tests.browser.checklists.test_versies import haal_excel, lees_in, pas_aan
from tests.browser.chromium import ARGUMENTEN, chromium
from tests.browser.demodienst import bevestig, meld_aan
from tests.browser.keten import test_keten as keten
from tests.browser.keten import veldwerk as veld
from tests.browser.tablet import Tablet
from tests.soak.dienstproces import Dienstproces
from tests.soak.fotos import foto
from tests.soak.omgeving import Omgeving
from tests.soak.tussenpersoon import Ongeluk, Tussenpersoon

LIJST = "Huisvesting arbeidsmigranten"
BEWIJSVRAAG = "drugs_wapens"
SEQ = "JSON.parse(Object.entries(localStorage).find(([k]) => k.startsWith('inspecties.toestel.'))[1])"


def compleet(pagina: Page) -> bool:
    return pagina.locator(".standen [data-verzending]").get_attribute("data-verzending") == "compleet"


def verzend(pagina: Page) -> None:
    pagina.get_by_role("button", name="Nu verzenden").click()
    expect(pagina.locator("#veld-kop")).not_to_contain_text("Verzenden…", timeout=60_000)


class Deelnemer:
    """One inspector with a tablet: what they put in, so that it can be counted afterwards."""

    def __init__(self, tablet: Tablet, weg: Tussenpersoon, naam: str, letter: str) -> None:
        self.tablet, self.weg, self.naam, self.letter = tablet, weg, naam, letter
        self.fotos: list[bytes] = []
        self.kamers: list[str] = []
        self.context: BrowserContext = tablet()
        self.pagina: Page = self.context.pages[0]
        meld_aan(self.pagina, weg, naam)
        veld.richt_in(self.pagina, weg.adres)

    def open(self) -> None:
        veld.open_checklist(self.pagina, keten.STRAAT)
        self.pagina.locator("[name=binnentreden_grond]").first.wait_for()

    def kamer(self, nummer: int, zaad: int, *, met_foto: bool) -> None:
        """One more room, with a photo or without."""
        naam = f"Kamer {self.letter}{nummer}"
        self.pagina.locator("[data-herhaling-toevoegen=kamers]").click()
        laatste = self.pagina.locator("[data-herhaling=kamers]").last
        laatste.locator("[name=kamer_naam]").fill(naam)
        laatste.locator("[name=kamer_m2]").fill(str(6 + nummer % 20))
        self.kamers.append(naam)
        if met_foto:
            inhoud = foto(zaad)
            laatste.locator("[name=kamer_foto]").set_input_files(
                {"name": f"{self.letter}{nummer}.jpg", "mimeType": "image/jpeg", "buffer": inhoud}
            )
            expect(laatste.locator("[data-foto]")).to_have_count(1)
            self.fotos.append(inhoud)

    def bewijs(self, aantal: int, zaad: int) -> list[bytes]:
        """So many photos as evidence at one question."""
        blok = veld.vraagblok(self.pagina, BEWIJSVRAAG)
        al = blok.locator("[data-foto]").count()
        gemaakt = [foto(zaad + nummer) for nummer in range(aantal)]
        for nummer, inhoud in enumerate(gemaakt, 1):
            veld.fotografeer(self.pagina, BEWIJSVRAAG, f"bewijs-{self.letter}{nummer}.jpg", inhoud)
            expect(blok.locator("[data-foto]")).to_have_count(al + nummer)
        self.fotos += gemaakt
        return gemaakt

    def dood_en_terug(self) -> None:
        """The battery is pulled out while a name is being typed; back without network everything is there."""
        self.pagina.locator("[data-herhaling=kamers]").last.locator("[name=kamer_opmerking]").type(
            "Half getypte zin", delay=10
        )
        veld.wacht_op_opgeslagen(self.pagina)
        toen = self.pagina.evaluate("window.inspecties.serialiseer()")
        self.tablet.dood()
        self.context = self.tablet()
        self.context.set_offline(True)
        self.pagina = self.context.pages[0]
        self.pagina.goto(f"{self.weg.adres}/veld")
        veld.ontgrendel(self.pagina)
        self.open()
        assert self.pagina.evaluate("window.inspecties.serialiseer()") == toen

    def ga_online(self) -> None:
        self.context.set_offline(False)
        self.pagina.evaluate("window.dispatchEvent(new Event('online'))")

    def meld_opnieuw_aan(self) -> None:
        """Sending says that the login has ended; nothing left the tablet; after logging in it goes on."""
        self.context.clear_cookies()
        self.ga_online()
        verzend(self.pagina)
        expect(self.pagina.locator("#veld-band")).to_contain_text("Meld u opnieuw aan")
        adres = self.pagina.url
        ander = self.context.new_page()
        meld_aan(ander, self.weg, self.naam)
        ander.close()
        assert self.pagina.url == adres


def werk_bij(deelnemer: Deelnemer) -> None:
    """A new version of the app, while something is half typed."""
    pagina = deelnemer.pagina
    veld.vul(pagina, "overlast_meldingen", "3")
    veld.noteer(pagina, "overlast_meldingen", "Meldingen van 2, 9 en 16 oktober.")
    veld.vul(pagina, "overlast_toelichting", "Half ingevuld toen de nieuwe versie kwam")
    deelnemer.weg.achter_werker = b"\n// the next version\n"
    pagina.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => null)")
    expect(pagina.locator("#veld-band")).to_contain_text("nieuwe versie", timeout=30_000)
    with pagina.expect_event("load"):
        pagina.get_by_role("button", name="Opslaan en bijwerken").click()
    expect(pagina.locator("[name=overlast_toelichting]")).to_have_value("Half ingevuld toen de nieuwe versie kwam")


def wijzig_checklist(jurist: Page) -> None:
    """The jurist publishes a next version, valid from today."""
    jurist.goto("/checklists")
    jurist.get_by_role("link", name=LIJST, exact=True).click()
    jurist.locator("tr", has_text="Geldt nu").get_by_role("link").first.click()
    inhoud = haal_excel(jurist)
    jurist.goto("/checklists/inlezen")
    lees_in(jurist, pas_aan(inhoud, "2026.99", fout=False))
    jurist.get_by_label("Geldig vanaf").fill(datetime.now(TIJDZONE).date().isoformat())
    jurist.get_by_role("button", name="Publiceer deze versie").click()
    expect(jurist.get_by_role("status").first).to_contain_text("Lopende bezoeken veranderen niet")


class Pech:
    """Messages are lost after the commit, pieces of photos are cut, and the server dies while a photo is on its way."""

    def __init__(self, omgeving: Omgeving, dienst: Dienstproces, sterf_bij: set[int]) -> None:
        self.toeval, self.dienst, self.sterf_bij = omgeving.toeval, dienst, sterf_bij
        self.gezien: Counter[str] = Counter()
        self.gedood = 0

    def __call__(self, methode: str, pad: str, lijf: bytes) -> Ongeluk | None:
        soort = "sync" if pad == "/api/sync" and b'"op_id"' in lijf else methode
        self.gezien[soort] += 1
        nummer = self.gezien[soort]
        if methode == "PATCH" and nummer in self.sterf_bij:
            self.dienst.dood()
            self.gedood += 1
            return Ongeluk(knip=self.toeval.randrange(len(lijf)))
        if soort == "sync" and nummer % 3 == 1:
            return Ongeluk(zwijg=True, kopieen=1)
        if methode == "PATCH" and nummer % 5 == 1:
            return Ongeluk(knip=self.toeval.randrange(len(lijf)))
        return None


def alles_aankomen(deelnemers: list[Deelnemer], dienst: Dienstproces) -> None:
    """Both send until both are complete; a dead server is started again."""
    einde = time.monotonic() + 1800
    while time.monotonic() < einde:
        for een in deelnemers:
            verzend(een.pagina)
            if not dienst.leeft:
                dienst.start()
        if all(compleet(een.pagina) for een in deelnemers):
            return
    raise AssertionError([een.pagina.locator("#veld-kop").inner_text() for een in deelnemers])


def kies_antwoord(een: Deelnemer, ander: Deelnemer) -> None:
    """Two answers stand side by side until a person chooses."""
    for deelnemer in (een, ander):
        conflict = deelnemer.pagina.locator("[data-conflict=aantal_personen]")
        expect(conflict).to_contain_text("14")
        expect(conflict).to_contain_text("16")
    een.pagina.locator("[data-conflict=aantal_personen]").get_by_role("button", name="16").click()
    expect(een.pagina.locator("[data-conflict=aantal_personen]")).to_have_count(0)
    verzend(een.pagina)
    verzend(ander.pagina)
    expect(ander.pagina.locator("[data-conflict=aantal_personen]")).to_have_count(0)


def tel_na(deelnemers: list[Deelnemer], dienst: Dienstproces) -> dict[str, Any]:
    """Everything that was put in is on the server, once; both tablets show the same."""
    fotos = {hashlib.sha256(inhoud).hexdigest(): len(inhoud) for een in deelnemers for inhoud in een.fotos}
    aanwezig = dienst.originelen()
    verloren = [sha for sha, omvang in fotos.items() if aanwezig.get(sha) != omvang]
    assert verloren == [], f"{len(verloren)} foto's missen"
    rijen = Counter(str(rij[0]) for rij in dienst.vraag("SELECT sha256 FROM bewijsstuk"))
    assert all(rijen[sha] == 1 for sha in fotos)
    antwoorden = 0
    for een in deelnemers:
        toestel = een.pagina.evaluate(SEQ)
        nummers = dienst.vraag(
            "SELECT toestel_seq, count(*) FROM operatie WHERE toestel_id = ? GROUP BY toestel_seq ORDER BY 1",
            toestel["toestel_id"].replace("-", ""),
        )
        assert [tuple(rij) for rij in nummers] == [(nummer, 1) for nummer in range(1, toestel["seq"] + 1)]
        antwoorden += len(nummers)
    assert dienst.vraag("SELECT count(*) FROM quarantaine") == dienst.vraag("SELECT 0")
    eerste, tweede = (een.pagina.evaluate("window.inspecties.serialiseer()") for een in deelnemers)
    assert eerste == tweede
    kamers = [kamer.get("kamer_naam") for kamer in eerste["kamers"]]
    assert sorted(kamers) == sorted(naam for een in deelnemers for naam in een.kamers)
    assert eerste["aantal_personen"] == 16
    return {"antwoorden": antwoorden, "herhalingen": len(kamers), "foto's": len(fotos), "verloren": 0, "dubbel": 0}


def dossier(jurist: Page, kabinet: Page, bewijs: list[bytes]) -> dict[str, Any]:
    """The proposal becomes a dossier, and its document holds every photo at that question."""
    keten.beoordeel(jurist, "Gemeentewet art. 174a", *bewijs)
    keten.werk_dossier_uit(jurist)
    kabinet.goto("/kabinet?alles=1")
    wachtend = kabinet.get_by_role("article").filter(has_text=keten.STRAAT)
    adres = str(wachtend.get_by_role("link", name="Document (PDF)").get_attribute("href"))
    bevestig(kabinet)
    pdf = kabinet.request.get(adres, timeout=120_000).body()
    lezer = PdfReader(io.BytesIO(pdf))
    tekst = "".join(blad.extract_text() for blad in lezer.pages).replace("\n", "").replace(" ", "")
    genoemd = sum(hashlib.sha256(inhoud).hexdigest() in tekst for inhoud in bewijs)
    assert genoemd == len(bewijs), f"{genoemd} van {len(bewijs)} foto's in het dossier"
    beelden = sum(len(blad.images) for blad in lezer.pages)
    assert beelden >= len(bewijs)
    return {"bladzijden van het dossier": len(lezer.pages), "foto's in het dossier": genoemd, "beelden": beelden}


def draai(omgeving: Omgeving) -> dict[str, Any]:
    herhalingen, fotos = omgeving.getal["HERHALINGEN"], omgeving.getal["PROEFFOTOS"]
    dienst = omgeving.dienst()
    weg = Tussenpersoon(dienst.poort)
    weg.start()
    bladeraar = omgeving.speler.chromium.launch(executable_path=chromium(), args=ARGUMENTEN)
    tablets = [Tablet(omgeving.speler, omgeving.nieuwe_map(n) / "profiel", weg.adres) for n in ("een", "twee")]

    def als(naam: str) -> Page:
        context = bladeraar.new_context(base_url=dienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam")
        context.set_default_timeout(60_000)
        pagina = context.new_page()
        meld_aan(pagina, dienst, naam)
        return pagina

    try:
        coordinator, jurist = als("coordinator"), als("jurist")
        keten.importeer(coordinator)
        keten.maak_vrij(coordinator)
        keten.plan(coordinator, ("Inspecteur Een", "Inspecteur Twee"))
        een = Deelnemer(tablets[0], weg, "inspecteur1", "A")
        twee = Deelnemer(tablets[1], weg, "inspecteur2", "B")
        een.open()
        veld.kies(een.pagina, "binnentreden_grond", "toestemming")
        verzend(een.pagina)
        twee.open()
        verzend(twee.pagina)
        expect(twee.pagina.locator("[data-herhaling-toevoegen=kamers]")).to_be_visible()
        for deelnemer in (een, twee):
            deelnemer.context.set_offline(True)

        half, foto_per = herhalingen // 2, fotos // 4
        bewijs = []
        keten_vul(een)
        veld.vul(twee.pagina, "aantal_personen", "16")
        for nummer in range(1, half + 1):
            een.kamer(nummer, nummer, met_foto=nummer <= foto_per)
            if nummer == half // 2:
                een.dood_en_terug()
        bewijs += een.bewijs(fotos // 2 - min(half, foto_per), 10_000)
        for nummer in range(1, herhalingen - half + 1):
            twee.kamer(nummer, 20_000 + nummer, met_foto=nummer <= foto_per)
        bewijs += twee.bewijs(fotos - len(een.fotos) - len(twee.fotos), 30_000)
        for deelnemer in (een, twee):
            veld.wacht_op_opgeslagen(deelnemer.pagina)

        wijzig_checklist(jurist)
        pech = Pech(omgeving, dienst, {max(2, fotos // 3), max(4, fotos * 2 // 3)})
        weg.lot = pech
        # The login did not survive the kill of the first; the second's session is ended here.
        for deelnemer in (een, twee):
            deelnemer.meld_opnieuw_aan()
        werk_bij(twee)
        alles_aankomen([een, twee], dienst)
        weg.lot = lambda *_: None
        kies_antwoord(twee, een)
        alles_aankomen([een, twee], dienst)
        cijfers = tel_na([een, twee], dienst)
        cijfers |= {
            "verloren antwoorden van de server": weg.gedaan["verzwegen"],
            "afgebroken stukken": weg.gedaan["geknipt"],
            "keer dat de server werd gedood": pech.gedood,
        }
        sys.stdout.write(f"  aangekomen: {cijfers}\n")  # also when the document fails
        sys.stdout.flush()
        return cijfers | dossier(jurist, als("kabinet"), bewijs)
    finally:
        for tablet in tablets:
            tablet.sluit()
        bladeraar.close()
        weg.stop()
        dienst.stop()


def keten_vul(een: Deelnemer) -> None:
    """What the first inspector answers outside the rooms."""
    pagina = een.pagina
    for vraag in ("legitimatie_getoond", "doel_gemeld", "toestemming_gegeven"):
        veld.kies(pagina, vraag, "ja")
    veld.kies(pagina, "toestemming_vorm", "mondeling")
    veld.vul(pagina, "aantal_personen", "14")
    veld.kies(pagina, BEWIJSVRAAG, "wapen")
    veld.noteer(pagina, BEWIJSVRAAG, "Achter de voordeur, veiliggesteld door de politie.")
