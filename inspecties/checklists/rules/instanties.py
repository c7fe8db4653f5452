"""Repeat instances that come, move and go, in whatever order they are reported."""

from collections.abc import Iterator

from inspecties.checklists.rules.cel import sleutel_van
from inspecties.checklists.rules.cellen import Cellen, Instantie
from inspecties.checklists.rules.evaluatie import Evaluatie
from inspecties.checklists.rules.vorm import R, S, V


class Instanties:
    """Makes and removes cells with their instance and marks what must be evaluated for it."""

    def __init__(self, cellen: Cellen, evaluatie: Evaluatie) -> None:
        self._cellen = cellen
        self._vorm = cellen.vorm
        self._evaluatie = evaluatie
        self._wachtend: dict[str, dict[str, tuple[str, float]]] = {}  # by the parent that is not there yet

    def voeg_toe(self, groep: str, inst: str, ouder: str | None, plaats: float) -> bool:
        """Adds or moves an instance; False when it waits for its parent. KeyError where it can not stand."""
        knoop = self._vorm.knopen[groep]
        if knoop.soort != "herhaling" or (ouder is None) != (not knoop.keten):
            raise KeyError(groep)
        bekend = self._cellen.instanties
        if inst in bekend:
            if (bekend[inst].groep, bekend[inst].ouder) != (groep, ouder):
                raise KeyError(inst)
            self._verplaats(inst, plaats)
        elif ouder is not None and ouder not in bekend:
            self._wachtend.setdefault(ouder, {})[inst] = (groep, plaats)
            return False
        elif ouder is not None and bekend[ouder].groep != knoop.keten[-1]:
            raise KeyError(ouder)
        else:
            self._maak(groep, inst, ouder, plaats)
        self._evaluatie.gewijzigd[sleutel_van(groep, ouder)] = None
        return True

    def verwijder(self, inst: str) -> bool:
        """Removes an instance with what is in it; False when it was not there (and waits no longer)."""
        instantie = self._cellen.instanties.get(inst)
        if instantie is None:
            for wachtenden in self._wachtend.values():
                wachtenden.pop(inst, None)
            return False
        self._neem_weg(inst)
        self._evaluatie.gewijzigd[sleutel_van(instantie.groep, instantie.ouder)] = None
        return True

    def maak_cellen(self, namen: list[str], inst: str | None, pad: tuple[str, ...]) -> None:
        """The cells of these nodes in one instance, groups included; repeats in it begin empty."""
        for naam in namen:
            knoop = self._vorm.knopen[naam]
            cel = self._cellen.maak(knoop, inst, pad)
            for soort in (R, V, S) if knoop.soort != "groep" else (R, S):
                self._evaluatie.vuil(soort, cel)
            if knoop.soort == "groep":
                self.maak_cellen(knoop.kinderen, inst, pad)

    def _maak(self, groep: str, inst: str, ouder: str | None, plaats: float) -> None:
        pad = (*(self._cellen.instanties[ouder].pad if ouder is not None else ()), inst)
        self._cellen.neem_op(inst, Instantie(groep, ouder, plaats, pad))
        self.maak_cellen(self._vorm.knopen[groep].kinderen, inst, pad)
        self._evaluatie.meld(V, groep, pad[:-1])
        for kind, (kindgroep, kindplaats) in self._wachtend.pop(inst, {}).items():
            if self._vorm.knopen[kindgroep].keten[-1:] == (groep,):
                self._maak(kindgroep, kind, inst, kindplaats)

    def _verplaats(self, inst: str, plaats: float) -> None:
        instantie = self._cellen.neem_uit(inst)
        instantie.plaats = plaats
        self._cellen.neem_op(inst, instantie)
        self._evaluatie.meld(V, instantie.groep, instantie.pad[:-1])

    def _neem_weg(self, inst: str) -> None:
        for kind in self._cellen.herhalingen_in(inst):
            binnen = self._cellen.instanties[kind]
            self._neem_weg(kind)
            self._wachtend.setdefault(inst, {})[kind] = (binnen.groep, binnen.plaats)
        instantie = self._cellen.neem_uit(inst)
        for naam in self._eigen_namen(self._vorm.knopen[instantie.groep].kinderen):
            cel = self._cellen.per[naam].pop(inst)
            self._evaluatie.gewijzigd.pop(cel.sleutel, None)
            self._evaluatie.meld(V, naam, instantie.pad)
        self._evaluatie.meld(V, instantie.groep, instantie.pad[:-1])

    def _eigen_namen(self, namen: list[str]) -> Iterator[str]:
        for naam in namen:
            yield naam
            if self._vorm.knopen[naam].soort == "groep":
                yield from self._eigen_namen(self._vorm.knopen[naam].kinderen)
