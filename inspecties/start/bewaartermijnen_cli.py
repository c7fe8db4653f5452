"""Command ``inspecties bewaartermijnen``: destroy what is over its term, of every gemeente. Meant to run once a day."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.bewaren import ruim_na
from inspecties.audit.klokwacht import keur_klok, laatste_moment
from inspecties.core.actor import systeem
from inspecties.core.klok import Klok
from inspecties.core.opslag import Opslag
from inspecties.database import bind_actor, zonder_actor
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gemeente
from inspecties.start.bewaar_uitvoeren import Plaats, Verslag, rond_af, vernietig_alles

BACKUPS = "Een backup van voor vandaag bevat deze gegevens nog. Na terugzetten gaan ze vanzelf weer weg."


def _plaatsen(sessie: Session) -> list[tuple[int, str, Plaats]]:
    inst = current_app.extensions["instellingen"]
    zonder_actor(sessie, "the terms of every gemeente are carried out, one by one")
    rijen = sessie.execute(select(Gemeente.id, Gemeente.naam, Gemeente.uid).order_by(Gemeente.naam)).all()
    sessie.rollback()
    return [(rij[0], rij[1], Plaats(Opslag(inst.opslagmap), inst.data, rij[2])) for rij in rijen]


def _meld_voor(meld: Callable[[str], None], naam: str, wat: str) -> None:
    meld(f"{naam}: {wat}")


def voer_uit(
    sessie: Session, klok: Klok, meld: Callable[[str], None], *, droog: bool
) -> tuple[dict[str, Verslag], set[str]]:
    """Per gemeente what went (or would go), and the tables that lost rows. One transaction per gemeente.

    A dry run does the same and takes it back: what goes because something else goes is then counted too.
    """
    uit: dict[str, Verslag] = {}
    tabellen: set[str] = set()
    for gemeente_id, naam, plaats in _plaatsen(sessie):
        actor = systeem(gemeente_id)
        bind_actor(sessie, actor)
        try:
            verslag = vernietig_alles(sessie, actor, klok.nu(), plaats, partial(_meld_voor, meld, naam))
            if droog:
                sessie.rollback()
            else:
                sessie.commit()
                verslag.bestanden = rond_af(sessie, actor, plaats)
                tabellen |= verslag.tabellen
        finally:
            sessie.rollback()
            zonder_actor(sessie, "on to the next gemeente")
        uit[naam] = verslag
    return uit, tabellen


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
    sessie = db.session()
    if not droog and not klok_klopt:
        laatste = laatste_moment(sessie)
        sessie.rollback()
        keur_klok(laatste, current_app.extensions["klok"].nu())
    per_gemeente, tabellen = voer_uit(sessie, current_app.extensions["klok"], _voortgang(), droog=droog)
    if tabellen:
        ruim_na(sessie, sorted(tabellen))
    if als_json:
        click.echo(json.dumps(als_document(per_gemeente, droog=droog), ensure_ascii=False))
        return
    woord = "zou weggaan" if droog else "vernietigd"
    for naam, verslag in per_gemeente.items():
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
    if not any(v.weg for v in per_gemeente.values()):
        click.echo("Er is niets dat zijn bewaartermijn voorbij is.")
    elif not droog:
        click.echo(BACKUPS)


def als_document(per_gemeente: dict[str, Verslag], *, droog: bool) -> dict[str, Any]:
    """The outcome as one document."""
    return {
        "droog": droog,
        "vernietigd": [{"gemeente": g} | asdict(r) for g, verslag in per_gemeente.items() for r in verslag.weg],
        "blijft": [{"gemeente": g} | asdict(r) for g, verslag in per_gemeente.items() for r in verslag.vast],
    }
