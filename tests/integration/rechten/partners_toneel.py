"""A contact, a power and an evening away, for the table of routes."""

from uuid import UUID

from sqlalchemy import select

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from inspecties.partners.agendas import UrenGegevens, leg_uren_vast
from inspecties.partners.beheer import ContactGegevens, bewaar_contact, geef_bevoegdheid
from tests.wereld import Kring, Wereld


def maak_partners(wereld: Wereld, kring: Kring) -> dict[str, UUID]:
    """Public ids by name; committed."""
    sessie, wie, nu, organisatie = db.session(), kring.actoren[Rol.COORDINATOR], wereld.nu, kring.organisatie
    assert organisatie is not None
    contact = bewaar_contact(sessie, wie, nu, organisatie, None, ContactGegevens("Piet de Boer"))
    boa = sessie.get(Gebruiker, kring.actoren[Rol.INSPECTEUR].gebruiker_id)
    assert boa is not None
    bevoegdheid = geef_bevoegdheid(sessie, wie, nu, boa, "toezicht", nu.date(), None, "T-1")
    uren = leg_uren_vast(sessie, wie, nu, organisatie, UrenGegevens(nu.date()))
    mens = sessie.scalars(select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == boa.id)).one()
    uit = {
        "organisatie": organisatie.uid,
        "contact": contact.uid,
        "bevoegdheid": bevoegdheid.uid,
        "uren": uren.uid,
        "mens": mens.uid,
    }
    sessie.commit()
    return uit
