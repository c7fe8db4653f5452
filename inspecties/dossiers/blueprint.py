"""The blueprint with every page of dossiers on it."""

from inspecties.dossiers import kop, termijn_beheer_views, views_bewerken, views_kabinet, views_voorstellen
from inspecties.dossiers.views import bp

__all__ = ["bp", "kop", "termijn_beheer_views", "views_bewerken", "views_kabinet", "views_voorstellen"]
