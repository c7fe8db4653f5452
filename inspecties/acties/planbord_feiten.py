"""Reads an action as a board: teams with hours, powers and breaks, stops with windows and wishes, travel times."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Ploeg, Stop, Stopstap
from inspecties.acties.models_plan import Actieplan, Ploegplan, Stopplan
from inspecties.acties.models_planbord import Partnergrens, Reistabel, Stopbord
from inspecties.acties.queries import ploegen_van_actie, stops_van, stopstappen_van
from inspecties.acties.rules.gereedheid import AFGEHANDELD, ONAANGEROERD
from inspecties.acties.rules.planbord import Bord, Bordpartner, Bordploeg, Bordstop, Pauze
from inspecties.acties.rules.reis import Punt, Reis
from inspecties.core.actor import Actor
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.database import select_voor
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.partners.bevoegd import bevoegdheden_van, bevoegdhedentabel
from inspecties.partners.models import Organisatie

Minuut = Callable[[datetime | None], int | None]


def nulpunt(actie: Actie) -> datetime:
    """The moment of minute 0: so long before the shift that its begin reads as a clock time."""
    begin = lokaal(actie.begin_op)
    return actie.begin_op - timedelta(minutes=begin.hour * 60 + begin.minute)


def lees_bord(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> Bord:
    """The board as it stands. Stops that were called off are not on it."""
    nul = nulpunt(actie)

    def minuut(moment: datetime | None) -> int | None:
        return None if moment is None else int((moment - nul).total_seconds() // 60)

    stops = [s for s in stops_van(sessie, actor, actie) if s.toestand != "vervallen"]
    dienst = (minuut(actie.begin_op) or 0, minuut(actie.eind_op) or 0)
    onderweg = actie.toestand == "in_uitvoering"
    bordstops = _stops(sessie, actor, stops, minuut, nu if onderweg else None)
    ploegen = ploegen_van_actie(sessie, actor, actie)
    verdeling = {str(p.uid): [str(s.uid) for s in stops if s.ploeg_id == p.id] for p in ploegen}
    return Bord(
        nul,
        dienst,
        _vertrekpunt(sessie, actor, actie, [s.punt for s in bordstops.values()]),
        _ploegen(sessie, actor, actie, ploegen, minuut, dienst, nu if onderweg else None),
        bordstops,
        verdeling,
        lees_reis(sessie, actor, actie),
        {code: rij.naam for code, rij in bevoegdhedentabel().op(lokale_datum(actie.begin_op)).items()},
    )


def _vertrekpunt(sessie: Session, actor: Actor, actie: Actie, punten: Sequence[Punt]) -> Punt:
    plan = sessie.scalars(select_voor(actor, Actieplan).where(Actieplan.actie_id == actie.id)).one_or_none()
    if plan is not None and plan.vertrek_x is not None and plan.vertrek_y is not None:
        return plan.vertrek_x, plan.vertrek_y
    if not punten:
        return 0.0, 0.0
    return round(sum(p[0] for p in punten) / len(punten)), round(sum(p[1] for p in punten) / len(punten))


def lees_reis(sessie: Session, actor: Actor, actie: Actie) -> Reis:
    """Travel times: the stored table of this action before straight lines."""
    inst = current_app.extensions["instellingen"]
    rij = sessie.scalars(select_voor(actor, Reistabel).where(Reistabel.actie_id == actie.id)).one_or_none()
    tabel: dict[tuple[str, str], float] = {}
    if rij is not None:
        for van, minuten in zip(rij.punten, rij.minuten, strict=True):
            tabel |= {(van, naar): m for naar, m in zip(rij.punten, minuten, strict=True) if m is not None}
    return Reis(inst.omweg_procent / 100, inst.snelheid_kmh * 1000 / 60, tabel)


def _stops(
    sessie: Session, actor: Actor, stops: Sequence[Stop], minuut: Minuut, onderweg: datetime | None
) -> dict[str, Bordstop]:
    ids = [s.id for s in stops]
    plannen = {p.stop_id: p for p in sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id.in_(ids)))}
    wensen = {b.stop_id: b for b in sessie.scalars(select_voor(actor, Stopbord).where(Stopbord.stop_id.in_(ids)))}
    stappen = stopstappen_van(sessie, actor, stops) if onderweg else {}
    uit = {}
    for stop in stops:
        plan, wens = plannen.get(stop.id), wensen.get(stop.id)
        niet_voor = wens.niet_voor_op if wens else None
        if plan is not None and plan.vast and niet_voor is None:
            niet_voor = plan.begin_op
        uit[str(stop.uid)] = Bordstop(
            str(stop.uid),
            stop.locatie.adresregel,
            (stop.locatie.x, stop.locatie.y),
            stop.duur_min,
            minuut(stop.venster_begin_op),
            minuut(stop.venster_eind_op),
            frozenset(plan.vereist) if plan else frozenset(),
            plan.verplicht if plan else False,
            plan.vast if plan else False,
            minuut(niet_voor),
            plan.waarde_tienden if plan else 0,
            _gedaan(stop, stappen.get(stop.id, []), minuut, onderweg) if onderweg else None,
        )
    return uit


def _gedaan(stop: Stop, stappen: Sequence[Stopstap], minuut: Minuut, nu: datetime) -> tuple[int, int] | None:
    """Begin and departure of what a team began with; what still goes on lasts as planned, or until now."""
    if stop.toestand in ONAANGEROERD or not stappen:
        return None
    momenten = [stap.op for stap in stappen if stap.naar not in ONAANGEROERD]
    binnen = [stap.op for stap in stappen if stap.naar == "binnen"]
    begin = minuut(min(binnen or momenten)) or 0
    if stop.toestand in AFGEHANDELD:
        return begin, max(begin, minuut(max(momenten)) or 0)
    return begin, max(begin + stop.duur_min, minuut(nu) or 0)


def _ploegen(
    sessie: Session,
    actor: Actor,
    actie: Actie,
    ploegen: Sequence[Ploeg],
    minuut: Minuut,
    dienst: tuple[int, int],
    onderweg: datetime | None,
) -> tuple[Bordploeg, ...]:
    plannen = {
        p.ploeg_id: p
        for p in sessie.scalars(select_voor(actor, Ploegplan).where(Ploegplan.ploeg_id.in_([p.id for p in ploegen])))
    }
    leden = {lid.gebruiker_id for p in ploegen for lid in p.leden}
    machten = bevoegdheden_van(sessie, actor, leden, lokale_datum(actie.begin_op))
    partners = _partners(sessie, actor, actie, leden)
    uit = []
    for ploeg in ploegen:
        plan = plannen.get(ploeg.id)
        begin = dienst[0] if plan is None or plan.begin_op is None else minuut(plan.begin_op) or 0
        eind = dienst[1] if plan is None or plan.eind_op is None else minuut(plan.eind_op) or 0
        eigen = {p.naam: p for lid in ploeg.leden if (p := partners.get(lid.gebruiker_id)) is not None}
        uit.append(
            Bordploeg(
                str(ploeg.uid),
                ploeg.naam,
                begin if onderweg is None else max(begin, min(minuut(onderweg) or 0, eind - 1)),
                eind,
                frozenset().union(*(machten[lid.gebruiker_id] for lid in ploeg.leden)),
                _pauze(plan, minuut, begin, eind),
                tuple(eigen.values()),
            )
        )
    return tuple(uit)


def _pauze(plan: Ploegplan | None, minuut: Minuut, begin: int, eind: int) -> Pauze | None:
    if plan is None or not plan.pauze_min:
        return None
    van, tot = minuut(plan.pauze_van_op), minuut(plan.pauze_tot_op)
    return Pauze(begin if van is None else van, eind - plan.pauze_min if tot is None else tot, plan.pauze_min)


def _partners(sessie: Session, actor: Actor, actie: Actie, leden: set[int]) -> Mapping[int, Bordpartner]:
    """Gebruiker.id -> the organisation that somebody comes from."""
    gegeven = {
        g.organisatie_id: g.stops_hoogstens
        for g in sessie.scalars(select_voor(actor, Partnergrens).where(Partnergrens.actie_id == actie.id))
    }
    tabel, dag = bevoegdhedentabel(), lokale_datum(actie.begin_op)
    rijen = sessie.execute(
        select(Lidmaatschap.gebruiker_id, Organisatie.id, Organisatie.naam, Organisatie.soort)
        .join(Organisatie, Organisatie.id == Lidmaatschap.organisatie_id)
        .where(Lidmaatschap.gemeente_id == actor.gemeente_id, Lidmaatschap.gebruiker_id.in_(leden))
    )
    return {
        rij[0]: Bordpartner(rij[2], frozenset(b.code for b in tabel.van_soort(rij[3], dag)), gegeven.get(rij[1]))
        for rij in rijen
    }
