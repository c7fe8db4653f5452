"""Risk locations at generated addresses."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from inspecties.demo.geografie.model import Adres
from inspecties.demo.inhoud.model import Locatie, Statuswijziging
from inspecties.demo.woorden import lees_woorden

VERDELING: dict[str, dict[str, int]] = {
    "Markerwaard": {
        "huisvesting_arbeidsmigranten": 46,
        "onvergunde_seksinrichting": 22,
        "kamerverhuurpand": 18,
        "horeca": 17,
        "massagesalon": 16,
        "hotel": 9,
        "uitzendbureau": 9,
        "overig": 6,
        "autowasstraat": 5,
        "vakantiepark": 4,
        "camping": 3,
        "flitsbezorger": 3,
        "vergunde_seksinrichting": 2,
    },
    "Houtribdijk": {
        "huisvesting_arbeidsmigranten": 6,
        "onvergunde_seksinrichting": 3,
        "kamerverhuurpand": 3,
        "horeca": 2,
        "massagesalon": 1,
        "hotel": 1,
        "uitzendbureau": 1,
        "overig": 1,
        "autowasstraat": 1,
        "camping": 1,
    },
}
WONINGTYPEN = frozenset({"huisvesting_arbeidsmigranten", "onvergunde_seksinrichting", "kamerverhuurpand"})
STATUSSEN = {"in_beeld": 46, "actief": 30, "in_onderzoek": 11, "gesloten": 5, "uit_beeld": 8}

_Eis = Callable[[Adres], bool]


def _doel(*doelen: str, wijken: tuple[str, ...] = ()) -> _Eis:
    return lambda a: a.gebruiksdoel in doelen and (not wijken or a.wijk in wijken)


def _altijd(_adres: Adres) -> bool:
    return True


# Where a kind of place stands, best first; a small gemeente takes the next where there is no room.
_PLAATS: dict[str, tuple[_Eis, ...]] = {
    "huisvesting_arbeidsmigranten": (_doel("woonfunctie"),),
    "onvergunde_seksinrichting": (_doel("woonfunctie"),),
    "kamerverhuurpand": (_doel("woonfunctie", wijken=("Centrum", "Waterwijk", "Dijkdorp")), _doel("woonfunctie")),
    "horeca": (_doel("bijeenkomstfunctie", "winkelfunctie", wijken=("Centrum",)), _doel("winkelfunctie")),
    "massagesalon": (_doel("winkelfunctie"),),
    "hotel": (_doel("logiesfunctie", wijken=("Centrum", "Havenkwartier")), _doel("kantoorfunctie")),
    "uitzendbureau": (_doel("kantoorfunctie"), _doel("industriefunctie")),
    "overig": (_doel("industriefunctie"), _doel("woonfunctie")),
    "autowasstraat": (_doel("industriefunctie"),),
    "vakantiepark": (_doel("logiesfunctie", wijken=("Kraanoever",)),),
    "camping": (_doel("logiesfunctie", wijken=("Kraanoever",)), _doel("woonfunctie", wijken=("Buitenpolder",))),
    "flitsbezorger": (_doel("winkelfunctie"),),
    "vergunde_seksinrichting": (_doel("winkelfunctie", "kantoorfunctie", "bijeenkomstfunctie"),),
}


def kies_adres(rng: Random, soort: str, adressen: Sequence[Adres], bezet: set[str]) -> Adres:
    """A free address that fits a kind of place; anything free where nothing fits."""
    for eis in (*_PLAATS[soort], _altijd):
        vrij = [a for a in adressen if a.nummeraanduiding_id not in bezet and eis(a)]
        if vrij:
            gekozen = rng.choice(vrij)
            bezet.add(gekozen.nummeraanduiding_id)
            return gekozen
    raise ValueError("no free address left")


def maak_naam(rng: Random, soort: str, adres: Adres, gebruikt: set[str]) -> str:
    """A believable name that no other location has."""
    zaken = lees_woorden("zaken")
    woorden = zaken["woorden"]
    for _ in range(200):
        naam: str = rng.choice(zaken["namen"][soort]).format(
            adres=adres.regel,
            straat=adres.openbare_ruimte,
            bijvoeglijk=rng.choice(woorden["bijvoeglijk"]),
            ding=rng.choice(woorden["ding"]),
        )
        if naam not in gebruikt and ("boerderij" not in naam or adres.wijk.startswith("Buiten")):
            gebruikt.add(naam)
            return naam
    raise ValueError(f"the word list has too few names for {soort}")


def _historie(rng: Random, sinds: date, status: str, vandaag: date) -> tuple[Statuswijziging, ...]:
    redenen = lees_woorden("zaken")["redenen"]
    pad = {
        "in_beeld": ("in_beeld",),
        "actief": ("in_beeld", "actief"),
        "in_onderzoek": ("in_beeld", "actief", "in_onderzoek"),
        "gesloten": ("in_beeld", "in_onderzoek", "gesloten"),
        "uit_beeld": ("in_beeld", "uit_beeld"),
    }[status]
    dagen = (vandaag - sinds).days
    momenten = [0, *sorted(rng.randint(3, dagen - 2) for _ in pad[1:])]
    return tuple(
        Statuswijziging(sinds + timedelta(days=m), s, rng.choice(redenen[s]))
        for m, s in zip(momenten, pad, strict=True)
    )


def _bezetting(rng: Random, soort: str, adres: Adres) -> tuple[int | None, int | None]:
    """(persons in the BRP, capacity), each where it is known."""
    if soort == "huisvesting_arbeidsmigranten":
        passend = max(3, adres.oppervlakte_m2 // 14)
        return (rng.choice((0, 0, 1, 2, 4, None)), rng.choice((passend, passend + 2, None)))
    if soort == "kamerverhuurpand":
        return rng.choice((1, 2, 3, 5, None)), rng.randint(4, 9)
    if soort == "onvergunde_seksinrichting":
        return rng.choice((0, 1, 1, 2, None)), None
    if soort in ("hotel", "vakantiepark", "camping"):
        return None, {"hotel": rng.randint(14, 62), "vakantiepark": rng.randint(120, 480)}.get(
            soort, rng.randint(40, 160)
        )
    return None, None


def maak_locaties(rng: Random, gemeente: str, adressen: Sequence[Adres], vandaag: date) -> tuple[Locatie, ...]:
    """All risk locations of a gemeente."""
    zaken = lees_woorden("zaken")
    bezet: set[str] = set()
    namen: set[str] = set()
    soorten = [s for s, n in VERDELING[gemeente].items() for _ in range(n)]
    rng.shuffle(soorten)
    uit = []
    for nummer, soort in enumerate(soorten, start=1):
        adres = kies_adres(rng, soort, adressen, bezet)
        sinds = vandaag - timedelta(days=rng.randint(20, 1400))
        status = rng.choices(list(STATUSSEN), list(STATUSSEN.values()))[0]
        if nummer <= len(STATUSSEN):
            status = list(STATUSSEN)[nummer - 1]
        if soort == "vergunde_seksinrichting":
            status = "actief"
        historie = _historie(rng, sinds, status, vandaag)
        brp, capaciteit = _bezetting(rng, soort, adres)
        uit.append(
            Locatie(
                sleutel=f"locatie-{nummer:03d}",
                naam=maak_naam(rng, soort, adres, namen),
                type=soort,
                adres=adres,
                status=status,
                bron=rng.choice(zaken["bronnen"]["lijst"]),
                sinds=sinds,
                historie=historie,
                notitie=rng.choice(zaken["notities"][soort]) if rng.random() < 0.75 else "",
                veiligheid=rng.choice(zaken["veiligheid"]["regels"]) if rng.random() < 0.15 else "",
                personen_brp=brp,
                capaciteit=capaciteit,
            )
        )
    return tuple(uit)
