"""What an expression sees: the answers from the place of one question, the moment, the choice being filtered."""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any

from inspecties.checklists.rules.cel import Cel
from inspecties.checklists.rules.cellen import Cellen
from inspecties.checklists.rules.expressies.functies_tekst import keuzes
from inspecties.checklists.rules.expressies.koppelen import gedeeld
from inspecties.checklists.rules.expressies.rekenen import bereken
from inspecties.checklists.rules.expressies.waarden import Waarde, naar_waar, ontleed_datum, zone_minuten
from inspecties.checklists.rules.vorm import NAAM_IN_TEKST, Knoop

_NU = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Context:
    """The moment of the visit and the language; expressions never ask a clock themselves."""

    nu: str
    vandaag: str
    taal: str
    verschil_min: int

    @classmethod
    def van(cls, gegevens: Mapping[str, Any]) -> "Context":
        """From ``{"nu": "2026-11-21T18:00:00+01:00", "vandaag"?, "taal"?}``; ValueError for another kind of nu."""
        nu = str(gegevens.get("nu", ""))
        treffer = _NU.fullmatch(nu)
        if treffer is None or ontleed_datum(nu, 0) is None:
            raise ValueError("context: nu moet een moment met tijdzone zijn, zoals 2026-11-21T18:00:00+01:00")
        vandaag = str(gegevens.get("vandaag") or treffer.group(1))
        return cls(nu, vandaag, str(gegevens.get("taal") or "nl"), zone_minuten(treffer.group(2)))


class _Bij(AbstractContextManager[None]):
    """Looks from one question for a while, then from where it looked before."""

    __slots__ = ("_blik", "_oud")

    def __init__(self, blik: "Blik", cel: Cel | None, keuze: dict[str, Any] | None) -> None:
        self._blik = blik
        self._oud = (blik.cel, blik.keuze)
        blik.cel, blik.keuze = cel, keuze

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._blik.cel, self._blik.keuze = self._oud


class Blik:
    """The ``Omgeving`` of expressions over the cells of a session."""

    __slots__ = ("_cellen", "_context", "_vorm", "cel", "keuze", "verschil_min")

    def __init__(self, cellen: Cellen, context: Context) -> None:
        self._cellen = cellen
        self._context = context
        self._vorm = cellen.vorm
        self.cel: Cel | None = None
        self.keuze: dict[str, Any] | None = None
        self.verschil_min = context.verschil_min

    def bij(self, cel: Cel | None, keuze: dict[str, Any] | None = None) -> _Bij:
        """A context manager in which expressions are seen from this question."""
        return _Bij(self, cel, keuze)

    @property
    def nu(self) -> str:
        """now()."""
        return self._context.nu

    @property
    def vandaag(self) -> str:
        """today()."""
        return self._context.vandaag

    @property
    def zelf(self) -> str:
        """``.``: also what once() has kept."""
        return self.cel.antwoord.tekst if self.cel is not None else ""

    @property
    def _pad(self) -> tuple[str, ...]:
        return self.cel.pad if self.cel is not None else ()

    def ref(self, naam: str, diepte: int) -> Waarde:
        """One answer as text, or a node-set over the instances below the shared ones."""
        knoop = self._vorm.knopen[naam]
        if len(knoop.keten) > diepte or knoop.soort == "herhaling":
            return self.ref_lijst(naam, diepte)
        cellen = self._cellen.van(naam, diepte, self._pad)
        return cellen[0].effectief if cellen else ""

    def ref_lijst(self, naam: str, diepte: int) -> list[str]:
        """The relevant nodes in order; of a repeat its instances."""
        cellen = self._cellen.van(naam, diepte, self._pad)
        if self._vorm.knopen[naam].soort == "herhaling":
            return [kind for cel in cellen if cel.relevant for kind in self._cellen.herhalingen(naam, cel.inst)]
        return [cel.effectief for cel in cellen if cel.relevant]

    def ref_op_plaats(self, naam: str, plaatsen: list[float], diepte: int) -> str:
        """indexed-repeat(); '' where there is no such instance."""
        keten = self._vorm.knopen[naam].keten
        inst = self._pad[diepte - 1] if diepte else None
        for groep, plaats in zip(keten[diepte:], plaatsen, strict=True):
            rij = self._cellen.herhalingen(groep, inst)
            if plaats != plaats or not 1 <= plaats < len(rij) + 1:  # noqa: PLR0124 -- NaN is the one value unequal to itself
                return ""
            inst = rij[int(plaats) - 1]
        cellen = self._cellen.van(naam, len(keten), (inst,) * len(keten) if inst is not None else ())
        return cellen[0].effectief if cellen else ""

    def plaats(self, niveau: int) -> float:
        """position(..)."""
        return float(self._cellen.plaats_van(self._pad[niveau - 1]))

    def kolom(self, naam: str) -> str:
        """A column of the choice being filtered; '' where it is empty."""
        keuze = self.keuze or {}
        if naam == "name":
            return str(keuze.get("naam", ""))
        if naam == "label":
            return self.vertaald(keuze.get("label", {}))
        return str(keuze.get("kolommen", {}).get(naam, ""))

    def keuzelabel(self, vraag: str, waarde: str) -> str:
        """jr:choice-name(); several choices are joined with a comma."""
        knoop = self._vorm.knopen[vraag]
        lijst = self._vorm.keuzes.get(knoop.node.get("keuzelijst", ""), {})
        namen = [waarde] if knoop.type == "select_one" else keuzes(waarde)
        return ", ".join(self.vertaald(lijst[naam].get("label", {})) for naam in namen if naam in lijst)

    def opzoeken(self, bestand: str, kolom: str, sleutelkolom: str, sleutel: str) -> str:
        """pulldata(): the first row whose key column holds ``sleutel``, '' when none does."""
        tabel = self._vorm.bestanden.get(bestand, {})
        return tabel.get((sleutelkolom, kolom), {}).get(sleutel, "")

    def mag(self, cel: Cel, keuze: dict[str, Any]) -> bool:
        """Whether choice_filter leaves this choice."""
        filter_ = cel.knoop.node.get("keuzefilter")
        if filter_ is None:
            return True
        with self.bij(cel, keuze):
            return naar_waar(bereken(filter_, self))

    # -- texts

    def vertaald(self, teksten: Mapping[str, str]) -> str:
        """A text in the language of the session, else in the form's own."""
        taal, standaard = self._context.taal, self._vorm.definitie.get("standaardtaal", "nl")
        return teksten.get(taal) or teksten.get(standaard) or next(iter(teksten.values()), "")

    def tekst_van(self, cel: Cel, soort: str, taal: str | None = None) -> str:
        """``label``, ``hint`` or ``beperking_melding`` of a question, translated and with ``${...}`` filled in.

        ``taal``: another language than the session's.
        """
        eigen = self._context
        self._context = replace(eigen, taal=taal or eigen.taal)
        try:
            return self._tekst_van(cel, soort)
        finally:
            self._context = eigen

    def _tekst_van(self, cel: Cel, soort: str) -> str:

        def vervang(treffer: re.Match[str]) -> str:
            knoop = self._vorm.knopen.get(treffer.group(1))
            if knoop is None:
                return treffer.group()
            with self.bij(cel):
                return self._in_tekst(knoop)

        tekst = self.vertaald(cel.knoop.node.get(soort, {}))
        return NAAM_IN_TEKST.sub(vervang, tekst) if "${" in tekst else tekst

    def _in_tekst(self, knoop: Knoop) -> str:
        """What stands for ``${naam}`` in a label: the answer, of a choice its label."""
        keten = self.cel.knoop.keten if self.cel is not None else ()
        diepte = gedeeld(keten, knoop.keten)
        waarden = self.ref_lijst(knoop.naam, diepte)
        if knoop.soort == "herhaling":
            return str(len(waarden))
        if knoop.node.get("keuzelijst"):
            waarden = [self.keuzelabel(knoop.naam, w) or w for w in waarden]
        return ", ".join(w for w in waarden if w)
