"""The columns of an import file: what their headings mean, by themselves or as somebody chose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

# What a column can be, with how it is named on the screen.
_ADRESVELDEN = {
    "huisnummer": "Huisnummer",
    "huisletter": "Huisletter",
    "toevoeging": "Toevoeging",
    "postcode": "Postcode",
    "nummeraanduiding": "BAG-nummer van het adres (nummeraanduiding)",
}
_ADRESKOLOMMEN = {
    "huisnummer": "huisnummer",
    "huisletter": "huisletter",
    "toevoeging": "toevoeging",
    "huisnummertoevoeging": "toevoeging",
    "postcode": "postcode",
    "nummeraanduiding": "nummeraanduiding",
    "nummeraanduidingid": "nummeraanduiding",
}


@dataclass(frozen=True)
class Importsoort:
    """A kind of rows. ``kolommen``: heading (lower case, without spaces) -> field.

    ``overslaan``: headings of our own export that are known and not read. ``minimum``: with fewer columns than this,
    no choice of columns can make a row that is stored. ``plek``: fields that the geometry of a map layer gives.
    """

    code: str
    een: str
    meer: str
    velden: Mapping[str, str]
    kolommen: Mapping[str, str]
    verplicht: tuple[str, ...]
    minimum: int
    overslaan: frozenset[str]
    plek: frozenset[str] = field(default_factory=frozenset)

    def veld_van(self, kop: str) -> str | None:
        """The field that a heading stands for, or None."""
        return self.kolommen.get(_kaal(kop))

    def kent(self, kop: str) -> bool:
        """Whether a heading says something to us, be it that it is not read."""
        return _kaal(kop) in self.overslaan or self.veld_van(kop) is not None


def _kaal(kop: str) -> str:
    return re.sub(r"[\s_\-]", "", kop).lower()


LOCATIES = Importsoort(
    code="locaties",
    een="locatie",
    meer="locaties",
    velden={
        "naam": "Naam",
        "type": "Type",
        "straat": "Straat",
        **_ADRESVELDEN,
        "plaats": "Plaats",
        "x": "RD x (meters)",
        "y": "RD y (meters)",
        "lon": "Lengtegraad (lon)",
        "lat": "Breedtegraad (lat)",
        "bron": "Bron",
        "notitie": "Notitie",
        "capaciteit": "Vergunde capaciteit",
        "personen_brp": "Ingeschreven personen (aantal)",
    },
    kolommen={
        **_ADRESKOLOMMEN,
        "naam": "naam",
        "omschrijving": "naam",
        "type": "type",
        "soort": "type",
        "locatietype": "type",
        "straat": "straat",
        "straatnaam": "straat",
        "openbareruimte": "straat",
        "nummer": "huisnummer",
        "plaats": "plaats",
        "woonplaats": "plaats",
        "x": "x",
        "rdx": "x",
        "y": "y",
        "rdy": "y",
        "lon": "lon",
        "lengtegraad": "lon",
        "longitude": "lon",
        "lat": "lat",
        "breedtegraad": "lat",
        "latitude": "lat",
        "bron": "bron",
        "notitie": "notitie",
        "opmerking": "notitie",
        "capaciteit": "capaciteit",
        "personenbrp": "personen_brp",
    },
    verplicht=("naam", "type"),
    minimum=4,
    overslaan=frozenset({"status", "laatstebezoek", "id", "fid"}),
    plek=frozenset({"x", "y", "lon", "lat"}),
)

VERGUNNINGEN = Importsoort(
    code="vergunningen",
    een="vergunning",
    meer="vergunningen",
    velden={
        "soort": "Soort vergunning",
        "nummer": "Nummer van de vergunning",
        "houder": "Houder",
        "status": "Status",
        "geldig_vanaf": "Geldig vanaf",
        "geldig_tot": "Geldig tot en met",
        "intrekdatum": "Ingetrokken per",
        "voorwaarden": "Voorwaarden",
        "bron": "Bron",
        "locatie": "Kenmerk (id) van de locatie",
        "type": "Type van de locatie",
        **_ADRESVELDEN,
    },
    kolommen={
        **_ADRESKOLOMMEN,
        "soort": "soort",
        "vergunning": "soort",
        "nummer": "nummer",
        "vergunningnummer": "nummer",
        "zaaknummer": "nummer",
        "houder": "houder",
        "vergunninghouder": "houder",
        "status": "status",
        "geldigvanaf": "geldig_vanaf",
        "geldigtot": "geldig_tot",
        "intrekdatum": "intrekdatum",
        "voorwaarden": "voorwaarden",
        "bron": "bron",
        "locatie": "locatie",
        "locatieid": "locatie",
        "type": "type",
        "locatietype": "type",
    },
    verplicht=("soort",),
    minimum=2,
    overslaan=frozenset({"locatienaam", "straat", "plaats", "x", "y", "lon", "lat", "id", "fid"}),
)

SOORTEN: Mapping[str, Importsoort] = {s.code: s for s in (LOCATIES, VERGUNNINGEN)}


@dataclass(frozen=True)
class Kolombeeld:
    """A column as the screen shows it: heading, some of its values, and the field that it seems to be ('' for none)."""

    kop: str
    voorbeelden: tuple[str, ...]
    veld: str


@dataclass(frozen=True)
class Leeswijze:
    """How a file is to be read.

    ``toewijzing``: heading -> field ('' leaves the column out), None for what the headings say themselves.
    ``onthouden_op``: the day on which that was remembered for ``bron``, where it was.
    """

    soort: str = "locaties"
    deel: bool = False
    bijwerken: bool = False
    bron: str = ""
    toewijzing: Mapping[str, str] | None = None
    onthouden_op: date | None = None

    @property
    def importsoort(self) -> Importsoort:
        return SOORTEN[self.soort]


def stel_voor(koppen: Sequence[str], soort: Importsoort, onthouden: Mapping[str, str] | None = None) -> dict[str, str]:
    """A field for every heading; each field once. What was remembered comes before what the heading says."""
    uit: dict[str, str] = {}
    gebruikt: set[str] = set()
    for kop in koppen:
        veld = onthouden[kop] if onthouden and kop in onthouden else soort.veld_van(kop) or ""
        if veld not in soort.velden or veld in gebruikt:
            veld = ""
        gebruikt.add(veld)
        uit[kop] = veld
    return uit


def is_duidelijk(koppen: Sequence[str], soort: Importsoort, onthouden: Mapping[str, str] | None = None) -> bool:
    """Whether every column is known, each field stands there once and nothing that is needed is missing."""
    gekend = onthouden or {}
    velden = [v for kop in koppen if (v := gekend[kop] if kop in gekend else soort.veld_van(kop) or "")]
    return (
        all(kop in gekend or soort.kent(kop) for kop in koppen)
        and len(velden) == len(set(velden))
        and set(soort.verplicht) <= set(velden)
    )


def fout_in_keuze(keuze: Mapping[str, str], soort: Importsoort) -> tuple[str, str] | None:
    """What is wrong with a choice of columns: (heading or '', message), or None."""
    gezien: dict[str, str] = {}
    for kop, veld in keuze.items():
        if veld and veld not in soort.velden:
            return kop, "Kies een van de namen in de lijst."
        if veld and veld in gezien:
            return kop, f"'{soort.velden[veld]}' is al gekozen bij de kolom '{gezien[veld]}'. Kies er een."
        gezien[veld] = kop
    for veld in soort.verplicht:
        if veld not in gezien:
            return "", f"Kies bij een kolom: {soort.velden[veld]}. Die is verplicht."
    return None
