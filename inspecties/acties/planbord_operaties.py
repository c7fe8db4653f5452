"""Acts on the board: one change of the plan, with its new times, what it was called and how to undo it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_avond import Planwijziging
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.models_planbord import Planzet, Stopbord
from inspecties.acties.operations import raak
from inspecties.acties.planbord_feiten import lees_bord, nulpunt
from inspecties.acties.queries import stops_van
from inspecties.acties.rules.planbord import Bord, Verdeling, maak_rooster, plek_op_tijd, reken, verplaats
from inspecties.acties.rules.toestanden import ACTIE_TABEL
from inspecties.acties.stops_plan import stopplannen
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.database import select_voor

TERUG_HOOGSTENS = 20
# Dropping within a few minutes of where the team would begin anyway is no wish.
_SPELING_MIN = 5


@dataclass(frozen=True)
class Zet:
    """What the coordinator asks. ``ploeg`` None: out of its team. ``plek`` counts from 1, None: at the end.

    ``minuut``: dropped at this time; the place in the order follows from it. ``niet_voor``: not earlier than this.
    """

    soort: str
    stop: str = ""
    ploeg: str | None = None
    plek: int | None = None
    minuut: int | None = None
    niet_voor: int | None = None


def eis_bord_open(actie: Actie) -> None:
    """The plan changes in concept, and under way; what teams prepare from between the two does not shift."""
    if actie.toestand not in {"concept", "in_uitvoering"}:
        naam = ACTIE_TABEL.namen[actie.toestand].lower()
        raise Conflict(
            f"Deze actie is '{naam}'. Het plan ligt dan vast. Zet de actie terug naar concept om te schuiven.",
            "toestand",
        )


def doe_zet(sessie: Session, actor: Actor, nu: datetime, actie: Actie, zet: Zet) -> str:
    """Do one act and say what happened. Raises OngeldigeInvoer, NietGevonden or Conflict."""
    eis_bord_open(actie)
    if zet.soort == "ongedaan":
        return _ongedaan(sessie, actor, nu, actie)
    bord = lees_bord(sessie, actor, actie, nu)
    if zet.soort == "tijden":
        bewaar_plan(sessie, actor, nu, actie, bord, bord.verdeling, "tijden bijgewerkt")
        return "De tijden zijn bijgewerkt."
    if zet.stop not in bord.stops:
        raise NietGevonden("Deze stop staat niet op het bord. Misschien is hij net weggehaald.")
    if bord.stops[zet.stop].gedaan is not None:
        raise Conflict(f"{bord.stops[zet.stop].adres}: de ploeg is al bij deze stop geweest. Hij blijft staan.", "stop")
    if zet.soort in {"vast", "los"}:
        return _slot(sessie, actor, nu, actie, bord, zet)
    if zet.soort != "verplaats":
        raise OngeldigeInvoer("Kies verplaatsen, vastzetten, losmaken of ongedaan maken.", "soort")
    return _verplaats(sessie, actor, nu, actie, bord, zet)


def _verplaats(sessie: Session, actor: Actor, nu: datetime, actie: Actie, bord: Bord, zet: Zet) -> str:
    stop = bord.stops[zet.stop]
    if stop.vast:
        raise Conflict(f"{stop.adres} staat vast. Maak de stop eerst los.", "stop")
    ploeg = next((p for p in bord.ploegen if p.id == zet.ploeg), None)
    if zet.ploeg is not None and ploeg is None:
        raise NietGevonden("Deze ploeg bestaat niet meer. Ververs de pagina.")
    wens = zet.niet_voor
    if ploeg is None:
        verdeling, wat = verplaats(bord, stop.id, None, 0), f"{stop.adres} uit de ploeg"
    else:
        plek = len(bord.verdeling.get(ploeg.id, ())) if zet.plek is None else max(0, zet.plek - 1)
        if zet.minuut is not None:
            plek = plek_op_tijd(bord, stop.id, ploeg, zet.minuut)
        verdeling = verplaats(bord, stop.id, ploeg.id, plek)
        if zet.minuut is not None:
            wens = _wens(bord, verdeling, ploeg.id, stop.id, zet.minuut)
        wat = f"{stop.adres} naar {ploeg.naam}, plek {verdeling[ploeg.id].index(stop.id) + 1}"
    bewaar_plan(sessie, actor, nu, actie, bord, verdeling, wat, niet_voor={stop.id: wens}, redenen={stop.id: ""})
    return f"{wat}."


def _wens(bord: Bord, verdeling: Verdeling, ploeg: str, stop: str, minuut: int) -> int | None:
    """The wish that dropping at a time means: none where the team would begin about then anyway."""
    wie = next(p for p in bord.ploegen if p.id == ploeg)
    vrij = replace(bord, stops={**bord.stops, stop: replace(bord.stops[stop], niet_voor=None)}, verdeling=verdeling)
    begin = next(b.begin for b in maak_rooster(vrij, wie, verdeling[ploeg]).blokken if b.stop == stop)
    gekozen = 5 * round(minuut / 5)
    return gekozen if gekozen > begin + _SPELING_MIN else None


def _slot(sessie: Session, actor: Actor, nu: datetime, actie: Actie, bord: Bord, zet: Zet) -> str:
    stop, vast = bord.stops[zet.stop], zet.soort == "vast"
    niet_voor: int | None = None
    wat = f"{stop.adres} losgemaakt"
    if vast:
        thuis = next((p for p in bord.ploegen if stop.id in bord.verdeling.get(p.id, ())), None)
        if thuis is None:
            raise OngeldigeInvoer(f"{stop.adres} heeft nog geen ploeg. Zet de stop eerst in een ploeg.", "stop")
        rooster = maak_rooster(bord, thuis, bord.verdeling[thuis.id])
        niet_voor = next(b.begin for b in rooster.blokken if b.stop == stop.id)
        wat = f"{stop.adres} vastgezet bij {thuis.naam} om {bord.zeg(niet_voor)}"
    bewaar_plan(
        sessie, actor, nu, actie, bord, bord.verdeling, wat, niet_voor={stop.id: niet_voor}, vast={stop.id: vast}
    )
    return f"{wat}."


def bewaar_plan(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    actie: Actie,
    bord: Bord,
    verdeling: Verdeling,
    wat: str,
    *,
    niet_voor: Mapping[str, int | None] | None = None,
    vast: Mapping[str, bool] | None = None,
    redenen: Mapping[str, str] | None = None,
) -> Bord:
    """Store a division with its wishes, locks and reasons (only the stops named change) and compute all times."""
    eis_bord_open(actie)
    rijen = {str(s.uid): s for s in stops_van(sessie, actor, actie)}
    plannen, wensen = _bijlagen(sessie, actor, rijen)
    voor = [_als_rij(uid, rij, plannen[uid], wensen.get(uid)) for uid, rij in rijen.items()]
    ploegen = {str(p.uid): p for p in actie.ploegen}
    plaats = {i: (ploeg, nr) for ploeg, ids in verdeling.items() for nr, i in enumerate(ids, 1)}
    achter = len(rijen)
    for uid, rij in rijen.items():
        naar, nummer = plaats.get(uid, (None, achter + rij.volgorde))
        if uid not in bord.stops:
            # Called off: it stays where it was, behind the others.
            rij.volgorde = achter + rij.volgorde % (achter + 1)
            continue
        ploeg = ploegen[naar] if naar else None
        if ploeg is not rij.ploeg:
            _meld_onderweg(sessie, actor, nu, actie, rij, ploeg.id if ploeg else None)
            rij.ploeg = ploeg
        rij.volgorde = nummer
    for uid, minuut in (niet_voor or {}).items():
        _wens_van(sessie, actor, wensen, uid, rijen).niet_voor_op = None if minuut is None else bord.moment(minuut)
    for uid, reden in (redenen or {}).items():
        _wens_van(sessie, actor, wensen, uid, rijen).reden = reden[:400]
    for uid, slot in (vast or {}).items():
        plannen[uid].vast = slot
    return _sluit_af(sessie, actor, nu, actie, wat, voor)


def _sluit_af(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, wat: str, voor: list[dict[str, Any]] | None
) -> Bord:
    """Times of all stops, a new version of the action, what it was before, and the audit line."""
    raak(actie)
    sessie.flush()
    bord = zet_tijden(sessie, actor, nu, actie)
    sessie.flush()
    if voor is not None:
        sessie.add(
            Planzet(
                gemeente_id=actor.gemeente_id,
                actie_id=actie.id,
                wat=wat[:240],
                voor=voor,
                versie_na=actie.versie,
                door_id=actor.gebruiker_id,
                op=nu,
            )
        )
        sessie.flush()
        for oud in _zetten(sessie, actor, actie)[TERUG_HOOGSTENS:]:
            sessie.delete(oud)
    leg_vast(
        sessie,
        actor,
        nu,
        "actie_plan_gewijzigd",
        "actie",
        actie.uid,
        gegevens={"stops": sum(map(len, bord.verdeling.values()))},
    )
    return bord


def zet_tijden(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> Bord:
    """Compute and store when each stop is planned."""
    bord = lees_bord(sessie, actor, actie, nu)
    rijen = {str(s.uid): s for s in stops_van(sessie, actor, actie)}
    plannen, _ = _bijlagen(sessie, actor, rijen)
    blokken = {b.stop: b for rooster in reken(bord).roosters for b in rooster.blokken}
    for uid, plan in plannen.items():
        blok = blokken.get(uid)
        plan.aankomst_op = bord.moment(blok.aankomst) if blok else None
        plan.begin_op = bord.moment(blok.begin) if blok else None
        plan.vertrek_op = bord.moment(blok.vertrek) if blok else None
    return bord


def _bijlagen(
    sessie: Session, actor: Actor, rijen: Mapping[str, Stop]
) -> tuple[dict[str, Stopplan], dict[str, Stopbord]]:
    """The plan of every stop (made where there is none) and the wishes that there are."""
    ids = {s.id: uid for uid, s in rijen.items()}
    plannen = {ids[stop_id]: plan for stop_id, plan in stopplannen(sessie, actor, list(rijen.values())).items()}
    wensen = sessie.scalars(select_voor(actor, Stopbord).where(Stopbord.stop_id.in_(ids)))
    return plannen, {ids[w.stop_id]: w for w in wensen}


def _wens_van(
    sessie: Session, actor: Actor, wensen: dict[str, Stopbord], uid: str, rijen: Mapping[str, Stop]
) -> Stopbord:
    if uid not in wensen:
        wensen[uid] = Stopbord(gemeente_id=actor.gemeente_id, stop_id=rijen[uid].id, reden="")
        sessie.add(wensen[uid])
    return wensen[uid]


def _als_rij(uid: str, stop: Stop, plan: Stopplan, wens: Stopbord | None) -> dict[str, Any]:
    moment = wens.niet_voor_op if wens else None
    return {
        "stop": uid,
        "ploeg": str(stop.ploeg.uid) if stop.ploeg else None,
        "volgorde": stop.volgorde,
        "vast": plan.vast,
        "niet_voor": moment.isoformat() if moment else None,
        "reden": wens.reden if wens else "",
    }


def _meld_onderweg(sessie: Session, actor: Actor, nu: datetime, actie: Actie, stop: Stop, naar: int | None) -> None:
    """Under way the evening keeps what went to another team, so that tablets say so."""
    if actie.toestand == "in_uitvoering" and actor.gebruiker_id is not None:
        sessie.add(
            Planwijziging(
                gemeente_id=actor.gemeente_id,
                actie_id=actie.id,
                stop_id=stop.id,
                soort="wissel",
                van_ploeg_id=stop.ploeg_id,
                naar_ploeg_id=naar,
                reden="Opnieuw gepland op het planbord.",
                door_id=actor.gebruiker_id,
                op=nu,
            )
        )


def _zetten(sessie: Session, actor: Actor, actie: Actie) -> list[Planzet]:
    """The changes of an action, the last first."""
    opdracht = select_voor(actor, Planzet).where(Planzet.actie_id == actie.id).order_by(Planzet.id.desc())
    return list(sessie.scalars(opdracht))


def laatste_zet(sessie: Session, actor: Actor, actie: Actie) -> Planzet | None:
    """The change that can be undone: the last one, while nothing else changed since."""
    zetten = _zetten(sessie, actor, actie)
    return zetten[0] if zetten and zetten[0].versie_na == actie.versie else None


def _ongedaan(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> str:
    zet = laatste_zet(sessie, actor, actie)
    if zet is None:
        raise Conflict("Er is niets om ongedaan te maken, of de actie is daarna nog anders gewijzigd.", "soort")
    vorige = next((z for z in _zetten(sessie, actor, actie) if z.id != zet.id), None)
    aansluitend = vorige is not None and vorige.versie_na == zet.versie_na - 1
    rijen = {str(s.uid): s for s in stops_van(sessie, actor, actie)}
    plannen, wensen = _bijlagen(sessie, actor, rijen)
    ploegen = {str(p.uid): p for p in actie.ploegen}
    for oud in zet.voor:
        uid = oud["stop"]
        if uid not in rijen:
            continue
        ploeg = ploegen.get(oud["ploeg"])
        if ploeg is not rijen[uid].ploeg:
            _meld_onderweg(sessie, actor, nu, actie, rijen[uid], ploeg.id if ploeg else None)
        rijen[uid].ploeg, rijen[uid].volgorde = ploeg, oud["volgorde"]
        plannen[uid].vast = oud["vast"]
        wens = _wens_van(sessie, actor, wensen, uid, rijen)
        wens.niet_voor_op = datetime.fromisoformat(oud["niet_voor"]) if oud["niet_voor"] else None
        wens.reden = oud["reden"]
    wat = zet.wat
    sessie.delete(zet)
    _sluit_af(sessie, actor, nu, actie, wat, None)
    if vorige is not None and aansluitend:
        vorige.versie_na = actie.versie
        sessie.flush()
    return f"Teruggedraaid: {wat}."


def minuut_van(actie: Actie, moment: datetime) -> int:
    """A moment on the scale of the board."""
    return int((moment - nulpunt(actie)) / timedelta(minutes=1))


def lees_uid(tekst: Any, veld: str) -> str:
    """The public id in what was sent. Raises OngeldigeInvoer."""
    try:
        return str(UUID(str(tekst)))
    except ValueError:
        raise OngeldigeInvoer("Kies uit de lijst op het bord.", veld) from None
