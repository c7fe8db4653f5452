"""What an inspector or partner may know of what became of the findings of a visit of their own.

Told: which proposal came of it, whether a person took it over or dismissed it, into which kind of dossier it went, and
whether there was a decision. Not told, to anybody here:

- signals of trafficking: these are the aandachtsfunctionaris's alone and never get this far;
- anything about a Bibob investigation (Wet Bibob art. 28, a closed list of readers). A Bibob proposal gets the same
  sentence whatever became of it, and what went into a Bibob dossier reads as taken over, so that nothing follows
  from the difference;
- answers, names, reporters, documents and grounds of a decision.

A partner besides does not get the reason of a dismissal (free text of the gemeente), nor findings that rest on what
another partner recorded.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

BIBOB = "bibob"
WACHT, OVERGENOMEN, AFGEWEZEN, NIET_GEDEELD = "wacht", "overgenomen", "afgewezen", "niet_gedeeld"
STANDNAMEN: dict[str, str] = {
    WACHT: "Wacht op beoordeling",
    OVERGENOMEN: "Overgenomen",
    AFGEWEZEN: "Niet overgenomen",
    NIET_GEDEELD: "Wordt niet gedeeld",
}
DOSSIERNAMEN: dict[str, str] = {"sluiting": "sluiting", "bouw_wonen": "bouw en wonen"}
MAANDEN = 6


@dataclass(frozen=True)
class Bron:
    """One finding with what people did with it, as far as these rules look at it."""

    gevolg: str
    naam: str
    grondslag: str
    vragen: tuple[str, ...] = ()
    doorzetten: str = ""
    status: str = "open"
    reden: str = ""
    dossiersoort: str = ""
    dossiertoestand: str = ""
    besloten_op: date | None = None


@dataclass(frozen=True)
class Uitkomst:
    """What is shown of one finding: what it proposed, where that stands, and what was decided."""

    naam: str
    grondslag: str
    stand: str
    zin: str
    besluit: str = ""

    @property
    def standnaam(self) -> str:
        return STANDNAMEN[self.stand]


def uitkomsten(bronnen: Iterable[Bron], *, partner: bool, verborgen: Collection[str] = ()) -> list[Uitkomst]:
    """What may be told, in the given order. ``verborgen``: questions that this reader may not see."""
    return [_uitkomst(bron, partner=partner) for bron in bronnen if not set(bron.vragen) & set(verborgen)]


def _uitkomst(bron: Bron, *, partner: bool) -> Uitkomst:
    if bron.gevolg == BIBOB:
        zin = "Wat hiermee gebeurt, weet volgens de wet alleen een kleine kring."
        return Uitkomst(bron.naam, bron.grondslag, NIET_GEDEELD, zin)
    if bron.status == "afgewezen":
        reden = "Vraag de coördinator naar de reden." if partner or not bron.reden else f"Reden: {bron.reden}"
        return Uitkomst(bron.naam, bron.grondslag, AFGEWEZEN, reden)
    if bron.status != "overgenomen":
        return Uitkomst(bron.naam, bron.grondslag, WACHT, "De gemeente heeft dit nog niet beoordeeld.")
    soort = DOSSIERNAMEN.get(bron.dossiersoort)
    if soort is None:
        zin = bron.doorzetten or "De gemeente gaat hiermee verder."
        return Uitkomst(bron.naam, bron.grondslag, OVERGENOMEN, zin)
    return Uitkomst(bron.naam, bron.grondslag, OVERGENOMEN, f"In een dossier over {soort}.", _besluit(bron))


def _besluit(bron: Bron) -> str:
    if bron.dossiertoestand == "afgesloten" and bron.besloten_op is None:
        return "Het dossier is gesloten zonder besluit."
    if bron.besloten_op is None or bron.dossiertoestand not in {"akkoord", "afgewezen", "afgesloten"}:
        return "Er is nog geen besluit."
    dag = f"{bron.besloten_op.day}-{bron.besloten_op.month}-{bron.besloten_op.year}"
    return f"Er is een besluit genomen op {dag}."
