"""``make bench``: run every benchmark, print a table, write JSON to the path in ``BENCH_OUT``.

A benchmark is a module in this package with ``meet()``, which gives rows with ``naam``, ``waarde``, ``eenheid`` and
``doel``. ``python -m tests.bench route`` runs only the ones named.
"""

import importlib
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ONDERDELEN = ("adressen", "checklists", "locaties", "route", "veld", "volledig")


def _regel(rij: dict[str, Any]) -> str:
    doel = f"  (doel {rij['doel']})" if rij["doel"] else ""
    return f"  {rij['naam']:<82} {rij['waarde']:>10} {rij['eenheid']:<6}{doel}".rstrip()


def main(namen: Sequence[str]) -> int:
    """Exit code 2 for a name that is no benchmark."""
    if onbekend := sorted(set(namen) - set(ONDERDELEN)):
        sys.stderr.write(f"Onbekend: {', '.join(onbekend)}; kies uit {', '.join(ONDERDELEN)}.\n")
        return 2
    onderdelen: dict[str, Any] = {}
    for naam in namen or ONDERDELEN:
        begin = time.perf_counter()
        rijen = importlib.import_module(f"tests.bench.{naam}").meet()
        onderdelen[naam] = rijen
        sys.stdout.write(f"{naam} ({time.perf_counter() - begin:.0f} s)\n")
        sys.stdout.write("\n".join(_regel(rij) for rij in rijen) + "\n\n")
        sys.stdout.flush()
    if pad := os.environ.get("BENCH_OUT"):
        machine = {"python": platform.python_version(), "kernen": os.cpu_count(), "systeem": platform.platform()}
        uitkomst = {"formaat": 1, "machine": machine, "onderdelen": onderdelen}
        Path(pad).write_text(json.dumps(uitkomst, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
