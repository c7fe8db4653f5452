"""The promises of the field app, proven in a browser: the fast set. `make soak` runs the long one."""

from tests.browser.veld_los.conftest import adres, stand, tablet

__all__ = ["adres", "stand", "tablet"]
