"""Login as outside the demo, on the real server: a second factor is forced; passkeys by Chromium's authenticator."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.aanmelden.echt import WACHTWOORD, Echt, echte_dienst, nu_met_rust
from tests.browser.chromium import GEDULD_MS
from tests.browser.keuring import keur


@pytest.fixture(scope="module")
def echt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Echt]:
    with echte_dienst(tmp_path_factory.mktemp("echt"), ("jurist", "inspecteur")) as echt:
        yield echt


@pytest.fixture
def context(bladeraar: Browser, echt: Echt) -> Iterator[BrowserContext]:
    context = bladeraar.new_context(base_url=echt.adres, locale="nl-NL", timezone_id="Europe/Amsterdam")
    context.set_default_timeout(GEDULD_MS)
    # The suggestion under the e-mail field would log in by itself here: nobody has to touch the key.
    context.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false;")
    yield context
    context.close()


def vul_wachtwoord(pagina: Page, rol: str) -> None:
    pagina.goto("/aanmelden")
    pagina.get_by_label("E-mailadres").fill(f"{rol}@proef.example")
    pagina.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    pagina.get_by_role("button", name="Aanmelden", exact=True).click()


@pytest.mark.timeout(180)
def test_passkey_maken_aanmelden_en_bevestigen(context: BrowserContext) -> None:
    pagina = context.new_page()
    cdp = context.new_cdp_session(pagina)
    cdp.send("WebAuthn.enable")
    soort = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    gedrag = {"isUserVerified": True, "automaticPresenceSimulation": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": soort | gedrag})
    vul_wachtwoord(pagina, "jurist")
    expect(pagina.get_by_text("Stel eerst een tweede stap in")).to_be_visible()
    expect(pagina.get_by_role("navigation", name="Hoofdmenu")).to_have_count(0)
    pagina.goto("/dossiers")
    expect(pagina.get_by_text("Stel eerst een tweede stap in")).to_be_visible()
    pagina.get_by_label("Naam van de passkey").fill("Proeflaptop")
    pagina.get_by_role("button", name="Passkey maken").click()
    expect(pagina.get_by_text("Proeflaptop", exact=True)).to_be_visible()
    # The only one: nothing to take away.
    expect(pagina.get_by_text("Dit is uw enige tweede stap")).to_be_visible()
    expect(pagina.get_by_role("button", name="Verwijderen")).to_have_count(0)
    pagina.get_by_role("button", name="Afmelden").click()
    expect(pagina.get_by_text("U bent afgemeld")).to_be_visible()
    assert not keur(pagina)
    pagina.get_by_role("button", name="Met een passkey").click()
    expect(pagina.get_by_role("heading", level=1, name=re.compile("Vandaag|Goede"))).to_be_visible()
    pagina.goto("/account/factoren")
    pagina.get_by_role("link", name="Bevestigen en wijzigen").click()
    expect(pagina.get_by_role("heading", name="Bevestig dat u het bent")).to_be_visible()
    # With a passkey alone there is nothing to type: the password is not enough.
    expect(pagina.get_by_label("Uw wachtwoord")).to_have_count(0)
    assert not keur(pagina)
    pagina.get_by_role("button", name="Bevestigen met uw passkey").click()
    expect(pagina.get_by_role("button", name="Nieuwe herstelcodes maken")).to_be_visible()
    assert not keur(pagina)
    pagina.get_by_role("button", name="Nieuwe herstelcodes maken").click()
    expect(pagina.get_by_role("heading", name="Uw herstelcodes")).to_be_visible()
    code = pagina.locator(".herstelcodes code").first.inner_text()
    assert not keur(pagina)
    # The passkey is lost: password and a recovery code, once.
    pagina.get_by_role("button", name="Afmelden").click()
    expect(pagina.get_by_text("U bent afgemeld")).to_be_visible()
    vul_wachtwoord(pagina, "jurist")
    expect(pagina.get_by_role("heading", name="Tweede stap")).to_be_visible()
    assert not keur(pagina)
    pagina.get_by_label("Code").fill(code.upper())
    pagina.get_by_role("button", name="Verder").click()
    expect(pagina.get_by_text("U hebt er nog 9")).to_be_visible()


# A browser that offers a passkey and waits for a finger.
WACHTENDE_SLEUTEL = """
window.vragen = [];
PublicKeyCredential.isConditionalMediationAvailable = async () => true;
navigator.credentials.get = ({ publicKey, signal, mediation }) => {
  const vraag = { mediation, uitdaging: String(publicKey.challenge), af: false };
  window.vragen.push(vraag);
  return new Promise((_, weg) => signal.addEventListener("abort", () => { vraag.af = true; weg(signal.reason); }));
};
"""


def test_een_passkey_wordt_ook_na_een_pauze_aangeboden(context: BrowserContext) -> None:
    """The server forgets its question after five minutes; the page has another one by then, and the button its own."""
    pagina = context.new_page()
    pagina.add_init_script(WACHTENDE_SLEUTEL)
    pagina.clock.install()

    def vragen(aantal: int) -> list[dict[str, Any]]:
        for _ in range(100):
            uit: list[dict[str, Any]] = pagina.evaluate("window.vragen")
            if len(uit) >= aantal:
                break
            time.sleep(0.05)
        assert len(uit) == aantal
        return uit

    pagina.goto("/aanmelden")
    assert vragen(1)[0]["mediation"] == "conditional"
    pagina.clock.run_for(4 * 60_000)
    assert not vragen(1)[0]["af"]
    pagina.clock.run_for(40_000)
    eerste, tweede = vragen(2)
    assert (eerste["af"], tweede["af"], tweede["mediation"]) == (True, False, "conditional")
    assert eerste["uitdaging"] != tweede["uitdaging"]
    pagina.get_by_role("button", name="Met een passkey").click()
    assert [v["af"] for v in vragen(3)] == [True, True, False]
    # While the button asks, nothing takes its question away.
    pagina.clock.run_for(6 * 60_000)
    assert not vragen(3)[2]["af"]


@pytest.mark.timeout(180)
def test_wachtwoord_en_app_tot_in_de_veldapp(context: BrowserContext, echt: Echt) -> None:
    pagina = context.new_page()
    vul_wachtwoord(pagina, "inspecteur")
    expect(pagina.get_by_text("Stel eerst een tweede stap in")).to_be_visible()
    assert not keur(pagina)
    # What the tablet asks before it sends: it waits, as for an expired login.
    assert pagina.request.get("/api/csrf").status == 401
    pagina.get_by_role("button", name="App instellen").click()
    expect(pagina.get_by_role("heading", name="App instellen")).to_be_visible()
    expect(pagina.get_by_role("img", name=re.compile("Beeld om met uw app"))).to_have_js_property("complete", True)
    assert not keur(pagina)
    maker = pyotp.TOTP(pagina.locator(".factor-sleutel").inner_text().replace(" ", ""))
    eerste = nu_met_rust()
    pagina.get_by_label("Code uit uw app").fill(maker.at(eerste))
    pagina.get_by_role("button", name="Controleren en gebruiken").click()
    expect(pagina.get_by_text("Uw app is ingesteld")).to_be_visible()
    pagina.get_by_role("button", name="Afmelden").click()
    expect(pagina.get_by_text("U bent afgemeld")).to_be_visible()
    pagina.goto("/veld")
    pagina.get_by_role("link", name=re.compile("Aanmelden|Meld u aan")).first.click()
    pagina.get_by_label("E-mailadres").fill("inspecteur@proef.example")
    pagina.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    pagina.get_by_role("button", name="Aanmelden", exact=True).click()
    expect(pagina.get_by_role("heading", name="Tweede stap")).to_be_visible()
    pagina.get_by_label("Code").fill(maker.at(eerste))
    pagina.get_by_role("button", name="Verder").click()
    expect(pagina.get_by_text("Deze code klopt niet, of is al gebruikt").first).to_be_visible()
    echt.laat_halve_minuut_voorbijgaan()
    pagina.get_by_label("Code").fill(maker.at(nu_met_rust()))
    pagina.get_by_role("button", name="Verder").click()
    pagina.wait_for_url("**/veld")
    expect(pagina.get_by_role("heading").first).to_be_visible()
    assert pagina.request.get("/api/csrf").json()["gebruiker"]["rol"] == "inspecteur"
