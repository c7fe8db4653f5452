"""Signals in the words of those who send them."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from inspecties.demo.geografie.model import Adres
from inspecties.demo.inhoud.model import Locatie, Signaal
from inspecties.demo.woorden import lees_woorden
from inspecties.signalen.rules.indicatoren import INDICATOREN

__all__ = ["INDICATOREN", "maak_signalen"]

BRONNEN = {
    "inwoner": 26,
    "medewerker": 20,
    "partner": 14,
    "meld_misdaad_anoniem": 12,
    "verhuurder": 8,
    "hotel": 6,
    "bestuurlijke_rapportage": 8,
}
STATUSSEN = ("ontvangen", "verrijken", "bespreken", "doorgezet", "teruggekoppeld", "afgesloten")

_VORM_BIJ_TYPE: dict[str, tuple[str, ...]] = {
    "onvergunde_seksinrichting": ("seksuele_uitbuiting",),
    "vergunde_seksinrichting": ("seksuele_uitbuiting",),
    "massagesalon": ("seksuele_uitbuiting", "arbeidsuitbuiting"),
    "hotel": ("seksuele_uitbuiting",),
    "overig": ("criminele_uitbuiting", "onbekend"),
    "kamerverhuurpand": ("criminele_uitbuiting", "onbekend", "arbeidsuitbuiting"),
}


def _vorm(rng: Random, bron: str, locatie: Locatie | None) -> str:
    if rng.random() < 0.1:
        return "onbekend"
    if bron == "hotel":
        return "seksuele_uitbuiting"
    if locatie is None:
        return rng.choice(("seksuele_uitbuiting", "arbeidsuitbuiting", "criminele_uitbuiting", "onbekend"))
    return rng.choice(_VORM_BIJ_TYPE.get(locatie.type, ("arbeidsuitbuiting",)))


def _tekst(rng: Random, bron: str, vorm: str, gebruikt: set[str]) -> str:
    """A text of three to five sentences that no other signal has."""
    woorden = lees_woorden("signalen")
    tekst = ""
    for _ in range(100):
        zinnen = [
            rng.choice(woorden["begin"][bron]),
            rng.choice(woorden[vorm]["wat"]),
            *rng.sample(woorden[vorm]["meer"], rng.choice((1, 1, 2))),
            rng.choice(woorden["slot"]["lijst"]) if bron in ("inwoner", "medewerker", "verhuurder") else "",
        ]
        tekst = " ".join(z for z in zinnen if z)
        if tekst not in gebruikt:
            break
    gebruikt.add(tekst)
    return tekst


def _status(rng: Random, dagen: int) -> str:
    """The older, the further on its way."""
    if dagen < 10:
        return rng.choice(STATUSSEN[:2])
    if dagen < 45:
        return rng.choice(STATUSSEN[1:4])
    return rng.choices(STATUSSEN, (0, 4, 8, 20, 18, 50))[0]


def maak_signalen(
    rng: Random, aantal: int, locaties: Sequence[Locatie], adressen: Sequence[Adres], vandaag: date
) -> tuple[Signaal, ...]:
    """``aantal`` signals of the past year and a half, oldest first; many places have more than one."""
    levend = [x for x in locaties if x.status != "uit_beeld"]
    hotels = [x for x in levend if x.type == "hotel"]
    gebruikt: set[str] = set()
    dagen_terug = sorted((int(540 * rng.random() ** 1.6) + 1 for _ in range(aantal)), reverse=True)
    bronnen = rng.choices(list(BRONNEN), list(BRONNEN.values()), k=aantal)
    bronnen[: len(BRONNEN)] = list(BRONNEN)
    uit = []
    for nummer, (dagen, bron) in enumerate(zip(dagen_terug, bronnen, strict=True), start=1):
        locatie = rng.choice(levend) if rng.random() < 0.72 else None
        if bron == "hotel" and hotels:
            locatie = rng.choice(hotels)
        vorm = _vorm(rng, bron, locatie)
        woorden = lees_woorden("signalen")[vorm]
        indicatoren = rng.sample(woorden["indicatoren"], rng.choice((0, 1, 1, 2, 3)))
        ernstig = {"minderjarig", "bedreiging"}.intersection(indicatoren)
        urgentie = rng.choices(("normaal", "hoog", "direct_gevaar"), (30, 50, 20) if ernstig else (78, 20, 2))[0]
        uit.append(
            Signaal(
                sleutel=f"signaal-{nummer:03d}",
                datum=vandaag - timedelta(days=dagen),
                bron=bron,
                vorm=vorm,
                tekst=_tekst(rng, bron, vorm, gebruikt),
                urgentie=urgentie,
                status=_status(rng, dagen),
                indicatoren=tuple(sorted(indicatoren)),
                locatie=locatie.sleutel if locatie else None,
                waar="" if locatie else _waar(rng, rng.choice(adressen)),
            )
        )
    return tuple(uit)


def _waar(rng: Random, adres: Adres) -> str:
    return rng.choice(
        (
            f"{adres.regel}, {adres.woonplaats}",
            f"{adres.openbare_ruimte}, huisnummer niet bekend",
            f"{adres.openbare_ruimte}, een van de laatste huizen",
            f"{adres.wijk}, op de hoek met {adres.openbare_ruimte}",
        )
    )
