"""Every JSON endpoint and every field of every form, with every role and far more values than the tests of a build.

``SOAK_VOORBEELDEN`` requests per endpoint and way of generating, ``SOAK_WAARDEN`` values per field, ``SOAK_ZAAD``.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.soak.omgeving import Omgeving

WORTEL = Path(__file__).resolve().parents[2]


def draai(omgeving: Omgeving) -> dict[str, Any]:
    """Run the same tests with the numbers turned up; AssertionError with what they found."""
    del omgeving
    getallen = {
        "INVOER_VOORBEELDEN": os.environ.get("SOAK_VOORBEELDEN", "40"),
        "INVOER_WAARDEN": os.environ.get("SOAK_WAARDEN", "8"),
        "INVOER_ELKE": "1",
        "INVOER_ZAAD": os.environ.get("SOAK_ZAAD", "1"),
    }
    opdracht = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--timeout=0",
        "tests/integration/invoer",
    ]
    klaar = subprocess.run(opdracht, cwd=WORTEL, env=os.environ | getallen, capture_output=True, text=True, check=False)
    assert klaar.returncode == 0, klaar.stdout[-20_000:]
    return getallen | {"uitslag": klaar.stdout.strip().rpartition("\n")[2]}
