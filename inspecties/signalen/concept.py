"""What somebody had typed when the login turned out to be over: carried through the page itself, encrypted.

Nothing is stored, on the server or in the browser's storage; the text lies sealed in a hidden field and comes back with
the next request. It opens for a day.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from werkzeug.datastructures import MultiDict

from inspecties.core.sleutelbos import Sleutelbos, SleutelFout

_CONTEXT = "signaalconcept"
GELDIG = timedelta(days=1)
# What the form asks fits many times; more is no form of ours.
HOOGSTENS = 60_000


def verzegel(bos: Sleutelbos, nu: datetime, velden: Iterable[tuple[str, str]]) -> str:
    """The fields as one sealed text; empty where there is nothing worth keeping, or too much."""
    paren = [(naam, waarde) for naam, waarde in velden if naam not in {"csrf_token", "concept"}]
    tekst = json.dumps({"op": nu.astimezone(UTC).isoformat(), "velden": paren}, ensure_ascii=False)
    return bos.versleutel(tekst, _CONTEXT) if paren and len(tekst) <= HOOGSTENS else ""


def open_concept(bos: Sleutelbos, nu: datetime, zegel: str) -> MultiDict[str, str] | None:
    """The fields again, or None where the seal is broken or a day old."""
    try:
        inhoud = json.loads(bos.ontsleutel(zegel, _CONTEXT))
        if nu - datetime.fromisoformat(inhoud["op"]) > GELDIG:
            return None
        return MultiDict((str(naam), str(waarde)) for naam, waarde in inhoud["velden"])
    except (SleutelFout, ValueError, KeyError, TypeError):
        return None
