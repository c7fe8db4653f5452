"""The blueprint with every page of a location's facts on it."""

from inspecties.locaties import views_feiten_partijen, views_feiten_rest
from inspecties.locaties.views_feiten import bp

__all__ = ["bp", "views_feiten_partijen", "views_feiten_rest"]
