"""Browser and real server for the tests that go through the whole product."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.chromium import ARGUMENTEN, GEDULD_MS, chromium
from tests.browser.demodienst import Demodienst
from tests.conftest import DATABASES, Gedeeld
from tests.postgres import Databases

expect.set_options(timeout=GEDULD_MS)


class Demosjablonen:
    """Loads the demo once per run and kind of database, as a first start does, and hands out copies."""

    def __init__(self, gedeeld: Gedeeld, cluster: Callable[[], Databases]) -> None:
        self.gedeeld = gedeeld
        self.cluster = cluster

    def kopie(self, soort: str, data: Path) -> str:
        """Fill ``data`` with a loaded demo; the address of its database, '' for the file in it."""
        sjabloon, naam = self.gedeeld.map / f"demo-{soort}", "demo_sjabloon"
        with self.gedeeld.eenmalig(f"demo-{soort}") as eerst:
            if eerst:
                sjabloon.mkdir()
                dienst = Demodienst(sjabloon, self.cluster().maak(naam) if soort == "postgis" else "")
                dienst.start()
                dienst.stop()
        shutil.copytree(sjabloon, data, dirs_exist_ok=True)
        return self.cluster().maak(f"demo_{uuid.uuid4().hex}", naam) if soort == "postgis" else ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever comes first waits for a year of demo data, and on a busy machine that takes minutes."""
    for item in items:
        if "demodienst" in getattr(item, "fixturenames", ()) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(scope="session")
def demosjablonen(request: pytest.FixtureRequest, gedeeld: Gedeeld) -> Demosjablonen:
    return Demosjablonen(gedeeld, lambda: request.getfixturevalue("cluster"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The demo runs on SpatiaLite, and on PostGIS too where a module says ``BEIDE_DATABASES = True``.

    What a screen does in the browser does not depend on the database; the integration tests prove that what the server
    answers does not either. The whole chain, the evening and the crawl over all pages run on both.
    """
    gekozen = {naam for m in metafunc.definition.iter_markers("parametrize") for naam in str(m.args[0]).split(",")}
    if "demodienst" in metafunc.fixturenames and "demodienst" not in gekozen:
        soorten = DATABASES if getattr(metafunc.module, "BEIDE_DATABASES", False) else DATABASES[:1]
        metafunc.parametrize("demodienst", soorten, indirect=True, scope="module")


@pytest.fixture(scope="module")
def demodienst(
    request: pytest.FixtureRequest, demosjablonen: Demosjablonen, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demodienst]:
    """The demo; one server for all tests of a file."""
    data: Path = tmp_path_factory.mktemp(f"demo-{request.param}")
    dienst = Demodienst(data, demosjablonen.kopie(request.param, data))
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
