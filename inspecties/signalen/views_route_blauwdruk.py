"""The blueprint with every page of the meldroute on it."""

from inspecties.signalen import (
    views_route_doorzetten,
    views_route_koppelen,
    views_route_overleg,
    views_route_zorg,
)
from inspecties.signalen.views_route import bp

__all__ = ["bp", "views_route_doorzetten", "views_route_koppelen", "views_route_overleg", "views_route_zorg"]
