"""What may point to exploitation (``config/signalenkaart.toml``): an aid, never a verdict."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PAD = Path(__file__).resolve().parents[3] / "config" / "signalenkaart.toml"


@dataclass(frozen=True)
class Noodnummer:
    """Whom to call, and when."""

    naam: str
    nummer: str
    uitleg: str


@dataclass(frozen=True)
class Signalenkaart:
    """``groepen``: name of a group, as a person who looks around thinks of it -> code -> what it says."""

    uitleg: str
    nood: tuple[Noodnummer, ...]
    groepen: Mapping[str, Mapping[str, str]]


def lees_signalenkaart(pad: Path = PAD) -> Signalenkaart:
    """The card. Raises ValueError naming what is wrong; a card without 112 is refused."""
    try:
        bron = tomllib.loads(pad.read_text(encoding="utf-8"))
        nood = tuple(Noodnummer(**rij) for rij in bron["nood"])
        groepen = {g["naam"]: {k["code"]: k["tekst"] for k in g["kenmerk"]} for g in bron["groep"]}
        kaart = Signalenkaart(bron["uitleg"], nood, groepen)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as fout:
        raise ValueError(f"{pad.name}: {fout}") from fout
    codes = [code for g in bron["groep"] for code in (k["code"] for k in g["kenmerk"])]
    dubbel = sorted({c for c in codes if codes.count(c) > 1})
    if dubbel or not all(re.fullmatch(r"[a-z][a-z_]{0,39}", c) for c in codes):
        raise ValueError(
            f"{pad.name}: elke code is van kleine letters en komt een keer voor; kijk na: {dubbel or codes}"
        )
    if not nood or nood[0].nummer != "112":
        raise ValueError(f"{pad.name}: het eerste nummer bij 'nood' moet 112 zijn")
    return kaart


KAART = lees_signalenkaart()
# Code -> what it says; and the codes per group.
INDICATOREN: dict[str, str] = {code: tekst for groep in KAART.groepen.values() for code, tekst in groep.items()}
GROEPEN: dict[str, tuple[str, ...]] = {naam: tuple(groep) for naam, groep in KAART.groepen.items()}
