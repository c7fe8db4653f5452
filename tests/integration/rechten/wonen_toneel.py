"""A last and a fine in preparation, for the table of rights."""

from datetime import datetime

from inspecties.core.actor import Actor
from inspecties.database.basis import db
from inspecties.dossiers import boetes, lasten, operations
from inspecties.dossiers.models import Dossier


def maak_wonen(jurist: Actor, nu: datetime, ander: Dossier) -> None:
    """Both in a dossier of their own, which is still worked on; not committed."""
    dossier = operations.maak_dossier(
        db.session(), jurist, nu, ander.soort, ander.grondslag, "Wonen", ander.locaties, ander.bezoeken
    )
    last = lasten.Lastgegevens(
        "dwangsom", "Te veel bewoners.", "Hoogstens drie bewoners.", "art. 22.16 omgevingsplan", "4w",
        eenheid="per_week", bedrag_cent=200_000, maximum_cent=1_200_000,
    )  # fmt: skip
    lasten.bewaar_last(db.session(), jurist, nu, dossier, last)
    boete = boetes.Boetegegevens("omzetten_zonder_vergunning", "Acht kamers apart verhuurd.")
    boetes.bewaar_boete(db.session(), jurist, nu, dossier, boete)
