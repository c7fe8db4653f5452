"""Covering parts of a photo: which parts, why, who may take a cover away, and which copy somebody gets.

A cover never touches the original. It is a version: a list of areas in fractions of the upright picture, with a reason.
The server draws the newest version into every copy that leaves (``controles/lakbeeld.py``).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

REDENEN: dict[str, str] = {
    "gezicht": "Gezicht of andere kenmerken van een persoon",
    "kenteken": "Kenteken",
    "melder": "Iets wat naar een melder wijst",
    "werkwijze": "Iets wat onze werkwijze laat zien",
    "anders": "Iets anders",
}
MAX_VLAKKEN = 100
MAX_TOELICHTING = 500
VORMEN = ("rechthoek", "ovaal")
# A cover that nobody can see hides nothing, and is a slip of the finger.
KLEINSTE = 0.002


class Vlakfout(ValueError):
    """What is wrong with a list of areas, in Dutch, with what would be right."""


@dataclass(frozen=True)
class Vlak:
    """One area: left, top, width and height as fractions (0 to 1) of the upright picture."""

    x: float
    y: float
    b: float
    h: float
    ovaal: bool = False

    def als_json(self) -> dict[str, Any]:
        return {"x": self.x, "y": self.y, "b": self.b, "h": self.h, "vorm": "ovaal" if self.ovaal else "rechthoek"}

    def dekt(self, ander: "Vlak") -> bool:
        """Whether nothing of the other shows when this one is covered. Only a rectangle is sure to."""
        if self == ander:
            return True
        return (
            not self.ovaal
            and self.x <= ander.x
            and self.y <= ander.y
            and self.x + self.b >= ander.x + ander.b
            and self.y + self.h >= ander.y + ander.h
        )


def _breuk(bron: Mapping[str, Any], naam: str) -> float:
    waarde = bron.get(naam)
    if isinstance(waarde, bool) or not isinstance(waarde, int | float) or not math.isfinite(waarde):
        raise Vlakfout(f"Een vlak moet {naam} als getal van 0 tot 1 hebben.")
    if not 0 <= waarde <= 1:
        raise Vlakfout(f"{naam} van een vlak moet tussen 0 en 1 liggen: een deel van de foto.")
    return float(waarde)


def lees_vlakken(bron: Any) -> tuple[Vlak, ...]:
    """The areas of a message. What sticks out of the picture is cut off at its edge. Raises Vlakfout."""
    if not isinstance(bron, list) or len(bron) > MAX_VLAKKEN:
        raise Vlakfout(f"afdekken moet een lijst van hoogstens {MAX_VLAKKEN} vlakken zijn.")
    uit: list[Vlak] = []
    for deel in bron:
        if not isinstance(deel, Mapping):
            raise Vlakfout("Een vlak moet een object zijn met x, y, b en h.")
        vorm = deel.get("vorm", VORMEN[0])
        if vorm not in VORMEN:
            raise Vlakfout("vorm van een vlak moet rechthoek of ovaal zijn.")
        x, y, b, h = (_breuk(deel, naam) for naam in ("x", "y", "b", "h"))
        b, h = min(b, 1 - x), min(h, 1 - y)
        if b < KLEINSTE or h < KLEINSTE:
            raise Vlakfout("Een vlak is te klein om iets af te dekken. Maak het groter of haal het weg.")
        uit.append(Vlak(round(x, 5), round(y, 5), round(b, 5), round(h, 5), vorm == "ovaal"))
    return tuple(dict.fromkeys(uit))


def keur_reden(reden: Any, toelichting: Any) -> tuple[str, str]:
    """(reason, explanation). Raises Vlakfout: a cover without a reason is not taken."""
    if not isinstance(reden, str) or reden not in REDENEN:
        raise Vlakfout(f"Kies waarom u dit afdekt: {', '.join(REDENEN)}.")
    tekst = toelichting if toelichting is not None else ""
    if not isinstance(tekst, str) or len(tekst) > MAX_TOELICHTING or "\x00" in tekst:
        raise Vlakfout(f"De toelichting mag hoogstens {MAX_TOELICHTING} tekens zijn.")
    if reden == "anders" and not tekst.strip():
        raise Vlakfout("Schrijf bij 'anders' op waarom u dit afdekt.")
    return reden, tekst.strip()


def samen(een: Iterable[Vlak], ander: Iterable[Vlak]) -> tuple[Vlak, ...]:
    """Both lists in one; an area that another covers wholly is left out."""
    alle = list(dict.fromkeys([*een, *ander]))
    return tuple(v for v in alle if not any(w is not v and w.dekt(v) for w in alle))


def is_voorouder(oud: str, nieuw: str, basis: Mapping[str, Sequence[str]]) -> bool:
    """Whether the maker of ``nieuw`` had ``oud`` before them: it is reached through ``base_op_ids``."""
    gezien: set[str] = set()
    rij = list(basis.get(nieuw, ()))
    while rij:
        op = rij.pop()
        if op == oud:
            return True
        if op not in gezien:
            gezien.add(op)
            rij.extend(basis.get(op, ()))
    return False


def volgende(
    huidig: tuple[Vlak, ...] | None, gevraagd: tuple[Vlak, ...], *, gezien: bool, mag_weghalen: bool
) -> tuple[Vlak, ...] | None:
    """The areas of the next version, or None where nothing changes.

    An area that stands is only taken away by somebody who saw it (``gezien``) and may (``mag_weghalen``); for anybody
    else the areas add up, so that two people who cover at the same time never uncover each other's work.
    """
    nieuw = gevraagd if huidig is None or (gezien and mag_weghalen) else samen(huidig, gevraagd)
    if set(nieuw) == set(huidig or ()):
        return None
    return nieuw


def mag_zonder_afdekking(*, mag_origineel: bool, is_maker: bool) -> bool:
    """Who sees what is under a cover: who may fetch the original, and who took the photo."""
    return mag_origineel or is_maker


def krijgt_afgedekt(*, er_is_afdekking: bool, gevraagd_zonder: bool, mag_zonder: bool) -> bool:
    """Whether a copy is served with the covers on: always, but for who asks without and may.

    Documents, partners and the cabinet never ask without.
    """
    return er_is_afdekking and not (gevraagd_zonder and mag_zonder)
