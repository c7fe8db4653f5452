"""The forms of the repository, read once, and answers put through the engine."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from inspecties.checklists.rules.antwoorden import evalueer
from inspecties.checklists.rules.bouwen import Lezing
from inspecties.checklists.rules.formulier import lees_formulier

MAP = Path(__file__).parents[3] / "config" / "checklists"
FORMULIEREN = (
    "huisvesting_arbeidsmigranten",
    "onvergunde_seksinrichting",
    "massagesalon",
    "hotel",
    "vergunde_seksinrichting",
    "pand",
)
TALEN = {"nl", "en", "pl", "ro", "bg", "es"}
NU = "2026-11-21T18:00:00+01:00"


@dataclass(frozen=True)
class Plek:
    """A node, the names of what it stands in, and the roles of those."""

    node: dict[str, Any]
    ouders: tuple[str, ...]
    rol: str


@cache
def lezing(naam: str) -> Lezing:
    pad = MAP / f"{naam}.csv"
    return lees_formulier(pad.name, pad.read_bytes())


def plekken(naam: str) -> Iterator[Plek]:
    yield from _loop(lezing(naam).definitie["kinderen"], (), "")


def _loop(nodes: list[dict[str, Any]], ouders: tuple[str, ...], rol: str) -> Iterator[Plek]:
    for node in nodes:
        eigen = node.get("rol", rol)
        yield Plek(node, ouders, eigen)
        yield from _loop(node.get("kinderen", []), (*ouders, node["naam"]), eigen)


def vraag(formulier: str, naam: str) -> dict[str, Any]:
    return next(p.node for p in plekken(formulier) if p.node["naam"] == naam)


@cache
def cellen(formulier: str) -> dict[str, dict[str, str]]:
    """The rows of the sheet survey by name: what the author wrote, before compiling."""
    with (MAP / f"{formulier}.csv").open(encoding="utf-8", newline="") as bestand:
        rijen = list(csv.reader(bestand))
    kop = rijen[1][1:]
    einde = next(i for i, rij in enumerate(rijen) if rij[0] == "choices")
    uit = (dict(zip(kop, rij[1:], strict=True)) for rij in rijen[2:einde])
    return {rij["name"]: rij for rij in uit if rij["name"]}


def uitkomst(formulier: str, antwoorden: dict[str, Any], nu: str = NU) -> dict[str, Any]:
    return evalueer(lezing(formulier).definitie, antwoorden, {"nu": nu})


def gevolgen(formulier: str, antwoorden: dict[str, Any], nu: str = NU) -> set[str]:
    return {v["gevolg"] for v in uitkomst(formulier, antwoorden, nu)["voorstellen"]}
