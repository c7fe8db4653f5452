"""Hours and breaks of teams, maxima of partners and the point of departure: what a plan is made within."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Deelname, Ploeg
from inspecties.acties.models_plan import Actieplan, Ploegplan, Stopplan
from inspecties.acties.models_planbord import Partnergrens
from inspecties.acties.operations import eis_concept, raak
from inspecties.acties.planbord_operaties import zet_tijden
from inspecties.acties.queries import deelnames_van, ploegen_van_actie, stops_van
from inspecties.acties.rules.gegevens import binnen_dienst
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokaal
from inspecties.database import select_voor
from inspecties.locaties.adresvondst import Adresvondst
from inspecties.locaties.adreszoeken import zoek_adressen

PAUZE_HOOGSTENS_MIN = 120
STOPS_HOOGSTENS = 200
MIDDEN = "Midden van de stops"


def lees_tijd(tekst: str, veld: str) -> time:
    """A clock time as typed. Raises OngeldigeInvoer."""
    try:
        return time.fromisoformat(tekst.strip())
    except ValueError:
        raise OngeldigeInvoer("Vul een tijd in, zoals 19:30.", veld) from None


@dataclass(frozen=True)
class Ploeguren:
    """The hours of one team; None: those of the shift. A break of 0 minutes is none."""

    begin: datetime | None = None
    eind: datetime | None = None
    pauze_min: int = 0
    pauze_van: datetime | None = None
    pauze_tot: datetime | None = None


@dataclass(frozen=True)
class Uren:
    """Everything on the page: per Ploeg.id, per Organisatie.id, the departure (None: the middle of the stops), seed."""

    ploegen: Mapping[int, Ploeguren]
    grenzen: Mapping[int, int]
    vertrek: tuple[str, float, float] | None
    zaad: int


def _getal(tekst: str, laagst: int, hoogst: int, veld: str, wat: str) -> int:
    if not tekst.isascii() or not tekst.isdigit() or not laagst <= int(tekst[:12]) <= hoogst:
        raise OngeldigeInvoer(f"{wat}: vul een heel getal in van {laagst} tot en met {hoogst}.", veld)
    return int(tekst)


def lees_uren(sessie: Session, actor: Actor, actie: Actie, velden: Mapping[str, str]) -> Uren:
    """Check what was typed. Raises OngeldigeInvoer with the field's name and what would be right."""
    ploegen = {p.id: _ploeguren(actie, p, velden) for p in ploegen_van_actie(sessie, actor, actie)}
    grenzen = {}
    for d in deelnames_van(sessie, actor, actie):
        veld = f"grens-{d.organisatie.uid}"
        if tekst := velden.get(veld, "").strip():
            grenzen[d.organisatie_id] = _getal(tekst, 0, STOPS_HOOGSTENS, veld, d.organisatie.naam)
    zaad = _getal(velden.get("zaad", "").strip() or "1", 0, 2**31 - 1, "zaad", "Startgetal")
    return Uren(ploegen, grenzen, _vertrek(sessie, actor, actie, velden.get("vertrek", "")), zaad)


def _ploeguren(actie: Actie, ploeg: Ploeg, velden: Mapping[str, str]) -> Ploeguren:
    def moment(naam: str) -> datetime | None:
        veld = f"{naam}-{ploeg.uid}"
        tekst = velden.get(veld, "").strip()
        if not tekst:
            return None
        try:
            return binnen_dienst(actie.begin_op, actie.eind_op, lees_tijd(tekst, veld), veld)
        except OngeldigeInvoer as fout:
            raise OngeldigeInvoer(f"{ploeg.naam}: {fout.melding[0].lower()}{fout.melding[1:]}", veld) from None

    begin, eind = moment("begin"), moment("eind")
    van, tot = begin or actie.begin_op, eind or actie.eind_op
    dienst = f"{lokaal(actie.begin_op):%H:%M} tot {lokaal(actie.eind_op):%H:%M}"
    if tot <= van:
        raise OngeldigeInvoer(
            f"{ploeg.naam} stopt voordat zij begint. Kies een latere eindtijd binnen de dienst ({dienst}).",
            f"eind-{ploeg.uid}",
        )
    if van < actie.begin_op or tot > actie.eind_op:
        naam = "begin" if van < actie.begin_op else "eind"
        raise OngeldigeInvoer(
            f"{ploeg.naam}: deze uren vallen buiten de dienst. Kies tijden van {dienst}.", f"{naam}-{ploeg.uid}"
        )
    tekst = velden.get(f"pauze-{ploeg.uid}", "").strip() or "0"
    duur = _getal(tekst, 0, PAUZE_HOOGSTENS_MIN, f"pauze-{ploeg.uid}", f"Pauze van {ploeg.naam}")
    if not duur:
        return Ploeguren(begin, eind)
    vroegst, laatst = moment("pauze_van"), moment("pauze_tot")
    lengte = timedelta(minutes=duur)
    if max(vroegst or van, van) > min(laatst or tot - lengte, tot - lengte):
        raise OngeldigeInvoer(
            f"De pauze van {ploeg.naam} past niet: zij begint tussen deze tijden en is klaar voordat de ploeg stopt.",
            f"pauze_tot-{ploeg.uid}",
        )
    return Ploeguren(begin, eind, duur, vroegst, laatst)


def _vertrek(sessie: Session, actor: Actor, actie: Actie, tekst: str) -> tuple[str, float, float] | None:
    tekst = " ".join(tekst.split())
    if not tekst:
        return None
    plan = lees_actieplan(sessie, actor, actie)
    if plan is not None and plan.vertrek_x is not None and plan.vertrek_y is not None and plan.vertrek_naam == tekst:
        return plan.vertrek_naam, plan.vertrek_x, plan.vertrek_y
    gevonden: Sequence[Adresvondst] = zoek_adressen(sessie, actor, tekst, 2)
    if not gevonden:
        raise OngeldigeInvoer(
            "Dit adres staat niet in het adressenbestand. Typ straat, huisnummer en plaats, of laat het leeg.",
            "vertrek",
        )
    adres = gevonden[0]
    naam = f"{adres.straat} {adres.nummer}, {adres.woonplaats}"
    return naam[:160], adres.x, adres.y


def lees_actieplan(sessie: Session, actor: Actor, actie: Actie) -> Actieplan | None:
    """Embargo, departure and seed of an action, if anybody set them."""
    return sessie.scalars(select_voor(actor, Actieplan).where(Actieplan.actie_id == actie.id)).one_or_none()


def lees_ploegplannen(sessie: Session, actor: Actor, actie: Actie) -> dict[int, Ploegplan]:
    """Ploeg.id -> its hours, where it has its own."""
    ids = [p.id for p in ploegen_van_actie(sessie, actor, actie)]
    rijen = sessie.scalars(select_voor(actor, Ploegplan).where(Ploegplan.ploeg_id.in_(ids)))
    return {rij.ploeg_id: rij for rij in rijen}


def lees_grenzen(sessie: Session, actor: Actor, actie: Actie) -> dict[int, Partnergrens]:
    """Organisatie.id -> the most stops of this action."""
    rijen = sessie.scalars(select_voor(actor, Partnergrens).where(Partnergrens.actie_id == actie.id))
    return {rij.organisatie_id: rij for rij in rijen}


def zet_uren(sessie: Session, actor: Actor, nu: datetime, actie: Actie, uren: Uren) -> None:
    """Store all of it, in concept; where times were planned they are computed again. Raises Conflict."""
    eis_concept(actie)
    _zet_ploegen(sessie, actor, actie, uren.ploegen)
    staand = lees_grenzen(sessie, actor, actie)
    for organisatie_id, grens in staand.items():
        if organisatie_id not in uren.grenzen:
            sessie.delete(grens)
    for organisatie_id, hoogstens in uren.grenzen.items():
        rij = staand.get(organisatie_id)
        if rij is None:
            rij = Partnergrens(gemeente_id=actor.gemeente_id, actie_id=actie.id, organisatie_id=organisatie_id)
            sessie.add(rij)
        rij.stops_hoogstens = hoogstens
    plan = lees_actieplan(sessie, actor, actie)
    if plan is None:
        plan = Actieplan(gemeente_id=actor.gemeente_id, actie_id=actie.id)
        sessie.add(plan)
    plan.zaad = uren.zaad
    plan.vertrek_naam, plan.vertrek_x, plan.vertrek_y = uren.vertrek or ("", None, None)
    raak(actie)
    sessie.flush()
    ids = [s.id for s in stops_van(sessie, actor, actie)]
    if sessie.scalars(
        select_voor(actor, Stopplan).where(Stopplan.stop_id.in_(ids), Stopplan.begin_op.is_not(None))
    ).first():
        zet_tijden(sessie, actor, nu, actie)
    leg_vast(sessie, actor, nu, "actie_uren_gezet", "actie", actie.uid, gegevens={"ploegen": len(uren.ploegen)})


def _zet_ploegen(sessie: Session, actor: Actor, actie: Actie, ploegen: Mapping[int, Ploeguren]) -> None:
    plannen = lees_ploegplannen(sessie, actor, actie)
    for ploeg_id, uren in ploegen.items():
        plan = plannen.get(ploeg_id)
        if plan is None:
            plan = Ploegplan(gemeente_id=actor.gemeente_id, ploeg_id=ploeg_id)
            sessie.add(plan)
        plan.begin_op, plan.eind_op, plan.pauze_min = uren.begin, uren.eind, uren.pauze_min
        plan.pauze_van_op, plan.pauze_tot_op = uren.pauze_van, uren.pauze_tot


def als_velden(sessie: Session, actor: Actor, actie: Actie) -> dict[str, str]:
    """What the page begins with, by the names of its fields."""

    def klok(moment: datetime | None) -> str:
        return f"{lokaal(moment):%H:%M}" if moment else ""

    plannen, grenzen = lees_ploegplannen(sessie, actor, actie), lees_grenzen(sessie, actor, actie)
    plan = lees_actieplan(sessie, actor, actie)
    uit: dict[str, str] = {"vertrek": plan.vertrek_naam if plan else "", "zaad": str(plan.zaad if plan else 1)}
    for ploeg in ploegen_van_actie(sessie, actor, actie):
        p = plannen.get(ploeg.id)
        waarden: dict[str, Any] = {
            "begin": klok(p.begin_op if p else None),
            "eind": klok(p.eind_op if p else None),
            "pauze": str(p.pauze_min) if p and p.pauze_min else "",
            "pauze_van": klok(p.pauze_van_op if p else None),
            "pauze_tot": klok(p.pauze_tot_op if p else None),
        }
        uit |= {f"{naam}-{ploeg.uid}": waarde for naam, waarde in waarden.items()}
    for deelname in _met_grens(sessie, actor, actie):
        rij = grenzen.get(deelname.organisatie_id)
        uit[f"grens-{deelname.organisatie.uid}"] = str(rij.stops_hoogstens) if rij else ""
    return uit


def _met_grens(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Deelname]:
    return [d for d in deelnames_van(sessie, actor, actie) if d.status != "afgezegd"]
