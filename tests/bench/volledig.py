"""The complete file of a dossier: 60 pieces and 200 photos of 3 to 12 MB, and the same with 400 photos.

Measured as the service does it: a process of its own that gets its order on standard input and makes the PDF and the
ZIP. Not one copy of a photo is there yet. Memory is the peak of that process.
"""

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from inspecties.core.opslag import sha256_van

STUKKEN = 60
MOMENT = "2026-11-21T12:00:00+01:00"
# Width, height and how much of it is noise: together files from 3 to 12 MB.
SOORTEN = ((3264, 2448, 22), (4032, 3024, 40), (4032, 3024, 70), (4608, 3456, 95), (4032, 3024, 60), (5040, 3780, 95))


def _foto(breedte: int, hoogte: int, ruis: int, zaad: int) -> bytes:
    """A picture with large shapes and noise, as heavy for a decoder as a real photo of this size."""
    grof = Image.frombytes("RGB", (64, 48), random.Random(zaad).randbytes(64 * 48 * 3)).resize((breedte, hoogte))
    korrel = Image.effect_noise((breedte, hoogte), ruis).convert("RGB")
    uit = io.BytesIO()
    Image.blend(grof, korrel, 0.35).save(uit, "JPEG", quality=92)
    return uit.getvalue()


def _fotos(map_: Path, aantal: int) -> list[dict[str, Any]]:
    """Files with as many different hashes: the pictures repeat, a comment at the end of each does not."""
    soorten = [_foto(*soort, zaad) for zaad, soort in enumerate(SOORTEN)]
    uit = []
    for nr in range(1, aantal + 1):
        pad = map_ / f"foto-{nr}.jpg"
        pad.write_bytes(soorten[nr % len(soorten)] + f"foto {nr}".encode())
        uit.append(
            {
                "nr": f"61.{nr}",
                "titel": f"Kamer {nr}: slot op de deur",
                "alt": f"Foto {nr}: een kamer met een slot op de deur",
                "regels": ["Kade 5, Eemstad", "Gemaakt op 12 oktober 2026 om 20:15"],
                "is_beeld": True,
                "bron": str(pad),
                "kopie": "",
                "lak": [{"x": 0.4, "y": 0.4, "b": 0.1, "h": 0.1, "vorm": "rechthoek"}] if nr % 10 == 0 else [],
                "sha256": sha256_van(pad),
            }
        )
    return uit


def _bevroren(map_: Path, nr: int) -> Path:
    """A frozen document as the application makes them."""
    bron = map_ / "bron.typ"
    alineas = "\n\n".join("#lorem(120)" for _ in range(8))
    bron.write_text(
        f'#set document(title: "Brief {nr}")\n#set text(lang: "nl")\n= Brief {nr}\n{alineas}\n== Slot\n'
        "#table(columns: 2, table.header([A], [B]), [1], [2])\n#footnote[Een noot] #link(<slot>)[verder]\n"
        "== Eind <slot>\n",
        "utf-8",
    )
    pad = map_ / f"brief-{nr}.pdf"
    pad.write_bytes(
        typst.compile(str(bron), root=str(map_), pdf_standards=["a-2a", "ua-1"], ignore_system_fonts=True, timestamp=0)
    )
    return pad


def maak_stuk(nr: int, **eigen: Any) -> dict[str, Any]:
    """A piece of an order."""
    basis: dict[str, Any] = {
        "nr": str(nr),
        "soort": "Brief",
        "titel": f"Brief {nr}",
        "datum": "12 oktober 2026",
        "herkomst": "Gemeente",
        "noot": "",
        "sha256": "",
        "pad": "",
        "samenvoegen": False,
        "mediatype": "",
        "feiten": [["Datum", "12 oktober 2026"]],
        "blokken": [{"soort": "alinea", "tekst": "Een regel van het overzicht. " * 40}],
        "fotos": [],
        "zip": [],
    }
    return basis | eigen


def _zip(nr: str, pad: Path) -> dict[str, Any]:
    return {"nr": nr, "naam": f"stukken/{nr}-{pad.name}", "pad": str(pad), "sha256": sha256_van(pad)}


def maak_opdracht(map_: Path, aantal: int) -> dict[str, Any]:
    """An order of 60 pieces, and one more with this many photos."""
    stukken = []
    for nr in range(1, STUKKEN + 1):
        if nr % 3:
            pad = _bevroren(map_, nr)
            som = sha256_van(pad)
            stukken.append(maak_stuk(nr, samenvoegen=True, pad=str(pad), sha256=som, zip=[_zip(str(nr), pad)]))
        else:
            stukken.append(maak_stuk(nr, zip=[{"nr": str(nr), "naam": f"stukken/{nr}.pdf", "pad": "", "sha256": ""}]))
    fotos = _fotos(map_, aantal)
    stukken.append(
        maak_stuk(
            61,
            titel="Foto's",
            soort="Foto's",
            blokken=[],
            fotos=fotos,
            zip=[_zip(f["nr"], Path(f["bron"])) for f in fotos],
        )
    )
    return {
        "uitvoering": "volledig",
        "moment": MOMENT,
        "algemeen": {
            "gemeente": "Eemstad",
            "nummer": "2026-001",
            "titel": "Volledig dossier 2026-001",
            "onderwerp": "Sluiting Kade 5",
            "uitvoering": "Volledig dossier",
            "grondslag": "Artikel 174a Gemeentewet",
            "locaties": ["Kade 5, Eemstad"],
            "gemaakt": "21 november 2026",
            "omvang": f"{len(stukken)} stukken",
            "uitleg": "Dit zijn alle stukken.",
            "nagaan": "Reken de waarde na.",
            "jaar": 2026,
            "maand": 11,
            "dag": 21,
        },
        "niet": [],
        "over": "",
        "stukken": stukken,
        "pdf": str(map_ / "uit.pdf"),
        "zip": str(map_ / "uit.zip"),
        "werkmap": str(map_),
    }


def _draai(opdracht: dict[str, Any]) -> tuple[float, dict[str, Any], int]:
    """Seconds, what came of it, and how many messages of progress there were."""
    begin = time.perf_counter()
    proces = subprocess.run(
        [sys.executable, "-m", "inspecties.dossiers.volledig_taak"],
        input=json.dumps(opdracht).encode(),
        stdout=subprocess.PIPE,
        check=True,
        timeout=600,
    )
    duur = time.perf_counter() - begin
    berichten = [json.loads(regel) for regel in proces.stdout.splitlines()]
    return duur, berichten[-1]["klaar"], len(berichten) - 1


def _rij(naam: str, waarde: float, eenheid: str, doel: str = "") -> dict[str, Any]:
    return {"naam": naam, "waarde": waarde, "eenheid": eenheid, "doel": doel}


def meet() -> list[dict[str, Any]]:
    """Rows for the table of ``make bench``."""
    uit: list[dict[str, Any]] = []
    for aantal, doelen in ((200, ("< 20", "<= 500")), (400, ("", "<= 500"))):
        with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_MAP")) as naam:
            opdracht = maak_opdracht(Path(naam), aantal)
            duur, klaar, berichten = _draai(opdracht)
        kop = f"volledig dossier, {STUKKEN} stukken en {aantal} foto's"
        uit += [
            _rij(f"{kop}: PDF en ZIP", round(duur, 1), "s", doelen[0]),
            _rij(f"{kop}: piek van het geheugen", klaar["geheugen_mb"], "MB", doelen[1]),
            _rij(f"{kop}: berichten over de voortgang", berichten, ""),
            _rij(f"{kop}: PDF ({klaar['bladzijden']} bladzijden)", round(klaar["pdf_grootte"] / 1e6), "MB"),
            _rij(f"{kop}: ZIP met de originelen", round(klaar["zip_grootte"] / 1e6), "MB"),
        ]
    return uit
