"""The way of a signal through the meldroute. Who reported is in none of these tables."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    event,
    false,
    inspect,
    true,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from inspecties.audit.wpgmuur import ommuur
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.rechten import rol_mag
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen.models import Signaal
from inspecties.signalen.rules.indeling import MELDSTAPPEN
from inspecties.signalen.rules.meldroute import WIJZEN
from inspecties.signalen.rules.triage import ANTWOORDEN, ZORGANTWOORDEN
from inspecties.signalen.signaalmuur import bij_gewoon_signaal

BANDSOORTEN: dict[str, str] = {"gesplitst": "Gesplitst", "samengevoegd": "Samengevoegd"}


class Signaaldeel(GemeenteEigendom):
    """A part of a signal: only who may read signals ever selects it."""

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return true() if rol_mag(actor.rol, "signalen.lezen") else false()


class Meldroute(Signaaldeel, Model):
    """Which table of steps a signal goes through, and what came of it. The version is that of its beginning."""

    __tablename__ = "meldroute"
    __table_args__ = (UniqueConstraint("signaal_id"),)

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"))
    tabel: Mapped[str] = mapped_column(String(40))
    versie: Mapped[str] = mapped_column(String(20))
    uitkomst: Mapped[str] = mapped_column(String(40), default="")
    gesloten_op: Mapped[datetime | None] = mapped_column(UtcMoment)


class Meldstap(Signaaldeel, Model):
    """One step of one signal: whose it is, until when, and how it ended. ``klaar_op`` None: it runs."""

    __tablename__ = "meldstap"
    __table_args__ = (
        CheckConstraint(een_van("stap", list(MELDSTAPPEN)), name="stap_bekend"),
        Index("ix_meldstap_open", "gemeente_id", "klaar_op", "uiterlijk"),
    )

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    stap: Mapped[str] = mapped_column(String(20))
    eigenaar_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    begon_op: Mapped[datetime] = mapped_column(UtcMoment)
    uiterlijk: Mapped[date | None]
    klaar_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    uitkomst: Mapped[str] = mapped_column(String(40), default="")
    notitie: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    eigenaar: Mapped[Gebruiker | None] = relationship(foreign_keys=[eigenaar_id])
    door: Mapped[Gebruiker | None] = relationship(foreign_keys=[door_id])
    signaal: Mapped[Signaal] = relationship()


class Overleg(Signaaldeel, Model):
    """A meeting in which signals are discussed."""

    __tablename__ = "overleg"

    naam: Mapped[str] = mapped_column(String(120))
    datum: Mapped[date] = mapped_column(index=True)
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    punten: Mapped[list["Overlegpunt"]] = relationship(order_by="Overlegpunt.id", back_populates="overleg")


class Overlegpunt(Signaaldeel, Model):
    """A signal on an agenda, the question to the meeting, and what was agreed."""

    __tablename__ = "overlegpunt"
    __table_args__ = (UniqueConstraint("overleg_id", "signaal_id"),)

    overleg_id: Mapped[int] = mapped_column(ForeignKey("overleg.id", ondelete="CASCADE"), index=True)
    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    vraag: Mapped[str] = mapped_column(String(300), default="")
    afspraak: Mapped[str] = mapped_column(Text, default="")
    besproken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    toegevoegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    overleg: Mapped[Overleg] = relationship(back_populates="punten")
    signaal: Mapped[Signaal] = relationship()


class Doorzetting(Signaaldeel, Model):
    """What was passed on, to whom, on which ground and with exactly which fields. The text never changes again."""

    __tablename__ = "doorzetting"
    __table_args__ = (CheckConstraint(een_van("wijze", list(WIJZEN)), name="wijze_bekend"),)

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    ontvanger: Mapped[str] = mapped_column(String(40))
    contact: Mapped[str] = mapped_column(String(160), default="")
    wijze: Mapped[str] = mapped_column(String(20))
    grondslag: Mapped[str] = mapped_column(String(200))
    velden: Mapped[list[str]] = mapped_column(JSON)
    tekst: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    doorgezet_op: Mapped[datetime] = mapped_column(UtcMoment)
    antwoord_voor: Mapped[date | None]
    antwoord: Mapped[str] = mapped_column(Text, default="")
    klasse: Mapped[str] = mapped_column(String(40), default="")
    antwoord_op: Mapped[date | None]
    # Why there will be no answer any more; either this or ``antwoord_op`` ends the waiting.
    afgezien: Mapped[str] = mapped_column(String(300), default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    door: Mapped[Gebruiker | None] = relationship()
    signaal: Mapped[Signaal] = relationship()

    @property
    def wacht(self) -> bool:
        """Whether an answer is still awaited."""
        return self.antwoord_voor is not None and self.antwoord_op is None and not self.afgezien


_BEVROREN = ("signaal_id", "ontvanger", "grondslag", "velden", "tekst", "sha256", "doorgezet_op")


@event.listens_for(Doorzetting, "before_update")
def _blijft_zoals_doorgezet(_mapper: Mapper[Any], _verbinding: Any, rij: Doorzetting) -> None:
    staat = inspect(rij)
    if any(staat.attrs[naam].history.has_changes() for naam in _BEVROREN):
        raise Conflict("Wat is doorgezet, verandert niet meer. Zet opnieuw door als er iets bij komt.")


class Triageantwoord(Signaaldeel, Model):
    """One answer to one question of the triage; the latest of a question counts."""

    __tablename__ = "triageantwoord"
    __table_args__ = (CheckConstraint(een_van("antwoord", list(ANTWOORDEN)), name="antwoord_bekend"),)

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    vraag: Mapped[str] = mapped_column(String(40))
    antwoord: Mapped[str] = mapped_column(String(10))
    op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))


class Triageafwijking(Signaaldeel, Model):
    """An advice that a person did not follow, and why."""

    __tablename__ = "triageafwijking"
    __table_args__ = (UniqueConstraint("signaal_id", "advies"),)

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    advies: Mapped[str] = mapped_column(String(60))
    reden: Mapped[str] = mapped_column(Text)
    op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))


class Zorgaanbod(Signaaldeel, Model):
    """Help that was offered to a possible victim: what, by whom, when, and the answer. Never who the victim is."""

    __tablename__ = "zorgaanbod"
    __table_args__ = (CheckConstraint(een_van("antwoord", list(ZORGANTWOORDEN)), name="antwoord_bekend"),)

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    wat: Mapped[str] = mapped_column(String(200))
    door_wie: Mapped[str] = mapped_column(String(160))
    aangeboden_op: Mapped[date]
    antwoord: Mapped[str] = mapped_column(String(20))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))


class Bedenktijd(Signaaldeel, Model):
    """The time to think of a possible victim, as a term. ``uiterlijk`` is its last day."""

    __tablename__ = "bedenktijd"

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    begon_op: Mapped[date]
    uiterlijk: Mapped[date]
    via: Mapped[str] = mapped_column(String(160))
    beeindigd_op: Mapped[date | None]
    reden: Mapped[str] = mapped_column(String(300), default="")
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    signaal: Mapped[Signaal] = relationship()


class Signaalband(Signaaldeel, Model):
    """Where a signal comes from or went: ``van`` was split into ``naar``, or is a double of ``naar``."""

    __tablename__ = "signaalband"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(BANDSOORTEN)), name="soort_bekend"),
        CheckConstraint("van_id <> naar_id", name="twee_signalen"),
        UniqueConstraint("van_id", "naar_id", "soort"),
    )

    soort: Mapped[str] = mapped_column(String(20))
    van_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    naar_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    van: Mapped[Signaal] = relationship(foreign_keys=[van_id])
    naar: Mapped[Signaal] = relationship(foreign_keys=[naar_id])


class Signaallocatie(Signaaldeel, Model):
    """A location that a signal is also about, besides ``Signaal.locatie``."""

    __tablename__ = "signaallocatie"
    __table_args__ = (UniqueConstraint("signaal_id", "locatie_id"),)

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="CASCADE"), index=True)
    reden: Mapped[str] = mapped_column(String(300), default="")
    op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    locatie: Mapped[Risicolocatie] = relationship()


class Signaaldossier(Signaaldeel, Model):
    """A dossier that has to do with a signal, by number; what is in it stays with who may read it."""

    __tablename__ = "signaaldossier"
    __table_args__ = (UniqueConstraint("signaal_id", "dossier_uid"),)

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    dossier_uid: Mapped[UUID] = mapped_column(Uuid)
    nummer: Mapped[str] = mapped_column(String(20))
    op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))


class Signaalstop(Signaaldeel, Model):
    """A visit that was planned because of a signal. The plan itself does not name the signal."""

    __tablename__ = "signaalstop"

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    actie_uid: Mapped[UUID] = mapped_column(Uuid)
    naam: Mapped[str] = mapped_column(String(160))
    op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))


# With a signal that stands apart as police data. What else hangs on a signal keeps it from standing apart.
for _bij in (Meldroute, Meldstap, Triageantwoord, Triageafwijking, Signaallocatie):
    ommuur(_bij, bij_gewoon_signaal, _bij.signaal_id)
