"""The blueprint with every page of checklists on it."""

from inspecties.checklists.views import bp

__all__ = ["bp"]
