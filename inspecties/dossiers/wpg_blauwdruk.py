"""The blueprint with every page of police data on it."""

from inspecties.dossiers import wpg_apart_views
from inspecties.dossiers.wpg_views import bp

__all__ = ["bp", "wpg_apart_views"]
