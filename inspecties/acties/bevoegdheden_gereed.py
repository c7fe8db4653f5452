"""What partners add to readiness: powers that stops ask, who cannot come, who is asked more than they can do."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.bevinding import Bevinding
from inspecties.acties.models import Actie, Deelname, Ploeg, Ploeglid
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.queries import deelnames_van, mensen_voor_ploegen, ploegen_van_actie, stopfeiten, stops_van
from inspecties.acties.rules.bevoegd import Eis, vind_ontbrekende
from inspecties.acties.rules.gereedheid import Punt
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.partners.beschikbaar import botsingen, botsingen_van_mensen, instellingen_van
from inspecties.partners.bevoegd import bevoegdheden_van, bevoegdhedentabel
from inspecties.partners.models import Organisatie
from inspecties.partners.rules.beschikbaar import avond_van, over_het_maximum, te_veel_avonden

_LOPEND = ("concept", "gereed", "in_uitvoering")
_TELT = (*_LOPEND, "afgerond")


def ontbrekende_bevoegdheden(sessie: Session, actor: Actor, actie: Actie) -> list[Punt]:
    """Powers that stops of this action ask and that their teams do not have on the day."""
    stops = [s for s in stops_van(sessie, actor, actie) if s.toestand != "vervallen"]
    vereist = {
        p.stop_id: p.vereist
        for p in sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id.in_([s.id for s in stops])))
    }
    eisen = [
        Eis(str(s.uid), stopfeiten(s).noem, s.ploeg.naam if s.ploeg else None, tuple(vereist[s.id]))
        for s in stops
        if vereist.get(s.id)
    ]
    if not eisen:
        return []
    dag, tabel = lokale_datum(actie.begin_op), bevoegdhedentabel()
    ploegen = ploegen_van_actie(sessie, actor, actie)
    mensen = mensen_voor_ploegen(sessie, actor)
    ids = {m.gebruiker_id for m in mensen} | {lid.gebruiker_id for p in ploegen for lid in p.leden}
    van = bevoegdheden_van(sessie, actor, ids, dag)
    brengers: dict[str, set[str]] = defaultdict(set)
    for organisatie in sessie.scalars(select_voor(actor, Organisatie)):
        for rij in tabel.van_soort(organisatie.soort, dag):
            brengers[rij.code].add(organisatie.naam)
    for mens in mensen:
        if mens.organisatie_id is None:
            for code in van[mens.gebruiker_id]:
                brengers[code].add(mens.naam)
    return vind_ontbrekende(
        eisen,
        {p.naam: frozenset().union(*(van[lid.gebruiker_id] for lid in p.leden)) for p in ploegen},
        {code: rij.naam for code, rij in tabel.op(dag).items()},
        brengers,
    )


def niet_beschikbaar(sessie: Session, actor: Actor, actie: Actie) -> Bevinding:
    """Organisations that take part and people in teams that cannot come in this shift.

    An organisation that said yes all the same knows best: that is only told.
    """
    mee = {d.organisatie_id: d for d in deelnames_van(sessie, actor, actie) if d.status != "afgezegd"}
    gevonden = Bevinding()
    for id_, lijst in botsingen(sessie, actor, mee, actie.begin_op, actie.eind_op).items():
        zin = f"{mee[id_].organisatie.naam} kan volgens de agenda niet: {lijst[0].zin}."
        punt = Punt("partners", zin, code="partner_niet_beschikbaar", sleutel=str(id_))
        (gevonden.aandacht if mee[id_].status == "toegezegd" else gevonden.blokkades).append(punt)
    leden = {
        lid.gebruiker_id: (lid.gebruiker.naam, ploeg.naam)
        for ploeg in ploegen_van_actie(sessie, actor, actie)
        for lid in ploeg.leden
    }
    for id_, lijst in botsingen_van_mensen(sessie, actor, leden, actie.begin_op, actie.eind_op).items():
        naam, ploeg = leden[id_]
        zin = f"{naam} ({ploeg}) kan niet: {lijst[0].zin}. Kies iemand anders."
        gevonden.blokkades.append(Punt("ploegen", zin, code="mens_niet_beschikbaar", sleutel=str(id_)))
    return gevonden


def _acties_rond(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Actie]:
    """Actions, not lapsed, that may lie in the same month of evenings."""
    ruim = timedelta(days=32)
    return sessie.scalars(
        select_voor(actor, Actie).where(
            Actie.toestand.in_(_TELT), Actie.begin_op > actie.begin_op - ruim, Actie.begin_op < actie.begin_op + ruim
        )
    ).all()


def ploegen_per_organisatie(sessie: Session, actor: Actor, acties: Sequence[Actie]) -> dict[int, int]:
    """Organisatie.id -> the number of teams in these actions that it has somebody in."""
    rijen = sessie.execute(
        select(Lidmaatschap.organisatie_id, Ploeg.id)
        .join(Ploeglid, Ploeglid.gebruiker_id == Lidmaatschap.gebruiker_id)
        .join(Ploeg, Ploeg.id == Ploeglid.ploeg_id)
        .where(
            Lidmaatschap.gemeente_id == actor.gemeente_id,
            Lidmaatschap.organisatie_id.is_not(None),
            Ploeg.gemeente_id == actor.gemeente_id,
            Ploeg.actie_id.in_([a.id for a in acties]),
        )
        .distinct()
    )
    uit: dict[int, int] = defaultdict(int)
    for organisatie_id, _ in rijen:
        if organisatie_id is not None:
            uit[organisatie_id] += 1
    return uit


def over_maximum(sessie: Session, actor: Actor, actie: Actie) -> list[Punt]:
    """Organisations that would man more teams on this evening, or more evenings in this month, than they said."""
    mee = {d.organisatie_id: d.organisatie for d in deelnames_van(sessie, actor, actie) if d.status != "afgezegd"}
    instellingen = {
        id_: i
        for id_, i in instellingen_van(sessie, actor, mee).items()
        if i.ploegen_per_avond is not None or i.avonden_per_maand is not None
    }
    if not instellingen:
        return []
    rond, avond = _acties_rond(sessie, actor, actie), avond_van(actie.begin_op)
    zelfde_avond = [a for a in rond if avond_van(a.begin_op) == avond]
    ploegen = ploegen_per_organisatie(sessie, actor, zelfde_avond)
    maand = {
        a.id: avond_van(a.begin_op)
        for a in rond
        if (avond_van(a.begin_op).year, avond_van(a.begin_op).month) == (avond.year, avond.month)
    }
    avonden: dict[int, set[object]] = defaultdict(set)
    for d in sessie.scalars(
        select_voor(actor, Deelname).where(
            Deelname.actie_id.in_(maand), Deelname.organisatie_id.in_(instellingen), Deelname.status != "afgezegd"
        )
    ):
        avonden[d.organisatie_id].add(maand[d.actie_id])
    uit = []
    for id_, instelling in instellingen.items():
        naam = mee[id_].naam
        zinnen = (
            ("ploegen", over_het_maximum(naam, ploegen.get(id_, 0), instelling.ploegen_per_avond)),
            ("partners", te_veel_avonden(naam, len(avonden[id_]), instelling.avonden_per_maand)),
        )
        uit += [Punt(waar, zin, code="over_maximum", sleutel=f"{id_}:{waar}") for waar, zin in zinnen if zin]
    return uit


def bron(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> Bevinding:
    """Source of readiness: powers, availability and maxima."""
    del nu
    tijden = niet_beschikbaar(sessie, actor, actie)
    eerst = ontbrekende_bevoegdheden(sessie, actor, actie)
    return Bevinding([*eerst, *tijden.blokkades, *over_maximum(sessie, actor, actie)], tijden.aandacht)
