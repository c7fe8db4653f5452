"""Command ``inspecties herinner``: reminders by mail of every gemeente. Run it once a day."""

import json
from collections.abc import Callable
from datetime import datetime

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.afspraken import herinner as aan_afspraken
from inspecties.core.actor import Actor, systeem
from inspecties.database.basis import db
from inspecties.dossiers.bibob_traject import hervat_wat_vol_is
from inspecties.dossiers.termijn_herinneren import herinner as aan_termijnen
from inspecties.dossiers.verstrekking_herinneren import herinner as aan_antwoorden
from inspecties.gebruikers.models import Gemeente

# What is reminded of: name in the JSON -> puts mails in the outbox and says how many.
BRONNEN: dict[str, Callable[[Session, Actor, datetime], int]] = {
    "afspraken": aan_afspraken,
    "termijnen": aan_termijnen,
    "antwoorden": aan_antwoorden,
}


@click.command(
    help="Zet herinneringen aan afspraken en termijnen klaar om te mailen. Twee keer op een dag draaien kan geen kwaad."
)
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def herinner(als_json: bool) -> None:
    sessie, nu = db.session(), current_app.extensions["klok"].nu()
    gemeenten = [(g.id, g.naam) for g in sessie.scalars(select(Gemeente).order_by(Gemeente.naam))]
    sessie.rollback()
    aantallen: dict[str, dict[str, int]] = {}
    for gemeente_id, naam in gemeenten:
        # First what counts again by law: it may end soon. Not counted, for nobody is told.
        hervat_wat_vol_is(sessie, systeem(gemeente_id), nu)
        # One transaction per gemeente: what goes wrong in one keeps no other from its mail.
        aantallen[naam] = {soort: zet_klaar(sessie, systeem(gemeente_id), nu) for soort, zet_klaar in BRONNEN.items()}
        sessie.commit()
    if als_json:
        herinneringen = {naam: sum(per.values()) for naam, per in aantallen.items()}
        click.echo(json.dumps({"herinneringen": herinneringen, "per_soort": aantallen}, ensure_ascii=False))
        return
    for naam, per in aantallen.items():
        som = sum(per.values())
        woord = "herinnering" if som == 1 else "herinneringen"
        delen = ", ".join(f"{aantal} over {soort}" for soort, aantal in per.items() if aantal)
        click.echo(f"{naam}: {som} {woord} klaargezet{f' ({delen})' if delen else ''}.")
