"""From a drawn plan to a whole map with addresses."""

import math
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from inspecties.demo.geografie.bebouwing import dun_uit, maak_adressen, omtrek, zet_huizen
from inspecties.demo.geografie.model import Bouwwijze, Gebied, Kaart, Straat, Wijk
from inspecties.demo.geografie.plan import BUNGALOW, Gemeenteplan
from inspecties.demo.geografie.stratennet import maak_straten
from inspecties.demo.geografie.vormen import grootste, lijnen, pool, sector
from inspecties.demo.woorden import lees_woorden

# Letters that Dutch postcodes do not use, and pairs that are not given out.
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
_NIET = frozenset({"SA", "SD", "SS"})


@dataclass
class _Namen:
    """Gives out street names by theme and a letter pair per street; nothing twice."""

    rng: Random

    def __post_init__(self) -> None:
        self._voorraad: dict[str, list[str]] = {}
        self._paren: dict[str, int] = {}

    def naam(self, thema: str, lengte: float) -> str:
        """The next free name: short streets are a hof or pad, long ones a straat or laan."""
        if thema not in self._voorraad:
            self._voorraad[thema] = self._vul(thema)
        voorraad = self._voorraad[thema]
        kort = ("hof", "pad", "steeg", "gang", "erf", "plein", "plantsoen")
        for naam in voorraad[:12]:
            if naam.endswith(kort) == (lengte < 130):
                voorraad.remove(naam)
                return naam
        if not voorraad:
            raise ValueError(f"no street names left in theme {thema}")
        return voorraad.pop(0)

    def _vul(self, thema: str) -> list[str]:
        woorden = lees_woorden("straatnamen")[thema]
        stammen, eind = list(woorden["stammen"]), list(woorden["achtervoegsels"])
        self.rng.shuffle(stammen)
        uit = []
        for ronde in range(len(eind)):
            for i, stam in enumerate(stammen):
                achter = eind[(i * 5 + i // len(eind) + ronde) % len(eind)]
                if not stam.lower().endswith(achter):
                    uit.append(f"{stam}{achter}")
        return uit

    def postcode(self, cijfers: str) -> str:
        """The next postcode in a range: 8246 AA, AB, ..."""
        nummer = self._paren.get(cijfers, 0)
        paar = _LETTERS[nummer // len(_LETTERS)] + _LETTERS[nummer % len(_LETTERS)]
        self._paren[cijfers] = nummer + 1
        return self.postcode(cijfers) if paar in _NIET else f"{cijfers}{paar}"


def _sloten(plan: Gemeenteplan, bezet: BaseGeometry) -> list[LineString]:
    """Ditches: between two main roads all in one direction, as polders are parcelled. Plan space."""
    open_land = plan.land.buffer(-95).difference(bezet)
    uit: list[LineString] = []
    hoeken = [*plan.sloothoeken, plan.sloothoeken[0] + 360]
    for van, tot in pairwise(hoeken):
        deel = open_land.intersection(sector(plan.bebouwd_tot + 40, 3200, van + 1.5, tot - 1.5))
        richting = (van + tot) / 2 + 90
        c, s = math.cos(math.radians(richting)), math.sin(math.radians(richting))
        for k in range(1, int(3000 / plan.sloot_afstand)):
            mx, my = pool(k * plan.sloot_afstand, richting - 90)
            lijn = LineString([(mx - 3000 * c, my - 3000 * s), (mx + 3000 * c, my + 3000 * s)])
            uit += [d for d in lijnen(deel.intersection(lijn)) if d.length > 120]
    return uit


def maak_kaart(plan: Gemeenteplan, zaad: int) -> Kaart:
    """The map of a municipality; the same seed gives the same map."""
    rng = Random(f"{zaad}:{plan.code}:kaart")  # noqa: S311 - a demo that repeats itself, not a secret
    namen = _Namen(rng)
    naar_rd = plan.verbuiging.naar_rd
    water = unary_union([w.vlak for w in plan.water])
    groen = unary_union([g.vlak for g in plan.groen])
    hoofdwegen = unary_union([w.lijn for w in plan.wegen])
    hinder = unary_union([water.buffer(12), groen.buffer(5)])

    straten: list[Straat] = []
    gebouwd: list[tuple[Straat, Bouwwijze]] = []
    for weg in plan.wegen:
        straat = Straat(
            weg.naam, _wijk_van(plan, weg.lijn), weg.klasse, (naar_rd(weg.lijn),), namen.postcode(weg.postcode)
        )
        straten.append(straat)
        if weg.bouw is not None:
            gebouwd.append((straat, weg.bouw))
    for wijk in plan.wijken:
        for lijn in maak_straten(rng, wijk, hoofdwegen, hinder):
            klasse = "straat" if lijn.length >= 90 else "pad"
            naam = namen.naam(wijk.thema, lijn.length)
            straat = Straat(naam, wijk.naam, klasse, (naar_rd(lijn),), namen.postcode(wijk.postcode))
            straten.append(straat)
            gebouwd.append((straat, wijk.bouw))

    land = naar_rd(plan.land)
    wijken = tuple(Wijk(w.naam, w.soort, grootste(naar_rd(w.vlak).intersection(land))) for w in plan.wijken)
    buiten = grootste(land.difference(unary_union([w.vlak for w in wijken]).buffer(0.5)))
    wijken = (*wijken, Wijk(plan.buitengebied, "buitengebied", buiten))
    gebieden_water = tuple(Gebied(w.soort, naar_rd(w.vlak), w.naam) for w in plan.water)
    gebieden_groen = tuple(
        Gebied(g.soort, grootste(naar_rd(g.vlak.difference(water.buffer(6)).difference(hoofdwegen.buffer(9)))), g.naam)
        for g in plan.groen
    )
    bezet = unary_union([*(w.vlak.buffer(15) for w in plan.wijken), hinder, hoofdwegen.buffer(25)])
    sloten = tuple(naar_rd(s) for s in _sloten(plan, bezet))

    lijnen_rd = [lijn for s in straten for lijn in s.lijnen]
    obstakels = [g.vlak for g in gebieden_water + gebieden_groen] + list(sloten)
    blokken = zet_huizen(rng, gebouwd, lijnen_rd, obstakels, land.buffer(-70))
    blokken = dun_uit(rng, blokken, plan.adressen)
    soorten = {w.naam: w.soort for w in wijken}
    return Kaart(
        naam=plan.naam,
        code=plan.code,
        grens=naar_rd(plan.grens),
        land=land,
        wijken=wijken,
        straten=tuple(straten),
        water=gebieden_water,
        groen=gebieden_groen,
        sloten=sloten,
        # Holiday homes are too small for the map and would make it much larger.
        gebouwen=tuple(omtrek(b) for b in blokken if b.bouw is not BUNGALOW),
        adressen=tuple(maak_adressen(rng, blokken, soorten, plan.naam, plan.code)),
    )


def _wijk_van(plan: Gemeenteplan, lijn: LineString) -> str:
    """The district in which a main road lies for the most part."""
    beste, meeste = plan.buitengebied, 0.5 * lijn.length
    for wijk in plan.wijken:
        deel = wijk.vlak.intersection(lijn).length
        if deel > meeste:
            beste, meeste = wijk.naam, deel
    return beste
