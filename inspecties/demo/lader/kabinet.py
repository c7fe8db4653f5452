"""The mayor's desk of the demo: who holds the office, a deputy, advice and costs, and a decision by telephone."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.locaties import moment
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.demo.woorden import lees_woorden
from inspecties.dossiers.kabinet_bevoegd import wie_besluiten
from inspecties.dossiers.kabinet_telefoon import Gebeld, leg_telefoonbesluit_vast
from inspecties.dossiers.kabinet_voorbereiding import Adviesgegevens, bewaar_voorbereiding, voeg_advies_toe
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.vervanging import bekledingen, geef_ambt, vervang, vervangingen

# The evening before today.
_BELUUR = 23


def stel_ambten_in(sessie: Session, kring: Kring, begin: datetime) -> None:
    """From the first day on the cabinet's account is the mayor."""
    if {"kabinet", "beheerder"} <= set(kring.actoren):
        grond = lees_woorden("kabinet")["ambt"]["grond"]
        uid = kring.actoren["kabinet"].gebruiker_uid
        geef_ambt(sessie, kring.actoren["beheerder"], begin, uid, "burgemeester", lokale_datum(begin), grond)


def besluiter(sessie: Session, kring: Kring, dossier: Dossier, nu: datetime) -> Actor:
    """Who decides today: the mayor, once the deputy who stands in during a holiday."""
    burgemeester, loco = kring.actoren["kabinet"], kring.actoren.get("loco")
    if loco is None or dossier.soort != "bouw_wonen" or vervangingen(sessie, kring.systeem):
        return burgemeester
    vandaag, grond = lokale_datum(nu), lees_woorden("kabinet")["vervanging"]["eerder"]
    rij = bekledingen(sessie, kring.systeem)[0]
    tot = vandaag + timedelta(days=7)
    vervang(sessie, burgemeester, nu - timedelta(hours=6), rij, loco.gebruiker_uid, vandaag, tot, grond)
    return loco


def bereid_besluit_voor(sessie: Session, jurist: Actor, nu: datetime, dossier: Dossier, instrument: str) -> None:
    """What the jurist adds for the mayor before submitting."""
    woorden = lees_woorden("kabinet")[instrument]
    bewaar_voorbereiding(sessie, jurist, nu, dossier, woorden["kosten"], woorden["perslijn"], "", versie=0)
    for nr, a in enumerate(woorden["advies"]):
        op = lokale_datum(nu) - timedelta(days=nr + 1)
        voeg_advies_toe(
            sessie, jurist, nu, dossier, Adviesgegevens(a["soort"], a["van"], op, a["strekking"], a["tekst"])
        )


def laad_kabinet(
    sessie: Session, kring: Kring, wereld: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """A deputy for today, and last night's telephone call about the closure that waits."""
    del wereld, locaties
    loco, coordinator = kring.actoren.get("loco"), kring.actoren["coordinator"]
    if loco is None:
        return
    woorden = lees_woorden("kabinet")
    vandaag, burgemeester = lokale_datum(nu), kring.actoren["kabinet"]
    rij = next(b for b in bekledingen(sessie, kring.systeem) if b.ambt == "burgemeester")
    van, tot = vandaag + timedelta(days=2), vandaag + timedelta(days=9)
    vervang(sessie, burgemeester, nu, rij, loco.gebruiker_uid, van, tot, woorden["vervanging"]["nu"])
    dossier = sessie.scalars(
        select(Dossier)
        .where(Dossier.gemeente_id == kring.gemeente.id, Dossier.toestand == "voorgelegd", Dossier.soort == "sluiting")
        .order_by(Dossier.id)
    ).first()
    gebeld_op = moment(vandaag - timedelta(days=1), _BELUUR)
    if dossier is None or burgemeester.gebruiker_uid not in dict(
        wie_besluiten(sessie, coordinator, dossier, gebeld_op)
    ):
        return
    telefoon = woorden["telefoon"]
    gebeld = Gebeld(burgemeester.gebruiker_uid, gebeld_op, "akkoord", telefoon["gezegd"], telefoon["spoed"])
    leg_telefoonbesluit_vast(sessie, coordinator, nu, dossier, gebeld)
