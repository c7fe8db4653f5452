"""Second factors of a user as a whole: what there is, taking one away, withdrawing all, and telling the person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden
from inspecties.gebruikers import herstelcodes, passkeys, totp
from inspecties.gebruikers.berichten import Berichten
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from inspecties.gebruikers.models_factoren import Herstelcode, Passkey, Totpgeheim
from inspecties.gebruikers.operations import beeindig_sessies, weiger_gedeeld
from inspecties.gebruikers.sessies import met_twee_factoren, voeg_factor_toe

_NIET_UZELF = "Deed u dit niet zelf? Bel dan meteen de beheerder van uw gemeente."


@dataclass(frozen=True)
class Factoren:
    """What one user has besides a password."""

    passkeys: list[Passkey]
    app: Totpgeheim | None
    codes_over: int

    @property
    def aantal(self) -> int:
        """How many count as a second factor; the codes are for when these are lost."""
        return len(self.passkeys) + (self.app is not None)


def factoren_van(sessie: Session, gebruiker_id: int) -> Factoren:
    """All factors of a user."""
    return Factoren(
        passkeys.passkeys_van(sessie, gebruiker_id),
        totp.in_gebruik(sessie, gebruiker_id),
        herstelcodes.tel_over(sessie, gebruiker_id),
    )


def heeft_tweede(sessie: Session, gebruiker_id: int) -> bool:
    """Whether this user has a passkey or an app with codes."""
    passkey = select(Passkey.id).where(Passkey.gebruiker_id == gebruiker_id)
    app = select(Totpgeheim.id).where(Totpgeheim.gebruiker_id == gebruiker_id, Totpgeheim.bevestigd_op.is_not(None))
    return sessie.scalar(select(passkey.exists() | app.exists())) or False


def eis_volle_aanmelding(sessie: Session, actor: Actor) -> None:
    """Raises Conflict where a login on a password alone would change factors of who has some.

    Somebody with a stolen password may have begun such a login before its owner set up the first factor.
    """
    if actor.gebruiker_id is None or actor.sessie_id is None:
        raise Conflict("Meld u eerst aan.")
    if heeft_tweede(sessie, actor.gebruiker_id) and not met_twee_factoren(sessie, actor.sessie_id):
        raise Conflict("Meld u eerst af en weer aan, met de tweede stap die u al hebt.")


def na_toevoegen(
    sessie: Session, actor: Actor, nu: datetime, gebruiker: Gebruiker, wijze: str, post: Berichten | None
) -> None:
    """What follows on a new factor: this login rests on it, other logins end, the person hears of it."""
    if actor.sessie_id is not None and not met_twee_factoren(sessie, actor.sessie_id):
        voeg_factor_toe(sessie, nu, actor.sessie_id, wijze)
        beeindig_sessies(sessie, nu, gebruiker.id, behalve=actor.sessie_id)
    leg_vast(sessie, actor, nu, "factor_toegevoegd", "gebruiker", gebruiker.uid, gegevens={"wijze": wijze})
    wat = "een passkey" if wijze == "passkey" else "een app met codes"
    meld(sessie, actor, nu, gebruiker, post, "Nieuwe manier van aanmelden", f"Bij uw account is {wat} toegevoegd.")


def meld(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    gebruiker: Gebruiker,
    post: Berichten | None,
    onderwerp: str,
    zin: str,
) -> None:
    """Tell a person by mail what happened to their account."""
    if post is not None:
        post.stuur(sessie, actor, nu, gebruiker.email, onderwerp, f"Goedendag,\n\n{zin}\n\n{_NIET_UZELF}\n")


def _weiger_laatste(bestaand: Factoren, *, verplicht: bool) -> None:
    if verplicht and bestaand.aantal == 1:
        raise Conflict("Dit is uw laatste tweede stap. Voeg eerst een andere toe; dan kunt u deze verwijderen.")


def _na_verwijderen(
    sessie: Session, actor: Actor, nu: datetime, gebruiker: Gebruiker, wijze: str, post: Berichten | None
) -> None:
    sessie.flush()
    if not heeft_tweede(sessie, gebruiker.id):
        # Codes are for who lost a factor; without one nothing asks for them.
        sessie.execute(delete(Herstelcode).where(Herstelcode.gebruiker_id == gebruiker.id))
    leg_vast(sessie, actor, nu, "factor_verwijderd", "gebruiker", gebruiker.uid, gegevens={"wijze": wijze})
    wat = "een passkey" if wijze == "passkey" else "de app met codes"
    meld(sessie, actor, nu, gebruiker, post, "Manier van aanmelden verwijderd", f"Bij uw account is {wat} verwijderd.")


def _slot(sessie: Session, actor: Actor) -> Gebruiker:
    """The actor's own row, locked: two who take away the last but one at the same moment must not both succeed."""
    return sessie.scalars(
        select(Gebruiker).where(Gebruiker.id == actor.gebruiker_id).with_for_update(key_share=True)
    ).one()


def verwijder_passkey(
    sessie: Session, actor: Actor, nu: datetime, uid: UUID, post: Berichten | None, *, verplicht: bool
) -> None:
    """Take one of the actor's own passkeys away. Raises NietGevonden, Conflict for the last factor."""
    gebruiker = _slot(sessie, actor)
    rij = sessie.scalars(select(Passkey).where(Passkey.uid == uid, Passkey.gebruiker_id == gebruiker.id)).one_or_none()
    if rij is None:
        raise NietGevonden("Deze passkey bestaat niet (meer).")
    _weiger_laatste(factoren_van(sessie, gebruiker.id), verplicht=verplicht)
    sessie.delete(rij)
    _na_verwijderen(sessie, actor, nu, gebruiker, "passkey", post)


def verwijder_app(sessie: Session, actor: Actor, nu: datetime, post: Berichten | None, *, verplicht: bool) -> None:
    """Take the actor's own app away. Raises NietGevonden, Conflict for the last factor."""
    gebruiker = _slot(sessie, actor)
    rij = totp.in_gebruik(sessie, gebruiker.id)
    if rij is None:
        raise NietGevonden("U hebt geen app met codes ingesteld.")
    _weiger_laatste(factoren_van(sessie, gebruiker.id), verplicht=verplicht)
    sessie.delete(rij)
    _na_verwijderen(sessie, actor, nu, gebruiker, "totp", post)


def trek_factoren_in(sessie: Session, actor: Actor, nu: datetime, lid: Lidmaatschap, post: Berichten | None) -> None:
    """Withdraw all factors of who lost them; they log in anew and set up another. Raises Conflict for oneself."""
    if lid.gebruiker_id == actor.gebruiker_id:
        raise Conflict("Uw eigen tweede stap wijzigt u bij 'Mijn account'. Alles kwijt? Vraag een andere beheerder.")
    weiger_gedeeld(sessie, lid)
    for model in (Passkey, Totpgeheim, Herstelcode):
        sessie.execute(delete(model).where(model.gebruiker_id == lid.gebruiker_id))
    beeindig_sessies(sessie, nu, lid.gebruiker_id)
    leg_vast(sessie, actor, nu, "factoren_ingetrokken", "gebruiker", lid.gebruiker.uid)
    zin = (
        "De beheerder heeft uw passkeys, app en herstelcodes ingetrokken en u overal afgemeld. "
        "Stel bij het aanmelden een nieuwe tweede stap in."
    )
    meld(sessie, actor, nu, lid.gebruiker, post, "Uw tweede stap is ingetrokken", zin)
