"""Selects on signals. Who reported is in none of them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.zoeken import zoekpatroon
from inspecties.database import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen.models import Signaal

PER_PAGINA = 25
_ERNST = case({"direct_gevaar": 0, "hoog": 1}, value=Signaal.urgentie, else_=2)
_SORTERING: dict[str, Any] = {
    "nummer": Signaal.nummer,
    "datum": Signaal.datum,
    "vorm": Signaal.vorm,
    "urgentie": _ERNST,
}


@dataclass(frozen=True)
class Signaalfilter:
    """What the list is narrowed to; empty means all. ``status`` 'open' is everything not closed."""

    zoek: str = ""
    status: str = ""
    vorm: str = ""
    urgentie: str = ""
    sorteer: str = "datum"
    richting: str = "af"


def gefilterd(actor: Actor, filter_: Signaalfilter) -> Select[Signaal]:
    """Signals in the actor's scope that fit the filter, in order."""
    opdracht = select_voor(actor, Signaal)
    if filter_.zoek:
        patroon = zoekpatroon(filter_.zoek)
        locatie = Signaal.locatie.has(
            or_(Risicolocatie.naam.ilike(patroon, escape="\\"), Risicolocatie.straat.ilike(patroon, escape="\\"))
        )
        velden = (Signaal.nummer, Signaal.waar, Signaal.tekst)
        opdracht = opdracht.where(or_(locatie, *(veld.ilike(patroon, escape="\\") for veld in velden)))
    if filter_.status == "open":
        opdracht = opdracht.where(Signaal.status != "afgesloten")
    elif filter_.status:
        opdracht = opdracht.where(Signaal.status == filter_.status)
    if filter_.vorm:
        opdracht = opdracht.where(Signaal.vorm == filter_.vorm)
    if filter_.urgentie:
        opdracht = opdracht.where(Signaal.urgentie == filter_.urgentie)
    kolom = _SORTERING.get(filter_.sorteer, Signaal.datum)
    return opdracht.order_by(kolom.asc() if filter_.richting == "op" else kolom.desc(), Signaal.id.desc())


def tel(sessie: Session, opdracht: Select[Any]) -> int:
    """How many rows a select has."""
    return sessie.scalar(select(func.count()).select_from(opdracht.order_by(None).subquery())) or 0


def bladzijde(sessie: Session, opdracht: Select[Signaal], pagina: int) -> list[Signaal]:
    """One page, with the locations."""
    opdracht = opdracht.options(joinedload(Signaal.locatie)).offset((pagina - 1) * PER_PAGINA).limit(PER_PAGINA)
    return list(sessie.scalars(opdracht))


def tel_per_status(sessie: Session, actor: Actor) -> dict[str, int]:
    """Status -> how many signals."""
    rijen = sessie.execute(
        select_voor(actor, Signaal).with_only_columns(Signaal.status, func.count()).group_by(Signaal.status)
    )
    return {rij[0]: rij[1] for rij in rijen}


def wachtend(actor: Actor) -> Select[Signaal]:
    """Signals that nobody has taken up yet, the most serious and the oldest first."""
    return select_voor(actor, Signaal).where(Signaal.status == "ontvangen").order_by(_ERNST, Signaal.datum, Signaal.id)


def zoek_locaties(sessie: Session, actor: Actor, tekst: str) -> list[Risicolocatie]:
    """Up to ten locations whose name, street or postcode has every word; none for an empty search."""
    if not tekst:
        return []
    opdracht = select_voor(actor, Risicolocatie)
    for woord in tekst.split()[:5]:
        patroon = zoekpatroon(woord)
        velden = (Risicolocatie.naam, Risicolocatie.straat, Risicolocatie.postcode, Risicolocatie.woonplaats)
        delen: list[ColumnElement[bool]] = [veld.ilike(patroon, escape="\\") for veld in velden]
        if woord.isascii() and woord.isdigit():
            delen.append(Risicolocatie.huisnummer == int(woord[:9]))
        opdracht = opdracht.where(or_(*delen))
    return list(sessie.scalars(opdracht.order_by(Risicolocatie.straat, Risicolocatie.huisnummer).limit(10)))
