"""Every JSON endpoint x every role, with what fits its description and what does not.

No 5xx, and every answer (status, type, content) is as described.

The long run is ``make soak`` (``tests/soak/schemas.py``); this one is short and the same each time.
"""

import os

from inspecties.core.rechten import MENSEN
from tests.integration.invoer.schemas import Bezoeker
from tests.integration.rechten.podium import Podium

# Per operation and way of generating.
VOORBEELDEN = int(os.environ.get("INVOER_VOORBEELDEN", "2"))
ZAAD = int(os.environ.get("INVOER_ZAAD", "0"))


def test_elk_antwoord_past_bij_de_beschrijving(podium: Podium) -> None:
    fouten: set[str] = set()
    for rol in (None, *sorted(MENSEN)):
        fouten |= {f"{rol}: {fout}" for fout in Bezoeker(podium, rol).fouten(VOORBEELDEN, ZAAD)}
    assert not fouten, "\n".join(sorted(fouten))
