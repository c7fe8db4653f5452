"""Money: read as a person types it, kept in whole cents, written as a decision writes it."""

import re

from inspecties.core.fouten import OngeldigeInvoer

# A hundred million euro: above that somebody slipped.
HOOGSTE_CENT = 10_000_000_000

_VORM = re.compile(r"(?:€ ?)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,([0-9]{2}|-))?")


def lees_euro(tekst: str, veld: str = "bedrag") -> int:
    """Cents from ``2500``, ``2.500`` or ``2.500,50``. Raises OngeldigeInvoer saying what would be right."""
    gevonden = _VORM.fullmatch(tekst.strip())
    if gevonden is None:
        raise OngeldigeInvoer(f"'{tekst.strip()}' is geen bedrag. Schrijf het zo: 2.500 of 2.500,50.", veld)
    euro, cent = gevonden.groups()
    uit = int(euro.replace(".", "")) * 100 + (int(cent) if cent and cent != "-" else 0)
    if uit == 0:
        raise OngeldigeInvoer("Vul een bedrag in van meer dan nul.", veld)
    if uit > HOOGSTE_CENT:
        raise OngeldigeInvoer("Dit bedrag kan niet kloppen: het is meer dan 100 miljoen euro.", veld)
    return uit


def schrijf_euro(cent: int) -> str:
    """``€ 2.500`` or ``€ 2.500,50``."""
    euro, rest = divmod(cent, 100)
    heel = f"{euro:,}".replace(",", ".")
    return f"€ {heel},{rest:02d}" if rest else f"€ {heel}"
