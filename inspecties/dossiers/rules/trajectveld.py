"""What a step of a track asks: typed fields, whether what was given can be right, and the order of dates."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.termijnen.rules.duur import Duur

TYPEN = frozenset({"datum", "bedrag_cent", "tekst", "keuze", "ja_nee", "getal", "duur"})
JA_NEE: tuple[tuple[str, str], ...] = (("ja", "Ja"), ("nee", "Nee"))
MAX_TEKST = 4000
MAX_CENT = 100_000_000_00
MAX_JAREN = 30
# How a date of this day, or the day on which a step was taken, is called in the rules about the order of dates.
VANDAAG, OP = "vandaag", "op"

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

# What a step stored: JSON values only.
Waarde = str | int


def lees_voorwaarde(voorwaarde: str) -> tuple[str, tuple[str, ...]]:
    """``field=value``, or ``field=one|other``: the field, and the values that count."""
    naam, gelijk, waarden = voorwaarde.partition("=")
    return naam, tuple(waarden.split("|")) if gelijk else ()


def dag_in_woorden(dag: date) -> str:
    """A day as people write it: 3 december 2026."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


@dataclass(frozen=True)
class Trajectveld:
    """One question of a step. ``niet_voor`` and ``niet_na`` name days: ``step.field``, ``step.op`` or ``vandaag``.

    ``verplicht_als``: ``field=value`` (or ``field=one|other``) of the same step; the field is then needed, and
    otherwise may stay empty.
    """

    naam: str
    label: str
    type: str
    verplicht: bool = True
    hint: str = ""
    keuzes: tuple[tuple[str, str], ...] = ()
    niet_voor: tuple[str, ...] = ()
    niet_na: tuple[str, ...] = ()
    kleinste: int | None = None
    grootste: int | None = None
    verplicht_als: str = ""

    @classmethod
    def uit(cls, rij: Mapping[str, Any], *, keur: bool = True) -> "Trajectveld":
        """A field of the file, or with ``keur`` off one that was kept. Raises ValueError or TypeError naming what is
        wrong."""
        velden = {naam: w for naam, w in rij.items() if keur or naam in cls.__dataclass_fields__}
        velden["keuzes"] = tuple((str(code), str(naam)) for code, naam in velden.get("keuzes", ()))
        for lijst in ("niet_voor", "niet_na"):
            velden[lijst] = tuple(velden.get(lijst, ()))
        veld = cls(**velden)
        if not keur:
            return veld
        if veld.type not in TYPEN:
            raise ValueError(f"veld {veld.naam}: unknown type {veld.type}")
        if (veld.type == "keuze") != bool(veld.keuzes):
            raise ValueError(f"veld {veld.naam}: keuzes belong to type keuze, and to no other")
        if (veld.niet_voor or veld.niet_na) and veld.type != "datum":
            raise ValueError(f"veld {veld.naam}: niet_voor and niet_na belong to type datum")
        if not veld.label or not re.fullmatch(r"[a-z][a-z0-9_]*", veld.naam) or veld.naam == OP:
            raise ValueError(f"veld {veld.naam}: no label, or no proper name")
        return veld

    def als_rij(self) -> dict[str, Any]:
        """As it is kept beside a dossier; ``uit`` reads it back."""
        uit: dict[str, Any] = {"naam": self.naam, "label": self.label, "type": self.type, "verplicht": self.verplicht}
        for naam in ("hint", "kleinste", "grootste", "verplicht_als"):
            if getattr(self, naam) not in {"", None}:
                uit[naam] = getattr(self, naam)
        for naam in ("niet_voor", "niet_na"):
            if getattr(self, naam):
                uit[naam] = list(getattr(self, naam))
        if self.keuzes:
            uit["keuzes"] = [list(paar) for paar in self.keuzes]
        return uit

    @property
    def mogelijk(self) -> tuple[tuple[str, str], ...]:
        """The values that can be chosen, with their names; empty where one types."""
        return JA_NEE if self.type == "ja_nee" else self.keuzes

    def fout(self, melding: str) -> OngeldigeInvoer:
        """A refusal that names this field."""
        return OngeldigeInvoer(f"{self.label}: {melding}", self.naam)

    def keur(self, ruw: object, vandaag: date) -> Waarde | None:
        """The value as it is stored, None where nothing was given. Raises OngeldigeInvoer naming the field."""
        if isinstance(ruw, bool):
            ruw = "ja" if ruw else "nee"
        if isinstance(ruw, int) and self.type == "bedrag_cent":
            return self._grens(ruw)
        tekst = "" if ruw is None else (ruw.isoformat() if isinstance(ruw, date) else str(ruw))
        tekst = tekst.replace("\r\n", "\n").strip()
        if not tekst:
            return None
        lezers: dict[str, Callable[[str], Waarde]] = {
            "datum": lambda t: self._datum(t, vandaag),
            "bedrag_cent": lambda t: self._grens(self._cent(t)),
            "getal": self._getal,
            "duur": self._duur,
            "tekst": self._tekst,
        }
        return lezers.get(self.type, self._keuze)(tekst)

    def _tekst(self, tekst: str) -> str:
        if len(tekst) > MAX_TEKST:
            raise self.fout(f"houd dit onder de {MAX_TEKST} tekens.")
        return tekst

    def _keuze(self, tekst: str) -> str:
        if tekst not in dict(self.mogelijk):
            raise self.fout(f"kies uit: {', '.join(naam for _, naam in self.mogelijk)}.")
        return tekst

    def _duur(self, tekst: str) -> str:
        try:
            return str(Duur.lees(tekst))
        except OngeldigeInvoer as fout:
            raise self.fout(fout.melding) from fout

    def _getal(self, tekst: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,9}", tekst):
            raise self.fout("vul een heel getal in, met alleen cijfers.")
        return self._grens(int(tekst))

    def _datum(self, tekst: str, vandaag: date) -> str:
        try:
            dag = date.fromisoformat(tekst)
        except ValueError:
            raise self.fout("vul een dag in, als dag-maand-jaar.") from None
        if abs(dag.year - vandaag.year) > MAX_JAREN:
            raise self.fout(f"het jaar {dag.year} kan niet kloppen. Schrijf het jaar met vier cijfers.")
        return dag.isoformat()

    def _cent(self, tekst: str) -> int:
        schoon = tekst.removeprefix("€").strip()
        if not re.fullmatch(r"([0-9]{1,9}|[0-9]{1,3}(\.[0-9]{3})+)(,([0-9]{2}|-))?", schoon):
            raise self.fout("vul een bedrag in euro in, zoals 1250 of 1.250,50.")
        return int(Decimal(schoon.replace(".", "").replace(",-", "").replace(",", ".")) * 100)

    def _grens(self, getal: int) -> int:
        onder = self.kleinste if self.kleinste is not None else (0 if self.type == "bedrag_cent" else None)
        boven = self.grootste if self.grootste is not None else (MAX_CENT if self.type == "bedrag_cent" else None)
        if onder is not None and getal < onder:
            raise self.fout(f"dit is minstens {self.in_woorden(onder)}.")
        if boven is not None and getal > boven:
            raise self.fout(f"dit is hooguit {self.in_woorden(boven)}.")
        return getal

    def in_woorden(self, waarde: Waarde) -> str:
        """A stored value as a person reads it."""
        match self.type:
            case "datum":
                return dag_in_woorden(date.fromisoformat(str(waarde)))
            case "bedrag_cent":
                euro, cent = divmod(int(waarde), 100)
                return f"€ {euro:,}".replace(",", ".") + (f",{cent:02d}" if cent else "")
            case "duur":
                return Duur.lees(str(waarde)).in_woorden
            case "keuze" | "ja_nee":
                return dict(self.mogelijk).get(str(waarde), str(waarde))
        return str(waarde)
