"""Clock times. Minutes since midnight of the first day; after midnight the hours count on (25:30)."""

import math
import re

_KLOK = re.compile(r"([0-3]?\d|4[0-7]):([0-5]\d)")


def lees_klok(tekst: str) -> float | None:
    """Minutes of ``uu:mm`` (hours 0 to 47), or None when it is no such time."""
    gevonden = _KLOK.fullmatch(tekst.strip())
    return None if gevonden is None else float(int(gevonden[1]) * 60 + int(gevonden[2]))


def schrijf_tijd(minuten: float) -> str:
    """``uu:mm``; a part of a minute is rounded up, so that nobody is told to come too early."""
    heel = math.ceil(minuten - 1e-6)
    return f"{heel // 60:02d}:{heel % 60:02d}"
