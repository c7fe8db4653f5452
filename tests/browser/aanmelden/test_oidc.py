"""Logging in with the account of the gemeente in a real browser, at a real login service."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.aanmelden.echt import Echt, echte_dienst, nu_met_rust
from tests.browser.chromium import GEDULD_MS
from tests.browser.keuring import keur
from tests.oidcdienst import Oidcdienst, oidcdienst

KNOP = "Aanmelden met het account van de gemeente"
GROEPEN = "proef-jurist=9903:jurist;proef-beheer=9903:beheerder"


@pytest.fixture(scope="module")
def stapel() -> Iterator[ExitStack]:
    """Closing it ends the login service: the last test does."""
    with ExitStack() as stapel:
        yield stapel


@pytest.fixture(scope="module")
def dienst(stapel: ExitStack) -> Oidcdienst:
    return stapel.enter_context(oidcdienst())


@pytest.fixture(scope="module")
def echt(dienst: Oidcdienst, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Echt]:
    instellingen = {
        "oidc_uitgever": dienst.uitgever,
        "oidc_client": "inspecties",
        "oidc_geheim": "geheim",
        "oidc_groepen": GROEPEN,
    }
    with echte_dienst(tmp_path_factory.mktemp("oidc"), ("beheerder",), **instellingen) as echt:
        yield echt


@pytest.fixture
def context(bladeraar: Browser, echt: Echt) -> Iterator[BrowserContext]:
    context = bladeraar.new_context(base_url=echt.adres, locale="nl-NL", timezone_id="Europe/Amsterdam")
    context.set_default_timeout(GEDULD_MS)
    # The pages of the service would fetch their style from elsewhere.
    context.route("https://**", lambda route: route.abort())
    yield context
    context.close()


def log_in_bij_dienst(pagina: Page, wie: str) -> None:
    """On the page of the service, as a person does."""
    pagina.get_by_placeholder("sub").fill(wie)
    pagina.get_by_role("button", name="Authorize").click()


def log_in(pagina: Page, wie: str) -> None:
    pagina.goto("/aanmelden")
    pagina.get_by_role("link", name=KNOP).click()
    log_in_bij_dienst(pagina, wie)


def kop(pagina: Page, tekst: str) -> None:
    expect(pagina.get_by_role("heading", level=1, name=tekst)).to_be_visible()


@pytest.mark.timeout(180)
def test_aanmelden_bij_de_gemeente(context: BrowserContext, echt: Echt, dienst: Oidcdienst) -> None:
    """The group gives the role, a second step that the service did not do is done here, and what fails says so."""
    mens = {"email": "nova@proef.example", "email_verified": True, "name": "Nova Nieuw"}
    dienst.zet("nova", **mens, groups=["proef-jurist"], amr=["pwd"])
    pagina = context.new_page()
    pagina.goto("/aanmelden")
    assert not keur(pagina)
    log_in(pagina, "nova")
    # The service did one step: nothing opens before there is a second here.
    expect(pagina.get_by_text("Stel eerst een tweede stap in")).to_be_visible()
    pagina.goto("/dossiers")
    expect(pagina.get_by_text("Stel eerst een tweede stap in")).to_be_visible()
    pagina.get_by_role("button", name="App instellen").click()
    maker = pyotp.TOTP(pagina.locator(".factor-sleutel").inner_text().replace(" ", ""))
    pagina.get_by_label("Code uit uw app").fill(maker.at(nu_met_rust()))
    pagina.get_by_role("button", name="Controleren en gebruiken").click()
    expect(pagina.get_by_text("Uw app is ingesteld")).to_be_visible()
    # Out here, and told that the service may still know this browser.
    pagina.get_by_role("button", name="Afmelden").click()
    kop(pagina, "U bent hier afgemeld")
    expect(pagina.get_by_role("link", name="Ook daar afmelden")).to_have_attribute(
        "href", re.compile(re.escape(dienst.uitgever))
    )
    assert not keur(pagina)
    pagina.goto("/dossiers")
    kop(pagina, "Aanmelden")
    # In again: the second step is asked here.
    log_in(pagina, "nova")
    kop(pagina, "Tweede stap")
    echt.laat_halve_minuut_voorbijgaan()
    pagina.get_by_label("Code").fill(maker.at(nu_met_rust()))
    pagina.get_by_role("button", name="Verder").click()
    expect(pagina.get_by_role("heading", level=1, name=re.compile("Vandaag|Goede"))).to_be_visible()
    expect(pagina.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Dossiers")).to_be_visible()
    # Proving it once more, at the service: by another account it does not count.
    dienst.zet("ander", email="ander@proef.example", email_verified=True, groups=["proef-jurist"], amr=["mfa"])
    for wie, gelukt in (("ander", False), ("nova", True)):
        pagina.goto("/account/bevestigen?volgende=/account/factoren")
        kop(pagina, "Bevestig dat u het bent")
        assert gelukt or not keur(pagina)
        with context.expect_page() as tabblad:
            pagina.get_by_role("link", name="Bevestigen met het account van de gemeente").click()
        bij_dienst = tabblad.value
        log_in_bij_dienst(bij_dienst, wie)
        kop(bij_dienst, "Mijn account" if gelukt else "Aanmelden is niet gelukt")
        bij_dienst.close()
    pagina.goto("/account/factoren")
    expect(pagina.get_by_role("button", name="Nieuwe herstelcodes maken")).to_be_visible()


@pytest.mark.timeout(180)
def test_wie_er_niet_in_mag_en_een_dienst_die_weg_is(
    context: BrowserContext, dienst: Oidcdienst, stapel: ExitStack
) -> None:
    dienst.zet("vreemd", email="v@proef.example", email_verified=True, groups=["iets-anders"], amr=["mfa"])
    pagina = context.new_page()
    log_in(pagina, "vreemd")
    kop(pagina, "Aanmelden is niet gelukt")
    expect(pagina.get_by_text("niet in een groep die hier een rol geeft")).to_be_visible()
    assert not keur(pagina)
    # It goes away while somebody logs in there.
    dienst.zet("baas", email="beheerder@proef.example", email_verified=True, groups=["proef-beheer"], amr=["mfa"])
    pagina.goto("/aanmelden")
    pagina.get_by_role("link", name=KNOP).click()
    terug = dienst.log_in(pagina.url, "baas")
    stapel.close()
    antwoord = pagina.goto(terug)
    assert antwoord is not None
    assert antwoord.status == 503
    expect(pagina.get_by_text("De aanmelddienst antwoordt niet.")).to_be_visible()
    assert not keur(pagina)
