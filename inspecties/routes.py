"""Every blueprint, in one list."""

from flask import Flask

from inspecties.gebruikers import api as sessie_api
from inspecties.gebruikers import views as gebruikers
from inspecties.start import views as start

BLUEPRINTS = (
    start.bp,
    gebruikers.bp,
    sessie_api.bp,
)


def plaats_routes(app: Flask) -> None:
    """Register all blueprints."""
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
