"""Reading a signal that comes from a device, strictly: what is wrong is named, nothing is guessed."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from inspecties.core.fouten import InspectiesFout, OngeldigeInvoer
from inspecties.core.zoeken import is_op_te_slaan
from inspecties.signalen.melden import Intake
from inspecties.signalen.melder import Meldergegevens
from inspecties.signalen.operations import Melding
from inspecties.signalen.rules.indeling import CONTROLE

# What is hashed, and nothing else: text members with the longest that is taken, then the others.
TEKSTEN: dict[str, int] = {
    "tekst": 8000,
    "waar": 200,
    "datum": 10,
    "vorm": 40,
    "bron": 40,
    "urgentie": 20,
    "betrokkenen": 4000,
    "hoedanigheid": 160,
}
VINKJES = ("bewaar_naam", "terugkoppeling")
KERN = (*TEKSTEN, "indicatoren", *VINKJES)
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class OnleesbaarVerzoek(InspectiesFout):
    """The body is no JSON, or was cut off."""

    status = 400


@dataclass(frozen=True)
class Inzending:
    """``kern`` is what the hash is of."""

    kern: dict[str, Any]
    intake: Intake


def _geen_getal(naam: str) -> Any:
    raise ValueError(f"{naam} is no JSON")


def lees_json(ruw: bytes) -> dict[str, Any]:
    """The body as an object. Raises OnleesbaarVerzoek, or OngeldigeInvoer where it is JSON but no object."""
    try:
        inhoud = json.loads(ruw, parse_constant=_geen_getal)
    except (ValueError, RecursionError):
        raise OnleesbaarVerzoek("Het bericht is geen volledige JSON. Er is niets opgeslagen.") from None
    if not isinstance(inhoud, dict):
        raise OngeldigeInvoer("Het bericht moet een JSON-object zijn.")
    return inhoud


def _tekst(inhoud: dict[str, Any], veld: str, hoogstens: int) -> str:
    waarde = inhoud.get(veld, "")
    if not isinstance(waarde, str) or len(waarde) > hoogstens or not is_op_te_slaan(waarde):
        raise OngeldigeInvoer(f"{veld} moet tekst zijn van hoogstens {hoogstens} tekens.", veld)
    return waarde


def lees_inzending(inhoud: dict[str, Any]) -> tuple[UUID, Inzending]:
    """The number and what was sent under it. Raises OngeldigeInvoer naming the member."""
    op_id = inhoud.get("op_id")
    if not isinstance(op_id, str) or not _UUID7.fullmatch(op_id):
        raise OngeldigeInvoer("op_id moet een UUIDv7 in kleine letters zijn.", "op_id")
    onbekend = sorted(set(inhoud) - {"op_id", *KERN})
    if onbekend:
        raise OngeldigeInvoer(f"Onbekend veld: {onbekend[0][:40]}. Stuur alleen {', '.join(KERN)}.", onbekend[0][:40])
    kern: dict[str, Any] = {veld: _tekst(inhoud, veld, hoogstens) for veld, hoogstens in TEKSTEN.items()}
    lijst = inhoud.get("indicatoren", [])
    if not isinstance(lijst, list) or not all(isinstance(code, str) and len(code) <= 40 for code in lijst):
        raise OngeldigeInvoer("indicatoren moet een lijst van codes zijn.", "indicatoren")
    kern["indicatoren"] = lijst
    for veld in VINKJES:
        kern[veld] = inhoud.get(veld, False)
        if not isinstance(kern[veld], bool):
            raise OngeldigeInvoer(f"{veld} moet true of false zijn.", veld)
    if kern["bron"] == CONTROLE:
        raise OngeldigeInvoer("Een signaal uit een controle ontstaat bij het beoordelen, niet bij het melden.", "bron")
    try:
        datum = date.fromisoformat(kern["datum"])
    except ValueError:
        raise OngeldigeInvoer("datum moet een dag zijn, zoals 2026-11-21.", "datum") from None
    melding = Melding(
        datum=datum,
        bron=kern["bron"],
        vorm=kern["vorm"],
        urgentie=kern["urgentie"],
        tekst=kern["tekst"],
        waar=kern["waar"],
        indicatoren=lijst,
    )
    melder = Meldergegevens(hoedanigheid=kern["hoedanigheid"].strip())
    intake = Intake(melding, kern["bewaar_naam"], kern["terugkoppeling"], melder, kern["betrokkenen"])
    return UUID(op_id), Inzending(kern, intake)
