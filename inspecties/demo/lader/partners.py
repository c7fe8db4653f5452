"""Partners of the demo: contacts, what they see, who may do what, and when they cannot come."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.gebruikers.models import Gebruiker
from inspecties.partners.agendas import UrenGegevens, leg_uren_vast
from inspecties.partners.beheer import ContactGegevens, bewaar_contact, geef_bevoegdheid, zet_instelling
from inspecties.partners.beschikbaar import Instelling
from inspecties.partners.models import Organisatie

_CONTACTEN: dict[str, tuple[str, str]] = {
    "politie": ("Ans Verhoeven", "Operationeel expert"),
    "nla": ("Bas Kuiper", "Inspecteur"),
    "omgevingsdienst": ("Carla Post", "Teamleider toezicht"),
    "brandweer": ("Dirk Smit", "Adviseur brandveiligheid"),
    "belastingdienst": ("Eva Mulder", "Coördinator controles"),
    "ggd": ("Fenna Bos", "Inspecteur hygiëne"),
    "zorg": ("Gijs Dekker", "Zorgcoördinator"),
}
# Only organisations that no planned action of the demo leans on for that evening.
_WEG_OVER_DAGEN = {"belastingdienst": 3, "ggd": 5}
_AANWIJZINGEN = ("toezicht", "binnentreden", "omgevingsrecht", "huisvesting")


def laad_partners(
    sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """Through the same acts as a beheerder's; the persons are invented and their addresses lead nowhere."""
    del bron, locaties
    wie, vandaag = kring.actoren["coordinator"], lokale_datum(nu)
    rijen = {o.id: o for o in sessie.scalars(select(Organisatie).where(Organisatie.gemeente_id == kring.gemeente.id))}
    for nummer, (soort, (naam, functie)) in enumerate(_CONTACTEN.items(), start=1):
        organisatie = rijen[kring.organisaties[soort]]
        adres = f"{naam.replace(' ', '.').lower()}@{soort}.example"
        gegevens = ContactGegevens(naam, functie, adres, f"06 0000000{nummer}", krijgt_uitnodiging=True)
        bewaar_contact(sessie, wie, nu, organisatie, None, gegevens)
        if soort in {"zorg", "belastingdienst"}:
            zet_instelling(sessie, wie, nu, organisatie, Instelling(soort != "belastingdienst", False, 2, None))
        if soort in _WEG_OVER_DAGEN:
            dag = vandaag + timedelta(days=_WEG_OVER_DAGEN[soort])
            leg_uren_vast(sessie, wie, nu, organisatie, UrenGegevens(dag, time(13), None, time(23)))
    eigen = sorted(
        (a.gebruiker_id, a.rol)
        for a in kring.actoren.values()
        if a.gebruiker_id and a.rol in {Rol.INSPECTEUR, Rol.COORDINATOR}
    )
    for plaats, (gebruiker_id, rol) in enumerate(eigen, start=1):
        gebruiker = sessie.get_one(Gebruiker, gebruiker_id)
        codes = (*_AANWIJZINGEN, "boa") if rol is Rol.INSPECTEUR else _AANWIJZINGEN[:1]
        for code in codes:
            begin = vandaag - timedelta(days=500)
            geef_bevoegdheid(sessie, wie, nu, gebruiker, code, begin, None, f"MW-{plaats:03}")
