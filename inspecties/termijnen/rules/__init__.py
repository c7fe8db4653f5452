"""Rules of terms: pure functions on days."""

from inspecties.termijnen.rules.berekenen import bereken, bereken_opdracht, hervat, schort_op, verdaag
from inspecties.termijnen.rules.duur import Duur, Eenheid
from inspecties.termijnen.rules.feestdagen import Gelijkstelling, Kalender, VrijeDag, schrijf_dag
from inspecties.termijnen.rules.termijn import Opdracht, Opschorting, Regel, Soort, Termijn, Verdaging, lees_start

__all__ = [
    "Duur",
    "Eenheid",
    "Gelijkstelling",
    "Kalender",
    "Opdracht",
    "Opschorting",
    "Regel",
    "Soort",
    "Termijn",
    "Verdaging",
    "VrijeDag",
    "bereken",
    "bereken_opdracht",
    "hervat",
    "lees_start",
    "schort_op",
    "schrijf_dag",
    "verdaag",
]
