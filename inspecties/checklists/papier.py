"""A checklist as a paper form: PDF/A-2a and PDF/UA-1 by typst, the same bytes for the same content."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from inspecties.checklists.rules.papier import MAX_BLOKKEN, Wensen, herhalingen_van, maak_papier
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.sjablonen.druk import zet_pdf

SJABLOON = Path(__file__).resolve().parents[2] / "config" / "documenten" / "papier.typ"
TALEN: dict[str, str] = {
    "nl": "Nederlands",
    "en": "English",
    "pl": "Polski",
    "ro": "Română",
    "bg": "Български",
    "es": "Español",
}


@dataclass(frozen=True)
class Kop:
    """What stands at the head of the form; empty fields become lines to write on."""

    gemeente: str
    actie: str = ""
    stop: str = ""
    adres: str = ""
    plaats: str = ""
    type: str = ""
    datum: str = ""
    inspecteurs: str = ""
    toegang: str = ""
    wie_eerst: str = ""
    veiligheid: str = ""


@dataclass(frozen=True)
class Vel:
    """One checklist to print."""

    definitie: Mapping[str, Any]
    wensen: Wensen = field(default_factory=Wensen)


def lees_taal(definitie: Mapping[str, Any], taal: str) -> str:
    """The language asked for, '' being the form's own. Raises OngeldigeInvoer where the form does not have it."""
    talen: list[str] = definitie.get("talen", ["nl"])
    gekozen = taal or str(definitie.get("standaardtaal", talen[0]))
    if gekozen not in talen:
        raise OngeldigeInvoer(f"Deze checklist heeft geen taal '{taal}'; wel: {', '.join(talen)}.", "taal")
    return gekozen


def lees_aantallen(definitie: Mapping[str, Any], gevraagd: Mapping[str, str]) -> dict[str, int]:
    """``aantal_<herhaling>`` of a query string. Raises OngeldigeInvoer for a number that is not 1 to 30."""
    uit: dict[str, int] = {}
    for naam in herhalingen_van(definitie):
        tekst = gevraagd.get(f"aantal_{naam}", "").strip()
        if not tekst:
            continue
        if not (tekst.isascii() and tekst.isdigit() and 1 <= int(tekst[:9]) <= MAX_BLOKKEN):
            raise OngeldigeInvoer(
                f"aantal_{naam} moet een heel getal van 1 tot en met {MAX_BLOKKEN} zijn.", f"aantal_{naam}"
            )
        uit[naam] = int(tekst)
    return uit


def _checklist(vel: Vel) -> dict[str, Any]:
    definitie, taal = vel.definitie, vel.wensen.taal
    titels = definitie.get("titel", {})
    regels = maak_papier(definitie, vel.wensen)
    return {
        "titel": titels.get(taal) or next(iter(titels.values()), definitie["naam"]),
        "versie": definitie.get("versie", ""),
        "code": str(definitie.get("hash", ""))[:8],
        "regels": regels,
        "getekend": any(r.get("invoer", {}).get("vorm") == "handtekening" for r in regels),
    }


def druk(kop: Kop, vellen: list[Vel], moment: datetime) -> bytes:
    """The form with one or more checklists. ``moment`` is the document's date, so that the bytes do not change."""
    taal = vellen[0].wensen.taal if vellen else "nl"
    dag = moment.astimezone(UTC)
    gegevens = {
        "kop": asdict(kop),
        "taal": taal,
        "checklists": [_checklist(vel) for vel in vellen],
        "jaar": dag.year,
        "maand": dag.month,
        "dag": dag.day,
    }
    return zet_pdf(SJABLOON, gegevens, moment)


def papiernaam(definitie: Mapping[str, Any], taal: str) -> str:
    """A file name: form, version and language, ASCII only."""
    ruw = f"papier-{definitie['naam']}-{definitie.get('versie', '')}-{taal}"
    return "".join(t if t.isascii() and (t.isalnum() or t in "-_.") else "_" for t in ruw)
