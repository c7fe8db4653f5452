"""Invitations of partners for an action, what they proposed instead, and the calendar feed of a user."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import Actie, binnen_acties
from inspecties.acties.rules.uitnodiging import ANTWOORDEN, VOORSTELSTATUSSEN, WEGEN
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, een_van
from inspecties.partners.models import Organisatie


class Uitnodiging(GemeenteEigendom, Model):
    """One contact person asked for one action, as their calendar was last told.

    It stands on its own feet, not on the Deelname: a partner that was taken off still has to hear that.
    """

    __tablename__ = "uitnodiging"
    __table_args__ = (
        UniqueConstraint("actie_id", "organisatie_id", "email"),
        CheckConstraint("eind_op > begin_op", name="eind_na_begin"),
        CheckConstraint("antwoord IS NULL OR " + een_van("antwoord", list(ANTWOORDEN)), name="antwoord_bekend"),
        CheckConstraint("via IS NULL OR " + een_van("via", list(WEGEN)), name="via_bekend"),
    )

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id", ondelete="RESTRICT"))
    naam: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    # SEQUENCE of the event, and the round of its link: a link of an earlier round opens nothing.
    volgnummer: Mapped[int] = mapped_column(default=0)
    ronde: Mapped[int] = mapped_column(default=1)
    begin_op: Mapped[datetime] = mapped_column(UtcMoment)
    eind_op: Mapped[datetime] = mapped_column(UtcMoment)
    verstuurd_op: Mapped[datetime] = mapped_column(UtcMoment)
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    antwoord: Mapped[str | None] = mapped_column(String(20))
    via: Mapped[str | None] = mapped_column(String(10))
    antwoord_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    # DTSTAMP of the newest reply by mail: an older one that comes later changes nothing.
    antwoord_stempel: Mapped[datetime | None] = mapped_column(UtcMoment)

    actie: Mapped[Actie] = relationship()
    organisatie: Mapped[Organisatie] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol is Rol.PARTNER:
            return false()
        return binnen_acties(cls.actie_id, actor)


class Tegenvoorstel(GemeenteEigendom, Model):
    """Another time that an invited partner proposed."""

    __tablename__ = "tegenvoorstel"
    __table_args__ = (
        CheckConstraint("tot_op > van_op", name="tot_na_van"),
        CheckConstraint(een_van("status", list(VOORSTELSTATUSSEN)), name="status_bekend"),
    )

    uitnodiging_id: Mapped[int] = mapped_column(ForeignKey("uitnodiging.id", ondelete="CASCADE"), index=True)
    van_op: Mapped[datetime] = mapped_column(UtcMoment)
    tot_op: Mapped[datetime] = mapped_column(UtcMoment)
    opmerking: Mapped[str] = mapped_column(String(300), default="")
    status: Mapped[str] = mapped_column(String(20), default="open")
    gedaan_op: Mapped[datetime] = mapped_column(UtcMoment)
    beoordeeld_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    beoordeeld_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    uitnodiging: Mapped[Uitnodiging] = relationship()
    beoordeeld_door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol is Rol.PARTNER:
            return false()
        return super().bereik(actor)


class Agendafeed(GemeenteEigendom, Model):
    """The secret address of one user's calendar: only its SHA-256, so that it cannot be read back from here."""

    __tablename__ = "agendafeed"

    lidmaatschap_id: Mapped[int] = mapped_column(ForeignKey("lidmaatschap.id", ondelete="CASCADE"), unique=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    lidmaatschap: Mapped[Lidmaatschap] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        # Nobody reads another's, whatever the role.
        return cls.lidmaatschap.has(Lidmaatschap.gebruiker_id == actor.gebruiker_id)
