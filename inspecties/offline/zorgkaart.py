"""The rights and care card: for the person in front, per language, and for the inspector in Dutch. No personal data.

Read from ``config/zorgkaart.json``. ``kaarten`` holds per language what a resident or worker may read; ``wat_doe_ik``
what the inspector does: routes from domain.md "From signal to action" and "In the field"; Awb art. 5:13 and 5:20,
EVRM art. 6 (caution). The pack carries the whole file, so that a tablet shows it without network.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer

BESTAND = Path(__file__).resolve().parents[2] / "config" / "zorgkaart.json"
TEKSTEN = ("taal", "titel", "rechten_titel", "hulp_titel", "nummers_titel")
LIJSTEN = ("rechten", "hulp")
NUMMER = ("naam", "nummer", "uitleg")
# A language tag as HTML takes it: nl, pt-br, sr-latn.
_TAAL = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_TELEFOON = re.compile(r"\+?[0-9](?:[0-9 -]*[0-9])?")


def _weiger(plek: str, wat: str) -> OngeldigeInvoer:
    return OngeldigeInvoer(f"De kaart met rechten en hulp (zorgkaart.json) klopt niet bij {plek}: {wat}", veld=plek)


def _tekst(waarde: Any, plek: str) -> str:
    if not isinstance(waarde, str) or not waarde.strip():
        raise _weiger(plek, "vul een tekst in; leeg laten kan niet.")
    return waarde


def _object(waarde: Any, velden: tuple[str, ...], plek: str) -> dict[str, Any]:
    if not isinstance(waarde, dict) or set(waarde) != set(velden):
        raise _weiger(plek, f"hier horen precies de velden {', '.join(velden)}.")
    return waarde


def _rij(waarde: Any, plek: str) -> list[Any]:
    if not isinstance(waarde, list) or not waarde:
        raise _weiger(plek, "geef een lijst met minstens een regel.")
    return waarde


def _kijk_kaart_na(kaart: Any, plek: str) -> None:
    velden = _object(kaart, (*TEKSTEN, *LIJSTEN, "nummers"), plek)
    for naam in TEKSTEN:
        _tekst(velden[naam], f"{plek}.{naam}")
    for naam in LIJSTEN:
        for i, regel in enumerate(_rij(velden[naam], f"{plek}.{naam}")):
            _tekst(regel, f"{plek}.{naam}[{i}]")
    for i, nummer in enumerate(_rij(velden["nummers"], f"{plek}.nummers")):
        hier = f"{plek}.nummers[{i}]"
        for naam, waarde in _object(nummer, NUMMER, hier).items():
            _tekst(waarde, f"{hier}.{naam}")
        if not _TELEFOON.fullmatch(nummer["nummer"]):
            raise _weiger(f"{hier}.nummer", "geef een telefoonnummer, zoals 112 of 0800-2000.")


def _vergelijk(kaart: dict[str, Any], eerste: dict[str, Any], taal: str, standaard: str) -> None:
    """Nothing may get lost in translation: as many lines and the same numbers in every language."""
    for naam in (*LIJSTEN, "nummers"):
        if len(kaart[naam]) != len(eerste[naam]):
            raise _weiger(
                f"kaarten.{taal}.{naam}",
                f"{len(kaart[naam])} regels, in {standaard} {len(eerste[naam])}. Zet in elke taal evenveel regels.",
            )
    if [n["nummer"] for n in kaart["nummers"]] != [n["nummer"] for n in eerste["nummers"]]:
        raise _weiger(f"kaarten.{taal}.nummers", f"andere telefoonnummers dan in {standaard}.")


def kijk_na(inhoud: Any) -> dict[str, Any]:
    """The content of the file when it is right. Raises ``OngeldigeInvoer``: the place, and what would be right."""
    kaart = _object(inhoud, ("versie", "standaardtaal", "talen", "kaarten", "wat_doe_ik"), "het bestand")
    _tekst(kaart["versie"], "versie")
    talen = _rij(kaart["talen"], "talen")
    if any(not isinstance(taal, str) or not _TAAL.fullmatch(taal) for taal in talen) or len(set(talen)) != len(talen):
        raise _weiger("talen", "geef elke taal een keer, als code in kleine letters, zoals nl of pl.")
    standaard = kaart["standaardtaal"]
    if standaard not in talen:
        raise _weiger("standaardtaal", f"kies een van {', '.join(talen)}.")
    kaarten = _object(kaart["kaarten"], tuple(talen), "kaarten")
    for taal in talen:
        _kijk_kaart_na(kaarten[taal], f"kaarten.{taal}")
    for taal in talen:
        _vergelijk(kaarten[taal], kaarten[standaard], taal, standaard)
    eigen = _object(kaart["wat_doe_ik"], ("titel", "punten"), "wat_doe_ik")
    _tekst(eigen["titel"], "wat_doe_ik.titel")
    for i, punt in enumerate(_rij(eigen["punten"], "wat_doe_ik.punten")):
        hier = f"wat_doe_ik.punten[{i}]"
        for naam, waarde in _object(punt, ("titel", "tekst"), hier).items():
            _tekst(waarde, f"{hier}.{naam}")
    return kaart


def lees_zorgkaart(pad: Path) -> dict[str, Any]:
    """The card in this file. Raises ``OngeldigeInvoer`` in Dutch when it is missing, unreadable or incomplete."""
    try:
        inhoud = json.loads(pad.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise OngeldigeInvoer(
            f"Het bestand {pad.name} met rechten en hulp ontbreekt; zet het in de map config."
        ) from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as fout:
        raise OngeldigeInvoer(f"Het bestand {pad.name} met rechten en hulp is niet te lezen: {fout}.") from fout
    return kijk_na(inhoud)


@cache
def zorgkaart() -> dict[str, Any]:
    """The card of this installation. Do not change what it returns."""
    return lees_zorgkaart(BESTAND)
