"""Evidence of a dossier that did not come from a tablet: kinds of pieces, their labels, numbers that stay."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from inspecties.core.fouten import OngeldigeInvoer

WAARNEMING, VERKLARING, CONCLUSIE = "waarneming", "verklaring", "conclusie"
# Kept apart everywhere: what was seen, what somebody said, and what a person concludes from these.
LIJSTEN: dict[str, str] = {WAARNEMING: "Waarnemingen", VERKLARING: "Verklaringen", CONCLUSIE: "Conclusies"}
_LETTER: dict[str, str] = {WAARNEMING: "W", VERKLARING: "V", CONCLUSIE: "C"}

# Kind -> name and what it is: an observation, a statement or a conclusion.
STUKSOORTEN: dict[str, tuple[str, str]] = {
    "rapportage": ("Bestuurlijke rapportage", WAARNEMING),
    "bevindingen": ("Rapport van bevindingen", WAARNEMING),
    "advies": ("Advies of meetrapport", WAARNEMING),
    "overig": ("Ander stuk", WAARNEMING),
    "verklaring": ("Verklaring", VERKLARING),
    "conclusie": ("Conclusie", CONCLUSIE),
}
EDEN: dict[str, str] = {
    "ambtseed": "Op ambtseed of ambtsbelofte",
    "ondertekend": "Ondertekend, niet op ambtseed",
    "geen": "Niet ondertekend",
}
MAX_TITEL, MAX_BRON, MAX_PLAATS, MAX_TEKST = 160, 160, 160, 20000
MAX_MB = 25


@dataclass(frozen=True)
class Stukgegevens:
    """What a person says about a piece. ``rust_op``: public ids of what a conclusion rests on.

    ``hash_afzender``: the SHA-256 that the sender gave with the file; empty where none was given.
    """

    soort: str
    titel: str
    van: str
    dagtekening: date | None
    eed: str = "geen"
    plaats: str = ""
    tekst: str = ""
    rust_op: tuple[str, ...] = ()
    hash_afzender: str = ""


def aard_van(soort: str) -> str:
    """Observation, statement or conclusion."""
    return STUKSOORTEN[soort][1]


def merk(aard: str, nummer: int) -> str:
    """How a piece is cited: W1, V2, C1. The number stays with the piece, also when it is withdrawn."""
    return f"{_LETTER[aard]}{nummer}"


def _regel(waarde: str, veld: str, naam: str, hoogstens: int, *, verplicht: str = "") -> str:
    schoon = " ".join(waarde.split())
    if verplicht and not schoon:
        raise OngeldigeInvoer(verplicht, veld)
    if len(schoon) > hoogstens:
        raise OngeldigeInvoer(f"{naam} is te lang: hooguit {hoogstens} tekens.", veld)
    return schoon


def keur_stuk(bron: Stukgegevens, vandaag: date, bekend: Iterable[str], *, met_bestand: bool) -> Stukgegevens:
    """The data, cleaned. ``bekend``: what a conclusion may rest on. Raises OngeldigeInvoer naming the field."""
    if bron.soort not in STUKSOORTEN:
        raise OngeldigeInvoer("Kies wat voor stuk dit is.", "soort")
    aard = aard_van(bron.soort)
    titel = _regel(bron.titel, "titel", "De titel", MAX_TITEL, verplicht="Geef het stuk een titel.")
    wie = "Schrijf op wie dit verklaarde of opstelde, met de functie." if aard != CONCLUSIE else ""
    van = _regel(bron.van, "van", "Dit", MAX_BRON, verplicht=wie)
    plaats = _regel(bron.plaats, "plaats", "De plaats", MAX_PLAATS)
    tekst = bron.tekst.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(tekst) > MAX_TEKST:
        raise OngeldigeInvoer(f"De tekst heeft {len(tekst)} tekens; {MAX_TEKST} is het meeste.", "tekst")
    if aard == CONCLUSIE and met_bestand:
        raise OngeldigeInvoer(
            "Een conclusie typt u hier. Een bestand hoort bij een waarneming of verklaring.", "bestand"
        )
    if tekst and met_bestand:
        raise OngeldigeInvoer("Kies een bestand of typ de tekst, niet allebei.", "bestand")
    if not tekst and not met_bestand:
        raise OngeldigeInvoer("Kies een bestand of typ de tekst.", "tekst" if aard == CONCLUSIE else "bestand")
    if bron.dagtekening is None and aard != CONCLUSIE:
        raise OngeldigeInvoer("Vul de datum van het stuk in.", "dagtekening")
    if bron.dagtekening is not None and bron.dagtekening > vandaag:
        raise OngeldigeInvoer("Deze datum ligt in de toekomst. Vul de datum van het stuk in.", "dagtekening")
    if bron.dagtekening is not None and bron.dagtekening.year < 1950:
        raise OngeldigeInvoer("Dit jaar kan niet kloppen. Schrijf de dag als dag-maand-jaar.", "dagtekening")
    if bron.eed not in EDEN:
        raise OngeldigeInvoer("Kies of het stuk op ambtseed is.", "eed")
    rust = tuple(dict.fromkeys(bron.rust_op))
    if aard == CONCLUSIE and not rust:
        raise OngeldigeInvoer("Kies op welke waarnemingen of verklaringen deze conclusie rust.", "rust_op")
    if aard != CONCLUSIE and rust:
        raise OngeldigeInvoer("Alleen een conclusie rust op andere stukken.", "rust_op")
    if not set(rust) <= set(bekend):
        raise OngeldigeInvoer("Een gekozen stuk staat niet meer op de lijst. Ververs de pagina.", "rust_op")
    return Stukgegevens(
        bron.soort,
        titel,
        van,
        bron.dagtekening or vandaag,
        bron.eed,
        plaats,
        tekst,
        rust,
        keur_hash(bron.hash_afzender),
    )


def keur_hash(tekst: str) -> str:
    """A SHA-256 as a sender writes it, in lower case without spaces. Raises OngeldigeInvoer."""
    schoon = "".join(tekst.split()).lower()
    if schoon and (len(schoon) != 64 or set(schoon) - set("0123456789abcdef")):
        raise OngeldigeInvoer("Een SHA-256 heeft 64 tekens: cijfers en de letters a tot en met f.", "hash_afzender")
    return schoon


def vaste_nummers(opnamen: Iterable[Mapping[str, Mapping[str, str]]]) -> dict[str, int]:
    """SHA-256 -> the number by which a photo was first cited in a submitted document, oldest snapshot first."""
    uit: dict[str, int] = {}
    for opname in opnamen:
        for sha256, naam in opname.get("bewijs", {}).items():
            cijfers = naam.removeprefix("nr. ")
            if cijfers.isdigit():
                uit.setdefault(sha256, int(cijfers))
    return uit


def nummer(volgorde: Iterable[tuple[int, str]], vast: Mapping[str, int]) -> dict[int, int]:
    """Id -> number, for (id, SHA-256) pairs in the order of the list.

    What was submitted once keeps its number for ever; what is new comes after the highest that was ever given.
    """
    uit: dict[int, int] = {}
    gegeven: set[int] = set()
    hoogste = max(vast.values(), default=0)
    for id_, sha256 in volgorde:
        oud = vast.get(sha256)
        # The same picture in two visits of one dossier: the second is another piece of evidence.
        if oud is not None and oud not in gegeven:
            uit[id_] = oud
            gegeven.add(oud)
        else:
            hoogste += 1
            uit[id_] = hoogste
    return uit
