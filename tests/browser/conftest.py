"""Browser and real server for the tests that go through the whole product."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.chromium import ARGUMENTEN, chromium
from tests.browser.demodienst import Demodienst
from tests.conftest import DATABASES
from tests.postgres import Cluster


@pytest.fixture(scope="module", params=DATABASES)
def demodienst(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demodienst]:
    """The demo on SpatiaLite and on PostGIS; one server for all tests of a file."""
    data: Path = tmp_path_factory.mktemp(f"demo-{request.param}")
    url = ""
    cluster: Cluster | None = None
    if request.param == "postgis":
        cluster = request.getfixturevalue("cluster")
        url = cluster.maak(f"demo_{data.name.replace('-', '_')}")
    dienst = Demodienst(data, url)
    dienst.start()
    yield dienst
    dienst.stop()


@pytest.fixture(scope="module")
def speler() -> Iterator[Playwright]:
    """Playwright itself: there can be only one at a time."""
    with sync_playwright() as speler:
        yield speler


@pytest.fixture(scope="module")
def bladeraar(speler: Playwright) -> Iterator[Browser]:
    """A headless Chromium."""
    browser = speler.chromium.launch(executable_path=chromium(), args=ARGUMENTEN)
    yield browser
    browser.close()
