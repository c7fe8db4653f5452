"""Answers to try a form with: those that a reasoner asks for, and random ones guided by what the form compares with."""

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from inspecties.checklists.rules.dekking_bewijs import GETALTYPEN, Toewijzing, waarde_voor
from inspecties.checklists.rules.expressies.koppelen import verwijzingen
from inspecties.checklists.rules.expressies.rekenen import Boom
from inspecties.checklists.rules.expressies.waarden import naar_getal
from inspecties.checklists.rules.sessie import Sessie, open_sessie
from inspecties.checklists.rules.vorm import Knoop, Vorm

_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UITDRUKKINGEN = (
    "relevant",
    "verplicht",
    "beperking",
    "berekening",
    "keuzefilter",
    "standaard",
    "aantal",
    "gevolg_als",
)
_KANS_LEEG = 0.15
_MAX_MOMENTEN = 8


class Invuller:
    """Fills in one form in several ways."""

    def __init__(self, vorm: Vorm, nu: str) -> None:
        self.vorm = vorm
        self._nu = nu
        self._getallen: dict[str, set[float]] = defaultdict(set)
        self._teksten: dict[str, set[str]] = defaultdict(set)
        data: set[str] = set()
        for knoop in vorm.knopen.values():
            for kolom in _UITDRUKKINGEN:
                if kolom in knoop.node:
                    self._leer(knoop, knoop.node[kolom], data)
        self._momenten = [nu]
        for tekst in sorted(data):
            for dagen in (-1, 0, 1):
                try:
                    dag = date.fromisoformat(tekst) + timedelta(days=dagen)
                except (ValueError, OverflowError):
                    continue
                self._momenten.append(f"{dag.isoformat()}{nu[10:]}")
        self._momenten = list(dict.fromkeys(self._momenten))[:_MAX_MOMENTEN]

    @property
    def momenten(self) -> list[str]:
        """The moment of the visit, and days around each date that the form names."""
        return self._momenten

    def _leer(self, knoop: Knoop, boom: Boom, data: set[str]) -> None:
        namen = {naam for naam, _ in verwijzingen(boom)} | {knoop.naam}
        for deel in _bladeren(boom):
            waarde = deel["w"]
            if isinstance(waarde, str) and _DATUM.fullmatch(waarde):
                data.add(waarde)
            getal = naar_getal(waarde)
            for naam in namen:
                if isinstance(waarde, str):
                    self._teksten[naam].add(waarde)
                if not math.isnan(getal) and abs(getal) < 1e12:
                    self._getallen[naam] |= {getal, getal - 1, getal + 1}

    # -- ways to fill in

    def volgens(self, toewijzing: Toewijzing, keten: tuple[str, ...], nu: str, *, ruim: bool) -> Sessie:
        """A session with just these answers. ``keten``: the repeats that need an instance; ``ruim``: all of them."""
        sessie = open_sessie(self.vorm, {"nu": nu})
        namen = {v if isinstance(v, str) else v[0] for v in toewijzing}
        nodig = set(keten).union(*(self.vorm.knopen[naam].keten for naam in namen))
        with sessie.samen():
            for knoop in self.vorm.knopen.values():
                if knoop.soort == "herhaling" and (ruim or knoop.naam in nodig):
                    ouder = _eerste(knoop.keten)
                    sessie.voeg_toe(knoop.naam, _eerste((*knoop.keten, knoop.naam)) or "", ouder, 1)
            for naam in sorted(namen):
                waarde = self._gevraagd(self.vorm.knopen[naam], toewijzing)
                if waarde is not None:
                    sessie.zet(naam, _eerste(self.vorm.knopen[naam].keten), waarde)
        sessie.verwerk()
        return sessie

    def willekeurig(self, zaad: int, vast: Toewijzing) -> tuple[Sessie, str]:
        """A session with random answers around fixed ones, and its moment. The same seed gives the same answers."""
        toeval = random.Random(zaad)  # noqa: S311 -- it must be repeatable, not secret
        nu = toeval.choice(self._momenten)
        sessie = open_sessie(self.vorm, {"nu": nu})
        with sessie.samen():
            self._vul(sessie, toeval, self.vorm.wortels, None, vast)
        sessie.verwerk()
        return sessie, nu

    def _vul(self, sessie: Sessie, toeval: random.Random, namen: list[str], inst: str | None, vast: Toewijzing) -> None:
        for naam in namen:
            knoop = self.vorm.knopen[naam]
            if knoop.soort == "groep":
                self._vul(sessie, toeval, knoop.kinderen, inst, vast)
            elif knoop.soort == "herhaling":
                for nummer in range(1, toeval.choice((1, 1, 2)) + 1):
                    eigen = f"{inst}/{naam}[{nummer}]" if inst else f"{naam}[{nummer}]"
                    sessie.voeg_toe(naam, eigen, inst, nummer)
                    self._vul(sessie, toeval, knoop.kinderen, eigen, vast)
            elif "berekening" not in knoop.node and knoop.type != "note":
                gevraagd = self._gevraagd(knoop, vast)
                if gevraagd is None and (naam in vast or toeval.random() < _KANS_LEEG):
                    continue
                sessie.zet(naam, inst, self._waarde(toeval, knoop) if gevraagd is None else gevraagd)

    def _gevraagd(self, knoop: Knoop, toewijzing: Toewijzing) -> Any:
        """The answer that an assignment asks of a question, None when it leaves it open or empty."""
        if knoop.type in {"select_multiple", "rank"}:
            aan = [v[1] for v, a in toewijzing.items() if isinstance(v, tuple) and v[0] == knoop.naam and a[1]]
            if aan or toewijzing.get(knoop.naam, ("t", ""))[0] == "t":
                return aan or None
            namen = [n for n in self._keuzenamen(knoop) if toewijzing.get((knoop.naam, n)) != ("w", False)]
            return namen[:1] or None
        alternatief = toewijzing.get(knoop.naam)
        if alternatief is None:
            return None
        if alternatief[0] == "niet":
            return self._anders_dan(knoop, alternatief[1])
        return waarde_voor(alternatief, knoop)

    def _anders_dan(self, knoop: Knoop, teksten: frozenset[str]) -> Any:
        vast = self._vast(knoop)
        if vast is not None:
            return vast
        return next(t for t in ("tekst", *(f"tekst {i}" for i in range(len(teksten) + 1))) if t not in teksten)

    # -- values

    def _keuzenamen(self, knoop: Knoop) -> list[str]:
        return list(self.vorm.keuzes.get(knoop.node.get("keuzelijst", ""), {}))

    def _vast(self, knoop: Knoop) -> Any:
        """One answer for a type of which the content hardly matters, None for the others."""
        dag = self._nu[:10]
        foto = ["0" * 64]
        vast: dict[str, Any] = {
            "date": dag,
            "time": "18:05",
            "dateTime": f"{dag}T18:05",
            "image": foto,
            "audio": foto,
            "geopoint": {"lat": 52.5, "lon": 5.4, "nauwkeurigheid_m": 5},
            "acknowledge": "OK",
        }
        return vast.get(knoop.type)

    def _waarde(self, toeval: random.Random, knoop: Knoop) -> Any:
        if knoop.node.get("keuzelijst"):
            return _kies(toeval, knoop.type, self._keuzenamen(knoop))
        if knoop.type == "range":
            start, eind = (float(knoop.node.get("parameters", {}).get(k, d)) for k, d in (("start", 0), ("end", 10)))
            return toeval.choice((start, eind))
        if knoop.type in GETALTYPEN:
            getal = toeval.choice([0, 1, 2, 7, 40, *sorted(self._getallen[knoop.naam])])
            return math.floor(getal) if knoop.type == "integer" else getal
        if knoop.type == "date":
            return toeval.choice(self._momenten)[:10]
        vast = self._vast(knoop)
        return vast if vast is not None else toeval.choice(["tekst", *sorted(self._teksten[knoop.naam])]) or None


def _kies(toeval: random.Random, soort: str, namen: list[str]) -> Any:
    if not namen:
        return None
    if soort == "select_one":
        return toeval.choice(namen)
    aantal = len(namen) if soort == "rank" else toeval.choice((1, 1, 2, len(namen)))
    return toeval.sample(namen, min(aantal, len(namen)))


def _bladeren(boom: Boom) -> Iterator[Boom]:
    if "w" in boom:
        yield boom
    for deel in boom.get("a", ()):
        yield from _bladeren(deel)


def _eerste(keten: tuple[str, ...]) -> str | None:
    """The name of the first instance of these nested repeats."""
    return "/".join(f"{groep}[1]" for groep in keten) or None
