"""Reading what comes after an action: results, hours, lessons, and what still lacks."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from inspecties.acties.models import Actie, Ploeg, Stop
from inspecties.acties.models_daarna import Actieverslag, Afspraak, Les, Stopbespreking, Urenregel
from inspecties.acties.queries import ploegen_van_actie, stops_van
from inspecties.acties.rules.debriefing import (
    Daarna,
    Openpunt,
    Stopstand,
    is_te_laat,
    voorgesteld_resultaat,
    wat_ontbreekt,
)
from inspecties.acties.uitkomsten import SLEUTEL, Uitkomst
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.partners.models import Organisatie


@dataclass(frozen=True)
class Voorsteltelling:
    """How many proposals of a stop were taken over, dismissed or still wait."""

    overgenomen: int = 0
    afgewezen: int = 0
    open: int = 0

    @property
    def totaal(self) -> int:
        return self.overgenomen + self.afgewezen + self.open


# Proposals belong to a later feature: the list of routes puts its function here. Stop ids -> Stop.id -> telling.
Voorstelbron = Callable[[Session, Actor, Sequence[int]], Mapping[int, Voorsteltelling]]
VOORSTELLEN = "stopvoorstellen"


def voorstellen_van(sessie: Session, actor: Actor, stop_ids: Sequence[int]) -> Mapping[int, Voorsteltelling]:
    """The proposals of these stops, as far as the actor may see them."""
    bron: Voorstelbron | None = current_app.extensions.get(VOORSTELLEN)
    return bron(sessie, actor, stop_ids) if bron else {}


def uitkomsten_van(sessie: Session, actor: Actor, stop_ids: Sequence[int]) -> Mapping[int, Uitkomst]:
    """The visits of these stops in figures."""
    bron = current_app.extensions.get(SLEUTEL)
    uit: Mapping[int, Uitkomst] = bron(sessie, actor, stop_ids) if bron else {}
    return uit


def besprekingen_van(sessie: Session, actor: Actor, stop_ids: Sequence[int]) -> dict[int, Stopbespreking]:
    """Stop.id -> what the debriefing says of it, as it stands now."""
    rijen = sessie.scalars(
        select_voor(actor, Stopbespreking)
        .where(Stopbespreking.stop_id.in_(stop_ids))
        .execution_options(populate_existing=True)
    )
    return {rij.stop_id: rij for rij in rijen}


@dataclass(frozen=True)
class Urenvak:
    """One organisation in one team. Planned: its people times the shift; ``gewerkt_min`` None: not filled in yet."""

    ploeg: Ploeg
    organisatie_id: int | None
    naam: str
    mensen: int
    gepland_min: int
    gewerkt_min: int | None
    redenen: tuple[str, ...] = ()

    @property
    def sleutel(self) -> str:
        return f"{self.ploeg.uid}:{self.organisatie_id or 0}"


def urenvakken(sessie: Session, actor: Actor, actie: Actie) -> list[Urenvak]:
    """What hours there are to fill in: each team, the gemeente first and then its partners."""
    ploegen = ploegen_van_actie(sessie, actor, actie)
    ids = {lid.gebruiker_id for ploeg in ploegen for lid in ploeg.leden}
    van: dict[int, tuple[int | None, str]] = {
        rij[0]: (rij[1], rij[2] or "")
        for rij in sessie.execute(
            select(Lidmaatschap.gebruiker_id, Organisatie.id, Organisatie.naam)
            .outerjoin(Organisatie, Organisatie.id == Lidmaatschap.organisatie_id)
            .where(Lidmaatschap.gemeente_id == actor.gemeente_id, Lidmaatschap.gebruiker_id.in_(ids))
        )
    }
    regels: dict[tuple[int, int | None], list[Urenregel]] = {}
    for regel in sessie.scalars(
        select_voor(actor, Urenregel).where(Urenregel.actie_id == actie.id).order_by(Urenregel.id)
    ):
        regels.setdefault((regel.ploeg_id, regel.organisatie_id), []).append(regel)
    dienst = round((actie.eind_op - actie.begin_op).total_seconds() / 60)
    uit = []
    for ploeg in ploegen:
        groepen = Counter(van.get(lid.gebruiker_id, (None, "")) for lid in ploeg.leden)
        for (organisatie_id, naam), mensen in sorted(groepen.items(), key=lambda g: g[0][1]):
            staand = regels.get((ploeg.id, organisatie_id), [])
            uit.append(
                Urenvak(
                    ploeg,
                    organisatie_id,
                    naam or "Gemeente",
                    mensen,
                    mensen * dienst,
                    staand[-1].gewerkt_min if staand else None,
                    tuple(r.reden for r in staand if r.reden),
                )
            )
    return uit


def lessen_van(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Les]:
    """The lessons of one action, oldest first."""
    return sessie.scalars(select_voor(actor, Les).where(Les.actie_id == actie.id).order_by(Les.id)).all()


def eerdere_lessen(sessie: Session, actor: Actor, actie: Actie, hoogstens: int = 8) -> Sequence[Les]:
    """The newest lessons of other actions of the same kind."""
    return sessie.scalars(
        select_voor(actor, Les)
        .join(Les.actie)
        .where(Actie.soort == actie.soort, Les.actie_id != actie.id)
        .order_by(Les.id.desc())
        .limit(hoogstens)
        .options(joinedload(Les.actie))
    ).all()


def afspraken_van(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Afspraak]:
    """What was agreed in this action, soonest first."""
    return sessie.scalars(
        select_voor(actor, Afspraak)
        .where(Afspraak.actie_id == actie.id)
        .order_by(Afspraak.uiterlijk, Afspraak.id)
        .options(joinedload(Afspraak.organisatie), joinedload(Afspraak.gebruiker), joinedload(Afspraak.stop))
    ).all()


def verslagen_van(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Actieverslag]:
    """The reports that were made, newest first."""
    return sessie.scalars(
        select_voor(actor, Actieverslag)
        .where(Actieverslag.actie_id == actie.id)
        .order_by(Actieverslag.nummer.desc())
        .options(joinedload(Actieverslag.door))
    ).all()


@dataclass(frozen=True)
class Stopblik:
    """One stop in the debriefing. ``voorstel``: the result that state and visit point to."""

    stop: Stop
    uitkomst: Uitkomst | None
    voorstellen: Voorsteltelling
    bespreking: Stopbespreking | None
    voorstel: str


@dataclass(frozen=True)
class Terugblik:
    """Everything on the page of the debriefing."""

    actie: Actie
    stops: Sequence[Stopblik]
    uren: Sequence[Urenvak]
    lessen: Sequence[Les]
    afspraken: Sequence[Afspraak]
    verslagen: Sequence[Actieverslag]
    open: Sequence[Openpunt] = field(default_factory=tuple)


def lees_terugblik(
    sessie: Session, actor: Actor, actie: Actie, nu: datetime, vingerafdruk: Callable[["Terugblik"], str] | None = None
) -> Terugblik:
    """Read it all. ``vingerafdruk``: hash of what a report would say, to tell whether the newest one is of now."""
    stops = stops_van(sessie, actor, actie)
    ids = [stop.id for stop in stops]
    uitkomsten, voorstellen = uitkomsten_van(sessie, actor, ids), voorstellen_van(sessie, actor, ids)
    besproken = besprekingen_van(sessie, actor, ids)
    blikken = []
    for stop in stops:
        uitkomst = uitkomsten.get(stop.id)
        blikken.append(
            Stopblik(
                stop,
                uitkomst,
                voorstellen.get(stop.id, Voorsteltelling()),
                besproken.get(stop.id),
                voorgesteld_resultaat(stop.toestand, uitkomst.bevindingen if uitkomst else 0),
            )
        )
    blik = Terugblik(
        actie,
        blikken,
        urenvakken(sessie, actor, actie),
        lessen_van(sessie, actor, actie),
        afspraken_van(sessie, actor, actie),
        verslagen_van(sessie, actor, actie),
    )
    actueel = bool(blik.verslagen) and (vingerafdruk is None or blik.verslagen[0].inhoud_hash == vingerafdruk(blik))
    return Terugblik(**(vars(blik) | {"open": wat_ontbreekt(_feiten(blik, nu, actueel=actueel))}))


def _feiten(blik: Terugblik, nu: datetime, *, actueel: bool) -> Daarna:
    vandaag = lokale_datum(nu)
    ploegen: dict[str, bool] = {}
    for vak in blik.uren:
        ploegen[vak.ploeg.naam] = ploegen.get(vak.ploeg.naam, True) and vak.gewerkt_min is not None
    return Daarna(
        toestand=blik.actie.toestand,
        stops=[
            Stopstand(
                f"Stop {b.stop.volgorde}, {b.stop.locatie.adresregel}",
                b.stop.toestand,
                b.bespreking is not None,
                b.voorstellen.open,
            )
            for b in blik.stops
        ],
        ploegen=ploegen,
        lessen=len(blik.lessen),
        afspraken_te_laat=sum(is_te_laat(a.toestand, a.uiterlijk, vandaag) for a in blik.afspraken),
        verslag_actueel=actueel,
    )


def lespaneel(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> dict[str, Any] | None:
    """On the page of an action in concept: what was learned before."""
    if actie.toestand != "concept" or not rol_mag(actor.rol, "acties.plannen"):
        return None
    lessen = eerdere_lessen(sessie, actor, actie)
    return {"lessen": lessen} if lessen else None


def daarnapaneel(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> dict[str, Any] | None:
    """On the page of an action that runs or is over: the debriefing and the report."""
    if actie.toestand not in {"in_uitvoering", "afgerond"}:
        return None
    besproken = totaal = 0
    leest = rol_mag(actor.rol, "debriefing.lezen")
    if leest:
        totaal = sessie.scalar(select(func.count(Stop.id)).where(Stop.actie_id == actie.id)) or 0
        besproken = (
            sessie.scalar(
                select(func.count(Stopbespreking.id))
                .join(Stop, Stop.id == Stopbespreking.stop_id)
                .where(Stop.actie_id == actie.id)
            )
            or 0
        )
    verslagen = verslagen_van(sessie, actor, actie)
    if not leest and not verslagen:
        return None
    return {"leest": leest, "besproken": besproken, "totaal": totaal, "verslag": verslagen[0] if verslagen else None}
