"""The audit log in plain Dutch: what a line says, for somebody who does not know the code."""

from collections.abc import Mapping
from typing import Any

# Where the words of the code alone would not be clear; other acts are read as they are written.
HANDELINGEN: dict[str, str] = {
    "aangemeld": "Aangemeld",
    "aanmelden_mislukt": "Poging om aan te melden mislukt",
    "aantal_vastgelegd": "Aantal personen van een locatie vastgelegd",
    "actie_plan_gewijzigd": "Plan van een actie gewijzigd op het planbord",
    "actie_plan_gezocht": "Gezocht naar een plan voor een actie",
    "actie_plan_zoeken_gestopt": "Zoeken naar een plan gestopt",
    "actie_uren_gezet": "Uren en pauzes van ploegen vastgelegd",
    "actieafspraak_gemaakt": "Afspraak na een actie vastgelegd",
    "actieafspraak_gezet": "Afspraak na een actie gedaan, vervallen of heropend",
    "actieverslag_gemaakt": "Verslag van een actie vastgelegd",
    "actieverslag_opgehaald": "Verslag van een actie opgehaald",
    "adressen_geimporteerd": "Adressenbestand ingelezen",
    "afgemeld": "Afgemeld",
    "afspraak_vastgelegd": "Afspraak van het overleg over een signaal vastgelegd",
    "agenda_afgedrukt": "Agenda van een overleg afgedrukt",
    "agenda_ingelezen": "Agenda met beschikbaarheid ingelezen",
    "acties_uitgevoerd": "Acties als agendabestand bewaard",
    "agendafeed_gemaakt": "Geheim adres van de eigen agenda gemaakt",
    "agendafeed_ingetrokken": "Geheim adres van de eigen agenda ingetrokken",
    "antwoord_afgezien": "Niet langer gewacht op antwoord over een signaal",
    "antwoord_nagevraagd": "Antwoord over een signaal nagevraagd",
    "antwoord_vastgelegd": "Antwoord op een doorgezet signaal vastgelegd",
    "antwoorden_gelezen": "Antwoorden van een bezoek naar een toestel gestuurd",
    "antwoorden_ontvangen": "Antwoorden van een toestel ontvangen",
    "apart_beoordeeld": "Apart gezette gegevens beoordeeld",
    "apart_gelezen": "Apart gezette gegevens bekeken",
    "auditlogboek_gelezen": "Dit auditlogboek gelezen",
    "avondbericht_gestuurd": "Bericht aan ploegen gestuurd tijdens een actie",
    "backup_gemaakt": "Backup gemaakt van alle gegevens",
    "backup_hersteld": "Backup teruggezet",
    "bedenktijd_beeindigd": "Bedenktijd bij een signaal beëindigd",
    "bedenktijd_begonnen": "Bedenktijd bij een signaal vastgelegd",
    "bericht_klaargezet": "Mail klaargezet om te versturen",
    "beschikbaarheid_vastgelegd": "Beschikbaarheid van een partner of collega vastgelegd",
    "beschikbaarheid_verwijderd": "Beschikbaarheid van een partner of collega weggehaald",
    "betrokkene_toegevoegd": "Betrokkene bij een signaal vastgelegd",
    "betrokkenen_gelezen": "Betrokkenen bij een signaal gelezen",
    "bevoegdheid_beeindigd": "Bevoegdheid van een collega beëindigd",
    "bevoegdheid_gegeven": "Bevoegdheid van een collega vastgelegd",
    "bewijs_ontvangen": "Foto of ander bewijs ontvangen",
    "briefing_gelezen": "Verklaard een briefing te hebben gelezen",
    "briefing_gemaakt": "Versie van de briefing van een actie gemaakt",
    "briefing_opgehaald": "Briefing als PDF opgehaald",
    "briefinggegevens_gezet": "Gegevens voor de briefing van een actie ingevuld",
    "checklist_gepubliceerd": "Versie van een checklist gepubliceerd",
    "checklist_ingelezen": "Versie van een checklist ingelezen, als concept",
    "checklist_ingetrokken": "Versie van een checklist ingetrokken",
    "checklist_weggegooid": "Concept van een checklist weggegooid",
    "contactpersoon_bewaard": "Contactpersoon van een partner vastgelegd",
    "contactpersoon_verwijderd": "Contactpersoon van een partner weggehaald",
    "document_ingetrokken": "Document van de lijst van een locatie gehaald",
    "document_opgehaald": "Document van een locatie opgehaald",
    "document_toegevoegd": "Document bij een locatie gezet",
    "eerdere_fotos_meegegeven": "Kleine kopieën van foto's van eerdere bezoeken naar een tablet gestuurd",
    "embargo_gezet": "Embargo op de adressen van een actie gezet of weggehaald",
    "foto_afgedekt": "Delen van een foto afgedekt",
    "foto_bekeken": "Foto met plaats en tijd bekeken",
    "foto_zonder_afdekking": "Foto bekeken zonder wat is afgedekt",
    "gebied_bewaard": "Actiegebied of wijk bewaard",
    "gebied_verwijderd": "Actiegebied of wijk verwijderd",
    "gebieden_ingelezen": "Actiegebieden of wijken ingelezen",
    "gebruiker_gedeblokkeerd": "Gebruiker weer toegang gegeven",
    "gebruiker_hernoemd": "Naam van een gebruiker gewijzigd",
    "gereedheid_hersteld": "Overgeslagen punt van een actie telt weer mee",
    "gereedheid_overgeslagen": "Punt dat een actie tegenhoudt overgeslagen, met reden",
    "herstelsleutel_gezet": "Herstelsleutel voor toestellen van de gemeente gewisseld",
    "import_teruggedraaid": "Import teruggedraaid",
    "kaart_afgedrukt": "Kaart met locaties afgedrukt",
    "kenmerk_gelezen": "Kenmerk van een locatie bekeken",
    "kenmerk_vastgelegd": "Kenmerk bij een locatie vastgelegd",
    "kenmerk_weggenomen": "Kenmerk bij een locatie weggehaald, met reden",
    "keten_gecontroleerd": "Keten van het auditlogboek gecontroleerd",
    "ketenbreuk_gevonden": "Breuk gevonden in de keten van het auditlogboek",
    "kolomkeuze_onthouden": "Onthouden wat de kolommen van een bron betekenen",
    "kolomkeuze_vergeten": "Niet meer onthouden wat de kolommen van een bron betekenen",
    "koppeling_aan_ander_getoond": "Aan een andere gemeente getoond dat een kenmerk hier ook voorkomt",
    "koppeling_elders_gezien": "Bekeken welk kenmerk ook in een andere gemeente voorkomt",
    "koppelingen_delen_aan": "Delen van koppelingen aangezet",
    "koppelingen_delen_uit": "Delen van koppelingen uitgezet",
    "koppelingen_gelezen": "Koppelingen tussen locaties bekeken",
    "les_opgeschreven": "Les van een actie opgeschreven",
    "les_weggehaald": "Les van een actie weggehaald",
    "locatie_gesplitst": "Locatie gesplitst in twee locaties",
    "locatiegeschiedenis_gelezen": "Geschiedenis van een locatie gelezen",
    "locaties_samengevoegd": "Twee locaties samengevoegd",
    "locatietype_gewijzigd": "Soort locatie gewijzigd",
    "locatietype_toegevoegd": "Soort locatie toegevoegd",
    "locatietype_verwijderd": "Soort locatie verwijderd",
    "machtiging_aangevraagd": "Machtiging tot binnentreden aangevraagd",
    "machtiging_gewijzigd": "Concept van een machtiging tot binnentreden gewijzigd",
    "machtiging_gezet": "Machtiging tot binnentreden aangeboden, ondertekend, teruggegeven of ingetrokken",
    "machtiging_opgehaald": "Machtiging tot binnentreden opgehaald",
    "mail_gezien": "Binnengekomen mail afgehandeld",
    "mail_opnieuw": "Mislukte mail opnieuw klaargezet",
    "melder_gelezen": "Melder van een signaal gelezen",
    "meldstap_gezet": "Stap van de meldroute gezet",
    "meldstap_toegewezen": "Stap van de meldroute toegewezen",
    "notitie_doorgehaald": "Notitie bij een locatie doorgehaald",
    "notitie_geschreven": "Notitie bij een locatie geschreven",
    "notitie_teruggezet": "Doorgehaalde notitie weer laten gelden",
    "omtrek_vastgelegd": "Omtrek van een pand of perceel vastgelegd",
    "omtrek_weggehaald": "Omtrek van een pand of perceel weggehaald",
    "origineel_opgehaald": "Origineel van een foto opgehaald",
    "overlast_vastgelegd": "Overlast bij een locatie vastgelegd",
    "overlast_weggehaald": "Overlastmelding die niet klopte weggehaald",
    "overleg_gelezen": "Agenda van een overleg bekeken",
    "overleg_gemaakt": "Overleg toegevoegd",
    "papier_afgedrukt": "Papieren formulier van een stop afgedrukt",
    "papierinvoer_afgerond": "Invoer van een papieren formulier afgerond",
    "papierinvoer_begonnen": "Invoer van een papieren formulier begonnen",
    "papierscan_toegevoegd": "Scan van een papieren formulier toegevoegd",
    "partij_gelezen": "Partij bekeken",
    "partijrol_beeindigd": "Rol van een partij beëindigd",
    "partijrol_gecorrigeerd": "Rol van een partij gecorrigeerd",
    "partijrol_vastgelegd": "Rol van een partij bij een locatie vastgelegd",
    "partijrol_weggehaald": "Rol van een partij die niet klopte weggehaald",
    "partner_gewijzigd": "Partnerorganisatie gewijzigd",
    "partner_toegevoegd": "Partnerorganisatie toegevoegd",
    "partnerinstelling_gezet": "Vastgelegd wat een partner ziet en aankan",
    "personen_gelezen": "Personen bij een locatie of in de lijst bekeken",
    "personen_gezocht": "Gezocht naar een partij; er kwamen personen uit",
    "plan_tijdens_gewijzigd": "Stop toegevoegd of van ploeg gewisseld tijdens een actie, met reden",
    "prioriteit_gekozen": "Prioriteit van een locatie met de hand bepaald",
    "prioriteit_gelezen": "Prioriteit van een locatie bekeken",
    "prioriteitkeuze_ingetrokken": "Keuze over de prioriteit van een locatie ingetrokken",
    "rapportage_opgehaald": "Rapportage als bestand opgehaald",
    "redding_ingelezen": "Reddingskopie van een toestel ingelezen",
    "rol_gewijzigd": "Rol van een gebruiker gewijzigd",
    "samenvoeging_ongedaan": "Samenvoeging van twee locaties ongedaan gemaakt",
    "samenwerking_contact_gewijzigd": "Contactpersoon voor andere gemeenten gewijzigd",
    "samenwerking_gevraagd": "Gevraagd om aan te sluiten bij een samenwerkingsverband",
    "samenwerking_opgericht": "Samenwerkingsverband opgericht",
    "samenwerking_toegelaten": "Gemeente toegelaten tot een samenwerkingsverband",
    "samenwerking_verlaten": "Samenwerkingsverband verlaten",
    "sessies_beeindigd": "Op andere toestellen afgemeld",
    "signaal_aan_dossier": "Signaal aan een dossier gekoppeld",
    "signaal_doorgezet": "Signaal doorgezet, met deze velden",
    "signaal_gekoppeld": "Signaal aan een locatie gekoppeld",
    "signaal_gesplitst": "Signaal gesplitst",
    "signaal_losgemaakt": "Samengevoegd signaal weer losgemaakt",
    "signaal_naar_actie": "Bezoek gepland door een signaal",
    "signaal_ontkoppeld": "Signaal van een locatie losgemaakt",
    "signaal_op_agenda": "Signaal op de agenda van een overleg gezet",
    "signaal_samengevoegd": "Signaal met een ander samengevoegd",
    "signaal_van_agenda": "Signaal van de agenda van een overleg gehaald",
    "signaal_verrijkt": "Bekeken wat er bij een signaal al bekend is",
    "signalen_gelezen": "Lijst met signalen bekeken",
    "stop_besproken": "Resultaat van een stop vastgelegd bij het terugkijken",
    "te_herzien_gelezen": "Lijst met te herzien signalen bekeken",
    "tegenvoorstel_aangenomen": "Andere tijd van een partner overgenomen",
    "tegenvoorstel_afgewezen": "Andere tijd van een partner niet overgenomen",
    "trekking_getrokken": "Stops door het lot gekozen",
    "trekking_klaargezet": "Trekking van stops klaargezet: pool en zaad vastgelegd",
    "trekking_vervallen": "Trekking van stops vervallen",
    "triage_afgeweken": "Van een advies van de triage afgeweken, met reden",
    "triage_beantwoord": "Vragen van de triage beantwoord",
    "uitkomsten_gelezen": "Gelezen wat er van de bevindingen van eigen bezoeken werd",
    "uitnodiging_beantwoord": "Partner antwoordde op een uitnodiging",
    "uitnodiging_gewijzigd": "Uitgenodigde de nieuwe tijd gemeld",
    "uitnodiging_ingetrokken": "Uitnodiging van een partner ingetrokken",
    "uitnodigingen_verstuurd": "Uitnodigingen aan partners klaargezet",
    "uren_vastgelegd": "Uren van een actie vastgelegd of verbeterd",
    "vernietigd": "Gegevens vernietigd na hun bewaartermijn",
    "verslag_afgeleverd": "Verslag van binnentreden gegeven of gestuurd, of waarom niet",
    "verslag_begonnen": "Verslag van binnentreden begonnen",
    "verslag_elders": "Verslag van binnentreden is elders gemaakt",
    "verslag_gelezen": "Verslag van binnentreden bekeken",
    "verslag_gewijzigd": "Concept van een verslag van binnentreden gewijzigd",
    "verslag_opgehaald": "Verslag van binnentreden opgehaald als bestand",
    "verslag_vastgesteld": "Verslag van binnentreden vastgesteld",
    "voertuig_bewaard": "Voertuig toegevoegd of gewijzigd",
    "voertuigen_gezet": "Voertuigen van een actie gekozen",
    "wachtwoord_ingetrokken": "Wachtwoord ingetrokken, link voor een nieuw gemaakt",
    "weging_gewijzigd": "Weging van de prioriteit gewijzigd",
    "zorg_vastgelegd": "Aangeboden hulp bij een signaal vastgelegd",
}

OBJECTEN: dict[str, str] = {
    "adresimport": "Import van adressen",
    "auditlogboek": "Auditlogboek",
    "backup": "Backup",
    "checklistversie": "Versie van een checklist",
    "gemeente": "Gemeente",
    "kaartgebied": "Actiegebied of wijk",
    "kolomkeuze": "Kolommen van een bron",
    "locatiedocument": "Document bij een locatie",
    "locatieimport": "Import",
    "locatienotitie": "Notitie bij een locatie",
    "overlastmelding": "Overlastmelding",
    "partij": "Partij",
    "partijrol": "Rol van een partij",
    "quarantaine": "Apart gezet gegeven",
    "risicolocatie": "Locatie",
    "vergunning": "Vergunning",
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
