"""All pages of actions: who imports this blueprint has them all on it."""

from inspecties.acties import (
    avond_views,
    avond_views_stops,
    views_mensen,
    views_route,
    views_stops,
    views_stops_adres,
    views_trekking,
)
from inspecties.acties.views import bp

__all__ = [
    "avond_views",
    "avond_views_stops",
    "bp",
    "views_mensen",
    "views_route",
    "views_stops",
    "views_stops_adres",
    "views_trekking",
]
