"""Functions on text; counted in characters (code points), so that both evaluators agree on emoji."""

import math
import re
from functools import lru_cache

from inspecties.checklists.rules.expressies.regels import langste_tekst

_RUIMTE = re.compile(r"[ \t\r\n]+")


def keuzes(tekst: str) -> list[str]:
    """The choices of an answer: names with white space between."""
    return [deel for deel in _RUIMTE.split(tekst) if deel]


def substr(tekst: str, begin: float, eind: float | None = None) -> str:
    """ODK substr: from ``begin`` up to but not including ``eind``, from 0; negative counts from the end."""
    lengte = len(tekst)

    def plek(getal: float) -> int:
        if math.isnan(getal):
            return 0
        heel = math.trunc(max(min(getal, lengte), -lengte))
        return heel if heel >= 0 else lengte + heel

    van, tot = plek(begin), lengte if eind is None else plek(eind)
    return tekst[van:tot] if van < tot else ""


def _afgerond(getal: float) -> float:
    return getal if math.isnan(getal) or math.isinf(getal) else math.floor(getal + 0.5)


def substring(tekst: str, begin: float, lengte: float | None = None) -> str:
    """XPath substring: from position 1, both numbers rounded."""
    van = _afgerond(begin)
    tot = math.inf if lengte is None else van + _afgerond(lengte)
    if math.isnan(van) or math.isnan(tot):
        return ""
    eerste = max(1.0, van)
    laatste = min(len(tekst) + 1.0, tot)
    return tekst[int(eerste) - 1 : int(laatste) - 1] if eerste < laatste else ""


def gekozen_op(tekst: str, plek: float) -> str:
    """The choice at this place (from 0) of a space-separated answer, '' outside it."""
    delen = keuzes(tekst)
    if math.isnan(plek) or math.isinf(plek) or not 0 <= math.trunc(plek) < len(delen):
        return ""
    return delen[math.trunc(plek)]


def normaliseer_ruimte(tekst: str) -> str:
    """XPath normalize-space."""
    return _RUIMTE.sub(" ", tekst).strip(" ")


def vertaal(tekst: str, van: str, naar: str) -> str:
    """XPath translate: the first occurrence in ``van`` counts, without a partner the character goes."""
    tabel: dict[str, str] = {}
    for i, teken in enumerate(van):
        tabel.setdefault(teken, naar[i] if i < len(naar) else "")
    return "".join(tabel.get(teken, teken) for teken in tekst)


@lru_cache(maxsize=256)
def _patroon(patroon: str) -> re.Pattern[str]:
    return re.compile(patroon)


def past(tekst: str, patroon: str) -> bool:
    """ODK regex: the whole text matches the (normalised) pattern; one too long to try on it does not."""
    return len(tekst) <= langste_tekst(patroon) and _patroon(patroon).fullmatch(tekst) is not None
