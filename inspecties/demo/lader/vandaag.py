"""An action for today, also when the demo was loaded last week."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.operations_toestand import naar
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.acties import plan_actie
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.locaties import moment, sleutel_van
from inspecties.demo.wereld import ZAAD, maak_wereld
from inspecties.locaties.models import Locatietype, Risicolocatie

_REDEN = "Demo: deze actie ging niet door. Er is een nieuwe voor vandaag."


def zorg_voor_actie_van_vandaag(sessie: Session, kring: Kring, nu: datetime) -> Actie | None:
    """Plan the demo's action of the day where there is none; None where there is one, or nobody to plan it.

    Earlier ones of the same name that nobody began are called off.
    """
    vandaag = lokale_datum(nu)
    begin, eind = moment(vandaag, 0), moment(vandaag + timedelta(days=1), 0)
    er_is = sessie.scalar(
        select(Actie.id).where(
            Actie.gemeente_id == kring.gemeente.id,
            Actie.toestand != "vervallen",
            Actie.begin_op >= begin,
            Actie.begin_op < eind,
        )
    )
    if er_is is not None or "coordinator" not in kring.actoren:
        return None
    wereld = next(g for g in maak_wereld(ZAAD, vandaag).gemeenten if g.code == kring.gemeente.code)
    bron = next(a for a in wereld.acties if lokale_datum(a.begin_op) == vandaag)
    _laat_vervallen(sessie, kring, nu, bron.naam, begin)
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
