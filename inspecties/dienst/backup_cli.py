"""Commands ``inspecties backup`` and ``inspecties herstel``."""

import dataclasses
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

JSON = click.option("--json", "als_json", is_flag=True, help="Als een JSON-document op stdout.")
NIET_ERIN = (
    "Niet in de backup: INSPECTIES_SECRET_KEY, INSPECTIES_VELDSLEUTELS, andere instellingen en de herstelsleutel van "
    "de organisatie. Bewaar die apart: zonder deze sleutels zijn versleutelde velden niet te lezen."
)


def _meld(tekst: str) -> None:
    click.echo(tekst, err=True)


def _toon_json(inhoud: dict[str, Any]) -> None:
    click.echo(json.dumps(inhoud, ensure_ascii=False, indent=1))


@click.command(
    help="Maak een backup van database, foto's en stukken in een nieuwe map in DIR, ook terwijl de dienst draait.\n\n"
    + NIET_ERIN
)
@click.argument("dir_", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--houd", type=click.IntRange(min=1), help="Houd de nieuwste N backups; oudere gaan weg.", metavar="N")
@click.option("--controleer", "alleen_controleren", is_flag=True, help="Maak niets; controleer de backup in DIR.")
@JSON
def backup(dir_: Path, houd: int | None, alleen_controleren: bool, als_json: bool) -> None:
    if alleen_controleren:
        if houd:
            raise click.UsageError("--houd kan niet samen met --controleer.")
        _controleer(dir_, als_json=als_json)
        return
    from inspecties.dienst.backup.bewijzen import neem_bewijzen_mee  # help needs none of it
    from inspecties.dienst.backup.generaties import alleen, ruim_op
    from inspecties.dienst.backup.maken import maak_backup
    from inspecties.dienst.backup.manifest import lees
    from inspecties.dienst.backup.vastlegging import leg_backup_vast
    from inspecties.dienst.toepassing import open_toepassing

    with open_toepassing() as app:
        inst, bos, klok = (app.extensions[n] for n in ("instellingen", "sleutelbos", "klok"))
        map_ = maak_backup(inst, bos, klok.nu(), dir_, _meld)
        manifest = lees(map_)
        leg_backup_vast(klok.nu(), map_.name, manifest)
        neem_bewijzen_mee(inst.data, dir_)
        weg: list[str] = []
        if houd:
            with alleen(dir_):
                weg = ruim_op(dir_, houd)
    if als_json:
        _toon_json(
            {
                "backup": str(map_),
                "moment": manifest.moment,
                "bestanden": len(manifest.bestanden),
                "rijen": sum(manifest.tellingen.values()),
                "bytes": manifest.grootte,
                "ontbreekt": list(manifest.ontbreekt),
                "verwijderd": weg,
            }
        )
    else:
        click.echo(
            f"Backup {map_} is klaar: {sum(manifest.tellingen.values())} rijen, {len(manifest.bestanden)} bestanden, "
            f"{manifest.grootte / 1e6:.1f} MB."
        )
        if weg:
            click.echo(f"Oude backups verwijderd: {', '.join(weg)}")
        click.echo(NIET_ERIN)
    for pad in manifest.ontbreekt:
        _meld(f"De database noemt een bestand dat niet heel in de opslag staat: {pad}")
    if manifest.ontbreekt:
        raise SystemExit(1)


def _controleer(dir_: Path, *, als_json: bool) -> None:
    from inspecties.core.sleutelbos import lees_sleutelbos
    from inspecties.dienst.backup.controleren import controleer
    from inspecties.dienst.backup.fouten import BackupNietHeel
    from inspecties.dienst.backup.generaties import kies
    from inspecties.dienst.toepassing import lees_met_demo
    from inspecties.fabriek import demo_geheim
    from inspecties.instellingen import InstellingFout

    map_ = kies(dir_)
    try:
        inst = lees_met_demo()
        geheim = inst.secret_key or (demo_geheim(inst.data) if (inst.data / "demo-geheim").exists() else "")
        bos = lees_sleutelbos(inst.veldsleutels, geheim) if geheim else None
    except InstellingFout:
        # On a machine that only keeps backups. The hashes tell; who may write there could change them along.
        bos = None
    try:
        manifest = controleer(map_, bos, _meld)
    except BackupNietHeel as fout:
        if als_json:
            _toon_json({"backup": str(map_), "heel": False, "fouten": fout.fouten})
            raise SystemExit(1) from None
        raise
    uren = (datetime.now(UTC) - datetime.fromisoformat(manifest.moment)).total_seconds() / 3600
    if als_json:
        _toon_json(
            {
                "backup": str(map_),
                "heel": True,
                "moment": manifest.moment,
                "uren_oud": round(uren, 1),
                "bestanden": len(manifest.bestanden),
                "rijen": sum(manifest.tellingen.values()),
                "bytes": manifest.grootte,
                "ontbreekt": list(manifest.ontbreekt),
            }
        )
    else:
        click.echo(
            f"Backup {map_} is heel: {sum(manifest.tellingen.values())} rijen, {len(manifest.bestanden)} bestanden, "
            f"{uren:.0f} uur oud."
        )
    if manifest.ontbreekt:
        _meld(f"Bij het maken ontbraken al {len(manifest.ontbreekt)} bestanden in de opslag.")


@click.command(
    help="Zet een backup terug. DIR is een backup, of een map met backups: dan de nieuwste. Stop eerst de dienst.\n\n"
    "Tablets sturen daarna vanzelf opnieuw wat ze nog hebben. " + NIET_ERIN
)
@click.argument("dir_", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--overschrijf", is_flag=True, help="Ook als de database niet leeg is; wat er stond wordt bewaard.")
@JSON
def herstel(dir_: Path, overschrijf: bool, als_json: bool) -> None:
    from inspecties.audit.bewijsbestand import MAP as BEWIJZEN
    from inspecties.core.klok import SysteemKlok
    from inspecties.core.sleutelbos import lees_sleutelbos
    from inspecties.dienst.backup.generaties import kies
    from inspecties.dienst.backup.herstellen import herstel as zet_terug
    from inspecties.dienst.backup.vastlegging import zet_demobestanden
    from inspecties.dienst.toepassing import lees_met_demo
    from inspecties.fabriek import demo_geheim

    map_ = kies(dir_)
    zet_demobestanden(map_, Path(os.environ.get("INSPECTIES_DATA") or "data"))
    inst = lees_met_demo()
    bos = lees_sleutelbos(inst.veldsleutels, inst.secret_key or demo_geheim(inst.data))
    uit = zet_terug(inst, bos, SysteemKlok(), map_, _meld, overschrijf=overschrijf)
    if als_json:
        _toon_json(dataclasses.asdict(uit))
    else:
        click.echo(
            f"Backup {map_} is teruggezet: {uit.rijen} rijen en {uit.bestanden} bestanden, "
            f"waarvan {uit.nieuw_in_opslag} niet meer in de opslag stonden."
        )
        if uit.oude_database:
            click.echo(f"Wat er stond is bewaard: {uit.oude_database}. Verwijder dat als alles goed is.")
        click.echo(
            f"Nieuw tijdperk {uit.epoch}: tablets sturen opnieuw wat ze nog hebben. Iedereen meldt zich opnieuw aan."
        )
        click.echo("Doe dit nu nog:")
        if uit.opnieuw_vernietigd:
            click.echo(
                f"{uit.opnieuw_vernietigd} rijen die na de backup waren vernietigd, zijn meteen weer vernietigd. "
                "Hun bestanden haalt inspecties bewaartermijnen weg."
            )
        if not (inst.data / BEWIJZEN).is_dir():
            click.echo(
                f"  Hier staan geen bewijzen van vernietiging ({inst.data / BEWIJZEN}). Staan ze naast de backups? "
                "Kopieer die map hierheen en voer inspecties bewaartermijnen uit."
            )
        click.echo("  inspecties bewaartermijnen: vernietigt wat over zijn termijn is, met de bestanden.")
        click.echo("  Trek tablets die na de backup kwijt zijn gemeld opnieuw in, en blokkeer wie er niet meer werkt.")
        click.echo("  Trek passkeys en apps die na de backup zijn ingetrokken opnieuw in.")
        click.echo("  Herstelcodes en wachtwoordlinks van voor de backup werken niet meer: ieder maakt nieuwe codes.")
    for probleem in uit.problemen:
        _meld(probleem)
    if uit.problemen:
        raise SystemExit(1)
