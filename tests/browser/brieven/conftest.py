"""The server in a thread, as the tests of the tracks have it."""

from tests.browser.trajecten.conftest import actie, bezoek, boa, database, openen, zaak

__all__ = ["actie", "bezoek", "boa", "database", "openen", "zaak"]
