"""Command ``inspecties avg register``: the register of processing and the skeleton of a DPIA."""

import json

import click
from flask import current_app

from inspecties.core.klok import lokale_datum
from inspecties.start import register as bron


@click.group(help="Privacy: het register van verwerkingen en de aanzet voor een DPIA.")
def avg() -> None:
    pass


@avg.command(help="Het register van verwerkingen (art. 30 AVG) met een aanzet voor de DPIA.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def register(*, als_json: bool) -> None:
    vandaag = lokale_datum(current_app.extensions["klok"].nu())
    if als_json:
        click.echo(json.dumps(bron.als_document(vandaag), ensure_ascii=False, indent=2))
    else:
        click.echo(bron.als_markdown("", vandaag))
