"""What somebody means who types an address, and how well a street and a house number answer to it.

The database only proposes streets; which come first is decided here, so that both databases answer the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspecties.locaties.rules.adres import Huisnummer, lees_huisnummer

MAX_WOORDEN = 8
MAX_LEZINGEN = 8
# Costs. An edit is worse than anything that is spelled right; a street's own name is worth more than its place.
BEWERKING = 1.0
MIDDENIN = 0.6
AANVULLING = 0.1
PER_TEKEN = 0.01
PLAATS = 0.02
GEEN_STRAAT = 0.5
ONGENOEMD = 0.05
GETAL_ALS_WOORD = 0.1
_ONMOGELIJK = 99.0

_GEEN_LETTER = re.compile(r"[^a-z0-9]+")
_CIJFERS = re.compile(r"^[0-9]{1,5}")
_POSTCODE = re.compile(r"^([1-9][0-9]{3})([a-z]{0,2})$")
_LOSSE_LETTERS = re.compile(r"^[a-z]{1,2}$")
_TOEVOEGING = re.compile(r"^[a-z0-9]{1,4}$")


def platte_tekst(tekst: str) -> str:
    """Lower case without accents; everything that is no letter or digit becomes one space."""
    los = unicodedata.normalize("NFKD", tekst.lower().replace("ß", "ss"))
    return _GEEN_LETTER.sub(" ", "".join(t for t in los if not unicodedata.combining(t)).replace("'", "")).strip()


def zoektekst(straat: str, woonplaats: str) -> str:
    """How a street stands in the index: flat, with a space around it so that the begin of a word can be sought."""
    return f" {platte_tekst(straat)} {platte_tekst(woonplaats)} "


@dataclass(frozen=True, slots=True)
class Lezing:
    """One way to read what was typed. ``postcode``: 4 to 6 characters; ``straf``: added to every cost."""

    woorden: tuple[str, ...] = ()
    postcode: str = ""
    nummer: Huisnummer | None = None
    straf: float = 0.0


def _tokens(tekst: str) -> list[str]:
    ruw = tekst.lower().replace(",", " ").replace(";", " ").split()
    return [t for t in ruw if platte_tekst(t)][:MAX_WOORDEN]


def _postcodes(tokens: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """(postcode or its begin, first token, number of tokens)."""
    for i, token in enumerate(tokens):
        gevonden = _POSTCODE.match(token)
        if gevonden is None:
            continue
        volgende = tokens[i + 1] if i + 1 < len(tokens) else ""
        if not gevonden[2] and _LOSSE_LETTERS.match(volgende):
            yield (token + volgende).upper(), i, 2
        yield token.upper(), i, 1


def _nummers(tokens: Sequence[str]) -> Iterator[tuple[Huisnummer, int, int]]:
    """(house number, first token, number of tokens)."""
    for i, token in enumerate(tokens):
        if not _CIJFERS.match(token):
            continue
        volgende = tokens[i + 1] if i + 1 < len(tokens) else ""
        if _TOEVOEGING.match(volgende):
            samen = lees_huisnummer(f"{token} {volgende}")
            if samen is not None:
                yield samen, i, 2
        nummer = lees_huisnummer(token)
        if nummer is not None:
            yield nummer, i, 1


def _rest(tokens: Sequence[str], *weg: range) -> tuple[str, ...]:
    blijft = [t for i, t in enumerate(tokens) if not any(i in r for r in weg)]
    woorden = [w for t in blijft for w in platte_tekst(t).split()]
    # 'St.' before a name is 'Sint'; as the last word it may still become 'Stationsweg'.
    return tuple("sint" if w == "st" and i < len(woorden) - 1 else w for i, w in enumerate(woorden))[:MAX_WOORDEN]


def lees_zoektekst(tekst: str) -> list[Lezing]:
    """Every sensible reading of what was typed, the likeliest first; empty where it says too little."""
    tokens = _tokens(tekst)
    uit: list[Lezing] = []
    geen: tuple[str, int, int] = ("", 0, 0)
    for postcode, pi, pn in [*_postcodes(tokens), geen]:
        bezet = range(pi, pi + pn)
        nummers = [(h, i, n) for h, i, n in _nummers(tokens) if not set(range(i, i + n)) & set(bezet)]
        for nummer, ni, nn in nummers:
            woorden = _rest(tokens, bezet, range(ni, ni + nn))
            straf = GETAL_ALS_WOORD * sum(1 for w in woorden if w.isdigit())
            uit.append(Lezing(woorden, postcode, nummer, straf))
        woorden = _rest(tokens, bezet)
        straf = GETAL_ALS_WOORD * sum(1 for w in woorden if _CIJFERS.match(w))
        uit.append(Lezing(woorden, postcode, None, straf))
    zegt_iets = [r for r in uit if r.postcode or any(len(w) > 1 and not w.isdigit() for w in r.woorden)]
    return list(dict.fromkeys(zegt_iets))[:MAX_LEZINGEN]


def toegestaan(woord: str) -> int:
    """How many edits are forgiven in a word of this length."""
    if len(woord) < 4 or _CIJFERS.match(woord):
        return 0
    return 1 if len(woord) < 7 else 2


def gelijkenis(woord: str) -> float:
    """Share of the trigrams of a word that is left after the edits that are forgiven; swapped neighbours spoil four.

    Counted as pg_trgm does: two spaces before a word, one after it. Never below a quarter: that is nearly everything.
    """
    aantal = len(woord) + 1
    return max(0.25, (aantal - 4 * toegestaan(woord)) / aantal - 0.01)


def bewerkingen(woord: str, doel: str, hoogstens: int) -> tuple[int, int]:
    """Edits (insert, delete, replace, swap of neighbours) from ``woord`` to ``doel`` and to the nearest begin of it.

    Above ``hoogstens`` the outcome is ``hoogstens + 1``.
    """
    te_veel = hoogstens + 1
    doel = doel[: len(woord) + te_veel]
    voor_vorige: list[int] = []
    vorige = list(range(len(doel) + 1))
    for i, teken in enumerate(woord, start=1):
        nu = [i]
        for j, ander in enumerate(doel, start=1):
            kost = min(vorige[j] + 1, nu[j - 1] + 1, vorige[j - 1] + (teken != ander))
            if i > 1 and j > 1 and teken == doel[j - 2] and woord[i - 2] == ander:
                kost = min(kost, voor_vorige[j - 2] + 1)
            nu.append(kost)
        if min(nu) > hoogstens:
            return te_veel, te_veel
        voor_vorige, vorige = vorige, nu
    return min(vorige[-1], te_veel), min(*vorige, te_veel)


def woordkosten(woord: str, doel: str, *, vergeef: bool) -> float:
    """What it costs to take ``doel`` for the word that was typed; 99 where it is another word."""
    meer = PER_TEKEN * max(0, len(doel) - len(woord))
    if doel.startswith(woord):
        return AANVULLING + meer if meer else 0.0
    if vergeef and len(woord) > 3 and woord in doel:
        return MIDDENIN + meer
    hoogstens = toegestaan(woord) if vergeef else 0
    heel, begin = bewerkingen(woord, doel, hoogstens) if hoogstens else (1, 1)
    if begin > hoogstens:
        return _ONMOGELIJK
    return BEWERKING * min(heel, begin + (AANVULLING + meer if begin < heel else 0))


def straatkosten(woorden: Sequence[str], straat: str, woonplaats: str, *, vergeef: bool) -> float | None:
    """What it costs to take these words for this street (both flat text), or None where they say something else."""
    if not woorden:
        return 0.0
    delen, plaatsdelen = straat.split(), woonplaats.split()
    samen = "".join(delen) if len(delen) > 1 else ""
    genoemd: set[int] = set()
    totaal = 0.0
    for woord in woorden:
        kosten, welk = min(
            ((woordkosten(woord, d, vergeef=vergeef), i) for i, d in enumerate(delen)), default=(99.0, 0)
        )
        deel = {welk}
        if samen and kosten and (los := woordkosten(woord, samen, vergeef=vergeef) + PLAATS) < kosten:
            kosten, deel = los, set(range(len(delen)))
        plaats = min((woordkosten(woord, d, vergeef=vergeef) for d in plaatsdelen), default=_ONMOGELIJK) + PLAATS
        if min(kosten, plaats) >= _ONMOGELIJK:
            return None
        if kosten <= plaats:
            genoemd |= deel
        totaal += min(kosten, plaats)
    return totaal + ONGENOEMD * (len(delen) - len(genoemd)) + (0.0 if genoemd else GEEN_STRAAT)


def nummerkosten(gevraagd: Huisnummer | None, nummer: int, letter: str, toevoeging: str) -> float | None:
    """How far a house number is from the one that was typed: itself, the same number, or one that begins with it."""
    if gevraagd is None:
        return 0.0
    if nummer != gevraagd.nummer:
        begint = str(nummer).startswith(str(gevraagd.nummer)) and not gevraagd.letter and not gevraagd.toevoeging
        return 0.5 if begint else None
    if not gevraagd.letter and not gevraagd.toevoeging:
        return 0.0 if not letter and not toevoeging else 0.05
    getypt = f"{gevraagd.letter}{gevraagd.toevoeging}".lower()
    hier = f"{letter}{toevoeging}".lower()
    if hier == getypt:
        return 0.0
    return 0.1 if hier.startswith(getypt) else 0.9
