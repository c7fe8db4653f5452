"""A person's request in handling, and a restriction on the data of somebody who disputes them."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.beperken import beperk
from inspecties.core.klok import lokale_datum
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.demo.accounts import HOOFDGEMEENTE
from inspecties.demo.lader.feiten import FEITEN
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.locaties import moment
from inspecties.demo.lader.tijdlijn import Tijdlijn
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.locaties.models_partijen import Partij
from inspecties.start import inzage
from inspecties.start.models_inzage import Inzageverzoek
from inspecties.start.rules_inzage import lees_zoekvraag

_CONTACT = "Hoofdstraat 1, Markerwaard"
_BINNEN, _AAN_DE_BALIE = timedelta(days=9), timedelta(days=8)


def _personen() -> list[str]:
    """The names of the persons whom ``feiten`` puts in the register, in its order."""
    return [p["naam"] for p in tomllib.loads(FEITEN.read_text(encoding="utf-8"))["partij"] if p["soort"] == "persoon"]


def plan_verzoek(sessie: Session, kring: Kring, tijdlijn: Tijdlijn, nu: datetime) -> None:
    """Nine days ago somebody asked what the main gemeente has; the day after, they came to the counter."""
    if kring.gemeente.naam == HOOFDGEMEENTE:
        vandaag = lokale_datum(nu)
        tijdlijn.plan(moment(vandaag - _BINNEN, 10), partial(_neem_aan, sessie, kring))
        tijdlijn.plan(moment(vandaag - _AAN_DE_BALIE, 14), partial(_stel_vast, sessie, kring))


def _neem_aan(sessie: Session, kring: Kring, nu: datetime) -> None:
    wie = inzage.Aanvrager(_personen()[-1], _CONTACT)
    inzage.neem_aan(sessie, kring.actoren["jurist"], nu, _bos(), "inzage", wie, lokale_datum(nu))


def _stel_vast(sessie: Session, kring: Kring, nu: datetime) -> None:
    inzage.stel_identiteit_vast(sessie, kring.actoren["jurist"], nu, _verzoek(sessie, kring), "balie", lokale_datum(nu))


def _bos() -> Sleutelbos:
    bos: Sleutelbos = current_app.extensions["sleutelbos"]
    return bos


def _verzoek(sessie: Session, kring: Kring) -> Inzageverzoek:
    return sessie.scalars(select(Inzageverzoek).where(Inzageverzoek.gemeente_id == kring.gemeente.id)).one()


def laad_inzage(
    sessie: Session, kring: Kring, bron: Wereldgemeente, _locaties: Mapping[str, int], nu: datetime
) -> None:
    """Today the jurist searched for who asked, and somebody else disputes what the register says of them."""
    if bron.naam != HOOFDGEMEENTE:
        return
    jurist, namen = kring.actoren["jurist"], _personen()
    inzage.zoek_persoon(sessie, jurist, nu, _bos(), _verzoek(sessie, kring), lees_zoekvraag(namen[-1]))
    ander = sessie.scalars(select(Partij).where(Partij.gemeente_id == kring.gemeente.id, Partij.naam == namen[0])).one()
    beperk(sessie, jurist, nu, "partij", ander.uid, "betwist", "De rol bij het pand wordt betwist.")
