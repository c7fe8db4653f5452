"""All pages of actions: who imports this blueprint has them all on it."""

from inspecties.acties import views_mensen, views_route, views_stops
from inspecties.acties.views import bp

__all__ = ["bp", "views_mensen", "views_route", "views_stops"]
