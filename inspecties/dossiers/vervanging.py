"""Offices and deputies: who decides today, and who says so. Every change is an audit line."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol, rol_mag
from inspecties.database import select_voor
from inspecties.dossiers.models_ambtseinde import Ambtseinde
from inspecties.dossiers.models_kabinet import Ambtsbekleding, Vervanging
from inspecties.dossiers.rules.mandaat import Bekleding, Mandaattabel, lees_mandaat
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap, kan_aanmelden

BESTAND = Path(__file__).resolve().parents[2] / "config" / "mandaat.toml"
# Offices that one person holds at a time.
ENKEL = frozenset({"burgemeester"})
LANGST = timedelta(days=366)
MAX_GROND = 300


@lru_cache(maxsize=1)
def mandaattabel() -> Mandaattabel:
    """The offices and rules of this installation."""
    return lees_mandaat(tomllib.loads(BESTAND.read_text(encoding="utf-8")))


def kabinetsleden(sessie: Session, actor: Actor) -> list[tuple[str, str]]:
    """Who can hold an office or stand in for it: (uid, name) of everybody in the cabinet who can log in."""
    rijen = sessie.execute(
        select(Gebruiker.uid, Gebruiker.naam)
        .join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
        .where(
            Lidmaatschap.gemeente_id == actor.gemeente_id,
            Lidmaatschap.rol == Rol.KABINET.value,
            kan_aanmelden(),
        )
        .order_by(Gebruiker.naam)
    )
    return [(str(uid), naam) for uid, naam in rijen]


def _lid(sessie: Session, actor: Actor, uid: str, veld: str) -> Gebruiker:
    if uid not in dict(kabinetsleden(sessie, actor)):
        raise OngeldigeInvoer("Kies iemand uit de lijst: alleen wie de rol kabinet heeft.", veld)
    return sessie.scalars(select(Gebruiker).where(Gebruiker.uid == UUID(uid))).one()


def _grond(grond: str) -> str:
    schoon = " ".join(grond.split())
    if not schoon:
        raise OngeldigeInvoer("Schrijf op waar dit op rust, zoals een benoeming of een collegebesluit.", "grond")
    if len(schoon) > MAX_GROND:
        raise OngeldigeInvoer(f"Dit is te lang: hooguit {MAX_GROND} tekens.", "grond")
    return schoon


def bekledingen(sessie: Session, actor: Actor) -> Sequence[Ambtsbekleding]:
    """Every holder of an office, the present ones first."""
    rijen = sessie.scalars(
        select_voor(actor, Ambtsbekleding)
        .order_by(Ambtsbekleding.van.desc(), Ambtsbekleding.id.desc())
        .options(joinedload(Ambtsbekleding.gebruiker))
    ).all()
    return sorted(rijen, key=lambda r: r.tot is not None)


def vervangingen(sessie: Session, actor: Actor) -> Sequence[Vervanging]:
    """Every replacement, the last one first."""
    return sessie.scalars(
        select_voor(actor, Vervanging)
        .order_by(Vervanging.van.desc(), Vervanging.id.desc())
        .options(
            joinedload(Vervanging.vervanger), joinedload(Vervanging.bekleding).joinedload(Ambtsbekleding.gebruiker)
        )
    ).all()


def ambten_vastgelegd(sessie: Session, actor: Actor) -> bool:
    """Whether this gemeente ever laid down who holds an office; from then on the mandate rules bind."""
    return bool(
        sessie.scalar(
            select(func.count()).select_from(Ambtsbekleding).where(Ambtsbekleding.gemeente_id == actor.gemeente_id)
        )
    )


def _eindes(sessie: Session, actor: Actor) -> dict[int, datetime]:
    """Ambtsbekleding.id -> the moment at which it was ended."""
    return {rij.bekleding_id: rij.op for rij in sessie.scalars(select_voor(actor, Ambtseinde))}


def _loopt(rij: Ambtsbekleding, moment: datetime, eindes: Mapping[int, datetime]) -> bool:
    dag, einde = lokale_datum(moment), eindes.get(rij.id)
    if einde is not None and einde <= moment:
        return False
    return rij.van <= dag and (rij.tot is None or dag <= rij.tot)


def _staat_in_de_weg(rij: Ambtsbekleding, van: date, eindes: Mapping[int, datetime]) -> bool:
    """Whether an office that begins on ``van`` would be held twice. One ended on its first day, or before, was not."""
    einde = eindes.get(rij.id)
    if einde is not None and lokale_datum(einde) <= rij.van:
        return False
    return rij.tot is None or rij.tot >= van


def bekleed_op(sessie: Session, actor: Actor, moment: datetime) -> dict[int, list[Bekleding]]:
    """Gebruiker.id -> the offices that they hold or stand in for at a moment. Who is blocked holds none."""
    dag, eindes = lokale_datum(moment), _eindes(sessie, actor)
    uit: dict[int, list[Bekleding]] = {}
    for rij in bekledingen(sessie, actor):
        if _loopt(rij, moment, eindes) and rij.gebruiker.geblokkeerd_op is None:
            uit.setdefault(rij.gebruiker_id, []).append(Bekleding(rij.ambt, "", str(rij.uid)))
    for v in vervangingen(sessie, actor):
        ingetrokken = v.ingetrokken_op is not None and v.ingetrokken_op <= moment
        # A replacement that is written down later does not reach back.
        if ingetrokken or v.vastgelegd_op > moment or not v.van <= dag <= v.tot:
            continue
        if _loopt(v.bekleding, moment, eindes) and v.vervanger.geblokkeerd_op is None:
            naam = v.bekleding.gebruiker.naam
            uit.setdefault(v.vervanger_id, []).append(Bekleding(v.bekleding.ambt, naam, str(v.uid)))
    return uit


def _om_de_beurt(sessie: Session, actor: Actor) -> None:
    """Who lays down an office waits for whoever does so now: two at once could each see that nobody holds it."""
    sessie.execute(select(Gemeente.id).where(Gemeente.id == actor.gemeente_id).with_for_update(key_share=True))


def geef_ambt(
    sessie: Session, actor: Actor, nu: datetime, gebruiker: str, ambt: str, van: date | None, grond: str
) -> Ambtsbekleding:
    """Lay down that somebody holds an office from a day on. Raises GeenRecht, OngeldigeInvoer, Conflict."""
    if not rol_mag(actor.rol, "ambten.vastleggen"):
        raise GeenRecht("Alleen de beheerder legt vast wie een ambt bekleedt.")
    if ambt not in mandaattabel().ambten:
        raise OngeldigeInvoer("Kies een ambt uit de lijst.", "ambt")
    wie = _lid(sessie, actor, gebruiker, "gebruiker")
    vandaag = lokale_datum(nu)
    if van is None or abs(van - vandaag) > LANGST:
        raise OngeldigeInvoer("Vul de dag in waarop dit begint, als dag-maand-jaar.", "van")
    _om_de_beurt(sessie, actor)
    eindes = _eindes(sessie, actor)
    for rij in bekledingen(sessie, actor):
        if rij.ambt != ambt or not _staat_in_de_weg(rij, van, eindes):
            continue
        if rij.gebruiker_id == wie.id or ambt in ENKEL:
            raise Conflict(f"{rij.gebruiker.naam} bekleedt dit ambt al. Beëindig dat eerst.", "ambt")
    nieuw = Ambtsbekleding(
        gemeente_id=actor.gemeente_id,
        gebruiker_id=wie.id,
        ambt=ambt,
        van=van,
        grond=_grond(grond),
        vastgelegd_op=nu,
        vastgelegd_door_id=actor.gebruiker_id,
    )
    sessie.add(nieuw)
    sessie.flush()
    gegevens = {"ambt": ambt, "van": van.isoformat()}
    # The ground stays in its row, where it can be read in its own right: it is free text.
    leg_vast(sessie, actor, nu, "ambt_gegeven", "gebruiker", wie.uid, gegevens=gegevens | {"bekleding": str(nieuw.uid)})
    return nieuw


def beeindig_ambt(sessie: Session, actor: Actor, nu: datetime, rij: Ambtsbekleding) -> None:
    """The office ends now: from this moment on the person has no capacity. Raises GeenRecht, Conflict."""
    if not rol_mag(actor.rol, "ambten.vastleggen"):
        raise GeenRecht("Alleen de beheerder legt vast wie een ambt bekleedt.")
    vandaag = lokale_datum(nu)
    if rij.tot is not None:
        raise Conflict("Dit ambt is al beëindigd.")
    # The last whole day, never before it began; the moment itself says that of today nothing is left.
    rij.tot = max(rij.van, vandaag - timedelta(days=1))
    sessie.add(Ambtseinde(gemeente_id=rij.gemeente_id, bekleding_id=rij.id, op=nu, door_id=actor.gebruiker_id))
    sessie.flush()
    leg_vast(sessie, actor, nu, "ambt_beeindigd", "gebruiker", rij.gebruiker.uid, gegevens={"ambt": rij.ambt})


def mag_regelen(actor: Actor, bekleding: Ambtsbekleding) -> bool:
    """The beheerder for everybody; somebody else only their own replacement."""
    return actor.rol is Rol.BEHEERDER or actor.gebruiker_id == bekleding.gebruiker_id


_NIET_VAN_U = "Alleen de beheerder of wie het ambt bekleedt, legt vast wie er vervangt."


def vervang(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bekleding: Ambtsbekleding,
    vervanger: str,
    van: date | None,
    tot: date | None,
    grond: str,
) -> Vervanging:
    """Somebody stands in for the holder of an office. Raises GeenRecht, OngeldigeInvoer naming the field, Conflict."""
    if not rol_mag(actor.rol, "vervanging.regelen") or not mag_regelen(actor, bekleding):
        raise GeenRecht(_NIET_VAN_U)
    vandaag = lokale_datum(nu)
    wie = _lid(sessie, actor, vervanger, "vervanger")
    if wie.id == bekleding.gebruiker_id:
        raise OngeldigeInvoer("Niemand vervangt zichzelf. Kies een ander.", "vervanger")
    if van is None or van < vandaag:
        raise OngeldigeInvoer("Een vervanging begint vandaag of later: achteraf vastleggen kan niet.", "van")
    if tot is None or tot < van:
        raise OngeldigeInvoer("De laatste dag is op of na de eerste dag.", "tot")
    if tot - van > LANGST:
        raise OngeldigeInvoer("Een vervanging duurt hooguit een jaar. Leg daarna een nieuwe vast.", "tot")
    if bekleding.tot is not None and tot > bekleding.tot:
        raise OngeldigeInvoer("Het ambt zelf eindigt eerder dan deze vervanging.", "tot")
    for ander in vervangingen(sessie, actor):
        if (
            ander.bekleding_id == bekleding.id
            and ander.ingetrokken_op is None
            and van <= ander.tot
            and ander.van <= tot
        ):
            raise Conflict(f"In die dagen vervangt {ander.vervanger.naam} al. Trek dat eerst in.", "van")
    rij = Vervanging(
        gemeente_id=actor.gemeente_id,
        bekleding_id=bekleding.id,
        vervanger_id=wie.id,
        van=van,
        tot=tot,
        grond=_grond(grond),
        vastgelegd_op=nu,
        vastgelegd_door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    gegevens = {
        "vervangt": str(bekleding.gebruiker.uid),
        "ambt": bekleding.ambt,
        "van": van.isoformat(),
        "tot": tot.isoformat(),
    }
    gegevens["vervanging"] = str(rij.uid)
    leg_vast(sessie, actor, nu, "vervanging_vastgelegd", "gebruiker", wie.uid, gegevens=gegevens)
    return rij


def trek_in(sessie: Session, actor: Actor, nu: datetime, rij: Vervanging) -> None:
    """A replacement ends now. Decisions that were taken under it keep what they name. Raises GeenRecht, Conflict."""
    if not rol_mag(actor.rol, "vervanging.regelen") or not mag_regelen(actor, rij.bekleding):
        raise GeenRecht(_NIET_VAN_U)
    if rij.ingetrokken_op is not None or rij.tot < lokale_datum(nu):
        raise Conflict("Deze vervanging geldt al niet meer.")
    rij.ingetrokken_op, rij.ingetrokken_door_id = nu, actor.gebruiker_id
    leg_vast(
        sessie, actor, nu, "vervanging_ingetrokken", "gebruiker", rij.vervanger.uid,
        gegevens={"ambt": rij.bekleding.ambt},
    )  # fmt: skip
