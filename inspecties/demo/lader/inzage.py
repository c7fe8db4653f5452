"""A person's request in handling, and a restriction on the data of somebody who disputes them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.beperken import beperk
from inspecties.core.klok import lokale_datum
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.locaties.models_partijen import Partij
from inspecties.start import inzage
from inspecties.start.rules_inzage import lees_zoekvraag


def laad_inzage(
    sessie: Session, kring: Kring, _bron: Wereldgemeente, _locaties: Mapping[str, int], nu: datetime
) -> None:
    """Where the gemeente has a jurist: the newest person in its register asks, another disputes."""
    jurist = kring.actoren.get("jurist")
    personen = sessie.scalars(
        select(Partij).where(Partij.gemeente_id == kring.gemeente.id, Partij.soort == "persoon").order_by(Partij.id)
    ).all()
    if jurist is None or len(personen) < 2:
        return
    bos: Sleutelbos = current_app.extensions["sleutelbos"]
    toen = nu - timedelta(days=9)
    persoon, ander = personen[-1], personen[0]
    contact = "Hoofdstraat 1, Markerwaard"
    wie = inzage.Aanvrager(persoon.naam, contact)
    verzoek = inzage.neem_aan(sessie, jurist, toen, bos, "inzage", wie, lokale_datum(toen))
    inzage.stel_identiteit_vast(sessie, jurist, toen + timedelta(days=1), verzoek, "balie", lokale_datum(toen))
    inzage.zoek_persoon(sessie, jurist, nu - timedelta(days=2), bos, verzoek, lees_zoekvraag(persoon.naam))
    beperk(sessie, jurist, nu - timedelta(days=3), "partij", ander.uid, "betwist", "De rol bij het pand wordt betwist.")
