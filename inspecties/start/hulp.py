"""Help per role: what the role is for, its tasks in short steps, and its rights as they stand in the table."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspecties.core.rechten import MENSEN, RECHTEN, Recht, Rol, rol_mag

WAT_IS: Mapping[Rol, str] = {
    Rol.COORDINATOR: "Houdt het overzicht: welke plekken, welke signalen, welke acties, en wat er daarna gebeurt.",
    Rol.INSPECTEUR: "Gaat naar binnen, kijkt, vult de checklist in en maakt foto's.",
    Rol.PARTNER: "Doet mee aan een actie vanuit een andere organisatie en vult het eigen deel in.",
    Rol.AANDACHTSFUNCTIONARIS: "Ontvangt signalen van uitbuiting en zorgt dat ze bij de juiste mensen komen.",
    Rol.JURIST: "Maakt van bevindingen een dossier dat klopt, en legt het voor.",
    Rol.KABINET: "Besluit namens de burgemeester over een voorgelegd dossier.",
    Rol.AUDITOR: "Controleert of er zorgvuldig met gegevens wordt omgegaan.",
    Rol.BEHEERDER: "Zorgt dat de juiste mensen erin kunnen, met de juiste rol.",
}


@dataclass(frozen=True)
class Taak:
    """One thing that people come to do. Shown to every role that has ``recht``; ``endpoint`` is where it begins."""

    recht: str
    titel: str
    stappen: tuple[str, ...]
    endpoint: str = ""


TAKEN: tuple[Taak, ...] = (
    Taak(
        "dienst.ophalen",
        "Op pad met de tablet",
        (
            "Open 'Veld' terwijl u nog verbinding hebt en haal de dienst van vandaag op.",
            "Tik de stop aan waar u bent. U ziet wie eerst naar binnen gaat, op welke grond, en wat u moet weten.",
            "Vul de checklist in. Elk antwoord wordt meteen bewaard, ook zonder verbinding.",
            "Maak foto's bij de vraag waar ze bij horen.",
            "Rond de stop af. Zodra er verbinding is, gaat alles vanzelf naar de gemeente. Dat staat erbij.",
            "Denkt u aan een strafbaar feit? Stop met vragen stellen als toezichthouder en overleg met de politie.",
        ),
        "offline.veld",
    ),
    Taak(
        "signalen.melden",
        "Een signaal melden",
        (
            "Is er nu gevaar? Bel eerst 112. Gaat het om een minderjarige, bel ook Veilig Thuis: 0800-2000.",
            "Schrijf op wat er is gezien of gehoord, waar en wanneer. Een onderbuikgevoel telt ook.",
            "Vink aan wat opviel. De lijst helpt bij het kijken en bewijst niets.",
            "Uw naam wordt niet bij het signaal bewaard. Onthoud het nummer als u wilt horen hoe het verder gaat.",
        ),
        "signalen.melden",
    ),
    Taak(
        "locaties.lezen",
        "Een plek opzoeken",
        (
            "Open de kaart of de lijst. Wat u bij de één kiest, geldt ook voor de ander.",
            "Filter op soort plek, op status, of op hoe lang er niemand is geweest.",
            "Open de plek: u ziet de feiten met hun bron, en wat er eerder gebeurde.",
        ),
        "locaties.kaart",
    ),
    Taak(
        "locaties.importeren",
        "Locaties inlezen uit een bestand",
        (
            "Zet de gegevens in CSV of Excel, met op de eerste regel de namen van de kolommen.",
            "Laat het bestand eerst controleren. U ziet per regel wat er niet klopt en wat er wel moet staan.",
            "Lees het daarna in. Zolang er een fout is, wordt er niets opgeslagen, tenzij u dat zelf kiest.",
        ),
        "locaties.lijst",
    ),
    Taak(
        "signalen.lezen",
        "Signalen opvolgen",
        (
            "Begin bij wat het dringendst is. Wat 'Ontvangen' heet, heeft nog niemand opgepakt.",
            "Kijk of de plek, de persoon of het bedrijf hier al bekend is.",
            "Wie meldde, staat nergens. Vraag het ook niet na bij collega's.",
        ),
        "signalen.lijst",
    ),
    Taak(
        "acties.plannen",
        "Een actie plannen",
        (
            "Maak een actie met een datum, een dienst en een doel.",
            "Nodig partners uit en maak ploegen. Niemand kan op twee plekken tegelijk zijn.",
            "Kies de stops en zet ze op volgorde. Zeg bij elke stop op welke grond u binnenkomt en wie eerst gaat.",
            "Meld de actie gereed. Wat nog ontbreekt, staat erbij in een zin.",
            "Volg de avond op de pagina van de actie, en rond haar af als alles klaar is.",
        ),
        "acties.lijst",
    ),
    Taak(
        "bezoeken.herstellen",
        "Beoordelen wat apart is gezet",
        (
            "Stuurt een toestel iets dat niet past, dan gaat het niet verloren: het staat bij 'Apart gezet'.",
            "Kijk wat het is, en schrijf op wat u besluit en waarom.",
            "Spreken twee collega's elkaar tegen, dan blijven beide antwoorden staan tot u kiest.",
        ),
        "controles.apart",
    ),
    Taak(
        "voorstellen.beoordelen",
        "Een voorstel beoordelen",
        (
            "De antwoorden van een bezoek leiden tot een voorstel. U beslist, nooit het systeem.",
            "Lees de antwoorden en het artikel, bekijk de foto's en zie wat er nog ontbreekt.",
            "Neem het over of wijs het af. Schrijf bij afwijzen altijd waarom.",
        ),
        "dossiers.voorstellen",
    ),
    Taak(
        "dossiers.bewerken",
        "Een dossier maken en voorleggen",
        (
            "Zet overgenomen voorstellen in een dossier en vul de teksten aan.",
            "Noem de partijen en kies het bewijs. Schrijf bij elk stuk wat het laat zien.",
            "Leg het voor aan het kabinet. Het document ligt dan vast.",
            "Komt het terug met vragen, beantwoord ze dan en leg het opnieuw voor.",
        ),
        "dossiers.lijst",
    ),
    Taak(
        "dossiers.besluiten",
        "Besluiten op een dossier",
        (
            "Open wat voor u klaarligt. Wat het eerst moet, staat bovenaan.",
            "Lees de samenvatting, waarom het nu moet, wat er is geprobeerd en wie er wonen.",
            "Kies: akkoord, terug met vragen, of afwijzen. U kunt niet besluiten over wat u zelf opstelde.",
        ),
        "dossiers.kabinet",
    ),
    Taak(
        "checklists.lezen",
        "Zien wat een checklist vraagt",
        (
            "Open 'Checklists'. U ziet per checklist welke versie nu geldt, en wat er op komst is.",
            "Open een versie om te zien wat zij vraagt, of haal haar op als Excel-bestand.",
            "Vergelijk twee versies: per vraag staat er wat was en wat wordt.",
            "Een bezoek houdt de versie waarmee het begon. Oude antwoorden blijven dus leesbaar.",
        ),
        "checklists.lijst",
    ),
    Taak(
        "checklists.beheren",
        "Een checklist wijzigen",
        (
            "Haal de versie die nu geldt op als Excel-bestand en pas haar aan.",
            "Verhoog 'version' op het blad settings. Lees het bestand in; elke fout staat er met blad, rij en kolom.",
            "Het is dan een concept. Vergelijk het met de versie van nu en probeer het uit.",
            "Publiceer het vanaf een dag. Vanaf die dag krijgen nieuwe bezoeken deze versie.",
            "Intrekken kan met een reden, zolang er voor elke geplande stop een versie overblijft.",
        ),
        "checklists.lijst",
    ),
    Taak(
        "rapportages.lezen",
        "Zien hoe het jaar gaat",
        (
            "De jaarnormen staan bovenaan: gedaan, gepland, en wat er nog bij moet.",
            "Elke tabel kunt u ophalen als bestand voor Excel.",
        ),
        "rapportages.overzicht",
    ),
    Taak(
        "audit.lezen",
        "Het auditlogboek lezen",
        (
            "Zoek op wie iets deed, wat het was, waarover en wanneer. Ook lezen staat erin.",
            "Controleer de keten: zo weet u dat niemand regels heeft gewijzigd of weggehaald.",
            "Klopt de keten niet, dan staat erbij vanaf welke regel. Waarschuw dan de beheerder.",
        ),
        "audit.lijst",
    ),
    Taak(
        "gebruikers.beheren",
        "Iemand toegang geven of nemen",
        (
            "Voeg iemand toe en kies de rol. U krijgt één keer een link om een wachtwoord te kiezen.",
            "Gaat iemand weg? Blokkeer de gebruiker. Die is dan meteen overal afgemeld.",
            "Zorg dat er altijd twee beheerders zijn.",
        ),
        "gebruikers.beheer",
    ),
    Taak(
        "account.beheren",
        "Uw eigen account",
        (
            "Klik rechtsboven op uw naam om uw wachtwoord te wijzigen.",
            "Daar ziet u ook waar u bent aangemeld, en kunt u zich overal elders afmelden.",
            "Tablet kwijt? Zeg het meteen tegen de beheerder.",
        ),
        "gebruikers.account",
    ),
)


def taken_van(rol: Rol) -> list[Taak]:
    """The tasks of a role: those whose right it has."""
    return [taak for taak in TAKEN if rol_mag(rol, taak.recht)]


def rechten_van(rol: Rol) -> tuple[list[Recht], list[Recht]]:
    """What a role may, and what it may not but somebody else may."""
    mag = [recht for recht in RECHTEN.values() if rol in recht.rollen]
    niet = [recht for recht in RECHTEN.values() if rol not in recht.rollen and recht.rollen & MENSEN]
    return mag, niet
