"""The blueprint with every page of dossiers on it."""

from inspecties.dossiers import views_bewerken, views_kabinet, views_voorstellen
from inspecties.dossiers.views import bp

__all__ = ["bp", "views_bewerken", "views_kabinet", "views_voorstellen"]
