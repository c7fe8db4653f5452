"""Drawing stops by lot, so that anybody can repeat it with the seed and the list of who could be drawn.

The algorithm, ``sha256-volgorde-1``:

1. Take the public id of every location in the pool as text: 36 characters, lower case, with hyphens.
2. Put the seed and a vertical bar in front: ``<seed>|<id>``. Take the SHA-256 of that text (UTF-8), in hexadecimal.
3. Sort the ids by their SHA-256, from low to high. The first n are drawn.

In a shell: ``while read id; do printf '%s %s\\n' "$(printf '%s' "$ZAAD|$id" | sha256sum | cut -c1-64)" "$id"; done <
pool.txt | sort | head -n 5``. The order of the pool does not matter, and an id that is named twice counts once. Nobody
can steer the outcome without choosing the seed: it is random, and recorded together with the pool before anything is
drawn. No fact about a location or a person takes part.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer

ALGORITME = "sha256-volgorde-1"
PROCENT_HOOGSTENS = 90
_ID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_ZAAD = re.compile(r"^[0-9A-Za-z_-]{16,64}$")

TREKKING_NAMEN: dict[str, str] = {
    "klaargezet": "Klaargezet",
    "getrokken": "Getrokken",
    "vervallen": "Vervallen",
}


def lot(zaad: str, id_: str) -> str:
    """The lot of one id: what it is sorted by."""
    return sha256(f"{zaad}|{id_}".encode()).hexdigest()


def trek(zaad: str, pool: Iterable[str], aantal: int) -> list[str]:
    """The first ``aantal`` ids of the pool in the order of their lots; all of them where there are fewer."""
    return sorted(set(pool), key=lambda id_: lot(zaad, id_))[: max(0, aantal)]


def poolsom(pool: Iterable[str]) -> str:
    """SHA-256 (hex) of the sorted ids with a newline behind each: says whether two pools are the same."""
    return sha256("".join(f"{id_}\n" for id_ in sorted(set(pool))).encode()).hexdigest()


def nodig_voor_aandeel(procent: int, al_geloot: int, anders: int) -> int:
    """How many must still be drawn for ``procent`` of all stops to come by lot; ``anders``: stops chosen otherwise.

    Raises OngeldigeInvoer outside 0 to 90: with all of them by lot there would be no end to it.
    """
    if not 0 <= procent <= PROCENT_HOOGSTENS:
        raise OngeldigeInvoer(f"Het aandeel is een heel getal van 0 tot en met {PROCENT_HOOGSTENS}.", "procent")
    return max(0, math.ceil(anders * procent / (100 - procent)) - al_geloot)


def deel_in_procenten(geloot: int, alle: int) -> int:
    """The share that came by lot, rounded down; 0 where there are no stops."""
    return geloot * 100 // alle if alle else 0


@dataclass(frozen=True)
class Trekkingblad:
    """A draw as it stands in its file: everything that repeating it takes."""

    algoritme: str
    zaad: str
    aantal: int
    pool: tuple[str, ...]
    getrokken: tuple[str, ...]


def lees_blad(inhoud: Mapping[str, Any]) -> Trekkingblad:
    """Check the file of a draw. Raises OngeldigeInvoer naming the field and what would be right."""
    algoritme, zaad = inhoud.get("algoritme"), inhoud.get("zaad")
    if algoritme != ALGORITME:
        raise OngeldigeInvoer(f"'algoritme' moet '{ALGORITME}' zijn; een ander kent dit programma niet.", "algoritme")
    if not isinstance(zaad, str) or not _ZAAD.match(zaad):
        raise OngeldigeInvoer("'zaad' moet een tekst van 16 tot 64 letters en cijfers zijn.", "zaad")
    aantal = inhoud.get("aantal")
    if not isinstance(aantal, int) or isinstance(aantal, bool) or aantal < 0:
        raise OngeldigeInvoer("'aantal' moet een heel getal van 0 of meer zijn.", "aantal")
    lijsten = {}
    for veld in ("pool", "getrokken"):
        waarde = inhoud.get(veld)
        if not isinstance(waarde, list) or not all(isinstance(w, str) and _ID.match(w) for w in waarde):
            raise OngeldigeInvoer(f"'{veld}' moet een lijst van locatienummers zijn (36 tekens elk).", veld)
        lijsten[veld] = tuple(waarde)
    return Trekkingblad(algoritme, zaad, aantal, **lijsten)


def afwijkingen(blad: Trekkingblad) -> list[str]:
    """In what a recorded draw differs from one that is made again; empty where it is right."""
    opnieuw, staat = trek(blad.zaad, blad.pool, blad.aantal), list(blad.getrokken)
    if opnieuw == staat:
        return []
    uit = [f"{id_} hoort getrokken te zijn, maar staat er niet bij" for id_ in opnieuw if id_ not in staat]
    uit += [f"{id_} staat erbij, maar hoort niet getrokken te zijn" for id_ in staat if id_ not in opnieuw]
    return uit or ["de volgorde is anders dan die van de loten"]
