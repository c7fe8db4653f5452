"""Which account at the gemeente's login service is which user."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import Genummerd, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker


class Oidckoppeling(Genummerd, Model):
    """One account (issuer and subject) is one user, and at one issuer a user is one account."""

    __tablename__ = "oidckoppeling"
    __table_args__ = (UniqueConstraint("uitgever", "onderwerp"), UniqueConstraint("uitgever", "gebruiker_id"))

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="CASCADE"), index=True)
    uitgever: Mapped[str] = mapped_column(String(300))
    # OpenID Connect Core, section 2: at most 255 ASCII characters.
    onderwerp: Mapped[str] = mapped_column(String(255), info={"avg": "identificatie"})
    gekoppeld_op: Mapped[datetime] = mapped_column(UtcMoment)
    gebruikt_op: Mapped[datetime] = mapped_column(UtcMoment)

    gebruiker: Mapped[Gebruiker] = relationship()
