"""The subset of regular expressions that means the same in Python and in JavaScript.

A pattern is rewritten to a normal form (``\\d`` becomes ``[0-9]`` ...) and refused when it holds anything else, or a
repetition inside a repetition, which may take exponential time on the tablet.
"""

import re

from inspecties.checklists.rules.expressies.fouten import Expressiefout

MAX_PATROON = 400
_KLASSEN = {"d": "0-9", "w": "A-Za-z0-9_", "s": r" \t\n\r\f\v"}
_BESTURING = {"t": r"\t", "n": r"\n", "r": r"\r", "f": r"\f", "v": r"\v"}
_SPECIAAL = set("\\^$.|?*+()[]{}/")
_HERHAAL = re.compile(r"[*+?]|\{(\d{1,3})(?:(,)(\d{1,3})?)?\}")


def normaliseer(patroon: str) -> str:
    """The pattern in normal form, to be matched against the whole text; raises Expressiefout."""
    if len(patroon) > MAX_PATROON:
        raise Expressiefout(f"Het patroon van regex() is langer dan {MAX_PATROON} tekens.")
    uit = _Lezer(patroon).alles()
    try:
        re.compile(uit)
    except (re.error, OverflowError) as fout:
        raise Expressiefout(f"Het patroon '{patroon}' van regex() klopt niet.") from fout
    return uit


class _Lezer:
    def __init__(self, patroon: str) -> None:
        self._p = patroon
        self._i = 0
        self._na_klasse = False

    def alles(self) -> str:
        uit, _ = self._keuze(0)
        if self._i < len(self._p):
            raise self._fout("een ) te veel")
        return uit

    def _fout(self, wat: str) -> Expressiefout:
        return Expressiefout(f"Het patroon '{self._p}' van regex() bevat {wat} (teken {self._i + 1}).")

    def _keuze(self, diepte: int) -> tuple[str, bool]:
        """Alternatives up to ``)`` or the end; also whether they hold an unbounded repetition."""
        if diepte > 20:
            raise self._fout("te diep geneste haakjes")
        uit: list[str] = []
        onbegrensd = False
        while self._i < len(self._p) and self._p[self._i] != ")":
            if self._p[self._i] == "|":
                uit.append("|")
                self._i += 1
                continue
            deel, deel_onbegrensd, herhaalbaar = self._atoom(diepte)
            hoe, meer = self._herhaling(herhaalbaar)
            if meer and deel_onbegrensd:
                raise self._fout("een herhaling binnen een herhaling, dat kan te lang duren")
            onbegrensd = onbegrensd or meer or deel_onbegrensd
            uit.append(deel + hoe)
        return "".join(uit), onbegrensd

    def _herhaling(self, herhaalbaar: bool) -> tuple[str, bool]:
        treffer = _HERHAAL.match(self._p, self._i)
        if treffer is None:
            if self._i < len(self._p) and self._p[self._i] == "{":
                raise self._fout("een { zonder aantal; schrijf \\{ voor het teken zelf")
            return "", False
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
        return hoe, veel

    def _atoom(self, diepte: int) -> tuple[str, bool, bool]:
        """One piece: its normal form, whether it holds an unbounded repetition, whether it may be repeated."""
        teken = self._p[self._i]
        if teken == "(":
            return self._groep(diepte)
        if teken == "[":
            return self._verzameling(), False, True
        if teken in "*+?{}]":
            raise self._fout(f"een los teken {teken}; zet er \\ voor")
        self._i += 1
        if teken in "^$":
            # Python's own $ also matches before a final newline.
            return "^" if teken == "^" else r"(?![\s\S])", False, False
        if teken == "\\":
            return self._ontsnapt(), False, True
        if teken == ".":
            return r"[^\n\r\u2028\u2029]", False, True
        return (f"\\{teken}" if teken in _SPECIAAL else teken), False, True

    def _groep(self, diepte: int) -> tuple[str, bool, bool]:
        self._i += 1
        if self._p.startswith("?:", self._i):
            self._i += 2
        elif self._p.startswith("?", self._i):
            raise self._fout("een groep met (?, dat wordt niet ondersteund")
        binnen, onbegrensd = self._keuze(diepte + 1)
        if self._i >= len(self._p):
            raise self._fout("een ( zonder )")
        self._i += 1
        return f"(?:{binnen})", onbegrensd, True

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
