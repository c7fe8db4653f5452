"""Which guards and effects the tables of config/trajecten can name: one line per module that has them."""

from inspecties.dossiers import traject_eisen
from inspecties.dossiers.traject_termijnen import zet_termijnen
from inspecties.dossiers.trajecten import EISEN, GEVOLGEN, TERMIJNEN

GEVOLGEN[TERMIJNEN] = zet_termijnen
EISEN.update(traject_eisen.EISEN)
