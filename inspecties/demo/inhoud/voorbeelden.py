"""Example import files: one that is right, and one with every mistake that coordinators make."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from random import Random

from inspecties.demo.geografie.model import Adres
from inspecties.demo.inhoud.locaties import kies_adres, maak_naam
from inspecties.demo.wereld import ZAAD, Gemeente, maak_wereld

KOLOMMEN = ("naam", "type", "straat", "huisnummer", "postcode", "plaats", "x", "y", "lon", "lat", "bron")
_TYPEN = (
    *("huisvesting_arbeidsmigranten",) * 9,
    *("onvergunde_seksinrichting",) * 4,
    *("kamerverhuurpand",) * 4,
    *("massagesalon",) * 3,
    *("horeca",) * 3,
    "autowasstraat",
    "overig",
)
# Locations do not depend on the day, apart from dates that are not in the file.
_DAG = date(2026, 1, 5)


@dataclass(frozen=True)
class Importfout:
    """A mistake in the file: row as a spreadsheet counts (the heading is 1), and the column that is wrong."""

    rij: int
    kolom: str
    soort: str


def _nummer(adres: Adres) -> str:
    nummer = f"{adres.huisnummer}{adres.huisletter}"
    return f"{nummer}-{adres.huisnummertoevoeging}" if adres.huisnummertoevoeging else nummer


def _rijen(zaad: int) -> list[dict[str, str]]:
    gemeente: Gemeente = maak_wereld(zaad, _DAG).gemeente("Markerwaard")
    rng = Random(f"{zaad}:import")  # noqa: S311 - a demo that repeats itself, not a secret
    bezet = {x.adres.nummeraanduiding_id for x in gemeente.locaties}
    namen = {x.naam for x in gemeente.locaties}
    rijen = []
    for i, soort in enumerate(_TYPEN):
        adres = kies_adres(rng, soort, gemeente.adressen, bezet)
        rij = {
            "naam": maak_naam(rng, soort, adres, namen),
            "type": soort,
            "straat": adres.openbare_ruimte,
            "huisnummer": _nummer(adres),
            "postcode": f"{adres.postcode[:4]} {adres.postcode[4:]}" if i % 4 == 0 else adres.postcode,
            "plaats": adres.woonplaats,
            "bron": rng.choice(("Inventarisatie", "Melding bewoner", "Overleg ondermijning", "BRP-adresonderzoek")),
        }
        # Lists in use have one pair or the other, seldom both.
        if i % 3 != 1:
            rij |= {"x": f"{adres.x:.1f}", "y": f"{adres.y:.1f}"}
        if i % 3 != 0:
            rij |= {"lon": f"{adres.lon:.6f}", "lat": f"{adres.lat:.6f}"}
        rijen.append(rij)
    return rijen


def _csv(rijen: list[dict[str, str]]) -> str:
    uit = io.StringIO(newline="")
    schrijver = csv.DictWriter(uit, KOLOMMEN, restval="", lineterminator="\r\n")
    schrijver.writeheader()
    schrijver.writerows(rijen)
    return uit.getvalue()


def voorbeeld_import_csv(zaad: int = ZAAD) -> str:
    """25 locations in Markerwaard that are not in the demo yet; CSV with commas, UTF-8, every row right."""
    return _csv(_rijen(zaad))


def fout_import_csv(zaad: int = ZAAD) -> tuple[str, tuple[Importfout, ...]]:
    """The same list with a mistake in most rows, and which mistakes those are. Rows not named are right."""
    rijen = _rijen(zaad)
    for rij in rijen:
        # One pair of coordinates, so that each planted mistake is the only one of its row.
        if rij.get("x"):
            rij |= {"lon": "", "lat": ""}
    met_rd = [i for i, r in enumerate(rijen) if r.get("x")]
    met_graden = [i for i, r in enumerate(rijen) if not r.get("x")]
    fouten: list[Importfout] = []

    def bederf(i: int, kolom: str, soort: str, **waarden: str) -> None:
        rijen[i] |= waarden
        fouten.append(Importfout(i + 2, kolom, soort))

    bederf(met_rd[0], "type", "leeg type", type="")
    bederf(met_rd[1], "type", "onbekend type", type="pannenkoekenhuis")
    bederf(met_rd[2], "naam", "lege naam", naam="")
    bederf(met_rd[3], "x", "onmogelijk", x="1457000", y="5070000")
    bederf(met_rd[4], "x", "buiten de gemeente", x="155000.0", y="463000.0")
    bederf(met_rd[5], "x", "verwisseld", x=rijen[met_rd[5]]["y"], y=rijen[met_rd[5]]["x"])
    bederf(met_rd[6], "huisnummer", "datum van Excel", huisnummer="3-mei")
    bederf(met_rd[7], "huisnummer", "datum van Excel", huisnummer="2026-05-03 00:00:00")
    bederf(met_rd[8], "naam", "formule", naam='=HYPERLINK("http://voorbeeld.example","klik")')
    bederf(met_rd[9], "bron", "formule", bron="=A1+B1")
    bederf(met_rd[10], "postcode", "geen postcode", postcode="82AB46")
    bederf(met_rd[11], "x", "geen getal", x="ongeveer 145700")
    bederf(met_rd[12], "y", "helft ontbreekt", y="")
    bederf(met_graden[0], "lon", "verwisseld", lon=rijen[met_graden[0]]["lat"], lat=rijen[met_graden[0]]["lon"])
    bederf(met_graden[1], "lon", "buiten Nederland", lon="2.3522", lat="48.8566")
    bederf(met_graden[2], "x", "graden in RD-kolommen", x="5.2501", y="52.5502", lon="", lat="")
    bederf(met_graden[3], "x", "geen plaats", lon="", lat="", postcode="", huisnummer="")
    return _csv(rijen), tuple(sorted(fouten, key=lambda f: f.rij))
