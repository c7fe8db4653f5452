"""Requests of a person about their own data: inspection, correction, restriction, objection (art. 15-21 AVG)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.start.rules_inzage import IDENTITEIT, OORDELEN, SOORTEN, TABEL, WIJZEN


class Inzageverzoek(GemeenteEigendom, Model):
    """A request: who asks, how that was checked, until when, and what was sent.

    ``aanvrager`` (JSON: name, contact), ``zoeken`` (JSON: what is searched on) and ``inhoud`` (JSON: the report as it
    was released) are encrypted, context ``inzageverzoek:<uid>:<column>``.
    """

    __tablename__ = "inzageverzoek"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "nummer"),
        CheckConstraint(een_van("soort", list(SOORTEN)), name="soort_bekend"),
        CheckConstraint(een_van("toestand", list(TABEL)), name="toestand_bekend"),
        CheckConstraint(een_van("identiteit", ["", *IDENTITEIT]), name="identiteit_bekend"),
        CheckConstraint(een_van("verzonden_wijze", ["", *WIJZEN]), name="wijze_bekend"),
        # Who made the report does not check it.
        CheckConstraint(
            "gecontroleerd_door_id IS NULL OR voorgelegd_door_id IS NULL OR "
            "gecontroleerd_door_id <> voorgelegd_door_id",
            name="vier_ogen",
        ),
    )

    nummer: Mapped[str] = mapped_column(String(20))
    soort: Mapped[str] = mapped_column(String(20))
    toestand: Mapped[str] = mapped_column(String(20), default="ontvangen", index=True)
    aanvrager: Mapped[str] = mapped_column(Text, info={"avg": "identificatie"})
    zoeken: Mapped[str] = mapped_column(Text, default="", info={"avg": "identificatie"})
    ontvangen_op: Mapped[date]
    uiterlijk: Mapped[date]
    verdaagd_op: Mapped[date | None]
    verdaagd_reden: Mapped[str] = mapped_column(String(300), default="")
    identiteit: Mapped[str] = mapped_column(String(20), default="")
    identiteit_op: Mapped[date | None]
    identiteit_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gezocht_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    uitzondering: Mapped[str] = mapped_column(String(500), default="")
    voorgelegd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gecontroleerd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gecontroleerd_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    inhoud: Mapped[str] = mapped_column(Text, default="", info={"avg": "identificatie"})
    inhoud_hash: Mapped[str] = mapped_column(String(64), default="")
    afgewezen_reden: Mapped[str] = mapped_column(String(500), default="")
    verzonden_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    verzonden_wijze: Mapped[str] = mapped_column(String(20), default="")
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    versie: Mapped[int] = mapped_column(default=1)

    voorgelegd_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[voorgelegd_door_id])
    gecontroleerd_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[gecontroleerd_door_id])
    identiteit_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[identiteit_door_id])
    treffers: Mapped[list["Inzagetreffer"]] = relationship(order_by="Inzagetreffer.id", back_populates="verzoek")

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Inzagetreffer(GemeenteEigendom, Model):
    """A place where the person may stand, and whether somebody who may read it says that it is them."""

    __tablename__ = "inzagetreffer"
    __table_args__ = (
        UniqueConstraint("verzoek_id", "tabel", "rij_id", "kolom"),
        CheckConstraint(een_van("oordeel", ["", *OORDELEN]), name="oordeel_bekend"),
    )

    verzoek_id: Mapped[int] = mapped_column(ForeignKey("inzageverzoek.id", ondelete="CASCADE"), index=True)
    tabel: Mapped[str] = mapped_column(String(60))
    rij_id: Mapped[int]
    kolom: Mapped[str] = mapped_column(String(60))
    object_soort: Mapped[str] = mapped_column(String(40))
    object_uid: Mapped[str] = mapped_column(String(64))
    oordeel: Mapped[str] = mapped_column(String(20), default="")
    reden: Mapped[str] = mapped_column(String(300), default="")
    beoordeeld_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    verzoek: Mapped[Inzageverzoek] = relationship(back_populates="treffers")


class Inzagestap(GemeenteEigendom, Model):
    """A step in the handling of a request. Only added to."""

    __tablename__ = "inzagestap"

    verzoek_id: Mapped[int] = mapped_column(ForeignKey("inzageverzoek.id", ondelete="CASCADE"), index=True)
    van: Mapped[str] = mapped_column(String(20))
    naar: Mapped[str] = mapped_column(String(20))
    toelichting: Mapped[str] = mapped_column(String(500), default="")
    op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    door: Mapped[Gebruiker | None] = relationship()
