"""One thing on the home page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor


@dataclass(frozen=True)
class Kaartje:
    """One thing on the page: what, how many, why it matters, and where to go. ``aantal`` None: the sentence says it."""

    kop: str
    zin: str
    aantal: int | None = None
    dringend: bool = False
    endpoint: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    actie: str = ""


# Asks the right of the actor itself, and gives nothing where it does not apply.
Bouwer = Callable[[Session, Actor, datetime], list[Kaartje]]
