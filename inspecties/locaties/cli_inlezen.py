"""What ``inspecties import`` and ``inspecties export`` do with locations and permits."""

import json
from datetime import datetime

import click
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.locaties import importeren, uitvoer
from inspecties.locaties.cli_opdracht import Inleesopdracht, Uitvoeropdracht
from inspecties.locaties.rules.verslag import Importverslag

_GETOOND = 100


def lees_in(sessie: Session, actor: Actor, nu: datetime, opdracht: Inleesopdracht) -> int:
    """Read a file and store it; 1 where a row is wrong. Raises OngeldigeInvoer for a file that cannot be read."""
    # Checking a large file takes a while; meanwhile others can go on writing.
    sessie.rollback()
    sessie.connection(execution_options={ALLEEN_LEZEN: True})
    bestand = opdracht.bestand
    beoordeling = importeren.beoordeel(sessie, actor, bestand.name, bestand.read_bytes(), deel=opdracht.deel)
    sessie.rollback()
    verslag = beoordeling.verslag
    if not opdracht.droog:
        importeren.sla_op(sessie, actor, nu, beoordeling)
        sessie.commit()
    if opdracht.als_json:
        click.echo(json.dumps(verslag.als_json(), ensure_ascii=False))
    else:
        _toon(verslag, droog=opdracht.droog)
    return 1 if verslag.foute_rijen else 0


def _toon(verslag: Importverslag, *, droog: bool) -> None:
    for fout in verslag.fouten[:_GETOOND]:
        click.echo(f"rij {fout.rij}, kolom {fout.kolom}: {fout.melding}")
    if verslag.aantal_fouten > _GETOOND:
        click.echo(f"... en nog {verslag.aantal_fouten - _GETOOND} fouten.")
    for dubbel in verslag.dubbel[:_GETOOND]:
        click.echo(f"rij {dubbel.rij}: {dubbel.naam} bestaat al ({dubbel.met})")
    if verslag.genegeerde_kolommen:
        click.echo(f"Niet gebruikt: kolom {', '.join(verslag.genegeerde_kolommen)}.")
    click.echo(
        f"{verslag.gelezen} regels gelezen: {verslag.goed} goed, {verslag.aantal_dubbel} bestonden al, "
        f"{verslag.foute_rijen} fout."
    )
    if verslag.opgeslagen:
        click.echo(f"{verslag.goed} locaties toegevoegd.")
    elif droog:
        click.echo("Er is niets opgeslagen (--droog).")
    elif verslag.foute_rijen and not verslag.deel:
        click.echo("Er is niets opgeslagen. Herstel de fouten, of gebruik --deel voor de goede regels.")
    else:
        click.echo("Er was niets om op te slaan.")


def voer_uit(sessie: Session, actor: Actor, nu: datetime, opdracht: Uitvoeropdracht) -> int:
    """Write the file; gives the number of rows."""
    inhoud = uitvoer.exporteer(sessie, actor, nu, opdracht.formaat, opdracht.filter)
    opdracht.uit.write_bytes(inhoud)
    sessie.commit()
    return len(inhoud)
