"""``inspecties checklist``: check a form and evaluate answers, without database, secret or web framework."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from inspecties.checklists.rules.antwoorden import evalueer
from inspecties.checklists.rules.bouwen import Lezing
from inspecties.checklists.rules.dekking import bepaal_dekking
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.fouten import Formulierfout
from inspecties.core.fouten import OngeldigeInvoer

_PULLDATA = re.compile(rb"pulldata\s*\(\s*['\"]([\w.-]+)['\"]")
_BESTAND = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(name="checklist", help="Checklists (XLSForm) nakijken en uitproberen.", no_args_is_help=True)
def checklist() -> None:
    """The group; its commands need no application."""


@checklist.command(help="Kijkt een XLSForm na (.xlsx, .csv of .md). Noemt van elke fout het blad, de rij en de kolom.")
@click.argument("form", type=_BESTAND)
@click.option("--json", "als_json", is_flag=True, help="Schrijf een JSON-document.")
def controleer(form: Path, als_json: bool) -> None:
    """Exit code 0 when the form is good, 1 when it is not."""
    lezing, fouten = _lees(form)
    waarschuwingen = [m.als_dict() for m in lezing.waarschuwingen] if lezing else []
    if als_json:
        uit: dict[str, Any] = {"goed": lezing is not None, "fouten": fouten, "waarschuwingen": waarschuwingen}
        if lezing is not None:
            uit |= _kenmerken(lezing)
        _toon(uit)
    elif lezing is not None:
        for m in lezing.waarschuwingen:
            click.echo(f"Let op: {m}")
        k = _kenmerken(lezing)
        click.echo(f"Goed: {k['naam']} {k['versie']} met {k['vragen']} vragen, hash {k['hash'][:12]}.")
    if lezing is None:
        if not als_json:
            click.echo(f"{len(fouten)} fout{'en' if len(fouten) != 1 else ''} in {form.name}:", err=True)
            for fout in fouten:
                click.echo(f"- {fout['tekst']}", err=True)
        raise click.exceptions.Exit(1)


@checklist.command(
    name="evalueer",
    help="Rekent antwoorden door: welke vragen gelden, wat ontbreekt of niet klopt, en welke voorstellen volgen.",
)
@click.argument("form", type=_BESTAND)
@click.argument("antwoorden", type=_BESTAND)
@click.option("--nu", help="Moment van het bezoek met tijdzone, zoals 2026-11-21T18:00:00+01:00 (anders: nu).")
@click.option("--taal", default="nl", show_default=True, help="Taal van de meldingen uit het formulier.")
@click.option("--json", "als_json", is_flag=True, help="Schrijf een JSON-document.")
def evalueer_opdracht(form: Path, antwoorden: Path, nu: str | None, taal: str, als_json: bool) -> None:
    """Exit code 0 when the answers were evaluated, 1 when the form or the answers can not be used."""
    lezing, fouten = _lees(form)
    if lezing is None:
        _stop([str(fout["tekst"]) for fout in fouten], als_json)
    moment = nu or datetime.now(ZoneInfo("Europe/Amsterdam")).isoformat(timespec="seconds")
    try:
        gegevens = json.loads(antwoorden.read_text("utf-8"), parse_constant=_geen_getal)
    except UnicodeDecodeError:
        _stop([f"{antwoorden.name} is geen tekst in UTF-8."], als_json)
    except (ValueError, RecursionError) as fout:
        regel = f" (regel {fout.lineno})" if isinstance(fout, json.JSONDecodeError) else ""
        _stop([f"{antwoorden.name} is geen geldige JSON{regel}."], als_json)
    try:
        uit = evalueer(lezing.definitie, gegevens, {"nu": moment, "taal": taal})
    except OngeldigeInvoer as fout:
        _stop([fout.melding], als_json)
    except ValueError as fout:
        raise click.BadParameter(
            "gebruik een moment met tijdzone, zoals 2026-11-21T18:00:00+01:00", param_hint="--nu"
        ) from fout
    if als_json:
        _toon(uit)
    else:
        _vertel(uit)


@checklist.command(
    help="Zoekt uit welke vragen nooit gesteld worden en welke gevolgen nooit volgen, met voorbeelden en bewijs.",
)
@click.argument("form", type=_BESTAND)
@click.option("--json", "als_json", is_flag=True, help="Schrijf een JSON-document.")
def dekking(form: Path, als_json: bool) -> None:
    """Exit code 0 when everything was reached, 1 when something was not or the form can not be used."""
    lezing, fouten = _lees(form)
    if lezing is None:
        _stop([str(fout["tekst"]) for fout in fouten], als_json)
    gevonden = bepaal_dekking(lezing.definitie)
    uit = gevonden.als_dict()
    if als_json:
        _toon(uit)
    else:
        for soort in ("vragen", "gevolgen", "voorstellen", "keuzes"):
            for doel in uit[soort]:
                if doel["uitkomst"] != "bereikt":
                    click.echo(f"{soort}: {_doelzin(doel)}")
        for lijst in uit["ongebruikte_lijsten"]:
            click.echo(f"keuzelijst {lijst}: geen vraag gebruikt deze lijst")
        click.echo(f"{uit['bereikt']} bereikt, {uit['niet_gevonden']} niet gevonden, {uit['onmogelijk']} onmogelijk.")
    if uit["niet_gevonden"] or uit["onmogelijk"]:
        raise click.exceptions.Exit(1)


def _doelzin(doel: Mapping[str, Any]) -> str:
    namen = ", ".join(
        str(doel[sleutel]) for sleutel in ("vraag", "gevolgen", "gevolg", "grondslag", "keuze") if doel.get(sleutel)
    )
    redenen = " en ".join(
        f"{reden['tekst']} ({reden['van']}, kolom {reden['kolom']})" for reden in doel.get("redenen", [])
    )
    return f"{namen}: {doel['uitkomst'].replace('_', ' ')}{f', want nooit geldt {redenen}' if redenen else ''}"


def _geen_getal(naam: str) -> None:
    raise ValueError(naam)


def _lees(form: Path) -> tuple[Lezing | None, list[dict[str, Any]]]:
    """The form, or its faults; files for pulldata() are looked for beside it."""
    inhoud = form.read_bytes()
    bestanden: dict[str, bytes] = {}
    for naam in {m.decode() for m in _PULLDATA.findall(inhoud)} if form.suffix.lower() != ".xlsx" else _csv_naast(form):
        pad = form.parent / f"{naam}.csv"
        if pad.is_file() and pad != form:
            bestanden[naam] = pad.read_bytes()
    try:
        return lees_formulier(form.name, inhoud, bestanden), []
    except Formulierfout as fout:
        return None, [{**m.als_dict(), "tekst": str(m)} for m in fout.meldingen]


def _csv_naast(form: Path) -> set[str]:
    """A workbook is compressed: its expressions show only after reading, so every small CSV beside it is offered."""
    return {pad.stem for pad in form.parent.glob("*.csv") if pad.stat().st_size < 1_000_000}


def _kenmerken(lezing: Lezing) -> dict[str, Any]:
    d = lezing.definitie
    return {
        "naam": d["naam"],
        "versie": d["versie"],
        "hash": d["hash"],
        "talen": d["talen"],
        "vragen": _tel(d["kinderen"]),
    }


def _tel(nodes: list[dict[str, Any]]) -> int:
    return sum(1 if node["soort"] == "vraag" else _tel(node.get("kinderen", [])) for node in nodes)


def _toon(uit: Mapping[str, Any]) -> None:
    click.echo(json.dumps(uit, ensure_ascii=False, indent=2))


def _stop(meldingen: list[str], als_json: bool) -> NoReturn:
    """Exit code 1: nothing was evaluated."""
    if als_json:
        _toon({"fouten": meldingen})
    for melding in meldingen:
        click.echo(melding, err=True)
    raise click.exceptions.Exit(1)


def _vertel(uit: Mapping[str, Any]) -> None:
    leeg, ongeldig = uit["verplicht_leeg"], uit["ongeldig"]
    click.echo(f"Nog in te vullen: {', '.join(leeg) or 'niets'}.")
    for fout in ongeldig:
        click.echo(f"Klopt niet: {fout['vraag']}: {fout['melding']}")
    for voorstel in uit["voorstellen"]:
        artikel = f" ({voorstel['grondslag']})" if voorstel["grondslag"] else ""
        click.echo(f"Voorstel {voorstel['gevolg']}{artikel}: {', '.join(voorstel['vragen'])}")
    if not uit["voorstellen"]:
        click.echo("Geen voorstellen.")
