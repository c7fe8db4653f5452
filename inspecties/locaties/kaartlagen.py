"""What the layers of the map say of a location, besides what it is: when it was visited and how urgent it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_prioriteit import Prioriteitstand
from inspecties.locaties.rules.prioriteit_woorden import BANDEN, DELEN
from inspecties.locaties.rules.status import STATUSNAMEN

# Key in ``app.extensions`` of who knows where signals were; signals are a later feature.
SIGNAALPLEKKEN = "kaart_signaalplekken"
Signaalbron = Callable[[Session, Actor, datetime], list[tuple[float, float, int]]]

BEZOEKSTANDEN: dict[str, str] = {"nooit": "nog nooit bezocht", "te_laat": "bezoektermijn voorbij", "op_tijd": "op tijd"}
MAX_REDENEN = 3


@dataclass(frozen=True)
class Prioriteit:
    """The band of a location and which parts weigh most in it, in words."""

    band: str
    waarom: str


def bezoekstand(locatie: Risicolocatie, nu: datetime) -> str:
    """A key of BEZOEKSTANDEN: against the interval of its type."""
    if locatie.laatste_bezoek_op is None:
        return "nooit"
    voorbij = locatie.laatste_bezoek_op + timedelta(days=locatie.locatietype.interval_dagen) < nu
    return "te_laat" if voorbij else "op_tijd"


def _waarom(stand: Prioriteitstand) -> str:
    delen = sorted((d for d in stand.delen if d.get("tienden")), key=lambda d: -int(d["tienden"]))
    woorden = [DELEN.get(d["code"], d["code"]).lower() for d in delen[:MAX_REDENEN]]
    zin = ", ".join(woorden)
    return f"vastgezet door de coördinator; {zin}" if stand.vastgezet and zin else zin


def prioriteiten(sessie: Session, actor: Actor, ids: Sequence[int]) -> dict[int, Prioriteit]:
    """The standing priority per location id; a location without one is left out."""
    if not ids:
        return {}
    opdracht = select_voor(actor, Prioriteitstand).where(Prioriteitstand.locatie_id.in_(ids))
    return {s.locatie_id: Prioriteit(s.band, _waarom(s)) for s in sessie.scalars(opdracht)}


def eigenschappen(locatie: Risicolocatie, prioriteit: Prioriteit | None, nu: datetime, url: str) -> dict[str, Any]:
    """What the map shows of a location."""
    bezocht = locatie.laatste_bezoek_op
    stand = bezoekstand(locatie, nu)
    return {
        "id": str(locatie.uid),
        "naam": locatie.naam,
        "adres": locatie.adresregel,
        "type": locatie.locatietype.code,
        "type_naam": locatie.locatietype.naam,
        "status": locatie.status,
        "status_naam": STATUSNAMEN[locatie.status],
        "laatste_bezoek": lokale_datum(bezocht).isoformat() if bezocht else None,
        "bezoekstand": stand,
        "bezoekstand_naam": BEZOEKSTANDEN[stand],
        "prioriteit": prioriteit.band if prioriteit else None,
        "prioriteit_naam": BANDEN[prioriteit.band] if prioriteit else None,
        "prioriteit_waarom": prioriteit.waarom if prioriteit else "",
        "url": url,
    }


def heeft_prioriteiten(sessie: Session, actor: Actor) -> bool:
    """Whether any score was computed here; without, the layer would be empty."""
    return sessie.scalars(select_voor(actor, Prioriteitstand).limit(1)).first() is not None


def ids_van(locaties: Iterable[Risicolocatie]) -> list[int]:
    """Internal ids."""
    return [locatie.id for locatie in locaties]
