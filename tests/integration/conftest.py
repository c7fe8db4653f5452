"""One stage for all tests that go over every route."""

import pytest
from flask import Flask

from tests.conftest import Sjablonen
from tests.integration.rechten.podium import Podia, Podium


@pytest.fixture(scope="session")
def podia(sjablonen: Sjablonen, tmp_path_factory: pytest.TempPathFactory) -> Podia:
    return Podia(sjablonen, tmp_path_factory.mktemp("podia"))


@pytest.fixture
def podium(app: Flask, database: str, podia: Podia) -> Podium:
    """Two gemeenten with one of everything, as they were built."""
    return podia.geef(app, database)
