"""What is destroyed when its term is over, in this order; features add their kinds here."""

from inspecties.audit.bewaren import Bewaarsoort
from inspecties.dossiers.volledig_bewaren import SOORTEN as DOSSIERS
from inspecties.signalen.bewaren import SOORTEN as SIGNALEN

BEWAARSOORTEN: tuple[Bewaarsoort, ...] = (*SIGNALEN, *DOSSIERS)
