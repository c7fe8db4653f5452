"""Command ``inspecties prioriteit``: for the night, where there are more locations than a page brings up to date."""

import json
from datetime import datetime

import click
from flask import current_app
from sqlalchemy import select

from inspecties.database.basis import db
from inspecties.gebruikers.models import Gemeente
from inspecties.locaties.prioriteit_stand import PER_BLOK, ververs


@click.group(help="De prioriteit van locaties.")
def prioriteit() -> None:
    """Group of commands about the priority."""


@prioriteit.command(name="ververs", help="Reken de score uit van elke locatie waarvan die verouderd is.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def ververs_alles(als_json: bool) -> None:
    """Commits per block, so that nobody waits long for the database."""
    nu: datetime = current_app.extensions["klok"].nu()
    uit = {}
    for gemeente in db.session.scalars(select(Gemeente).order_by(Gemeente.naam)).all():
        naam, gemeente_id, aantal = gemeente.naam, gemeente.id, 0
        while klaar := ververs(db.session(), gemeente_id, nu, hoogstens=PER_BLOK):
            db.session.commit()
            aantal += klaar
        db.session.commit()
        uit[naam] = aantal
    if als_json:
        click.echo(json.dumps(uit, ensure_ascii=False))
    else:
        for naam, aantal in uit.items():
            click.echo(f"{naam}: {aantal} locaties bijgewerkt")
