"""The priority of a location: an explainable sum of named parts, in tenths of a point.

Whole numbers throughout, so that facts sum to their part and parts to the score, exactly. Facts of after ``vandaag`` do
not count. A score says where to look first; it proves nothing, and no consequence follows from it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from inspecties.locaties.rules.prioriteit_feiten import Prioriteitfeiten, Vergunningfeit
from inspecties.locaties.rules.prioriteit_gewichten import Gewichten
from inspecties.locaties.rules.prioriteit_woorden import DELEN

_MILJOEN = 1_000_000


@dataclass(frozen=True)
class Feit:
    """What a part rests on: what it is, where that stands and since when, and what it weighs today."""

    tekst: str
    bron: str
    datum: date
    tienden: int
    verwijzing: str = ""


@dataclass(frozen=True)
class Deel:
    """A named part. Its facts sum to ``tienden``, or to more where the weights set a limit (the sentence says so)."""

    code: str
    tienden: int
    zin: str
    feiten: tuple[Feit, ...] = ()

    @property
    def naam(self) -> str:
        return DELEN[self.code]

    @property
    def punten(self) -> Decimal:
        return Decimal(self.tienden).scaleb(-1)


@dataclass(frozen=True)
class Score:
    """``tienden`` is the sum of the parts."""

    tienden: int
    delen: tuple[Deel, ...]

    @property
    def totaal(self) -> Decimal:
        """In points, one decimal."""
        return Decimal(self.tienden).scaleb(-1)

    def deel(self, code: str) -> Deel:
        return next(deel for deel in self.delen if deel.code == code)


def punten_tekst(tienden: int) -> str:
    """'12,5' or '12'."""
    heel, rest = divmod(tienden, 10)
    return f"{heel},{rest}" if rest else str(heel)


def band_van(tienden: int, gewichten: Gewichten) -> str:
    """hoog, middel or laag."""
    if tienden >= gewichten["band.hoog"] * 10:
        return "hoog"
    return "middel" if tienden >= gewichten["band.middel"] * 10 else "laag"


def hoogst_mogelijk(gewichten: Gewichten) -> int:
    """No location can have more tenths than this: the length of the bar."""
    return 10 * (
        gewichten["signalen.hoogstens"]
        + max(gewichten["bezoek.hoogstens"], gewichten["bezoek.nooit"])
        + gewichten["bevindingen.hoogstens"]
        + gewichten["overlast.hoogstens"]
        + gewichten["bewoning.hoogstens"]
        + max(gewichten[f"vergunning.{s}"] for s in ("ontbreekt", "verlopen", "ingetrokken"))
    )


def bereken(feiten: Prioriteitfeiten, gewichten: Gewichten, vandaag: date) -> Score:
    """The score of one location on a day."""
    delen = tuple(_REKENAARS[code](feiten, gewichten, vandaag) for code in DELEN)
    return Score(sum(deel.tienden for deel in delen), delen)


@lru_cache(maxsize=20_000)
def aandeel(dagen_oud: int, halvering: int) -> int:
    """What is left after ``dagen_oud`` days, in millionths: half after each ``halvering`` days."""
    deel = Decimal(2) ** (Decimal(-dagen_oud) / Decimal(halvering)) * _MILJOEN
    return int(deel.to_integral_value(ROUND_HALF_UP))


def _rond(teller: int, noemer: int) -> int:
    """Divide and round half up; neither is negative."""
    return (2 * teller + noemer) // (2 * noemer)


class _Woord(NamedTuple):
    een: str
    meer: str
    laatste: str


def _som(code: str, feiten: Iterable[Feit], gewichten: Gewichten, wat: _Woord, leeg: str) -> Deel:
    """Facts, the heaviest first, up to the limit of their part."""
    lijst = tuple(sorted(feiten, key=lambda f: (-f.tienden, f.datum, f.tekst)))
    if not lijst:
        return Deel(code, 0, leeg)
    samen, hoogstens = sum(f.tienden for f in lijst), gewichten[f"{code}.hoogstens"] * 10
    laatste = _dag(max(f.datum for f in lijst))
    zin = f"1 {wat.een}, van {laatste}" if len(lijst) == 1 else f"{len(lijst)} {wat.meer}, {wat.laatste} van {laatste}"
    if samen > hoogstens:
        zin += f"; samen {punten_tekst(samen)} punten, er tellen er hoogstens {punten_tekst(hoogstens)}"
    return Deel(code, min(samen, hoogstens), zin + ".", lijst)


def _dag(dag: date) -> str:
    return f"{dag.day}-{dag.month}-{dag.year}"


def _signalen(feiten: Prioriteitfeiten, g: Gewichten, vandaag: date) -> Deel:
    uit = []
    for f in feiten.signalen:
        punten, vorm = g.get(f"signalen.urgentie.{f.urgentie}"), g.get(f"signalen.vorm.{f.vorm}")
        if punten is None or vorm is None or f.datum > vandaag:
            continue
        telt = g["signalen.afgesloten"] if f.afgesloten else 100
        nu = aandeel((vandaag - f.datum).days, g["signalen.halvering"])
        wat = f"Urgentie {f.urgentie.replace('_', ' ')}, {f.vorm.replace('_', ' ')}"
        tienden = _rond(punten * 10 * vorm * telt * nu, 100 * 100 * _MILJOEN)
        uit.append(Feit(wat + (", afgesloten" if f.afgesloten else ""), f.bron, f.datum, tienden, f.verwijzing))
    return _som(
        "signalen", uit, g, _Woord("signaal", "signalen", "het laatste"), "Er zijn geen signalen over deze plek."
    )


def _bezoek(feiten: Prioriteitfeiten, g: Gewichten, vandaag: date) -> Deel:
    interval = feiten.interval_dagen
    if feiten.laatste_bezoek is None:
        tienden = g["bezoek.nooit"] * 10
        zin = f"Hier is nog nooit iemand geweest. De plek is in beeld sinds {_dag(feiten.in_beeld_sinds)}."
        feit = Feit("Nog geen bezoek", "Register van locaties", feiten.in_beeld_sinds, tienden)
        return Deel("bezoek", tienden, zin, (feit,))
    dagen = max(0, (vandaag - feiten.laatste_bezoek).days)
    termijn = f"de termijn voor {feiten.typenaam.lower()} is {interval} dagen"
    zin = f"Het laatste bezoek was op {_dag(feiten.laatste_bezoek)}, {dagen} dagen geleden; {termijn}"
    hoogstens = g["bezoek.hoogstens"] * 10
    berekend = _rond(g["bezoek.per_interval"] * 10 * max(0, dagen - interval), interval)
    if berekend > hoogstens:
        zin += f"; dat zou {punten_tekst(berekend)} punten zijn, er tellen er hoogstens {punten_tekst(hoogstens)}"
    tienden = min(berekend, hoogstens)
    feit = Feit("Laatste bezoek", "Bezoeken", feiten.laatste_bezoek, tienden)
    return Deel("bezoek", tienden, zin + ".", (feit,))


def _bevindingen(feiten: Prioriteitfeiten, g: Gewichten, vandaag: date) -> Deel:
    uit = []
    for f in feiten.bevindingen:
        punten = g.get(f"bevindingen.gevolg.{f.gevolg}")
        if punten is None or f.datum > vandaag:
            continue
        nu = aandeel((vandaag - f.datum).days, g["bevindingen.halvering"])
        tekst = f.gevolg.replace("_", " ").capitalize()
        uit.append(Feit(tekst, f.bron, f.datum, _rond(punten * 10 * nu, _MILJOEN), f.verwijzing))
    wat = _Woord("bevinding", "bevindingen", "de laatste")
    return _som("bevindingen", uit, g, wat, "Er zijn geen eerdere bevindingen die meetellen.")


def _overlast(feiten: Prioriteitfeiten, g: Gewichten, vandaag: date) -> Deel:
    uit = []
    for f in feiten.overlast:
        punten = g.get(f"overlast.soort.{f.soort}")
        if punten is None or f.datum > vandaag:
            continue
        nu = aandeel((vandaag - f.datum).days, g["overlast.halvering"])
        uit.append(Feit(f.soort.capitalize(), f.bron, f.datum, _rond(punten * 10 * nu, _MILJOEN)))
    wat = _Woord("melding van overlast", "meldingen van overlast", "de laatste")
    return _som("overlast", uit, g, wat, "Er zijn geen meldingen van overlast.")


def _bewoning(feiten: Prioriteitfeiten, g: Gewichten, vandaag: date) -> Deel:
    del vandaag
    mensen, mag = feiten.personen_brp, feiten.capaciteit
    if mensen is None or mag is None:
        wat = "het aantal ingeschrevenen" if mensen is None else "de vergunde capaciteit"
        return Deel("bewoning", 0, f"Niet te zeggen: {wat} is niet bekend.")
    over, hoogstens = mensen - mag, g["bewoning.hoogstens"] * 10
    feit_tekst = f"{mensen} ingeschreven, capaciteit {mag}"
    if over <= 0:
        zin = f"Er staan niet meer mensen ingeschreven ({mensen}) dan er mogen wonen ({mag})."
        feit = Feit(feit_tekst, "BRP (aantal) en capaciteit", feiten.gegevens_datum, 0)
        return Deel("bewoning", 0, zin, (feit,))
    # Without any capacity every person is too many: there is no percentage to count with.
    tienden = min(hoogstens, _rond(g["bewoning.per_tien_procent"] * 100 * over, mag)) if mag else hoogstens
    zin = f"Er staan {mensen} mensen ingeschreven en er mogen er {mag} wonen: {over} te veel."
    if tienden == hoogstens:
        zin = zin[:-1] + f"; er tellen hoogstens {punten_tekst(hoogstens)} punten."
    feit = Feit(feit_tekst, "BRP (aantal) en capaciteit", feiten.gegevens_datum, tienden)
    return Deel("bewoning", tienden, zin, (feit,))


def stand_van(vergunning: Vergunningfeit, vandaag: date) -> str:
    """geldig, ingetrokken, verlopen or (asked, refused, not begun yet) geen."""
    if vergunning.status == "ingetrokken":
        return "ingetrokken"
    if vergunning.status != "verleend":
        return "geen"
    if vergunning.geldig_tot is not None and vergunning.geldig_tot < vandaag:
        return "verlopen"
    return "geen" if vergunning.geldig_vanaf is not None and vergunning.geldig_vanaf > vandaag else "geldig"


def _vergunning(feiten: Prioriteitfeiten, g: Gewichten, vandaag: date) -> Deel:
    bekend = [v for v in feiten.vergunningen if v.datum <= vandaag]
    standen = {v: stand_van(v, vandaag) for v in bekend}
    geldig = {v.soort for v, stand in standen.items() if stand == "geldig"}
    # A kind of permit that is valid again does not count for what it was before.
    kwijt = [v for v, stand in standen.items() if stand in {"ingetrokken", "verlopen"} and v.soort not in geldig]
    if kwijt:
        ergst = max(kwijt, key=lambda v: (g[f"vergunning.{standen[v]}"], v.datum, v.soort))
        stand, tienden = standen[ergst], g[f"vergunning.{standen[ergst]}"] * 10
        op = ergst.geldig_tot if stand == "verlopen" and ergst.geldig_tot else ergst.datum
        zin = f"De vergunning '{ergst.soort}' is {stand} ({_dag(op)}) en er is geen nieuwe."
        return Deel("vergunning", tienden, zin, (Feit(f"{ergst.soort}: {stand}", ergst.bron, op, tienden),))
    if geldig:
        goed = next(v for v, stand in standen.items() if stand == "geldig")
        feit = Feit(f"{goed.soort}: geldig", goed.bron, goed.datum, 0)
        return Deel("vergunning", 0, f"Er is een geldige vergunning: {goed.soort}.", (feit,))
    if feiten.locatietype not in g.vergunning_nodig:
        return Deel("vergunning", 0, f"Voor {feiten.typenaam.lower()} vraagt de gemeente hier geen vergunning.")
    tienden = g["vergunning.ontbreekt"] * 10
    zin = f"Voor {feiten.typenaam.lower()} is een vergunning nodig en er is geen geldige bekend."
    bron = "Register van vergunningen"
    redenen = tuple(Feit(f"{v.soort}: {v.status}", v.bron, v.datum, 0) for v in bekend)
    feit = Feit("Geen geldige vergunning", bron, feiten.gegevens_datum, tienden)
    return Deel("vergunning", tienden, zin, (feit, *redenen))


_REKENAARS: dict[str, Callable[[Prioriteitfeiten, Gewichten, date], Deel]] = {
    "signalen": _signalen,
    "bezoek": _bezoek,
    "bevindingen": _bevindingen,
    "overlast": _overlast,
    "bewoning": _bewoning,
    "vergunning": _vergunning,
}
