"""Files that no row names, and databases that a restore put aside: nothing else would ever take them away.

After an older backup was put back the store still holds every later file, and what stood there before lies beside it.
A file goes once no tablet can send the row that names it any more; a database that was put aside has a term.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.bewaren import bewijs_hash
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.models_vernietigen import Vernietigbestand
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules_bewaren import plus_maanden
from inspecties.audit.vernietigen import BESTAND
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database import metadata
from inspecties.database.bestandskolommen import BESTANDSKOLOMMEN
from inspecties.instellingen import Instellingen

ZONDER_RIJ = "zonder_rij"
VOOR_HERSTEL = "voor_herstel"
DATABASE = "oude_database"
_NAAM = re.compile(r"[0-9a-f]{64}")
# As a restore names them (dienst.backup): the stamp is the moment of the restore, in UTC.
_OPZIJ = re.compile(r".+\.voor-herstel-(\d{8}T\d{6})\d*Z.*")
_HALF_HERSTEL = ".herstel-half"
# Taken aside, and looked at once more before it is gone.
_OPZIJ_GEZET = ".weg"


def _in_map(wortel: Path, gemeente_uid: UUID) -> Iterator[Path]:
    eigen = wortel / str(gemeente_uid)
    for map_ in sorted(eigen.iterdir()) if eigen.is_dir() else ():
        yield from sorted(map_.iterdir()) if map_.is_dir() else ()


def _is_ouder(pad: Path, grens: datetime) -> bool:
    try:
        return datetime.fromtimestamp(pad.stat().st_mtime, UTC) < grens
    except FileNotFoundError:
        return False


def _genoemd(sessie: Session, actor: Actor) -> set[str]:
    """Every file that a row of this gemeente names, and what goes anyway since its row was destroyed."""
    uit: set[str] = set()
    for naam, kolom in sorted(BESTANDSKOLOMMEN):
        tabel = metadata.tables[naam]
        uit |= set(sessie.scalars(select(tabel.c[kolom]).where(tabel.c.gemeente_id == actor.gemeente_id).distinct()))
    bezig = select(Vernietigbestand.pad).where(Vernietigbestand.gemeente_id == actor.gemeente_id)
    return uit | {pad.rsplit("/", 1)[1] for pad in sessie.scalars(bezig)}


def zoek_wezen(sessie: Session, actor: Actor, wortel: Path, gemeente_uid: UUID, grens: datetime) -> list[Path]:
    """Files in the store from before this moment that no row names; uploads under way are elsewhere."""
    for half in _in_map(wortel, gemeente_uid):
        if half.name.endswith(_OPZIJ_GEZET):
            # A run that was killed with this in its hands: as it was, and judged as any other.
            half.rename(half.with_name(half.name[1 : -len(_OPZIJ_GEZET)]))
    oud = [pad for pad in _in_map(wortel, gemeente_uid) if _is_ouder(pad, grens)]
    genoemd = _genoemd(sessie, actor) if oud else set()
    # A name with a dot before it is a write that was cut off.
    return [p for p in oud if p.name.startswith(".") or (_NAAM.fullmatch(p.name) and p.name not in genoemd)]


def haal_weg(paden: Sequence[Path], grens: datetime) -> int:
    """Take these files away; how many went. One that somebody stored again meanwhile (``Opslag.schrijf``) stays."""
    weg = 0
    for pad in paden:
        opzij = pad.with_name(f".{pad.name}{_OPZIJ_GEZET}")
        try:
            pad.rename(opzij)
        except FileNotFoundError:
            continue
        if _is_ouder(opzij, grens):
            opzij.unlink()
            weg += 1
        else:
            opzij.rename(pad)
    return weg


def oude_databases(inst: Instellingen, nu: datetime) -> list[Path]:
    """What restores put aside longer ago than the term; nothing while one of them is halfway and may need it."""
    if (inst.data / _HALF_HERSTEL).exists():
        return []
    adres = make_url(inst.database)
    mappen = (
        {inst.data, Path(adres.database).parent}
        if adres.get_backend_name() == "sqlite" and adres.database
        else {inst.data}
    )
    vandaag = lokale_datum(nu)
    maanden = maanden_op(vandaag)[VOOR_HERSTEL]
    uit = set()
    for pad in (p for map_ in mappen if map_.is_dir() for p in map_.iterdir()):
        gevonden = _OPZIJ.fullmatch(pad.name)
        if gevonden is None or not pad.is_file():
            continue
        op = datetime.strptime(gevonden[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        if vandaag >= plus_maanden(lokale_datum(op), maanden):
            uit.add(pad.resolve())
    return sorted(uit)


def leg_bewijs_vast(
    sessie: Session, actor: Actor, nu: datetime, soort: str, namen: Collection[str], regel: str
) -> list[Vernietiging]:
    """The proof and the audit line of what goes after the commit; nothing where nothing goes."""
    if not namen:
        return []
    rij = Vernietiging(
        gemeente_id=actor.gemeente_id,
        soort=soort,
        aantal=len(namen),
        hashes=sorted(bewijs_hash(soort, naam) for naam in namen),
        regel=regel,
        vernietigd_op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    gegevens = {"soort": soort, "aantal": rij.aantal}
    grondslag = f"Bewaartermijn {regel}"
    leg_vast(sessie, actor, nu, "vernietigd", "vernietiging", rij.uid, grondslag=grondslag, gegevens=gegevens)
    return [rij]


def bewijs_wezen(sessie: Session, actor: Actor, nu: datetime, paden: Sequence[Path]) -> list[Vernietiging]:
    """Proof of the files without a row; what was cut off while it was written has no content to prove."""
    return leg_bewijs_vast(sessie, actor, nu, BESTAND, {p.name for p in paden if p.name[0] != "."}, ZONDER_RIJ)
