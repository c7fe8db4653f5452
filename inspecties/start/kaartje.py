"""One thing on the home page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor


@dataclass(frozen=True)
class Kaartregel:
    """One line on a card: what, its last day, and its own page. No content of a case: a number or an article.

    ``van_ander``: that day binds somebody else.
    """

    tekst: str
    dag: date
    endpoint: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    van_ander: bool = False


@dataclass(frozen=True)
class Kaartje:
    """One thing on the page: what, how many, why it matters, and where to go. ``aantal`` None: the sentence says it.

    ``dringend``: it cannot wait until tomorrow. ``voor``: the day by which it has to be done, where there is one.
    """

    kop: str
    zin: str
    aantal: int | None = None
    dringend: bool = False
    endpoint: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    actie: str = ""
    voor: date | None = None
    regels: tuple[Kaartregel, ...] = ()

    @property
    def rustig(self) -> bool:
        """There is nothing to do here now."""
        return self.aantal == 0 and not self.dringend

    def moet(self, vandaag: date) -> bool:
        """Whether it asks for an act today."""
        return self.dringend or (self.voor is not None and self.voor <= vandaag)


# Asks the right of the actor itself, and gives nothing where it does not apply.
Bouwer = Callable[[Session, Actor, datetime], list[Kaartje]]
