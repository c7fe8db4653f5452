"""The agenda of a meeting on paper: PDF/A-2a and PDF/UA-1 by typst.

It goes to everybody at the table, so it holds number, day, kind, place and question of each signal, and never its text,
a person, the source or the reporter.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from inspecties.signalen.models_meldroute import Overleg, Overlegpunt
from inspecties.signalen.rules.indeling import URGENTIES, VORMEN
from inspecties.sjablonen.druk import zet_pdf
from inspecties.web.sjablonen import datum

SJABLOON = Path(__file__).resolve().parents[2] / "config" / "documenten" / "agenda.typ"
# Where something is in a reporter's own words may name somebody.
GEEN_ADRES = "Nog geen adres vastgelegd"


def druk_agenda(gemeente: str, overleg: Overleg, punten: Sequence[Overlegpunt], nu: datetime) -> bytes:
    """The bytes of the PDF; the same for the same agenda on the same moment."""
    dag = nu.astimezone(UTC)
    gegevens = {
        "gemeente": gemeente,
        "naam": overleg.naam,
        "datum": datum(overleg.datum),
        "punten": [
            {
                "nummer": punt.signaal.nummer,
                "gezien": datum(punt.signaal.datum),
                "vorm": VORMEN[punt.signaal.vorm],
                "urgentie": URGENTIES[punt.signaal.urgentie],
                "waar": f"{punt.signaal.locatie.adresregel}, {punt.signaal.locatie.woonplaats}"
                if punt.signaal.locatie
                else GEEN_ADRES,
                "vraag": punt.vraag,
            }
            for punt in punten
        ],
        "jaar": dag.year,
        "maand": dag.month,
        "dag": dag.day,
    }
    return zet_pdf(SJABLOON, gegevens, nu)
