"""Which cells must be evaluated again after a change, and evaluating them in the order of their dependencies."""

import heapq

from inspecties.checklists.rules.blik import Blik
from inspecties.checklists.rules.cel import Cel, bereken_relevantie, bereken_status, bereken_waarde
from inspecties.checklists.rules.cellen import Cellen
from inspecties.checklists.rules.vorm import R, S, V


class Evaluatie:
    """Per rank a bucket of instances that wait, and the keys that came to look different."""

    def __init__(self, cellen: Cellen, blik: Blik) -> None:
        self._cellen = cellen
        self._vorm = cellen.vorm
        self._blik = blik
        self._emmers: list[dict[str | None, None]] = [{} for _ in self._vorm.celvolgorde]
        self._hoop: list[int] = []
        self.gewijzigd: dict[str, None] = {}
        self.gepauzeerd = 0

    def vuil(self, soort: int, cel: Cel) -> None:
        """Marks R, V or S of a cell as to be evaluated."""
        self._vuil_rang(self._vorm.rang[soort, cel.knoop.naam], cel.inst)

    def _vuil_rang(self, rang: int, inst: str | None) -> None:
        emmer = self._emmers[rang]
        if not emmer:
            heapq.heappush(self._hoop, rang)
        emmer[inst] = None

    def meld(self, soort: int, naam: str, pad: tuple[str, ...]) -> None:
        """Marks every reader of a cell as to be evaluated."""
        for lezer in self._vorm.lezers.get((soort, naam), ()):
            for cel in self._cellen.van(lezer.naam, lezer.diepte, pad):
                self._vuil_rang(lezer.rang, cel.inst)

    def verwerk(self) -> list[str]:
        """Evaluates what waits and returns the keys that look different; nothing while paused."""
        if self.gepauzeerd:
            return []
        while self._hoop:
            rang = heapq.heappop(self._hoop)
            emmer, self._emmers[rang] = self._emmers[rang], {}
            soort, naam = self._vorm.celvolgorde[rang]
            for inst in emmer:
                cel = self._cellen.per[naam].get(inst)
                if cel is not None:
                    self._werk_bij(soort, cel)
        uit, self.gewijzigd = list(self.gewijzigd), {}
        return uit

    def _werk_bij(self, soort: int, cel: Cel) -> None:
        with self._blik.bij(cel):
            if soort == R:
                anders = bereken_relevantie(cel, self._cellen.ouder_van(cel), self._blik)
            elif soort == V:
                anders = bereken_waarde(cel, self._blik)
            else:
                anders = bereken_status(cel, self._blik, self._blik.mag)
        if anders:
            self.gewijzigd[cel.sleutel] = None
            if soort != S:
                self.meld(soort, cel.knoop.naam, cel.pad)
