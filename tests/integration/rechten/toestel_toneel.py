"""A tablet of every role."""

from uuid import UUID

from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Toestel
from tests.wereld import Kring, Wereld


def maak_toestellen(wereld: Wereld, kring: Kring) -> dict[Rol, UUID]:
    """Public ids by the role of the user."""
    rijen = {
        rol: Toestel(
            gemeente_id=kring.gemeente.id,
            toestel_id=nieuw_id(),
            gebruiker_id=actor.gebruiker_id,
            naam="Android",
            aangemeld_op=wereld.nu,
            gezien_op=wereld.nu,
        )
        for rol, actor in kring.actoren.items()
    }
    db.session.add_all(rijen.values())
    db.session.commit()
    return {rol: rij.uid for rol, rij in rijen.items()}
