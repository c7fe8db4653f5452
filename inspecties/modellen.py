"""Imports every model, so that the metadata is complete for migrations and relationships."""

from inspecties.acties import models as acties
from inspecties.audit import models as audit
from inspecties.checklists import models as checklists
from inspecties.controles import models as controles
from inspecties.controles import papier_models as papier
from inspecties.dossiers import models as dossiers
from inspecties.gebruikers import models as gebruikers
from inspecties.locaties import models as locaties
from inspecties.offline import models as offline
from inspecties.partners import models as partners
from inspecties.rapportages import models as rapportages
from inspecties.signalen import models as signalen

__all__ = [
    "acties",
    "audit",
    "checklists",
    "controles",
    "dossiers",
    "gebruikers",
    "locaties",
    "offline",
    "papier",
    "partners",
    "rapportages",
    "signalen",
]
