"""Too many people in a home: the norm of the gemeente, what was measured and counted, and the sum a judge can follow.

Source of the former national rule: Bouwbesluit 2012 art. 7.18, one person per 12 m2 of gebruiksoppervlakte. Since 2024
the norm stands in the omgevingsplan, so it is a dated row per gemeente (config/wonen.toml).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer

BEVESTIGD, TE_BEVESTIGEN = "bevestigd", "te bevestigen"
VERBLIJVEN: dict[str, str] = {
    "woning": "Woning of ander gebouw",
    "woonwagen": "Woonwagen of stacaravan",
    "opvang_coa": "Opvang door het COA",
}
# How the checklist says that the area came about; only a measured one carries a decision.
MEETWIJZEN: dict[str, str] = {
    "gemeten": "Gemeten (NEN 2580)",
    "bag": "Uit de BAG",
    "geschat": "Geschat",
}
HOOGSTE_M2 = Decimal(20_000)
HOOGSTE_AANTAL = 999
_M2 = re.compile(r"([0-9]{1,5}|[0-9]{1,2}\.[0-9]{3})(?:,([0-9]{1,2}))?")


@dataclass(frozen=True)
class Norm:
    """How much room one person needs, by which article. ``m2_pp`` None: the rule does not apply to this kind.

    ``gemeente``: the code of the gemeente, empty where the row holds for every gemeente without an own one.
    """

    verblijf: str
    m2_pp: Decimal | None
    artikel: str
    bron: str
    status: str
    gemeente: str = ""
    geldig_van: date = date.min
    geldig_tot: date = date.max

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD

    def als_rij(self) -> dict[str, Any]:
        """As a worksheet keeps it; ``uit_rij`` reads it back."""
        rij = asdict(self)
        return rij | {
            "m2_pp": None if self.m2_pp is None else str(self.m2_pp),
            "geldig_van": self.geldig_van.isoformat(),
            "geldig_tot": self.geldig_tot.isoformat(),
        }

    @classmethod
    def uit_rij(cls, rij: Mapping[str, Any]) -> "Norm":
        """A norm of the file, or one that a worksheet kept. Raises ValueError naming what is wrong."""
        bekend = {f.name for f in fields(cls)}
        if set(rij) - bekend or rij["verblijf"] not in VERBLIJVEN or rij["status"] not in {BEVESTIGD, TE_BEVESTIGEN}:
            raise ValueError(f"norm {rij.get('gemeente', '')} {rij['verblijf']}: unknown key, kind or status")
        m2 = rij.get("m2_pp")
        norm = cls(**{**rij, "m2_pp": None if m2 is None else Decimal(str(m2)), **_dagen(rij)})
        if norm.m2_pp is not None and norm.m2_pp <= 0:
            raise ValueError(f"norm {norm.verblijf}: more than 0 square metres")
        return norm


def _dagen(rij: Mapping[str, Any]) -> dict[str, date]:
    return {
        naam: date.fromisoformat(waarde) if isinstance(waarde, str) else waarde
        for naam in ("geldig_van", "geldig_tot")
        if (waarde := rij.get(naam)) is not None
    }


def lees_normen(rijen: Iterable[Mapping[str, Any]]) -> tuple[Norm, ...]:
    """All norms. Raises ValueError where two of one gemeente and kind hold on the same day."""
    normen = sorted((Norm.uit_rij(r) for r in rijen), key=lambda n: (n.gemeente, n.verblijf, n.geldig_van))
    for eerste, tweede in pairwise(normen):
        zelfde = (eerste.gemeente, eerste.verblijf) == (tweede.gemeente, tweede.verblijf)
        if zelfde and eerste.geldig_tot >= tweede.geldig_van:
            raise ValueError(f"norm {eerste.gemeente} {eerste.verblijf} stands there twice")
    return tuple(normen)


def norm_op(normen: Iterable[Norm], gemeente: str, verblijf: str, dag: date) -> Norm:
    """The norm that held on that day: the gemeente's own, else the general one. Raises OngeldigeInvoer."""
    geldig = [n for n in normen if n.verblijf == verblijf and n.geldig_van <= dag <= n.geldig_tot]
    for van in (gemeente, ""):
        for norm in geldig:
            if norm.gemeente == van:
                return norm
    raise OngeldigeInvoer("Voor dit soort verblijf is op die dag geen norm bekend.", "verblijf")


def lees_m2(tekst: str, veld: str = "oppervlakte") -> Decimal:
    """``84,5`` -> Decimal. Raises OngeldigeInvoer saying what would be right."""
    gevonden = _M2.fullmatch(tekst.strip().removesuffix("m²").strip())
    if gevonden is None:
        raise OngeldigeInvoer("Schrijf de oppervlakte in vierkante meters, zoals 84 of 84,50.", veld)
    m2 = Decimal(f"{gevonden[1].replace('.', '')}.{gevonden[2] or 0}")
    if not 0 < m2 <= HOOGSTE_M2:
        raise OngeldigeInvoer("Vul een oppervlakte in van meer dan 0 en hoogstens 20.000 m².", veld)
    return m2.quantize(Decimal("0.01"))


def schrijf_m2(m2: Decimal) -> str:
    """``84``, ``84,5`` or ``84,25``, without the unit."""
    return f"{m2.normalize():f}".replace(".", ",")


@dataclass(frozen=True)
class Rekenstap:
    """One line of the sum: what it is, the sum itself, and what follows."""

    naam: str
    som: str
    uitkomst: str


@dataclass(frozen=True)
class Berekening:
    """The sum: how many people may live here, how many were counted, and how many that is too many."""

    norm: Norm
    oppervlakte_m2: Decimal
    bewoners: int

    @property
    def vrijgesteld(self) -> bool:
        return self.norm.m2_pp is None

    @property
    def hoogstens(self) -> int | None:
        """Whole persons: part of a person is no person. None where no norm applies."""
        return None if self.norm.m2_pp is None else int(self.oppervlakte_m2 // self.norm.m2_pp)

    @property
    def te_veel(self) -> int:
        return 0 if self.hoogstens is None else max(0, self.bewoners - self.hoogstens)

    @property
    def stappen(self) -> list[Rekenstap]:
        """The sum in lines, the norm first."""
        if self.norm.m2_pp is None or self.hoogstens is None:
            return [Rekenstap("Norm", self.norm.artikel, "geldt hier niet")]
        m2, pp = schrijf_m2(self.oppervlakte_m2), schrijf_m2(self.norm.m2_pp)
        kaal = schrijf_m2((self.oppervlakte_m2 / self.norm.m2_pp).quantize(Decimal("0.01")))
        verschil = self.bewoners - self.hoogstens
        return [
            Rekenstap("Norm", self.norm.artikel, f"1 persoon per {pp} m²"),
            Rekenstap(
                "Hoogste aantal", f"{m2} m² : {pp} m² = {kaal}, naar beneden afgerond", _personen(self.hoogstens)
            ),
            Rekenstap("Geteld", "mensen, geen bedden", _personen(self.bewoners)),
            Rekenstap(
                "Te veel",
                f"{self.bewoners} - {self.hoogstens} = {verschil}",
                _personen(self.te_veel) if self.te_veel else "geen overbewoning",
            ),
        ]

    def zin(self, wanneer: str, gemeten: bool) -> str:
        """What the dossier says of it: the facts and the sum, no judgement."""
        m2 = f"{'gemeten ' if gemeten else ''}gebruiksoppervlakte van {schrijf_m2(self.oppervlakte_m2)} m²"
        begin = f"Op {wanneer} woonden of sliepen hier {_personen(self.bewoners)}, bij een {m2}."
        if self.norm.m2_pp is None or self.hoogstens is None:
            return f"{begin} De norm voor het aantal personen geldt hier niet ({self.norm.artikel})."
        norm = f"De norm is 1 persoon per {schrijf_m2(self.norm.m2_pp)} m² ({self.norm.artikel})."
        hoeveel = "was er 1" if self.te_veel == 1 else f"waren er {self.te_veel}"
        slot = (
            f"Dat is plaats voor {_personen(self.hoogstens)}; er {hoeveel} te veel."
            if self.te_veel
            else f"Dat is plaats voor {_personen(self.hoogstens)}; de norm is niet overschreden."
        )
        return f"{begin} {norm} {slot}"


def _personen(aantal: int) -> str:
    return "1 persoon" if aantal == 1 else f"{aantal} personen"


def eis_reden(gemeten: object, gekozen: object, reden: str, wat: str, veld: str) -> None:
    """Who departs from what the visit says, writes why. Raises OngeldigeInvoer at the field of the reason."""
    if gemeten is not None and gemeten != gekozen and not reden.strip():
        raise OngeldigeInvoer(f"U wijkt af van {wat} van het bezoek. Schrijf op waarom.", veld)


@dataclass(frozen=True)
class Feitsoort:
    """A kind of breach besides overbewoning, with the article it is about and where that stands."""

    code: str
    naam: str
    vraag: str
    artikel: str
    bron: str
    status: str

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD


def lees_feitsoorten(rijen: Iterable[Mapping[str, Any]]) -> dict[str, Feitsoort]:
    """Kinds of fact by code. Raises ValueError where a code stands there twice or the status is unknown."""
    uit: dict[str, Feitsoort] = {}
    for rij in rijen:
        soort = Feitsoort(**rij)
        if soort.code in uit or soort.status not in {BEVESTIGD, TE_BEVESTIGEN}:
            raise ValueError(f"feit {soort.code}: twice, or unknown status")
        uit[soort.code] = soort
    return uit
