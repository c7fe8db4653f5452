"""What each route asks, and with what its URL is filled in."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

from inspecties.core.rechten import Rol
from tests.integration.rechten import (
    routes_avond,
    routes_bewaren,
    routes_bewijs,
    routes_bibob,
    routes_briefing,
    routes_brieven,
    routes_daarna,
    routes_dossiers,
    routes_factoren,
    routes_inzage,
    routes_kabinet,
    routes_locaties,
    routes_machtigingen,
    routes_oidc,
    routes_partners,
    routes_planbord,
    routes_samen,
    routes_stops,
    routes_toestellen,
    routes_traject,
    routes_uitnodigingen,
    routes_verslagen,
    routes_volledig,
    routes_wonen,
)
from tests.integration.rechten.toneel import Toneel

# endpoint -> right, None: open to everybody (files of the screens, login, health, and what must answer before login).
RECHT_VAN: dict[str, str | None] = {
    **routes_locaties.RECHT_VAN,
    **routes_avond.RECHT_VAN,
    **routes_bibob.RECHT_VAN,
    **routes_bewijs.RECHT_VAN,
    **routes_briefing.RECHT_VAN,
    **routes_brieven.RECHT_VAN,
    **routes_daarna.RECHT_VAN,
    **routes_dossiers.RECHT_VAN,
    **routes_inzage.RECHT_VAN,
    **routes_bewaren.RECHT_VAN,
    **routes_factoren.RECHT_VAN,
    **routes_kabinet.RECHT_VAN,
    **routes_volledig.RECHT_VAN,
    **routes_machtigingen.RECHT_VAN,
    **routes_oidc.RECHT_VAN,
    **routes_partners.RECHT_VAN,
    **routes_planbord.RECHT_VAN,
    **routes_samen.RECHT_VAN,
    **routes_verslagen.RECHT_VAN,
    **routes_stops.RECHT_VAN,
    **routes_toestellen.RECHT_VAN,
    **routes_traject.RECHT_VAN,
    **routes_uitnodigingen.RECHT_VAN,
    **routes_wonen.RECHT_VAN,
    "acties.bepaal_route": "acties.plannen",
    "acties.lijst": "acties.lezen",
    "acties.nieuw": "acties.plannen",
    "acties.partners": "acties.plannen",
    "acties.ploegen": "acties.plannen",
    "acties.stop": "acties.plannen",
    "acties.stops": "acties.plannen",
    "acties.stoptoestand": "acties.plannen",
    "acties.toestand": "acties.plannen",
    "acties.toon": "acties.lezen",
    "acties.verdeel_stops": "acties.plannen",
    "acties.voeg_stops_toe": "acties.plannen",
    "acties.wijzigen": "acties.plannen",
    "acties_api.voortgang": "acties.lezen",
    "adressen.bestand": "adressen.importeren",
    "adressen.bevestigen": "adressen.importeren",
    "adressen.fouten": "adressen.importeren",
    "adressen.verslag": "adressen.importeren",
    "adressen_api.toon": "adressen.zoeken",
    "adressen_api.zoek": "adressen.zoeken",
    "checklists.bestand": "checklists.lezen",
    "checklists.definitie": "checklists.lezen",
    "checklists.dekking": "checklists.lezen",
    "checklists.evaluatie": "checklists.lezen",
    "checklists.inlezen": "checklists.beheren",
    "checklists.intrekken": "checklists.beheren",
    "checklists.lijst": "checklists.lezen",
    "checklists.papier": "checklists.lezen",
    "checklists.publiceren": "checklists.beheren",
    "checklists.tabel": "checklists.lezen",
    "checklists.toon": "checklists.lezen",
    "checklists.vergelijken": "checklists.lezen",
    "checklists.versie": "checklists.lezen",
    "checklists.voorbeeld": "checklists.lezen",
    "checklists.weggooien": "checklists.beheren",
    "controles.apart": "bezoeken.herstellen",
    "controles.beoordeel_apart": "bezoeken.herstellen",
    "controles.beoordeel_gat": "bezoeken.herstellen",
    "controles.bewijsstuk": "bezoeken.lezen",
    "controles.bezoek": "bezoeken.lezen",
    "controles.verschil": "bezoeken.herstellen",
    "fotos.dek_af": "bewijs.afdekken",
    "fotos.foto": "bezoeken.lezen",
    "gebruikers.aanmelden": None,
    "gebruikers.account": "account.beheren",
    "gebruikers.afmelden": "account.beheren",
    "gebruikers.beheer": "gebruikers.beheren",
    "gebruikers.blokkeren": "gebruikers.beheren",
    "gebruikers.deblokkeren": "gebruikers.beheren",
    "gebruikers.gebruiker": "gebruikers.beheren",
    "gebruikers.kies_wachtwoord": None,
    "gebruikers.nieuw": "gebruikers.beheren",
    "gebruikers.wachtwoordlink": "gebruikers.beheren",
    "kenmerken.nieuw": "koppelingen.vastleggen",
    "kenmerken.weghalen": "koppelingen.vastleggen",
    "koppelingen.elders": "koppelingen.elders",
    "koppelingen.geojson": "koppelingen.lezen",
    "koppelingen.kaartscript": "koppelingen.lezen",
    "koppelingen.lijst": "koppelingen.lezen",
    "koppelingen.toon": "koppelingen.lezen",
    "kaart.alle_gebieden": "locaties.lezen",
    "kaart.bewaar_gebied": "locaties.bewerken",
    "kaart.bewaar_weergave": "locaties.lezen",
    "kaart.druk": "locaties.exporteren",
    "kaart.lees_gebieden_in": "locaties.bewerken",
    "kaart.selectie": "locaties.lezen",
    "kaart.verwijder_gebied": "locaties.bewerken",
    "kaart.verwijder_weergave": "locaties.lezen",
    "kaart_api.dichtstbij": "locaties.lezen",
    "kaart_api.gebiedsvormen": "locaties.lezen",
    "kaart_api.locatie": "locaties.lezen",
    "kaart_api.selectie": "locaties.lezen",
    "kaart_api.signaalwarmte": "signalen.lezen",
    "meldroute.afspraak": "signalen.behandelen",
    "meldroute.afwijken": "signalen.behandelen",
    "meldroute.agenda_pdf": "signalen.lezen",
    "meldroute.antwoord": "signalen.behandelen",
    "meldroute.beeindig_bedenktijd": "signalen.behandelen",
    "meldroute.begin_bedenktijd": "signalen.behandelen",
    "meldroute.bekend": "signalen.lezen",
    "meldroute.bezoek": "acties.plannen",
    "meldroute.doorzetten": "signalen.behandelen",
    "meldroute.doorzetting": "signalen.behandelen",
    "meldroute.koppel_dossier": "signalen.behandelen",
    "meldroute.koppel_locatie": "signalen.behandelen",
    "meldroute.koppelen": "signalen.behandelen",
    "meldroute.leg_zorg_vast": "signalen.behandelen",
    "meldroute.navraag": "signalen.behandelen",
    "meldroute.nieuw_overleg": "signalen.behandelen",
    "meldroute.ontkoppel_locatie": "signalen.behandelen",
    "meldroute.op_agenda": "signalen.behandelen",
    "meldroute.overleg": "signalen.lezen",
    "meldroute.overleggen": "signalen.lezen",
    "meldroute.samenvoegen": "signalen.behandelen",
    "meldroute.splitsen": "signalen.behandelen",
    "meldroute.stap": "signalen.behandelen",
    "meldroute.te_laat": "signalen.lezen",
    "meldroute.toewijzen": "signalen.behandelen",
    "meldroute.triagepagina": "signalen.behandelen",
    "meldroute.van_agenda": "signalen.behandelen",
    "meldroute.zonder_antwoord": "signalen.behandelen",
    "meldroute.zorg": "signalen.behandelen",
    "mensenhandel.bewijs": "mensenhandel.beoordelen",
    "mensenhandel.geen_signaal": "mensenhandel.beoordelen",
    "mensenhandel.heropen": "mensenhandel.beoordelen",
    "mensenhandel.lijst": "mensenhandel.beoordelen",
    "mensenhandel.neem_aan": "mensenhandel.beoordelen",
    "mensenhandel.toon": "mensenhandel.beoordelen",
    "offline.manifest": None,
    "offline.service_worker": None,
    "offline.veld": None,
    "offline.veld_diep": None,
    "papier.afronden": "bezoeken.papier",
    "papier.begin": "bezoeken.papier",
    "papier.open_stop": "bezoeken.papier",
    "papier.pagina": "bezoeken.papier",
    "papier.stop_pdf": "acties.lezen",
    "prioriteit.kies": "prioriteit.kiezen",
    "prioriteit.locatie": "locaties.lezen",
    "prioriteit.opslaan": "prioriteit.wegen",
    "prioriteit.suggesties": "locaties.lezen",
    "prioriteit.trek_in": "prioriteit.kiezen",
    "prioriteit.vergelijken": "prioriteit.wegen",
    "prioriteit.weging": "prioriteit.lezen",
    "samenvoegen.geschiedenis": "locaties.lezen",
    "samenvoegen.losmaken": "locaties.samenvoegen",
    "samenvoegen.splits": "locaties.samenvoegen",
    "samenvoegen.vergelijk": "locaties.samenvoegen",
    "samenvoegen.verplaatsen": "locaties.samenvoegen",
    "samenvoegen.zoek": "locaties.samenvoegen",
    "rapportages.bestand": "rapportages.lezen",
    "rapportages.overzicht": "rapportages.lezen",
    "sessie_api.csrf": "account.beheren",
    "signaalmelden.gemeld": "signalen.melden",
    "signaalmelden.inzending": "signalen.melden",
    "signaalmelden.nieuw": "signalen.melden",
    "signaalmelder.betrokkenen": "betrokkenen.lezen",
    "signaalmelder.lees_betrokkenen": "betrokkenen.lezen",
    "signaalmelder.lees_melder": "melder.lezen",
    "signaalmelder.toon_melder": "melder.lezen",
    "signaalmelder.voeg_betrokkene_toe": "betrokkenen.lezen",
    "signalen.lijst": "signalen.lezen",
    "signalen.melden": "signalen.melden",
    "signalen.toon": "signalen.lezen",
    "start.gezond": None,
    "start.home": "startpagina.lezen",
    "start.hulp": "hulp.lezen",
    "start.hulp_rol": "hulp.lezen",
    "start.openapi": None,
    "start.security_txt": None,
    "start.thema": None,
    "static": None,
    "uploads.begin": "operaties.insturen",
    "uploads.hoever": "operaties.insturen",
    "uploads.kunnen": None,
    "uploads.stuk": "operaties.insturen",
    "uploads.weg": "operaties.insturen",
    "veld_api.dienst": "dienst.ophalen",
    "veld_api.stoptoestand": "bezoeken.invullen",
    "veld_api.synchroniseer": "operaties.insturen",
    "veld_api.toestel": "dienst.ophalen",
    "veld_delen.fotos_van_eerder": "dienst.ophalen",
    "veld_delen.tegel": "dienst.ophalen",
    "verband.aansluiten": "samenwerking.beheren",
    "verband.delen": "samenwerking.beheren",
    "verband.lijst": "samenwerking.beheren",
    "verband.oprichten": "samenwerking.beheren",
    "verband.toelaten": "samenwerking.beheren",
    "verband.toon": "samenwerking.beheren",
    "verband.verlaten": "samenwerking.beheren",
}

Vul = Callable[[Toneel, Rol], dict[str, Any]]


def _uid(naam: str) -> Vul:
    return lambda toneel, _rol: {"uid": getattr(toneel, naam)}


def _dossier(**rest: str) -> Vul:
    return lambda toneel, _rol: {"uid": toneel.dossier} | {arg: getattr(toneel, naam) for arg, naam in rest.items()}


def _stop(toneel: Toneel, _rol: Rol) -> dict[str, Any]:
    return {"uid": toneel.actie, "stop_uid": toneel.stop}


def _tekst(toneel: Toneel, _rol: Rol) -> dict[str, Any]:
    return {"uid": toneel.dossier, "veld": "feiten"}


def _upload(toneel: Toneel, rol: Rol) -> dict[str, Any]:
    # An upload is its sender's; who sent none asks for somebody else's.
    return {"uid": toneel.upload.get(rol, toneel.upload[Rol.INSPECTEUR])}


def _papier(toneel: Toneel, rol: Rol) -> dict[str, Any]:
    # A paper is typed over by who began it.
    eigen = toneel.papierinvoer.get(rol, toneel.papierinvoer[Rol.INSPECTEUR])
    return {"uid": toneel.bezoek, "invoer_uid": eigen, "nr": 1}


def _adresproef(toneel: Toneel, rol: Rol) -> dict[str, Any]:
    # A dry run is of who made it.
    return {"uid": toneel.adresproef.get(rol, toneel.adresproef[Rol.COORDINATOR])}


def _meldroute(rij: str) -> Vul:
    def vul(toneel: Toneel, _rol: Rol) -> dict[str, Any]:
        delen = toneel.meldroute
        return {"uid": toneel.signaal, "naar": "verrijken", "rij_uid": delen[rij], "punt_uid": delen["punt"]}

    return vul


def _overleg(toneel: Toneel, _rol: Rol) -> dict[str, Any]:
    return {"uid": toneel.meldroute["overleg"], "punt_uid": toneel.meldroute["punt"]}


# By blueprint; an endpoint of its own goes before it.
PER_BLUEPRINT: dict[str, Vul] = {
    **routes_inzage.PER_BLUEPRINT,
    **routes_bewaren.PER_BLUEPRINT,
    **routes_brieven.PER_BLUEPRINT,
    **routes_briefing.PER_BLUEPRINT,
    **routes_bewijs.PER_BLUEPRINT,
    "acties": _uid("actie"),
    "acties_api": _uid("actie"),
    "adressen": _adresproef,
    "checklists": _uid("checklist"),
    "controles": _uid("bezoek"),
    "dossiers": _uid("dossier"),
    **routes_bibob.PER_BLUEPRINT,
    "gebruikers": _uid("gebruiker"),
    "kenmerken": lambda t, _rol: {"uid": t.locatie, "kenmerk_uid": t.kenmerk},
    "koppelingen": _uid("locatie"),
    "locatiebestanden": _uid("importproef"),
    "locatieimports": lambda t, _rol: {"uid": t.imports["uid"]},
    "locatiefeiten": lambda t, _rol: {"uid": t.locatie, **t.feiten},
    "locaties": _uid("locatie"),
    "machtigingen": _uid("machtiging"),
    **routes_daarna.PER_BLUEPRINT,
    **routes_kabinet.PER_BLUEPRINT,
    **routes_volledig.PER_BLUEPRINT,
    **routes_traject.PER_BLUEPRINT,
    **routes_wonen.PER_BLUEPRINT,
    "planbord": _uid("actie"),
    "planbord_api": _uid("actie"),
    "locatietypen": lambda t, _rol: {"uid": t.samen["soort"]},
    "samenvoegen": lambda t, _rol: {"uid": t.locatie, **t.samen},
    "meldroute": _meldroute("overleg"),
    "mensenhandel": _uid("mensenhandel"),
    "papier": _papier,
    "partners": routes_partners.BLUEPRINT,
    "prioriteit": _uid("locatie"),
    "signaalmelder": _uid("signaal"),
    "signalen": _uid("signaal"),
    "termijnen": _uid("looptermijn"),
    "toets": _uid("toetsdossier"),
    "uploads": _upload,
    "verband": _uid("verbandlid"),
    "verslagen": _uid("verslag"),
}
PER_ENDPOINT: dict[str, Vul] = {
    **routes_bewijs.PER_ENDPOINT,
    **routes_daarna.PER_ENDPOINT,
    **routes_kabinet.PER_ENDPOINT,
    **routes_volledig.PER_ENDPOINT,
    **routes_inzage.PER_ENDPOINT,
    **routes_partners.PER_ENDPOINT,
    **routes_stops.PER_ENDPOINT,
    **routes_uitnodigingen.PER_ENDPOINT,
    "kaart_api.locatie": _uid("locatie"),
    "adressen_api.toon": lambda toneel, _rol: {"sleutel": str(toneel.adres)},
    "acties.laat_stop_vervallen": _stop,
    "acties.stop": _stop,
    "acties.avondstop": _stop,
    "acties.stoptoestand": _stop,
    "machtigingen.stop": _stop,
    "verslagen.begin": lambda toneel, _rol: {"stop_uid": toneel.stop},
    "checklists.bestand": lambda toneel, _rol: {"uid": toneel.checklistversie, "formaat": "csv"},
    "checklists.definitie": _uid("checklistversie"),
    "checklists.dekking": _uid("checklistversie"),
    "checklists.evaluatie": _uid("checklistversie"),
    "checklists.intrekken": _uid("checklistversie"),
    "checklists.publiceren": _uid("checklistversie"),
    "checklists.tabel": lambda toneel, _rol: {"uid": toneel.checklistversie, "naam": "landen"},
    "checklists.papier": lambda t, _rol: {"uid": t.checklist, "versie_uid": t.checklistversie},
    "checklists.versie": _uid("checklistversie"),
    "checklists.voorbeeld": _uid("checklistversie"),
    "checklists.weggooien": _uid("checklistversie"),
    "controles.beoordeel_apart": _uid("apart"),
    "controles.beoordeel_gat": _uid("gat"),
    "controles.bewijsstuk": lambda toneel, _rol: {"uid": toneel.bezoek, "sha256": toneel.bewijs_sha},
    "fotos.dek_af": lambda toneel, _rol: {"uid": toneel.bezoek, "sha256": toneel.bewijs_sha},
    "fotos.foto": lambda toneel, _rol: {"uid": toneel.bezoek, "sha256": toneel.bewijs_sha},
    "dossiers.beoordeel": _uid("open_bevinding"),
    "dossiers.bewaar_tekst": _tekst,
    "dossiers.bewijsbeeld": _dossier(stuk_uid="bewijs"),
    "dossiers.haal_voorstel_uit": _dossier(voorstel_uid="voorstel"),
    "dossiers.heropen": _uid("bevinding"),
    "dossiers.plaats": _uid("bevinding"),
    "dossiers.tekst": _tekst,
    "dossiers.verwijder_bewijs": _dossier(rij_uid="dossierbewijs"),
    "dossiers.verwijder_partij": _dossier(partij_uid="partij"),
    "dossiers.voorstel": _uid("open_bevinding"),
    "termijnen.begin": _uid("dossier"),
    "termijnen.nieuw": _uid("dossier"),
    "termijnen.van_dossier": _uid("dossier"),
    "toets.invullen": _uid("dossier"),
    "kaart.verwijder_gebied": lambda t, _rol: {"uid": t.kaart["gebied"]},
    "kaart.verwijder_weergave": lambda t, rol: {"uid": t.kaart[rol.value]},
    **{f"meldroute.{naam}": _overleg for naam in ("overleg", "agenda_pdf", "afspraak", "van_agenda")},
    **{
        f"meldroute.{naam}": _meldroute("doorzetting")
        for naam in ("doorzetting", "antwoord", "zonder_antwoord", "navraag")
    },
    "meldroute.beeindig_bedenktijd": _meldroute("bedenktijd"),
    "papier.open_stop": _stop,
    "prioriteit.trek_in": lambda t, _rol: {"uid": t.locatie, "keuze_uid": t.keuze},
    "papier.stop_pdf": _stop,
    "locatiebestanden.vergeten": lambda t, _rol: {"uid": t.imports["bron"]},
    "locatiefeiten.partij": lambda t, _rol: {"uid": t.feiten["partij"]},
    "locatiefeiten.partij_wijzigen": lambda t, _rol: {"uid": t.feiten["partij"]},
    "mensenhandel.bewijs": lambda toneel, _rol: {"uid": toneel.mensenhandel, "sha256": toneel.mensenhandel_sha},
    "veld_api.stoptoestand": _uid("stop"),
    **routes_samen.PER_ENDPOINT,
    **routes_toestellen.PER_ENDPOINT,
    "veld_delen.fotos_van_eerder": _uid("stop"),
    "veld_delen.tegel": lambda toneel, _rol: dict(zip("zxy", toneel.tegel, strict=True)),
}
# Parts of a URL that are no object of a gemeente.
VAST: dict[str, Any] = {
    "bewijs": "onzin",
    "briefsoort": "uitnodiging_zienswijze",
    "filename": "manifest.json",
    "formaat": "csv",
    "pad": "stops",
    "rol": "inspecteur",
    "soort": "maanden",
}


def waarden_voor(regel: Rule, toneel: Toneel, rol: Rol) -> dict[str, Any]:
    """The values in the URL of a route; empty where it names no object. KeyError: a route nobody thought of yet."""
    namen = regel.arguments
    if not namen:
        return {}
    if namen <= set(VAST) and regel.endpoint not in PER_ENDPOINT:
        return {naam: VAST[naam] for naam in namen}
    vul = PER_ENDPOINT.get(regel.endpoint) or PER_BLUEPRINT[regel.endpoint.split(".")[0]]
    waarden = vul(toneel, rol)
    return {naam: waarden[naam] for naam in namen}


def noemt_object(regel: Rule) -> bool:
    """Whether the URL names something that belongs to a gemeente."""
    return not regel.arguments <= set(VAST) or regel.endpoint in PER_ENDPOINT
