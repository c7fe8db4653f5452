"""A built field app, a server in memory and a browser with a profile that survives closing."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.tablet import Tablet
from tests.browser.veld_los import nepserver, voorbeeld

WORTEL = Path(__file__).parents[3]
DIST = Path(os.environ.get("INSPECTIES_TEST_DIST", WORTEL / "static" / "dist"))
WACHTZIN = "vier gewone woorden achter elkaar"

# Not wait_for_function: where it has to wait it evaluates a string in the page, which the CSP rightly refuses.
WERKER_KLAAR = """() => navigator.serviceWorker.controller !== null ||
    new Promise((klaar) =>
        navigator.serviceWorker.addEventListener('controllerchange', () => klaar(true), {once: true}))"""


@pytest.fixture
def stand() -> nepserver.Stand:
    """What the server knows."""
    return nepserver.Stand(pak=voorbeeld.pak(), gebruiker=voorbeeld.GEBRUIKER)


@pytest.fixture
def adres(stand: nepserver.Stand) -> Iterator[str]:
    """Origin of the server."""
    server = nepserver.start(stand, DIST, WORTEL / "templates" / "veld" / "index.html")
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def tablet(speler: Playwright, tmp_path: Path, adres: str) -> Iterator[Tablet]:
    """The tablet of this test."""
    tablet = Tablet(speler, tmp_path / "profiel", adres)
    yield tablet
    tablet.sluit()


def fouten_van(page: Page) -> list[str]:
    """Collects what the console calls an error or an exception; network failures are part of the work."""
    fouten: list[str] = []
    page.on("pageerror", lambda fout: fouten.append(str(fout)))
    page.on(
        "console",
        lambda m: fouten.append(m.text) if m.type == "error" and "Failed to load resource" not in m.text else None,
    )
    return fouten


def richt_in(page: Page) -> None:
    """First use: the passphrase, then the pack of the shift; waits until the shell works without network."""
    page.goto("/veld")
    page.get_by_label("Wachtzin", exact=True).fill(WACHTZIN)
    page.get_by_label("Wachtzin nog een keer").fill(WACHTZIN)
    page.get_by_role("button", name="Wachtzin instellen").click()
    page.get_by_role("button", name="Dienst ophalen").click()
    page.get_by_role("heading", name="Kanaalstraat 12").wait_for()
    page.evaluate(WERKER_KLAAR)


def ontgrendel(page: Page) -> None:
    """Unlock with the passphrase."""
    page.get_by_label("Wachtzin", exact=True).fill(WACHTZIN)
    page.get_by_role("button", name="Ontgrendelen").click()
