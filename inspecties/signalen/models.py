"""Signals. Who reported is not in this table and never will be."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.audit.wpgmuur import ommuur, ongemerkt
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen.rules.indeling import BRONNEN, MELDSTAPPEN, URGENTIES, VORMEN
from inspecties.signalen.signaalmuur import SIGNAAL


class Signaal(GemeenteEigendom, Model):
    """Something that somebody saw or heard, on its way through the meldroute."""

    __tablename__ = "signaal"
    __table_args__ = (
        CheckConstraint(een_van("bron", list(BRONNEN)), name="bron_bekend"),
        CheckConstraint(een_van("vorm", list(VORMEN)), name="vorm_bekend"),
        CheckConstraint(een_van("urgentie", list(URGENTIES)), name="urgentie_bekend"),
        CheckConstraint(een_van("status", list(MELDSTAPPEN)), name="status_bekend"),
    )

    nummer: Mapped[str] = mapped_column(String(20))
    datum: Mapped[date]
    bron: Mapped[str] = mapped_column(String(40))
    vorm: Mapped[str] = mapped_column(String(40))
    tekst: Mapped[str] = mapped_column(Text)
    waar: Mapped[str] = mapped_column(String(200), default="")
    urgentie: Mapped[str] = mapped_column(String(20), default="normaal")
    status: Mapped[str] = mapped_column(String(20), default="ontvangen", index=True)
    indicatoren: Mapped[list[str]] = mapped_column(JSON, default=list)
    locatie_id: Mapped[int | None] = mapped_column(ForeignKey("risicolocatie.id", ondelete="SET NULL"), index=True)
    ontvangen_op: Mapped[datetime] = mapped_column(UtcMoment)

    locatie: Mapped[Risicolocatie | None] = relationship()


# What was set apart as police data (Wpg) leaves every list, count, map and score.
ommuur(Signaal, ongemerkt(SIGNAAL), Signaal.uid)
