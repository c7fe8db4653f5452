"""Taking people and vehicles for an action: under a lock on each of them, so that of many planners one wins."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.acties.bevinding import Bevinding
from inspecties.acties.models import Actie, Deelname, Ploeg, Ploeglid
from inspecties.acties.models_boeking import Boeking, Ploegvoertuig, Voertuig
from inspecties.acties.rules.boeking import GEBOEKT, Bezet, Hulpbron, te_weinig_plaatsen, vind_botsingen, zeg_botsing
from inspecties.acties.rules.gereedheid import Punt
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.database import select_voor, zonder_muur
from inspecties.gebruikers.models import Gebruiker
from inspecties.partners.models import Organisatie


def hulpbronnen_van(sessie: Session, actor: Actor, actie: Actie) -> dict[Hulpbron, str]:
    """Everybody in the teams of this action and every vehicle, with their names."""
    mensen = sessie.execute(
        select_voor(actor, Ploeglid)
        .join(Ploeg, Ploeg.id == Ploeglid.ploeg_id)
        .join(Gebruiker, Gebruiker.id == Ploeglid.gebruiker_id)
        .where(Ploeg.actie_id == actie.id)
        .with_only_columns(Gebruiker.id, Gebruiker.naam)
    )
    uit = {Hulpbron("persoon", id_): naam for id_, naam in mensen}
    autos = sessie.execute(
        select_voor(actor, Ploegvoertuig)
        .join(Ploeg, Ploeg.id == Ploegvoertuig.ploeg_id)
        .join(Voertuig, Voertuig.id == Ploegvoertuig.voertuig_id)
        .where(Ploeg.actie_id == actie.id)
        .with_only_columns(Voertuig.id, Voertuig.naam)
    )
    return uit | {Hulpbron("voertuig", id_): naam for id_, naam in autos}


def vergrendel(sessie: Session, actor: Actor, actie: Actie) -> None:
    """Hold everybody and everything that this action takes until the transaction ends.

    Whoever takes one of them in another action waits here. Always in this order (people, vehicles, organisations, each
    by id), so that two that want the same never wait for each other. Organisations are not exclusive, but their
    maximum per evening is counted under the same lock. SQLite has one writer: there ``BEGIN IMMEDIATE`` is the lock.
    """
    bronnen = hulpbronnen_van(sessie, actor, actie)
    mensen = [b.id for b in bronnen if b.soort == "persoon"]
    autos = [b.id for b in bronnen if b.soort == "voertuig"]
    partners = select_voor(actor, Deelname).where(Deelname.actie_id == actie.id)
    organisaties = list(sessie.scalars(partners.with_only_columns(Deelname.organisatie_id)))
    # NO KEY UPDATE: rows that only refer to these people need not wait.
    for kolom, ids in ((Gebruiker.id, mensen), (Voertuig.id, autos), (Organisatie.id, organisaties)):
        if ids:
            sessie.execute(select(kolom).where(kolom.in_(ids)).order_by(kolom).with_for_update(key_share=True))


def _bezet(sessie: Session, actor: Actor, actie: Actie, bronnen: Collection[Hulpbron]) -> list[Bezet]:
    """What is taken by other actions around these hours. People can work for two gemeenten: those count too."""
    if not bronnen:
        return []
    # Across gemeenten on purpose; of another gemeente nothing but the hours leaves this function.
    with zonder_muur(sessie):
        rijen = sessie.execute(
            select(
                Boeking.soort, Boeking.hulpbron_id, Boeking.begin_op, Boeking.eind_op, Boeking.gemeente_id, Actie.naam
            )
            .join(Actie, Actie.id == Boeking.actie_id)
            .where(
                Boeking.hulpbron_id.in_({b.id for b in bronnen}),
                Boeking.begin_op < actie.eind_op,
                Boeking.eind_op > actie.begin_op,
                Boeking.actie_id != actie.id,
            )
        ).all()
    return [
        Bezet(Hulpbron(soort, id_), begin, eind, naam if gemeente_id == actor.gemeente_id else None)
        for soort, id_, begin, eind, gemeente_id, naam in rijen
    ]


def botsingen_van(sessie: Session, actor: Actor, actie: Actie) -> list[tuple[Bezet, str]]:
    """Who or what of this action is taken by another that is ready, with the sentence that says so."""
    namen = hulpbronnen_van(sessie, actor, actie)
    gevonden = vind_botsingen(namen, actie.begin_op, actie.eind_op, _bezet(sessie, actor, actie, namen))
    return [(b, zeg_botsing(namen[b.bron], b)) for b in gevonden]


def eis_vrij(sessie: Session, actor: Actor, actie: Actie) -> None:
    """Raise Conflict naming the other action where somebody or something is taken. Call under ``vergrendel``."""
    botsingen = botsingen_van(sessie, actor, actie)
    if botsingen:
        zinnen = " ".join(zin for _, zin in botsingen)
        raise Conflict(f"{zinnen} Kies iemand of iets anders, of kies andere uren.", "ploegen")


def werk_bij(sessie: Session, actor: Actor, actie: Actie) -> None:
    """Make the bookings of an action what its state, teams and shift say. Call after each change, under ``vergrendel``.

    Raises Conflict naming the other action.
    """
    sessie.execute(delete(Boeking).where(Boeking.actie_id == actie.id, Boeking.gemeente_id == actor.gemeente_id))
    if actie.toestand not in GEBOEKT:
        return
    eis_vrij(sessie, actor, actie)
    sessie.add_all(
        Boeking(
            gemeente_id=actor.gemeente_id,
            soort=bron.soort,
            hulpbron_id=bron.id,
            begin_op=actie.begin_op,
            eind_op=actie.eind_op,
            actie_id=actie.id,
        )
        for bron in sorted(hulpbronnen_van(sessie, actor, actie), key=lambda b: (b.soort, b.id))
    )
    try:
        sessie.flush()
    except IntegrityError as fout:
        # The lock makes this rare: somebody was put in a team between reading the teams and locking the people.
        raise Conflict("Iemand is net in een andere actie ingedeeld. Ververs de pagina en kijk opnieuw.") from fout


def dubbel_geboekt(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> Bevinding:
    """Source of readiness: who is taken already; cannot be overridden. Vehicles with too few seats deserve a look."""
    if actie.toestand in GEBOEKT:
        return Bevinding()
    blokkades = [
        Punt(
            "ploegen",
            f"{zin} Kies iemand anders." if b.bron.soort == "persoon" else f"{zin} Kies een ander voertuig.",
            endpoint="" if b.bron.soort == "persoon" else "voertuigen.actie",
        )
        for b, zin in botsingen_van(sessie, actor, actie)
    ]
    plaatsen = zitplaatsen_van(sessie, actor, actie)
    aandacht = [
        Punt("ploegen", zin, endpoint="voertuigen.actie")
        for ploeg in actie.ploegen
        if (zin := te_weinig_plaatsen(ploeg.naam, len(ploeg.leden), plaatsen.get(ploeg.id, [])))
    ]
    return Bevinding(blokkades, aandacht)


def zitplaatsen_van(sessie: Session, actor: Actor, actie: Actie) -> dict[int, list[int]]:
    """Ploeg.id -> the seats of each of its vehicles."""
    uit: dict[int, list[int]] = {}
    for ploeg_id, plaatsen in sessie.execute(
        select_voor(actor, Ploegvoertuig)
        .join(Ploeg, Ploeg.id == Ploegvoertuig.ploeg_id)
        .join(Voertuig, Voertuig.id == Ploegvoertuig.voertuig_id)
        .where(Ploeg.actie_id == actie.id)
        .with_only_columns(Ploegvoertuig.ploeg_id, Voertuig.zitplaatsen)
    ):
        uit.setdefault(ploeg_id, []).append(plaatsen)
    return uit
