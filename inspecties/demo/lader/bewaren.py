"""One legal hold on a dossier, and one thing that goes within the month."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.dossiers.models import Dossier
from inspecties.locaties.models_partijen import Partij
from inspecties.start.bewaar_slot import doel_van, stel_in


def laad_bewaren(
    sessie: Session, kring: Kring, _bron: Wereldgemeente, _locaties: Mapping[str, int], nu: datetime
) -> None:
    """Where the gemeente has a jurist: the oldest dossier is held, and a person's term ends in nine days."""
    jurist = kring.actoren.get("jurist")
    dossier = sessie.scalars(
        select(Dossier).where(Dossier.gemeente_id == kring.gemeente.id, Dossier.soort != "bibob").order_by(Dossier.id)
    ).first()
    if jurist is None or dossier is None:
        return
    doel = doel_van(sessie, jurist, "dossier", dossier.uid)
    # Now, not in the past: the year has been played, and the audit log only goes on.
    stel_in(sessie, jurist, nu, doel, "De rechtbank behandelt een beroep; de stukken blijven nodig.")
    persoon = sessie.scalars(
        select(Partij).where(Partij.gemeente_id == kring.gemeente.id, Partij.soort == "persoon").order_by(Partij.id)
    ).first()
    if persoon is not None:
        persoon.bewaren_tot = lokale_datum(nu) + timedelta(days=9) - relativedelta(months=1)
    sessie.flush()
