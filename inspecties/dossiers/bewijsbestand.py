"""Reading a kept file only as it was kept: a byte that changed on the disk never goes out as the original."""

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.opslag import Opslag
from inspecties.dossiers.voorleggen import StukGeschonden
from inspecties.gebruikers.gemeenten import gemeente_uid


def lees_heel(sessie: Session, actor: Actor, opslag: Opslag, sha256: str) -> bytes | None:
    """The bytes with this hash; None where they are gone or other than they were."""
    return opslag.lees_heel(gemeente_uid(sessie, actor), sha256)


def eis_heel(sessie: Session, actor: Actor, opslag: Opslag, sha256: str, wat: str = "Dit stuk") -> bytes:
    """The bytes with this hash. Raises StukGeschonden, in which ``wat`` names the piece."""
    inhoud = lees_heel(sessie, actor, opslag, sha256)
    if inhoud is None:
        raise StukGeschonden(f"{wat} staat niet meer ongeschonden in de opslag. Waarschuw de beheerder.")
    return inhoud
