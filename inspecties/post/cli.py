"""Command ``inspecties post``."""

import json
import sys
from threading import Event

import click
from flask import Flask, current_app
from sqlalchemy import func, select

from inspecties.database.basis import db
from inspecties.post.achtergrond import verstuur_nu
from inspecties.post.inname import OMVANG_HOOGSTENS
from inspecties.post.luisteraar import luister, neem_in
from inspecties.post.models import Bericht
from inspecties.post.rules.bericht import STATUSSEN


@click.group(help="Mail versturen en antwoorden op uitnodigingen aannemen.")
def post() -> None:
    """Group of mail commands."""


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # LocalProxy
    return app


@post.command(help="Verstuur nu de mail die wacht. Eindigt met 1 als er iets niet lukte.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def verstuur(als_json: bool) -> None:
    app = _app()
    if not app.extensions["instellingen"].smtp_url:
        raise click.UsageError("Er is geen mailserver ingesteld (INSPECTIES_SMTP_URL). De mail blijft wachten.")
    ronde = verstuur_nu(app)
    if als_json:
        click.echo(json.dumps(vars(ronde), ensure_ascii=False))
    elif ronde.bezet:
        click.echo("Een ander proces verstuurt al.")
    else:
        click.echo(f"{ronde.verzonden} verzonden, {ronde.later} later opnieuw, {ronde.mislukt} mislukt.")
        if ronde.storing:
            click.echo(ronde.storing, err=True)
    sys.exit(1 if ronde.later or ronde.mislukt or ronde.storing else 0)


@post.command(help="Toon hoeveel mail er wacht, verzonden is of mislukte.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def stand(als_json: bool) -> None:
    rijen = db.session.execute(select(Bericht.status, func.count()).group_by(Bericht.status)).all()
    aantallen = dict.fromkeys(STATUSSEN, 0) | dict(rijen)
    if als_json:
        click.echo(json.dumps(aantallen))
        return
    for code, aantal in aantallen.items():
        click.echo(f"{STATUSSEN[code]:22} {aantal}")


@post.command(help="Neem antwoorden aan over SMTP, op deze machine. Uw mailserver stuurt ze hierheen door.")
@click.option("--poort", default=8025, show_default=True, help="Poort op 127.0.0.1.")
def ontvang(poort: int) -> None:
    app = _app()
    adres = app.extensions["instellingen"].post_antwoord
    if not adres:
        raise click.UsageError("Stel eerst het adres voor antwoorden in (INSPECTIES_POST_ANTWOORD).")
    try:
        controller = luister(app, poort)
    except OSError as fout:
        raise click.ClickException(f"Poort {poort} is niet te gebruiken: {fout.strerror}.") from fout
    click.echo(f"Antwoorden voor {adres} komen binnen op 127.0.0.1:{poort}. Stop met Ctrl-C.")
    try:
        Event().wait()
    except KeyboardInterrupt:
        click.echo("Gestopt.")
    finally:
        controller.stop()


@post.command(
    help="Neem een antwoord aan van de standaardinvoer, voor een mailserver die naar een opdracht doorstuurt."
)
def lees() -> None:
    mail = sys.stdin.buffer.read(OMVANG_HOOGSTENS + 1)
    if len(mail) > OMVANG_HOOGSTENS:
        raise click.ClickException(f"De mail is groter dan {OMVANG_HOOGSTENS // 1024} kB.")
    uitkomst = neem_in(_app(), mail)
    click.echo(uitkomst.zin)
    sys.exit(0 if uitkomst.genomen else 1)
