"""What the answers of a visit lead to, computed again after each intake."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.controles.models import Bezoek
from inspecties.core.actor import Actor


def herbereken(sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek) -> None:
    """Bring the findings of a visit up to date with its operations."""
