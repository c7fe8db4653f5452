"""What the board asks of the feature that knows the tablets: contact, and what they still hold.

As with ``uitkomsten``: said here, answered by ``controles``, put together in the list of routes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from inspecties.acties.rules.avond import STIL
from inspecties.core.actor import Actor


@dataclass(frozen=True)
class Tabletstand:
    """The tablet of a member of a team. ``gezien_op`` None: none of theirs was ever in contact.

    ``gaten``: how many numbers of it never arrived.
    """

    naam: str
    ploeg: str
    gezien_op: datetime | None
    gaten: int = 0

    def stil(self, nu: datetime) -> bool:
        """Whether it has been out of contact for so long that it may hold work that nobody else has."""
        return self.gezien_op is None or nu - self.gezien_op > STIL

    def zin(self, nu: datetime) -> str:
        """Since when, in words."""
        if self.gezien_op is None:
            return "nog geen contact gehad"
        minuten = int((nu - self.gezien_op) / timedelta(minutes=1))
        if minuten < 1:
            return "zojuist contact"
        if minuten < 120:
            return f"contact {minuten} {'minuut' if minuten == 1 else 'minuten'} geleden"
        return "langer dan 2 uur geen contact"


@dataclass(frozen=True)
class Tabletten:
    """``fotos``: Stop.id -> photos that a tablet announced and the server does not have yet."""

    standen: Sequence[Tabletstand] = ()
    fotos: Mapping[int, int] | None = None


# (session, actor, [(Gebruiker.id, name, team)], stop ids)
Lezer = Callable[[Session, Actor, Sequence[tuple[int, str, str]], Sequence[int]], Tabletten]
SLEUTEL = "avondtabletten"
