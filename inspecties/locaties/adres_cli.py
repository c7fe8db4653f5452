"""``inspecties import --soort adressen``."""

import json
from datetime import datetime

import click
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.locaties import adresimport
from inspecties.locaties.cli_opdracht import Inleesopdracht
from inspecties.locaties.rules.adresverslag import Adresverslag

_GETOOND = 100


def lees_in(sessie: Session, actor: Actor, nu: datetime, opdracht: Inleesopdracht) -> int:
    """Read an address file and store it; 1 where a row is wrong. Raises OngeldigeInvoer for an unreadable file."""
    # Checking a large file takes a while; meanwhile others can go on writing.
    sessie.rollback()
    sessie.connection(execution_options={ALLEEN_LEZEN: True})
    bestand = opdracht.bestand
    beoordeling = adresimport.beoordeel(sessie, actor, bestand.name, bestand.read_bytes(), deel=opdracht.deel)
    sessie.rollback()
    if not opdracht.droog:
        adresimport.sla_op(sessie, actor, nu, beoordeling)
        sessie.commit()
    verslag = beoordeling.verslag
    if opdracht.als_json:
        click.echo(json.dumps(verslag.als_json(), ensure_ascii=False))
    else:
        _toon(verslag, droog=opdracht.droog)
    return 1 if verslag.foute_rijen else 0


def _toon(verslag: Adresverslag, *, droog: bool) -> None:
    for fout in verslag.fouten[:_GETOOND]:
        click.echo(f"rij {fout.rij}, kolom {fout.kolom}: {fout.melding}")
    if verslag.aantal_fouten > _GETOOND:
        click.echo(f"... en nog {verslag.aantal_fouten - _GETOOND} fouten.")
    if verslag.genegeerde_kolommen:
        click.echo(f"Niet gebruikt: kolom {', '.join(verslag.genegeerde_kolommen)}.")
    click.echo(
        f"{verslag.gelezen} regels gelezen: {verslag.nieuw} nieuw, {verslag.gewijzigd} gewijzigd, "
        f"{verslag.ongewijzigd} ongewijzigd, {verslag.herhaald} herhaald, {verslag.foute_rijen} fout."
    )
    if verslag.opgeslagen:
        click.echo(f"{verslag.nieuw} adressen toegevoegd, {verslag.gewijzigd} bijgewerkt.")
    elif droog:
        click.echo("Er is niets opgeslagen (--droog).")
    elif verslag.foute_rijen and not verslag.deel:
        click.echo("Er is niets opgeslagen. Herstel de fouten, of gebruik --deel voor de goede regels.")
    else:
        click.echo("Er was niets om op te slaan.")
