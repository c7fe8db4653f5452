"""What ``inspecties import`` and ``inspecties export`` do with locations and permits."""

import json
from dataclasses import replace
from datetime import datetime

import click
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.locaties import importeren_proef, kolomkeuze, uitvoer
from inspecties.locaties.cli_opdracht import Inleesopdracht, Uitvoeropdracht
from inspecties.locaties.rules.importrij_kolommen import Leeswijze
from inspecties.locaties.rules.verslag import Importverslag

_GETOOND = 100


def lees_in(sessie: Session, actor: Actor, nu: datetime, opdracht: Inleesopdracht) -> int:
    """Read a file and store it; 1 where a row is wrong. Raises OngeldigeInvoer for a file that cannot be read."""
    if opdracht.bijwerken and opdracht.soort != "locaties":
        raise OngeldigeInvoer("--bijwerken kan alleen bij --soort locaties.")
    # Checking a large file takes a while; meanwhile others can go on writing.
    sessie.rollback()
    sessie.connection(execution_options={ALLEEN_LEZEN: True})
    naam, inhoud = opdracht.bestand.name, opdracht.bestand.read_bytes()
    wijze = _wijze(sessie, actor, opdracht)
    beoordeling = importeren_proef.beoordeel(sessie, actor, nu, naam, inhoud, wijze)
    sessie.rollback()
    verslag = beoordeling.verslag
    if not opdracht.droog:
        importeren_proef.sla_op(sessie, actor, nu, beoordeling)
        sessie.commit()
    if opdracht.als_json:
        click.echo(json.dumps(verslag.als_json(), ensure_ascii=False))
    else:
        _toon(verslag, droog=opdracht.droog)
    return 1 if verslag.foute_rijen else 0


def _wijze(sessie: Session, actor: Actor, opdracht: Inleesopdracht) -> Leeswijze:
    wijze = Leeswijze(opdracht.soort, opdracht.deel, opdracht.bijwerken, opdracht.bron)
    if not opdracht.bron:
        return wijze
    keuze = kolomkeuze.zoek_keuze(sessie, actor, opdracht.soort, opdracht.bron, ())
    if keuze is None:
        raise OngeldigeInvoer(
            f"Van de bron '{opdracht.bron}' is niet bekend wat de kolommen betekenen. Lees er eerst in de app een in."
        )
    return replace(wijze, bron=keuze.bron, toewijzing=keuze.toewijzing, onthouden_op=lokale_datum(keuze.gewijzigd_op))


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
    for w in verslag.wijzigingen[:_GETOOND]:
        wat = "; ".join(f"{veld}: {oud} -> {nieuw}" for veld, (oud, nieuw) in w.velden.items())
        click.echo(f"rij {w.rij}: {w.naam} wijzigt: {wat}")
    if verslag.bijwerken:
        click.echo(f"{verslag.aantal_bijgewerkt} bij te werken, {verslag.aantal_gelijk} al gelijk.")
    if verslag.opgeslagen:
        click.echo(f"{verslag.goed} {verslag.soort} toegevoegd.")
        if verslag.bijwerken:
            click.echo(f"{verslag.aantal_bijgewerkt} {verslag.soort} bijgewerkt.")
    elif droog:
        click.echo("Er is niets opgeslagen (--droog).")
    elif verslag.foute_rijen and not verslag.deel:
        click.echo("Er is niets opgeslagen. Herstel de fouten, of gebruik --deel voor de goede regels.")
    else:
        click.echo("Er was niets om op te slaan.")


def voer_uit(sessie: Session, actor: Actor, nu: datetime, opdracht: Uitvoeropdracht) -> int:
    """Write the file; gives the number of rows."""
    # Beside it first: what stood there under this name stays until the new file is whole.
    half = opdracht.uit.with_name(f"{opdracht.uit.name}.half")
    half.unlink(missing_ok=True)
    try:
        aantal = uitvoer.exporteer(sessie, actor, nu, opdracht.formaat, opdracht.filter, half, opdracht.soort)
        sessie.commit()
        half.replace(opdracht.uit)
    finally:
        half.unlink(missing_ok=True)
    return aantal
