"""Commands ``inspecties sleutels``: what the keys of encrypted fields are used for, and carrying over to a new one."""

import base64
import json
import secrets
from dataclasses import asdict

import click
from flask import current_app
from sqlalchemy import func, select

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import systeem
from inspecties.core.klok import Klok
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database.basis import db
from inspecties.dienst.versleuteld import herversleutel as zet_om
from inspecties.dienst.versleuteld import tel_per_sleutel
from inspecties.gebruikers.models import Gemeente
from inspecties.gebruikers.models_factoren import Herstelcode

JSON = click.option("--json", "als_json", is_flag=True, help="Als een JSON-document op stdout.")


def _bos() -> Sleutelbos:
    bos: Sleutelbos = current_app.extensions["sleutelbos"]
    return bos


@click.group(help="De sleutels van versleutelde velden (INSPECTIES_VELDSLEUTELS).")
def sleutels() -> None:
    """Group of commands about keys."""


@sleutels.command(help="Toon per sleutel hoeveel velden die nodig hebben. Eindigt met 1 als er een sleutel ontbreekt.")
@JSON
def toon(*, als_json: bool) -> None:
    namen, per = list(_bos().sleutels), tel_per_sleutel(db.session())
    ontbreekt = sorted(set(per) - set(namen))
    if als_json:
        click.echo(json.dumps({"nieuwste": namen[0], "velden": per, "ontbreekt": ontbreekt}, ensure_ascii=False))
    else:
        for naam in namen:
            click.echo(f"{naam}: {per.get(naam, 0)} velden{' (nieuwste)' if naam == namen[0] else ''}")
        for naam in ontbreekt:
            click.echo(f"{naam}: {per[naam]} velden, maar deze sleutel is niet ingesteld", err=True)
    if ontbreekt:
        raise SystemExit(1)


@sleutels.command(help="Maak een nieuwe sleutel. Zet die vooraan in INSPECTIES_VELDSLEUTELS; er verandert nog niets.")
@click.argument("naam")
def nieuw(naam: str) -> None:
    if not naam.isalnum() or not naam.isascii() or naam in _bos().sleutels:
        raise click.UsageError("Kies een naam van letters en cijfers die nog niet in gebruik is, zoals 2027a.")
    click.echo(f"{naam}:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}")


@sleutels.command(
    help="Toon de sleutels zoals ze nu gelden, om ze vast te leggen in INSPECTIES_VELDSLEUTELS.\n\n"
    "Nodig voordat INSPECTIES_SECRET_KEY verandert, als de velden daarvan zijn afgeleid. Dit zijn geheimen."
)
def vastleggen() -> None:
    click.echo(",".join(f"{n}:{base64.urlsafe_b64encode(s).decode()}" for n, s in _bos().sleutels.items()))


@sleutels.command(
    help="Zet alle versleutelde velden om naar de nieuwste sleutel. Dat mag terwijl de dienst draait, en nog eens na "
    "een onderbreking.\n\nDaarna kan de oude sleutel weg: stop de dienst, haal de sleutel uit de instelling, draai dit "
    "nog een keer en start de dienst. Bewaar de oude sleutel bij de backups die ermee zijn gemaakt."
)
@JSON
def herversleutel(*, als_json: bool) -> None:
    klok: Klok = current_app.extensions["klok"]
    sessie, bos = db.session(), _bos()
    uit = zet_om(sessie, bos, lambda tekst: click.echo(tekst, err=True))
    _leg_vast(klok, uit.omgezet, uit.hashes)
    codes = sessie.scalar(select(func.count()).select_from(Herstelcode).where(Herstelcode.gebruikt_op.is_(None))) or 0
    if als_json:
        click.echo(json.dumps(asdict(uit) | {"open_herstelcodes": codes}, ensure_ascii=False))
    else:
        click.echo(
            f"{uit.omgezet} velden omgezet naar sleutel {next(iter(bos.sleutels))}, {uit.hashes} kenmerken nieuw."
        )
        if len(bos.sleutels) > 1:
            oud = ", ".join(list(bos.sleutels)[1:])
            click.echo(f"Gaat {oud} weg, dan werken {codes} herstelcodes en de links in oude mails niet meer.")
            click.echo("Wie herstelcodes heeft, maakt dan nieuwe bij Tweede stap.")
    for fout in uit.fouten:
        click.echo(fout, err=True)
    if uit.onleesbaar:
        raise click.ClickException(f"{uit.onleesbaar} velden zijn niet te lezen. Er is niets van verloren gegaan.")


def _leg_vast(klok: Klok, omgezet: int, hashes: int) -> None:
    if not omgezet and not hashes:
        return
    sessie = db.session()
    gegevens = {"velden": omgezet, "kenmerken": hashes}
    for gemeente in sessie.scalars(select(Gemeente).order_by(Gemeente.id)).all():
        actor = systeem(gemeente.id)
        leg_vast(sessie, actor, klok.nu(), "velden_herversleuteld", "sleutel", "velden", gegevens=gegevens)
    sessie.commit()
