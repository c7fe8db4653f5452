"""The audit log in plain Dutch: what a line says, for somebody who does not know the code."""

from collections.abc import Mapping
from typing import Any

# Where the words of the code alone would not be clear; other acts are read as they are written.
HANDELINGEN: dict[str, str] = {
    "aangemeld": "Aangemeld",
    "aanmelden_mislukt": "Poging om aan te melden mislukt",
    "afgemeld": "Afgemeld",
    "antwoorden_gelezen": "Antwoorden van een bezoek naar een toestel gestuurd",
    "antwoorden_ontvangen": "Antwoorden van een toestel ontvangen",
    "apart_beoordeeld": "Apart gezette gegevens beoordeeld",
    "apart_gelezen": "Apart gezette gegevens bekeken",
    "auditlogboek_gelezen": "Dit auditlogboek gelezen",
    "bewijs_ontvangen": "Foto of ander bewijs ontvangen",
    "checklist_gepubliceerd": "Versie van een checklist gepubliceerd",
    "checklist_ingelezen": "Versie van een checklist ingelezen, als concept",
    "checklist_ingetrokken": "Versie van een checklist ingetrokken",
    "checklist_weggegooid": "Concept van een checklist weggegooid",
    "gebruiker_gedeblokkeerd": "Gebruiker weer toegang gegeven",
    "gebruiker_hernoemd": "Naam van een gebruiker gewijzigd",
    "kenmerk_gelezen": "Kenmerk van een locatie bekeken",
    "kenmerk_vastgelegd": "Kenmerk bij een locatie vastgelegd",
    "kenmerk_weggenomen": "Kenmerk bij een locatie weggehaald, met reden",
    "keten_gecontroleerd": "Keten van het auditlogboek gecontroleerd",
    "ketenbreuk_gevonden": "Breuk gevonden in de keten van het auditlogboek",
    "koppeling_aan_ander_getoond": "Aan een andere gemeente getoond dat een kenmerk hier ook voorkomt",
    "koppeling_elders_gezien": "Bekeken welk kenmerk ook in een andere gemeente voorkomt",
    "koppelingen_delen_aan": "Delen van koppelingen aangezet",
    "koppelingen_delen_uit": "Delen van koppelingen uitgezet",
    "koppelingen_gelezen": "Koppelingen tussen locaties bekeken",
    "origineel_opgehaald": "Origineel van een foto opgehaald",
    "papier_afgedrukt": "Papieren formulier van een stop afgedrukt",
    "papierinvoer_afgerond": "Invoer van een papieren formulier afgerond",
    "papierinvoer_begonnen": "Invoer van een papieren formulier begonnen",
    "papierscan_toegevoegd": "Scan van een papieren formulier toegevoegd",
    "prioriteit_gekozen": "Prioriteit van een locatie met de hand bepaald",
    "prioriteit_gelezen": "Prioriteit van een locatie bekeken",
    "prioriteitkeuze_ingetrokken": "Keuze over de prioriteit van een locatie ingetrokken",
    "rapportage_opgehaald": "Rapportage als bestand opgehaald",
    "rol_gewijzigd": "Rol van een gebruiker gewijzigd",
    "samenwerking_contact_gewijzigd": "Contactpersoon voor andere gemeenten gewijzigd",
    "samenwerking_gevraagd": "Gevraagd om aan te sluiten bij een samenwerkingsverband",
    "samenwerking_opgericht": "Samenwerkingsverband opgericht",
    "samenwerking_toegelaten": "Gemeente toegelaten tot een samenwerkingsverband",
    "samenwerking_verlaten": "Samenwerkingsverband verlaten",
    "sessies_beeindigd": "Op andere toestellen afgemeld",
    "signalen_gelezen": "Lijst met signalen bekeken",
    "melder_gelezen": "Melder van een signaal gelezen",
    "betrokkenen_gelezen": "Betrokkenen bij een signaal gelezen",
    "betrokkene_toegevoegd": "Betrokkene bij een signaal vastgelegd",
    "te_herzien_gelezen": "Lijst met te herzien signalen bekeken",
    "vernietigd": "Gegevens vernietigd na hun bewaartermijn",
    "weging_gewijzigd": "Weging van de prioriteit gewijzigd",
    "wachtwoord_ingetrokken": "Wachtwoord ingetrokken, link voor een nieuw gemaakt",
}

OBJECTEN: dict[str, str] = {
    "auditlogboek": "Auditlogboek",
    "checklistversie": "Versie van een checklist",
    "gemeente": "Gemeente",
    "locatieimport": "Import van locaties",
    "quarantaine": "Apart gezet gegeven",
    "risicolocatie": "Locatie",
    "vernietiging": "Bewijs van vernietiging",
}

_WOORDEN: dict[str, str] = {
    "aantal": "aantal",
    "filter": "gefilterd op",
    "naar": "naar",
    "rol": "rol",
    "seq": "regel",
    "sha256": "kenmerk van het bestand",
    "van": "van",
}


def _gewoon(code: str) -> str:
    tekst = code.replace("_", " ").replace(".", " ").strip()
    return tekst[:1].upper() + tekst[1:]


def handeling(code: str) -> str:
    """What was done, as a heading: 'Bezoek gelezen'."""
    return HANDELINGEN.get(code) or _gewoon(code)


def objectnaam(soort: str) -> str:
    """What kind of thing it was done to."""
    return OBJECTEN.get(soort) or _gewoon(soort)


def _waarde(waarde: Any) -> str:
    if waarde is None or waarde in ("", [], {}):
        return "leeg"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return ", ".join(_waarde(w) for w in waarde)
    if isinstance(waarde, dict):
        return bijzonderheden(waarde)
    tekst = str(waarde)
    if len(tekst) == 64 and all(t in "0123456789abcdef" for t in tekst):
        return tekst[:12] + "…"
    return tekst.replace("_", " ") if tekst.islower() else tekst


def bijzonderheden(gegevens: Mapping[str, Any]) -> str:
    """What the line says besides: 'van: inspecteur; naar: jurist'."""
    return "; ".join(f"{_WOORDEN.get(k) or k.replace('_', ' ')}: {_waarde(w)}" for k, w in gegevens.items())
