"""Gemeenten, users and their roles, sessions and devices."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    and_,
    func,
    select,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from inspecties.core.ids import nieuw_geheim
from inspecties.core.rechten import MENSEN
from inspecties.database.basis import GemeenteEigendom, Genummerd, Model
from inspecties.database.typen import UtcMoment


def een_van(kolom: str, waarden: list[str]) -> str:
    """SQL text of a check that ``kolom`` holds one of these words."""
    return f"{kolom} IN ({', '.join(repr(w) for w in waarden)})"


class Gemeente(Genummerd, Model):
    """A municipality with its theme, norms and recovery key."""

    __tablename__ = "gemeente"
    __table_args__ = (CheckConstraint("length(code) = 4", name="code_vier_cijfers"),)

    code: Mapped[str] = mapped_column(String(4), unique=True)
    naam: Mapped[str] = mapped_column(String(80), unique=True)
    thema: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    normen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Boundary as WKT in EPSG:28992; plain text, because it is only read whole, to test whether a point lies inside.
    grens_wkt: Mapped[str] = mapped_column(Text, default="")
    # Public key (JWK, RSA-OAEP-256) to which tablets wrap their data key; the private half is kept offline.
    herstel_jwk: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class Gebruiker(Genummerd, Model):
    """A person with a login. What they may do follows from their Lidmaatschap in a gemeente."""

    __tablename__ = "gebruiker"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_kleine_letters"),)

    email: Mapped[str] = mapped_column(String(254), unique=True)
    naam: Mapped[str] = mapped_column(String(120))
    wachtwoord_hash: Mapped[str] = mapped_column(String(200), default="")
    geblokkeerd_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    lidmaatschappen: Mapped[list["Lidmaatschap"]] = relationship(back_populates="gebruiker")


class Lidmaatschap(GemeenteEigendom, Model):
    """One role of one user in one gemeente; a partner also belongs to an organisation."""

    __tablename__ = "lidmaatschap"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "gebruiker_id"),
        CheckConstraint(een_van("rol", sorted(r.value for r in MENSEN)), name="rol_bekend"),
        CheckConstraint("(rol = 'partner') = (organisatie_id IS NOT NULL)", name="partner_heeft_organisatie"),
    )

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    rol: Mapped[str] = mapped_column(String(30))
    organisatie_id: Mapped[int | None] = mapped_column(ForeignKey("organisatie.id", ondelete="RESTRICT"))

    gebruiker: Mapped[Gebruiker] = relationship(back_populates="lidmaatschappen")
    gemeente: Mapped[Gemeente] = relationship()
    # By name: partners comes after gebruikers in the order of features.
    organisatie: Mapped[Any] = relationship("Organisatie", uselist=False)

    if TYPE_CHECKING:
        # Since when this role opens nothing any more; set below, where Roleinde is.
        vervallen_op: Mapped[datetime | None]

    @property
    def dicht_sinds(self) -> datetime | None:
        """Since when this user cannot log in here: the account is blocked, or this role has ended."""
        return self.gebruiker.geblokkeerd_op or self.vervallen_op


class Roleinde(GemeenteEigendom, Model):
    """One role of a user ended, while the account may go on elsewhere; the row stays when the role is given back."""

    __tablename__ = "roleinde"
    __table_args__ = (CheckConstraint(een_van("reden", ["groep", "beheerder"]), name="reden_bekend"),)

    lidmaatschap_id: Mapped[int] = mapped_column(ForeignKey("lidmaatschap.id", ondelete="CASCADE"), index=True)
    reden: Mapped[str] = mapped_column(String(20))
    op: Mapped[datetime] = mapped_column(UtcMoment)
    opgeheven_op: Mapped[datetime | None] = mapped_column(UtcMoment)


Lidmaatschap.vervallen_op = column_property(
    select(func.max(Roleinde.op))
    .where(Roleinde.lidmaatschap_id == Lidmaatschap.id, Roleinde.opgeheven_op.is_(None))
    .correlate_except(Roleinde)
    .scalar_subquery()
)


def kan_aanmelden() -> ColumnElement[bool]:
    """Condition of a query that joins Gebruiker and Lidmaatschap: who can still log in with that role."""
    return and_(Gebruiker.geblokkeerd_op.is_(None), Lidmaatschap.vervallen_op.is_(None))


class Sessie(Genummerd, Model):
    """A login: ended by logout, by the beheerder, by idleness or by age. The cookie holds only its uid."""

    __tablename__ = "sessie"

    # A secret, so no page holds it: ``sessies.kenmerk_van`` names a session.
    uid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=nieuw_geheim, sort_order=-9)
    lidmaatschap_id: Mapped[int] = mapped_column(ForeignKey("lidmaatschap.id", ondelete="CASCADE"), index=True)
    begonnen_op: Mapped[datetime] = mapped_column(UtcMoment)
    gezien_op: Mapped[datetime] = mapped_column(UtcMoment)
    beeindigd_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    apparaat: Mapped[str] = mapped_column(String(120), default="")

    lidmaatschap: Mapped[Lidmaatschap] = relationship()


class Toestel(GemeenteEigendom, Model):
    """A tablet that has fetched a pack. ``ingetrokken_op`` takes effect at its next contact, not earlier."""

    __tablename__ = "toestel"
    __table_args__ = (UniqueConstraint("gemeente_id", "toestel_id", "gebruiker_id"),)

    toestel_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    naam: Mapped[str] = mapped_column(String(120), default="")
    blijft_bewaard: Mapped[bool | None]
    aangemeld_op: Mapped[datetime] = mapped_column(UtcMoment)
    gezien_op: Mapped[datetime] = mapped_column(UtcMoment)
    hoogste_seq: Mapped[int] = mapped_column(default=0)
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
