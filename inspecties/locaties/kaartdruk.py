"""The map on paper: A3, PDF/UA-1, drawn on the server from the gemeente's own background. No tiles, no browser."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
import typst
from sqlalchemy.orm import Session

from inspecties.audit.beperken import merken as beperkingen
from inspecties.core.actor import Actor
from inspecties.core.schrijfbaar import maak_schrijfbaar
from inspecties.database.bereik import select_voor
from inspecties.gebruikers.models import Gemeente
from inspecties.instellingen import WORTEL
from inspecties.locaties import kaartvragen
from inspecties.locaties.kaartcellen import RdVak
from inspecties.locaties.models import Kaartachtergrond
from inspecties.locaties.queries import Filter, Vak
from inspecties.locaties.rules.coordinaten import naar_rd
from inspecties.locaties.rules.raster import celgrootte_m
from inspecties.locaties.rules.status import STATUSNAMEN

SJABLOON = WORTEL / "config" / "documenten" / "kaart.typ"
# Numbered on the map and listed beside it; more does not fit on the sheet, and becomes clusters without a list.
MAX_OP_LIJST = 90
# The picture on the sheet, in its own units (about 0.1 mm).
BREED, HOOG = 2700, 2350
_KLEUREN = {
    "gemeente": "#f4f1ea",
    "water": "#bcd7ea",
    "groen": "#cfe3c0",
    "gebouw": "#d3c9bd",
    "wijk": "none",
}
# As on screen (static/src/kaart/stijl.css).
STATUSKLEUREN = {
    "in_beeld": "#0b5394",
    "actief": "#a3260b",
    "in_onderzoek": "#7a4a00",
    "gesloten": "#17633a",
    "uit_beeld": "#4a5663",
}
_WEGEN_M = {"hoofdweg": 14.0, "ontsluiting": 10.0, "straat": 7.0, "pad": 3.0}


@dataclass(frozen=True)
class Blad:
    """What the sheet shows."""

    gemeente: str
    zin: str
    moment: datetime
    svg: str
    rijen: list[dict[str, Any]]
    totaal: int
    schaal_m: int
    schaal_deel: float
    # Locations that are left out because their use is restricted.
    beperkt: int = 0


@dataclass(frozen=True)
class _Doek:
    """From RD metres to the picture, which has the sheet's proportions around the box's middle."""

    minx: float
    maxy: float
    per_m: float

    @classmethod
    def om(cls, rd: RdVak) -> "_Doek":
        per_m = min(BREED / max(rd[2] - rd[0], 50.0), HOOG / max(rd[3] - rd[1], 50.0))
        midx, midy = (rd[0] + rd[2]) / 2, (rd[1] + rd[3]) / 2
        return cls(midx - BREED / per_m / 2, midy + HOOG / per_m / 2, per_m)

    @property
    def vak(self) -> RdVak:
        return (self.minx, self.maxy - HOOG / self.per_m, self.minx + BREED / self.per_m, self.maxy)

    def punt(self, x: float, y: float) -> tuple[float, float]:
        return round((x - self.minx) * self.per_m, 1), round((self.maxy - y) * self.per_m, 1)


def _rd(rijen: Any) -> Any:
    return np.array([naar_rd(x, y) for x, y in rijen]) if len(rijen) else np.empty((0, 2))


def _pad(doek: _Doek, meetkunde: Any) -> str:
    """An SVG path of polygons and lines."""
    delen: list[str] = []
    for deel in shapely.get_parts(meetkunde):
        soort = deel.geom_type
        ringen = [deel.exterior, *deel.interiors] if soort == "Polygon" else [deel] if soort == "LineString" else []
        for ring in ringen:
            punten = " L".join(f"{px},{py}" for px, py in (doek.punt(x, y) for x, y in ring.coords))
            delen.append(f"M{punten}" + ("Z" if soort == "Polygon" else ""))
    return "".join(delen)


def _achtergrond(doek: _Doek, features: Sequence[dict[str, Any]]) -> Iterator[str]:
    vak = doek.vak
    for feature in features:
        kenmerken = feature.get("properties") or {}
        laag = kenmerken.get("laag")
        if laag != "weg" and laag not in _KLEUREN:
            continue
        vorm = shapely.transform(shapely.geometry.shape(feature["geometry"]), _rd)
        # A little wider than the sheet, so that no edge of a cut shape shows.
        ruim = (vak[0] - 50, vak[1] - 50, vak[2] + 50, vak[3] + 50)
        pad = _pad(doek, shapely.clip_by_rect(shapely.make_valid(vorm), *ruim))
        if not pad:
            continue
        if laag == "weg" or (laag == "water" and kenmerken.get("soort") == "sloot"):
            kleur = "#ffffff" if laag == "weg" else _KLEUREN["water"]
            dik = max(_WEGEN_M.get(str(kenmerken.get("klasse")), 4.0) * doek.per_m, 1.5)
            yield f'<path d="{pad}" fill="none" stroke="{kleur}" stroke-width="{dik:.1f}" stroke-linejoin="round"/>'
        else:
            rand = ' stroke="#b9b0a2" stroke-width="3"' if laag == "gemeente" else ""
            yield f'<path d="{pad}" fill="{_KLEUREN[str(laag)]}" fill-rule="evenodd"{rand}/>'


def _namen(doek: _Doek, features: Sequence[dict[str, Any]]) -> Iterator[str]:
    for feature in features:
        kenmerken = feature.get("properties") or {}
        if kenmerken.get("laag") != "label" or not kenmerken.get("naam"):
            continue
        x, y = doek.punt(*naar_rd(*feature["geometry"]["coordinates"][:2]))
        if 0 <= x <= BREED and 0 <= y <= HOOG:
            yield _tekst(x, y, str(kenmerken["naam"]), 42, "#3d3a33", 'font-style="italic"')


def _tekst(x: float, y: float, tekst: str, maat: int, kleur: str, extra: str = "") -> str:
    stijl = (
        f'font-family={quoteattr("Libertinus Serif")} font-size="{maat}" text-anchor="middle" fill="{kleur}" {extra}'
    )
    return f'<text x="{x}" y="{y}" {stijl}>{escape(tekst)}</text>'


def _merk(x: float, y: float, tekst: str, kleur: str, straal: int = 26) -> str:
    rond = f'<circle cx="{x}" cy="{y}" r="{straal}" fill="{kleur}" stroke="#ffffff" stroke-width="5"/>'
    return rond + _tekst(x, round(y + straal * 0.36, 1), tekst, straal, "#ffffff", 'font-weight="bold"')


def _ronde_maat(meters: float) -> int:
    """The largest 1, 2 or 5 times a power of ten that is not more than this; at least 10."""
    beste = 10
    for macht in range(1, 6):
        for begin in (1, 2, 5):
            if begin * 10**macht <= meters:
                beste = max(beste, begin * 10**macht)
    return beste


def lees_blad(sessie: Session, actor: Actor, filter_: Filter, vak: Vak, zin: str, moment: datetime) -> Blad:
    """Everything on the sheet for a box in degrees and a filter."""
    rd = kaartvragen.in_rd(vak) or (142_000.0, 504_000.0, 148_000.0, 510_000.0)
    doek = _Doek.om(rd)
    rij = sessie.scalars(select_voor(actor, Kaartachtergrond)).one_or_none()
    features = rij.geojson["features"] if rij else []
    # What is restricted (art. 18 AVG) is not printed; the sheet says how many those are.
    beperkt = beperkingen(sessie, actor.gemeente_id).keys()
    alle = kaartvragen.los(sessie, actor, filter_, vak, MAX_OP_LIJST + 1 + len(beperkt))
    gevonden = [r for r in alle if str(r.uid) not in beperkt]
    merken: list[str] = []
    rijen: list[dict[str, Any]] = []
    totaal, weg = len(gevonden), len(alle) - len(gevonden)
    if totaal <= MAX_OP_LIJST:
        for nummer, r in enumerate(gevonden, start=1):
            merken.append(_merk(*doek.punt(r.x, r.y), str(nummer), STATUSKLEUREN[r.status]))
            bij = f"{r.adresregel} · {r.locatietype.naam} · {STATUSNAMEN[r.status].lower()}"
            rijen.append({"nummer": nummer, "naam": r.naam, "bij": bij})
    else:
        # Counts without a name: nothing of one location is told.
        weg = 0
        # As clusters of the width that fits the sheet: 70 pixels on screen, some 25 of them across.
        zoom = next((z for z in range(16, 0, -1) if celgrootte_m(z) * 25 >= rd[2] - rd[0]), 0)
        beeld = kaartvragen.trossen(sessie, actor, filter_, vak, zoom)
        totaal = sum(t.aantal for t in beeld.trossen)
        for t in beeld.trossen:
            straal = 30 if t.aantal < 100 else 40 if t.aantal < 1000 else 52
            merken.append(_merk(*doek.punt(*naar_rd(t.lon, t.lat)), f"{t.aantal}", "#154273", straal))
    svg, schaal_m, schaal_deel = _svg(doek, features, merken)
    gemeente = sessie.get(Gemeente, actor.gemeente_id)
    return Blad(
        gemeente.naam if gemeente else "",
        zin,
        moment,
        svg,
        rijen,
        totaal,
        schaal_m,
        schaal_deel,
        weg,
    )


def teken_punten(
    features: Sequence[dict[str, Any]], punten: Sequence[tuple[float, float, str]], rand_m: float = 250.0
) -> tuple[str, int, float]:
    """(SVG, length of the scale bar in metres, its part of the width) around points (lon, lat, text of the mark)."""
    rd = [naar_rd(lon, lat) for lon, lat, _ in punten] or [(145_000.0, 507_000.0)]
    xs, ys = [p[0] for p in rd], [p[1] for p in rd]
    doek = _Doek.om((min(xs) - rand_m, min(ys) - rand_m, max(xs) + rand_m, max(ys) + rand_m))
    merken = [_merk(*doek.punt(x, y), tekst, "#154273", 70) for (x, y), (_, _, tekst) in zip(rd, punten, strict=False)]
    return _svg(doek, features, merken)


def _svg(doek: _Doek, features: Sequence[dict[str, Any]], merken: Sequence[str]) -> tuple[str, int, float]:
    schaal_m = _ronde_maat(BREED / doek.per_m / 5)
    inhoud = [*_achtergrond(doek, features), *_namen(doek, features), *merken]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BREED} {HOOG}" width="{BREED}" height="{HOOG}">'
        f'<rect width="{BREED}" height="{HOOG}" fill="#bcd7ea"/>{"".join(inhoud)}</svg>'
    )
    return svg, schaal_m, schaal_m * doek.per_m / BREED


def _alt(blad: Blad) -> str:
    wat = "1 locatie" if blad.totaal == 1 else f"{blad.totaal} locaties"
    hoe = "met nummers; de lijst naast de kaart noemt ze" if blad.rijen else "als aantallen bij elkaar"
    return f"Kaart van {blad.gemeente} met {wat} ({blad.zin}), {hoe}."


def maak_pdf(blad: Blad) -> bytes:
    """PDF/A-2a and PDF/UA-1; the same bytes for the same content and moment."""
    gegevens = {
        "gemeente": blad.gemeente,
        "zin": blad.zin,
        "gedrukt": f"{blad.moment:%d-%m-%Y, %H.%M uur}",
        "jaar": blad.moment.year,
        "maand": blad.moment.month,
        "dag": blad.moment.day,
        "totaal": blad.totaal,
        "beperkt": blad.beperkt,
        "rijen": blad.rijen,
        "alt": _alt(blad),
        "schaal": f"{blad.schaal_m} m" if blad.schaal_m < 1000 else f"{blad.schaal_m // 1000} km",
        "schaal_deel": blad.schaal_deel,
        "legenda": [{"naam": naam, "kleur": STATUSKLEUREN[code]} for code, naam in STATUSNAMEN.items()],
    }
    with tempfile.TemporaryDirectory(prefix="kaart-") as naam:
        hoofd = Path(naam) / "kaart.typ"
        hoofd.write_bytes(SJABLOON.read_bytes())
        (Path(naam) / "kaart.svg").write_text(maak_schrijfbaar(blad.svg), encoding="utf-8")
        uit: bytes = typst.compile(
            str(hoofd),
            root=naam,
            sys_inputs={"data": json.dumps(maak_schrijfbaar(gegevens), ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            ignore_system_fonts=True,
            timestamp=int(blad.moment.timestamp()),
        )
    return uit
