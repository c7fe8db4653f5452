"""The weights of the priority score: what each is called, between which bounds it lies, and why it is what it is."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer

EENHEDEN = ("punten", "procent", "dagen")


@dataclass(frozen=True)
class Gewichtsoort:
    """One number of the weights. ``waarde`` is what a gemeente begins with; ``waarom`` one sentence in plain Dutch."""

    code: str
    naam: str
    eenheid: str
    waarde: int
    laagste: int
    hoogste: int
    waarom: str

    @property
    def deel(self) -> str:
        """The part of the score (or ``band``) that it belongs to."""
        return self.code.partition(".")[0]


@dataclass(frozen=True)
class Inrichting:
    """What ``config/prioriteit.toml`` says: the numbers there are, and which kinds of place need a permit at first."""

    soorten: tuple[Gewichtsoort, ...]
    vergunning_nodig: frozenset[str]
    vergunning_nodig_waarom: str

    @property
    def per_code(self) -> dict[str, Gewichtsoort]:
        return {soort.code: soort for soort in self.soorten}

    def begin(self) -> "Gewichten":
        """Version 0."""
        return Gewichten({s.code: s.waarde for s in self.soorten}, self.vergunning_nodig)


@dataclass(frozen=True)
class Gewichten:
    """Whole numbers by code, and the codes of the kinds of place that need a permit."""

    getallen: Mapping[str, int]
    vergunning_nodig: frozenset[str]

    def __getitem__(self, code: str) -> int:
        return self.getallen[code]

    def get(self, code: str) -> int | None:
        """The number of a code that a fact carries, None where nobody gave it a weight."""
        return self.getallen.get(code)

    def als_json(self) -> dict[str, Any]:
        return {"getallen": dict(sorted(self.getallen.items())), "vergunning_nodig": sorted(self.vergunning_nodig)}

    def kenmerk(self) -> str:
        """Equal for equal weights: what somebody compared is what they save."""
        tekst = json.dumps(self.als_json(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(tekst.encode()).hexdigest()


def lees_inrichting(bron: Mapping[str, Any]) -> Inrichting:
    """Check what the file says. Raises ValueError naming the weight and what is wrong with it."""
    soorten = []
    for rij in bron["gewicht"]:
        soort = Gewichtsoort(**rij)
        if soort.eenheid not in EENHEDEN:
            raise ValueError(f"{soort.code}: eenheid is een van {', '.join(EENHEDEN)}")
        if not soort.laagste <= soort.waarde <= soort.hoogste:
            raise ValueError(f"{soort.code}: {soort.waarde} ligt niet tussen {soort.laagste} en {soort.hoogste}")
        if not soort.waarom.endswith("."):
            raise ValueError(f"{soort.code}: 'waarom' is een hele zin")
        soorten.append(soort)
    if len({s.code for s in soorten}) != len(soorten):
        raise ValueError("een code staat er twee keer in")
    inrichting = Inrichting(tuple(soorten), frozenset(bron["vergunning_nodig"]), bron["vergunning_nodig_waarom"])
    if inrichting.begin()["band.hoog"] <= inrichting.begin()["band.middel"]:
        raise ValueError("band.hoog ligt boven band.middel")
    return inrichting


def van_json(inrichting: Inrichting, waarden: Mapping[str, Any]) -> Gewichten:
    """Stored weights. A number that came into the file later gets what the file says; one that went is left out."""
    getallen = {**inrichting.begin().getallen, **waarden["getallen"]}
    return Gewichten(
        {code: int(getallen[code]) for code in inrichting.per_code}, frozenset(waarden["vergunning_nodig"])
    )


def controleer(inrichting: Inrichting, gewichten: Gewichten) -> None:
    """Raises OngeldigeInvoer naming the weight (``veld`` is its code) and what it may be."""
    for soort in inrichting.soorten:
        waarde = gewichten[soort.code]
        if not soort.laagste <= waarde <= soort.hoogste:
            raise OngeldigeInvoer(
                f"'{soort.naam}' is een heel getal van {soort.laagste} tot en met {soort.hoogste} {soort.eenheid}.",
                soort.code,
            )
    if gewichten["band.hoog"] <= gewichten["band.middel"]:
        raise OngeldigeInvoer("'Hoog begint bij' moet meer zijn dan 'Middel begint bij'.", "band.hoog")


def verschillen(inrichting: Inrichting, oud: Gewichten, nieuw: Gewichten) -> list[str]:
    """What is different, a line per number: 'Nog nooit bezocht: 15 wordt 20 punten'."""
    uit = [
        f"{s.naam}: {oud[s.code]} wordt {nieuw[s.code]} {s.eenheid}"
        for s in inrichting.soorten
        if oud[s.code] != nieuw[s.code]
    ]
    bij, af = nieuw.vergunning_nodig - oud.vergunning_nodig, oud.vergunning_nodig - nieuw.vergunning_nodig
    if bij:
        uit.append(f"Vergunning nodig, erbij: {', '.join(sorted(bij)).replace('_', ' ')}")
    if af:
        uit.append(f"Vergunning nodig, eraf: {', '.join(sorted(af)).replace('_', ' ')}")
    return uit
