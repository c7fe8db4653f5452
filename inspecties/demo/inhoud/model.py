"""Frozen data of the demo. ``sleutel`` names a row within its gemeente; others refer to it by that key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from inspecties.demo.geografie.model import Adres


@dataclass(frozen=True)
class Statuswijziging:
    """One step in the history of a location's status."""

    datum: date
    status: str
    reden: str


@dataclass(frozen=True)
class Locatie:
    """A risk location; ``historie`` ends in ``status``. Position is that of its address."""

    sleutel: str
    naam: str
    type: str
    adres: Adres
    status: str
    bron: str
    sinds: date
    historie: tuple[Statuswijziging, ...]
    notitie: str = ""
    veiligheid: str = ""
    personen_brp: int | None = None
    capaciteit: int | None = None


@dataclass(frozen=True)
class Signaal:
    """A signal. ``locatie`` is a location's key, or None with the place in words in ``waar``."""

    sleutel: str
    datum: date
    bron: str
    vorm: str
    tekst: str
    urgentie: str
    status: str
    indicatoren: tuple[str, ...]
    locatie: str | None = None
    waar: str = ""


@dataclass(frozen=True)
class Ploeg:
    """A team; ``leden`` are demo accounts by the part before the @."""

    naam: str
    leden: tuple[str, ...]


@dataclass(frozen=True)
class Stop:
    """A stop of an action. Moments are aware (Europe/Amsterdam).

    ``feiten`` (done visits only): aantal_personen, bedden, gebruiksoppervlakte_m2, personen_brp, kamers
    [{m2, personen}], rookmelders (alle/deels/geen), vluchtweg_vrij, elektra_veilig, huur_en_arbeid_apart,
    wonen_stopt_met_werk, paspoort_bij_ander, signalen [indicator codes], opmerking. Keys that do not fit the kind of
    place are left out.
    """

    sleutel: str
    locatie: str
    ploeg: str
    volgorde: int
    duur_min: int
    toegangsgrond: str
    wie_eerst: str
    checklists: tuple[str, ...]
    toestand: str
    lon: float
    lat: float
    venster: tuple[datetime, datetime] | None = None
    veiligheid: str = ""
    binnen_op: datetime | None = None
    buiten_op: datetime | None = None
    feiten: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Actie:
    """A joint inspection. ``partners``: kind of organisation -> answer (uitgenodigd, toegezegd, afgezegd)."""

    sleutel: str
    naam: str
    soort: str
    begin_op: datetime
    eind_op: datetime
    toestand: str
    aangekondigd: bool
    doel: str
    ploegen: tuple[Ploeg, ...]
    partners: Mapping[str, str]
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Belanghebbende:
    """A party to a dossier: an invented company, or a person by initials only."""

    naam: str
    rol: str
    kvk: str = ""
    adres: str = ""


@dataclass(frozen=True)
class Dossierstap:
    """An event on a dossier's timeline; ``van``/``naar`` where its state changed."""

    datum: date
    soort: str
    tekst: str
    van: str = ""
    naar: str = ""


@dataclass(frozen=True)
class Dossierbesluit:
    """What the cabinet said. ``soort``: akkoord, teruggestuurd or afgewezen."""

    datum: date
    soort: str
    motivering: str
    vragen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dossier:
    """A case. ``soort``: sluiting, bouw_wonen or bibob; ``instrument``: victoria, overbewoning or bibob."""

    sleutel: str
    nummer: str
    soort: str
    instrument: str
    titel: str
    grondslag: str
    toestand: str
    locatie: str
    bezoeken: tuple[str, ...]
    samenvatting: str
    waarom_nu: str
    geprobeerd: str
    bewoners: str
    concept_besluit: str
    aangemaakt: date
    voorgelegd: date | None
    belanghebbenden: tuple[Belanghebbende, ...]
    stappen: tuple[Dossierstap, ...]
    besluiten: tuple[Dossierbesluit, ...]
