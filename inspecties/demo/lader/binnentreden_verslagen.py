"""Verslagen van binnentreden of the demo: the last entry still asks one, those before it are made and handed over."""

from datetime import datetime, timedelta
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from inspecties.acties import verslag as acts
from inspecties.acties.documenten import bewaar_verslag
from inspecties.acties.models import Stop
from inspecties.acties.rules.verslag import Verslagtekst, tijden
from inspecties.acties.verslag_queries import Plicht, plicht_van, voorstel
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import Kring
from inspecties.instellingen import opslag_van
from inspecties.web.sjablonen import datum

# The last entries still ask a verslag; of those before them the newest have a document, each takes a moment to make.
_NOG_TE_MAKEN = timedelta(days=30)
_MET_DOCUMENT = timedelta(days=60)


def maak_verslag(sessie: Session, kring: Kring, stop: Stop, tot: datetime, nu: datetime) -> None:
    """The verslag of one visit, the day after; ``tot``: the moment at which the demo is loaded."""
    if stop.toegangsgrond != "machtiging" or tot - nu < _NOG_TE_MAKEN:
        return
    plicht = plicht_van(sessie, kring.actoren["coordinator"], nu, stop.id)
    eigen = {actor.gebruiker_id: actor for actor in kring.actoren.values()}
    if plicht is not None and plicht.machtiging is not None and plicht.machtiging.aan_id in eigen:
        _maak(sessie, eigen[plicht.machtiging.aan_id], plicht, nu, document=tot - nu < _MET_DOCUMENT)


def _tekst(plicht: Plicht, wie: Actor, binnen: datetime, buiten: datetime) -> Verslagtekst:
    begin = voorstel(plicht, wie.naam)
    vast = {
        naam: begin[naam]
        for naam in ("grond", "naam", "hoedanigheid", "grondslag", "doel", "plaats", "meegaanden", "meegaanden_wie")
    }
    return Verslagtekst(
        **vast,
        binnen_op=binnen,
        verlaten_op=buiten,
        bewoner="onbekend",
        wijze="Wij belden aan en legitimeerden ons. Een bewoner deed open en las de machtiging.",
        verricht="Alle kamers bekeken, bedden en bewoners geteld, foto's gemaakt. Er is niets bijzonders gebeurd.",
    )


def _maak(sessie: Session, wie: Actor, plicht: Plicht, nu: datetime, *, document: bool) -> None:
    binnen, buiten = tijden(plicht.bericht, plicht.dag)
    if binnen is None or buiten is None:
        return
    assert wie.gebruiker_id is not None
    vraag = acts.Verslagvraag(_tekst(plicht, wie, binnen, buiten), wie.gebruiker_id)
    rij = acts.begin(sessie, wie, nu, plicht.stop, vraag)
    if not document:
        acts.maak_elders(sessie, wie, nu, rij, f"Papieren verslag in het archief, map {plicht.dag:%Y-%m}")
        return
    opslag = opslag_van(current_app.extensions["instellingen"])
    acts.stel_vast(sessie, wie, nu, rij, "ambtseed", datum, partial(bewaar_verslag, sessie, wie, opslag, nu))
    dag = lokale_datum(nu)
    acts.lever_af(sessie, wie, nu, rij, "gever", "toegestuurd", dag, "")
    acts.lever_af(sessie, wie, nu, rij, "bewoner", "uitgereikt", dag, "Aan de deur gegeven.")
