"""The hardening check: what was found out about an installation, and what each finding says.

Gathering (``dokter_feiten``) and judging (``dokter_regels*``) are apart: a rule is a pure function of ``Feiten``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from inspecties.core.s3plek import Emmerstand
from inspecties.instellingen import Instellingen


class Oordeel(StrEnum):
    """How a check ended. Only FOUT makes the command end with 1."""

    GOED = "goed"
    LET_OP = "let_op"
    FOUT = "fout"
    NIET_BEKEKEN = "niet_bekeken"


@dataclass(frozen=True)
class Uitslag:
    """What a rule says: its judgement, what is the case, and how to mend it ('' where nothing has to be done)."""

    oordeel: Oordeel
    wat: str
    herstel: str = ""


def goed(wat: str) -> Uitslag:
    """In order."""
    return Uitslag(Oordeel.GOED, wat)


def let_op(wat: str, herstel: str) -> Uitslag:
    """Worth looking at; no reason to fail."""
    return Uitslag(Oordeel.LET_OP, wat, herstel)


def fout(wat: str, herstel: str) -> Uitslag:
    """Not in order."""
    return Uitslag(Oordeel.FOUT, wat, herstel)


def niet_bekeken(wat: str, herstel: str = "") -> Uitslag:
    """Not looked at, and why."""
    return Uitslag(Oordeel.NIET_BEKEKEN, wat, herstel)


@dataclass(frozen=True)
class Schijf:
    """Room on the disk of one folder. Bytes, and inodes (0 in all: this file system does not count them)."""

    naam: str
    pad: str
    vrij: int
    totaal: int
    inodes_vrij: int = 0
    inodes_totaal: int = 0


@dataclass(frozen=True)
class Bestandsrecht:
    """Permissions of a file or folder that others on this machine must not read."""

    pad: str
    rechten: int
    van_ons: bool = True


@dataclass(frozen=True)
class Databasefeiten:
    """What the database says. ``verschil_s``: its clock minus ours in seconds; None where it has no own clock."""

    soort: str
    versie: str
    ruimtelijk: str
    migratie: str
    nieuwste_migratie: str
    modelverschil: str = ""
    verschil_s: float | None = None
    superuser: bool = False
    bypassrls: bool = False
    mag_rollen_maken: bool = False
    versleuteld: bool = True
    lokaal: bool = True
    zonder_wachtwoord: bool = False
    uitbreidingen: frozenset[str] = frozenset()
    zonder_rls: tuple[str, ...] = ()
    vreemde_eigenaar: tuple[str, ...] = ()
    openbaar_schema_open: bool = False


@dataclass(frozen=True)
class Backupfeiten:
    """The newest backup. ``afwijking``: why it can not be put back, '' where it can."""

    moment: datetime
    afwijking: str = ""
    ontbreekt: int = 0
    grondig: bool = False
    eigen_schijf: bool = False


@dataclass(frozen=True)
class Rest:
    """What an interrupted run left. ``soort``: a key of ``dokter_regels_resten.SOORTEN``."""

    soort: str
    pad: str


@dataclass(frozen=True)
class Lek:
    """A known leak in a part of the service, what it is called, and the versions without it."""

    onderdeel: str
    kenmerk: str
    hersteld_in: str = ""


@dataclass(frozen=True)
class Lekkenlijst:
    """What a list of known leaks says. ``op`` None: there is no such list."""

    naam: str
    op: datetime | None = None
    lekken: tuple[Lek, ...] = ()
    onleesbaar: str = ""


@dataclass(frozen=True)
class Postfeiten:
    """The outbox."""

    laatst_verzonden: datetime | None = None
    oudste_wachtend: datetime | None = None
    mislukt: int = 0


@dataclass(frozen=True)
class Gebruikersfeiten:
    """People, counted. Names of gemeenten only; never who."""

    beheerders: Mapping[str, int] = field(default_factory=dict)
    actief: int = 0
    lang_weg: int = 0
    nooit_aangemeld: int = 0
    zonder_factor: Mapping[str, int] = field(default_factory=dict)
    zonder_herstelsleutel: tuple[str, ...] = ()


@dataclass(frozen=True)
class Netfeiten:
    """What a visit to our own address from this machine showed. ``fout``: why there was none."""

    fout: str = ""
    verloopt: datetime | None = None
    tls: str = ""
    hsts: str = ""
    server: str = ""
    verschil_s: float | None = None


@dataclass(frozen=True)
class Stand:
    """How the service was last started: processes, address and version."""

    werkers: int
    host: str
    versie: str


@dataclass(frozen=True)
class Feiten:
    """Everything that the rules look at. None: could not be found out, or there is none."""

    nu: datetime
    inst: Instellingen
    versie: str
    debug: bool = False
    stand: Stand | None = None
    schijven: tuple[Schijf, ...] = ()
    rechten: tuple[Bestandsrecht, ...] = ()
    database: Databasefeiten | None = None
    databasefout: str = ""
    emmer: Emmerstand | None = None
    backup: Backupfeiten | None = None
    stempels: Mapping[str, datetime] = field(default_factory=dict)
    taken: Mapping[str, datetime] = field(default_factory=dict)
    post: Postfeiten | None = None
    gebruikers: Gebruikersfeiten | None = None
    oude_sleutels: Mapping[str, int] = field(default_factory=dict)
    ketenbreuken: tuple[str, ...] | None = None
    security_txt: datetime | None = None
    slotdag: date | None = None
    net: Netfeiten | None = None
    tijd_gelijk: bool | None = None
    koppen: Mapping[str, datetime] = field(default_factory=dict)
    resten: tuple[Rest, ...] = ()
    lekken: tuple[Lekkenlijst, ...] = ()


@dataclass(frozen=True)
class Controle:
    """One check: code, name on the screen, why it matters, and the rule."""

    code: str
    naam: str
    waarom: str
    regel: Callable[[Feiten], Uitslag]


@dataclass(frozen=True)
class Bevinding:
    """A check and how it ended."""

    code: str
    naam: str
    oordeel: Oordeel
    wat: str
    waarom: str
    herstel: str


REGISTER: dict[str, Controle] = {}


def controle(code: str, naam: str, waarom: str) -> Callable[[Callable[[Feiten], Uitslag]], Callable[[Feiten], Uitslag]]:
    """Put a rule in the register under this code."""

    def meld_aan(regel: Callable[[Feiten], Uitslag]) -> Callable[[Feiten], Uitslag]:
        if code in REGISTER:
            raise KeyError(f"two checks are called {code}")
        REGISTER[code] = Controle(code, naam, waarom, regel)
        return regel

    return meld_aan


def onderzoek(feiten: Feiten) -> list[Bevinding]:
    """Every check on these facts, in the order in which they were registered."""
    uit = []
    for c in REGISTER.values():
        uitslag = c.regel(feiten)
        uit.append(Bevinding(c.code, c.naam, uitslag.oordeel, uitslag.wat, c.waarom, uitslag.herstel))
    return uit
