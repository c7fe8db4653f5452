"""The blueprint with every page of checklists on it."""

from inspecties.checklists import views_papier, views_proef, views_versies
from inspecties.checklists.views import bp

__all__ = ["bp", "views_papier", "views_proef", "views_versies"]
