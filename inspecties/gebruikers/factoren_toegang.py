"""Who may change how an account is guarded: its owner, proven just now."""

from datetime import datetime

from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.gebruikers.bevestigen import BevestigingNodig, bevestigd, keuze_van
from inspecties.gebruikers.factoren import eis_volle_aanmelding
from inspecties.gebruikers.models import Sessie
from inspecties.gebruikers.models_factoren import Sessiefactor
from inspecties.gebruikers.rules.bevestiging import geldt_nog

_VRAAG = "Bevestig eerst dat u het bent. Er is nog niets gewijzigd."
_KWIJT = "Alles kwijt? Meld u af en weer aan met een herstelcode; daarna kunt u dit vijf minuten lang."


def is_vers(sessie: Session, actor: Actor, nu: datetime) -> bool:
    """Whether the actor proved just now who they are: again, or by logging in to set up a first factor or another one.

    A recovery code is for who lost what the question would ask for; it was typed beside a password.
    """
    if bevestigd(sessie, actor, nu):
        return True
    if actor.sessie_id is None:
        return False
    if current_user.factor_nodig:
        return geldt_nog(sessie.get_one(Sessie, actor.sessie_id).begonnen_op, nu)
    met_code = select(func.max(Sessiefactor.op)).where(
        Sessiefactor.sessie_id == actor.sessie_id,
        Sessiefactor.doel == "aanmelden",
        Sessiefactor.wijze == "herstelcode",
    )
    return geldt_nog(sessie.scalar(met_code), nu)


def eis_vers(sessie: Session, actor: Actor, nu: datetime) -> None:
    """Raises BevestigingNodig, or Conflict where a half-proven login would change an account that has factors."""
    eis_volle_aanmelding(sessie, actor)
    if not is_vers(sessie, actor, nu):
        # 409: the role may do this, only not in this state of the login.
        keuze = keuze_van(sessie, actor)
        raise BevestigingNodig(_VRAAG if keuze.wachtwoord else f"{keuze.vraag} {_KWIJT}", 409)
