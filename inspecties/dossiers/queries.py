"""Selects on dossiers and proposals."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspecties.controles.models import Bevinding, Bewijsstuk, Bezoek
from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.models import (
    Belanghebbende,
    Dossier,
    Dossierbewijs,
    Dossierlocatie,
    Dossieropsteller,
    Stuk,
    Voorstel,
)
from inspecties.dossiers.models_verstrekking import Voorstelplaatsing
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.models import Risicolocatie

DOSSIERSTUK = "dossier"

VOLGORDE: Mapping[str, Any] = {
    "nummer": Dossier.nummer,
    "titel": Dossier.titel,
    "soort": Dossier.soort,
    "toestand": Dossier.toestand,
    "aangemaakt": Dossier.aangemaakt_op,
    "voorgelegd": Dossier.voorgelegd_op,
}


def open_bevindingen(actor: Actor) -> Select[Bevinding]:
    """Findings that nobody has judged yet, oldest first."""
    beoordeeld = select(Voorstel.bevinding_id).where(
        Voorstel.gemeente_id == actor.gemeente_id, Voorstel.status != "open"
    )
    return (
        select_voor(actor, Bevinding)
        .where(Bevinding.vervallen_op.is_(None), Bevinding.zonder_signalen(), Bevinding.id.not_in(beoordeeld))
        .order_by(Bevinding.id)
        .options(joinedload(Bevinding.bezoek).joinedload(Bezoek.locatie))
    )


def beoordeelde_voorstellen(actor: Actor, status: str) -> Select[Voorstel]:
    """Proposals with this outcome, last judged first."""
    return (
        select_voor(actor, Voorstel)
        .where(Voorstel.status == status)
        .order_by(Voorstel.beoordeeld_op.desc(), Voorstel.id.desc())
        .options(joinedload(Voorstel.bevinding).joinedload(Bevinding.bezoek).joinedload(Bezoek.locatie))
    )


def zonder_dossier(actor: Actor) -> Select[Voorstel]:
    """Proposals that were taken over and do not stand in a dossier."""
    ergens = select(Voorstelplaatsing.voorstel_id).where(Voorstelplaatsing.gemeente_id == actor.gemeente_id)
    return beoordeelde_voorstellen(actor, "overgenomen").where(
        Voorstel.dossier_id.is_(None), Voorstel.id.not_in(ergens)
    )


def dossiers(
    actor: Actor, toestand: str = "", soort: str = "", zoek: str = "", sorteer: str = "nummer", op: bool = False
) -> Select[Dossier]:
    """The dossiers that the actor may see, filtered and in order; unknown names fall back to the number."""
    opdracht = select_voor(actor, Dossier).options(selectinload(Dossier.locaties), joinedload(Dossier.opgesteld_door))
    if toestand:
        opdracht = opdracht.where(Dossier.toestand == toestand)
    if soort:
        opdracht = opdracht.where(Dossier.soort == soort)
    if zoek:
        deel = f"%{zoek.lower().replace('%', '').replace('_', '')}%"
        adressen = select(Dossierlocatie.dossier_id).where(
            Dossierlocatie.locatie_id.in_(
                select(Risicolocatie.id).where(
                    Risicolocatie.gemeente_id == actor.gemeente_id,
                    func.lower(Risicolocatie.straat + " " + Risicolocatie.woonplaats).like(deel),
                )
            )
        )
        opdracht = opdracht.where(
            or_(func.lower(Dossier.nummer + " " + Dossier.titel).like(deel), Dossier.id.in_(adressen))
        )
    kolom = VOLGORDE.get(sorteer, Dossier.nummer)
    return opdracht.order_by(kolom.asc() if op else kolom.desc(), Dossier.id.desc())


def te_vullen(actor: Actor, soorten: Iterable[str]) -> Select[Dossier]:
    """The dossiers of these kinds that still take in findings."""
    return dossiers(actor).where(Dossier.toestand.in_(("opbouw", "teruggestuurd")), Dossier.soort.in_(list(soorten)))


def wacht_op_kabinet(actor: Actor) -> Select[Dossier]:
    """What waits for a decision: what has to be decided first comes first, then what waits longest."""
    return (
        dossiers(actor)
        .where(Dossier.toestand == "voorgelegd")
        .order_by(None)
        .order_by(Dossier.beslissen_voor.is_(None), Dossier.beslissen_voor, Dossier.voorgelegd_op, Dossier.id)
    )


def opstellers_van(sessie: Session, dossier: Dossier) -> dict[int, str]:
    """Gebruiker.id -> name of everybody who worked on the content of a dossier."""
    rijen = sessie.execute(
        select(Gebruiker.id, Gebruiker.naam)
        .join(Dossieropsteller, Dossieropsteller.gebruiker_id == Gebruiker.id)
        .where(Dossieropsteller.dossier_id == dossier.id)
        .order_by(Dossieropsteller.id)
    )
    uit = {rij.id: rij.naam for rij in rijen}
    if dossier.opgesteld_door_id not in uit:
        uit[dossier.opgesteld_door_id] = dossier.opgesteld_door.naam
    return uit


def stukken_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Stuk]:
    """Every frozen version of the dossier's document, oldest first."""
    return list(
        sessie.scalars(
            select_voor(actor, Stuk)
            .where(Stuk.dossier_id == dossier.id, Stuk.soort == DOSSIERSTUK)
            .order_by(Stuk.volgnummer)
        )
    )


def laatste_stuk(sessie: Session, actor: Actor, dossier: Dossier) -> Stuk | None:
    """The version that was submitted last, or None."""
    stukken = stukken_van(sessie, actor, dossier)
    return stukken[-1] if stukken else None


def partijen_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Belanghebbende]:
    """The parties, in the order in which they were named."""
    return list(
        sessie.scalars(
            select_voor(actor, Belanghebbende)
            .where(Belanghebbende.dossier_id == dossier.id)
            .order_by(Belanghebbende.id)
        )
    )


def plaatsingen_in(sessie: Session, actor: Actor, dossier: Dossier) -> list[Voorstelplaatsing]:
    """The proposals that stand in this dossier besides their first one, each with its reason here."""
    return list(
        sessie.scalars(
            select_voor(actor, Voorstelplaatsing)
            .where(Voorstelplaatsing.dossier_id == dossier.id)
            .order_by(Voorstelplaatsing.id)
        )
    )


def voorstellen_in(sessie: Session, actor: Actor, dossier: Dossier) -> list[Voorstel]:
    """The proposals that stand in a dossier, also those that stood in another one first."""
    ook = select(Voorstelplaatsing.voorstel_id).where(Voorstelplaatsing.dossier_id == dossier.id)
    return list(
        sessie.scalars(
            select_voor(actor, Voorstel)
            .where(
                or_(Voorstel.dossier_id == dossier.id, Voorstel.id.in_(ook)),
                Voorstel.status == "overgenomen",
                Voorstel.bevinding.has(Bevinding.zonder_signalen()),
            )
            .order_by(Voorstel.id)
            .options(joinedload(Voorstel.bevinding).joinedload(Bevinding.bezoek).joinedload(Bezoek.locatie))
        )
    )


def op_de_lijst(sessie: Session, actor: Actor, dossier: Dossier, stuk: Bewijsstuk) -> bool:
    """Whether a piece of evidence stands on the dossier's list: added by hand, or carrying one of its findings."""
    zelf = sessie.scalars(
        select_voor(actor, Dossierbewijs).where(
            Dossierbewijs.dossier_id == dossier.id, Dossierbewijs.bewijsstuk_id == stuk.id
        )
    ).one_or_none()
    if zelf is not None:
        return True
    return any(
        stuk.sha256 in drager["bewijs"]
        for v in voorstellen_in(sessie, actor, dossier)
        if v.bevinding.bezoek_id == stuk.bezoek_id and v.bevinding.vervallen_op is None
        for drager in v.bevinding.dragers
    )
