"""Reading who can come when, how much an organisation can do, and what it may see."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import InstrumentedAttribute, Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.partners.models_partners import Beschikbaarheid, Contactpersoon, Partnerinstelling
from inspecties.partners.rules.beschikbaar import Botsing, Uren, dag_van, vind_botsingen


def _botsingen(
    sessie: Session,
    actor: Actor,
    kolom: InstrumentedAttribute[int | None],
    ids: Collection[int],
    begin: datetime,
    eind: datetime,
) -> dict[int, list[Botsing]]:
    """For everybody in ``ids`` with something in the way. Reads whole days: hours elsewhere on the day count too."""
    van, tot = dag_van(lokale_datum(begin))[0], dag_van(lokale_datum(eind))[1]
    per_id: dict[int, list[Uren]] = defaultdict(list)
    rijen = sessie.scalars(
        select_voor(actor, Beschikbaarheid).where(
            kolom.in_(set(ids)), Beschikbaarheid.begin_op < tot, Beschikbaarheid.eind_op > van
        )
    )
    for rij in rijen:
        sleutel = rij.organisatie_id if kolom is Beschikbaarheid.organisatie_id else rij.gebruiker_id
        if sleutel is not None:
            per_id[sleutel].append(Uren(rij.begin_op, rij.eind_op, rij.beschikbaar))
    gevonden = {id_: vind_botsingen(uren, begin, eind) for id_, uren in per_id.items()}
    return {id_: lijst for id_, lijst in gevonden.items() if lijst}


def botsingen(
    sessie: Session, actor: Actor, organisatie_ids: Collection[int], begin: datetime, eind: datetime
) -> dict[int, list[Botsing]]:
    """Organisatie.id -> why it cannot come between these moments; who can come is not in it."""
    return _botsingen(sessie, actor, Beschikbaarheid.organisatie_id, organisatie_ids, begin, eind)


def botsingen_van_mensen(
    sessie: Session, actor: Actor, gebruiker_ids: Collection[int], begin: datetime, eind: datetime
) -> dict[int, list[Botsing]]:
    """Gebruiker.id -> why that person cannot come between these moments; who can come is not in it."""
    return _botsingen(sessie, actor, Beschikbaarheid.gebruiker_id, gebruiker_ids, begin, eind)


@dataclass(frozen=True)
class Instelling:
    """What an organisation may see of a stop, and the most that it does (None: no maximum)."""

    ziet_veiligheid: bool = True
    ziet_eerder: bool = False
    ploegen_per_avond: int | None = None
    avonden_per_maand: int | None = None


def instellingen_van(sessie: Session, actor: Actor, organisatie_ids: Collection[int]) -> dict[int, Instelling]:
    """Organisatie.id -> its settings; everybody asked is in it."""
    uit = {id_: Instelling() for id_ in organisatie_ids}
    for rij in sessie.scalars(
        select_voor(actor, Partnerinstelling).where(Partnerinstelling.organisatie_id.in_(set(organisatie_ids)))
    ):
        uit[rij.organisatie_id] = Instelling(
            rij.ziet_veiligheid, rij.ziet_eerder, rij.ploegen_per_avond, rij.avonden_per_maand
        )
    return uit


def zicht_van(sessie: Session, actor: Actor) -> Instelling:
    """What the actor may know of a stop: own people everything, a partner what was agreed with the organisation."""
    if actor.organisatie_id is None:
        return Instelling(ziet_veiligheid=True, ziet_eerder=True)
    return instellingen_van(sessie, actor, [actor.organisatie_id])[actor.organisatie_id]


def max_per_avond(sessie: Session, actor: Actor, organisatie_ids: Collection[int]) -> dict[int, int | None]:
    """Organisatie.id -> how many teams it can man on one evening, over all actions; None: no maximum."""
    return {id_: i.ploegen_per_avond for id_, i in instellingen_van(sessie, actor, organisatie_ids).items()}


def contacten_van(sessie: Session, actor: Actor, organisatie_ids: Collection[int]) -> dict[int, list[Contactpersoon]]:
    """Organisatie.id -> its contact persons, those who get invitations first."""
    uit: dict[int, list[Contactpersoon]] = {id_: [] for id_ in organisatie_ids}
    rijen: Sequence[Contactpersoon] = sessie.scalars(
        select_voor(actor, Contactpersoon)
        .where(Contactpersoon.organisatie_id.in_(set(organisatie_ids)))
        .order_by(Contactpersoon.krijgt_uitnodiging.desc(), Contactpersoon.naam, Contactpersoon.id)
    ).all()
    for rij in rijen:
        uit[rij.organisatie_id].append(rij)
    return uit
