"""Closing a dossier: its tracks have ended, or stop with it where nothing was ever decided."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokale_datum
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.rules.traject import NERGENS
from inspecties.dossiers.trajecten import stand_van, tabel_van, trajecten_van, zet_trajectstap


def rond_trajecten_af(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, reden: str) -> None:
    """Before a dossier is closed: tracks have ended, or stop with it where nothing was ever decided.

    Raises Conflict naming what still runs.
    """
    besloten = any(b.soort == "akkoord" for b in dossier.besluiten)
    for traject in trajecten_van(sessie, actor, dossier):
        tabel = tabel_van(traject)
        if not tabel.is_eind(traject.stand):
            kan = tabel.stop and any(o.naar == tabel.stop for o in tabel.vanuit(traject.stand))
            if besloten or not kan:
                raise Conflict(
                    f"Het traject '{tabel.naam}' loopt nog: het staat op '{tabel.stap(traject.stand).naam}'. "
                    "Rond eerst het traject af.",
                    "toestand",
                )
            # Where closing asks for a reason itself, that is said there.
            waarom = reden.strip() or "Dossier afgesloten zonder besluit."
            vandaag = lokale_datum(nu)
            zet_trajectstap(sessie, actor, nu, traject, tabel.stop, vandaag, {}, waarom, versie=traject.versie)
        for code, naam in tabel.banen:
            stand = stand_van(traject, tabel, code)
            if stand != NERGENS and not tabel.is_eind(stand):
                raise Conflict(f"{naam} loopt nog: '{tabel.stap(stand).naam}'. Rond dat eerst af.", "toestand")
