"""The blueprint of the mayor's desk with every page on it, and the cards of the page of a dossier."""

from inspecties.dossiers import kabinet_voorbereiding_views, panelenlijst
from inspecties.dossiers.kabinet_views import bp

__all__ = ["bp", "kabinet_voorbereiding_views", "panelenlijst"]
