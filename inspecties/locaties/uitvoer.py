"""Risk locations as files that Excel and QGIS open. Nothing in them is executed by a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database.typen import geojson_punt
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import Filter, gefilterd
from inspecties.locaties.rules.importrij import FORMULETEKENS

FORMATEN: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
}
# The names of the import, so that an export can be imported again.
KOLOMMEN = (
    *("naam", "type", "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "plaats"),
    *("x", "y", "lon", "lat", "capaciteit", "personen_brp", "bron", "notitie"),
    *("status", "laatste_bezoek", "id"),
)
Waarde = str | int | float | None


def _rij(locatie: Risicolocatie) -> dict[str, Waarde]:
    bezocht = locatie.laatste_bezoek_op
    return {
        "naam": locatie.naam,
        "type": locatie.locatietype.code,
        "straat": locatie.straat,
        "huisnummer": locatie.huisnummer,
        "huisletter": locatie.huisletter,
        "toevoeging": locatie.toevoeging,
        "postcode": locatie.postcode,
        "plaats": locatie.woonplaats,
        "x": round(locatie.x, 2),
        "y": round(locatie.y, 2),
        "lon": round(locatie.lon, 7),
        "lat": round(locatie.lat, 7),
        "capaciteit": locatie.capaciteit,
        "personen_brp": locatie.personen_brp,
        "bron": locatie.bron,
        "notitie": locatie.notitie,
        "status": locatie.status,
        "laatste_bezoek": lokale_datum(bezocht).isoformat() if bezocht else None,
        "id": str(locatie.uid),
    }


def veilige_tekst(tekst: str) -> str:
    """Text that a spreadsheet shows instead of executing: an apostrophe before what would be a formula (CWE-1236)."""
    return f"'{tekst}" if tekst[:1] and tekst[0] in FORMULETEKENS else tekst


def _csv_cel(waarde: Waarde) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, float):
        # Dutch Excel reads a decimal point as a sign of thousands, or as a date.
        return str(waarde).replace(".", ",")
    return veilige_tekst(waarde) if isinstance(waarde, str) else str(waarde)


def schrijf_csv(kop: Sequence[str], rijen: Iterable[Sequence[Waarde]]) -> bytes:
    """CSV as Dutch Excel opens it: semicolons, decimal commas, UTF-8 with BOM."""
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=";")
    schrijver.writerow(kop)
    schrijver.writerows([_csv_cel(w) for w in rij] for rij in rijen)
    return uit.getvalue().encode("utf-8-sig")


def _xlsx(rijen: Iterable[dict[str, Waarde]]) -> bytes:
    boek = openpyxl.Workbook(write_only=True)
    blad = boek.create_sheet("Locaties")
    blad.freeze_panes = "A2"
    vet = Font(bold=True)

    def cel(waarde: Waarde, letter: Font | None = None) -> Any:
        c = WriteOnlyCell(blad, value=waarde)
        if isinstance(waarde, str):
            # Text stays text, also where it looks like a formula.
            c.data_type = "s"
        if letter is not None:
            c.font = letter
        return c

    blad.append([cel(k, vet) for k in KOLOMMEN])
    for rij in rijen:
        blad.append([cel(rij[k]) for k in KOLOMMEN])
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _geojson(rijen: Iterable[dict[str, Waarde]]) -> bytes:
    features = [
        {
            "type": "Feature",
            "id": rij["id"],
            "geometry": geojson_punt(float(rij["lon"] or 0), float(rij["lat"] or 0)),
            "properties": {k: v for k, v in rij.items() if k not in {"lon", "lat"}},
        }
        for rij in rijen
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def exporteer(sessie: Session, actor: Actor, nu: datetime, formaat: str, filter_: Filter) -> bytes:
    """The locations that fit the filter as a file in one of FORMATEN, by name. Writes an audit line."""
    opdracht = gefilterd(actor, filter_).order_by(Risicolocatie.naam, Risicolocatie.id)
    rijen = [_rij(r) for r in sessie.scalars(opdracht)]
    leg_vast(
        sessie,
        actor,
        nu,
        "locaties_geexporteerd",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={
            "formaat": formaat,
            "aantal": len(rijen),
            "typen": list(filter_.typen),
            "statussen": list(filter_.statussen),
        },
    )
    if formaat == "geojson":
        return _geojson(rijen)
    if formaat == "xlsx":
        return _xlsx(rijen)
    return schrijf_csv(KOLOMMEN, ([rij[k] for k in KOLOMMEN] for rij in rijen))
