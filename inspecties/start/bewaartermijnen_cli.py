"""Command ``inspecties bewaartermijnen``: destroy what is over its term, of every gemeente. Meant to run once a day."""

import json
import logging
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.bewaren import ruim_na
from inspecties.audit.klokwacht import GEDRAAID, keur
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import systeem
from inspecties.core.fouten import InspectiesFout
from inspecties.database import bind_actor, zonder_actor
from inspecties.database.basis import db
from inspecties.database.momentopname import momentopname
from inspecties.gebruikers.models import Gemeente
from inspecties.instellingen import opslag_van
from inspecties.start.bewaar_bestanden import oude_databases
from inspecties.start.bewaar_beurt import alleen_wij
from inspecties.start.bewaar_droog import voorspel
from inspecties.start.bewaar_uitvoeren import vernietig_alles
from inspecties.start.bewaar_verslag import Plaats, Verslag
from inspecties.start.bewaarbewijzen import vernietigd_sinds_run

log = logging.getLogger(__name__)
BACKUPS = "Een backup van voor vandaag bevat deze gegevens nog. Na terugzetten gaan ze vanzelf weer weg."


def _plaatsen(oud: tuple[Path, ...]) -> list[tuple[int, str, Plaats]]:
    inst = current_app.extensions["instellingen"]
    dagen = timedelta(days=inst.toestel_bewaardagen)
    with momentopname(db.engine, waarom="the terms of every gemeente are carried out, one by one") as beeld:
        rijen = beeld.execute(select(Gemeente.id, Gemeente.naam, Gemeente.uid).order_by(Gemeente.naam)).all()
    return [(rij[0], rij[1], Plaats(opslag_van(inst), inst.data, rij[2], dagen, oud)) for rij in rijen]


def _meld_voor(meld: Callable[[str], None], naam: str, wat: str) -> None:
    meld(f"{naam}: {wat}")


@dataclass
class Uitkomst:
    """Per gemeente what went (or would go), the tables that lost rows, and on what a gemeente failed."""

    per_gemeente: dict[str, Verslag] = field(default_factory=dict)
    tabellen: set[str] = field(default_factory=set)
    mislukt: dict[str, str] = field(default_factory=dict)


def voer_uit(sessie: Session, nu: datetime, meld: Callable[[str], None], *, droog: bool) -> Uitkomst:
    """Every gemeente by itself: one that fails keeps no other from its terms."""
    uit = Uitkomst()
    oud = tuple(oude_databases(current_app.extensions["instellingen"], nu))
    for gemeente_id, naam, plaats in _plaatsen(oud):
        actor = systeem(gemeente_id)
        bind_actor(sessie, actor)
        voortgang = partial(_meld_voor, meld, naam)
        try:
            if droog:
                verslag = voorspel(db.engine, actor, nu, plaats, voortgang)
            else:
                # What a run that was killed destroyed still lies in the files of the database.
                uit.tabellen |= vernietigd_sinds_run(sessie, actor)
                verslag = vernietig_alles(sessie, actor, nu, plaats, voortgang)
                uit.tabellen |= verslag.tabellen
                leg_vast(sessie, actor, nu, GEDRAAID, "gemeente", plaats.gemeente_uid)
                sessie.commit()
            uit.per_gemeente[naam] = verslag
        except Exception as fout:  # noqa: BLE001 - whatever it is, the other gemeenten have their terms
            # The kind only: what an error of the database says holds the values of the row.
            uit.mislukt[naam] = fout.melding if isinstance(fout, InspectiesFout) else type(fout).__name__
            log.error("bewaartermijnen_mislukt: %s", type(fout).__name__)
        finally:
            sessie.rollback()
            zonder_actor(sessie, "on to the next gemeente")
    if not droog and uit.per_gemeente and not uit.mislukt:
        for pad in oud:
            pad.unlink(missing_ok=True)
    return uit


def _voortgang() -> Callable[[str], None]:
    """Says what it is doing, on stderr, once that takes more than a second."""
    laatste = time.monotonic()

    def meld(wat: str) -> None:
        nonlocal laatste
        if time.monotonic() - laatste > 1:
            laatste = time.monotonic()
            click.echo(wat, err=True)

    return meld


@click.command(help="Vernietig wat zijn bewaartermijn voorbij is, met bewijs. Twee keer draaien kan geen kwaad.")
@click.option("--droog", is_flag=True, help="Zeg alleen wat er weg zou gaan; verander niets.")
@click.option("--klok-klopt", is_flag=True, help="U hebt de klok van de server nagekeken; ga door.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def bewaartermijnen(*, droog: bool, klok_klopt: bool, als_json: bool) -> None:
    sessie, nu = db.session(), current_app.extensions["klok"].nu()
    if not droog and not klok_klopt:
        with momentopname(db.engine, waarom="the clock is held against the log of every gemeente") as beeld:
            keur(beeld, nu)
    data = current_app.extensions["instellingen"].data
    with nullcontext() if droog else alleen_wij(data):
        uit = voer_uit(sessie, nu, _voortgang(), droog=droog)
        if uit.tabellen:
            ruim_na(sessie, sorted(uit.tabellen))
    if als_json:
        click.echo(json.dumps(als_document(uit, droog=droog), ensure_ascii=False))
    else:
        _toon(uit, droog=droog)
    for naam, waarop in uit.mislukt.items():
        click.echo(f"{naam}: mislukt ({waarop}). Draai opnieuw als dat is verholpen.", err=True)
    if uit.mislukt:
        sys.exit(1)


def _toon(uit: Uitkomst, *, droog: bool) -> None:
    woord = "zou weggaan" if droog else "vernietigd"
    for naam, verslag in uit.per_gemeente.items():
        for r in verslag.weg:
            click.echo(f"{naam}: {r.soort}, {r.aantal} {woord} (termijn {r.regel})")
        for v in verslag.vast:
            click.echo(f"{naam}: {v.soort}, {v.aantal} over de termijn maar blijft: {v.reden}")
        if verslag.bestanden:
            click.echo(f"{naam}: {verslag.bestanden} bestanden vernietigd")
        if verslag.beperkt:
            click.echo(f"{naam}: {verslag.beperkt} politiegegevens zijn nu alleen met een reden te lezen")
        if verslag.opnieuw:
            click.echo(f"{naam}: {verslag.opnieuw} rijen kwamen terug uit een backup en zijn weer vernietigd")
    if not any(v.weg for v in uit.per_gemeente.values()):
        click.echo("Er is niets dat zijn bewaartermijn voorbij is.")
    elif not droog:
        click.echo(BACKUPS)


def als_document(uit: Uitkomst, *, droog: bool) -> dict[str, Any]:
    """The outcome as one document."""
    return {
        "droog": droog,
        "mislukt": sorted(uit.mislukt),
        "vernietigd": [{"gemeente": g} | asdict(r) for g, verslag in uit.per_gemeente.items() for r in verslag.weg],
        "blijft": [{"gemeente": g} | asdict(r) for g, verslag in uit.per_gemeente.items() for r in verslag.vast],
    }
