"""A team of inspector, partner and coordinator with an action of today."""

import pytest
from flask import Flask

from inspecties.core.rechten import Rol
from tests.veldwereld import Actieset, Tablet, haal_pak, maak_actie, tablet
from tests.wereld import Wereld


@pytest.fixture
def actie(app: Flask, wereld: Wereld) -> Actieset:
    app.config["FOUTEN_DOORGEVEN"] = True
    return maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR, Rol.PARTNER, Rol.COORDINATOR))


@pytest.fixture
def boa(wereld: Wereld, actie: Actieset) -> Tablet:
    """The inspector's tablet with today's pack on it."""
    tab = tablet(wereld, Rol.INSPECTEUR)
    haal_pak(tab)
    return tab


@pytest.fixture
def bezoek(boa: Tablet) -> str:
    """The visit of the first stop."""
    return next(iter(boa.revs))
