"""What the fields of a verslag van binnentreden say on paper."""

from datetime import datetime

from inspecties.acties.models_verslag import Verslag
from inspecties.acties.rules.verslag import EDEN
from inspecties.acties.verslag_queries import machtigingregel
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.web.sjablonen import datum, moment

GEEN_MACHTIGING = "Er was geen machtiging voor deze woning."


def waarden_van_verslag(gemeente: str, rij: Verslag) -> dict[str, str]:
    """A value for each field of config/binnentreden.toml; empty where it is not filled in yet or does not apply."""
    over_middernacht = lokale_datum(rij.binnen_op) != lokale_datum(rij.verlaten_op)
    return {
        "gemeente": gemeente,
        "nummer": rij.kenmerk,
        "correctie": rij.correctie_reden,
        "naam": rij.naam,
        "hoedanigheid": rij.hoedanigheid,
        "zonder_naam": rij.zonder_naam_reden if rij.zonder_naam else "",
        "plaats": rij.plaats,
        "bewoner": rij.bewoner or "onbekend",
        "dag": datum(rij.binnen_op),
        "binnen": _tijd(rij.binnen_op),
        "verlaten": _tijd(rij.verlaten_op) + (f" op {datum(rij.verlaten_op)}" if over_middernacht else ""),
        "machtiging": _machtiging(rij) if rij.grond == "machtiging" else "",
        "gevaar": rij.spoed_reden if rij.grond == "spoed" else "",
        "grondslag": rij.grondslag,
        "doel": rij.doel,
        "afwijking": rij.afwijking,
        "wijze": rij.wijze,
        "verricht": rij.verricht,
        "meegaanden": f"{rij.meegaanden}: {rij.meegaanden_wie}" if rij.meegaanden else "Niemand.",
        "meegenomen": rij.meegenomen or "Niets.",
        "ondertekening": f"Opgemaakt op {EDEN[rij.eed].lower()} en vastgesteld in het systeem door "
        f"{rij.binnentreder_regel}, {moment(rij.vast_op)} uur. Dit document ligt vast."
        if rij.vast_op
        else "",
    }


def _machtiging(rij: Verslag) -> str:
    """As it was when the verslag became final; in a draft as it is now."""
    m = rij.machtiging
    nu = machtigingregel(m, datum(m.afgifte) if m and m.afgifte else "")
    return (rij.machtiging_tekst if rij.vast_op else nu) or GEEN_MACHTIGING


def _tijd(op: datetime) -> str:
    """'02:30 uur (wintertijd)' where the clock shows a time twice that night, else '02:30 uur'."""
    hier = lokaal(op)
    dubbel = hier.replace(fold=0).utcoffset() != hier.replace(fold=1).utcoffset()
    soort = f" ({'wintertijd' if hier.fold else 'zomertijd'})" if dubbel else ""
    return f"{hier:%H:%M} uur{soort}"
