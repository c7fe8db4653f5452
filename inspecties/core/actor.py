"""Who acts: always an argument, never ambient."""

from dataclasses import dataclass

from inspecties.core.rechten import Rol


@dataclass(frozen=True)
class Actor:
    """A user in one role in one gemeente, or the system itself (``gebruiker_id`` None) acting for that gemeente."""

    gemeente_id: int
    rol: Rol
    gebruiker_id: int | None = None
    gebruiker_uid: str = ""
    organisatie_id: int | None = None
    naam: str = ""
    gemeente_naam: str = ""
    sessie_id: int | None = None

    @property
    def is_systeem(self) -> bool:
        return self.rol is Rol.SYSTEEM


def systeem(gemeente_id: int, naam: str = "systeem") -> Actor:
    """The actor of the CLI and of scheduled work within one gemeente."""
    return Actor(gemeente_id=gemeente_id, rol=Rol.SYSTEEM, naam=naam)
