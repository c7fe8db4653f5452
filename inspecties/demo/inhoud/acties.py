"""A year of joint inspections, the one of tonight and a draft for next week."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from inspecties.demo.inhoud.feiten import maak_feiten
from inspecties.demo.inhoud.locaties import WONINGTYPEN
from inspecties.demo.inhoud.model import Actie, Locatie, Ploeg, Stop
from inspecties.demo.woorden import lees_woorden

TIJDZONE = ZoneInfo("Europe/Amsterdam")
_RIJDEN = timedelta(minutes=8)


_WONEN = ("huisvesting_arbeidsmigranten", "kamerverhuurpand")


@dataclass(frozen=True)
class Actieplan:
    """An action before its stops are chosen (``config/demo/acties.toml``). ``opnieuw``: places visited before."""

    naam: str
    soort: str
    dagen: int
    uren: tuple[str, str]
    typen: tuple[str, ...]
    stops: int
    partners: dict[str, str]
    doel: str
    aangekondigd: bool = False
    opnieuw: bool = False
    toestand: str = "afgerond"


_LEDEN = {
    "Markerwaard": (("inspecteur1", "politie"), ("inspecteur2", "nla", "omgevingsdienst")),
    "Houtribdijk": ((), ()),
}


def _moment(dag: date, uur: str) -> datetime:
    return datetime.combine(dag, time.fromisoformat(uur), TIJDZONE)


def _afstand(a: Locatie, b: Locatie) -> float:
    return math.dist((a.adres.x, a.adres.y), (b.adres.x, b.adres.y))


def _route(locaties: list[Locatie]) -> list[Locatie]:
    """From the westernmost place each time to the nearest that is left."""
    over = sorted(locaties, key=lambda x: (x.adres.x, x.sleutel))
    uit = [over.pop(0)]
    while over:
        volgende = min(over, key=lambda x: (_afstand(uit[-1], x), x.sleutel))
        over.remove(volgende)
        uit.append(volgende)
    return uit


def _kies(rng: Random, plan: Actieplan, locaties: Sequence[Locatie], eerder: set[str], dag: date) -> list[Locatie]:
    """Places for an action: of the asked types, each type once where possible, then by chance."""
    kan = [x for x in locaties if x.type in plan.typen and x.sinds < dag - timedelta(days=2)]
    if plan.dagen >= 0:
        kan = [x for x in kan if x.status in ("in_beeld", "actief", "in_onderzoek")]
    if plan.opnieuw:
        kan = [x for x in kan if x.sleutel in eerder] or kan
    rng.shuffle(kan)
    if plan.dagen < 0:
        # Not visited before goes first, so that a year covers much of the map.
        kan.sort(key=lambda x: (x.sleutel in eerder) != plan.opnieuw)
    gekozen: list[Locatie] = []
    for soort in plan.typen:
        gekozen += [x for x in kan if x.type == soort][:1]
    gekozen += [x for x in kan if x not in gekozen]
    return gekozen[: plan.stops]


def _uitkomst(rng: Random, woning: bool) -> str:
    gewichten = (70, 20, 10) if woning else (90, 7, 3)
    return rng.choices(("afgerond", "niemand_thuis", "geweigerd"), gewichten)[0]


def _stop(rng: Random, locatie: Locatie, sleutel: str, ploeg: str, volgorde: int, partners: Sequence[str]) -> Stop:
    woning = locatie.type in WONINGTYPEN
    huisvesting = locatie.type in _WONEN
    grond = rng.choices(("toestemming", "machtiging"), (70, 30))[0] if woning else "toezicht"
    eerst = "politie" if "politie" in partners and (locatie.veiligheid or grond == "machtiging") else "inspecteur"
    return Stop(
        sleutel=sleutel,
        locatie=locatie.sleutel,
        ploeg=ploeg,
        volgorde=volgorde,
        duur_min=rng.choice((30, 35, 40, 45)) if huisvesting else rng.choice((20, 25, 30)),
        toegangsgrond=grond,
        wie_eerst=eerst,
        checklists=("huisvesting_arbeidsmigranten",) if huisvesting else ("pand",),
        toestand="gepland",
        lon=locatie.adres.lon,
        lat=locatie.adres.lat,
        veiligheid=locatie.veiligheid,
    )


def _bezocht(
    rng: Random, stop: Stop, locatie: Locatie, klok: datetime, overbewoond: bool | None
) -> tuple[Stop, datetime]:
    """A stop of a past action with its outcome, and when the team left."""
    uitkomst = _uitkomst(rng, locatie.type in WONINGTYPEN)
    if overbewoond is not None:
        uitkomst = "afgerond"
    if uitkomst != "afgerond":
        weg = klok + timedelta(minutes=rng.randint(4, 9))
        return replace(stop, toestand=uitkomst, binnen_op=None, buiten_op=None), weg
    weg = klok + timedelta(minutes=max(12, stop.duur_min + rng.randint(-9, 8)))
    feiten = maak_feiten(rng, locatie, overbewoond)
    return replace(stop, toestand="afgerond", binnen_op=klok, buiten_op=weg, feiten=feiten), weg


def _maak_stops(
    rng: Random, plan: Actieplan, sleutel: str, gekozen: list[Locatie], dag: date, ploegen: tuple[Ploeg, ...]
) -> list[Stop]:
    route = _route(gekozen)
    half = math.ceil(len(route) / len(ploegen))
    partners = [soort for soort, antwoord in plan.partners.items() if antwoord == "toegezegd"]
    stops: list[Stop] = []
    for p, ploeg in enumerate(ploegen):
        klok = _moment(dag, plan.uren[0]) + timedelta(minutes=15)
        for volgorde, locatie in enumerate(route[p * half : (p + 1) * half], start=1):
            stop = _stop(rng, locatie, f"{sleutel}-stop-{len(stops) + 1:02d}", ploeg.naam, volgorde, partners)
            if plan.toestand == "afgerond":
                # The first dwelling of each housing action was overcrowded: the year has cases to show.
                vol = True if volgorde == 1 and locatie.type in _WONEN else None
                stop, klok = _bezocht(rng, stop, locatie, klok + _RIJDEN, vol)
            elif locatie.type == "massagesalon":
                stop = replace(stop, venster=(_moment(dag, plan.uren[0]), _moment(dag, "21:00")))
            stops.append(stop)
    return stops


def maak_acties(rng: Random, gemeente: str, locaties: Sequence[Locatie], vandaag: date) -> tuple[Actie, ...]:
    """All actions of a gemeente, oldest first."""
    eerder: set[str] = set()
    uit = []
    for nummer, plan in enumerate((Actieplan(**p) for p in lees_woorden("acties")[gemeente]), start=1):
        dag = vandaag + timedelta(days=plan.dagen)
        sleutel = f"actie-{nummer:02d}"
        namen = ("Ploeg A", "Ploeg B") if plan.stops >= 6 else ("Ploeg A",)
        ploegen = tuple(Ploeg(n, leden) for n, leden in zip(namen, _LEDEN[gemeente], strict=False))
        stops = _maak_stops(rng, plan, sleutel, _kies(rng, plan, locaties, eerder, dag), dag, ploegen)
        eerder |= {s.locatie for s in stops}
        uit.append(
            Actie(
                sleutel=sleutel,
                naam=plan.naam,
                soort=plan.soort,
                begin_op=_moment(dag, plan.uren[0]),
                eind_op=_moment(dag, plan.uren[1]),
                toestand=plan.toestand,
                aangekondigd=plan.aangekondigd,
                doel=plan.doel,
                ploegen=ploegen,
                partners=dict(plan.partners),
                stops=tuple(stops),
            )
        )
    return tuple(uit)
