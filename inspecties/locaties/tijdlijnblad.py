"""One page of a timeline: its kinds as chips to choose from, and a part of it at a time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inspecties.locaties.tijdlijn import Punt

PER_PAGINA = 25

# Words of a kind that a feature did not name here come from its code.
SOORTNAMEN: dict[str, str] = {
    "signaal": "Signalen",
    "actie": "Acties",
    "bezoek": "Bezoeken",
    "dossier": "Dossiers",
    "vergunning": "Vergunningen",
    "overlast": "Overlast",
    "partij": "Partijen",
    "notitie": "Notities",
    "document": "Documenten",
    "aantal": "Aantallen",
    "status": "Status",
    "correctie": "Correcties",
}


@dataclass(frozen=True)
class Keuze:
    """A chip: one kind of event and how many there are. ``code`` '' is everything."""

    code: str
    naam: str
    aantal: int
    gekozen: bool


@dataclass(frozen=True)
class Tijdlijnblad:
    """What one page shows of a timeline."""

    punten: Sequence[Punt]
    keuzes: Sequence[Keuze]
    pagina: int
    paginas: int
    totaal: int


def _naam(soort: str) -> str:
    return SOORTNAMEN.get(soort) or soort.replace("_", " ").capitalize()


def maak_blad(punten: Iterable[Punt], soort: str, pagina: int) -> Tijdlijnblad:
    """Page ``pagina`` (from 1; the last one where there are fewer) of the events of one kind, '' for all.

    A kind that does not occur here counts as all: an old link still shows something.
    """
    alles = list(punten)
    tel = Counter(p.soort for p in alles)
    gekozen = soort if soort in tel else ""
    volgorde = {code: i for i, code in enumerate(SOORTNAMEN)}
    codes = sorted(tel, key=lambda code: (volgorde.get(code, len(volgorde)), code))
    keuzes = [Keuze("", "Alles", len(alles), not gekozen)]
    keuzes += [Keuze(code, _naam(code), tel[code], code == gekozen) for code in codes]
    rijen = [p for p in alles if not gekozen or p.soort == gekozen]
    paginas = max(1, -(-len(rijen) // PER_PAGINA))
    nu = min(max(1, pagina), paginas)
    return Tijdlijnblad(rijen[(nu - 1) * PER_PAGINA : nu * PER_PAGINA], keuzes, nu, paginas, len(rijen))
