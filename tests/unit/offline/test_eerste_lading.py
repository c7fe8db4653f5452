"""The field app starts on a bad connection at somebody's door: what it fetches before the first input stays small.

The aim is the issue's: 120 kB of JavaScript and CSS together, gzipped. Screens that load later do not count.
"""

import gzip
import json
import os
from pathlib import Path

DIST = Path(os.environ.get("INSPECTIES_TEST_DIST", Path(__file__).parents[3] / "static" / "dist"))
HOOGSTENS = 120_000


def test_de_eerste_lading_blijft_klein() -> None:
    begin = json.loads((DIST / "veld-begin.json").read_text("utf-8"))
    manifest = json.loads((DIST / "manifest.json").read_text("utf-8"))
    assert {manifest["veld.js"], manifest["veld.css"]} <= set(begin)
    # Every part that is loaded at once is named; the others are imported later.
    bron = (DIST / manifest["veld.js"]).read_text("utf-8")
    delen = [naam for naam in begin if naam.startswith("veld-deel-")]
    assert all(f'"./{naam}"' in "".join((DIST / n).read_text("utf-8") for n in begin) for naam in delen)
    assert "import(" in bron
    gewicht = {naam: len(gzip.compress((DIST / naam).read_bytes(), 6, mtime=0)) for naam in begin}
    assert sum(gewicht.values()) <= HOOGSTENS, gewicht
