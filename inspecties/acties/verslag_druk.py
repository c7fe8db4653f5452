"""A verslag van binnentreden on paper, for the resident and whoever gave the machtiging."""

from datetime import UTC, datetime
from pathlib import Path

from inspecties.acties.machtiging_druk import zet_pdf
from inspecties.acties.models_verslag import Verslag
from inspecties.acties.rules.verslag import EDEN
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.web.sjablonen import datum, moment

SJABLOON = Path(__file__).resolve().parents[2] / "config" / "documenten" / "verslag_binnentreden.typ"


def druk_verslag(gemeente: str, rij: Verslag, nu: datetime) -> bytes:
    """The bytes of the PDF; the same for the same verslag on the same moment. A draft says that it is one."""
    dag = nu.astimezone(UTC)
    over_middernacht = lokale_datum(rij.binnen_op) != lokale_datum(rij.verlaten_op)
    gegevens = {
        "gemeente": gemeente,
        "nummer": rij.kenmerk,
        "concept": rij.vast_op is None,
        "correctie": rij.correctie_reden,
        "grond": rij.grond,
        "naam": rij.naam,
        "hoedanigheid": rij.hoedanigheid,
        "zonder_naam": rij.zonder_naam_reden if rij.zonder_naam else "",
        "machtiging": rij.machtiging_tekst,
        "spoed_reden": rij.spoed_reden,
        "grondslag": rij.grondslag,
        "doel": rij.doel,
        "plaats": rij.plaats,
        "bewoner": rij.bewoner or "onbekend",
        "wijze": rij.wijze,
        "dag": datum(rij.binnen_op),
        "binnen": _tijd(rij.binnen_op),
        "verlaten": _tijd(rij.verlaten_op) + (f" op {datum(rij.verlaten_op)}" if over_middernacht else ""),
        "verricht": rij.verricht,
        "meegaanden": rij.meegaanden,
        "meegaanden_wie": rij.meegaanden_wie,
        "meegenomen": rij.meegenomen,
        "afwijking": rij.afwijking,
        "eed": EDEN[rij.eed].lower() if rij.eed else "",
        "getekend": f"{rij.binnentreder_regel}, {moment(rij.vast_op)} uur" if rij.vast_op else "",
        "jaar": dag.year,
        "maand": dag.month,
        "dagnummer": dag.day,
    }
    return zet_pdf(SJABLOON, gegevens, nu)


def _tijd(op: datetime) -> str:
    """'02:30 uur (wintertijd)' where the clock shows a time twice that night, else '02:30 uur'."""
    hier = lokaal(op)
    dubbel = hier.replace(fold=0).utcoffset() != hier.replace(fold=1).utcoffset()
    soort = f" ({'wintertijd' if hier.fold else 'zomertijd'})" if dubbel else ""
    return f"{hier:%H:%M} uur{soort}"
