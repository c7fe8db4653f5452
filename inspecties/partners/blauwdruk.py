"""The blueprint of partners with all its pages."""

from inspecties.partners import agenda_views, mensen_views
from inspecties.partners.beheer_views import bp

__all__ = ["agenda_views", "bp", "mensen_views"]
