"""What a person had restricted (art. 18 AVG) in a dossier: nothing that is made of it goes out while the mark lies."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.beperken import eis_onbeperkt
from inspecties.core.actor import Actor
from inspecties.dossiers.models import Belanghebbende, Dossier, Voorstel
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.models_bibob import Bibobbron, Bibobonderzoek, Bibobrelatie, Bibobuitkomst
from inspecties.dossiers.models_brieven import Brief

_VAN_DOSSIER = (Belanghebbende, Bronstuk, Bibobonderzoek, Bibobbron, Bibobrelatie, Bibobuitkomst, Brief)


def eis_dossier_onbeperkt(sessie: Session, actor: Actor, dossier: Dossier) -> None:
    """For what holds the whole dossier. Raises Conflict where anything in it is marked."""
    eis_onbeperkt(sessie, actor, _alles(sessie, dossier))


def eis_brief_onbeperkt(sessie: Session, actor: Actor, dossier: Dossier, partij: Belanghebbende | None) -> None:
    """For a letter: it names the case, its places and whom it is for. Raises Conflict."""
    eis_onbeperkt(sessie, actor, [*_kern(dossier), *([partij.uid] if partij else [])])


def _kern(dossier: Dossier) -> Iterator[UUID]:
    yield dossier.uid
    yield from (plek.uid for plek in dossier.locaties)
    yield from (bezoek.uid for bezoek in dossier.bezoeken)


def _alles(sessie: Session, dossier: Dossier) -> Iterator[UUID]:
    yield from _kern(dossier)
    for model in _VAN_DOSSIER:
        yield from sessie.scalars(
            select(model.uid).where(model.dossier_id == dossier.id, model.gemeente_id == dossier.gemeente_id)
        )
    voorstellen = select(Voorstel).where(Voorstel.dossier_id == dossier.id, Voorstel.gemeente_id == dossier.gemeente_id)
    for voorstel in sessie.scalars(voorstellen):
        yield from (voorstel.uid, voorstel.bevinding.uid)
