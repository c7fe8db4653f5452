"""Locations and permits as files that Excel and QGIS open."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from pyproj import Transformer
from sqlalchemy import Select
from sqlalchemy.orm import Session

from inspecties.audit.beperken import merken
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database.bereik import select_voor
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.locaties import queries
from inspecties.locaties.geopakket_schrijven import Kolom, schrijf_geopakket
from inspecties.locaties.geopakket_stijl import stijlen_van
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Vergunning
from inspecties.locaties.queries import Filter, gefilterd
from inspecties.locaties.uitvoer_bestanden import Waarde, schrijf_csv_naar, schrijf_geojson, schrijf_xlsx

FORMATEN: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}
# Rows that stand in memory at once.
_PER_KEER = 2000
_PLEK = ("x", "y", "lon", "lat")
# The names of the import, so that an export can be imported again.
KOLOMMEN = (
    *("naam", "type", "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "plaats"),
    *_PLEK,
    *("capaciteit", "personen_brp", "bron", "notitie"),
    *("status", "laatste_bezoek", "id"),
)
VERGUNNINGKOLOMMEN = (
    *("soort", "nummer", "houder", "status", "geldig_vanaf", "geldig_tot", "intrekdatum", "voorwaarden", "bron"),
    *("locatie", "locatienaam", "type", "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "plaats"),
    *_PLEK,
    "id",
)
_GETALLEN = {"huisnummer": "INTEGER", "capaciteit": "INTEGER", "personen_brp": "INTEGER"}


@dataclass(frozen=True)
class _Uitvoer:
    """A kind of rows: its columns, its select, and how one row of that becomes values by column name."""

    titel: str
    kolommen: tuple[str, ...]
    opdracht: Callable[[Actor, Filter], Select[*tuple[Any, ...]]]
    rij: Callable[[Any, dict[int, str]], dict[str, Waarde]]


_LOCATIEVELDEN = (
    *(Risicolocatie.naam, Risicolocatie.locatietype_id, Risicolocatie.straat, Risicolocatie.huisnummer),
    *(Risicolocatie.huisletter, Risicolocatie.toevoeging, Risicolocatie.postcode, Risicolocatie.woonplaats),
    *(Risicolocatie.x, Risicolocatie.y, Risicolocatie.lon, Risicolocatie.lat),
)


def _locaties(actor: Actor, filter_: Filter) -> Select[*tuple[Any, ...]]:
    kolommen = (
        *_LOCATIEVELDEN,
        *(Risicolocatie.capaciteit, Risicolocatie.personen_brp, Risicolocatie.bron, Risicolocatie.notitie),
        *(Risicolocatie.status, Risicolocatie.laatste_bezoek_op, Risicolocatie.uid),
    )
    return gefilterd(actor, filter_).with_only_columns(*kolommen).order_by(Risicolocatie.naam, Risicolocatie.id)


def _plek(r: Any, typen: dict[int, str]) -> dict[str, Waarde]:
    return {
        "type": typen[r.locatietype_id],
        "straat": r.straat,
        "huisnummer": r.huisnummer,
        "huisletter": r.huisletter,
        "toevoeging": r.toevoeging,
        "postcode": r.postcode,
        "plaats": r.woonplaats,
        "x": round(r.x, 2),
        "y": round(r.y, 2),
        "lon": round(r.lon, 7),
        "lat": round(r.lat, 7),
    }


def _locatierij(r: Any, typen: dict[int, str]) -> dict[str, Waarde]:
    return _plek(r, typen) | {
        "naam": r.naam,
        "capaciteit": r.capaciteit,
        "personen_brp": r.personen_brp,
        "bron": r.bron,
        "notitie": r.notitie,
        "status": r.status,
        "laatste_bezoek": lokale_datum(r.laatste_bezoek_op).isoformat() if r.laatste_bezoek_op else None,
        "id": str(r.uid),
    }


def _vergunningen(actor: Actor, filter_: Filter) -> Select[*tuple[Any, ...]]:
    passend = gefilterd(actor, filter_).with_only_columns(Risicolocatie.id)
    kolommen = (
        *_LOCATIEVELDEN,
        *(Vergunning.soort, Vergunning.nummer, Vergunning.houder, Vergunning.status, Vergunning.geldig_vanaf),
        *(Vergunning.geldig_tot, Vergunning.intrekdatum, Vergunning.voorwaarden, Vergunning.bron, Vergunning.uid),
        Risicolocatie.uid.label("locatie_uid"),
    )
    return (
        select_voor(actor, Vergunning)
        .join(Risicolocatie, Risicolocatie.id == Vergunning.locatie_id)
        .where(Risicolocatie.id.in_(passend))
        .with_only_columns(*kolommen)
        .order_by(Risicolocatie.naam, Vergunning.id)
    )


def _dag(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def _vergunningrij(r: Any, typen: dict[int, str]) -> dict[str, Waarde]:
    return _plek(r, typen) | {
        "soort": r.soort,
        "nummer": r.nummer,
        "houder": r.houder,
        "status": r.status,
        "geldig_vanaf": _dag(r.geldig_vanaf),
        "geldig_tot": _dag(r.geldig_tot),
        "intrekdatum": _dag(r.intrekdatum),
        "voorwaarden": r.voorwaarden,
        "bron": r.bron,
        "locatie": str(r.locatie_uid),
        "locatienaam": r.naam,
        "id": str(r.uid),
    }


SOORTEN: dict[str, _Uitvoer] = {
    "locaties": _Uitvoer("Locaties", KOLOMMEN, _locaties, _locatierij),
    "vergunningen": _Uitvoer("Vergunningen", VERGUNNINGKOLOMMEN, _vergunningen, _vergunningrij),
}


@lru_cache(maxsize=1)
def _naar_graden() -> Transformer:
    return Transformer.from_crs(28992, 4326, always_xy=True)


class _Teller:
    """Counts what passes."""

    def __init__(self, rijen: Iterator[dict[str, Waarde]]) -> None:
        self._rijen = rijen
        self.aantal = 0

    def __iter__(self) -> Iterator[dict[str, Waarde]]:
        for rij in self._rijen:
            self.aantal += 1
            yield rij


def _met_punt(rijen: _Teller, kop: Sequence[str]) -> Iterator[tuple[tuple[float, float], list[Waarde]]]:
    for rij in rijen:
        yield (float(rij["x"] or 0), float(rij["y"] or 0)), [rij[k] for k in kop]


def _schrijf(pad: Path, soort: str, formaat: str, rijen: _Teller, typen: list[tuple[str, str]], nu: datetime) -> None:
    uitvoer = SOORTEN[soort]
    if formaat == "gpkg":
        kop = [k for k in uitvoer.kolommen if k not in _PLEK]
        stijlen = stijlen_van(typen, soort) if soort == "locaties" else []
        velden = [Kolom(k, _GETALLEN.get(k, "TEXT")) for k in kop]
        schrijf_geopakket(pad, soort, uitvoer.titel, velden, _met_punt(rijen, kop), stijlen, nu)
        return
    with pad.open("wb") as doel:
        if formaat == "geojson":
            kop = [k for k in uitvoer.kolommen if k not in {"lon", "lat"}]
            zet_om = _naar_graden().transform
            schrijf_geojson(doel, kop, ((zet_om(*punt), waarden) for punt, waarden in _met_punt(rijen, kop)))
            return
        waarden = ([rij[k] for k in uitvoer.kolommen] for rij in rijen)
        if formaat == "xlsx":
            schrijf_xlsx(doel, uitvoer.titel, uitvoer.kolommen, waarden)
        else:
            schrijf_csv_naar(doel, uitvoer.kolommen, waarden)


def exporteer(
    sessie: Session, actor: Actor, nu: datetime, formaat: str, filter_: Filter, pad: Path, soort: str = "locaties"
) -> int:
    """Write what fits the filter to ``pad``, in one of FORMATEN; gives the number of rows. Writes an audit line.

    What the session had not committed is lost: reading happens in a transaction of its own that keeps nobody from
    writing, however long it takes.
    """
    sessie.rollback()
    sessie.connection(execution_options={ALLEEN_LEZEN: True})
    uitvoer = SOORTEN[soort]
    typen = [(t.id, t.code, t.naam) for t in queries.typen_van(sessie, actor)]
    codes = {id_: code for id_, code, _ in typen}
    # What is restricted (art. 18 AVG) stays out of a file.
    beperkt = [UUID(uid) for uid in merken(sessie, actor.gemeente_id)]
    opdracht = uitvoer.opdracht(actor, filter_).where(Risicolocatie.uid.not_in(beperkt))
    opdracht = opdracht.execution_options(yield_per=_PER_KEER)
    rijen = _Teller(uitvoer.rij(r, codes) for r in sessie.execute(opdracht))
    _schrijf(pad, soort, formaat, rijen, [(code, naam) for _, code, naam in typen], nu)
    sessie.rollback()
    leg_vast(
        sessie,
        actor,
        nu,
        f"{soort}_geexporteerd",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={
            "formaat": formaat,
            "aantal": rijen.aantal,
            "typen": list(filter_.typen),
            "statussen": list(filter_.statussen),
        },
    )
    return rijen.aantal


@contextmanager
def tijdelijk_bestand(formaat: str) -> Iterator[Path]:
    """A path that is gone afterwards; who opened the file can go on reading it."""
    with TemporaryDirectory(prefix="inspecties-") as map_:
        yield Path(map_) / f"export.{formaat}"
