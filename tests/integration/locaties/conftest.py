"""Both gemeenten with their location types."""

import pytest

from tests.locatiewereld import maak_locatiewereld
from tests.wereld import Wereld


@pytest.fixture
def wereld(wereld: Wereld) -> Wereld:
    wereld.app.config["FOUTEN_DOORGEVEN"] = True
    maak_locatiewereld(wereld)
    return wereld
