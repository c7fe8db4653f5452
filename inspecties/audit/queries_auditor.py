"""What the auditor asks of the log besides its lines: quick filters, numbers per day, unusual reading."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.models import Auditregel
from inspecties.audit.rules_opvallend import Lezing, Opvallend, zoek_opvallend
from inspecties.core.actor import Actor
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.rechten import Rol

# code -> (name, acts, endings of acts)
SNEL: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "mislukt": ("Mislukte aanmeldingen", ("aanmelden_mislukt", "bevestigen_mislukt", "tweede_stap_mislukt"), ()),
    "geweigerd": ("Toegang geweigerd", ("toegang_geweigerd",), ()),
    "uitvoer": ("Bestanden en uitvoer", ("acties_uitgevoerd",), ("_geexporteerd", "_opgehaald", "_afgedrukt")),
    "melders": ("Melder gelezen", ("melder_gelezen",), ()),
    "rechten": (
        "Rechten gewijzigd",
        (
            *("rol_gewijzigd", "gebruiker_toegevoegd", "gebruiker_geblokkeerd", "gebruiker_gedeblokkeerd"),
            *("dossier_leesrecht_gegeven", "dossier_leesrecht_ingetrokken", "bevoegdheid_gegeven", "ambt_gegeven"),
            *("bevoegdheid_beeindigd", "ambt_beeindigd", "vervanging_vastgelegd", "wachtwoord_ingetrokken"),
        ),
        (),
    ),
    "verstrekt": ("Doorgegeven aan anderen", ("verstrekt", "signaal_doorgezet"), ()),
    "onthuld": ("Zonder afdekking bekeken", ("foto_zonder_afdekking", "origineel_opgehaald"), ()),
    "gezocht": ("Gezocht naar personen", ("personen_gezocht", "persoon_gezocht"), ()),
}
# An act is reading where its name says so; and these, whose name does not.
LEESEINDEN = ("_gelezen", "_bekeken", "_gezien", "_opgehaald", "_afgedrukt")
LEESWOORDEN = ("gelezen_voor_verzoek", "foto_zonder_afdekking")
DAGEN_GRAFIEK = 14
_DAGEN_TERUG = 60
_DAGEN_KIJKEN = 14
_HOOGSTENS = 200_000


def handelingen_van(snel: str, alle: Sequence[str]) -> list[str]:
    """The acts of a quick filter, of those that occur: an exact list, so that the index is of use."""
    _, exact, einden = SNEL[snel]
    return [h for h in alle if h in exact or (einden and h.endswith(einden))]


def is_leesregel() -> ColumnElement[bool]:
    """The lines of acts of reading."""
    einden = (Auditregel.handeling.endswith(einde, autoescape=True) for einde in LEESEINDEN)
    return or_(Auditregel.handeling.in_(LEESWOORDEN), *einden)


def per_dag(sessie: Session, opdracht: Select[Any], nu: datetime, dagen: int = DAGEN_GRAFIEK) -> list[tuple[date, int]]:
    """How many lines of a select there are on each of the last days, in Dutch days."""
    vandaag = lokale_datum(nu)
    vanaf = nu - timedelta(days=dagen)
    momenten = sessie.scalars(
        opdracht.order_by(None).with_only_columns(Auditregel.moment).where(Auditregel.moment >= vanaf)
    )
    telling = Counter(lokale_datum(moment) for moment in momenten)
    reeks = [vandaag - timedelta(days=n) for n in reversed(range(dagen))]
    return [(dag, telling[dag]) for dag in reeks]


@dataclass(frozen=True)
class Opvallendheid:
    """Unusual days; ``vanaf`` is the first day that was looked at where that is not the whole period."""

    dagen: list[Opvallend]
    vanaf: date | None = None


def opvallend(sessie: Session, actor: Actor, nu: datetime) -> Opvallendheid:
    """Unusual reading of the last two weeks, against the weeks before.

    The newest lines first: where there are more than are looked at, it is the oldest that are left out.
    """
    rijen = sessie.execute(
        select(Auditregel.gebruiker_id, Auditregel.moment, Auditregel.object_uid)
        .where(
            Auditregel.gemeente_id == actor.gemeente_id,
            Auditregel.moment >= nu - timedelta(days=_DAGEN_TERUG),
            Auditregel.gebruiker_id.is_not(None),
            Auditregel.rol != Rol.SYSTEEM.value,
            Auditregel.object_soort != "auditlogboek",
            is_leesregel(),
        )
        .order_by(Auditregel.seq.desc())
        .limit(_HOOGSTENS + 1)
    ).all()
    lezingen = [Lezing(wie, lokaal(moment), uid) for wie, moment, uid in rijen[:_HOOGSTENS] if wie]
    vanaf = None
    if len(rijen) > _HOOGSTENS:
        # Of the oldest day a part is missing: half a day would make the normal smaller than it is.
        vanaf = min(lezing.moment.date() for lezing in lezingen) + timedelta(days=1)
        lezingen = [lezing for lezing in lezingen if lezing.moment.date() >= vanaf]
    return Opvallendheid(zoek_opvallend(lezingen, lokale_datum(nu) - timedelta(days=_DAGEN_KIJKEN)), vanaf)


def namen_van_mensen(sessie: Session, ids: Sequence[int]) -> dict[int, Any]:
    """User by internal key."""
    model = Auditregel.gebruiker.property.mapper.class_
    return {g.id: g for g in sessie.scalars(select(model).where(model.id.in_(ids)))}


def tijdlijn(actor: Actor, gebruiker_id: int) -> Select[Any]:
    """What somebody did and what was done to their account, newest first."""
    return (
        select(Auditregel)
        .where(Auditregel.gemeente_id == actor.gemeente_id, Auditregel.gebruiker_id == gebruiker_id)
        .order_by(Auditregel.seq.desc())
    )


def stroom(sessie: Session, opdracht: Select[Any], hoogstens: int) -> Iterator[Auditregel]:
    """The lines of a select, a piece at a time, by seq: as fast at the end as at the beginning."""
    onder = None
    over = hoogstens
    while over > 0:
        stuk = opdracht.options(joinedload(Auditregel.gebruiker)).limit(min(1000, over))
        rijen = list(sessie.scalars(stuk if onder is None else stuk.where(Auditregel.seq < onder)))
        yield from rijen
        if len(rijen) < 1000:
            return
        over -= len(rijen)
        onder = rijen[-1].seq
