"""``inspecties termijn``: one term, computed without database, secret or web framework."""

import json
import sys

import click


@click.command(
    help=(
        "Bereken wanneer een termijn eindigt en welk artikel dat bepaalt. De start is de dag van de gebeurtenis; "
        "die telt niet mee, tenzij met --inclusief."
    )
)
@click.option("--start", metavar="DATUM", help="Dag van de gebeurtenis, zoals 2026-12-18; bij uren 2026-12-18T14:30.")
@click.option("--duur", metavar="DUUR", help="Getal met u (uren), d (dagen), w (weken), m (maanden) of j (jaren): 6w.")
@click.option("--soort", metavar="SOORT", help="wettelijk (standaard) of bestuurlijk (bij besluit gesteld).")
@click.option("--naam", metavar="CODE", help="Een termijn uit de lijst, zoals bezwaar; zie --lijst.")
@click.option("--inclusief", is_flag=True, help="De startdag telt mee als eerste dag.")
@click.option("--terug", is_flag=True, help="Reken terug vanaf de start.")
@click.option("--lijst", is_flag=True, help="Toon de termijnen met een naam, hun artikel, bron en status.")
@click.option("--json", "als_json", is_flag=True, help="Schrijf een JSON-document.")
@click.help_option("-h", "--help", help="Toon deze uitleg.")
def termijn(
    start: str | None,
    duur: str | None,
    soort: str | None,
    naam: str | None,
    inclusief: bool,
    terug: bool,
    lijst: bool,
    als_json: bool,
) -> None:
    """Exit code 0 with the term, 2 with a Dutch message when it can not be computed."""
    # Help appears without loading the engine.
    from inspecties.core.fouten import OngeldigeInvoer
    from inspecties.termijnen.antwoord import bereken_vraag, lijst_van_termijnen, vertel

    try:
        if lijst:
            click.echo(lijst_van_termijnen(als_json))
            return
        uit, regel = bereken_vraag(start, duur, soort, naam, inclusief=inclusief, terug=terug)
    except OngeldigeInvoer as fout:
        click.echo(fout.melding, err=True)
        sys.exit(2)
    click.echo(json.dumps(uit.naar_json(), ensure_ascii=False) if als_json else vertel(uit))
    let_op = list(uit.waarschuwingen)
    if regel is not None and regel.status.value != "bevestigd":
        let_op.append(f"{regel.artikel} is nog te bevestigen: zoek het na.")
    for melding in let_op:
        click.echo(f"Let op: {melding}", err=True)
