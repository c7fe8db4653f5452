"""An action for today, also when the demo was loaded last week."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.operations_toestand import naar
from inspecties.core.fouten import Conflict, InspectiesFout
from inspecties.core.klok import lokale_datum
from inspecties.demo.accounts import HOOFDGEMEENTE
from inspecties.demo.lader.acties import plan_actie, tot_laat
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.locaties import moment, sleutel_van
from inspecties.demo.wereld import ZAAD, maak_wereld
from inspecties.demo.woorden import lees_woorden
from inspecties.locaties.models import Locatietype, Risicolocatie

log = structlog.get_logger()

_REDEN = "Demo: deze actie ging niet door. Er is een nieuwe voor vandaag."


def zorg_voor_actie_van_vandaag(sessie: Session, kring: Kring, nu: datetime) -> Actie | None:
    """Plan the demo's action of the day where there is none; None where there is one, or none can be planned.

    Earlier ones of the same name that nobody began are called off. What users changed (an account blocked, a checklist
    withdrawn) may stand in the way: then nothing changes, and the demo starts without an action for today.
    """
    vandaag = lokale_datum(nu)
    naam = next(p["naam"] for p in lees_woorden("acties")[HOOFDGEMEENTE] if p["dagen"] == 0)
    begin, eind = moment(vandaag, 0), moment(vandaag + timedelta(days=1), 0)
    er_is = sessie.scalar(
        select(Actie.id).where(
            Actie.gemeente_id == kring.gemeente.id,
            # A draft that a planner made for this day puts nobody on the street; the demo's own may be back in concept.
            Actie.toestand.in_(("gereed", "in_uitvoering", "afgerond"))
            | ((Actie.toestand == "concept") & (Actie.naam == naam)),
            Actie.begin_op >= begin,
            Actie.begin_op < eind,
        )
    )
    if er_is is not None or "coordinator" not in kring.actoren:
        return None
    try:
        with sessie.begin_nested():
            return _plan(sessie, kring, naam, nu)
    except InspectiesFout as fout:
        log.warning("geen actie voor vandaag", reden=fout.melding)
        return None


def _plan(sessie: Session, kring: Kring, naam: str, nu: datetime) -> Actie:
    vandaag = lokale_datum(nu)
    wereld = next(g for g in maak_wereld(ZAAD, vandaag).gemeenten if g.code == kring.gemeente.code)
    bron = tot_laat(next(a for a in wereld.acties if a.naam == naam), nu)
    _laat_vervallen(sessie, kring, nu, naam, moment(vandaag, 0))
    rijen = sessie.execute(
        select(Risicolocatie.id, Risicolocatie.adressleutel, Locatietype.code)
        .join(Locatietype, Locatietype.id == Risicolocatie.locatietype_id)
        .where(Risicolocatie.gemeente_id == kring.gemeente.id, Risicolocatie.status.not_in(("gesloten", "uit_beeld")))
    )
    levend = {(rij.adressleutel, rij.code): rij.id for rij in rijen}
    locaties = {
        x.sleutel: levend[sleutel_van(x.adres), x.type]
        for x in wereld.locaties
        if (sleutel_van(x.adres), x.type) in levend
    }
    # Also late in the evening: planned before the shift was over.
    gepland = min(nu, bron.begin_op)
    actie, _ = plan_actie(sessie, kring, bron, locaties, gepland)
    naar(sessie, kring.actoren["coordinator"], gepland, actie, "gereed")
    return actie


def _laat_vervallen(sessie: Session, kring: Kring, nu: datetime, naam: str, voor: datetime) -> None:
    verlopen = sessie.scalars(
        select(Actie).where(
            Actie.gemeente_id == kring.gemeente.id,
            Actie.naam == naam,
            Actie.toestand == "gereed",
            Actie.begin_op < voor,
        )
    )
    for actie in verlopen:
        try:
            naar(sessie, kring.actoren["coordinator"], nu, actie, "vervallen", _REDEN)
        except Conflict:
            # A team did go: what it recorded stays where it is.
            continue
