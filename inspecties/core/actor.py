"""Who acts: always an argument, never ambient."""

from dataclasses import dataclass, field
from datetime import datetime

from inspecties.core.rechten import Rol


@dataclass(frozen=True)
class Actor:
    """A user in one role in one gemeente, or the system itself (``gebruiker_id`` None) acting for that gemeente.

    ``moment``: when the act takes place (UTC); scope that depends on time is closed to whoever carries none.
    """

    gemeente_id: int
    rol: Rol
    gebruiker_id: int | None = None
    gebruiker_uid: str = ""
    organisatie_id: int | None = None
    naam: str = ""
    gemeente_naam: str = ""
    sessie_id: int | None = None
    moment: datetime | None = field(default=None, compare=False)

    @property
    def is_systeem(self) -> bool:
        return self.rol is Rol.SYSTEEM


def systeem(gemeente_id: int, naam: str = "systeem") -> Actor:
    """The actor of the CLI and of scheduled work within one gemeente."""
    return Actor(gemeente_id=gemeente_id, rol=Rol.SYSTEEM, naam=naam)
