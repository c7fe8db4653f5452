"""The subset of regular expressions that means the same in Python and in JavaScript.

A pattern is rewritten to a normal form (``\\d`` becomes ``[0-9]`` ...) and refused when it holds anything else, or when
matching it may take exponential time: a repetition inside a repetition, or too many choices that are repeated. What is
left takes at most a power of the length of the text (``graad``), and ``langste_tekst`` bounds that.
"""

import math
import re
from functools import lru_cache

from inspecties.checklists.rules.expressies.fouten import Expressiefout

MAX_PATROON = 400
# Two to this power is how many ways a text may be matched besides its long repetitions: a tenth of a second.
MAX_KEUZES = 20.0
MAX_GRAAD = 3
# By how many long repetitions a pattern has: the longest text that it is tried on; a longer one does not match.
_LANGSTE = {0: 100_000, 1: 100_000, 2: 4_000, 3: 500}
_KLASSEN = {"d": "0-9", "w": "A-Za-z0-9_", "s": r" \t\n\r\f\v"}
_BESTURING = {"t": r"\t", "n": r"\n", "r": r"\r", "f": r"\f", "v": r"\v"}
_SPECIAAL = set("\\^$.|?*+()[]{}/")
_HERHAAL = re.compile(r"[*+?]|\{(\d{1,3})(?:(,)(\d{1,3})?)?\}")


def normaliseer(patroon: str) -> str:
    """The pattern in normal form, to be matched against the whole text; raises Expressiefout."""
    if len(patroon) > MAX_PATROON:
        raise Expressiefout(f"Het patroon van regex() is langer dan {MAX_PATROON} tekens.")
    uit = _Lezer(patroon).alles()
    if graad(uit) > MAX_GRAAD:
        raise Expressiefout(
            f"Het patroon '{patroon}' van regex() heeft meer dan {MAX_GRAAD} lange herhalingen; dat kan te lang duren."
        )
    try:
        re.compile(uit)
    except (re.error, OverflowError) as fout:
        raise Expressiefout(f"Het patroon '{patroon}' van regex() klopt niet.") from fout
    return uit


# What in a normal form is no repetition: a character with a backslash before it, and a set.
_GEEN_HERHALING = re.compile(r"\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]")


@lru_cache(maxsize=256)
def graad(normaal: str) -> int:
    """How many repetitions without an end, or of more than twenty times, stand in a pattern in normal form."""
    kaal = _GEEN_HERHALING.sub("", normaal)
    lang = re.findall(r"[*+]|\{\d+,\}|\{(?:\d+,)?(?:2[1-9]|[3-9]\d|\d{3})\}", kaal)
    return len(lang)


def langste_tekst(normaal: str) -> int:
    """The longest text, in characters, that a pattern in normal form is tried on."""
    return _LANGSTE.get(graad(normaal), _LANGSTE[MAX_GRAAD])


class _Lezer:
    def __init__(self, patroon: str) -> None:
        self._p = patroon
        self._i = 0
        self._na_klasse = False

    def alles(self) -> str:
        uit, _, keuzes = self._keuze(0)
        # Both at once multiply.
        self._keur(keuzes * 2 if graad(uit) else keuzes)
        if self._i < len(self._p):
            raise self._fout("een ) te veel")
        return uit

    def _fout(self, wat: str) -> Expressiefout:
        return Expressiefout(f"Het patroon '{self._p}' van regex() bevat {wat} (teken {self._i + 1}).")

    def _keur(self, keuzes: float) -> None:
        if keuzes > MAX_KEUZES:
            raise self._fout("te veel keuzes binnen herhalingen, dat kan te lang duren")

    def _keuze(self, diepte: int) -> tuple[str, bool, float]:
        """Alternatives up to ``)`` or the end; whether they hold an unbounded repetition, and how many ways to match.

        Ways are counted as a power of two, at most: alternatives that begin with different letters are one way.
        """
        if diepte > 20:
            raise self._fout("te diep geneste haakjes")
        uit: list[str] = []
        onbegrensd = False
        tak, takken, begin = 0.0, list[float](), [self._i]
        while self._i < len(self._p) and self._p[self._i] != ")":
            if self._p[self._i] == "|":
                uit.append("|")
                self._i += 1
                takken.append(tak)
                tak = 0.0
                begin.append(self._i)
                continue
            deel, deel_onbegrensd, herhaalbaar, deel_keuzes = self._atoom(diepte)
            hoe, meer, minst, meest = self._herhaling(herhaalbaar)
            tak += deel_keuzes * meest + (math.log2(meest - minst + 1) if not meer else 0.0)
            self._keur(tak)
            if meer and deel_keuzes:
                raise self._fout("een keuze binnen een lange herhaling, dat kan te lang duren")
            if meer and deel_onbegrensd:
                raise self._fout("een herhaling binnen een herhaling, dat kan te lang duren")
            onbegrensd = onbegrensd or meer or deel_onbegrensd
            uit.append(deel + hoe)
        eerste = [self._p[i : i + 1] for i in begin]
        anders = len(set(eerste)) == len(eerste) and all(t.isalnum() for t in eerste)
        wegen = max([*takken, tak]) + (0.0 if anders or len(eerste) == 1 else math.log2(len(eerste)))
        return "".join(uit), onbegrensd, wegen

    def _herhaling(self, herhaalbaar: bool) -> tuple[str, bool, int, int]:
        """A repetition: its text, whether it is a long one, and how often at least and at most (bounded at 1000)."""
        treffer = _HERHAAL.match(self._p, self._i)
        if treffer is None:
            if self._i < len(self._p) and self._p[self._i] == "{":
                raise self._fout("een { zonder aantal; schrijf \\{ voor het teken zelf")
            return "", False, 1, 1
        if not herhaalbaar:
            raise self._fout("een herhaling zonder iets ervoor")
        self._i = treffer.end()
        hoe = treffer.group()
        onbegrensd = hoe in {"*", "+"} or (treffer.group(2) is not None and treffer.group(3) is None)
        if self._i < len(self._p) and self._p[self._i] == "?":
            self._i += 1  # lazy or greedy makes no difference when the whole text must match
        elif self._i < len(self._p) and self._p[self._i] in "*+":
            raise self._fout("een dubbele herhaling")
        veel = onbegrensd or int(treffer.group(3) or treffer.group(1) or 0) > 20
        minst = int(treffer.group(1)) if treffer.group(1) else int(hoe == "+")
        meest = 1000 if onbegrensd else int(treffer.group(3) or treffer.group(1) or 1)
        return hoe, veel, minst, max(meest, minst)

    def _atoom(self, diepte: int) -> tuple[str, bool, bool, float]:
        """One piece: its normal form, whether it holds an unbounded repetition, may be repeated, and ways to match."""
        teken = self._p[self._i]
        if teken == "(":
            return self._groep(diepte)
        if teken == "[":
            return self._verzameling(), False, True, 0.0
        if teken in "*+?{}]":
            raise self._fout(f"een los teken {teken}; zet er \\ voor")
        self._i += 1
        if teken in "^$":
            # Python's own $ also matches before a final newline.
            return "^" if teken == "^" else r"(?![\s\S])", False, False, 0.0
        if teken == "\\":
            return self._ontsnapt(), False, True, 0.0
        if teken == ".":
            return r"[^\n\r\u2028\u2029]", False, True, 0.0
        return (f"\\{teken}" if teken in _SPECIAAL else teken), False, True, 0.0

    def _groep(self, diepte: int) -> tuple[str, bool, bool, float]:
        self._i += 1
        if self._p.startswith("?:", self._i):
            self._i += 2
        elif self._p.startswith("?", self._i):
            raise self._fout("een groep met (?, dat wordt niet ondersteund")
        binnen, onbegrensd, keuzes = self._keuze(diepte + 1)
        if self._i >= len(self._p):
            raise self._fout("een ( zonder )")
        self._i += 1
        return f"(?:{binnen})", onbegrensd, True, keuzes

    def _volgende(self) -> str:
        if self._i >= len(self._p):
            raise self._fout("een \\ aan het eind")
        teken = self._p[self._i]
        self._i += 1
        return teken

    def _ontsnapt(self) -> str:
        teken = self._volgende()
        if teken in _KLASSEN:
            return f"[{_KLASSEN[teken]}]"
        if teken.lower() in _KLASSEN:
            return f"[^{_KLASSEN[teken.lower()]}]"
        if teken in _BESTURING:
            return _BESTURING[teken]
        if teken.isalnum():
            raise self._fout(f"\\{teken}, dat wordt niet ondersteund")
        return f"\\{teken}" if teken in _SPECIAAL else teken

    def _verzameling(self) -> str:
        self._i += 1
        uit = ["["]
        if self._p.startswith("^", self._i):
            uit.append("^")
            self._i += 1
        begin = self._i
        while True:
            if self._i >= len(self._p):
                raise self._fout("een [ zonder ]")
            teken = self._volgende()
            if teken == "]" and self._i - 1 > begin:
                return "".join(uit) + "]"
            if teken == "[":
                raise self._fout("een [ binnen [ ]; zet er \\ voor")
            uit.append(self._lid(teken))

    def _lid(self, teken: str) -> str:
        if teken == "-":
            # A hyphen that makes a range stays; at an edge of the set it is the character itself.
            rand = self._p[self._i - 2] in "[^" or self._p.startswith("]", self._i) or self._na_klasse
            self._na_klasse = False
            return r"\-" if rand else "-"
        self._na_klasse = False
        if teken == "\\":
            teken = self._volgende()
            if teken in _KLASSEN:
                self._na_klasse = True
                return _KLASSEN[teken]
            if teken in _BESTURING:
                return _BESTURING[teken]
            if teken.isalnum():
                raise self._fout(f"\\{teken} binnen [ ], dat wordt niet ondersteund")
        if teken in "&~|":
            return f"\\x{ord(teken):02x}"  # doubled they are set operators to come
        return f"\\{teken}" if teken in "\\]^-[" else teken
