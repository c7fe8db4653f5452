"""The texts of a dossier: which there are, which must be there, and a first draft from the findings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAX_TEKST = 20_000


@dataclass(frozen=True)
class Tekstveld:
    """One text of a dossier. ``verplicht``: a dossier without it can not be submitted."""

    naam: str
    titel: str
    vraag: str
    verplicht: bool = False


TEKSTVELDEN: tuple[Tekstveld, ...] = (
    Tekstveld("samenvatting", "Samenvatting", "Wat is er aan de hand, in een paar zinnen?", verplicht=True),
    Tekstveld("feiten", "Feiten", "Wat is gezien, gemeten en gehoord? Schrijf alleen feiten, met datum."),
    Tekstveld("waarom_nu", "Waarom nu", "Waarom moet er nu worden besloten?", verplicht=True),
    Tekstveld("geprobeerd", "Wat is geprobeerd", "Welke lichtere maatregelen zijn geprobeerd?", verplicht=True),
    Tekstveld("bewoners", "Wie wonen er", "Wie raakt dit, zijn er kinderen, en waar kunnen zij heen?", verplicht=True),
    Tekstveld(
        "beoordeling",
        "Beoordeling",
        "Is de maatregel geschikt, nodig en evenwichtig (artikel 3:4 lid 2 Awb)?",
        verplicht=True,
    ),
    Tekstveld(
        "zienswijze",
        "Zienswijze",
        "Wat vinden de belanghebbenden? Of waarom is daar niet om gevraagd?",
    ),
    Tekstveld("concept_besluit", "Concept-besluit", "Wat stelt u voor te besluiten?", verplicht=True),
)

VELDEN: dict[str, Tekstveld] = {veld.naam: veld for veld in TEKSTVELDEN}

# What a draft leaves open stands in square brackets; a dossier with such a place can not be submitted.
_OPEN_PLEK = re.compile(r"\[(?:vul aan|kies)[^\]\n]{0,200}\]", re.IGNORECASE)


def open_plekken(tekst: str) -> list[str]:
    """The places that a draft left open, as they stand in the text."""
    return _OPEN_PLEK.findall(tekst)


@dataclass(frozen=True)
class Antwoord:
    """A question with its answer, as a finding quotes it."""

    label: str
    tekst: str


@dataclass(frozen=True)
class Grond:
    """A finding, as far as a draft text needs it."""

    naam: str
    grondslag: str
    antwoorden: tuple[Antwoord, ...] = ()


@dataclass(frozen=True)
class Waarneming:
    """A visit with what was found there."""

    datum: str
    adres: str
    gronden: tuple[Grond, ...] = ()


def _komma(delen: Sequence[str]) -> str:
    return " en ".join(filter(None, [", ".join(delen[:-1]), delen[-1]])) if delen else ""


def concept(veld: str, waarnemingen: Iterable[Waarneming], grondslag: str, bevoegd: str = "") -> str:
    """A first text for a field, from what was found; empty where nothing can be said from the findings alone.

    It states facts and leaves each judgement open, in square brackets.
    """
    lijst = list(waarnemingen)
    gronden = [grond for w in lijst for grond in w.gronden]
    if veld == "samenvatting" and lijst:
        namen = list(dict.fromkeys(g.naam.lower() for g in gronden))
        bezoek = _komma(list(dict.fromkeys(f"{w.datum} ({w.adres})" for w in lijst)))
        gevonden = f" Daarbij is vastgesteld: {_komma(namen)}." if namen else ""
        return f"Bezocht op {bezoek}.{gevonden} [vul aan: wat dit betekent voor de omgeving]"
    if veld == "feiten" and gronden:
        regels = []
        for w in lijst:
            regels += [
                f"Op {w.datum} is op het adres {w.adres} vastgesteld ({g.naam.lower()}): "
                + "; ".join(f"{a.label.rstrip('?:. ')}: {a.tekst.rstrip('. ')}" for a in g.antwoorden if a.tekst)
                + "."
                for g in w.gronden
            ]
        return "\n".join(regels)
    if veld == "beoordeling":
        return (
            "Geschikt: [vul aan: waarom deze maatregel helpt]\n"
            "Nodig: [vul aan: waarom een lichter middel niet genoeg is]\n"
            "Evenwichtig: [vul aan: de belangen van bewoners, kinderen en eigenaar, en waarom de duur past]"
        )
    if veld == "concept_besluit":
        wie = bevoegd or "Het bestuursorgaan"
        return (
            f"{wie[:1].upper()}{wie[1:]} besluit op grond van {grondslag[:1].lower()}{grondslag[1:]} "
            "[vul aan: de maatregel, vanaf wanneer en hoe lang]."
        )
    return ""
