"""Terms that run in the dossiers of the demo: in time, about to end, missed, standing still."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.dossiers.looptermijnen import Begin, rond_af, start
from inspecties.dossiers.models import Dossier

# By state of the dossier: (code, what it began with, length where the law sets none).
NA_BESLUIT = (("bezwaar", "Het besluit is uitgereikt aan de eigenaar", ""), ("wkpb_inschrijving", "Bekendmaking", ""))
ZIENSWIJZE = ("zienswijze", "Het voornemen is verstuurd", "")
# Days ago that the letter went out, one after the other: ends in four days, missed by two, ends in nine.
BRIEVEN = (10, 16, 5)


def laad_termijnen(
    sessie: Session, kring: Kring, wereld: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """What the jurist watches."""
    del wereld, locaties
    jurist, vandaag = kring.actoren.get("jurist"), lokale_datum(nu)
    if jurist is None:
        return
    dossiers = sessie.scalars(
        select(Dossier)
        .where(Dossier.gemeente_id == kring.gemeente.id, Dossier.toestand != "afgesloten")
        .order_by(Dossier.nummer)
    ).all()
    for dossier in dossiers:
        if dossier.toestand != "akkoord" or dossier.soort == "bibob" or not dossier.besluiten:
            continue
        besloten = lokale_datum(dossier.besluiten[-1].besloten_op)
        if dossier.soort == "sluiting":
            # Its track began these (trajecten.py).
            continue
        for code, aanleiding, duur in NA_BESLUIT:
            rij = start(sessie, jurist, nu, dossier, Begin(code, besloten, aanleiding, duur, jurist.gebruiker_uid))
            if rij.einde_datum < vandaag:
                rond_af(sessie, jurist, nu, rij, "gedaan", "", versie=rij.versie)
    wacht = [d for d in dossiers if d.toestand == "opbouw" and d.soort != "bibob"]
    for dossier, dagen in zip(wacht, BRIEVEN, strict=False):
        code, aanleiding, duur = ZIENSWIJZE
        begin = Begin(code, vandaag - timedelta(days=dagen), aanleiding, duur, jurist.gebruiker_uid)
        start(sessie, jurist, nu, dossier, begin)
