"""What is known of partners for planning: whom to reach, what they may see, what people may do, when they can come."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.partners.models import Organisatie

BRONNEN: dict[str, str] = {"hand": "Ingevuld", "ics": "Uit een agenda"}


class Contactpersoon(GemeenteEigendom, Model):
    """Someone at an organisation. ``krijgt_uitnodiging``: invitations for actions go to this address."""

    __tablename__ = "contactpersoon"
    __table_args__ = (
        CheckConstraint("length(trim(naam)) > 0", name="naam_gegeven"),
        CheckConstraint("NOT krijgt_uitnodiging OR length(email) > 0", name="uitnodiging_met_adres"),
    )

    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id", ondelete="CASCADE"), index=True)
    naam: Mapped[str] = mapped_column(String(120))
    functie: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    telefoon: Mapped[str] = mapped_column(String(20), default="")
    krijgt_uitnodiging: Mapped[bool] = mapped_column(default=False)

    organisatie: Mapped[Organisatie] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol is Rol.PARTNER:
            return cls.organisatie_id == actor.organisatie_id
        return super().bereik(actor)


class Partnerinstelling(GemeenteEigendom, Model):
    """One per organisation: what it may see of a stop besides the address, and how much it can do.

    Without a row: the safety line yes, earlier results no, no maximum.
    """

    __tablename__ = "partnerinstelling"
    __table_args__ = (
        CheckConstraint("ploegen_per_avond IS NULL OR ploegen_per_avond > 0", name="ploegen_positief"),
        CheckConstraint("avonden_per_maand IS NULL OR avonden_per_maand > 0", name="avonden_positief"),
    )

    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id", ondelete="CASCADE"), unique=True)
    ziet_veiligheid: Mapped[bool] = mapped_column(default=True)
    ziet_eerder: Mapped[bool] = mapped_column(default=False)
    # How many teams it can man on one evening, over all actions; None: no maximum.
    ploegen_per_avond: Mapped[int | None]
    avonden_per_maand: Mapped[int | None]

    organisatie: Mapped[Organisatie] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol is Rol.PARTNER:
            return cls.organisatie_id == actor.organisatie_id
        return super().bereik(actor)


class Gebruikerbevoegdheid(GemeenteEigendom, Model):
    """A power that one person holds: the code of config/bevoegdheden.toml, from and up to and including a day."""

    __tablename__ = "gebruikerbevoegdheid"
    __table_args__ = (CheckConstraint("geldig_tot IS NULL OR geldig_tot >= geldig_van", name="tot_na_van"),)

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    geldig_van: Mapped[date]
    geldig_tot: Mapped[date | None]
    # Number on the proof of identity (art. 5:12 Awb).
    legitimatie: Mapped[str] = mapped_column(String(40), default="")

    gebruiker: Mapped[Gebruiker] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol is Rol.PARTNER:
            return cls.gebruiker_id == actor.gebruiker_id
        return super().bereik(actor)


class Beschikbaarheid(GemeenteEigendom, Model):
    """Hours in which an organisation or a person can come, or cannot. Where nothing is said they can.

    Of an imported calendar only the times are kept: what somebody is doing then is not ours to know.
    """

    __tablename__ = "beschikbaarheid"
    __table_args__ = (
        CheckConstraint("(organisatie_id IS NULL) <> (gebruiker_id IS NULL)", name="van_een"),
        CheckConstraint("eind_op > begin_op", name="eind_na_begin"),
        CheckConstraint(een_van("bron", list(BRONNEN)), name="bron_bekend"),
        CheckConstraint("(bron = 'ics') = (ics_uid IS NOT NULL)", name="agenda_met_uid"),
        Index("ix_beschikbaarheid_organisatie", "organisatie_id", "eind_op"),
        Index("ix_beschikbaarheid_gebruiker", "gebruiker_id", "eind_op"),
    )

    organisatie_id: Mapped[int | None] = mapped_column(ForeignKey("organisatie.id", ondelete="CASCADE"))
    gebruiker_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="CASCADE"))
    begin_op: Mapped[datetime] = mapped_column(UtcMoment)
    eind_op: Mapped[datetime] = mapped_column(UtcMoment)
    beschikbaar: Mapped[bool] = mapped_column(default=False)
    bron: Mapped[str] = mapped_column(String(10), default="hand")
    # The event's UID and SEQUENCE (RFC 5545): reading it again replaces what came from it.
    ics_uid: Mapped[str | None] = mapped_column(String(255))
    ics_volgnummer: Mapped[int] = mapped_column(default=0)
    toelichting: Mapped[str] = mapped_column(String(160), default="")

    organisatie: Mapped[Organisatie | None] = relationship()
    gebruiker: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol is Rol.PARTNER:
            return (cls.organisatie_id == actor.organisatie_id) | (cls.gebruiker_id == actor.gebruiker_id)
        return super().bereik(actor)
