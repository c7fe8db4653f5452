"""What an interrupted backup, restore or upload left in the folders. Only looks; who is busy left nothing yet."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from inspecties.dienst.backup.generaties import halve
from inspecties.dienst.backup.herstellen import OUD, WERK
from inspecties.dienst.backup.maken import sqlitebestand
from inspecties.dienst.backup.postgres import WERKMAP
from inspecties.dienst.dokter import Rest
from inspecties.dienst.slot import herstel_bezig, lees_half
from inspecties.instellingen import Instellingen

# A write takes seconds, a long one minutes: at what is this old no program works any more.
LOS_NA = timedelta(days=1)
# The term of uploads is a month from their beginning; what is older than this the nightly task does not find.
UPLOAD_NA = timedelta(days=35)
# Kept on purpose, to be able to go back; but it holds what retention destroyed since.
OUD_NA = timedelta(days=7)
_LOS = re.compile(r"(?:taken|stand|koppen-bewaard)\.\d+")


def _ouder(paden: Iterable[Path], grens: datetime) -> Iterator[Path]:
    for pad in paden:
        try:
            oud = datetime.fromtimestamp(pad.stat().st_mtime, UTC) < grens
        except FileNotFoundError:
            # Whoever was at it finished meanwhile.
            continue
        if oud:
            yield pad


def _van_herstel(inst: Instellingen, nu: datetime) -> Iterator[Rest]:
    if herstel_bezig(inst.data):
        return
    if lees_half(inst.data) is not None:
        yield Rest("half_herstel", str(inst.data))
    werk, oud = list(inst.data.glob(f"{WERKMAP}-*")), list(inst.data.glob(f"{OUD}*.dump"))
    if not inst.is_postgis:
        plaats = sqlitebestand(inst)
        werk += plaats.parent.glob(f"{plaats.name}.{WERK}-*")
        oud += plaats.parent.glob(f"{plaats.name}.voor-{WERK}-*")
    yield from (Rest("herstel", str(pad)) for pad in sorted(werk))
    # After half a restore this is what the next one goes back to.
    if lees_half(inst.data) is None:
        yield from (Rest("oud", str(pad)) for pad in sorted(_ouder(oud, nu - OUD_NA)))


def lees_resten(inst: Instellingen, nu: datetime) -> tuple[Rest, ...]:
    """Everything that is left behind in the folders of data, files and backups."""
    data, opslag = inst.data, inst.opslagmap
    los = (pad for pad in data.glob("*.*") if _LOS.fullmatch(pad.name))
    return (
        *(Rest("backup", str(pad)) for pad in (halve(Path(inst.backup_map)) if inst.backup_map else ())),
        *_van_herstel(inst, nu),
        *(Rest("upload", str(pad)) for pad in sorted(_ouder(opslag.glob("onderweg/*.deel"), nu - UPLOAD_NA))),
        *(Rest("bestand", str(pad)) for pad in sorted(_ouder(opslag.glob("*/??/.*"), nu - LOS_NA))),
        *(Rest("los", str(pad)) for pad in sorted(_ouder(los, nu - LOS_NA))),
    )
