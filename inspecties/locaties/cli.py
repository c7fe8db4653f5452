"""Commands ``inspecties import`` and ``inspecties export``: which function reads or writes which kind of rows.

A feature that brings a kind of its own adds one line to INLEZERS or UITVOERDERS.
"""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import cast

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import SysteemKlok
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gemeente
from inspecties.gebruikers.operations import zoek_gemeente
from inspecties.locaties.cli_opdracht import Inleesopdracht, Uitvoeropdracht
from inspecties.locaties.queries import Filter
from inspecties.locaties.rules.status import STATUSNAMEN

# (sessie, actor, nu, opdracht) -> exit code; prints its own report, commits itself.
Inlezer = Callable[[Session, Actor, datetime, Inleesopdracht], int]
# (sessie, actor, nu, opdracht) -> number of rows; writes the file, commits its audit line.
Uitvoerder = Callable[[Session, Actor, datetime, Uitvoeropdracht], int]

# kind -> "module:function". By name, so that a start of the program does not load what it does not use.
INLEZERS: dict[str, str] = {
    "adressen": "inspecties.locaties.adres_cli:lees_in",
    "locaties": "inspecties.locaties.cli_inlezen:lees_in",
    "vergunningen": "inspecties.locaties.cli_inlezen:lees_in",
}
# kind -> format -> "module:function".
UITVOERDERS: dict[str, dict[str, str]] = {
    soort: dict.fromkeys(("geojson", "gpkg", "csv", "xlsx"), "inspecties.locaties.cli_inlezen:voer_uit")
    for soort in ("locaties", "vergunningen")
}
UITVOERDERS["acties"] = {"ics": "inspecties.acties.agendafeed:voer_uit"}
SOORTEN = ("locaties", "adressen", "vergunningen", "acties")
EXPORTFORMATEN = ("geojson", "gpkg", "csv", "xlsx", "ics")


def _laad(naam: str) -> object:
    module, functie = naam.split(":")
    return getattr(import_module(module), functie)


def _kies_gemeente(naam: str | None) -> Actor:
    """The system acting for one gemeente. Raises OngeldigeInvoer where it is not clear which one."""
    if naam:
        return systeem(zoek_gemeente(db.session(), naam).id)
    alle = db.session.scalars(select(Gemeente).order_by(Gemeente.id)).all()
    if not alle:
        raise OngeldigeInvoer("Er is nog geen gemeente. Maak die met 'inspecties gebruiker toevoegen'.")
    if len(alle) > 1 and not current_app.extensions["instellingen"].demo:
        namen = ", ".join(g.naam for g in alle)
        raise OngeldigeInvoer(f"Er zijn meer gemeenten. Kies er een met --gemeente: {namen}.")
    # The demo's own municipality was made first; the second one is only its neighbour.
    return systeem(alle[0].id)


@click.command(
    name="import",
    help="Lees een bestand in (CSV, XLSX, GeoJSON of GeoPackage). Er wordt niets opgeslagen zolang er een regel "
    "fout is.",
)
@click.argument("bestand", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--soort", type=click.Choice(SOORTEN), default="locaties", show_default=True, help="Wat er in staat.")
@click.option("--gemeente", help="Naam van de gemeente; nodig als er meer zijn.")
@click.option("--droog", is_flag=True, help="Alleen controleren; er wordt niets opgeslagen.")
@click.option("--deel", is_flag=True, help="Sla de goede regels op, ook als er foute regels zijn.")
@click.option("--bijwerken", is_flag=True, help="Werk locaties bij die er al zijn; anders worden ze overgeslagen.")
@click.option("--bron", default="", help="Naam van de bron; de kolommen die daarbij onthouden zijn, gelden.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def importeer(
    bestand: Path, soort: str, gemeente: str | None, droog: bool, deel: bool, bijwerken: bool, bron: str, als_json: bool
) -> None:
    if soort not in INLEZERS:
        raise click.UsageError(f"Inlezen van {soort} kan nog niet. Wel: {', '.join(INLEZERS)}.")
    lees_in = cast("Inlezer", _laad(INLEZERS[soort]))
    opdracht = Inleesopdracht(bestand, soort, droog, deel, bijwerken, bron, als_json)
    try:
        code = lees_in(db.session(), _kies_gemeente(gemeente), SysteemKlok().nu(), opdracht)
    except OngeldigeInvoer as fout:
        if not als_json:
            raise
        click.echo(json.dumps({"bestand": bestand.name, "opgeslagen": False, "fout": fout.melding}, ensure_ascii=False))
        code = 1
    sys.exit(code)


@click.command(
    name="export",
    help="Bewaar locaties of vergunningen als bestand voor Excel (csv, xlsx) of QGIS (geojson, gpkg), of acties als "
    "agenda (ics).",
)
@click.option("--formaat", type=click.Choice(EXPORTFORMATEN), required=True, help="Soort bestand.")
@click.option("--soort", type=click.Choice(SOORTEN), default="locaties", show_default=True, help="Wat er in komt.")
@click.option(
    "-o", "--uit", required=True, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Naam."
)
@click.option("--gemeente", help="Naam van de gemeente; nodig als er meer zijn.")
@click.option("--type", "typen", multiple=True, help="Alleen dit locatietype (code); mag vaker.")
@click.option("--status", "statussen", multiple=True, type=click.Choice(list(STATUSNAMEN)), help="Alleen deze status.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def exporteer(
    formaat: str,
    soort: str,
    uit: Path,
    gemeente: str | None,
    typen: tuple[str, ...],
    statussen: tuple[str, ...],
    als_json: bool,
) -> None:
    if soort not in UITVOERDERS:
        raise click.UsageError(f"Bewaren van {soort} kan nog niet. Wel: {', '.join(UITVOERDERS)}.")
    if formaat not in UITVOERDERS[soort]:
        raise click.UsageError(f"Het formaat {formaat} kan nog niet. Wel: {', '.join(UITVOERDERS[soort])}.")
    if not uit.parent.is_dir():
        raise click.UsageError(f"De map {uit.parent} bestaat niet.")
    voer_uit = cast("Uitvoerder", _laad(UITVOERDERS[soort][formaat]))
    opdracht = Uitvoeropdracht(uit, soort, formaat, Filter(typen=typen, statussen=statussen))
    aantal = voer_uit(db.session(), _kies_gemeente(gemeente), SysteemKlok().nu(), opdracht)
    grootte = uit.stat().st_size
    if als_json:
        click.echo(
            json.dumps({"bestand": str(uit), "formaat": formaat, "soort": soort, "bytes": grootte, "aantal": aantal})
        )
    else:
        click.echo(f"{uit} geschreven ({aantal} regels, {grootte} bytes).")
