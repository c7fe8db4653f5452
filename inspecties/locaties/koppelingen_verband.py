"""Whether a feature also occurs in a gemeente with which sharing is on; nothing but that, and whom to call.

Compared are keyed hashes of features and KvK numbers of organisations; never persons, never names. Out of the other
gemeente come only its name and its contact: no location, no value, no kind of place or person, no number of times.
That a match was shown is written in the log of both gemeenten.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.database.bereik import select_voor, zonder_muur
from inspecties.gebruikers.models import Gemeente
from inspecties.gebruikers.verband_queries import Partner, delende_partners
from inspecties.locaties.models_partijen import Kenmerk, Partij, Partijrol
from inspecties.locaties.rules.kenmerk import ZWAK
from inspecties.locaties.rules.koppeling import KOPPELSOORTEN, KVK

# What one question to the other gemeenten may hold; a longer list is asked in parts.
_PER_VRAAG = 400
PER_PAGINA = 25

Ding = tuple[str, str]


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


def _eigen_dingen(sessie: Session, actor: Actor, locatie_id: int | None) -> dict[Ding, set[int]]:
    """Features and KvK numbers of organisations of the own gemeente (or one location), with where they are."""
    kenmerken = select_voor(actor, Kenmerk).with_only_columns(Kenmerk.soort, Kenmerk.wisafdruk, Kenmerk.locatie_id)
    rollen = (
        select_voor(actor, Partijrol)
        .join(Partij, Partij.id == Partijrol.partij_id)
        .where(Partij.gemeente_id == actor.gemeente_id, *_ORGANISATIE)
        .with_only_columns(Partij.kvk, Partijrol.locatie_id)
    )
    if locatie_id is not None:
        kenmerken = kenmerken.where(Kenmerk.locatie_id == locatie_id)
        rollen = rollen.where(Partijrol.locatie_id == locatie_id)
    uit: dict[Ding, set[int]] = {}
    for soort, wisafdruk, plek in sessie.execute(kenmerken):
        uit.setdefault((soort, wisafdruk), set()).add(plek)
    for kvk, plek in sessie.execute(rollen):
        uit.setdefault((KVK, kvk), set()).add(plek)
    return uit


# A one-man business is a person: its number is not compared.
_ORGANISATIE = (Partij.soort == "organisatie", Partij.kvk != "")


def _delen(waarden: Collection[Ding]) -> Iterable[list[Ding]]:
    lijst = sorted(waarden)
    for begin in range(0, len(lijst), _PER_VRAAG):
        yield lijst[begin : begin + _PER_VRAAG]


def _gevonden(sessie: Session, partners: Collection[int], dingen: Collection[Ding]) -> set[tuple[int, str, str]]:
    """(gemeente, kind, key) that occur at the partners. The distinct leaves not even a count to be read."""
    uit: set[tuple[int, str, str]] = set()
    # Across gemeenten on purpose: whether these very things occur at a gemeente that shares with us now, and we with
    # it. No column of the other gemeente is read but the one that is equal to ours.
    with zonder_muur(sessie):
        for deel in _delen([d for d in dingen if d[0] != KVK]):
            for g, soort, wisafdruk in sessie.execute(
                select(Kenmerk.gemeente_id, Kenmerk.soort, Kenmerk.wisafdruk)
                .where(Kenmerk.gemeente_id.in_(partners), tuple_(Kenmerk.soort, Kenmerk.wisafdruk).in_(deel))
                .distinct()
            ):
                uit.add((g, soort, wisafdruk))
        for deel in _delen([d for d in dingen if d[0] == KVK]):
            nummers = [nummer for _, nummer in deel]
            for g, nummer in sessie.execute(
                select(Partij.gemeente_id, Partij.kvk)
                .join(Partijrol, Partijrol.partij_id == Partij.id)
                .where(Partij.gemeente_id.in_(partners), Partij.kvk.in_(nummers), *_ORGANISATIE)
                .distinct()
            ):
                uit.add((g, KVK, nummer))
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
    dingen = _eigen_dingen(sessie, actor, locatie_id)
    gezocht = [d for d in dingen if locatie_id is not None or d[0] not in ZWAK]
    uit = [
        Elders(soort, sleutel, tuple(sorted(dingen[soort, sleutel])), partners[g])
        for g, soort, sleutel in _gevonden(sessie, partners, gezocht)
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
