"""Working together in one visit: who is in it, who works where now, and what they are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.acties.models import Ploeglid
from inspecties.controles.models import Bezoek, Operatie
from inspecties.controles.queries import organisatiesoort
from inspecties.controles.rules.vragen import verborgen_voor
from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from inspecties.offline.models_samen import Aanwezigheid
from inspecties.partners.models import Organisatie

BEWAREN = timedelta(minutes=10)


@dataclass(frozen=True)
class Plek:
    """Where a tablet says that its user works: a section of a checklist; empty when it closes the checklist."""

    form_versie: str
    deel: str


def mensen_van(sessie: Session, actor: Actor, gebruiker_ids: Iterable[int]) -> list[dict[str, str]]:
    """Name and organisation of these people, and nothing else; an empty organisation is the gemeente itself."""
    rijen = sessie.execute(
        select(Gebruiker.uid, Gebruiker.naam, Organisatie.naam, Organisatie.soort)
        .join(
            Lidmaatschap,
            and_(Lidmaatschap.gebruiker_id == Gebruiker.id, Lidmaatschap.gemeente_id == actor.gemeente_id),
        )
        .outerjoin(Organisatie, Organisatie.id == Lidmaatschap.organisatie_id)
        .where(Gebruiker.id.in_(set(gebruiker_ids)))
        .order_by(Gebruiker.naam, Gebruiker.id)
    )
    return [
        {"id": str(uid), "naam": naam, "organisatie": organisatie or "", "soort": soort or ""}
        for uid, naam, organisatie, soort in rijen
    ]


def meld_aanwezig(sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek, plek: Plek) -> dict[str, Any]:
    """Note where the actor works and tell where the others do. No audit line: it says nothing about the visit."""
    sessie.execute(
        delete(Aanwezigheid).where(Aanwezigheid.gemeente_id == actor.gemeente_id, Aanwezigheid.gezien_op < nu - BEWAREN)
    )
    _noteer(sessie, actor, nu, bezoek, plek)
    verborgen = verborgen_voor((versie.definitie for versie in bezoek.checklists), organisatiesoort(sessie, actor))
    anderen = sessie.execute(
        select_voor(actor, Aanwezigheid)
        .join(Gebruiker, Gebruiker.id == Aanwezigheid.gebruiker_id)
        .where(Aanwezigheid.bezoek_id == bezoek.id, Aanwezigheid.gebruiker_id != actor.gebruiker_id)
        .order_by(Aanwezigheid.gezien_op.desc(), Aanwezigheid.id)
        .add_columns(Gebruiker.uid)
    ).all()
    return {
        "anderen": [
            {
                "id": str(uid),
                "form_versie": rij.form_versie,
                # A partner does not learn what another partner is recording.
                "deel": "" if rij.deel in verborgen else rij.deel,
                "seconden": max(0, int((nu - rij.gezien_op).total_seconds())),
            }
            for rij, uid in anderen
        ],
        "mensen": mensen_van(sessie, actor, _deelnemers(sessie, actor, bezoek, verborgen)),
        "toestand": bezoek.toestand,
        "rev": bezoek.rev,
    }


def _noteer(sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek, plek: Plek) -> None:
    eigen = select_voor(actor, Aanwezigheid).where(
        Aanwezigheid.bezoek_id == bezoek.id, Aanwezigheid.gebruiker_id == actor.gebruiker_id
    )
    rij = sessie.scalars(eigen).one_or_none()
    if not plek.deel:
        if rij is not None:
            sessie.delete(rij)
        return
    if rij is None:
        nieuw = Aanwezigheid(
            gemeente_id=actor.gemeente_id,
            bezoek_id=bezoek.id,
            gebruiker_id=actor.gebruiker_id,
            form_versie=plek.form_versie,
            deel=plek.deel,
            gezien_op=nu,
        )
        try:
            with sessie.begin_nested():
                sessie.add(nieuw)
        except IntegrityError:
            # The same person in two tabs at the same moment.
            rij = sessie.scalars(eigen).one()
        else:
            return
    rij.form_versie, rij.deel, rij.gezien_op = plek.form_versie, plek.deel, nu


def _deelnemers(sessie: Session, actor: Actor, bezoek: Bezoek, verborgen: set[str]) -> set[int]:
    """The team of the stop and whoever answered something in the visit that the actor may see."""
    auteurs = sessie.scalars(
        select_voor(actor, Operatie)
        .where(Operatie.bezoek_id == bezoek.id, Operatie.vraag_id.not_in(verborgen))
        .with_only_columns(Operatie.auteur_id)
        .distinct()
    )
    ploeg_id = bezoek.stop.ploeg_id if bezoek.stop else None
    ploeg = sessie.scalars(
        select_voor(actor, Ploeglid).where(Ploeglid.ploeg_id == ploeg_id).with_only_columns(Ploeglid.gebruiker_id)
    )
    return set(auteurs) | set(ploeg)
