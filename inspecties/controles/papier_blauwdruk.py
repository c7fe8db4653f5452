"""The blueprint with every page of paper forms on it."""

from inspecties.controles import views_papier_pagina
from inspecties.controles.views_papier import bp

__all__ = ["bp", "views_papier_pagina"]
