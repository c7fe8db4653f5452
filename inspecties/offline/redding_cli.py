"""Command ``inspecties redding``: read the rescue copy of a tablet that cannot send any more.

Only here and not on a page: the private recovery key must never be uploaded to a web server.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import IO, cast

import click
from flask import current_app

from inspecties.core.klok import Klok
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database.basis import db
from inspecties.gebruikers.herstelsleutel import laad_prive
from inspecties.instellingen import Instellingen, opslag_van
from inspecties.offline.redding import open_reddingskopie
from inspecties.offline.redding_inname import APART, NIET, NIEUW, WAS_ER_AL, Redding, Verslag, zoek_actor

BESTAND = click.Path(exists=True, dir_okay=False, path_type=Path)
SOORTEN = {
    "antwoord": ("antwoord", "antwoorden"),
    "foto": ("foto", "foto's"),
    "stop": ("stand van een stop", "standen van stops"),
    "signaal": ("signaal", "signalen"),
    "bestand": ("regel van het bestand", "regels van het bestand"),
}
UITKOMSTEN = {
    NIEUW: "ingelezen",
    WAS_ER_AL: "al op de server",
    APART: "apart gezet voor de coördinator",
    NIET: "niet ingelezen",
}


@click.group(help="Lees een reddingskopie van een tablet in.")
def redding() -> None:
    """Group of rescue commands."""


def _wachtzin(pem: bytes, bestand: IO[bytes] | None, wachtzin: str | None) -> bytes:
    if bestand is not None:
        return bytes(bestand.read()).rstrip(b"\r\n")
    if wachtzin is not None:
        return wachtzin.encode()
    if pem.lstrip().startswith(b"{"):
        # The demo's key is not encrypted; asking for a passphrase would suggest that it is.
        return b""
    return str(click.prompt("Wachtzin van de herstelsleutel", hide_input=True, err=True)).encode()


@redding.command(help="Lees het bestand KOPIE in. Twee keer inlezen kan geen kwaad. Eindigt met 1 als iets niet kon.")
@click.argument("kopie", type=BESTAND)
@click.option("--sleutel", type=BESTAND, required=True, help="Het geheime deel van de herstelsleutel.")
@click.option("--wachtzin-bestand", type=click.File("rb"), help="Lees de wachtzin uit dit bestand (- is invoer).")
@click.option("--wachtzin", envvar="HERSTEL_WACHTZIN", hidden=True)
@click.option("--droog", is_flag=True, help="Zeg alleen wat er zou gebeuren; verander niets.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def lees(
    kopie: Path, sleutel: Path, wachtzin_bestand: IO[bytes] | None, wachtzin: str | None, droog: bool, als_json: bool
) -> None:
    pem = sleutel.read_bytes()
    prive = laad_prive(pem, _wachtzin(pem, wachtzin_bestand, wachtzin))
    inhoud = open_reddingskopie(kopie, prive)
    nu = cast("Klok", current_app.extensions["klok"]).nu()
    inst = cast("Instellingen", current_app.extensions["instellingen"])
    bos = cast("Sleutelbos", current_app.extensions["sleutelbos"])
    sessie = db.session()
    actor = zoek_actor(sessie, inhoud.gebruiker, nu)
    with kopie.open("rb") as bestand:
        sha256 = hashlib.file_digest(bestand, "sha256").hexdigest()
    inname = Redding(sessie, actor, nu, opslag_van(inst), bos, inst.upload_max_mb * 1024 * 1024, droog)
    verslag = inname.lees(kopie, inhoud, sha256)
    if als_json:
        click.echo(json.dumps(verslag.als_json(), ensure_ascii=False))
    else:
        _vertel(verslag)
    if verslag.volledig is False or any(r.uitkomst == NIET for r in verslag.regels):
        sys.exit(1)


def _vertel(verslag: Verslag) -> None:
    click.echo(f"Reddingskopie van {verslag.gebruiker}, gemaakt op {verslag.gemaakt_op[:16].replace('T', ' ')} (UTC).")
    if verslag.droog:
        click.echo("Dit is een proef: er verandert niets.")
    if verslag.volledig is None:
        click.echo("Aan dit bestand is niet te zien of het volledig is.")
    elif not verslag.volledig:
        click.echo(
            "Let op: dit bestand is afgebroken. Wat erin staat wordt ingelezen; maak zo mogelijk een nieuwe kopie."
        )
    for soort, telling in verslag.tellingen().items():
        for uitkomst, aantal in telling.items():
            een, meer = SOORTEN.get(soort, (soort, soort))
            zou = " (zou gebeuren)" if verslag.droog and uitkomst in (NIEUW, APART) else ""
            click.echo(f"{aantal} {een if aantal == 1 else meer}: {UITKOMSTEN[uitkomst]}{zou}")
    if not verslag.regels:
        click.echo("Er staat niets in om in te lezen.")
    for r in verslag.regels:
        if r.uitkomst in (APART, NIET):
            waar = f" van bezoek {r.bezoek_id}" if r.bezoek_id else ""
            click.echo(f"- {SOORTEN.get(r.soort, (r.soort,))[0]} {r.id}{waar}: {UITKOMSTEN[r.uitkomst]}. {r.uitleg}")
    if any(r.uitkomst == APART for r in verslag.regels):
        click.echo("De coördinator beoordeelt wat apart staat bij het bezoek.")
