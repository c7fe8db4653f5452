"""The beginning of a login, however it was proven, and its renewal within."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.ids import nieuw_geheim
from inspecties.core.rechten import Rol
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.gebruikers.models import Lidmaatschap, Sessie
from inspecties.gebruikers.models_factoren import Sessiefactor
from inspecties.gebruikers.rules.factoren import TWEE_FACTOREN


def begin_sessie(sessie: Session, nu: datetime, lid: Lidmaatschap, wijze: str | Sequence[str], apparaat: str) -> Sessie:
    """A new login of this member: its row, how it was proven (``rules.factoren.WIJZEN``), the audit line."""
    wijzen = [wijze] if isinstance(wijze, str) else list(wijze)
    rij = Sessie(lidmaatschap_id=lid.id, begonnen_op=nu, gezien_op=nu, apparaat=apparaat[:120])
    sessie.add(rij)
    sessie.flush()
    sessie.add_all([Sessiefactor(sessie_id=rij.id, wijze=w, doel="aanmelden", op=nu) for w in wijzen])
    actor = Actor(gemeente_id=lid.gemeente_id, rol=Rol(lid.rol), gebruiker_id=lid.gebruiker_id)
    leg_vast(sessie, actor, nu, "aangemeld", "gebruiker", lid.gebruiker.uid, gegevens={"wijze": "+".join(wijzen)})
    return rij


def kenmerk_van(bos: Sleutelbos, rij: Sessie) -> str:
    """What a page calls a login: a keyed hash, from which its secret is not to be found."""
    return bos.wis_af("sessie", rij.uid.hex)[:32]


def met_twee_factoren(sessie: Session, sessie_id: int) -> bool:
    """Whether this login rests on two factors."""
    return (
        sessie.scalar(
            select(Sessiefactor.id)
            .where(
                Sessiefactor.sessie_id == sessie_id,
                Sessiefactor.doel == "aanmelden",
                Sessiefactor.wijze.in_(sorted(TWEE_FACTOREN)),
            )
            .limit(1)
        )
        is not None
    )


def voeg_factor_toe(sessie: Session, nu: datetime, sessie_id: int, wijze: str) -> None:
    """A login that began with one factor now rests on this one too."""
    sessie.add(Sessiefactor(sessie_id=sessie_id, wijze=wijze, doel="aanmelden", op=nu))


def wissel_sessie(sessie: Session, actor: Actor) -> Sessie | None:
    """Give the actor's login another secret, after what it may do or how it is guarded changed. The old one is dead.

    The row stays, so that proofs given within this login stay too. The view logs in with what is returned.
    """
    if actor.sessie_id is None:
        return None
    rij = sessie.get_one(Sessie, actor.sessie_id)
    rij.uid = nieuw_geheim()
    sessie.flush()
    return rij
