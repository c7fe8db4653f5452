"""The blueprint with every page of dossiers on it."""

from inspecties.dossiers import kop, views_bewerken, views_kabinet, views_voorstellen
from inspecties.dossiers.views import bp

__all__ = ["bp", "kop", "views_bewerken", "views_kabinet", "views_voorstellen"]
