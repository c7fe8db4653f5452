"""Every blueprint, in one list."""

from flask import Flask

from inspecties.gebruikers import views as gebruikers
from inspecties.start import views as start

BLUEPRINTS = (
    start.bp,
    gebruikers.bp,
)


def plaats_routes(app: Flask) -> None:
    """Register all blueprints."""
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
