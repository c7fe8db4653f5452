"""``inspecties trekking controleer``: make a draw again from its file. No database, no data folder."""

import json
import sys
from pathlib import Path

import click

from inspecties.acties.rules.trekking import afwijkingen, lees_blad, poolsom
from inspecties.core.fouten import OngeldigeInvoer


@click.group(help="Trekkingen van stops door het lot narekenen.")
@click.help_option("-h", "--help", help="Toon deze uitleg.")
def trekking() -> None:
    """Commands about draws."""


@trekking.command(help="Reken een trekking na uit het bestand dat bij de actie te downloaden is. 0: klopt, 1: niet.")
@click.argument("bestand", metavar="TREKKING.json", type=click.Path(path_type=Path))
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
@click.help_option("-h", "--help", help="Toon deze uitleg.")
def controleer(bestand: Path, als_json: bool) -> None:
    """Read, draw again, compare; exit code 2 with a Dutch message where the file can not be right."""
    try:
        blad = lees_blad(_lees(bestand))
    except OngeldigeInvoer as fout:
        click.echo(f"{bestand}: {fout.melding}", err=True)
        sys.exit(2)
    anders = afwijkingen(blad)
    if als_json:
        uit = {"klopt": not anders, "afwijkingen": anders, "pool_sha256": poolsom(blad.pool)}
        click.echo(json.dumps(uit, ensure_ascii=False))
    elif anders:
        click.echo("Klopt niet:")
        for regel in anders:
            click.echo(f"- {regel}")
    else:
        click.echo(f"Klopt: {len(blad.getrokken)} van {len(set(blad.pool))} locaties, met het zaad uit het bestand.")
    sys.exit(1 if anders else 0)


def _lees(bestand: Path) -> dict[str, object]:
    try:
        gelezen = json.loads(bestand.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise OngeldigeInvoer("dit bestand bestaat niet; geef de naam van een JSON-bestand.") from None
    except (OSError, ValueError, RecursionError):
        raise OngeldigeInvoer("dit bestand is niet te lezen; geef het JSON-bestand van een trekking.") from None
    if not isinstance(gelezen, dict):
        raise OngeldigeInvoer("het bestand is geen trekking; geef het JSON-bestand dat u bij de actie ophaalt.")
    return gelezen
