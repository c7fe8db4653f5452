"""Command ``inspecties herinner``: reminders of what was agreed after actions, of every gemeente. Run it once a day."""

import json

import click
from flask import current_app
from sqlalchemy import select

from inspecties.acties.afspraken import herinner as zet_herinneringen_klaar
from inspecties.core.actor import systeem
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gemeente


@click.command(help="Zet herinneringen aan afspraken klaar om te mailen. Twee keer op een dag draaien kan geen kwaad.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def herinner(als_json: bool) -> None:
    sessie, nu = db.session(), current_app.extensions["klok"].nu()
    gemeenten = [(g.id, g.naam) for g in sessie.scalars(select(Gemeente).order_by(Gemeente.naam))]
    sessie.rollback()
    aantallen = {}
    for gemeente_id, naam in gemeenten:
        # One transaction per gemeente: what goes wrong in one keeps no other from its mail.
        aantallen[naam] = zet_herinneringen_klaar(sessie, systeem(gemeente_id), nu)
        sessie.commit()
    if als_json:
        click.echo(json.dumps({"herinneringen": aantallen}, ensure_ascii=False))
        return
    for naam, aantal in aantallen.items():
        click.echo(f"{naam}: {aantal} {'herinnering' if aantal == 1 else 'herinneringen'} klaargezet.")
