"""The sheet ``choices``."""

from typing import Any

from inspecties.checklists.rules.bron import Blad, Rij
from inspecties.checklists.rules.fouten import Melding
from inspecties.checklists.rules.kolommen import Kolom, choices_kolom
from inspecties.checklists.rules.typen import is_naam

Keuzelijsten = dict[str, list[dict[str, Any]]]


def lees_keuzes(blad: Blad | None, taal: str) -> tuple[Keuzelijsten, list[Melding]]:
    """The lists by name, and what is wrong with them."""
    lezer = _Keuzelezer(blad, taal)
    if blad is not None:
        lezer.lees(blad)
    return lezer.lijsten, lezer.fouten


class _Keuzelezer:
    def __init__(self, blad: Blad | None, taal: str) -> None:
        self.lijsten: Keuzelijsten = {}
        self.fouten: list[Melding] = []
        self._blad = blad.naam if blad else ""
        self._taal = taal

    def _fout(self, tekst: str, rij: int, kolom: str) -> None:
        self.fouten.append(Melding(tekst, self._blad, rij, kolom))

    def lees(self, blad: Blad) -> None:
        kolommen = [choices_kolom(kop) for kop in blad.kolommen]
        for nodig in ("list_name", "name"):
            if blad.rijen and all(k.betekenis != nodig for k in kolommen):
                self._fout(f"De kolom {nodig} ontbreekt.", blad.koprij, nodig)
        if not self.fouten:
            for rij in blad.rijen:
                self._rij(rij, kolommen)

    def _rij(self, rij: Rij, kolommen: list[Kolom]) -> None:
        keuze: dict[str, Any] = {"naam": "", "label": {}}
        extra: dict[str, str] = {}
        for kolom, cel in zip(kolommen, rij.cellen, strict=True):
            if cel and kolom.betekenis is None:
                self._fout(f"De kolom '{kolom.kop}' wordt niet ondersteund.", rij.nummer, kolom.kop)
            elif cel and kolom.betekenis == "label":
                keuze["label"][kolom.taal or self._taal] = cel
            elif cel and kolom.betekenis is not None:
                extra[kolom.betekenis] = cel
        lijst = extra.pop("list_name", "")
        keuze["naam"] = extra.pop("name", "")
        if not is_naam(lijst):
            melding = f"'{lijst}' is geen naam van een keuzelijst." if lijst else "list_name ontbreekt."
            self._fout(melding, rij.nummer, "list_name")
            return
        self._keur_naam(keuze["naam"], lijst, rij.nummer)
        keuze["label"] = keuze["label"] or {self._taal: keuze["naam"]}
        if extra:
            keuze["kolommen"] = extra
        self.lijsten.setdefault(lijst, []).append(keuze)

    def _keur_naam(self, naam: str, lijst: str, rij: int) -> None:
        if not naam:
            self._fout("De naam van de keuze ontbreekt.", rij, "name")
        elif len(naam.split()) != 1:
            self._fout(f"De naam '{naam}' van een keuze kan geen spatie bevatten.", rij, "name")
        elif any(k["naam"] == naam for k in self.lijsten.get(lijst, [])):
            self._fout(f"De keuze '{naam}' komt in lijst '{lijst}' twee keer voor.", rij, "name")
