"""The parts of a dossier that have a page of their own, as cards on the page of the dossier."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.dossiers.models import Dossier


@dataclass(frozen=True)
class Paneel:
    """One card: what it is about, how it stands, and the page where the work is done.

    ``regels``: (text, tone) pairs, tone as of the macro ``status``: "", "actief", "goed", "let-op", "fout".
    """

    code: str
    titel: str
    regels: tuple[tuple[str, str], ...]
    url: str
    knop: str


# Who may not see a part, or has nothing to do with it, gets None: the part then does not exist for them.
Paneelmaker = Callable[[Session, Actor, datetime, Dossier], Paneel | None]
MAKERS: list[Paneelmaker] = []


def panelen_van(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> list[Paneel]:
    """The cards of this dossier for this person, in the order of ``MAKERS``."""
    return [paneel for maker in MAKERS if (paneel := maker(sessie, actor, nu, dossier)) is not None]
