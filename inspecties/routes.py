"""Every blueprint, in one list."""

from flask import Flask

from inspecties.acties import afspraken_views as afspraken
from inspecties.acties import agenda_views as actieagenda
from inspecties.acties import agendafeed_views as agendafeed
from inspecties.acties import api as acties_api
from inspecties.acties import briefing_views as briefing
from inspecties.acties import daarna_views as daarna
from inspecties.acties import gereed_views as gereedheid
from inspecties.acties import machtiging_views as machtigingen
from inspecties.acties import paginas as acties
from inspecties.acties import planbord_views as planbord
from inspecties.acties import uitnodiging_pagina, uitnodigingen_views
from inspecties.acties import verslag_views as verslagen
from inspecties.acties import voertuigen_views as voertuigen
from inspecties.acties.avondtablet import SLEUTEL as AVONDTABLETTEN
from inspecties.acties.daarna_queries import VOORSTELLEN as STOPVOORSTELLEN
from inspecties.acties.hercontroles import SLEUTEL as HERCONTROLES
from inspecties.acties.stops_plan import STOPDUREN
from inspecties.acties.uitkomsten import MELDER as STOPMELDER
from inspecties.acties.uitkomsten import SLEUTEL as STOPUITKOMSTEN
from inspecties.acties.uitnodigingen_mail import verwerk as verwerk_antwoord
from inspecties.acties.verslag_bron import SLEUTEL as DEURBERICHTEN
from inspecties.audit import views as audit
from inspecties.checklists import blueprint as checklists
from inspecties.checklists import gebruik as checklistgebruik
from inspecties.controles import foto_views as fotos
from inspecties.controles import kwijt_views as toestellen
from inspecties.controles import mensenhandel_views as mensenhandel
from inspecties.controles import papier_blauwdruk as papier
from inspecties.controles import views as controles
from inspecties.controles.avondtabletten import tabletten_van
from inspecties.controles.bezoeken import zet_stoptoestand
from inspecties.controles.checklistgebruik import bezoeken_per_versie, geplande_stops
from inspecties.controles.deurberichten import deurberichten
from inspecties.controles.duren import bezoekduren
from inspecties.controles.kwijt_queries import toestellen_van_gebruiker
from inspecties.controles.mensenhandel_queries import herkomst_van
from inspecties.controles.uitkomsten import uitkomsten_van_stops
from inspecties.dossiers import besluitnemer_views as besloten
from inspecties.dossiers import bewijs_views as bewijs
from inspecties.dossiers import bibob_views as bibob
from inspecties.dossiers import blueprint as dossiers
from inspecties.dossiers import boete_views as boete
from inspecties.dossiers import brief_verzend_views as brieven
from inspecties.dossiers import kabinet_blauwdruk as bureau
from inspecties.dossiers import last_views as last
from inspecties.dossiers import redactie_views as redactie
from inspecties.dossiers import samenstelling_views as samenstelling
from inspecties.dossiers import sjabloon_views as sjablonen
from inspecties.dossiers import termijn_views as termijnen
from inspecties.dossiers import toets_views as toets
from inspecties.dossiers import traject_views as traject
from inspecties.dossiers import verstrekking_views as doorzetten
from inspecties.dossiers import vervanging_views as vervanging
from inspecties.dossiers import volledig_views as volledig
from inspecties.dossiers import wonen_views as wonen
from inspecties.dossiers import wpg_blauwdruk as politiegegevens
from inspecties.dossiers.hercontroles import gevraagde_hercontroles
from inspecties.dossiers.stopvoorstellen import voorstellen_van_stops
from inspecties.gebruikers import api as sessie_api
from inspecties.gebruikers import berichten as gebruikersberichten
from inspecties.gebruikers import factoren_stap_views as factoren
from inspecties.gebruikers import oidc_views as oidc
from inspecties.gebruikers import passkeys_api, sessiebeheer
from inspecties.gebruikers import sessiebeheer_views as gebruikers
from inspecties.gebruikers import verband_views as verband
from inspecties.gebruikers.stap_op import vraag_bevestiging
from inspecties.locaties import (
    adres_api,
    adres_views,
    adresbron,
    kaartapi,
    kaartlagen,
    kaartpaginas,
    panelen,
    prioriteit_bronnen,
    samenvoegen_views,
    tijdlijn,
    typen,
    typen_views,
)
from inspecties.locaties import api as locaties_api
from inspecties.locaties import feitenpaginas as locatiefeiten
from inspecties.locaties import kenmerken_views as kenmerken
from inspecties.locaties import koppelingen_views as koppelingen
from inspecties.locaties import prioriteit_views as prioriteit
from inspecties.locaties import uitwisseling_views as locatiebestanden
from inspecties.locaties import uitwisseling_views_imports as locatieimports
from inspecties.locaties import views as locaties
from inspecties.offline import api as veld_api
from inspecties.offline import api_delen as veld_delen
from inspecties.offline import redding_views as redding
from inspecties.offline import samen_api, uitkomsten_views
from inspecties.offline import uploads as veld_uploads
from inspecties.offline import views as veld
from inspecties.partners import blauwdruk as partners
from inspecties.post import inname
from inspecties.post import views as post
from inspecties.rapportages import views as rapportages
from inspecties.signalen import bewaren_views as signaalbewaren
from inspecties.signalen import melden_views as signaalmelden
from inspecties.signalen import melder_views as signaalmelder
from inspecties.signalen import views as signalen
from inspecties.signalen import views_route_blauwdruk as meldroute
from inspecties.signalen.herkomst import SLEUTEL as SIGNAALHERKOMST
from inspecties.signalen.kaart import signaalplekken
from inspecties.signalen.koppelen import ACTIEPORT, DOSSIERZOEKER
from inspecties.start import bekijk_als_views as bekijk_als
from inspecties.start import bewaar_views as bewaren
from inspecties.start import inzage_paginas as inzage
from inspecties.start import locatiebronnen, locatiepanelen, locatietypen, prioriteitbronnen, signaalkoppelingen
from inspecties.start import register_views as register
from inspecties.start import views as start
from inspecties.start.gebruikerspost import Gebruikerspost
from inspecties.web.poort import BEVESTIGING

BLUEPRINTS = (
    start.bp,
    gebruikers.bp,
    factoren.bp,
    passkeys_api.bp,
    oidc.bp,
    bekijk_als.bp,
    audit.bp,
    inzage.bp,
    bewaren.bp,
    register.bp,
    signalen.bp,
    meldroute.bp,
    signaalmelden.bp,
    signaalmelder.bp,
    signaalbewaren.bp,
    rapportages.bp,
    sessie_api.bp,
    locaties.bp,
    locatiefeiten.bp,
    typen_views.bp,
    samenvoegen_views.bp,
    locatiebestanden.bp,
    locatieimports.bp,
    prioriteit.bp,
    locaties_api.bp,
    kaartapi.bp,
    kaartpaginas.bp,
    adres_views.bp,
    adres_api.bp,
    kenmerken.bp,
    koppelingen.bp,
    verband.bp,
    checklists.bp,
    partners.bp,
    acties.bp,
    acties_api.bp,
    machtigingen.bp,
    planbord.bp,
    planbord.api,
    agendafeed.bp,
    uitnodigingen_views.bp,
    uitnodiging_pagina.bp,
    post.bp,
    daarna.bp,
    afspraken.bp,
    actieagenda.bp,
    voertuigen.bp,
    verslagen.bp,
    gereedheid.bp,
    briefing.bp,
    controles.bp,
    toestellen.bp,
    fotos.bp,
    papier.bp,
    mensenhandel.bp,
    dossiers.bp,
    bewijs.bp,
    politiegegevens.bp,
    redactie.bp,
    samenstelling.bp,
    doorzetten.bp,
    brieven.bp,
    sjablonen.bp,
    termijnen.bp,
    toets.bp,
    volledig.bp,
    traject.bp,
    wonen.bp,
    last.bp,
    besloten.bp,
    boete.bp,
    bureau.bp,
    vervanging.bp,
    bibob.bp,
    veld_api.bp,
    veld_delen.bp,
    samen_api.bp,
    uitkomsten_views.bp,
    redding.bp,
    veld_uploads.bp,
    veld.bp,
)


def plaats_routes(app: Flask) -> None:
    """Register all blueprints."""
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
    app.extensions[BEVESTIGING] = vraag_bevestiging
    app.extensions[gebruikersberichten.SLEUTEL] = Gebruikerspost()
    app.extensions[tijdlijn.BRONNEN] = locatiebronnen.BRONNEN
    inst = app.extensions["instellingen"]
    app.extensions[adresbron.SLEUTEL] = adresbron.maak_adresbron(inst.adresbron, inst.pdok_url)
    app.extensions[typen.CHECKLISTS] = locatietypen.checklists
    app.extensions[panelen.SLEUTEL] = locatiepanelen.PANELEN
    app.extensions[checklistgebruik.GEPLAND] = geplande_stops
    app.extensions[checklistgebruik.BEZOEKEN] = bezoeken_per_versie
    app.extensions[inname.SLEUTEL] = verwerk_antwoord
    app.extensions[STOPUITKOMSTEN] = uitkomsten_van_stops
    app.extensions[STOPMELDER] = zet_stoptoestand
    app.extensions[STOPVOORSTELLEN] = voorstellen_van_stops
    app.extensions[HERCONTROLES] = gevraagde_hercontroles
    app.extensions[DEURBERICHTEN] = deurberichten
    app.extensions[AVONDTABLETTEN] = tabletten_van
    app.extensions[sessiebeheer.SLEUTEL] = toestellen_van_gebruiker
    app.extensions[STOPDUREN] = bezoekduren
    app.extensions[SIGNAALHERKOMST] = herkomst_van
    app.extensions[ACTIEPORT] = signaalkoppelingen.PORT
    app.extensions[DOSSIERZOEKER] = signaalkoppelingen.zoek_dossier
    app.extensions[prioriteit_bronnen.SLEUTEL] = prioriteitbronnen.BRONNEN
    app.extensions[kaartlagen.SIGNAALPLEKKEN] = signaalplekken
