"""The evidence on the page of a dossier, in pieces: a dossier with 400 photos must open as fast as one with four."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import request, url_for

from inspecties.dossiers.beeld import Bewijsregel, Dossierbeeld

PER_BLAD = 24
T = TypeVar("T")


@dataclass(frozen=True)
class Bewijsblad:
    """What one page shows: a part of the list, and a part of what is not on it."""

    regels: list[Bewijsregel]
    pagina: int
    paginas: int
    over: list[Bewijsregel]
    over_pagina: int
    over_paginas: int
    # Whether the list stands on another page than the one that is shown.
    elders: bool = False

    def naar(self, nr: int) -> str:
        """The address of one numbered piece, on this page or on another."""
        pagina = (nr - 1) // PER_BLAD + 1
        plek = f"#bewijs-{nr}"
        if pagina == self.pagina and not self.elders:
            return plek
        uid = (request.view_args or {}).get("uid")
        return url_for("dossiers.dossier", uid=uid, bewijs=pagina) + plek


def deel(rijen: Sequence[T], pagina: int) -> tuple[list[T], int, int]:
    """The part that a page number asks for, the number that it became, and how many there are."""
    paginas = max(1, -(-len(rijen) // PER_BLAD))
    pagina = min(max(1, pagina), paginas)
    return list(rijen[(pagina - 1) * PER_BLAD : pagina * PER_BLAD]), pagina, paginas


def maak_blad(beeld: Dossierbeeld, pagina: int, over: int, *, elders: bool = False) -> Bewijsblad:
    """The parts that these page numbers ask for; a number that does not exist gives the nearest."""
    return Bewijsblad(*deel(beeld.bewijs, pagina), *deel(beeld.over, over), elders)
