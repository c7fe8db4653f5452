"""What is destroyed when its term is over, in this order: what refers to something goes before it.

Every table with data of persons or cases is in one of these kinds, or in ``UITZONDERINGEN`` with the reason; a test
walks all tables, so that a new one is thought about.
"""

from inspecties.audit.bewaren import Bewaarsoort
from inspecties.audit.geheel import Geheel
from inspecties.signalen.bewaren import SOORTEN as SIGNALEN
from inspecties.start.bewaar_acties import SOORTEN as ACTIES
from inspecties.start.bewaar_beheer import SOORTEN as BEHEER
from inspecties.start.bewaar_locaties import SOORTEN as LOCATIES
from inspecties.start.bewaar_verbeteringen import SOORTEN as VERBETERINGEN
from inspecties.start.bewaar_wpg import SOORTEN as WPG
from inspecties.start.bewaar_zaken import SOORTEN as ZAKEN

BEWAARSOORTEN: tuple[Bewaarsoort | Geheel, ...] = (
    *WPG,
    *ZAKEN,
    *SIGNALEN,
    *ACTIES,
    *LOCATIES,
    *BEHEER,
    *VERBETERINGEN,
)
GEHELEN: tuple[Geheel, ...] = tuple(s for s in BEWAARSOORTEN if isinstance(s, Geheel))

_BASIS = "basisgegevens van de gemeente, zonder personen"
_BEWIJS = "bewijs van wie wat deed; zonder inhoud van zaken"
_AMBT = "bewijs van wie bevoegd besloot; staat ook in het openbare mandaatregister"
_ACCOUNT = "hoort bij een account; een account blijft zolang er werk van die persoon is, de beheerder sluit het af"
_CONTACT = "zakelijk contact van een partner; de coördinator haalt weg wie weggaat"
UITZONDERINGEN: dict[str, str] = {
    **dict.fromkeys(("adres", "adresimport", "adresstraat", "kaartgebied", "kaartachtergrond", "locatietype"), _BASIS),
    **dict.fromkeys(("checklist", "checklistversie", "sjabloonkeuze", "sjabloonversie", "norm", "weging"), _BASIS),
    **dict.fromkeys(("gemeente", "samenwerkingsverband", "kolomkeuze", "voertuig", "waarschuwkeuze"), _BASIS),
    **dict.fromkeys(("auditkop", "auditregel", "vernietiging"), _BEWIJS),
    **dict.fromkeys(("ambtsbekleding", "ambtseinde", "vervanging"), _AMBT),
    **dict.fromkeys(("gebruiker", "lidmaatschap", "roleinde", "agendafeed", "kaartweergave"), _ACCOUNT),
    **dict.fromkeys(("herstelcode", "oidckoppeling", "passkey", "totpgeheim"), _ACCOUNT),
    **dict.fromkeys(("organisatie", "contactpersoon", "partnerinstelling"), _CONTACT),
    "kaartcel": "aantallen per vak; de database telt ze opnieuw bij elke verandering van een locatie",
    "postslot": "wie de mail verstuurt; zonder inhoud",
    "tijdperk": "één rij over de server zelf",
    "verbruiktbewijs": "verloopt binnen minuten en gaat weg bij de volgende aanmelding",
    "wpglezer": "bewijs van wie wanneer politiegegevens mocht lezen; zonder inhoud van zaken",
    "vernietigopdracht": "bestaat alleen tijdens het vernietigen",
    "vernietigbestand": "bestaat tot het bestand weg is",
}
