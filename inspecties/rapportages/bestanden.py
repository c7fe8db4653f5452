"""The overview as CSV files that a spreadsheet opens without running anything in them."""

import csv
import io
from collections.abc import Iterable, Sequence

from inspecties.core.formuletekens import scherm_af
from inspecties.rapportages.queries import Overzicht
from inspecties.rapportages.rules import MAANDEN

Cel = str | int | None

SOORTEN: dict[str, str] = {
    "jaarnormen": "Jaarnormen",
    "maanden": "Acties en bezoeken per maand",
    "bevindingen": "Bevindingen",
    "dossiers": "Dossiers",
}


def veilig(cel: Cel) -> str:
    """A cell that a spreadsheet takes as text or number. A leading quote, to be taken off again, marks text."""
    if cel is None:
        return ""
    if isinstance(cel, int):
        return str(cel)
    return scherm_af(cel)


def schrijf(rijen: Iterable[Sequence[Cel]]) -> bytes:
    """CSV as a Dutch Excel opens it: semicolons, and a byte order mark that says UTF-8."""
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    for rij in rijen:
        schrijver.writerow([veilig(cel) for cel in rij])
    return uit.getvalue().encode("utf-8-sig")


def tabel(overzicht: Overzicht, soort: str) -> list[Sequence[Cel]]:
    """Header and rows of one of ``SOORTEN``."""
    if soort == "jaarnormen":
        kop: Sequence[Cel] = ("Jaar", "Soort", "Gedaan", "Gepland", "Norm", "Stand")
        return [kop, *((overzicht.jaar, n.naam, n.gedaan, n.gepland, n.norm, n.oordeel) for n in overzicht.normen)]
    if soort == "maanden":
        kop = ("Jaar", "Maand", "Acties afgerond", "Bezoeken")
        rijen = zip(MAANDEN, overzicht.acties, overzicht.bezoeken, strict=True)
        return [kop, *((overzicht.jaar, m, a, b) for m, a, b in rijen)]
    if soort == "bevindingen":
        return [
            ("Jaar", "Bevinding", "Aantal", "Bezoeken"),
            *((overzicht.jaar, naam, n, b) for naam, n, b in overzicht.bevindingen),
        ]
    return [("Stand", "Dossiers"), *overzicht.dossiers]
