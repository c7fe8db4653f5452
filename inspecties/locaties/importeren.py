"""Import of risk locations: all or nothing, unless a part was asked for."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import shapely
from geoalchemy2 import WKTElement
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.ids import nieuw_id
from inspecties.database.bereik import select_voor
from inspecties.gebruikers.models import Gemeente
from inspecties.locaties.inlezen import Rij, lees_bestand
from inspecties.locaties.models import Adres, Locatieimport, Locatiestatus, Locatietype, Risicolocatie
from inspecties.locaties.rules.importrij import Gelezen, lees_rij

MAX_GETOOND = 500
_BLOK = 2000


@dataclass(frozen=True)
class Rijfout:
    """What is wrong in one cell and what would be right."""

    rij: int
    kolom: str
    melding: str


@dataclass
class Importverslag:
    """What became of every row. ``opgeslagen`` says whether anything was stored at all."""

    bestandsnaam: str
    gelezen: int = 0
    toe_te_voegen: int = 0
    bestaat_al: list[int] = field(default_factory=list)
    fouten: list[Rijfout] = field(default_factory=list)
    foute_rijen: int = 0
    genegeerde_kolommen: tuple[str, ...] = ()
    opgeslagen: bool = False

    def als_json(self) -> dict[str, Any]:
        return {
            "bestand": self.bestandsnaam,
            "gelezen": self.gelezen,
            "toegevoegd": self.toe_te_voegen if self.opgeslagen else 0,
            "goed": self.toe_te_voegen,
            "bestaat_al": len(self.bestaat_al),
            "foute_rijen": self.foute_rijen,
            "fouten": [{"rij": f.rij, "kolom": f.kolom, "melding": f.melding} for f in self.fouten],
            "genegeerde_kolommen": list(self.genegeerde_kolommen),
            "opgeslagen": self.opgeslagen,
        }


@dataclass(frozen=True)
class _Plaats:
    x: float
    y: float
    lon: float
    lat: float
    adres_id: int | None = None


@dataclass
class _Kennis:
    """What is already there, read once instead of once per row."""

    typen: dict[str, int]
    namen: dict[str, str]
    sleutels: dict[tuple[int, str], int]
    punten: set[tuple[int, int, int]]
    adressen: dict[str, _Plaats]
    grens: Any

    @classmethod
    def lees(cls, sessie: Session, actor: Actor) -> "_Kennis":
        typen = list(sessie.scalars(select_voor(actor, Locatietype)))
        namen = {t.code: t.code for t in typen} | {t.naam.lower(): t.code for t in typen}
        bestaand = sessie.execute(
            select_voor(actor, Risicolocatie)
            .where(Risicolocatie.status != "uit_beeld")
            .with_only_columns(
                Risicolocatie.locatietype_id, Risicolocatie.adressleutel, Risicolocatie.x, Risicolocatie.y
            )
        )
        sleutels: dict[tuple[int, str], int] = {}
        punten: set[tuple[int, int, int]] = set()
        for type_id, sleutel, x, y in bestaand:
            if sleutel:
                sleutels[type_id, sleutel] = 0
            punten.add((type_id, round(x), round(y)))
        adressen = {
            f"{a.postcode}|{a.huisnummer}|{a.huisletter.upper()}|{a.huisnummertoevoeging.upper()}": _Plaats(
                a.x, a.y, a.lon, a.lat, a.id
            )
            for a in sessie.scalars(select_voor(actor, Adres))
        }
        gemeente = sessie.scalars(select(Gemeente).where(Gemeente.id == actor.gemeente_id)).one()
        grens = shapely.from_wkt(gemeente.grens_wkt) if gemeente.grens_wkt else None
        if grens is not None:
            shapely.prepare(grens)
        return cls({t.code: t.id for t in typen}, namen, sleutels, punten, adressen, grens)


def _bepaal_plaats(rij: Gelezen, kennis: _Kennis) -> _Plaats | str:
    adres = kennis.adressen.get(rij.sleutel) if rij.sleutel else None
    if rij.x is None or rij.y is None or rij.lon is None or rij.lat is None:
        if adres is None:
            return "geen coördinaten, en dit adres staat niet in het adressenbestand; vul x en y in, of lon en lat"
        return adres
    if kennis.grens is not None and not shapely.contains_xy(kennis.grens, rij.x, rij.y):
        return f"ligt buiten de gemeente (RD {rij.x:.0f}, {rij.y:.0f}); controleer de coördinaten"
    return _Plaats(rij.x, rij.y, rij.lon, rij.lat, adres.adres_id if adres else None)


def _beoordeel(rijen: Iterable[Rij], kennis: _Kennis, verslag: Importverslag) -> list[tuple[int, Gelezen, _Plaats]]:
    goed: list[tuple[int, Gelezen, _Plaats]] = []
    for rij in rijen:
        verslag.gelezen += 1
        gelezen, fouten = lees_rij(rij.waarden, kennis.namen)
        plaats: _Plaats | None = None
        if gelezen is not None:
            uitkomst = _bepaal_plaats(gelezen, kennis)
            if isinstance(uitkomst, str):
                kolom = "x" if "x" in rij.waarden else "lon" if "lon" in rij.waarden else "postcode"
                fouten = [(kolom, uitkomst)]
            else:
                plaats = uitkomst
        if gelezen is None or plaats is None:
            verslag.foute_rijen += 1
            verslag.fouten += [
                Rijfout(rij.nummer, k, m) for k, m in fouten[: max(0, MAX_GETOOND - len(verslag.fouten))]
            ]
            continue
        type_id = kennis.typen[gelezen.type_code]
        punt = (type_id, round(plaats.x), round(plaats.y))
        dubbel = (type_id, gelezen.sleutel) in kennis.sleutels if gelezen.sleutel else punt in kennis.punten
        if dubbel:
            verslag.bestaat_al.append(rij.nummer)
            continue
        if gelezen.sleutel:
            kennis.sleutels[type_id, gelezen.sleutel] = rij.nummer
        kennis.punten.add(punt)
        goed.append((rij.nummer, gelezen, plaats))
    verslag.toe_te_voegen = len(goed)
    return goed


def importeer_locaties(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bestandsnaam: str,
    inhoud: bytes,
    *,
    droog: bool = False,
    deel: bool = False,
) -> Importverslag:
    """Read a CSV or XLSX file into risk locations.

    Nothing is stored when a row is wrong, unless ``deel``; never with ``droog``. Rows that exist already (same type and
    address, or same type and place) are reported, not stored. Raises OngeldigeInvoer when the file cannot be read at all.
    """
    bestand = lees_bestand(bestandsnaam, inhoud)
    verslag = Importverslag(bestandsnaam, genegeerde_kolommen=bestand.genegeerd)
    kennis = _Kennis.lees(sessie, actor)
    goed = _beoordeel(bestand.rijen, kennis, verslag)
    if droog or not goed or (verslag.foute_rijen and not deel):
        return verslag
    batch = Locatieimport(
        gemeente_id=actor.gemeente_id,
        bestandsnaam=bestandsnaam[-200:],
        sha256=hashlib.sha256(inhoud).hexdigest(),
        gelezen=verslag.gelezen,
        toegevoegd=len(goed),
        overgeslagen=len(verslag.bestaat_al),
        fouten=verslag.foute_rijen,
        door_id=actor.gebruiker_id,
        gedaan_op=nu,
    )
    sessie.add(batch)
    sessie.flush()
    for begin in range(0, len(goed), _BLOK):
        _sla_op(sessie, actor, nu, batch.id, goed[begin : begin + _BLOK], kennis.typen)
    leg_vast(
        sessie,
        actor,
        nu,
        "locaties_geimporteerd",
        "locatieimport",
        batch.uid,
        gegevens={"sha256": batch.sha256, "toegevoegd": len(goed), "fouten": verslag.foute_rijen},
    )
    verslag.opgeslagen = True
    return verslag


def _sla_op(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    import_id: int,
    rijen: list[tuple[int, Gelezen, _Plaats]],
    typen: dict[str, int],
) -> None:
    waarden = [
        {
            "uid": nieuw_id(),
            "gemeente_id": actor.gemeente_id,
            "naam": r.naam,
            "locatietype_id": typen[r.type_code],
            "adres_id": p.adres_id,
            "straat": r.straat,
            "huisnummer": r.huisnummer.nummer if r.huisnummer else None,
            "huisletter": r.huisnummer.letter if r.huisnummer else "",
            "toevoeging": r.huisnummer.toevoeging if r.huisnummer else "",
            "postcode": r.postcode,
            "woonplaats": r.plaats,
            "adressleutel": r.sleutel,
            "x": p.x,
            "y": p.y,
            "lon": p.lon,
            "lat": p.lat,
            "geom": WKTElement(f"POINT({p.x} {p.y})", srid=28992),
            "status": "in_beeld",
            "bron": r.bron,
            "notitie": r.notitie,
            "veiligheid": "",
            "capaciteit": r.capaciteit,
            "personen_brp": r.personen_brp,
            "import_id": import_id,
            "aangemaakt_op": nu,
            "gewijzigd_op": nu,
        }
        for _, r, p in rijen
    ]
    ids = sessie.scalars(insert(Risicolocatie).returning(Risicolocatie.id), waarden).all()
    sessie.execute(
        insert(Locatiestatus),
        [
            {
                "uid": nieuw_id(),
                "gemeente_id": actor.gemeente_id,
                "locatie_id": i,
                "naar": "in_beeld",
                "van": "",
                "reden": "Import",
                "door_id": actor.gebruiker_id,
                "op": nu,
            }
            for i in ids
        ],
    )
