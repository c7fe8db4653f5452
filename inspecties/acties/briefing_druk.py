"""A briefing on paper: PDF/A-2a and PDF/UA-1 by typst. Made from the frozen content, so it is the same next year."""

import json
import tempfile
from datetime import UTC
from pathlib import Path

import typst

from inspecties.acties.briefing_kaart import Kaart
from inspecties.acties.models_briefing import Briefingdeel
from inspecties.core.schrijfbaar import maak_schrijfbaar
from inspecties.web.sjablonen import moment

SJABLOON = Path(__file__).resolve().parents[2] / "config" / "documenten" / "briefing.typ"


def druk_briefing(deel: Briefingdeel, kaart: Kaart | None) -> bytes:
    """The bytes of the PDF; the same for the same part and background."""
    gemaakt = deel.briefing.gemaakt_op
    dag = gemaakt.astimezone(UTC)
    gegevens = {
        "inhoud": deel.inhoud,
        "versie": deel.briefing.nummer,
        "gemaakt": moment(gemaakt),
        "hash": deel.hash,
        "wijzigingen": deel.wijzigingen,
        "kaart": kaart is not None,
        "alt": kaart.alt if kaart else "",
        "schaal": kaart.schaal if kaart else "",
        "schaal_deel": kaart.schaal_deel if kaart else 0,
        "jaar": dag.year,
        "maand": dag.month,
        "dag": dag.day,
    }
    with tempfile.TemporaryDirectory(prefix="briefing-") as naam:
        hoofd = Path(naam) / SJABLOON.name
        hoofd.write_bytes(SJABLOON.read_bytes())
        if kaart is not None:
            (Path(naam) / "kaart.svg").write_text(maak_schrijfbaar(kaart.svg), encoding="utf-8")
        uit: bytes = typst.compile(
            str(hoofd),
            root=naam,
            sys_inputs={"data": json.dumps(maak_schrijfbaar(gegevens), ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            ignore_system_fonts=True,
            timestamp=int(gemaakt.timestamp()),
        )
    return uit
