"""What the generated map is made of. All geometry in EPSG:28992 (metres)."""

from dataclasses import dataclass, field

from shapely.geometry import LineString, Polygon


@dataclass(frozen=True)
class Bouwwijze:
    """How houses stand along the streets of a district (metres): ``rij`` of them, then a ``gat``."""

    breedte: float
    afstand: float
    rij: int
    gat: float
    diepte: float
    doel: str = "woonfunctie"
    oppervlakte: tuple[int, int] = (80, 140)
    flats: float = 0.0


@dataclass(frozen=True)
class Wijk:
    """A district. ``soort``: centrum, wonen, bedrijven, recreatie, dorp or buitengebied."""

    naam: str
    soort: str
    vlak: Polygon


@dataclass(frozen=True)
class Straat:
    """A named street; its line may be in parts. ``klasse``: hoofdweg, ontsluiting, straat or pad."""

    naam: str
    wijk: str
    klasse: str
    lijnen: tuple[LineString, ...]
    postcode: str = ""


@dataclass(frozen=True)
class Gebied:
    """Water or green. ``soort``: meer, haven, gracht, sloot / park, bos, plantsoen."""

    soort: str
    vlak: Polygon
    naam: str = ""


@dataclass(frozen=True)
class Adres:
    """An address in BAG field names; x/y in EPSG:28992, lon/lat in EPSG:4326 (7 decimals)."""

    nummeraanduiding_id: str
    verblijfsobject_id: str
    openbare_ruimte: str
    huisnummer: int
    huisletter: str
    huisnummertoevoeging: str
    postcode: str
    woonplaats: str
    gebruiksdoel: str
    oppervlakte_m2: int
    x: float
    y: float
    lon: float
    lat: float
    wijk: str

    @property
    def regel(self) -> str:
        """Street and number as on an envelope."""
        nummer = f"{self.huisnummer}{self.huisletter}"
        return f"{self.openbare_ruimte} {nummer}" + (
            f"-{self.huisnummertoevoeging}" if self.huisnummertoevoeging else ""
        )


@dataclass(frozen=True)
class Kaart:
    """The drawn municipality: without addresses' people, with everything that a map shows."""

    naam: str
    code: str
    grens: Polygon
    land: Polygon
    wijken: tuple[Wijk, ...]
    straten: tuple[Straat, ...]
    water: tuple[Gebied, ...]
    groen: tuple[Gebied, ...]
    sloten: tuple[LineString, ...]
    gebouwen: tuple[Polygon, ...] = ()
    adressen: tuple[Adres, ...] = field(default=(), repr=False)
