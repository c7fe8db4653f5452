"""Benchmark of the address file: importing it and searching in it, at ten thousand and a million invented addresses."""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask_migrate import upgrade

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.locaties.adresimport import importeer
from inspecties.locaties.adreszoeken import zoek_adressen
from tests.conftest import DATABASES, NU, instellingen_voor
from tests.postgres import Cluster
from tests.wereld import Wereld, maak_wereld

AANTALLEN = (10_000, 1_000_000)
PER_STRAAT, RONDES = 50, 40
_VOOR = ("", "Oude ", "Nieuwe ", "Lange ", "Korte ", "Eerste ", "Tweede ", "Burgemeester ", "Jan van ", "Achter de ")
_STAM = """
Dorps Kerk Molen Haven Kanaal Dijk Polder Eiken Beuken Linden Wilgen Populieren Kastanje Meidoorn Vlier Rozen
Tulpen Lelie Anjer Zonnebloem Merel Lijster Reiger Zwaluw Kievit Fazanten Ooievaar Snoek Baars Karper Zalm Schelp
Anker Kompas Zeil Loods Schippers Vissers Smeden Bakkers Wevers Touw Pomp Brug Sluis Gracht Wal Poort Toren  Burcht
Hoek Zand Veen Klei Grind Kwarts Robijn Saffier Planeten Sterren Maan Zomer Herfst Noorder Zuider Ooster  Wester
Hoge Lage Groene Blauwe Witte Gouden Zilveren Koperen IJzeren Markerwaard Lelydam Pampus Almen Borger  Campen Dalem
Elsloo Franeker Gelder Hatert Immer Jorwerd Kampen Loenen Middel Nijen Oirschot Putten Ransdorp
"""
_ACHTER = ("straat", "straat", "straat", "laan", "laan", "weg", "weg", "plein", "hof", "kade", "singel", "dreef", "pad")
_PLAATSEN = [
    f"{voor}{na}"
    for voor in ("Marker", "Zuider", "Dijk", "Polder", "Water", "Ooster", "Nieuw")
    for na in ("dam", "haven", "stad", "wijk")
]


def straten(aantal: int) -> list[tuple[str, str]]:
    """So many different (street, place), the same ones every time."""
    kans = random.Random(8)
    namen = list(dict.fromkeys(f"{v}{s}{a}" for v in _VOOR for s in _STAM.split() for a in _ACHTER))
    return kans.sample([(naam, plaats) for naam in namen for plaats in _PLAATSEN], aantal)


def _postcode(straat: int) -> str:
    return f"{1000 + straat // 26 // 26 % 9000}{chr(65 + straat // 26 % 26)}{chr(65 + straat % 26)}"


def adresbestand(aantal: int) -> Iterator[str]:
    """The lines of an address file in BAG field names."""
    yield (
        "nummeraanduiding_id;verblijfsobject_id;openbare_ruimte;huisnummer;huisletter;huisnummertoevoeging;postcode;"
        "woonplaats;gebruiksdoel;oppervlakte;x;y"
    )
    i = 0
    for nr, (straat, plaats) in enumerate(straten(aantal // PER_STRAAT)):
        for huis in range(PER_STRAAT):
            letter, toevoeging = ("A", "") if huis % 10 == 7 else ("", "2") if huis % 10 == 9 else ("", "")
            x, y = 142_500 + i % 5000, 504_500 + i // 5000 * 10 % 5000
            yield (
                f"990120{i:010d};990101{i:010d};{straat};{huis + 1};{letter};{toevoeging};{_postcode(nr)};{plaats};"
                f"woonfunctie;{60 + huis};{x};{y}"
            )
            i += 1


def _verschrijf(kans: random.Random, woord: str, keer: int) -> str:
    tekens = list(woord)
    for _ in range(keer):
        plek = kans.randrange(1, len(tekens) - 2)
        wat = kans.randrange(3)
        if wat == 0:
            del tekens[plek]
        elif wat == 1:
            tekens[plek], tekens[plek + 1] = tekens[plek + 1], tekens[plek]
        else:
            tekens[plek] = kans.choice("aeiorst")
    return "".join(tekens)


def vragen(aantal: int) -> dict[str, list[str]]:
    """What people type, by kind."""
    kans = random.Random(21)
    gekozen = kans.sample(list(enumerate(straten(aantal // PER_STRAAT))), RONDES)
    uit: dict[str, list[str]] = {}

    def bij(soort: str, vraag: str) -> None:
        uit.setdefault(soort, []).append(vraag)

    for nr, (straat, plaats) in gekozen:
        huis = kans.randrange(1, PER_STRAAT)
        woord = straat.rsplit(" ", 1)[-1].lower()
        bij("straat en nummer", f"{straat} {huis}")
        bij("straat, nummer en plaats, andersom", f"{plaats} {huis} {straat}".lower())
        bij("postcode en nummer", f"{_postcode(nr)} {huis}")
        bij("half woord", straat[: max(4, len(straat) // 2)])
        bij("drie letters", woord[:3])
        bij("alleen plaats en nummer", f"{plaats} {huis}")
        bij("een typefout", f"{_verschrijf(kans, woord, 1)} {huis} {plaats}")
        if len(woord) > 7:
            bij("twee typefouten", f"{_verschrijf(kans, woord, 2)} {huis}")
        bij("bestaat niet", f"{woord[::-1]} {huis}")
    return uit


def _meet(wereld: Wereld, soort: str, aantal: int) -> list[dict[str, Any]]:
    sessie, actor = db.session(), wereld.een.systeem
    inhoud = "\n".join(adresbestand(aantal)).encode()
    begin = time.perf_counter()
    verslag = importeer(sessie, actor, NU, "adressen.csv", inhoud)
    sessie.commit()
    duur = time.perf_counter() - begin
    if verslag.nieuw != aantal:
        raise RuntimeError(f"{verslag.nieuw} of {aantal} stored: {verslag.fouten[:3]}")
    uit = [_rij(soort, aantal, "inlezen", duur, "s", "")]
    alle: list[float] = []
    gevonden = 0
    for wat, teksten in vragen(aantal).items():
        tijden = []
        for tekst in [teksten[0], *teksten]:
            start = time.perf_counter()
            antwoord = zoek_adressen(sessie, actor, tekst)
            tijden.append((time.perf_counter() - start) * 1000)
            sessie.rollback()
            gevonden += bool(antwoord)
        # The first one only warms up.
        alle += tijden[1:]
        uit.append(_rij(soort, aantal, f"zoeken, {wat}, mediaan", statistics.median(tijden[1:]), "ms", "< 30"))
    p95 = statistics.quantiles(alle, n=20)[-1]
    uit.append(_rij(soort, aantal, "zoeken, alles, mediaan", statistics.median(alle), "ms", "< 30"))
    uit.append(_rij(soort, aantal, "zoeken, alles, 95 van de 100 binnen", p95, "ms", ""))
    uit.append(_rij(soort, aantal, "zoeken, met uitkomst", 100 * gevonden / len(alle), "%", ""))
    return uit


def _rij(soort: str, aantal: int, wat: str, waarde: float, eenheid: str, doel: str) -> dict[str, Any]:
    naam = f"{soort}, {aantal:,} adressen: {wat}".replace(",0", ".0")
    return {"naam": naam, "waarde": round(waarde, 1), "eenheid": eenheid, "doel": doel}


def meet() -> list[dict[str, Any]]:
    """Both databases, both sizes."""
    uit: list[dict[str, Any]] = []
    cluster = Cluster()
    try:
        for soort in DATABASES:
            for aantal in AANTALLEN:
                with tempfile.TemporaryDirectory(prefix="bench-adressen-") as map_:
                    url = cluster.maak(f"adressen_{aantal}") if soort == "postgis" else ""
                    app = create_app(instellingen_voor(Path(map_), url), VasteKlok(NU))
                    with app.app_context():
                        upgrade()
                        zonder_actor(db.session(), "fills a database")
                        uit += _meet(maak_wereld(app, NU), soort, aantal)
                        db.session.remove()
                        db.engine.dispose()
    finally:
        cluster.stop()
    return uit
