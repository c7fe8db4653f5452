"""A machtiging on paper, for whoever signs it: PDF/A-2a and PDF/UA-1 by typst."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import typst

from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.rules.machtiging import GEVERS, GRONDSLAGEN
from inspecties.core.klok import lokaal
from inspecties.core.schrijfbaar import maak_schrijfbaar
from inspecties.web.sjablonen import datum

SJABLOON = Path(__file__).resolve().parents[2] / "config" / "documenten" / "machtiging.typ"


def druk_machtiging(gemeente: str, rij: Machtiging, nu: datetime) -> bytes:
    """The bytes of the PDF; the same for the same machtiging on the same moment."""
    dag = nu.astimezone(UTC)
    geldig = rij.inhoud.geldig_tot
    door = rij.ondertekend_door.naam if rij.ondertekend_door else ""
    gegevens = {
        "gemeente": gemeente,
        "nummer": rij.nummer,
        "gever": f"{GEVERS[rij.gever_soort]} {rij.gever_naam}",
        "aan": rij.aan_naam,
        "hoedanigheid": rij.aan_hoedanigheid,
        "woningen": [woning.regel for woning in rij.adressen],
        "grondslag": GRONDSLAGEN[rij.grondslag],
        "doel": rij.doel,
        "afgifte": datum(rij.afgifte) if rij.afgifte else "",
        "geldig_tot": datum(geldig) if geldig else "",
        "nacht": rij.nacht,
        "afwezig": rij.afwezig,
        "dringend": rij.dringend,
        "uren": f"{rij.uren_van:%H:%M} tot {rij.uren_tot:%H:%M} uur" if rij.uren_van and rij.uren_tot else "",
        "meegaanden": rij.meegaanden,
        "meegaanden_rol": rij.meegaanden_rol,
        "getekend": f"{door}, {lokaal(rij.ondertekend_op):%d-%m-%Y %H:%M} uur" if rij.ondertekend_op else "",
        "jaar": dag.year,
        "maand": dag.month,
        "dag": dag.day,
    }
    return zet_pdf(SJABLOON, gegevens, nu)


def zet_pdf(sjabloon: Path, gegevens: dict[str, object], nu: datetime) -> bytes:
    """Compile a template of config/documenten with this data."""
    with tempfile.TemporaryDirectory(prefix="stuk-") as naam:
        hoofd = Path(naam) / sjabloon.name
        hoofd.write_bytes(sjabloon.read_bytes())
        uit: bytes = typst.compile(
            str(hoofd),
            root=naam,
            sys_inputs={"data": json.dumps(maak_schrijfbaar(gegevens), ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            ignore_system_fonts=True,
            timestamp=int(nu.timestamp()),
        )
    return uit
