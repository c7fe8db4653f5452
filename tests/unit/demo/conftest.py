"""One world for all tests of the demo: it never changes."""

from datetime import date

import pytest

from inspecties.demo.wereld import ZAAD, Gemeente, Wereld, maak_wereld

VANDAAG = date(2026, 11, 21)


@pytest.fixture(scope="session")
def wereld() -> Wereld:
    return maak_wereld(ZAAD, VANDAAG)


@pytest.fixture(params=["Markerwaard", "Houtribdijk"])
def gemeente(wereld: Wereld, request: pytest.FixtureRequest) -> Gemeente:
    return wereld.gemeente(request.param)


@pytest.fixture
def markerwaard(wereld: Wereld) -> Gemeente:
    return wereld.gemeente("Markerwaard")
