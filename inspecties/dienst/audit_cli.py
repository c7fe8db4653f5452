"""Command ``inspecties audit``."""

import json
import sys

import click
from sqlalchemy import select

from inspecties.audit.operations import controleer as controleer_keten
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gemeente


@click.group(help="Het auditlogboek.")
def audit() -> None:
    """Group of audit commands."""


@audit.command(help="Controleer de hashketen van elke gemeente. Eindigt met 1 bij de eerste gebroken regel.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def controleer(als_json: bool) -> None:
    uit = []
    for gemeente in db.session.scalars(select(Gemeente).order_by(Gemeente.naam)):
        breuk = controleer_keten(db.session(), gemeente.id)
        uit.append(
            {
                "gemeente": gemeente.naam,
                "goed": breuk is None,
                "seq": breuk.seq if breuk else None,
                "uitleg": breuk.uitleg if breuk else "",
            }
        )
    if als_json:
        click.echo(json.dumps(uit, ensure_ascii=False))
    else:
        for rij in uit:
            staat = "in orde" if rij["goed"] else f"gebroken bij regel {rij['seq']}: {rij['uitleg']}"
            click.echo(f"{rij['gemeente']}: {staat}")
    sys.exit(0 if all(r["goed"] for r in uit) else 1)
