"""Reading the calendar: the actions of a page with who is in, and when a partner cannot come."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session, joinedload, selectinload

from inspecties.acties.models import Actie, Deelname, Ploeg, Ploeglid
from inspecties.acties.rules.agenda import Blad, dagen_van, uren_op
from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.partners.models import Organisatie
from inspecties.partners.models_partners import Beschikbaarheid
from inspecties.partners.rules.beschikbaar import Uren, dag_van, vind_botsingen
from inspecties.termijnen.rules.feestdagen import feestdagen


@dataclass(frozen=True)
class Regel:
    """An action on one day: its hours there, its teams as far as the actor may see them, its partners."""

    actie: Actie
    uren: str
    ploegen: tuple[tuple[str, tuple[str, ...]], ...]
    partners: tuple[str, ...]

    @property
    def mensen(self) -> int:
        return sum(len(leden) for _, leden in self.ploegen)


@dataclass(frozen=True)
class Vak:
    """One day. ``weg``: when the chosen partner cannot come."""

    dag: date
    erbij: bool
    vandaag: bool
    feestdag: str
    regels: tuple[Regel, ...]
    weg: tuple[str, ...]


def lees_blad(
    sessie: Session, actor: Actor, blad: Blad, vandaag: date, organisatie: Organisatie | None
) -> list[list[Vak]]:
    """The weeks of a page. An action that lapsed takes no place."""
    van, tot = dag_van(blad.eerste)[0], dag_van(blad.laatste)[1]
    acties = sessie.scalars(
        select_voor(actor, Actie)
        .where(Actie.begin_op < tot, Actie.eind_op > van, Actie.toestand != "vervallen")
        .order_by(Actie.begin_op, Actie.id)
    ).all()
    ids = [actie.id for actie in acties]
    ploegen, partners = _ploegen(sessie, actor, ids), _partners(sessie, actor, ids)
    per_dag: dict[date, list[Regel]] = defaultdict(list)
    for actie in acties:
        for dag in dagen_van(actie.begin_op, actie.eind_op):
            uren = uren_op(actie.begin_op, actie.eind_op, dag)
            per_dag[dag].append(Regel(actie, uren, tuple(ploegen[actie.id]), tuple(partners[actie.id])))
    weg = _weg(sessie, actor, blad, organisatie) if organisatie else {}
    feest = {dag: naam for jaar in {blad.eerste.year, blad.laatste.year} for dag, naam in feestdagen(jaar).items()}
    return [
        [
            Vak(
                dag,
                blad.hoort_erbij(dag),
                dag == vandaag,
                feest.get(dag, ""),
                tuple(per_dag.get(dag, ())),
                tuple(weg.get(dag, ())),
            )
            for dag in week
        ]
        for week in blad.weken
    ]


def _ploegen(sessie: Session, actor: Actor, ids: list[int]) -> dict[int, list[tuple[str, tuple[str, ...]]]]:
    uit: dict[int, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for ploeg in sessie.scalars(
        select_voor(actor, Ploeg)
        .where(Ploeg.actie_id.in_(ids))
        .order_by(Ploeg.volgorde, Ploeg.id)
        .options(selectinload(Ploeg.leden).joinedload(Ploeglid.gebruiker))
    ):
        uit[ploeg.actie_id].append((ploeg.naam, tuple(lid.gebruiker.naam for lid in ploeg.leden)))
    return uit


def _partners(sessie: Session, actor: Actor, ids: list[int]) -> dict[int, list[str]]:
    uit: dict[int, list[str]] = defaultdict(list)
    for deelname in sessie.scalars(
        select_voor(actor, Deelname)
        .where(Deelname.actie_id.in_(ids), Deelname.status != "afgezegd")
        .options(joinedload(Deelname.organisatie))
    ):
        naam = deelname.organisatie.naam
        uit[deelname.actie_id].append(naam if deelname.status == "toegezegd" else f"{naam} (nog geen antwoord)")
    return {id_: sorted(namen) for id_, namen in uit.items()} | {id_: [] for id_ in ids if id_ not in uit}


def _weg(sessie: Session, actor: Actor, blad: Blad, organisatie: Organisatie) -> dict[date, list[str]]:
    van, tot = dag_van(blad.eerste)[0], dag_van(blad.laatste)[1]
    uren = [
        Uren(rij.begin_op, rij.eind_op, rij.beschikbaar)
        for rij in sessie.scalars(
            select_voor(actor, Beschikbaarheid).where(
                Beschikbaarheid.organisatie_id == organisatie.id,
                Beschikbaarheid.begin_op < tot,
                Beschikbaarheid.eind_op > van,
            )
        )
    ]
    uit = {}
    for week in blad.weken:
        for dag in week:
            begin, eind = dag_van(dag)
            # Cut to the day, so that a week away reads 'de hele dag' on each of its days.
            deel = [
                Uren(max(u.begin, begin), min(u.eind, eind), u.beschikbaar)
                for u in uren
                if u.begin < eind and u.eind > begin
            ]
            uit[dag] = [b.zin for b in vind_botsingen(deel, begin, eind)]
    return uit
