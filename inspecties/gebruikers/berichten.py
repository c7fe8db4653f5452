"""Mail to a user about their account. What sends it is a later feature, and registers itself here."""

from datetime import datetime
from typing import Protocol, cast
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor

SLEUTEL = "gebruikersberichten"


class Berichten(Protocol):
    """What the outbox offers. ``verzoek``: the Wachtwoordverzoek that ``[[link]]`` in the text opens."""

    def stuur(
        self,
        sessie: Session,
        actor: Actor,
        nu: datetime,
        aan: str,
        onderwerp: str,
        tekst: str,
        verzoek: UUID | None = None,
    ) -> None:
        """Put a mail ready in the caller's transaction."""

    def lees_link(self, token: str) -> UUID | None:
        """The Wachtwoordverzoek that a link was made for; None where it is forged."""


def berichten() -> Berichten | None:
    """The outbox, where the application has one."""
    return cast("Berichten | None", current_app.extensions.get(SLEUTEL))
