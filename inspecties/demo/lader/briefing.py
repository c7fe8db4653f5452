"""Briefings of the demo: where to meet and whom to call, a second version that says what is new, and who read which."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.briefing import deel_voor, lees_voor_gezien, maak_als_anders
from inspecties.acties.briefing_gegevens import Ingevuld, zet_embargo, zet_gegevens
from inspecties.acties.models import Actie
from inspecties.acties.queries import ploegen_van_actie
from inspecties.core.rechten import Rol
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente

_VEILIGHEID = "In de straat is een losse hond gezien. Wacht bij de poort tot de politie zegt dat het kan."


def laad_briefing(
    sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """Through the same acts as a planner's and a reader's; the numbers lead nowhere."""
    del bron, locaties
    planner = kring.actoren["coordinator"]
    komend = sessie.scalars(
        select(Actie)
        .where(
            Actie.gemeente_id == kring.gemeente.id,
            Actie.eind_op > nu,
            Actie.toestand.in_(("concept", "gereed", "in_uitvoering")),
        )
        .order_by(Actie.begin_op)
    ).all()
    for actie in komend:
        ploegen = ploegen_van_actie(sessie, planner, actie)
        # One reads the first version at once; the others only come to it later.
        for eerste in [a for a in kring.actoren.values() if a.rol is Rol.INSPECTEUR][:1]:
            deel = deel_voor(sessie, eerste, actie)
            if deel is not None:
                lees_voor_gezien(sessie, eerste, min(nu, actie.begin_op), deel)
        leiders = {
            p.id: (p.leden[0].gebruiker_id if p.leden else None, f"06 0000010{p.volgorde % 10}") for p in ploegen
        }
        om = actie.begin_op - timedelta(minutes=45)
        ingevuld = Ingevuld("Stadhuis, zaal 2", om, planner.naam, "06 00000100", _VEILIGHEID, "", leiders)
        zet_gegevens(sessie, planner, nu, actie, ingevuld)
        if actie.toestand != "concept":
            maak_als_anders(sessie, planner, nu, actie)
        tot = actie.begin_op - timedelta(hours=4)
        if actie.toestand == "concept" and tot > nu:
            zet_embargo(sessie, planner, nu, actie, tot)
    sessie.flush()
