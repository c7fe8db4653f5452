"""The same team and tablet as in the tests of sync."""

from tests.integration.offline.conftest import actie, bezoek, boa

__all__ = ["actie", "bezoek", "boa"]
