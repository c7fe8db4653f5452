"""Whom to think of first: advice with its source, from answers and facts of a signal. Advice decides nothing.

Source: legal.md, section 6 ("Triage" and the lines below it); domain.md, "From signal to action". The rules themselves
stand in ``config/triage.toml``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer

ANTWOORDEN: dict[str, str] = {"ja": "Ja", "nee": "Nee", "onbekend": "Onbekend"}
SLACHTOFFER = "mogelijk_slachtoffer"

# What a possible victim said to help that was offered.
ZORGANTWOORDEN: dict[str, str] = {
    "aangenomen": "Aangenomen",
    "afgewezen": "Afgewezen",
    "denkt_na": "Denkt erover na",
    "niet_bereikt": "Niet bereikt",
}
# Answers with which the question is not yet settled.
ZORG_OPEN = frozenset({"denkt_na"})

WANNEER: dict[str, str] = {"nu": "Nu meteen", "vandaag": "Vandaag", "route": "In de meldroute"}

# Facts of the signal itself that a rule may ask, besides the answers.
FEITEN = ("vorm", "urgentie", "indicator")


@dataclass(frozen=True)
class Vraag:
    """A question on the page of a signal. ``vertrouwelijk``: the answer could point to who reported."""

    code: str
    tekst: str
    uitleg: str = ""
    vertrouwelijk: bool = False


@dataclass(frozen=True)
class Ontvanger:
    """Somebody to whom a signal can be passed on."""

    code: str
    naam: str
    bereik: str = ""


@dataclass(frozen=True)
class Grondslag:
    """A ground for passing on, with whether its text was looked up."""

    code: str
    tekst: str
    status: str


@dataclass(frozen=True)
class Advies:
    """One row of the triage table. ``als``: alternatives, each a set of facts that must all hold; empty: always."""

    code: str
    tekst: str
    bron: str
    status: str
    wanneer: str
    ontvangers: tuple[str, ...] = ()
    als: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    vertrouwelijk: bool = False

    @property
    def is_wenk(self) -> bool:
        """A thing to know, not somebody to tell."""
        return not self.ontvangers

    def geldt(self, feiten: Mapping[str, frozenset[str]]) -> bool:
        """Whether one of the alternatives holds; an unanswered question is the value ''."""
        leeg = frozenset({""})
        return not self.als or any(
            all(feiten.get(naam, leeg) & set(waarden) for naam, waarden in keus.items()) for keus in self.als
        )


@dataclass(frozen=True)
class Triagetabel:
    """The whole of ``config/triage.toml``."""

    vragen: tuple[Vraag, ...]
    ontvangers: Mapping[str, Ontvanger]
    grondslagen: Mapping[str, Grondslag]
    adviezen: tuple[Advies, ...]

    @classmethod
    def uit(cls, inhoud: Mapping[str, Any]) -> "Triagetabel":
        """Raises OngeldigeInvoer naming what is wrong in the file."""
        try:
            tabel = cls(
                tuple(Vraag(**v) for v in inhoud["vraag"]),
                {o["code"]: Ontvanger(**o) for o in inhoud["ontvanger"]},
                {g["code"]: Grondslag(**g) for g in inhoud["grondslag"]},
                tuple(_advies(a) for a in inhoud["advies"]),
            )
        except (KeyError, TypeError) as fout:
            raise OngeldigeInvoer(f"config/triage.toml klopt niet: {fout}.") from fout
        bekend = {v.code for v in tabel.vragen} | set(FEITEN)
        for advies in tabel.adviezen:
            if vreemd := set(advies.ontvangers) - set(tabel.ontvangers):
                raise OngeldigeInvoer(f"config/triage.toml, {advies.code}: onbekende ontvanger {sorted(vreemd)[0]}.")
            if vreemd := {naam for keus in advies.als for naam in keus} - bekend:
                raise OngeldigeInvoer(f"config/triage.toml, {advies.code}: onbekende vraag {sorted(vreemd)[0]}.")
            if advies.wanneer not in WANNEER:
                raise OngeldigeInvoer(f"config/triage.toml, {advies.code}: kies {', '.join(WANNEER)} bij wanneer.")
        return tabel

    def adviezen_bij(self, feiten: "Triagefeiten") -> list[Advies]:
        """The rows that hold, the most pressing first."""
        waarden = feiten.als_waarden()
        volgorde = list(WANNEER)
        return sorted((a for a in self.adviezen if a.geldt(waarden)), key=lambda a: volgorde.index(a.wanneer))


@dataclass(frozen=True)
class Triagefeiten:
    """What the rules look at. Nothing about nationality, origin, religion or sex."""

    antwoorden: Mapping[str, str]
    vorm: str = "onbekend"
    urgentie: str = "normaal"
    indicatoren: Sequence[str] = ()

    def als_waarden(self) -> dict[str, frozenset[str]]:
        """Each fact with the values that it has."""
        uit = {vraag: frozenset({antwoord}) for vraag, antwoord in self.antwoorden.items()}
        return uit | {
            "vorm": frozenset({self.vorm}),
            "urgentie": frozenset({self.urgentie}),
            "indicator": frozenset(self.indicatoren),
        }


def _advies(rij: Mapping[str, Any]) -> Advies:
    velden = dict(rij)
    velden["ontvangers"] = tuple(velden.get("ontvangers", ()))
    velden["als"] = tuple({naam: tuple(w) for naam, w in keus.items()} for keus in velden.get("als", ()))
    return Advies(**velden)


def is_gevolgd(advies: Advies, doorgezet_aan: frozenset[str]) -> bool:
    """Whether everybody whom the advice names was told."""
    return not advies.is_wenk and set(advies.ontvangers) <= doorgezet_aan


def zorg_is_vastgelegd(antwoorden: Sequence[str]) -> bool:
    """Whether help was offered and the answer to it is known."""
    return any(a in ZORGANTWOORDEN and a not in ZORG_OPEN for a in antwoorden)
