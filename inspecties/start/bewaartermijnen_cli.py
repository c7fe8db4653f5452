"""Command ``inspecties bewaartermijnen``: destroy what is over its term, of every gemeente. Meant to run once a day."""

import json
from typing import Any

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.bewaren import ruim_na, vernietig
from inspecties.core.actor import systeem
from inspecties.core.klok import Klok
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gemeente
from inspecties.start.bewaarsoorten import BEWAARSOORTEN


def _voer_uit(sessie: Session, klok: Klok, *, droog: bool) -> tuple[list[dict[str, Any]], set[str]]:
    """Per gemeente and kind what went (or would go), and the tables that lost rows. One transaction per gemeente."""
    regels: list[dict[str, Any]] = []
    tabellen: set[str] = set()
    gemeenten = [(g.id, g.naam) for g in sessie.scalars(select(Gemeente).order_by(Gemeente.naam))]
    sessie.rollback()
    for gemeente_id, naam in gemeenten:
        actor, nu = systeem(gemeente_id), klok.nu()
        daarna = []
        for soort in BEWAARSOORTEN:
            for vondst in soort.zoek(sessie, actor, nu):
                if not vondst.rijen:
                    continue
                regels.append(
                    {"gemeente": naam, "soort": vondst.soort, "regel": vondst.regel, "aantal": len(vondst.rijen)}
                )
                if not droog:
                    vernietig(sessie, actor, nu, vondst)
                    tabellen.add(vondst.model.__tablename__)
                    daarna += [vondst.na] if vondst.na is not None else []
        if droog:
            sessie.rollback()
        else:
            sessie.commit()
            # A file without a row is harmless; a row without its file is not.
            for na in daarna:
                na()
    return regels, tabellen


@click.command(help="Vernietig wat zijn bewaartermijn voorbij is, met bewijs. Twee keer draaien kan geen kwaad.")
@click.option("--droog", is_flag=True, help="Zeg alleen wat er weg zou gaan; verander niets.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def bewaartermijnen(*, droog: bool, als_json: bool) -> None:
    sessie = db.session()
    regels, tabellen = _voer_uit(sessie, current_app.extensions["klok"], droog=droog)
    if tabellen:
        ruim_na(sessie, sorted(tabellen))
    if als_json:
        click.echo(json.dumps({"droog": droog, "vernietigd": regels}, ensure_ascii=False))
        return
    for r in regels:
        woord = "zou weggaan" if droog else "vernietigd"
        click.echo(f"{r['gemeente']}: {r['soort']}, {r['aantal']} {woord} (termijn {r['regel']})")
    if not regels:
        click.echo("Er is niets dat zijn bewaartermijn voorbij is.")
