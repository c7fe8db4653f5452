"""Which guards and effects the tables of config/trajecten can name: one line per module that has them."""

from inspecties.dossiers import (
    besluitnemer_eisen,
    bibob_traject,
    traject_bezwaar,
    traject_eisen,
    traject_sluiting,
    wonen_eisen,
)
from inspecties.dossiers.traject_termijnen import zet_termijnen
from inspecties.dossiers.trajecten import EISEN, GEVOLGEN, TERMIJNEN

GEVOLGEN[TERMIJNEN] = zet_termijnen
EISEN.update(traject_eisen.EISEN)
EISEN.update(traject_sluiting.EISEN)
GEVOLGEN.update(traject_sluiting.GEVOLGEN)
EISEN.update(traject_bezwaar.EISEN)
GEVOLGEN.update(traject_bezwaar.GEVOLGEN)
EISEN.update(bibob_traject.EISEN)
GEVOLGEN.update(bibob_traject.GEVOLGEN)
EISEN.update(wonen_eisen.EISEN)
GEVOLGEN.update(wonen_eisen.GEVOLGEN)
EISEN.update(besluitnemer_eisen.EISEN)
