"""Folding operations into what a visit looks like now.

The result does not depend on the order in which operations arrive. The client folds alike
(``static/src/veld/ops/vouw.js``); ``tests/vectors/ops`` holds cases for both.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from inspecties.controles.rules.operatie import BANEN

WAARDE, NOOT, BIJLAGE = "waarde", "noot", "bijlage"


@dataclass(frozen=True)
class Kop:
    """An operation as far as folding looks at it, with who and when for the screen. ``rev`` None: not numbered yet."""

    op_id: str
    vraag_id: str
    herhaling_id: str | None
    soort: str
    waarde: Any
    base_op_ids: tuple[str, ...]
    rev: int | None = None
    form_versie: str = ""
    toestel_tijd: str = ""
    auteur: str = ""
    na_afronden: bool = False
    toestel: str = ""
    seq: int = 0

    @property
    def baan(self) -> str:
        return BANEN.get(self.soort, WAARDE)

    @property
    def sleutel(self) -> str:
        return sleutel_van(self.vraag_id, self.herhaling_id)


def sleutel_van(vraag_id: str, herhaling_id: str | None = None) -> str:
    """``vraag`` or ``vraag@herhaling_id``, as the evaluators name it."""
    return f"{vraag_id}@{herhaling_id}" if herhaling_id else vraag_id


@dataclass
class _Strook:
    """One key and lane: its operations and which of them somebody superseded."""

    ops: dict[str, Kop] = field(default_factory=dict)
    vervangen: set[str] = field(default_factory=set)

    def koppen(self) -> list[Kop]:
        return _op_volgorde(op for op in self.ops.values() if op.op_id not in self.vervangen)

    def plaatsingen(self) -> list[Kop]:
        """What put an instance of a repeat on its place, lowest rev first; empty for a question."""
        return _op_volgorde(op for op in self.ops.values() if _is_plaats(op))


def _op_volgorde(ops: Iterable[Kop]) -> list[Kop]:
    return sorted(ops, key=lambda op: (op.rev is None, op.rev or 0, op.op_id))


def _is_plaats(op: Kop) -> bool:
    return op.soort == "set" and isinstance(op.waarde, dict) and "plaats" in op.waarde


@dataclass(frozen=True)
class Verschil:
    """Two or more people answered apart: all their values stand until a person chooses.

    ``erin``: one removed a room or person in which another had written what the first never saw.
    """

    sleutel: str
    baan: str
    koppen: tuple[Kop, ...]
    erin: tuple[Kop, ...] = ()

    @property
    def vraag_id(self) -> str:
        return self.koppen[0].vraag_id

    @property
    def herhaling_id(self) -> str | None:
        return self.koppen[0].herhaling_id


def _alleen_verplaatst(koppen: list[Kop]) -> bool:
    """Whether people only moved the same room or person: an order, no answer. The last move counts, nobody chooses."""

    def is_plek(kop: Kop) -> bool:
        waarde = kop.waarde if kop.soort == "set" and kop.herhaling_id and isinstance(kop.waarde, dict) else {}
        plaats = waarde.get("plaats")
        return isinstance(plaats, int | float) and not isinstance(plaats, bool)

    return all(map(is_plek, koppen)) and all(kop.waarde.get("ouder") == koppen[0].waarde.get("ouder") for kop in koppen)


class Vouw:
    """The fold of one visit."""

    def __init__(self, ops: Iterable[Kop] = ()) -> None:
        self._stroken: dict[tuple[str, str], _Strook] = {}
        for op in ops:
            self.voeg_toe(op)

    def voeg_toe(self, op: Kop) -> None:
        """Take in one operation; the same one again changes nothing, but a number it gets is kept."""
        strook = self._stroken.setdefault((op.sleutel, op.baan), _Strook())
        oud = strook.ops.get(op.op_id)
        if oud is not None and op.rev is None:
            return
        strook.ops[op.op_id] = op
        strook.vervangen.update(op.base_op_ids)

    def sleutels(self) -> Iterator[str]:
        """Every key that has an operation, once."""
        yield from dict.fromkeys(sleutel for sleutel, _ in self._stroken)

    def koppen(self, sleutel: str, baan: str = WAARDE) -> list[Kop]:
        """Heads in a stable order: lowest rev first, unnumbered last."""
        strook = self._stroken.get((sleutel, baan))
        return strook.koppen() if strook else []

    def waarde(self, sleutel: str) -> Any:
        """The value that counts; None when empty or cleared. In a conflict: of the head with the highest rev."""
        koppen = self.koppen(sleutel)
        return koppen[-1].waarde if koppen and koppen[-1].soort == "set" else None

    def noot(self, sleutel: str) -> str:
        """The note, empty when there is none."""
        koppen = self.koppen(sleutel, NOOT)
        return str(koppen[-1].waarde or "") if koppen else ""

    def bijlagen(self, sleutel: str) -> list[str]:
        """SHA-256 of every attachment that was not removed, in order of arrival.

        Each once: two people who gave the same photo a caption apart left two heads.
        """
        koppen = (op for op in self.koppen(sleutel, BIJLAGE) if op.waarde and not op.waarde.get("verwijderd"))
        return list(dict.fromkeys(op.waarde["sha256"] for op in koppen))

    def manifest(self, zonder: Collection[str] = ()) -> dict[str, Kop]:
        """What evidence the visit consists of: SHA-256 -> the operation that attached it. ``zonder``: questions."""
        uit: dict[str, Kop] = {}
        for sleutel, baan in self._stroken:
            if baan != BIJLAGE or sleutel.partition("@")[0] in zonder:
                continue
            for op in self.koppen(sleutel, BIJLAGE):
                if op.waarde and not op.waarde.get("verwijderd"):
                    uit.setdefault(op.waarde["sha256"], op)
        return uit

    def verschillen(self) -> list[Verschil]:
        """Every key and lane with more than one head; attachments never differ, they add up.

        Two orders of the same rooms are no difference. A room that one removed while another wrote in it is.
        """
        uit = []
        for (sleutel, baan), strook in self._stroken.items():
            koppen = strook.koppen() if baan != BIJLAGE else []
            weg = [kop for kop in koppen if kop.soort == "clear"]
            plaatsingen = strook.plaatsingen() if weg and baan == WAARDE and "@" in sleutel else []
            if plaatsingen and len(weg) == len(koppen):
                if erin := self._ongezien(sleutel, weg):
                    uit.append(Verschil(sleutel, baan, (plaatsingen[-1], *weg), tuple(erin)))
            elif len(koppen) > 1 and not _alleen_verplaatst(koppen):
                uit.append(Verschil(sleutel, baan, tuple(koppen)))
        return uit

    def binnen(self, herhaling_id: str) -> list[Kop]:
        """All operations that stand inside an instance, those of instances inside it included."""
        uit: list[Kop] = []
        laag = {herhaling_id}
        gehad: set[str] = set()
        while laag:
            gehad |= laag
            kinderen: set[str] = set()
            for (sleutel, _), strook in self._stroken.items():
                eigen = sleutel.partition("@")[2]
                plek = self._stroken.get((sleutel, WAARDE)) if eigen else None
                plaatsingen = plek.plaatsingen() if plek else []
                if (plaatsingen[-1].waarde.get("ouder") if plaatsingen else eigen) not in laag:
                    continue
                if plaatsingen:
                    kinderen.add(eigen)
                uit += strook.koppen()
            laag = kinderen - gehad
        return uit

    def _ongezien(self, sleutel: str, weg: list[Kop]) -> list[Kop]:
        """What stands in a removed instance and was not seen by who removed it.

        A tablet names what it saw (``{"gezien": [op_id]}``). An older one does not: then what came later counts.
        """
        toestellen = {kop.toestel for kop in weg if kop.toestel}
        lijsten = [kop.waarde["gezien"] for kop in weg if isinstance(kop.waarde, dict) and "gezien" in kop.waarde]
        gezien = {op_id for lijst in lijsten if isinstance(lijst, list) for op_id in lijst if isinstance(op_id, str)}
        grens = max(kop.rev or 0 for kop in weg)

        def telt(op: Kop) -> bool:
            if op.toestel in toestellen or op.op_id in gezien:
                return False
            return bool(lijsten) or op.rev is None or op.rev > grens

        return [op for op in self.binnen(sleutel.partition("@")[2]) if telt(op)]

    def alle(self) -> list[Kop]:
        """Every operation, also what was replaced, lowest rev first."""
        return _op_volgorde(op for strook in self._stroken.values() for op in strook.ops.values())

    def laatste(self) -> list[Kop]:
        """All operations that stand now, whatever their lane."""
        return [kop for strook in self._stroken.values() for kop in strook.koppen()]


@dataclass(frozen=True)
class Herhaling:
    """One instance of a repeat (a room, a person)."""

    groep: str
    herhaling_id: str
    ouder: str | None
    plaats: float


def herhalingen(vouw: Vouw, groepen: Iterable[str]) -> list[Herhaling]:
    """The instances that exist, parents before children, in order on screen.

    An instance whose enclosing instance was removed is gone with it, and comes back with it.
    """
    namen = set(groepen)
    alle: dict[str, Herhaling] = {}
    for sleutel in vouw.sleutels():
        groep, _, herhaling_id = sleutel.partition("@")
        waarde = vouw.waarde(sleutel) if groep in namen and herhaling_id else None
        if isinstance(waarde, dict) and isinstance(waarde.get("plaats"), int | float):
            alle[herhaling_id] = Herhaling(groep, herhaling_id, waarde.get("ouder"), waarde["plaats"])
    geordend = sorted(alle.values(), key=lambda h: (h.plaats, h.herhaling_id))
    uit: list[Herhaling] = []
    laag: set[str | None] = {None}
    while laag:
        volgende = [h for h in geordend if h.ouder in laag]
        uit += volgende
        geordend = [h for h in geordend if h.ouder not in laag]
        laag = {h.herhaling_id for h in volgende}
    return uit
