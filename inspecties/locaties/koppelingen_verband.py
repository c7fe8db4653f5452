"""Whether a feature also occurs in a gemeente with which sharing is on; nothing but that, and whom to call.

Compared are keyed hashes of features and KvK numbers of organisations; never persons, never names. Out of the other
gemeente come only its name and its contact: no location, no value, no kind of place or person, no number of times.
That a match was shown is written in the log of both gemeenten.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal, select
from sqlalchemy.orm import Session, aliased

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.database.bereik import zonder_muur
from inspecties.gebruikers.models import Gemeente
from inspecties.gebruikers.verband_queries import Partner, delende_partners
from inspecties.locaties.models_partijen import Kenmerk, Partij, Partijrol
from inspecties.locaties.rules.kenmerk import ZWAK
from inspecties.locaties.rules.koppeling import KOPPELSOORTEN, KVK

PER_PAGINA = 25


@dataclass(frozen=True)
class Elders:
    """A thing of the own gemeente that also occurs at a partner."""

    soort: str
    sleutel: str
    locatie_ids: tuple[int, ...]
    partner: Partner

    @property
    def naam(self) -> str:
        return KOPPELSOORTEN[self.soort]

    @property
    def zwak(self) -> str:
        return ZWAK.get(self.soort, "")


# A one-man business is a person: its number is not compared.
def _is_organisatie(partij: type[Partij]) -> tuple[ColumnElement[bool], ...]:
    return partij.soort == "organisatie", partij.kvk != ""


def _gedeelde_kenmerken(actor: Actor, partners: Collection[int], locatie_id: int | None) -> Select[*tuple[Any, ...]]:
    eigen, ander = aliased(Kenmerk), aliased(Kenmerk)
    opdracht = (
        select(ander.gemeente_id, eigen.soort, eigen.wisafdruk, eigen.locatie_id)
        .join(ander, and_(ander.soort == eigen.soort, ander.wisafdruk == eigen.wisafdruk))
        .where(eigen.gemeente_id == actor.gemeente_id, ander.gemeente_id.in_(partners))
        .distinct()
    )
    if locatie_id is not None:
        return opdracht.where(eigen.locatie_id == locatie_id)
    return opdracht.where(eigen.soort.not_in(list(ZWAK)))


def _gedeelde_kvk(actor: Actor, partners: Collection[int], locatie_id: int | None) -> Select[*tuple[Any, ...]]:
    eigen, ander = aliased(Partij), aliased(Partij)
    rol, daar = aliased(Partijrol), aliased(Partijrol)
    opdracht = (
        select(ander.gemeente_id, literal(KVK), eigen.kvk, rol.locatie_id)
        .join(rol, rol.partij_id == eigen.id)
        .join(ander, ander.kvk == eigen.kvk)
        .where(
            eigen.gemeente_id == actor.gemeente_id,
            rol.gemeente_id == actor.gemeente_id,
            ander.gemeente_id.in_(partners),
            *_is_organisatie(eigen),
            *_is_organisatie(ander),
            exists().where(daar.partij_id == ander.id),
        )
        .distinct()
    )
    return opdracht if locatie_id is None else opdracht.where(rol.locatie_id == locatie_id)


def _gevonden(
    sessie: Session, actor: Actor, partners: Collection[int], locatie_id: int | None
) -> dict[tuple[int, str, str], set[int]]:
    """Own locations by (gemeente, kind, key) of what also occurs at the partners.

    Across gemeenten on purpose: whether these very things occur at a gemeente that shares with us now, and we with it.
    Of the other side only the gemeente comes back; the distinct leaves not even a count to be read.
    """
    uit: dict[tuple[int, str, str], set[int]] = {}
    with zonder_muur(sessie):
        for vraag in (_gedeelde_kenmerken, _gedeelde_kvk):
            for gemeente_id, soort, sleutel, plek in sessie.execute(vraag(actor, partners, locatie_id)):
                uit.setdefault((gemeente_id, soort, sleutel), set()).add(plek)
    return uit


def toon_elders(
    sessie: Session, actor: Actor, nu: datetime, locatie_id: int | None = None, pagina: int = 1
) -> tuple[list[Elders], int]:
    """Which things of a location, or of the whole gemeente, also occur at partners, and how many there are.

    What is given back is shown, and so written in both logs. Over the whole gemeente without weak things: four digits
    that are equal by chance are no reason to call for every account that one has.
    """
    partners = {p.gemeente_id: p for p in delende_partners(sessie, actor)}
    if not partners:
        return [], 0
    uit = [
        Elders(soort, sleutel, tuple(sorted(plekken)), partners[g])
        for (g, soort, sleutel), plekken in _gevonden(sessie, actor, partners, locatie_id).items()
    ]
    uit.sort(key=lambda e: (bool(e.zwak), e.partner.gemeente, e.soort, e.sleutel))
    deel = uit[(pagina - 1) * PER_PAGINA : pagina * PER_PAGINA]
    _leg_vast(sessie, actor, nu, deel)
    return deel, len(uit)


def _leg_vast(sessie: Session, actor: Actor, nu: datetime, getoond: list[Elders]) -> None:
    """Per partner one line in the own log and one in that of the partner.

    The keys are what both auditors can find in their own register. In order of gemeente, so that two gemeenten that
    look at the same moment never wait for each other.
    """
    per_partner: dict[int, list[Elders]] = {}
    for e in getoond:
        per_partner.setdefault(e.partner.gemeente_id, []).append(e)
    regels: list[tuple[Actor, str, Partner, dict[str, Any]]] = []
    for gemeente_id, lijst in per_partner.items():
        partner = lijst[0].partner
        dingen = [{"soort": e.soort, "sleutel": e.sleutel} for e in lijst]
        vast = {"samenwerkingsverband": partner.verband, "dingen": dingen}
        regels.append((actor, "koppeling_elders_gezien", partner, {"gemeente": partner.gemeente, **vast}))
        regels.append(
            (
                systeem(gemeente_id),
                "koppeling_aan_ander_getoond",
                partner,
                {"gemeente": _eigen_naam(sessie, actor), **vast},
            )
        )
    for wie, handeling, partner, gegevens in sorted(regels, key=lambda r: r[0].gemeente_id):
        leg_vast(sessie, wie, nu, handeling, "samenwerkingsverband", partner.verband_uid, gegevens=gegevens)


def _eigen_naam(sessie: Session, actor: Actor) -> str:
    return actor.gemeente_naam or sessie.scalars(select(Gemeente.naam).where(Gemeente.id == actor.gemeente_id)).one()
