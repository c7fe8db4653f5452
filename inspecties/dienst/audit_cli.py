"""Command ``inspecties audit``."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import select

from inspecties.audit.bestemmingen import VORMEN, lees_bestemmingen
from inspecties.audit.operations import controleer as controleer_keten
from inspecties.audit.rules_koppen import Gelezen, lees_koppen
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database.basis import db
from inspecties.database.momentopname import momentopname
from inspecties.dienst.auditkoppen import bewaar_koppen, kopsleutel
from inspecties.gebruikers.models import Gemeente


@click.group(help="Het auditlogboek.")
def audit() -> None:
    """Group of audit commands."""


@audit.command(help="Controleer de hashketen van elke gemeente. Eindigt met 1 bij de eerste gebroken regel.")
@click.option(
    "--koppen",
    "bestand",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Bestand met eerder bewaarde koppen: toont ook een keten die helemaal is herschreven of afgekapt.",
)
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def controleer(bestand: Path | None, als_json: bool) -> None:
    gelezen = Gelezen({}, [])
    if bestand is not None:
        with bestand.open(encoding="utf-8", errors="replace") as regels:
            gelezen = lees_koppen(regels, kopsleutel(current_app.extensions["instellingen"]))
    uit: list[dict[str, Any]] = []
    open_ = dict(gelezen.koppen)
    gemeenten = [(g.id, g.uid, g.naam) for g in db.session.scalars(select(Gemeente).order_by(Gemeente.naam))]
    db.session.commit()
    for gemeente_id, gemeente_uid, naam in gemeenten:
        bewaard = open_.pop(str(gemeente_uid), {})
        # Others write meanwhile: head and rows of one moment, and on SQLite no lock that they would wait for.
        with momentopname(db.engine, gemeente_id) as opname:
            breuk = controleer_keten(opname, gemeente_id, bewaard)
        uit.append(
            {
                "gemeente": naam,
                "goed": breuk is None,
                "seq": breuk.seq if breuk else None,
                "uitleg": breuk.uitleg if breuk else "",
                "koppen": len(bewaard),
            }
        )
    for uid in sorted(open_):
        uit.append(
            {
                "gemeente": f"onbekend ({uid})",
                "goed": False,
                "seq": 1,
                "uitleg": "van deze gemeente zijn koppen bewaard, maar haar logboek is weg",
                "koppen": len(open_[uid]),
            }
        )
    if als_json:
        click.echo(json.dumps(uit, ensure_ascii=False))
    else:
        _toon(uit, met_koppen=bestand is not None)
    for gebrek in gelezen.gebreken:
        click.echo(f"{bestand}, {gebrek}", err=True)
    if bestand is not None and not gelezen.koppen:
        click.echo(f"In {bestand} staat geen kop die klopt: er is niet mee vergeleken.", err=True)
        sys.exit(1)
    sys.exit(0 if all(r["goed"] for r in uit) and not gelezen.gebreken else 1)


def _toon(uit: list[dict[str, Any]], *, met_koppen: bool) -> None:
    for rij in uit:
        staat = "in orde" if rij["goed"] else f"gebroken bij regel {rij['seq']}: {rij['uitleg']}"
        erbij = f" (vergeleken met {rij['koppen']} bewaarde koppen)" if met_koppen else ""
        click.echo(f"{rij['gemeente']}: {staat}{erbij}")
    if met_koppen and not all(rij["goed"] for rij in uit):
        click.echo("Is een backup teruggezet? Dan ontbreken de regels van daarna. Begin een nieuw bestand met koppen.")


@audit.command(help="Bewaar de kop van elk logboek buiten de database. Zonder --naar: volgens de instelling.")
@click.option("--naar", help=f"{VORMEN}.")
def kop(naar: str | None) -> None:
    inst = current_app.extensions["instellingen"]
    try:
        waarheen = lees_bestemmingen(inst.audit_kop_naar if naar is None else naar)
    except OngeldigeInvoer as fout:
        raise click.UsageError(fout.melding) from fout
    regels, fouten = bewaar_koppen(db.session(), current_app.extensions["klok"].nu(), inst, waarheen)
    for regel in regels:
        click.echo(regel)
    if not waarheen:
        click.echo("Er is geen plek ingesteld (INSPECTIES_AUDIT_KOP_NAAR). Bewaar deze regels zelf.", err=True)
    for melding in fouten:
        click.echo(melding, err=True)
    sys.exit(1 if fouten else 0)
