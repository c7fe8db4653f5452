"""A built field app, a server in memory and a browser with a profile that survives closing."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.chromium import ARGUMENTEN, chromium
from tests.browser.veld_los import nepserver, voorbeeld

WORTEL = Path(__file__).parents[3]
DIST = Path(os.environ.get("INSPECTIES_TEST_DIST", WORTEL / "static" / "dist"))
WACHTZIN = "vier gewone woorden achter elkaar"


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
def tablet(tmp_path: Path, adres: str) -> Iterator[Callable[[], BrowserContext]]:
    """Opens the tablet's browser; the same profile each time, closing the one before."""
    with sync_playwright() as speler:
        open_: list[BrowserContext] = []

        def openen() -> BrowserContext:
            while open_:
                open_.pop().close()
            context = speler.chromium.launch_persistent_context(
                tmp_path / "profiel",
                executable_path=chromium(),
                args=ARGUMENTEN,
                viewport={"width": 412, "height": 915},
                base_url=adres,
                locale="nl-NL",
                timezone_id="Europe/Amsterdam",
            )
            context.set_default_timeout(15_000)
            open_.append(context)
            return context

        yield openen
        while open_:
            open_.pop().close()


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
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def ontgrendel(page: Page) -> None:
    """Unlock with the passphrase."""
    page.get_by_label("Wachtzin", exact=True).fill(WACHTZIN)
    page.get_by_role("button", name="Ontgrendelen").click()
