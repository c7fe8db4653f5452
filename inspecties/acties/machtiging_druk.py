"""What the fields of a machtiging say on paper."""

from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.rules.machtiging import GEVERS, GRONDSLAGEN
from inspecties.core.klok import lokaal
from inspecties.web.sjablonen import datum


def waarden_van_machtiging(gemeente: str, rij: Machtiging) -> dict[str, str]:
    """A value for each field of config/binnentreden.toml; empty where it is not known yet."""
    geldig = rij.inhoud.geldig_tot
    gever = f"{GEVERS[rij.gever_soort]} {rij.gever_naam}"
    uren = f"{rij.uren_van:%H:%M} tot {rij.uren_tot:%H:%M} uur. " if rij.uren_van and rij.uren_tot else ""
    nacht = "Ook tussen 00:00 en 06:00 uur (art. 7 Awbi)." if rij.nacht else "Niet tussen 00:00 en 06:00 uur."
    getekend = ""
    if rij.ondertekend_op is not None:
        door = rij.ondertekend_door.naam if rij.ondertekend_door else ""
        getekend = (
            f"ondertekend namens {gever} in het systeem door {door}, {lokaal(rij.ondertekend_op):%d-%m-%Y %H:%M} uur. "
            "Dit document ligt vast."
        )
    return {
        "gemeente": gemeente,
        "nummer": rij.nummer,
        "gever": gever,
        "aan": rij.aan_naam,
        "hoedanigheid": rij.aan_hoedanigheid,
        "woningen": "\n".join(woning.regel for woning in rij.adressen),
        "grondslag": GRONDSLAGEN[rij.grondslag],
        "doel": rij.doel,
        "geldig": f"van {datum(rij.afgifte)} tot en met {datum(geldig)}"
        if rij.afgifte and geldig
        else "vanaf de dag van afgifte tot en met de derde dag daarna",
        "uren": uren + nacht,
        "afwezigheid": "Binnentreden mag ook dan (art. 7 Awbi)." if rij.afwezig else "Binnentreden mag dan niet.",
        "dringend": rij.dringend,
        "meegaanden": f"Hoogstens {rij.meegaanden}: {rij.meegaanden_rol} (art. 8 Awbi)."
        if rij.meegaanden
        else "Niemand.",
        "afgifte": datum(rij.afgifte) if rij.afgifte else "",
        "handtekening": getekend,
    }
