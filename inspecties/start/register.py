"""The register of processing (art. 30 AVG) and the skeleton of a DPIA (art. 35 AVG; 4c Wpg), made from the program.

Only purpose, ground and whose data it is are written down (``config/verwerkingen.toml``). Columns, terms, who reads and
who receives are read from the models, the terms, the table of rights and the recipients, so that they cannot drift.
"""

import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from inspecties.audit.bewaartermijnen import bewaartermijnen, geldend
from inspecties.audit.geheel import tabellen_van
from inspecties.core.rechten import RECHTEN, ROLNAMEN
from inspecties.dossiers.rules.verstrekking import ontvangers
from inspecties.start.bewaar_uitvoeren import geheel_van
from inspecties.start.inzage_plekken import plekken

PAD = Path(__file__).resolve().parents[2] / "config" / "verwerkingen.toml"
# What a column holds, by (part of) its name; anything else in which somebody can write is free text.
_NAMEN = ("naam", "bewoner", "houder", "aanvrager", "ingevuld_door", "onderwerp", "zoeken")
_CONTACT = ("email", "telefoon", "adres", "contact", "aan", "van", "kenteken", "plaats")
BEVEILIGING = (
    "Rollen in één tabel, gecontroleerd in elke vraag aan de database; op PostgreSQL ook door de database zelf",
    "Tweede factor bij het aanmelden, opnieuw bevestigen voor besluiten en uitvoer",
    "Melders, betrokkenen en kenmerken zijn per veld versleuteld; tablets zijn versleuteld per gebruiker",
    "Elke lezing van een persoon of dossier staat in een auditlogboek dat wijzigen laat zien",
    "Vernietiging na de termijn met bewijs; stopzetten alleen met reden",
)

# Levels of protection, the lightest first, and what each asks. The program does this for every row of the processing.
NIVEAUS: dict[str, str] = {
    "intern": "Alleen wie is aangemeld. Tweede factor. Wijzigen staat in het auditlogboek.",
    "vertrouwelijk": "Alleen wie de rol heeft, binnen de eigen gemeente. Elke lezing staat in het auditlogboek. "
    "Kenmerken van personen zijn per veld versleuteld. Weg na de termijn, met bewijs.",
    "streng": "Als vertrouwelijk. Alleen een kleine groep of wie is aangewezen. Lezen vraagt een doel of reden, en een "
    "nieuwe bevestiging. Namen zijn per veld versleuteld, of het geheel staat achter een eigen muur.",
}


@dataclass(frozen=True)
class Verwerking:
    """One row of the register."""

    code: str
    naam: str
    doel: str
    grondslag: str
    betrokkenen: str
    niveau: str
    status: str
    gegevens: dict[str, list[str]]
    rollen: list[str]
    ontvangers: list[str]
    termijnen: list[str]


def soort_gegeven(kolom: str) -> str:
    """What kind of personal data a column holds, by its name."""
    delen = set(kolom.split("_"))
    if kolom == "versleuteld":
        return "versleutelde namen en kenmerken"
    if delen & set(_NAMEN):
        return "namen"
    if delen & set(_CONTACT):
        return "bereikbaarheid en adres"
    return "vrije tekst en feiten"


@cache
def _rijen() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(PAD.read_text(encoding="utf-8"))["verwerking"])


def soorten_van() -> dict[str, str]:
    """Which processing each kind under a term belongs to."""
    return {soort: rij["code"] for rij in _rijen() for soort in rij["soorten"]}


def tabellen_in_register() -> set[str]:
    """Every table that some processing tells about."""
    return {tabel for soort in soorten_van() for tabel in tabellen_van(geheel_van(soort))}


def register(vandaag: date) -> list[Verwerking]:
    """All rows, as the program is today."""
    termijnen = geldend(bewaartermijnen(), vandaag)
    uit = []
    for rij in _rijen():
        gehelen = [geheel_van(code) for code in rij["soorten"]]
        tabellen = {t for g in gehelen for t in tabellen_van(g)}
        gegevens: dict[str, list[str]] = {}
        for plek in plekken():
            if plek.tabel in tabellen:
                gegevens.setdefault(soort_gegeven(plek.kolom), []).append(plek.sleutel)
        rollen = {rol for code in rij["rechten"] for rol in RECHTEN[code].rollen}
        codes = sorted({code for g in gehelen for code in g.termijnen})
        uit.append(
            Verwerking(
                code=rij["code"],
                naam=rij["naam"],
                doel=rij["doel"],
                grondslag=rij["grondslag"],
                betrokkenen=rij["betrokkenen"],
                niveau=rij["niveau"],
                status=rij["status"],
                gegevens=gegevens,
                rollen=sorted(ROLNAMEN[rol] for rol in rollen),
                ontvangers=sorted(o.naam for o in ontvangers().values()) if rij["ontvangers"] else [],
                termijnen=[
                    f"{t.naam}: {t.maanden} {'maand' if t.maanden == 1 else 'maanden'} na {t.vanaf} ({t.status})"
                    for t in (termijnen[c] for c in codes)
                ],
            )
        )
    return uit


def als_document(vandaag: date) -> dict[str, Any]:
    """Everything, for a machine."""
    return {
        "gemaakt_op": vandaag.isoformat(),
        "verwerkingen": [asdict(v) for v in register(vandaag)],
        "beveiliging": list(BEVEILIGING),
        "niveaus": NIVEAUS,
    }


def als_markdown(gemeente: str, vandaag: date) -> str:
    """The register, and after it the questions of a DPIA with what the program knows of the answers."""
    rijen = register(vandaag)
    uit = [
        f"# Register van verwerkingen{f' van {gemeente}' if gemeente else ''}",
        f"Gemaakt op {vandaag:%d-%m-%Y}.",
        "",
    ]
    for v in rijen:
        uit += [f"## {v.naam}", f"- Doel: {v.doel}", f"- Grondslag: {v.grondslag} ({v.status})"]
        uit += [f"- Betrokkenen: {v.betrokkenen}", f"- Wie leest: {', '.join(v.rollen)}"]
        uit += [f"- Bescherming: {v.niveau}"]
        uit += [f"- Ontvangers: {', '.join(v.ontvangers) or 'geen'}"]
        uit += [f"- Bewaren: {'; '.join(v.termijnen)}"]
        uit += [f"- Gegevens, {soort}: {', '.join(kolommen)}" for soort, kolommen in v.gegevens.items()]
        uit += [""]
    uit += ["# Aanzet voor een DPIA (art. 35 AVG; art. 4c Wpg)", "", "## Beschrijving"]
    uit += [f"- {v.naam}: {v.doel} ({', '.join(v.gegevens)})" for v in rijen]
    uit += ["", "## Noodzaak en evenredigheid", "Vul per verwerking in waarom het niet met minder kan."]
    uit += [f"- {v.naam}: grondslag {v.grondslag} ({v.status})" for v in rijen]
    uit += ["", "## Risico's voor betrokkenen", "Vul in: wat kan er misgaan, hoe erg is dat en hoe groot is de kans?"]
    uit += [f"- {v.naam}: {v.betrokkenen}" for v in rijen]
    uit += ["", "## Maatregelen die het programma neemt", *(f"- {m}" for m in BEVEILIGING)]
    uit += ["", "## Niveaus van bescherming", *(f"- {naam}: {eis}" for naam, eis in NIVEAUS.items())]
    uit += ["", "## Advies van de FG", "Vul in.", ""]
    return "\n".join(uit)
