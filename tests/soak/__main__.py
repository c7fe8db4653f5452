"""``make soak``: run every long proof, print what was counted, write JSON to the path in ``SOAK_OUT``.

A part is a module in this package with ``draai(omgeving)``, which gives a table of figures and raises AssertionError
when a promise was broken. ``python -m tests.soak kills proef`` runs only the ones named,
``--deel 2/5`` the second fifth of the histories. Every number can be set:
``SOAK_KILLS``, ``SOAK_GESCHIEDENISSEN``, ``SOAK_STAPPEN``, ``SOAK_FOTOS``, ``SOAK_KNIPPEN``, ``SOAK_HERHALINGEN``,
``SOAK_PROEFFOTOS``, ``SOAK_SCHRIJVERS``, ``SOAK_STORINGEN``,
``SOAK_TOESTELLEN``, ``SOAK_ZAAD``; ``SOAK_DATABASE=postgis`` runs the server on PostGIS.
"""

import importlib
import json
import os
import platform
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis.errors import HypothesisException
from playwright.sync_api import Error

from tests.soak.omgeving import Omgeving

FOUTEN = (AssertionError, OSError, RuntimeError, LookupError, ValueError, Error, HypothesisException)
ONDERDELEN = ("kills", "geschiedenissen", "uploads", "proef", "stroomstoring", "volle_schijf", "eindedienst", "schemas")


def _lees_deel(argumenten: Sequence[str]) -> tuple[list[str], tuple[int, int]]:
    """The names, and which part of how many. Raises ValueError for a part that can not be."""
    namen = list(argumenten)
    if "--deel" not in namen:
        return namen, (1, 1)
    plek = namen.index("--deel")
    deel, delen = (int(getal) for getal in namen[plek + 1].split("/"))
    if not 1 <= deel <= delen:
        raise ValueError(namen[plek + 1])
    return namen[:plek] + namen[plek + 2 :], (deel, delen)


def main(argumenten: Sequence[str]) -> int:
    """Exit code 1 when a promise was broken, 2 for a name that is no part."""
    try:
        namen, deel = _lees_deel(argumenten)
    except (ValueError, IndexError):
        sys.stderr.write("Geef --deel als 2/5: het tweede van vijf delen.\n")
        return 2
    if onbekend := sorted(set(namen) - set(ONDERDELEN)):
        sys.stderr.write(f"Onbekend: {', '.join(onbekend)}; kies uit {', '.join(ONDERDELEN)}.\n")
        return 2
    uitkomsten: dict[str, dict[str, Any]] = {}
    with Omgeving(deel) as omgeving:
        for naam in namen or ONDERDELEN:
            begin = time.monotonic()
            try:
                cijfers = {"geslaagd": True} | importlib.import_module(f"tests.soak.{naam}").draai(omgeving)
            except FOUTEN:
                # One broken promise does not keep the others from being looked at.
                cijfers = {"geslaagd": False, "fout": traceback.format_exc()}
            uitkomsten[naam] = cijfers | {"seconden": round(time.monotonic() - begin)}
            sys.stdout.write(f"{naam}\n" + "".join(f"  {k}: {w}\n" for k, w in uitkomsten[naam].items()) + "\n")
            sys.stdout.flush()
    if pad := os.environ.get("SOAK_OUT"):
        machine = {"python": platform.python_version(), "kernen": os.cpu_count(), "systeem": platform.platform()}
        inhoud = {"formaat": 1, "machine": machine, "onderdelen": uitkomsten}
        Path(pad).write_text(json.dumps(inhoud, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0 if all(cijfers["geslaagd"] for cijfers in uitkomsten.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
