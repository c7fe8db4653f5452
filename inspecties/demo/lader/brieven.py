"""Letters in the dossiers of the demo: a decision with its proof, a letter to residents, a draft, a template."""

from collections.abc import Mapping
from datetime import datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.dossiers.brief_verzenden import Bewijs, geef_kennis, leg_vast
from inspecties.dossiers.brieven import laatste_versie, maak_brief, nog_open, vul_aan
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_brieven import Brief
from inspecties.dossiers.rules.brief import briefsoort, brievenboek
from inspecties.instellingen import opslag_van
from inspecties.sjablonen.operations import neem_in_gebruik, standaard_docx, voeg_toe


def laad_brieven(
    sessie: Session, kring: Kring, wereld: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """What the jurist wrote and sent."""
    del wereld, locaties
    jurist = kring.actoren.get("jurist")
    if jurist is None:
        return
    opslag = opslag_van(current_app.extensions["instellingen"])
    _sjabloon(sessie, jurist, nu, opslag)
    dossiers = sessie.scalars(
        select(Dossier)
        .where(Dossier.gemeente_id == kring.gemeente.id, Dossier.soort != "bibob", Dossier.toestand != "afgesloten")
        .order_by(Dossier.nummer)
    ).all()
    akkoord = next((d for d in dossiers if d.toestand == "akkoord" and d.belanghebbenden), None)
    if akkoord is not None and akkoord.soort == "sluiting":
        bewoners = maak_brief(sessie, jurist, nu, opslag, akkoord, "bewoners_sluiting", taal="pl")
        _vul(sessie, jurist, nu, bewoners)
    opbouw = next((d for d in dossiers if d.toestand == "opbouw" and d.belanghebbenden), None)
    if opbouw is not None:
        soort = "voornemen_sluiting" if opbouw.soort == "sluiting" else "voornemen_last"
        maak_brief(sessie, jurist, nu, opslag, opbouw, soort, partij=opbouw.belanghebbenden[0])


def verstuur_besluit(sessie: Session, jurist: Actor, opslag: Opslag, dossier: Dossier, nu: datetime) -> None:
    """The decision of a closure to the first party, frozen on the day of the approval."""
    brief = maak_brief(sessie, jurist, nu, opslag, dossier, "besluit_sluiting", partij=dossier.belanghebbenden[0])
    _vul(sessie, jurist, nu, brief)
    leg_vast(sessie, jurist, nu, opslag, brief, laatste_versie(sessie, jurist, brief).volgnummer)


def geef_besluit_af(sessie: Session, jurist: Actor, opslag: Opslag, dossier: Dossier, nu: datetime) -> None:
    """The day after: it was taken in."""
    brief = sessie.scalars(select(Brief).where(Brief.dossier_id == dossier.id, Brief.stand == "vastgelegd")).one()
    bewijs = Bewijs("3SDEMO1234567, getekend voor ontvangst")
    geef_kennis(sessie, jurist, nu, opslag, brief, "aangetekend", lokale_datum(nu), bewijs)


def _vul(sessie: Session, jurist: Actor, nu: datetime, brief: Brief) -> None:
    """What the dossier does not say, as an example: invented, like everything in the demo."""
    voorbeelden = {v.titel: v.voorbeeld for v in brievenboek().velden.values()}
    open_ = nog_open(laatste_versie(sessie, jurist, brief))
    vul_aan(sessie, jurist, nu, brief, {titel: voorbeelden[titel] for titel in open_ if titel in voorbeelden})


def _sjabloon(sessie: Session, jurist: Actor, nu: datetime, opslag: Opslag) -> None:
    """A template of the gemeente's own, in use since this day."""
    soort = briefsoort("uitnodiging_zienswijze")
    versie = voeg_toe(
        sessie, jurist, nu, opslag, soort, "nl", standaard_docx(soort, "nl"),
        "uitnodiging-huisstijl.docx", "Onze huisstijl",
    )  # fmt: skip
    neem_in_gebruik(
        sessie, jurist, nu, soort, "nl", versie, lokale_datum(nu), "Vastgesteld door het team juridische zaken"
    )
