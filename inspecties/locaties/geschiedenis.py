"""Writing and reading what changed about a location: every value, by whom, when and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import lokaal
from inspecties.database.bereik import select_voor
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.models import Adres, Locatiestatus, Locatietype, Risicolocatie
from inspecties.locaties.models_geschiedenis import Locatiewijziging, Samenvoeging, Splitsing
from inspecties.locaties.rules.samenvoegen import AANLEIDINGEN, VELDNAMEN
from inspecties.locaties.rules.status import STATUSNAMEN

_BLOK = 500
PER_PAGINA = 50
# (location id, columns as they were, columns as they are)
Verandering = tuple[int, Mapping[str, Any], Mapping[str, Any]]


def _als_tekst(waarde: Any) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, float):
        return f"{waarde:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(waarde, datetime):
        return lokaal(waarde).strftime("%d-%m-%Y %H:%M")
    return str(waarde)


def _namen(sessie: Session, actor: Actor, veranderingen: Sequence[Verandering]) -> dict[str, dict[Any, str]]:
    """For columns that hold a number of another row: that row's name."""
    ids: dict[str, set[int]] = {"locatietype_id": set(), "adres_id": set()}
    for _, oud, nieuw in veranderingen:
        for kolom, gevonden in ids.items():
            gevonden.update(w for w in (oud.get(kolom), nieuw.get(kolom)) if w is not None)
    uit: dict[str, dict[Any, str]] = {"locatietype_id": {}, "adres_id": {}, "status": dict(STATUSNAMEN)}
    if ids["locatietype_id"]:
        typen = select_voor(actor, Locatietype).where(Locatietype.id.in_(ids["locatietype_id"]))
        uit["locatietype_id"] = {t.id: t.naam for t in sessie.scalars(typen)}
    if ids["adres_id"]:
        adressen = select_voor(actor, Adres).where(Adres.id.in_(ids["adres_id"]))
        uit["adres_id"] = {a.id: a.nummeraanduiding_id for a in sessie.scalars(adressen)}
    return uit


def leg_wijzigingen_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    veranderingen: Iterable[Verandering],
    aanleiding: str = "wijziging",
    reden: str = "",
) -> int:
    """Write down each value that differs, as people read it; columns that follow from others are left out.

    Gives how many. ``aanleiding``: a code of AANLEIDINGEN. The status has a history of its own (``Locatiestatus``).
    """
    lijst = list(veranderingen)
    namen = _namen(sessie, actor, lijst)

    def tekst(kolom: str, waarde: Any) -> str:
        return namen.get(kolom, {}).get(waarde) or _als_tekst(waarde)

    regels = [
        {
            "uid": nieuw_id(),
            "gemeente_id": actor.gemeente_id,
            "locatie_id": locatie_id,
            "veld": kolom,
            "oud": tekst(kolom, oud[kolom]),
            "nieuw": tekst(kolom, waarde),
            "aanleiding": aanleiding,
            "reden": reden,
            "door_id": actor.gebruiker_id,
            "op": nu,
        }
        for locatie_id, oud, nieuw in lijst
        for kolom, waarde in nieuw.items()
        if kolom in VELDNAMEN and kolom != "status" and oud[kolom] != waarde
    ]
    for begin in range(0, len(regels), _BLOK):
        sessie.execute(insert(Locatiewijziging), regels[begin : begin + _BLOK])
    return len(regels)


@dataclass(frozen=True)
class Regel:
    """One line of the history on screen. ``van``: the name of the location that it was, where that is another one."""

    op: datetime
    wat: str
    veld: str
    oud: str
    nieuw: str
    reden: str
    door: str
    van: str = ""


@dataclass(frozen=True)
class Filter:
    """Empty means all. ``veld``: column, or 'samen' for merges and splits."""

    veld: str = ""
    door: str = ""
    aanleiding: str = ""


@dataclass(frozen=True)
class Blad:
    """One page of the history, the newest first. ``wie``: everybody in it, for the filter."""

    regels: list[Regel]
    totaal: int
    pagina: int
    paginas: int
    wie: list[tuple[str, str]]


def opgegaan_in(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Samenvoeging | None:
    """The merge by which this location went up in another one, as long as it stands."""
    return sessie.scalars(
        select_voor(actor, Samenvoeging).where(
            Samenvoeging.verliezer_id == locatie.id, Samenvoeging.ongedaan_op.is_(None)
        )
    ).first()


def opgenomen(sessie: Session, actor: Actor, locatie: Risicolocatie) -> list[Samenvoeging]:
    """Standing merges of which this location is the winner, the newest first."""
    opdracht = (
        select_voor(actor, Samenvoeging)
        .where(Samenvoeging.winnaar_id == locatie.id, Samenvoeging.ongedaan_op.is_(None))
        .order_by(Samenvoeging.op.desc(), Samenvoeging.id.desc())
    )
    return list(sessie.scalars(opdracht))


def _herkomst(sessie: Session, actor: Actor, locatie: Risicolocatie) -> dict[int, str]:
    """This location and everything that went up in it, id -> name; '' for itself."""
    uit = {locatie.id: ""}
    te_doen = [locatie]
    while te_doen:
        for samen in opgenomen(sessie, actor, te_doen.pop()):
            if samen.verliezer_id not in uit:
                uit[samen.verliezer_id] = samen.verliezer.naam
                te_doen.append(samen.verliezer)
    return uit


def lees_geschiedenis(sessie: Session, actor: Actor, locatie: Risicolocatie, filter_: Filter, pagina: int) -> Blad:
    """The history of a location and of what went up in it. Meant for who may read the location."""
    van = _herkomst(sessie, actor, locatie)
    alles = sorted(
        [*_waarden(sessie, actor, van), *_statussen(sessie, actor, van), *_gebeurtenissen(sessie, actor, van)],
        key=lambda paar: paar[2].op,
        reverse=True,
    )
    wie = sorted({(code, regel.door) for _, code, regel in alles if code}, key=lambda w: w[1])
    gekozen = [
        regel
        for sleutel, code, regel in alles
        if filter_.veld in ("", sleutel)
        and filter_.door in ("", code)
        and (not filter_.aanleiding or AANLEIDINGEN.get(filter_.aanleiding) == regel.wat)
    ]
    paginas = max(1, -(-len(gekozen) // PER_PAGINA))
    pagina = min(max(1, pagina), paginas)
    return Blad(gekozen[(pagina - 1) * PER_PAGINA : pagina * PER_PAGINA], len(gekozen), pagina, paginas, wie)


def _wie(door: Gebruiker | None) -> tuple[str, str]:
    return (str(door.uid), door.naam) if door else ("systeem", "Het systeem")


_Rij = tuple[str, str, Regel]


def _waarden(sessie: Session, actor: Actor, van: dict[int, str]) -> Iterable[_Rij]:
    opdracht = (
        select_voor(actor, Locatiewijziging)
        .where(Locatiewijziging.locatie_id.in_(van))
        .options(joinedload(Locatiewijziging.door))
        .order_by(Locatiewijziging.id.desc())
    )
    for rij in sessie.scalars(opdracht):
        code, naam = _wie(rij.door)
        veld = VELDNAMEN.get(rij.veld, rij.veld)
        wat = AANLEIDINGEN[rij.aanleiding]
        yield rij.veld, code, Regel(rij.op, wat, veld, rij.oud, rij.nieuw, rij.reden, naam, van[rij.locatie_id])


def _statussen(sessie: Session, actor: Actor, van: dict[int, str]) -> Iterable[_Rij]:
    opdracht = (
        select_voor(actor, Locatiestatus)
        .where(Locatiestatus.locatie_id.in_(van))
        .options(joinedload(Locatiestatus.door))
        .order_by(Locatiestatus.id.desc())
    )
    for rij in sessie.scalars(opdracht):
        code, naam = _wie(rij.door)
        oud = STATUSNAMEN.get(rij.van, "")
        wat = "Gewijzigd" if rij.van else "Toegevoegd"
        regel = Regel(rij.op, wat, "Status", oud, STATUSNAMEN[rij.naar], rij.reden, naam, van[rij.locatie_id])
        yield "status", code, regel


def _gebeurtenissen(sessie: Session, actor: Actor, van: dict[int, str]) -> Iterable[_Rij]:
    samen = select_voor(actor, Samenvoeging).where(
        or_(Samenvoeging.winnaar_id.in_(van), Samenvoeging.verliezer_id.in_(van))
    )
    losgemaakt: dict[int | None, Gebruiker] = {}
    rijen = sessie.scalars(samen.order_by(Samenvoeging.id.desc())).all()
    ids = {r.ongedaan_door_id for r in rijen if r.ongedaan_door_id is not None}
    if ids:
        losgemaakt = {g.id: g for g in sessie.scalars(select(Gebruiker).where(Gebruiker.id.in_(ids)))}
    for rij in rijen:
        code, naam = _wie(rij.door)
        twee = (rij.verliezer.naam, rij.winnaar.naam)
        yield "samen", code, Regel(rij.op, AANLEIDINGEN["samenvoeging"], "Locatie", *twee, rij.reden, naam)
        if rij.ongedaan_op is not None:
            code, naam = _wie(losgemaakt.get(rij.ongedaan_door_id))
            los = AANLEIDINGEN["losmaken"]
            yield "samen", code, Regel(rij.ongedaan_op, los, "Locatie", twee[1], twee[0], rij.ongedaan_reden, naam)
    splits = select_voor(actor, Splitsing).where(or_(Splitsing.bron_id.in_(van), Splitsing.nieuw_id.in_(van)))
    for deel in sessie.scalars(splits.order_by(Splitsing.id.desc())):
        code, naam = _wie(deel.door)
        wat = AANLEIDINGEN["splitsing"]
        yield "samen", code, Regel(deel.op, wat, "Locatie", deel.bron.naam, deel.nieuw.naam, deel.reden, naam)
