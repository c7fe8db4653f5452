"""The board of an evening, read for one actor: teams on a time axis, what is late, tablets, messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from inspecties.acties import queries
from inspecties.acties.avondtablet import Lezer, Tabletten
from inspecties.acties.models import Actie, Ploeg, Stop, Stopstap
from inspecties.acties.models_avond import Avondbericht, Avondontvangst, Planwijziging
from inspecties.acties.models_plan import Ploegplan, Stopplan
from inspecties.acties.rules.avond import Avondstop, Pauze, Ploegstand, Verwachting, verwacht
from inspecties.acties.rules.gereedheid import AFGEHANDELD
from inspecties.acties.rules.tijdas import Tijdas, maak_as
from inspecties.acties.volgorde import Plek, reistijd_min
from inspecties.acties.voortgang import Voortgang, lees_voortgang
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.signalen.models import Signaal

# The board is for tonight: what was said before the last messages is in the log.
BERICHTEN_GETOOND = 12


@dataclass(frozen=True)
class Bordstop:
    """A stop on the board."""

    stop: Stop
    verwachting: Verwachting
    reden: str
    fotos_onderweg: int

    @property
    def later_min(self) -> int:
        """Whole minutes later than planned; negative: earlier."""
        later = self.verwachting.later
        return round(later / timedelta(minutes=1)) if later is not None else 0


@dataclass(frozen=True)
class Ploegbord:
    """A team on the board."""

    ploeg: Ploeg
    stand: Ploegstand
    stops: Sequence[Bordstop]


@dataclass(frozen=True)
class Berichtstand:
    """A message, and who has it: (name, when), and who does not."""

    bericht: Avondbericht
    ontvangen: Sequence[tuple[str, datetime]]
    nog_niet: Sequence[str]


@dataclass(frozen=True)
class Bord:
    """Everything on the screen, as far as this actor may see it. ``signalen`` None: not for this role."""

    actie: Actie
    stand: str
    voortgang: Voortgang
    as_: Tijdas
    ploegen: Sequence[Ploegbord]
    zonder_ploeg: Sequence[Stop]
    tabletten: Tabletten
    signalen: int | None
    berichten: Sequence[Berichtstand] = field(default_factory=list)
    wijzigingen: Sequence[Planwijziging] = field(default_factory=list)

    @property
    def te_laat(self) -> list[tuple[Ploeg, Bordstop]]:
        """What no longer fits, over all teams."""
        return [
            (p.ploeg, s) for p in self.ploegen for s in p.stops if s.verwachting.mist_venster or s.verwachting.na_dienst
        ]


def stand_van(sessie: Session, actor: Actor, actie_id: int) -> str | None:
    """What the board was made from, as one text that differs as soon as the board would; None: not for this actor.

    Made of row counts and highest ids, so that every process gives the same, also after a restart. Counts besides ids:
    in PostgreSQL a lower id may be committed after a higher one.
    """
    versie = sessie.scalar(select_voor(actor, Actie).where(Actie.id == actie_id).with_only_columns(Actie.versie))
    if versie is None:
        return None
    stops = select_voor(actor, Stop).where(Stop.actie_id == actie_id).with_only_columns(Stop.id)
    berichten = select_voor(actor, Avondbericht).where(Avondbericht.actie_id == actie_id)
    delen = [
        select(func.count()).select_from(stops.subquery()),
        select_voor(actor, Stopstap).where(Stopstap.stop_id.in_(stops)).with_only_columns(func.count()),
        select_voor(actor, Stopstap).where(Stopstap.stop_id.in_(stops)).with_only_columns(func.max(Stopstap.id)),
        berichten.with_only_columns(func.count()),
        select_voor(actor, Avondontvangst)
        .where(Avondontvangst.bericht_id.in_(berichten.with_only_columns(Avondbericht.id)))
        .with_only_columns(func.count()),
        select_voor(actor, Planwijziging).where(Planwijziging.actie_id == actie_id).with_only_columns(func.count()),
    ]
    if rol_mag(actor.rol, "signalen.lezen"):
        delen.append(select_voor(actor, Signaal).with_only_columns(func.max(Signaal.id)))
    rij = sessie.execute(select(*(deel.scalar_subquery() for deel in delen))).one()
    # As a hash: ids count over all gemeenten, and are nobody's business.
    return sha256("-".join(str(getal or 0) for getal in (versie, *rij)).encode()).hexdigest()[:32]


def lees_bord(sessie: Session, actor: Actor, actie: Actie, nu: datetime, lees_tabletten: Lezer | None) -> Bord:
    """The board as it stands at ``nu``."""
    # First: what changes while the rest is read, is news afterwards.
    stand = stand_van(sessie, actor, actie.id) or ""
    voortgang = lees_voortgang(sessie, actor, actie)
    ploegen = queries.ploegen_van_actie(sessie, actor, actie)
    stops = [s.stop for s in voortgang.stops]
    leden = [(lid.gebruiker_id, lid.gebruiker.naam, ploeg.naam) for ploeg in ploegen for lid in ploeg.leden]
    tabletten = lees_tabletten(sessie, actor, leden, [s.id for s in stops]) if lees_tabletten else Tabletten()
    plannen = _plannen(sessie, actor, actie)
    ploegplannen = {
        p.ploeg_id: p
        for p in sessie.scalars(select_voor(actor, Ploegplan).where(Ploegplan.ploeg_id.in_([p.id for p in ploegen])))
    }
    borden = [
        _ploegbord(ploeg, voortgang, plannen, ploegplannen.get(ploeg.id), nu, tabletten.fotos or {})
        for ploeg in ploegen
    ]
    momenten = [m for b in borden for s in b.stops for m in (s.verwachting.begin, s.verwachting.eind) if m]
    return Bord(
        actie=actie,
        stand=stand,
        voortgang=voortgang,
        as_=maak_as(min([actie.begin_op, *momenten]), max([actie.eind_op, *momenten]), nu),
        ploegen=borden,
        zonder_ploeg=[s for s in stops if s.ploeg_id is None],
        tabletten=tabletten,
        signalen=_signalen(sessie, actor, actie),
        berichten=_berichten(sessie, actor, actie, ploegen),
        wijzigingen=laatste_wijzigingen(sessie, actor, actie),
    )


def laatste_wijzigingen(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Planwijziging]:
    """How the plan changed while the action ran, the last change first."""
    return sessie.scalars(
        select_voor(actor, Planwijziging)
        .where(Planwijziging.actie_id == actie.id)
        .order_by(Planwijziging.id.desc())
        .options(
            joinedload(Planwijziging.stop).joinedload(Stop.locatie),
            joinedload(Planwijziging.van_ploeg),
            joinedload(Planwijziging.naar_ploeg),
            joinedload(Planwijziging.door),
        )
    ).all()


def _plannen(sessie: Session, actor: Actor, actie: Actie) -> dict[int, Stopplan]:
    rijen = sessie.scalars(
        select_voor(actor, Stopplan).join(Stop, Stop.id == Stopplan.stop_id).where(Stop.actie_id == actie.id)
    )
    return {plan.stop_id: plan for plan in rijen}


def _ploegbord(
    ploeg: Ploeg,
    voortgang: Voortgang,
    plannen: Mapping[int, Stopplan],
    ploegplan: Ploegplan | None,
    nu: datetime,
    fotos: Mapping[int, int],
) -> Ploegbord:
    actie = voortgang.actie
    rij = [s for s in voortgang.stops if s.stop.ploeg_id == ploeg.id]
    per_sleutel = {str(s.stop.uid): s for s in rij}
    avondstops = [
        als_avondstop(actie, s.stop, s.stappen, plannen.get(s.stop.id), rij[i - 1].stop if i else None)
        for i, s in enumerate(rij)
    ]
    begin = ploegplan.begin_op if ploegplan and ploegplan.begin_op else actie.begin_op
    eind = ploegplan.eind_op if ploegplan and ploegplan.eind_op else actie.eind_op
    stand = verwacht(avondstops, nu, begin, eind, _pauze(ploegplan, begin, eind))
    stops = []
    for v in stand.stops:
        bron = per_sleutel[v.stop.sleutel]
        stops.append(Bordstop(bron.stop, v, bron.reden, fotos.get(bron.stop.id, 0)))
    return Ploegbord(ploeg, stand, stops)


def _pauze(plan: Ploegplan | None, begin: datetime, eind: datetime) -> Pauze | None:
    if plan is None or not plan.pauze_min:
        return None
    return Pauze(plan.pauze_min, plan.pauze_van_op or begin, plan.pauze_tot_op or eind)


def als_avondstop(
    actie: Actie, stop: Stop, stappen: Sequence[Stopstap], plan: Stopplan | None, vorige: Stop | None
) -> Avondstop:
    """A stop with what was reported of it, as the rules see it."""

    def laatst(toestand: str) -> datetime | None:
        momenten = [_moment(actie, stap) for stap in stappen if stap.naar == toestand]
        return momenten[-1] if momenten else None

    klaar = stop.toestand in AFGEHANDELD
    bezig = stop.toestand in {"onderweg", "binnen"} or klaar
    return Avondstop(
        sleutel=str(stop.uid),
        naam=stop.locatie.adresregel,
        toestand=stop.toestand,
        duur_min=stop.duur_min,
        reis_min=reistijd_min(_plek(vorige), _plek(stop)) if vorige else 0.0,
        venster_begin=stop.venster_begin_op,
        venster_eind=stop.venster_eind_op,
        gepland_op=(plan.begin_op or plan.aankomst_op) if plan else None,
        onderweg_op=laatst("onderweg") if bezig else None,
        binnen_op=laatst("binnen") if stop.toestand == "binnen" or klaar else None,
        klaar_op=laatst(stop.toestand) if klaar else None,
    )


def _plek(stop: Stop) -> Plek:
    return Plek(str(stop.uid), stop.locatie.x, stop.locatie.y, stop.duur_min)


def _moment(actie: Actie, stap: Stopstap) -> datetime:
    # A tablet's clock is believed only where it can be right, as for the visit itself.
    eigen = stap.toestel_tijd
    return eigen if eigen and actie.begin_op - timedelta(days=1) <= eigen <= stap.op else stap.op


def _signalen(sessie: Session, actor: Actor, actie: Actie) -> int | None:
    if not rol_mag(actor.rol, "signalen.lezen"):
        return None
    opdracht = select_voor(actor, Signaal).where(Signaal.ontvangen_op >= actie.begin_op)
    return sessie.scalar(opdracht.with_only_columns(func.count())) or 0


def _berichten(sessie: Session, actor: Actor, actie: Actie, ploegen: Sequence[Ploeg]) -> list[Berichtstand]:
    rijen = sessie.scalars(
        select_voor(actor, Avondbericht)
        .where(Avondbericht.actie_id == actie.id)
        .order_by(Avondbericht.id.desc())
        .limit(BERICHTEN_GETOOND)
        .options(joinedload(Avondbericht.ploeg), joinedload(Avondbericht.door))
    ).all()
    ontvangen: dict[int, dict[int, datetime]] = {bericht.id: {} for bericht in rijen}
    for rij in sessie.scalars(select_voor(actor, Avondontvangst).where(Avondontvangst.bericht_id.in_(ontvangen))):
        ontvangen[rij.bericht_id][rij.gebruiker_id] = rij.op
    uit = []
    for bericht in rijen:
        mensen = {
            lid.gebruiker_id: lid.gebruiker.naam
            for ploeg in ploegen
            if bericht.ploeg_id in (None, ploeg.id)
            for lid in ploeg.leden
        }
        wie = ontvangen[bericht.id]
        uit.append(
            Berichtstand(
                bericht,
                [(mensen[id_], op) for id_, op in wie.items() if id_ in mensen],
                [naam for id_, naam in mensen.items() if id_ not in wie],
            )
        )
    return uit
