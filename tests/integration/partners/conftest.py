"""The street of the tests of actions."""

from tests.integration.acties.conftest import buurt

__all__ = ["buurt"]
