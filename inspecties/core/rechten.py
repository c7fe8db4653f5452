"""The one table of rights: object x act -> roles. Checks, tests and the help page are made from it.

Roles and their purposes: domain.md "Who uses it". Deny unless a row allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Rol(StrEnum):
    """A role within one gemeente."""

    COORDINATOR = "coordinator"
    INSPECTEUR = "inspecteur"
    PARTNER = "partner"
    AANDACHTSFUNCTIONARIS = "aandachtsfunctionaris"
    JURIST = "jurist"
    KABINET = "kabinet"
    AUDITOR = "auditor"
    BEHEERDER = "beheerder"
    SYSTEEM = "systeem"


ROLNAMEN: dict[Rol, str] = {
    Rol.COORDINATOR: "Coördinator",
    Rol.INSPECTEUR: "Inspecteur",
    Rol.PARTNER: "Partner",
    Rol.AANDACHTSFUNCTIONARIS: "Aandachtsfunctionaris",
    Rol.JURIST: "Jurist",
    Rol.KABINET: "Kabinet",
    Rol.AUDITOR: "Auditor (FG)",
    Rol.BEHEERDER: "Beheerder",
    Rol.SYSTEEM: "Systeem",
}

MENSEN: frozenset[Rol] = frozenset(Rol) - {Rol.SYSTEEM}

_C, _I, _P, _A, _J, _K, _F, _B = (
    Rol.COORDINATOR,
    Rol.INSPECTEUR,
    Rol.PARTNER,
    Rol.AANDACHTSFUNCTIONARIS,
    Rol.JURIST,
    Rol.KABINET,
    Rol.AUDITOR,
    Rol.BEHEERDER,
)


@dataclass(frozen=True)
class Recht:
    """One row: what may be done to which object, by whom, and in plain Dutch what that means."""

    object: str
    handeling: str
    rollen: frozenset[Rol]
    uitleg: str

    @property
    def code(self) -> str:
        return f"{self.object}.{self.handeling}"


def _rij(code: str, rollen: Iterable[Rol], uitleg: str) -> Recht:
    object_, handeling = code.split(".")
    return Recht(object_, handeling, frozenset(rollen), uitleg)


_RIJEN: tuple[Recht, ...] = (
    _rij("startpagina.lezen", MENSEN, "De eigen startpagina zien"),
    _rij("hulp.lezen", MENSEN, "De hulppagina's lezen"),
    _rij("account.beheren", MENSEN, "Het eigen wachtwoord en de eigen sessies beheren"),
    _rij("locaties.lezen", {_C, _I, _A, _J}, "Risicolocaties zien, in de lijst en op de kaart"),
    _rij("locaties.bewerken", {_C}, "Risicolocaties toevoegen en wijzigen"),
    _rij("locaties.samenvoegen", {_C}, "Dubbele locaties samenvoegen, locaties splitsen en verplaatsen, met reden"),
    _rij("locatietypen.beheren", {_B}, "Soorten locaties toevoegen en wijzigen"),
    _rij("locaties.personen", {_C, _J}, "Personen zien die bij een locatie horen, met het doel en de bewaartermijn"),
    _rij("locaties.importeren", {_C}, "Risicolocaties uit een bestand inlezen"),
    _rij("locaties.exporteren", {_C}, "Risicolocaties als bestand opslaan"),
    _rij("adressen.zoeken", {_C, _I, _A, _J}, "Een adres opzoeken in het adressenbestand"),
    _rij("adressen.importeren", {_C, _B}, "Het adressenbestand van de gemeente inlezen"),
    _rij("koppelingen.lezen", {_C, _A}, "Koppelingen tussen locaties zien, met wat ze delen"),
    _rij("koppelingen.vastleggen", {_C}, "Kenmerken bij een locatie vastleggen en weghalen, met reden"),
    _rij("koppelingen.elders", {_C}, "Zien of een kenmerk ook in een andere gemeente voorkomt, en wie u belt"),
    _rij("prioriteit.lezen", {_C, _B}, "Zien hoe de prioriteit van locaties wordt gewogen, met de geschiedenis"),
    _rij("prioriteit.wegen", {_C}, "De weging van de prioriteit wijzigen, met reden"),
    _rij("prioriteit.kiezen", {_C}, "Een locatie vastzetten of met de hand een score geven, met reden en einddatum"),
    _rij("signalen.lezen", {_C, _A}, "Signalen zien, zonder de melder"),
    _rij("mensenhandel.beoordelen", {_A}, "Signalen van mensenhandel uit bezoeken beoordelen, met de antwoorden erbij"),
    # A partner, kabinet and beheerder too: who sees something must be able to say so. They read nothing back.
    _rij("signalen.melden", MENSEN - {_F}, "Een signaal melden"),
    _rij("melder.lezen", {_A}, "Zien wie een signaal meldde; met reden, wordt vastgelegd"),
    _rij(
        "betrokkenen.lezen",
        {_A},
        "Namen van betrokkenen bij een signaal zien en vastleggen; met doel, wordt vastgelegd",
    ),
    _rij("signalen.behandelen", {_A}, "Een signaal door de meldroute brengen: triage, zorg, overleg en doorzetten"),
    _rij("signalen.bewaren", {_A}, "Signalen herzien: langer bewaren of vernietigen"),
    _rij("acties.lezen", {_C, _I, _P, _J}, "Acties en stops zien; een partner alleen waar die aan meedoet"),
    _rij("acties.plannen", {_C}, "Acties maken, plannen, starten en afronden"),
    _rij("voertuigen.beheren", {_C}, "Voertuigen van de gemeente bijhouden, met hun kenteken"),
    _rij("debriefing.lezen", {_C, _J}, "Terugkijken op een actie: resultaat per stop, afspraken, lessen en uren"),
    _rij("debriefing.vastleggen", {_C}, "Resultaat, afspraken, lessen en uren van een actie vastleggen"),
    _rij("actieverslag.lezen", {_C, _I, _P, _J}, "Het verslag van een actie ophalen; adressen alleen bij terugkijken"),
    _rij("afspraken.lezen", {_C, _I, _P, _J}, "Afspraken na acties zien; inspecteur en partner alleen wat van hen is"),
    _rij("afspraken.bijwerken", {_C, _I, _P}, "Zeggen dat een afspraak gedaan is"),
    _rij(
        "briefing.lezen", {_C, _I, _P}, "De briefing van een actie lezen: het deel voor de eigen ploeg en organisatie"
    ),
    _rij("machtigingen.lezen", {_C, _J, _K}, "Machtigingen tot binnentreden zien, met hun document"),
    _rij(
        "machtigingen.aanvragen", {_C}, "Een machtiging tot binnentreden aanvragen, overnemen van papier of intrekken"
    ),
    _rij("machtigingen.ondertekenen", {_K}, "Een machtiging tot binnentreden ondertekenen of teruggeven"),
    _rij(
        "verslagen.lezen",
        {_C, _I, _P, _J, _K},
        "Verslagen van binnentreden zien; een partner alleen de eigen, en een concept alleen wie het schrijft",
    ),
    _rij("verslagen.maken", {_C, _I, _P}, "Een verslag maken van het binnentreden zonder toestemming, en versturen"),
    _rij("partners.lezen", {_C, _B, _J}, "Partners, hun bevoegdheden en hun beschikbaarheid zien"),
    _rij("partners.beheren", {_C, _B}, "Partners, bevoegdheden van mensen en beschikbaarheid bijhouden"),
    _rij("dienst.ophalen", {_I, _P, _C}, "De stops van vandaag op een tablet zetten"),
    _rij("bezoeken.invullen", {_I, _P, _C}, "Antwoorden en foto's van een bezoek insturen"),
    _rij("bezoeken.papier", {_C, _I}, "Een papieren formulier van een bezoek invoeren"),
    _rij(
        "uitkomsten.lezen",
        {_I, _P},
        "Zien wat er van de bevindingen van de eigen bezoeken werd, zonder signalen, Bibob en personen",
    ),
    _rij("operaties.insturen", MENSEN, "Werk van een toestel insturen; wat u niet (meer) mag, wordt apart gezet"),
    _rij("bezoeken.lezen", {_C, _I, _J}, "Antwoorden, foto's en bevindingen van een bezoek zien"),
    _rij("bewijs.origineel", {_C, _J}, "Het origineel van een foto ophalen; wordt vastgelegd"),
    _rij("bewijs.afdekken", {_C, _I, _J}, "Delen van een foto afdekken; een inspecteur alleen de eigen foto's"),
    _rij("bezoeken.herstellen", {_C}, "Apart gezette gegevens en verschillen beoordelen"),
    _rij("voorstellen.lezen", {_C, _J}, "Voorstellen uit bevindingen zien"),
    _rij("voorstellen.beoordelen", {_C, _J}, "Een voorstel overnemen of afwijzen, met reden"),
    _rij("dossiers.lezen", {_J, _K, _C}, "Dossiers zien; het kabinet alleen wat aan het kabinet is voorgelegd"),
    _rij("dossiers.bewerken", {_J}, "Dossiers maken, vullen en voorleggen"),
    _rij("sjablonen.beheren", {_J}, "Sjablonen van brieven en documenten inlezen en in gebruik nemen"),
    _rij("bibob.lezen", {_J, _K}, "Bibob-dossiers lezen, alleen wie daarin is genoemd; wordt vastgelegd"),
    _rij("dossiers.besluiten", {_K}, "Op een voorgelegd dossier besluiten of het terugsturen met vragen"),
    # The coordinator too: who leads an action at night is the one who calls the mayor.
    _rij(
        "telefoonbesluiten.vastleggen",
        {_K, _C},
        "Vastleggen wat de burgemeester bij spoed aan de telefoon besloot; nooit door wie het dossier maakte",
    ),
    _rij("vervanging.regelen", {_K, _B}, "Zien wie waarover besluit, en vastleggen wie wie vervangt bij afwezigheid"),
    _rij("ambten.vastleggen", {_B}, "Vastleggen wie welk ambt bekleedt bij het besluiten"),
    _rij("checklists.lezen", {_C, _I, _J, _B}, "Checklists, hun versies en verschillen zien"),
    _rij("checklists.beheren", {_B, _J}, "Versies van checklists inlezen, publiceren en intrekken"),
    _rij("audit.lezen", {_F}, "Het auditlogboek lezen"),
    # On top of the role somebody has to be named (art. 6 Wpg): the role alone opens nothing.
    _rij("politiegegevens.lezen", {_C, _I, _J}, "Politiegegevens lezen, alleen wie is aangewezen; met reden"),
    _rij("politiegegevens.apart", {_J}, "Een stuk apart zetten als politiegegeven, met reden en artikel"),
    _rij(
        "politiegegevens.apart_bezoek",
        {_C, _J},
        "Een foto of antwoord van een bezoek apart zetten als politiegegeven, met reden en artikel",
    ),
    _rij("politiegegevens.apart_signaal", {_A}, "Een signaal apart zetten als politiegegeven, met reden en artikel"),
    _rij(
        "politiegegevens.terug", {_C, _I, _J}, "Een politiegegeven naar toezicht terugzetten, alleen wie is aangewezen"
    ),
    _rij("politiegegevens.aanwijzen", {_B}, "Aanwijzen wie politiegegevens mag lezen; zonder die zelf te zien"),
    _rij("bewaren.lezen", {_F, _B, _J, _C}, "Bewaartermijnen, wat binnenkort weggaat en bewijs van vernietiging zien"),
    _rij("bewaren.stopzetten", {_J, _C}, "De vernietiging van een zaak stopzetten of laten doorgaan, met reden"),
    _rij("register.lezen", {_F, _B, _J}, "Het register van verwerkingen en de aanzet voor de DPIA zien en opslaan"),
    _rij("inzage.lezen", {_J, _F, _A}, "Verzoeken van personen over hun eigen gegevens zien"),
    _rij("inzage.behandelen", {_J}, "Verzoeken van personen behandelen: inzage, correctie, beperking en bezwaar"),
    _rij("inzage.controleren", {_J, _F}, "Een antwoord op een verzoek nakijken, als tweede persoon"),
    _rij(
        "inzage.beoordelen",
        {_J, _A},
        "Zeggen of gegevens over de persoon van een verzoek gaan, en ze verbeteren of beperken",
    ),
    # The coordinator too: a tablet is lost in the evening, when no beheerder is at work.
    _rij("toestellen.beheren", {_B, _C}, "Toestellen van de gemeente zien en als kwijt melden"),
    _rij("gebruikers.beheren", {_B}, "Gebruikers toevoegen, blokkeren en een rol geven"),
    _rij("samenwerking.beheren", {_B}, "Samenwerkingsverbanden, en het delen van koppelingen aan- of uitzetten"),
    _rij("post.beheren", {_B}, "Zien welke mail wacht of niet verzonden is, en die opnieuw proberen"),
    _rij("rapportages.lezen", {_C, _J, _F, _K}, "Overzichten en jaarnormen zien"),
)

RECHTEN: dict[str, Recht] = {r.code: r for r in _RIJEN}


def rol_mag(rol: Rol, recht: str) -> bool:
    """Whether a role has a right. An unknown right is a programming error and raises KeyError."""
    rij = RECHTEN[recht]
    return rol is Rol.SYSTEEM or rol in rij.rollen
