"""The terms of one track: a dossier may hold several tracks, and what one begins the other never ends."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang, Trajecttermijn
from inspecties.dossiers.rules.looptermijn import LOPEND


def termijnen_van_traject(sessie: Session, actor: Actor, traject: Dossiertraject) -> Sequence[Looptermijn]:
    """Every term that a step of this track began, in the order in which they began."""
    gekoppeld = select(Trajecttermijn.looptermijn_id).join(Trajectgang).where(Trajectgang.traject_id == traject.id)
    return sessie.scalars(
        select_voor(actor, Looptermijn).where(Looptermijn.id.in_(gekoppeld)).order_by(Looptermijn.id)
    ).all()


def lopend_in_traject(sessie: Session, actor: Actor, traject: Dossiertraject) -> list[Looptermijn]:
    """Those that run."""
    return [rij for rij in termijnen_van_traject(sessie, actor, traject) if rij.stand in LOPEND]
