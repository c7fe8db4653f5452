"""Command ``inspecties gezondheid``: the same as GET /gezond."""

import json
import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from inspecties.start.views import gezondheid as bepaal


@click.command(help="Zeg of de database antwoordt. Eindigt met 1 als dat niet zo is.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def gezondheid(als_json: bool) -> None:
    try:
        uit = bepaal()
    except SQLAlchemyError as fout:
        uit = {"status": "fout", "uitleg": type(fout).__name__}
    click.echo(json.dumps(uit) if als_json else " ".join(f"{k}={v}" for k, v in uit.items()))
    sys.exit(0 if uit["status"] == "ok" else 1)
