"""What is known of an action when its briefing is written: the facts that ``rules.briefing`` chooses from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.machtiging_queries import aan_de_deur, machtigingen_van, plannen_van
from inspecties.acties.models import Actie, Ploeg, Stop
from inspecties.acties.models_briefing import Briefinggegevens, Ploegleider
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_plan import Ploegplan, Stopplan
from inspecties.acties.queries import deelnames_van, geldige_checklists, ploegen_van_actie, stops_van
from inspecties.acties.rules.binnentreden import UITLEG
from inspecties.acties.rules.briefing import (
    Actiefeit,
    Contactfeit,
    Lidfeit,
    Machtigingfeit,
    Organisatiefeit,
    Ploegfeit,
    Stopfeit,
)
from inspecties.acties.rules.toestanden import SOORTEN, TOEGANGSGRONDEN
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gemeente, Lidmaatschap
from inspecties.partners.beschikbaar import contacten_van, instellingen_van
from inspecties.partners.bevoegd import bevoegdhedentabel
from inspecties.partners.models import Organisatie
from inspecties.web.sjablonen import datum, tijd


def _van_tot(begin: datetime | None, eind: datetime | None) -> str:
    if begin and eind:
        return f"{tijd(begin)} tot {tijd(eind)}"
    return f"vanaf {tijd(begin)}" if begin else f"tot {tijd(eind)}" if eind else ""


def gegevens_van(sessie: Session, actor: Actor, actie: Actie) -> Briefinggegevens | None:
    """What the planner filled in for the briefing, if anything."""
    return sessie.scalars(
        select_voor(actor, Briefinggegevens).where(Briefinggegevens.actie_id == actie.id)
    ).one_or_none()


def leiders_van(sessie: Session, actor: Actor, ploegen: Sequence[Ploeg]) -> dict[int, Ploegleider]:
    """Ploeg.id -> who leads it."""
    opdracht = select_voor(actor, Ploegleider).where(Ploegleider.ploeg_id.in_([p.id for p in ploegen]))
    return {rij.ploeg_id: rij for rij in sessie.scalars(opdracht)}


def lees_feiten(sessie: Session, actor: Actor, actie: Actie) -> tuple[Actiefeit, dict[int, Ploegfeit], dict[str, int]]:
    """(the action, Ploeg.id -> team, uid of an organisation -> its id)."""
    dag = lokale_datum(actie.begin_op)
    ploegen = ploegen_van_actie(sessie, actor, actie)
    mee = [d.organisatie for d in deelnames_van(sessie, actor, actie) if d.status != "afgezegd"]
    van = _organisaties(sessie, actor, [lid.gebruiker_id for p in ploegen for lid in p.leden])
    uit = {
        ploeg.id: _ploeg(actie, ploeg, van, stops, *_van_ploeg(sessie, actor, ploeg))
        for ploeg, stops in _stops(sessie, actor, actie, ploegen, dag)
    }
    return _actie(sessie, actor, actie, mee, dag), uit, {str(o.uid): o.id for o in mee}


def _organisaties(sessie: Session, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
    rijen = sessie.execute(
        select(Lidmaatschap.gebruiker_id, Organisatie.naam)
        .join(Organisatie, Organisatie.id == Lidmaatschap.organisatie_id)
        .where(Lidmaatschap.gemeente_id == actor.gemeente_id, Lidmaatschap.gebruiker_id.in_(ids))
    )
    return {rij.gebruiker_id: rij.naam for rij in rijen}


def _actie(sessie: Session, actor: Actor, actie: Actie, mee: Sequence[Organisatie], dag: date) -> Actiefeit:
    gegevens = gegevens_van(sessie, actor, actie)
    tabel, ids = bevoegdhedentabel(), [o.id for o in mee]
    instellingen, contacten = instellingen_van(sessie, actor, ids), contacten_van(sessie, actor, ids)
    gemeente = sessie.get_one(Gemeente, actor.gemeente_id)
    verzamelen = ""
    if gegevens and (gegevens.verzamelplek or gegevens.verzamel_op):
        delen = [gegevens.verzamelplek, f"{tijd(gegevens.verzamel_op)} uur" if gegevens.verzamel_op else ""]
        verzamelen = ", ".join(deel for deel in delen if deel)
    return Actiefeit(
        gemeente=gemeente.naam,
        naam=actie.naam,
        soort=SOORTEN[actie.soort],
        datum=datum(actie.begin_op),
        tijd=_van_tot(actie.begin_op, actie.eind_op),
        doel=actie.doel,
        verzamelen=verzamelen,
        leiding=gegevens.leiding_naam if gegevens else "",
        leiding_telefoon=gegevens.leiding_telefoon if gegevens else "",
        veiligheid=gegevens.veiligheid if gegevens else "",
        bijzonderheden=gegevens.bijzonderheden if gegevens else "",
        contacten=tuple(
            Contactfeit(o.naam, c.functie, c.naam, c.telefoon) for o in mee for c in contacten[o.id] if c.telefoon
        ),
        organisaties=tuple(
            Organisatiefeit(
                str(o.uid),
                o.naam,
                instellingen[o.id].ziet_veiligheid,
                tuple(b.naam for b in tabel.van_soort(o.soort, dag)),
            )
            for o in mee
        ),
    )


def _van_ploeg(sessie: Session, actor: Actor, ploeg: Ploeg) -> tuple[Ploegplan | None, Ploegleider | None]:
    plan = sessie.scalars(select_voor(actor, Ploegplan).where(Ploegplan.ploeg_id == ploeg.id)).one_or_none()
    return plan, leiders_van(sessie, actor, [ploeg]).get(ploeg.id)


def _ploeg(
    actie: Actie,
    ploeg: Ploeg,
    van: Mapping[int, str],
    stops: tuple[Stopfeit, ...],
    plan: Ploegplan | None,
    leider: Ploegleider | None,
) -> Ploegfeit:
    begin = plan.begin_op if plan and plan.begin_op else actie.begin_op
    eind = plan.eind_op if plan and plan.eind_op else actie.eind_op
    pauze = ""
    if plan and plan.pauze_min:
        tussen = _van_tot(plan.pauze_van_op, plan.pauze_tot_op)
        pauze = f"{plan.pauze_min} minuten" + (f", tussen {tussen.replace(' tot ', ' en ')}" if tussen else "")
    return Ploegfeit(
        sleutel=str(ploeg.uid),
        naam=ploeg.naam,
        tijd=_van_tot(begin, eind),
        leden=tuple(Lidfeit(lid.gebruiker.naam, van.get(lid.gebruiker_id, "")) for lid in ploeg.leden),
        stops=stops,
        pauze=pauze,
        leider=leider.gebruiker.naam if leider and leider.gebruiker else "",
        leider_telefoon=leider.telefoon if leider else "",
    )


def _stops(
    sessie: Session, actor: Actor, actie: Actie, ploegen: Sequence[Ploeg], dag: date
) -> list[tuple[Ploeg, tuple[Stopfeit, ...]]]:
    rijen = [s for s in stops_van(sessie, actor, actie) if s.toestand != "vervallen"]
    ids = [s.id for s in rijen]
    machtigingen, plannen = machtigingen_van(sessie, actor, ids), plannen_van(sessie, actor, ids)
    titels = geldige_checklists(sessie, actor, dag)
    feiten = {s.id: _stop(s, plannen.get(s.id), machtigingen.get(s.id), titels) for s in rijen}
    return [(p, tuple(feiten[s.id] for s in rijen if s.ploeg_id == p.id)) for p in ploegen]


def _stop(stop: Stop, plan: Stopplan | None, machtiging: Machtiging | None, titels: Mapping[str, str]) -> Stopfeit:
    locatie, tabel = stop.locatie, bevoegdhedentabel()
    met = stop.toegangsgrond == "machtiging"
    deur = aan_de_deur(machtiging) if met else None
    return Stopfeit(
        sleutel=str(stop.uid),
        nummer=stop.volgorde,
        adres=locatie.adresregel,
        plaats=locatie.woonplaats,
        soort=locatie.locatietype.naam,
        lon=round(locatie.lon, 5),
        lat=round(locatie.lat, 5),
        naam=locatie.naam,
        tijd=_van_tot(plan.begin_op or plan.aankomst_op, plan.vertrek_op) if plan else "",
        venster=_van_tot(stop.venster_begin_op, stop.venster_eind_op),
        duur_min=stop.duur_min,
        grond=TOEGANGSGRONDEN[stop.toegangsgrond],
        grond_uitleg=UITLEG[stop.toegangsgrond][2],
        wie_eerst=stop.wie_eerst,
        machtiging=Machtigingfeit(
            deur["nummer"], deur["aan"], datum(date.fromisoformat(deur["geldig_tot"])), tuple(deur["mag"])
        )
        if deur
        else None,
        machtiging_nodig=met and deur is None,
        veiligheid=stop.veiligheid or locatie.veiligheid,
        nodig=tuple(tabel.naam(code) for code in plan.vereist) if plan else (),
        checklists=tuple(titels.get(code, code) for code in stop.checklists),
    )
