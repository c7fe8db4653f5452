"""The drawn plans of the two towns, in plan space (metres around the centre)."""

from dataclasses import dataclass, field

from shapely.geometry import LineString, Point, Polygon

from inspecties.demo.geografie.model import Bouwwijze
from inspecties.demo.geografie.vormen import (
    Punt,
    Verbuiging,
    afgerond,
    boog,
    grootste,
    lijnen,
    pool,
    sector,
    vlek,
)

RIJ = Bouwwijze(7.4, 13.0, 7, 13.0, 10.0, oppervlakte=(84, 138))
TWEEKAP = Bouwwijze(9.5, 15.0, 2, 11.0, 11.0, oppervlakte=(110, 172))
VRIJ = Bouwwijze(12.5, 17.0, 2, 15.0, 12.0, oppervlakte=(130, 240))
CENTRUM = Bouwwijze(7.0, 11.0, 8, 5.0, 12.0, oppervlakte=(55, 130), flats=0.22)
BEDRIJF = Bouwwijze(52.0, 36.0, 1, 24.0, 38.0, doel="industriefunctie", oppervlakte=(300, 4200))
BUNGALOW = Bouwwijze(11.0, 15.0, 1, 17.0, 9.0, doel="logiesfunctie", oppervlakte=(42, 78))
BOERDERIJ = Bouwwijze(34.0, 34.0, 1, 205.0, 26.0, oppervlakte=(160, 420))


@dataclass(frozen=True)
class Wijkplan:
    """A district: where it lies, how its streets run and how houses stand in it.

    ``raster``: distance between long streets and between cross streets; ``hoek``: direction of the long streets in
    degrees; ``golf``: height and length of the waves in them; ``boogvormig``: long streets run around the centre.
    ``behoud``: share of the pieces of cross street that may stay.
    """

    naam: str
    soort: str
    vlak: Polygon
    thema: str
    postcode: str
    bouw: Bouwwijze
    raster: tuple[float, float] = (80.0, 170.0)
    hoek: float = 0.0
    golf: tuple[float, float] = (0.0, 600.0)
    boogvormig: bool = False
    behoud: float = 0.7
    rand: float = 42.0


@dataclass(frozen=True)
class Weg:
    """A main road. Houses stand along it where ``bouw`` is given."""

    naam: str
    klasse: str
    lijn: LineString
    postcode: str
    bouw: Bouwwijze | None = None


@dataclass(frozen=True)
class Vlakplan:
    """Water or green."""

    soort: str
    vlak: Polygon
    naam: str = ""


@dataclass(frozen=True)
class Gemeenteplan:
    """A whole municipality."""

    naam: str
    code: str
    verbuiging: Verbuiging
    land: Polygon
    grens: Polygon
    wijken: tuple[Wijkplan, ...]
    wegen: tuple[Weg, ...]
    water: tuple[Vlakplan, ...]
    groen: tuple[Vlakplan, ...]
    sloothoeken: tuple[float, ...]
    sloot_afstand: float
    adressen: int
    buitengebied: str
    buiten_postcode: str = ""
    # Canals and lakes are crossed by main roads only.
    bebouwd_tot: float = field(default=1000.0)


def _om(land: Polygon, van: float, tot: float, inzet: float) -> list[Punt]:
    """The dike road between two angles: the outline, ``inzet`` metres inwards."""
    ring = land.buffer(-inzet).exterior
    punten = []
    stappen = max(2, int(abs(tot - van) / 3))
    for i in range(stappen + 1):
        hoek = van + (tot - van) * i / stappen
        straal = LineString([(0, 0), pool(6000, hoek)])
        snede = ring.intersection(straal)
        punt = snede if isinstance(snede, Point) else snede.representative_point()
        punten.append((punt.x, punt.y))
    return punten


def _ring(straal: float, rek: float, hoek: float = 0.0) -> LineString:
    midden = (straal * 0.05, -straal * 0.04)
    hobbels = [(2, 0.03, 1.9), (3, 0.05, 0.8), (5, 0.022, 2.0)]
    return LineString(list(vlek(midden, straal, rek, hoek, hobbels).exterior.coords))


def _as(rondweg: LineString, land: Polygon, hoek: float, begin: float, inzet: float) -> tuple[LineString, LineString]:
    """An axis: from the centre to the ring road, and on to the dike road."""
    grens = Polygon(rondweg.coords)
    recht = LineString([pool(begin, hoek), pool(2.2 * begin + 1100, hoek)])
    binnen = max(lijnen(recht.intersection(grens)), key=lambda d: d.length)
    x, y = binnen.coords[-1]
    eind = _om(land, hoek - 1, hoek + 1, inzet)[1]
    bocht = ((x + 2 * eind[0]) / 3 - y * 0.02, (y + 2 * eind[1]) / 3 + x * 0.02)
    return binnen, LineString([(x, y), bocht, eind])


def markerwaard() -> Gemeenteplan:
    """The town of Markerwaard: a centre within a canal, five districts in a ring, a polder within a dike."""
    hoeken = [
        (8, 2860),
        (41, 2480),
        (80, 2620),
        (124, 2960),
        (160, 2640),
        (206, 2590),
        (247, 2830),
        (284, 2560),
        (326, 2920),
    ]
    vol = afgerond([pool(r, h) for h, r in hoeken], 320)
    inham = Polygon([pool(2030, 352), pool(3300, 354.5), pool(3300, 343.5), pool(2060, 340.5)])
    haventje = Polygon([pool(2400, 265), pool(3200, 265.6), pool(3200, 261.5), pool(2410, 261.2)])
    land = grootste(vol.difference(inham).difference(haventje))
    assen = {"Oosteras": 20, "Noorderas": 92, "Westeras": 160, "Zuidwesteras": 228, "Zuideras": 296}
    rondweg = _ring(1010, 1.06)
    binnen = Polygon(rondweg.coords)
    gracht = Point(0, 0).buffer(322, 20).difference(Point(0, 0).buffer(298, 20))
    havenvaart = LineString([pool(305, 347), pool(700, 352), pool(1150, 349), pool(2150, 346.5)]).buffer(
        19, cap_style="flat"
    )
    westvaart = (
        LineString([pool(305, 195), pool(700, 188), pool(1200, 192), pool(2000, 184), pool(2900, 186)])
        .buffer(14, cap_style="flat")
        .intersection(vol.buffer(-35))
    )
    plas = vlek(pool(1790, 126), 400, 1.22, 35, [(2, 0.10, 0.4), (3, 0.12, 1.1), (5, 0.04, 2.0)])
    eiland = vlek(pool(1860, 129), 62, 1.5, 20, [(3, 0.1, 0.5)])
    plas = grootste(plas.difference(eiland))
    noordvaart = (
        LineString([pool(305, 75), pool(640, 70), pool(1000, 76), pool(1500, 66), pool(2900, 70)])
        .buffer(11, cap_style="flat")
        .intersection(vol.buffer(-35))
    )
    vijver = vlek(pool(690, 262), 70, 1.5, 15, [(2, 0.1, 0.0), (3, 0.12, 0.9)])
    haven_wijk = sector(900, 2010, 313, 380).difference(binnen.buffer(2))
    kraanoever = sector(1150, 2380, 104, 150).difference(binnen.buffer(90))
    kop = sector(2090, 2600, 251, 276).intersection(vol)
    sect = [(20, 92), (92, 160), (160, 228), (228, 296), (296, 380)]
    s = [grootste(binnen.intersection(sector(310, 1400, a, b))) for a, b in sect]
    wijken = (
        Wijkplan(
            "Centrum",
            "centrum",
            Point(0, 0).buffer(310, 20),
            "ambachten",
            "8246",
            CENTRUM,
            (56, 96),
            14,
            (9, 300),
            behoud=0.85,
            rand=27,
        ),
        Wijkplan("Vogelbuurt", "wonen", s[0], "vogels", "8246", RIJ, (84, 190), boogvormig=True, behoud=0.6),
        Wijkplan("Rietlanden", "wonen", s[1], "planten", "8247", TWEEKAP, (92, 175), 32, (30, 520), behoud=0.6),
        Wijkplan("Waterwijk", "wonen", s[2], "water", "8247", RIJ, (86, 165), boogvormig=True, golf=(16, 330)),
        Wijkplan("Schippersbuurt", "wonen", s[3], "schepen", "8247", RIJ, (80, 150), 62, (14, 420), behoud=0.55),
        Wijkplan("Zeilhoek", "wonen", s[4], "zeilen", "8246", VRIJ, (104, 200), -12, (24, 480), behoud=0.6),
        Wijkplan(
            "Havenkwartier",
            "bedrijven",
            grootste(haven_wijk),
            "haven",
            "8248",
            BEDRIJF,
            (185, 330),
            -14,
            behoud=0.8,
            rand=30,
        ),
        Wijkplan(
            "Kraanoever",
            "recreatie",
            grootste(kraanoever),
            "vissen",
            "8248",
            BUNGALOW,
            (92, 240),
            36,
            (26, 260),
            behoud=0.5,
            rand=60,
        ),
        Wijkplan(
            "Zuiderkop", "dorp", grootste(kop), "dijk", "8248", TWEEKAP, (74, 120), -8, (10, 300), behoud=0.7, rand=30
        ),
    )
    wegen = [Weg("Markerring", "hoofdweg", rondweg, "8246")]
    for naam, straal, bouw in (("Binnensingel", 283, CENTRUM), ("Buitensingel", 337, RIJ)):
        wegen.append(Weg(naam, "straat", LineString(boog(straal, 0, 360, 6)), "8246", bouw))
    for naam, hoek in assen.items():
        binnenkant, buiten = _as(rondweg, land, hoek, 283, 55)
        wegen.append(Weg(f"{naam.removesuffix('as')}laan", "hoofdweg", binnenkant, "8246"))
        wegen.append(Weg(f"{naam.removesuffix('as')}weg", "ontsluiting", buiten, "8248", BOERDERIJ))
    middens = {
        "Kavelweg": [(20, 1905), (56, 1800), (92, 1905)],
        "Plasweg": [(92, 1905), (104, 1330), (148, 1320), (160, 1905)],
        "Tochtweg": [(160, 1905), (194, 1780), (228, 1905)],
        "Pioniersweg": [(228, 1905), (262, 1760), (296, 1905), (308, 1960)],
    }
    for naam, rij in middens.items():
        boerderijen = None if naam == "Plasweg" else BOERDERIJ
        lijn = LineString([pool(r, h) for h, r in rij])
        wegen.append(Weg(naam, "ontsluiting", lijn, "8248", boerderijen))
    for naam, van, tot in (
        ("Noorderdijk", 21, 160),
        ("Westerdijk", 160, 259),
        ("Zuiderdijk", 269, 338),
        ("Oosterdijk", 355, 381),
    ):
        wegen.append(Weg(naam, "ontsluiting", LineString(_om(land, van, tot, 55)), "8248"))
    wegen.append(
        Weg("Zuiderkopweg", "ontsluiting", LineString([pool(1762, 262), pool(2120, 260), pool(2490, 257)]), "8248")
    )
    wegen.append(Weg("Havenweg", "hoofdweg", _as(rondweg, land, 331, 283, 55)[1], "8248"))
    water = (
        Vlakplan("gracht", grootste(gracht), "Singelgracht"),
        Vlakplan("gracht", havenvaart, "Havenvaart"),
        Vlakplan("gracht", grootste(westvaart), "Westvaart"),
        Vlakplan("gracht", grootste(noordvaart), "Noordvaart"),
        Vlakplan("meer", plas, "Kraanplas"),
        Vlakplan("meer", vijver, "Parkvijver"),
        Vlakplan("haven", grootste(inham.intersection(vol.buffer(40))), "Zuiderhaven"),
        Vlakplan("haven", grootste(haventje.intersection(vol.buffer(40))), "Kophaven"),
    )
    groen = (
        Vlakplan("park", vlek(pool(690, 262), 145, 1.5, 12, [(3, 0.08, 0.3), (4, 0.06, 1.0)]), "Lepelaarpark"),
        Vlakplan("park", vlek(pool(690, 128), 95, 1.4, 60, [(3, 0.1, 1.3)]), "Rietpark"),
        Vlakplan("plantsoen", vlek(pool(640, 50), 58, 1.7, -40, [(3, 0.08, 0.0)]), "Vogelplantsoen"),
        Vlakplan("plantsoen", vlek(pool(720, 325), 60, 1.5, 55, [(4, 0.06, 0.4)]), "Zeilveld"),
        Vlakplan("plantsoen", vlek((18, 30), 42, 1.25, 14, [(4, 0.05, 0.4)]), "Marktveld"),
        Vlakplan("bos", grootste(sector(2130, 2740, 107, 148).intersection(vol.buffer(-110))), "Kraanbos"),
        Vlakplan("bos", vlek(pool(1420, 214), 190, 1.6, 120, [(2, 0.08, 0.1), (3, 0.1, 2.0)]), "Westerbos"),
        Vlakplan("bos", vlek(pool(1330, 47), 130, 1.9, -35, [(3, 0.09, 0.7)]), "Noorderbos"),
    )
    return Gemeenteplan(
        "Markerwaard",
        "9901",
        Verbuiging((145_700.0, 507_000.0), 34.0, 940.0, 0.9, 1500.0),
        land,
        vol.buffer(240, quad_segs=6),
        wijken,
        tuple(wegen),
        water,
        groen,
        (20, 92, 160, 228, 296),
        205.0,
        4000,
        "Buitengebied",
        "8248",
    )


def houtribdijk() -> Gemeenteplan:
    """The village of Houtribdijk: a harbour settlement on a small polder, a few kilometres to the north-east."""
    hoeken = [(8, 1180), (60, 1010), (112, 1120), (170, 1060), (225, 1150), (278, 990), (325, 1130)]
    vol = afgerond([pool(r, h) for h, r in hoeken], 170)
    inham = Polygon([pool(560, 214), pool(1500, 218), pool(1500, 229), pool(575, 234)])
    land = grootste(vol.difference(inham))
    rondweg = _ring(520, 1.08, 20)
    binnen = Polygon(rondweg.coords)
    vaart = (
        LineString([pool(620, 225), pool(330, 222), pool(60, 200), pool(300, 60), pool(1200, 62)])
        .buffer(9, cap_style="flat")
        .intersection(vol.buffer(-25))
    )
    plas = vlek(pool(745, 120), 120, 1.3, 20, [(2, 0.1, 0.4), (3, 0.1, 1.1)])
    delen = [grootste(binnen.intersection(sector(0.5, 700, a, b))) for a, b in ((-30, 105), (105, 205), (205, 330))]
    haven = grootste(sector(560, 820, 180, 268).difference(inham.buffer(8)).intersection(land))
    wijken = (
        Wijkplan("Dijkdorp", "centrum", delen[0], "zeilen", "8249", RIJ, (88, 170), 18, (14, 300), behoud=0.6, rand=34),
        Wijkplan(
            "Sluisbuurt", "wonen", delen[1], "vissen", "8249", TWEEKAP, (92, 160), -28, (12, 320), behoud=0.6, rand=34
        ),
        Wijkplan(
            "Oeverbuurt", "wonen", delen[2], "vogels", "8249", TWEEKAP, (90, 150), 50, (16, 330), behoud=0.6, rand=34
        ),
        Wijkplan("Havenoever", "bedrijven", haven, "haven", "8249", BEDRIJF, (150, 220), 40, behoud=0.8, rand=22),
    )
    wegen = [Weg("Houtribring", "hoofdweg", rondweg, "8249")]
    for naam, hoek in (("Dorps", -30), ("Sluis", 105), ("Oever", 205)):
        binnenkant, buiten = _as(rondweg, land, hoek, 0.0, 40)
        wegen.append(Weg(f"{naam}laan", "hoofdweg", binnenkant, "8249"))
        wegen.append(Weg(f"{naam}weg", "ontsluiting", buiten, "8249", BOERDERIJ))
    for naam, van, tot in (("Buitendijk", 236, 460), ("Meerdijk", 100, 206)):
        wegen.append(Weg(naam, "ontsluiting", LineString(_om(land, van, tot, 40)), "8249"))
    wegen.append(
        Weg(
            "Havenoeverweg",
            "hoofdweg",
            LineString([pool(525, 245), pool(690, 246), _om(land, 245, 247, 40)[1]]),
            "8249",
        )
    )
    water = (
        Vlakplan("gracht", grootste(vaart), "Dorpsvaart"),
        Vlakplan("meer", plas, "Kleine Plas"),
        Vlakplan("haven", grootste(inham.intersection(vol.buffer(40))), "Houtribhaven"),
    )
    groen = (
        Vlakplan("park", vlek(pool(290, 160), 62, 1.5, 40, [(3, 0.1, 0.3)]), "Sluispark"),
        Vlakplan("bos", vlek(pool(790, 15), 120, 1.6, 100, [(3, 0.1, 0.7)]), "Oosterbosje"),
    )
    return Gemeenteplan(
        "Houtribdijk",
        "9902",
        Verbuiging((149_600.0, 512_600.0), 18.0, 620.0, 2.1, 800.0),
        land,
        vol.buffer(150, quad_segs=6),
        wijken,
        tuple(wegen),
        water,
        groen,
        (15, 105, 225),
        130.0,
        600,
        "Buitenpolder",
        "8249",
        520.0,
    )
