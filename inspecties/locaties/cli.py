"""Commands ``inspecties import`` and ``inspecties export``."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select

from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import SysteemKlok
from inspecties.database.basis import db
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.gebruikers.models import Gemeente
from inspecties.gebruikers.operations import zoek_gemeente
from inspecties.locaties import importeren, uitvoer
from inspecties.locaties.queries import Filter
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.locaties.rules.verslag import Importverslag

_GETOOND = 100
SOORTEN = ("locaties", "adressen", "vergunningen")
EXPORTFORMATEN = (*uitvoer.FORMATEN, "gpkg", "ics")


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


def _alleen_locaties(soort: str, wat: str) -> None:
    if soort != "locaties":
        raise click.UsageError(f"{wat} van {soort} kan nog niet. Wel: --soort locaties.")


@click.command(
    name="import",
    help="Lees een bestand met locaties in (CSV of XLSX). Er wordt niets opgeslagen zolang er een regel fout is.",
)
@click.argument("bestand", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--soort", type=click.Choice(SOORTEN), default="locaties", show_default=True, help="Wat er in staat.")
@click.option("--gemeente", help="Naam van de gemeente; nodig als er meer zijn.")
@click.option("--droog", is_flag=True, help="Alleen controleren; er wordt niets opgeslagen.")
@click.option("--deel", is_flag=True, help="Sla de goede regels op, ook als er foute regels zijn.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def importeer(bestand: Path, soort: str, gemeente: str | None, droog: bool, deel: bool, als_json: bool) -> None:
    _alleen_locaties(soort, "Inlezen")
    sessie = db.session()
    # Checking a large file takes a while; meanwhile others can go on writing.
    sessie.rollback()
    sessie.connection(execution_options={ALLEEN_LEZEN: True})
    actor = _kies_gemeente(gemeente)
    try:
        beoordeling = importeren.beoordeel(sessie, actor, bestand.name, bestand.read_bytes(), deel=deel)
    except OngeldigeInvoer as fout:
        if not als_json:
            raise
        click.echo(json.dumps({"bestand": bestand.name, "opgeslagen": False, "fout": fout.melding}, ensure_ascii=False))
        sys.exit(1)
    sessie.rollback()
    verslag = beoordeling.verslag
    if not droog:
        importeren.sla_op(sessie, actor, SysteemKlok().nu(), beoordeling)
        sessie.commit()
    if als_json:
        click.echo(json.dumps(verslag.als_json(), ensure_ascii=False))
    else:
        _toon(verslag, droog=droog)
    sys.exit(1 if verslag.foute_rijen else 0)


def _toon(verslag: Importverslag, *, droog: bool) -> None:
    for fout in verslag.fouten[:_GETOOND]:
        click.echo(f"rij {fout.rij}, kolom {fout.kolom}: {fout.melding}")
    if verslag.aantal_fouten > _GETOOND:
        click.echo(f"... en nog {verslag.aantal_fouten - _GETOOND} fouten.")
    for dubbel in verslag.dubbel[:_GETOOND]:
        click.echo(f"rij {dubbel.rij}: {dubbel.naam} bestaat al ({dubbel.met})")
    if verslag.genegeerde_kolommen:
        click.echo(f"Niet gebruikt: kolom {', '.join(verslag.genegeerde_kolommen)}.")
    click.echo(
        f"{verslag.gelezen} regels gelezen: {verslag.goed} goed, {verslag.aantal_dubbel} bestonden al, "
        f"{verslag.foute_rijen} fout."
    )
    if verslag.opgeslagen:
        click.echo(f"{verslag.goed} locaties toegevoegd.")
    elif droog:
        click.echo("Er is niets opgeslagen (--droog).")
    elif verslag.foute_rijen and not verslag.deel:
        click.echo("Er is niets opgeslagen. Herstel de fouten, of gebruik --deel voor de goede regels.")
    else:
        click.echo("Er was niets om op te slaan.")


@click.command(name="export", help="Bewaar locaties als bestand voor Excel (csv, xlsx) of QGIS (geojson).")
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
    _alleen_locaties(soort, "Bewaren")
    if formaat not in uitvoer.FORMATEN:
        raise click.UsageError(f"Het formaat {formaat} kan nog niet. Wel: {', '.join(uitvoer.FORMATEN)}.")
    if not uit.parent.is_dir():
        raise click.UsageError(f"De map {uit.parent} bestaat niet.")
    sessie = db.session()
    inhoud = uitvoer.exporteer(
        sessie, _kies_gemeente(gemeente), SysteemKlok().nu(), formaat, Filter(typen=typen, statussen=statussen)
    )
    uit.write_bytes(inhoud)
    sessie.commit()
    if als_json:
        click.echo(json.dumps({"bestand": str(uit), "formaat": formaat, "bytes": len(inhoud)}))
    else:
        click.echo(f"{uit} geschreven ({len(inhoud)} bytes).")
