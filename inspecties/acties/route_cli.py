"""``inspecties route``: the planner on a file. No database, no data folder."""

import json
import sys
import time
from pathlib import Path

import click

from inspecties.core.fouten import OngeldigeInvoer


@click.command(
    help="Bereken welke ploeg welke stops bezoekt. INSTANCE.json beschrijft ploegen en stops; "
    "het plan komt als JSON op het scherm."
)
@click.argument("bestand", metavar="INSTANCE.json", type=click.Path(path_type=Path))
@click.option("--voortgang", "toon", is_flag=True, help="Toon onderweg de beste waarde (op stderr).")
@click.option("--json", "als_json", is_flag=True, help="De uitvoer is altijd JSON; deze keuze verandert niets.")
@click.help_option("-h", "--help", help="Toon deze uitleg.")
def route(bestand: Path, toon: bool, als_json: bool) -> None:
    """Read, plan, print; exit code 2 with a Dutch message when the file can not be right."""
    del als_json
    from inspecties.acties.route.instantie import Instantie  # help appears without loading the planner
    from inspecties.acties.route.plannen import Voortgang, plan

    try:
        instantie = Instantie.uit_json(_lees(bestand))
    except OngeldigeInvoer as fout:
        click.echo(f"{bestand}: {fout.melding}", err=True)
        sys.exit(2)

    def meld(stand: Voortgang) -> None:
        if toon:
            click.echo(f"{stand.fase}: {stand.waarde:g} (hoogstens {stand.bovengrens:g})", err=True)

    uitkomst = plan(instantie, meld, al_verbruikt_s=time.process_time())
    if uitkomst.afgebroken:
        click.echo("De tijdslimiet is bereikt: een volgende keer kan een ander plan uitkomen.", err=True)
    click.echo(json.dumps(uitkomst.naar_json(), ensure_ascii=False))


def _lees(bestand: Path) -> dict[str, object]:
    try:
        tekst = bestand.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise OngeldigeInvoer("dit bestand bestaat niet; geef de naam van een JSON-bestand.") from None
    except (OSError, UnicodeDecodeError):
        raise OngeldigeInvoer("dit bestand is niet te lezen; geef een JSON-bestand in UTF-8.") from None
    try:
        gelezen = json.loads(tekst)
    except json.JSONDecodeError as fout:
        raise OngeldigeInvoer(
            f"geen geldige JSON op regel {fout.lineno}, teken {fout.colno}; controleer komma's en haakjes."
        ) from None
    except ValueError:
        raise OngeldigeInvoer("een getal in de JSON is te lang; geef gewone getallen.") from None
    except RecursionError:
        raise OngeldigeInvoer("de JSON is te diep genest; volg het formaat van een route-instantie.") from None
    if not isinstance(gelezen, dict):
        raise OngeldigeInvoer('het bestand is geen JSON-object; het begint met {"depot": ..., "ploegen": ...}.')
    return gelezen
