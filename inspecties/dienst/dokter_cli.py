"""Command ``inspecties doctor``."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import click

from inspecties.dienst import (
    dokter_regels,
    dokter_regels_gegevens,
    dokter_regels_lekken,
    dokter_regels_opslag,
    dokter_regels_resten,
)
from inspecties.dienst.dokter import Bevinding, Oordeel, onderzoek

__all__ = [
    "dokter_regels",
    "dokter_regels_gegevens",
    "dokter_regels_lekken",
    "dokter_regels_opslag",
    "dokter_regels_resten",
]

WOORD = {
    Oordeel.GOED: "in orde",
    Oordeel.LET_OP: "LET OP",
    Oordeel.FOUT: "NIET GOED",
    Oordeel.NIET_BEKEKEN: "niet bekeken",
}


def _toon(bevindingen: Sequence[Bevinding]) -> None:
    for b in bevindingen:
        click.echo(f"{WOORD[b.oordeel]:13} {b.naam}: {b.wat}")
        if b.oordeel in {Oordeel.FOUT, Oordeel.LET_OP}:
            click.echo(f"{'':13}   Waarom: {b.waarom}")
            click.echo(f"{'':13}   Doe dit: {b.herstel}")
    telling = Counter(b.oordeel for b in bevindingen)
    click.echo(
        f"\n{telling[Oordeel.FOUT]} niet goed, {telling[Oordeel.LET_OP]} om op te letten, "
        f"{telling[Oordeel.GOED]} in orde, {telling[Oordeel.NIET_BEKEKEN]} niet bekeken."
    )


def _kijk(*, grondig: bool, net: bool) -> list[Bevinding]:
    from inspecties.dienst.dokter_feiten import verzamel  # help needs none of it
    from inspecties.dienst.toepassing import open_toepassing
    from inspecties.instellingen import InstellingFout

    try:
        with open_toepassing() as app:
            return onderzoek(verzamel(app, grondig=grondig, net=net))
    except InstellingFout as fout:
        waarom = "Met verkeerde instellingen start de dienst niet."
        herstel = "inspecties instellingen toont ze alle met uitleg."
        return [Bevinding("instellingen", "Instellingen", Oordeel.FOUT, str(fout), waarom, herstel)]


@click.command(
    help="Kijk of deze installatie veilig is ingericht: wat in orde is, wat niet, en wat u doet. "
    "Eindigt met 1 als iets niet goed is. Verandert niets."
)
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
@click.option("--grondig", is_flag=True, help="Lees ook de hele backup en het hele auditlogboek na (kan lang duren).")
@click.option("--net", is_flag=True, help="Bezoek ook INSPECTIES_BASISADRES: certificaat, TLS, HSTS en klok.")
def doctor(als_json: bool, grondig: bool, net: bool) -> None:
    bevindingen = _kijk(grondig=grondig, net=net)
    fouten = sum(b.oordeel is Oordeel.FOUT for b in bevindingen)
    if als_json:
        uit = {
            "in_orde": fouten == 0,
            "niet_goed": fouten,
            "let_op": sum(b.oordeel is Oordeel.LET_OP for b in bevindingen),
            "controles": [asdict(b) for b in bevindingen],
        }
        click.echo(json.dumps(uit, ensure_ascii=False, indent=1))
    else:
        _toon(bevindingen)
    sys.exit(1 if fouten else 0)
