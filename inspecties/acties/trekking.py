"""Acts of drawing stops by lot: fix the pool and the seed, draw, or give it up with a reason."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session, joinedload

from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_trekking import Trekking, Trekkinguitval
from inspecties.acties.operations import eis_concept, raak
from inspecties.acties.operations_stops import STOPS_HOOGSTENS, voeg_stops_toe
from inspecties.acties.queries import stops_van
from inspecties.acties.rules.trekking import ALGORITME, nodig_voor_aandeel, poolsom, trek
from inspecties.acties.stops_plan import herkomst_van
from inspecties.acties.trekking_uitval import controleer_reden, noteer_uitval
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokaal
from inspecties.database import haal, select_voor
from inspecties.locaties.filters import als_zin
from inspecties.locaties.gebieden import locaties_in, vlak_van
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_kaart import Gebied
from inspecties.locaties.prioriteit_suggesties import TE_BEZOEKEN
from inspecties.locaties.queries import Filter, gefilterd, typen_van
from inspecties.locaties.rules.gebied import GEBIEDSOORTEN

# More cannot be kept with a draw, and is more than a municipality has.
POOL_HOOGSTENS = 20_000
_DAGEN_PER_MAAND = 30.44
_LOPEND = ("concept", "gereed", "in_uitvoering")


@dataclass(frozen=True)
class Poolvraag:
    """Which places can be drawn: by kind, by last visit and by area. Nothing about people can be asked."""

    typen: tuple[str, ...] = ()
    niet_bezocht_maanden: int | None = None
    gebied: str = ""

    def als_json(self) -> dict[str, Any]:
        """As it is kept with the draw."""
        return {
            "typen": list(self.typen),
            "niet_bezocht_maanden": self.niet_bezocht_maanden,
            "gebied": self.gebied or None,
        }


@dataclass(frozen=True)
class Pool:
    """The public ids, sorted, and in words which they are."""

    ids: list[str]
    zin: str


def pool_van(sessie: Session, actor: Actor, nu: datetime, actie: Actie, vraag: Poolvraag) -> Pool:
    """Places to visit that fit, without what is a stop of this action or of another that is to come.

    Raises OngeldigeInvoer where there are too many, NietGevonden for an unknown area.
    """
    maanden = vraag.niet_bezocht_maanden
    sinds = nu - timedelta(days=round(maanden * _DAGEN_PER_MAAND)) if maanden else None
    filter_ = Filter(typen=vraag.typen, statussen=TE_BEZOEKEN, niet_bezocht_sinds=sinds)
    waar = ""
    if vraag.gebied:
        gebied = haal(sessie, actor, Gebied, vraag.gebied, "Het gebied")
        gevonden, _ = locaties_in(sessie, actor, filter_, vlak_van(gebied), POOL_HOOGSTENS + 1)
        waar = f", in {GEBIEDSOORTEN[gebied.soort].lower()} {gebied.naam}"
        rijen = [(loc.id, loc.uid) for loc in gevonden]
    else:
        opdracht = gefilterd(actor, filter_).with_only_columns(Risicolocatie.id, Risicolocatie.uid)
        rijen = [(id_, uid) for id_, uid in sessie.execute(opdracht.limit(POOL_HOOGSTENS + 1))]
    if len(rijen) > POOL_HOOGSTENS:
        raise OngeldigeInvoer(f"Er passen meer dan {POOL_HOOGSTENS} locaties. Kies een type of een gebied.", "typen")
    gepland = set(
        sessie.scalars(
            select_voor(actor, Stop)
            .join(Actie, Actie.id == Stop.actie_id)
            .where(
                Stop.toestand != "vervallen",
                Actie.toestand.in_(_LOPEND),
                (Actie.eind_op >= nu) | (Actie.id == actie.id),
            )
            .with_only_columns(Stop.locatie_id)
        )
    ) | {stop.locatie_id for stop in stops_van(sessie, actor, actie)}
    namen = {t.code: t.naam for t in typen_van(sessie, actor)}
    wat = als_zin(Filter(typen=vraag.typen, niet_bezocht_sinds=sinds), namen, str(maanden or ""))
    moment = f"{lokaal(nu):%d-%m-%Y %H:%M}"
    zin = f"{wat[0].upper()}{wat[1:]}{waar}; zonder wat gesloten, uit beeld of al gepland is. Stand van {moment}."
    return Pool(sorted(str(uid) for id_, uid in rijen if id_ not in gepland), zin)


def hoeveel(sessie: Session, actor: Actor, actie: Actie, procent: int) -> int:
    """How many must be drawn now for that share of the stops. Raises OngeldigeInvoer where that is none."""
    herkomst = Counter(herkomst_van(sessie, actor, actie).values())
    geloot = herkomst.pop("trekking", 0)
    anders = herkomst.total()
    nodig = nodig_voor_aandeel(procent, geloot, anders)
    if not nodig:
        al = f"Van de {geloot + anders} stops zijn er {geloot} door het lot gekozen"
        raise OngeldigeInvoer(f"{al}; {procent}% is al gehaald. Kies een hoger aandeel of een aantal.", "procent")
    return nodig


def zet_klaar(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    actie: Actie,
    vraag: Poolvraag,
    *,
    procent: int | None = None,
    aantal: int | None = None,
) -> Trekking:
    """Fix pool, number and a new random seed, before anything is drawn. Either ``procent`` or ``aantal`` is given.

    Raises OngeldigeInvoer naming the field, and Conflict where a draw of this action is waiting already.
    """
    eis_concept(actie)
    if (procent is None) == (aantal is None):
        raise OngeldigeInvoer("Vul een aandeel in of een aantal, een van de twee.", "procent")
    wacht = select_voor(actor, Trekking).where(Trekking.actie_id == actie.id, Trekking.toestand == "klaargezet")
    if sessie.scalars(wacht).first() is not None:
        raise Conflict("Er staat al een trekking klaar. Trek die, of laat haar vervallen met een reden.")
    if procent is not None:
        aantal = hoeveel(sessie, actor, actie, procent)
    ruimte = STOPS_HOOGSTENS - len(stops_van(sessie, actor, actie))
    if aantal is None or not 1 <= aantal <= ruimte:
        raise OngeldigeInvoer(f"Kies een aantal van 1 tot {ruimte}; meer stops heeft een actie niet.", "aantal")
    pool = pool_van(sessie, actor, nu, actie, vraag)
    if len(pool.ids) <= aantal:
        er = {0: "geen locaties", 1: "1 locatie"}.get(len(pool.ids), f"{len(pool.ids)} locaties")
        raise OngeldigeInvoer(
            f"In deze pool {'is' if len(pool.ids) == 1 else 'zijn'} {er} en u wilt er {aantal} trekken: dan valt er "
            "niets te loten. Maak de pool groter of het aantal kleiner.",
            "typen",
        )
    trekking = Trekking(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        zin=pool.zin,
        filter=vraag.als_json(),
        pool=pool.ids,
        pool_sha256=poolsom(pool.ids),
        zaad=secrets.token_hex(16),
        algoritme=ALGORITME,
        procent=procent,
        aantal=aantal,
        klaargezet_op=nu,
        klaargezet_door_id=actor.gebruiker_id,
    )
    sessie.add(trekking)
    raak(actie)
    sessie.flush()
    gegevens = {"actie": str(actie.uid), "zaad": trekking.zaad, "algoritme": ALGORITME, "aantal": aantal}
    gegevens |= {"pool": len(pool.ids), "pool_sha256": trekking.pool_sha256}
    leg_vast(sessie, actor, nu, "trekking_klaargezet", "trekking", trekking.uid, gegevens=gegevens)
    return trekking


def trek_nu(sessie: Session, actor: Actor, nu: datetime, trekking: Trekking) -> list[Stop]:
    """Draw, and add what was drawn as stops. What became a stop or closed since then is noted in the record."""
    _eis_klaargezet(sessie, trekking)
    actie = trekking.actie
    eis_concept(actie)
    trekking.uitkomst = trek(trekking.zaad, trekking.pool, trekking.aantal)
    trekking.toestand, trekking.getrokken_op, trekking.getrokken_door_id = "getrokken", nu, actor.gebruiker_id
    uids = [UUID(id_) for id_ in trekking.uitkomst]
    er = {loc.uid: loc for loc in sessie.scalars(select_voor(actor, Risicolocatie).where(Risicolocatie.uid.in_(uids)))}
    al = {stop.locatie_id for stop in stops_van(sessie, actor, actie)}
    mee = []
    for uid in uids:
        locatie = er.get(uid)
        if locatie is None or locatie.status not in TE_BEZOEKEN:
            noteer_uitval(sessie, actor, nu, trekking, uid, "Is sinds het klaarzetten gesloten, uit beeld of weg.")
        elif locatie.id in al:
            noteer_uitval(sessie, actor, nu, trekking, uid, "Was sinds het klaarzetten al met de hand gekozen.")
        else:
            mee.append(locatie)
    stops = voeg_stops_toe(sessie, actor, nu, actie, mee, "trekking")
    raak(actie)
    sessie.flush()
    gegevens = {"actie": str(actie.uid), "uitkomst": trekking.uitkomst}
    leg_vast(sessie, actor, nu, "trekking_getrokken", "trekking", trekking.uid, gegevens=gegevens)
    return stops


def laat_trekking_vervallen(sessie: Session, actor: Actor, nu: datetime, trekking: Trekking, reden: str) -> None:
    """Give up a draw that was not drawn yet; it stays in the record. Raises OngeldigeInvoer or Conflict."""
    _eis_klaargezet(sessie, trekking)
    trekking.reden = controleer_reden(reden, "deze trekking vervalt")
    trekking.toestand = "vervallen"
    raak(trekking.actie)
    gegevens = {"actie": str(trekking.actie.uid), "reden": trekking.reden}
    leg_vast(sessie, actor, nu, "trekking_vervallen", "trekking", trekking.uid, gegevens=gegevens)


def _eis_klaargezet(sessie: Session, trekking: Trekking) -> None:
    # Locked, so that of two planners who press at once one draws and the other hears that it was done.
    sessie.refresh(trekking, ["toestand"], with_for_update={"key_share": True, "of": Trekking})
    if trekking.toestand != "klaargezet":
        raise Conflict(f"Deze trekking is al {trekking.toestand}. Ververs de pagina.")


def trekkingen_van(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Trekking]:
    """Every draw of an action, the latest first."""
    return sessie.scalars(
        select_voor(actor, Trekking)
        .where(Trekking.actie_id == actie.id)
        .order_by(Trekking.id.desc())
        .options(joinedload(Trekking.klaargezet_door), joinedload(Trekking.getrokken_door))
    ).all()


@dataclass(frozen=True)
class Getrokken:
    """One line of the outcome: the address where it is known, and what became of it ('' where nothing did)."""

    id: str
    locatie: Risicolocatie | None
    stop: Stop | None
    uitval: Trekkinguitval | None


def uitkomst_van(sessie: Session, actor: Actor, trekking: Trekking) -> list[Getrokken]:
    """The outcome in the order of the lots, with what became of each."""
    uids = [UUID(id_) for id_ in trekking.uitkomst]
    er = {loc.uid: loc for loc in sessie.scalars(select_voor(actor, Risicolocatie).where(Risicolocatie.uid.in_(uids)))}
    stops = {stop.locatie_id: stop for stop in stops_van(sessie, actor, trekking.actie)}
    uitval = {
        rij.locatie_uid: rij
        for rij in sessie.scalars(
            select_voor(actor, Trekkinguitval)
            .where(Trekkinguitval.trekking_id == trekking.id)
            .order_by(Trekkinguitval.id)
            .options(joinedload(Trekkinguitval.door))
        )
    }
    uit = []
    for uid in uids:
        locatie = er.get(uid)
        stop = stops.get(locatie.id) if locatie is not None else None
        uit.append(Getrokken(str(uid), locatie, stop, uitval.get(uid)))
    return uit


def als_bestand(trekking: Trekking) -> dict[str, Any]:
    """What repeating a draw takes, as ``inspecties trekking controleer`` reads it; no addresses."""
    return {
        "algoritme": trekking.algoritme,
        "uitleg": "Sorteer de pool op SHA-256 van '<zaad>|<locatie>' (hex); de eerste 'aantal' zijn getrokken.",
        "actie": str(trekking.actie.uid),
        "pool_in_woorden": trekking.zin,
        "klaargezet_op": trekking.klaargezet_op.isoformat(),
        "getrokken_op": trekking.getrokken_op.isoformat() if trekking.getrokken_op else None,
        "zaad": trekking.zaad,
        "aantal": trekking.aantal,
        "pool_sha256": trekking.pool_sha256,
        "pool": trekking.pool,
        "getrokken": trekking.uitkomst,
    }
