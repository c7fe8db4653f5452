"""Around a backup: its line in the audit log, and the secrets of a demo."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import systeem
from inspecties.core.opslag import sha256_van
from inspecties.database.basis import db
from inspecties.demo.lader.geheim import bewaar_geheim
from inspecties.dienst.backup.manifest import Manifest, lees
from inspecties.gebruikers.models import Gemeente


def leg_backup_vast(nu: datetime, naam: str, manifest: Manifest) -> None:
    """Every gemeente reads in its own log that a copy of its data was made. Commits."""
    sessie = db.session()
    gegevens = {"bestanden": len(manifest.bestanden), "ontbreekt": len(manifest.ontbreekt)}
    for gemeente in sessie.scalars(select(Gemeente).order_by(Gemeente.id)):
        leg_vast(sessie, systeem(gemeente.id), nu, "backup_gemaakt", "backup", naam, gegevens=gegevens)
    sessie.commit()


def zet_demobestanden(map_: Path, data: Path) -> None:
    """The secrets of a demo, where they are not there yet; a demo can not be read without them."""
    for bestand in lees(map_).demobestanden:
        bron, doel = map_ / bestand.pad, data / Path(bestand.pad).name
        if not doel.exists() and bron.is_file() and sha256_van(bron) == bestand.sha256:
            data.mkdir(parents=True, exist_ok=True)
            bewaar_geheim(doel, bron.read_text(encoding="utf-8"))
