"""Files that no row names, and databases that a restore put aside: nothing else would ever take them away.

After an older backup was put back the store still holds every later file, and what stood there before lies beside it.
A file goes once no tablet can send the row that names it any more; a database that was put aside has a term.
"""

import re
from collections.abc import Collection, Sequence
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
from inspecties.audit.vernietigen import BESTAND, in_gebruik
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.database import metadata
from inspecties.database.bestandskolommen import BESTANDSKOLOMMEN
from inspecties.instellingen import Instellingen

ZONDER_RIJ = "zonder_rij"
VOOR_HERSTEL = "voor_herstel"
DATABASE = "oude_database"
# As a restore names them (dienst.backup): the stamp is the moment of the restore, in UTC.
_OPZIJ = re.compile(r".+\.voor-herstel-(\d{8}T\d{6})\d*Z.*")
_HALF_HERSTEL = ".herstel-half"


def _genoemd(sessie: Session, actor: Actor) -> set[str]:
    """Every file that a row of this gemeente names, and what goes anyway since its row was destroyed."""
    uit: set[str] = set()
    for naam, kolom in sorted(BESTANDSKOLOMMEN):
        tabel = metadata.tables[naam]
        uit |= set(sessie.scalars(select(tabel.c[kolom]).where(tabel.c.gemeente_id == actor.gemeente_id).distinct()))
    bezig = select(Vernietigbestand.pad).where(Vernietigbestand.gemeente_id == actor.gemeente_id)
    return uit | {pad.rsplit("/", 1)[1] for pad in sessie.scalars(bezig)}


def zoek_wezen(sessie: Session, actor: Actor, opslag: Opslag, gemeente_uid: UUID, grens: datetime) -> list[str]:
    """Files in the store from before this moment that no row names (``Opslag.oude``); no uploads under way."""
    oud = opslag.oude(gemeente_uid, grens)
    genoemd = _genoemd(sessie, actor) if oud else set()
    return [naam for naam in oud if naam not in genoemd]


def nog_zonder_rij(sessie: Session, actor: Actor, namen: Sequence[str]) -> list[str]:
    """Of these files those that no row names at this moment."""
    weer = in_gebruik(sessie, actor, namen)
    return [naam for naam in namen if naam not in weer]


def te_bewijzen(namen: Sequence[str]) -> set[str]:
    """The names that get a proof: what was cut off while it was written has no content to prove."""
    return {naam for naam in namen if naam[0] != "."}


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


def bewijs_wezen(sessie: Session, actor: Actor, nu: datetime, namen: Sequence[str]) -> list[Vernietiging]:
    """Proof of the files without a row."""
    return leg_bewijs_vast(sessie, actor, nu, BESTAND, te_bewijzen(namen), ZONDER_RIJ)
