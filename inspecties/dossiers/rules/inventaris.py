"""The inventory of a dossier: which pieces there are, their numbers that stay, and who may see which (Awb 8:42, 8:29).

Nothing here reads a database. A piece may hold parts (the photos of one visit), which are numbered under it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from inspecties.core.inhoudshash import inhoudshash

VOLLEDIG = "volledig"
PARTIJEN = "partijen"
UITVOERINGEN: dict[str, str] = {VOLLEDIG: "Volledig dossier", PARTIJEN: "Versie voor partijen"}
STANDEN: dict[str, str] = {"bezig": "Wordt gemaakt", "klaar": "Klaar", "mislukt": "Mislukt", "gestopt": "Gestopt"}

OPEN, MAG, AFGEDEKT, GEHEIM, WEGLATEN = "open", "mag", "afgedekt", "geheim", "weglaten"
KEUZES: dict[str, str] = {
    OPEN: "Nog beoordelen",
    MAG: "Partijen krijgen dit stuk zoals het is",
    AFGEDEKT: "Partijen krijgen de afgedekte versie",
    GEHEIM: "Alleen voor de rechter (Awb 8:29)",
    WEGLATEN: "Hoort niet in het dossier",
}
# These choices keep something from somebody, so they need a reason that stands in the inventory.
MET_REDEN: tuple[str, ...] = (GEHEIM, WEGLATEN)
MAX_REDEN = 1000
GEWIJZIGD = "Het stuk is gewijzigd nadat u koos wat partijen krijgen. Kijk opnieuw."
NIEUWE_DELEN = "Er zijn onderdelen bij gekomen nadat u koos wat partijen krijgen. Kijk opnieuw."
# Parties read that a piece came from the gemeente itself; who else it came from could name a person.
EIGEN_HERKOMST: tuple[str, ...] = ("Gemeente", "Bezoek", "Kabinet")
_NIET_VERMELD = "Niet vermeld"


@dataclass(frozen=True)
class Bestand:
    """A file in the store: what it is named in the ZIP follows from ``naam``."""

    sha256: str
    naam: str
    mediatype: str
    grootte: int


@dataclass(frozen=True)
class Deel:
    """A part of a piece, such as one photo. ``gezien``: somebody judged whether to cover it. ``geheim``: parties do not
    get it. ``door``: who made it, which parties do not get to read."""

    sleutel: str
    titel: str
    regels: tuple[str, ...]
    alt: str
    bestand: Bestand
    is_beeld: bool
    gezien: bool = False
    geheim: bool = False
    door: str = ""

    @property
    def inhoud_hash(self) -> str:
        """As that of a piece."""
        return inhoudshash([self.titel, self.bestand.sha256])


@dataclass(frozen=True)
class Inventarisstuk:
    """One piece.

    ``bestand``: the stored file. ``samenvoegen``: it is a tagged PDF/A of our own making, whose pages go into the
    complete file as they are. ``inhoud``: blocks to print where there is no such file; ``inhoud_partijen`` the same
    without the names of who works for the gemeente. ``voorstel``: the judgement that counts until a jurist gives one.
    ``voorstel_omdat`` says why, ``voorstel_gronden`` as much of that as parties may read.
    ``via_afdekken``: the judgement is given where parts are covered. ``upload``: somebody else made the file, which may
    hold what nobody sees (metadata), so parties get a copy of it that was drawn anew, or nothing.
    ``let_op``: why parties can not get it as it is.
    """

    sleutel: str
    soort: str
    titel: str
    op: datetime
    herkomst: str = "Gemeente"
    bestand: Bestand | None = None
    samenvoegen: bool = False
    inhoud: tuple[dict[str, Any], ...] = ()
    inhoud_partijen: tuple[dict[str, Any], ...] = ()
    delen: tuple[Deel, ...] = ()
    voorstel: str = OPEN
    voorstel_omdat: str = ""
    voorstel_gronden: str = ""
    via_afdekken: bool = False
    upload: bool = False
    let_op: str = ""
    noot: str = ""

    @property
    def keuzes(self) -> dict[str, str]:
        """What a jurist can choose here; covering parts is done on the page of the piece itself."""
        weg = {AFGEDEKT}
        if self.upload and self.via_afdekken:
            weg.add(MAG)
        return {code: naam for code, naam in KEUZES.items() if code not in weg}

    @property
    def inhoud_hash(self) -> str:
        """By which it shows whether parties would get what was judged. Its parts count one by one, by their key."""
        bestand = self.bestand.sha256 if self.bestand is not None else ""
        return inhoudshash([self.titel, bestand, list(self.inhoud_partijen)])

    @property
    def herkomst_partijen(self) -> str:
        """Where it came from as parties read it."""
        return self.herkomst if self.herkomst in EIGEN_HERKOMST else _NIET_VERMELD


@dataclass(frozen=True)
class Oordeel:
    """What counts for a piece now. ``gegeven``: a person chose it; otherwise it is what the kind of piece says.

    ``inhoud_hash`` and ``delen``: the content and the parts that the person saw.
    """

    keuze: str
    reden: str = ""
    door: str = ""
    op: datetime | None = None
    gegeven: bool = False
    inhoud_hash: str = ""
    delen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Regel:
    """A piece with its number (0: not given yet) and its judgement; and the same for its parts."""

    stuk: Inventarisstuk
    nummer: int
    oordeel: Oordeel
    delen: tuple["Deelregel", ...] = field(default=())

    @property
    def weg(self) -> bool:
        return self.oordeel.keuze == WEGLATEN

    @property
    def geheim(self) -> bool:
        return self.oordeel.keuze == GEHEIM


@dataclass(frozen=True)
class Deelregel:
    """A part with its number under the piece and its judgement."""

    deel: Deel
    onder: int
    oordeel: Oordeel

    @property
    def open(self) -> bool:
        """Nobody looked yet at what parties would get."""
        return self.oordeel.keuze == OPEN and not self.deel.gezien

    @property
    def weg(self) -> bool:
        return self.oordeel.keuze == WEGLATEN

    @property
    def geheim(self) -> bool:
        return self.oordeel.keuze == GEHEIM


Nummers = Mapping[str, tuple[int, int]]


def op_volgorde(stukken: Iterable[Inventarisstuk]) -> list[Inventarisstuk]:
    """In order of date; what came at the same moment in order of its key, so that the order never wavers."""
    return sorted(stukken, key=lambda s: (s.op, s.sleutel))


def geef_nummers(stukken: Iterable[Inventarisstuk], bestaand: Nummers) -> dict[str, tuple[int, int]]:
    """The numbers that have to be given: to every piece and part without one, after the highest there is."""
    nieuw: dict[str, tuple[int, int]] = {}
    hoogste = max((nr for nr, onder in bestaand.values() if onder == 0), default=0)
    onder_per: dict[int, int] = {}
    for nr, onder in bestaand.values():
        onder_per[nr] = max(onder_per.get(nr, 0), onder)
    for stuk in op_volgorde(stukken):
        eigen = bestaand.get(stuk.sleutel)
        if eigen is None:
            hoogste += 1
            eigen = nieuw[stuk.sleutel] = (hoogste, 0)
        for deel in stuk.delen:
            if deel.sleutel not in bestaand:
                onder_per[eigen[0]] = onder_per.get(eigen[0], 0) + 1
                nieuw[deel.sleutel] = (eigen[0], onder_per[eigen[0]])
    return nieuw


def _geldt(eigen: Oordeel | None, voorstel: Oordeel, inhoud_hash: str, *, hard: bool) -> Oordeel:
    """What counts: the stricter of what was decided here and what was decided where parts are covered (``hard``).

    Letting a piece through holds for the content that was seen. Back to "still to judge" is a judgement too: it takes
    away what the kind of piece proposes, never a cover.
    """
    if eigen is not None and eigen.keuze == MAG and eigen.inhoud_hash != inhoud_hash:
        return Oordeel(OPEN, GEWIJZIGD) if voorstel.keuze == OPEN else voorstel
    if eigen is None or (hard and voorstel.keuze in {AFGEDEKT, GEHEIM} and eigen.keuze not in MET_REDEN):
        return voorstel
    return eigen


def _deelregels(
    stuk: Inventarisstuk, geldt: Oordeel, nummers: Nummers, oordelen: Mapping[str, Oordeel]
) -> tuple[Deelregel, ...]:
    """Each part with its own judgement; without one, that of the piece counts where it named this part."""
    uit = []
    for d in stuk.delen:
        eigen = oordelen.get(d.sleutel)
        genoemd = geldt.keuze == MAG and d.sleutel in geldt.delen and not d.geheim
        voorstel = geldt if genoemd else Oordeel(GEHEIM if d.geheim else OPEN)
        oordeel = _geldt(eigen, voorstel, d.inhoud_hash, hard=True)
        uit.append(Deelregel(d, nummers.get(d.sleutel, (0, 0))[1], oordeel))
    return tuple(sorted(uit, key=lambda d: (d.onder == 0, d.onder)))


def maak_regels(stukken: Iterable[Inventarisstuk], nummers: Nummers, oordelen: Mapping[str, Oordeel]) -> list[Regel]:
    """The inventory: numbered pieces in order of number, then what has none yet in order of date."""
    uit = []
    for stuk in op_volgorde(stukken):
        voorstel = Oordeel(stuk.voorstel, stuk.voorstel_omdat)
        geldt = _geldt(oordelen.get(stuk.sleutel), voorstel, stuk.inhoud_hash, hard=stuk.via_afdekken)
        delen = _deelregels(stuk, geldt, nummers, oordelen)
        if geldt.keuze == MAG and any(d.open for d in delen):
            geldt = Oordeel(OPEN, NIEUWE_DELEN)
        uit.append(Regel(stuk, nummers.get(stuk.sleutel, (0, 0))[0], geldt, delen))
    return sorted(uit, key=lambda r: (r.nummer == 0, r.nummer))


def nog_beoordelen(regels: Sequence[Regel]) -> list[str]:
    """What stands between this inventory and a version for parties, one sentence per piece."""
    uit = []
    for regel in regels:
        if regel.weg or regel.geheim:
            continue
        naam = f"stuk {regel.nummer}" if regel.nummer else "nieuw stuk"
        if regel.stuk.let_op and regel.oordeel.keuze == MAG:
            uit.append(f"{naam} ({regel.stuk.titel}): {regel.stuk.let_op}")
            continue
        if regel.stuk.delen:
            open_ = sum(d.open for d in regel.delen)
            if open_:
                hoeveel = "1 onderdeel is" if open_ == 1 else f"{open_} onderdelen zijn"
                uit.append(f"{naam} ({regel.stuk.titel}): {hoeveel} nog niet bekeken op afdekken")
        elif regel.oordeel.keuze == OPEN:
            uit.append(f"{naam} ({regel.stuk.titel}) is nog niet beoordeeld")
    return uit


def schone_bestandsnaam(tekst: str, hoogstens: int = 60) -> str:
    """A file name in plain ASCII that every system can unpack; never empty, never a path."""
    kaal = unicodedata.normalize("NFKD", tekst).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.]+", "-", kaal).strip("-.")[:hoogstens].strip("-.").lower() or "bestand"
