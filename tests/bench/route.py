"""Benchmark of the planner: share of the best known value at 1 s and 5 s, through the command as others call it."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.unit.acties_route.nakijken import gebreken

INSTANTIES = Path(__file__).with_name("instanties")
LIMIETEN = (1, 5)
_OPENBAAR = ("c101", "r101", "rc101")
_EIGEN = ("avond-40", "avond-100")
_INSPECTIES = Path(sys.executable).parent / "inspecties"


@dataclass(frozen=True, slots=True)
class Meting:
    """One run; ``aandeel`` is the share of the best known value in percent, 0 for a plan that breaks a rule."""

    naam: str
    limiet: int
    waarde: float
    aandeel: float
    bewezen: bool
    gebreken: int
    seconden: float


def instantie(naam: str) -> dict[str, Any]:
    """``c101-m3`` is c101 with three teams alike; other names are files."""
    bestand, _, teams = naam.partition("-m")
    vraag: dict[str, Any] = json.loads((INSTANTIES / f"{bestand}.json").read_text("utf-8"))
    if teams:
        vraag["ploegen"] = [{**vraag["ploegen"][0], "id": f"P{i + 1}"} for i in range(int(teams))]
    return vraag


def beste_waarden() -> dict[str, float]:
    """Per instance the best known value."""
    return dict(json.loads((INSTANTIES / "beste.json").read_text("utf-8")))


def _meet(naam: str, limiet: int, beste: float, map_: Path) -> Meting:
    vraag = {**instantie(naam), "tijdslimiet_s": limiet}
    pad = map_ / f"{naam}.json"
    pad.write_text(json.dumps(vraag), "utf-8")
    begin = time.perf_counter()
    klaar = subprocess.run([_INSPECTIES, "route", pad], capture_output=True, text=True, check=True, timeout=60)
    duur = time.perf_counter() - begin
    plan = json.loads(klaar.stdout)
    fout = len(gebreken(vraag, plan))
    aandeel = 0.0 if fout else 100 * plan["waarde"] / beste
    return Meting(naam, limiet, plan["waarde"], aandeel, plan["bewezen_optimaal"], fout, duur)


def _samengevat(wat: str, limiet: int, metingen: list[Meting], doel: tuple[str, str]) -> list[dict[str, Any]]:
    aandelen = [m.aandeel for m in metingen]

    def rij(naam: str, waarde: float, eenheid: str, doel: str = "") -> dict[str, Any]:
        return {"naam": f"{wat}, {limiet} s: {naam}", "waarde": waarde, "eenheid": eenheid, "doel": doel}

    return [
        rij("gemiddeld aandeel van de beste waarde", round(statistics.mean(aandelen), 2), "%", doel[0]),
        rij("laagste aandeel", round(min(aandelen), 2), "%", doel[1]),
        rij("plannen die niet kunnen", sum(m.gebreken > 0 for m in metingen), "", "0"),
        rij("bewezen optimaal", sum(m.bewezen for m in metingen), f"van {len(metingen)}"),
        rij("langste duur met starten", round(max(m.seconden for m in metingen), 2), "s", f"< {limiet * 1.1 + 1:g}"),
    ]


def meet() -> list[dict[str, Any]]:
    """Summary rows first, then one row per instance and limit."""
    beste = beste_waarden()
    openbaar = [f"{naam}-m{m}" for naam in _OPENBAAR for m in (1, 2, 3, 4)]
    uit: list[dict[str, Any]] = []
    los: list[Meting] = []
    with tempfile.TemporaryDirectory() as map_:
        for limiet in LIMIETEN:
            doel = (">= 99.3", ">= 98") if limiet == 5 else ("", "")
            for wat, namen in (("TOPTW", openbaar), ("eigen avonden", list(_EIGEN))):
                metingen = [_meet(naam, limiet, beste[naam], Path(map_)) for naam in namen]
                uit += _samengevat(wat, limiet, metingen, doel if wat == "TOPTW" else ("", ""))
                los += metingen
    for m in los:
        naam = f"{m.naam}, {m.limiet} s: waarde {m.waarde:g} van {beste[m.naam]:g}{', bewezen' if m.bewezen else ''}"
        uit.append({"naam": naam, "waarde": round(m.aandeel, 2), "eenheid": "%", "doel": ""})
    return uit


if __name__ == "__main__":
    print(json.dumps(meet(), indent=1, ensure_ascii=False))  # noqa: T201 -- a measurement run by hand
