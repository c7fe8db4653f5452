"""The pages of requests of persons, on one blueprint."""

from inspecties.start import inzage_views, inzage_views_plekken
from inspecties.start.inzage_blauwdruk import bp

__all__ = ["bp", "inzage_views", "inzage_views_plekken"]
