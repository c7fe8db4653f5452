"""Commands ``serve`` and ``instellingen``."""

import dataclasses
import json
from importlib.metadata import version
from typing import Any

import click

from inspecties.instellingen import Instellingen


@click.command(help="Start de dienst. Werkt eerst de database bij.")
@click.option("--demo", is_flag=True, default=None, help="Laad eenmalig de demogemeente Markerwaard.")
@click.option("--ontwikkel", is_flag=True, help="Ontwikkelserver die zichzelf herlaadt.")
@click.option("--port", "poort", default=8000, show_default=True, help="Poort.")
@click.option("--host", default=None, help="Adres om op te luisteren; in de demo altijd 127.0.0.1.")
@click.option("--werkers", default=1, show_default=True, help="Aantal serverprocessen (meer dan 1 alleen met PostGIS).")
def serve(demo: bool | None, ontwikkel: bool, poort: int, host: str | None, werkers: int) -> None:
    from inspecties import create_app  # commands that need no database must not load it
    from inspecties.dienst.server import draai
    from inspecties.dienst.slot import dienst_draait
    from inspecties.dienst.taken import noteer_start
    from inspecties.dienst.toepassing import lees_met_demo
    from inspecties.dienst.voorbereiding import VoorbereidingMislukt, bereid_voor

    inst = lees_met_demo(demo=demo)
    app = create_app(inst)
    with dienst_draait(inst.data):
        try:
            wachtwoord = bereid_voor(app)
        except VoorbereidingMislukt:
            raise click.ClickException("De database kon niet worden bijgewerkt; de fout staat hierboven.") from None
        if inst.demo:
            _toon_demo(poort, wachtwoord)
        adres = host or "127.0.0.1"
        if ontwikkel:
            app.run(adres, poort, debug=False, use_reloader=True)
            return
        noteer_start(inst.data, werkers, adres, version("inspecties"))
        draai(app, adres, poort, werkers)


def _toon_demo(poort: int, wachtwoord: str) -> None:
    from inspecties.demo.accounts import ACCOUNTS

    click.echo(f"\nInspecties (demo) staat op http://localhost:{poort}/\n")
    click.echo("Demo-accounts, allemaal met wachtwoord:  " + (wachtwoord or "(zoals bij de eerste start getoond)"))
    for account in ACCOUNTS:
        click.echo(f"  {account.email:45} {account.rol.value}")
    click.echo("", nl=True)


@click.command(help="Toon alle instellingen met uitleg en de waarde die nu geldt.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def instellingen(als_json: bool) -> None:
    from inspecties.dienst.toepassing import lees_met_demo

    inst = lees_met_demo()
    rijen: list[dict[str, Any]] = []
    for veld in dataclasses.fields(Instellingen):
        waarde = getattr(inst, veld.name)
        geheim = veld.metadata["geheim"] and bool(waarde)
        rijen.append(
            {
                "naam": f"INSPECTIES_{veld.name.upper()}",
                "waarde": "(ingesteld)" if geheim else str(waarde),
                "uitleg": veld.metadata["uitleg"],
            }
        )
    if als_json:
        click.echo(json.dumps(rijen, ensure_ascii=False))
        return
    for rij in rijen:
        click.echo(f"{rij['naam']:32} {rij['waarde']:28} {rij['uitleg']}")
