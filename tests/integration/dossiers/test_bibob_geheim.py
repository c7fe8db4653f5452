"""Wet Bibob art. 28: of a Bibob dossier nobody but the named people sees a word, a number, or that it is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from inspecties.audit.models import Auditregel
from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database import select_voor
from inspecties.database.basis import db
from inspecties.dossiers import bibob, bibob_toegang, looptermijnen, operations, redactie
from inspecties.dossiers.bewijsstukken import voeg_stuk_toe
from inspecties.dossiers.looptermijnen import Begin
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bibob import Bibobbron, Bibobonderzoek, Bibobrelatie, Bibobtoegang, Bibobuitkomst
from inspecties.dossiers.models_brieven import Brief, Kennisgeving
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_traject import Dossiertraject
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.dossiers.rules.verstrekking import Keuze
from inspecties.dossiers.verstrekkingen import bereid, verstrek
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.samenvoegen import inhoud_in_woorden
from inspecties.locaties.splitsen import rijen_van
from inspecties.post.models import Bericht
from inspecties.rapportages.bestanden import SOORTEN
from inspecties.start.herinner_cli import BRONNEN
from tests.integration.dossiers.bibobwereld import begin, bron, collega, stap, uitkomst
from tests.integration.rechten.bewijs_toneel import maak_pdf
from tests.integration.rechten.brieven_toneel import maak_brieven
from tests.integration.rechten.volledig_toneel import maak_volledig
from tests.locatiewereld import maak_locatie, maak_typen
from tests.wereld import Kring, Wereld, aangemeld

KANARIE = "Zeekoetjesblauw"
# Who reads lists of dossiers, terms, proposals or acts.
MET_LIJSTEN = {"coordinator", "kabinet", "auditor", "tweede jurist"}
# Answers that are the same for everybody, or that end the session.
_NIET = ("/sw.js", "/static", "/aanmelden", "/afmelden", "/health", "/veld", "/api/openapi", "/hulp")


def _vul(kring: Kring, wereld: Wereld) -> Dossier:
    """The canary in every text, name and term of a Bibob dossier."""
    maak_typen(kring)
    nu, wie, sessie = wereld.nu, kring.actoren[Rol.JURIST], db.session()
    dossier = begin(kring, nu, maak_locatie(kring, nu, "Salon"), KANARIE)
    for veld in ("samenvatting", "feiten", "waarom_nu", "concept_besluit"):
        operations.wijzig_tekst(sessie, wie, nu, dossier, veld, f"{veld} {KANARIE}")
    operations.voeg_partij_toe(sessie, wie, nu, dossier, f"{KANARIE} BV", "eigenaar")
    bibob.voeg_relatie_toe(sessie, wie, nu, dossier, f"Dhr. {KANARIE}", "vermogen", KANARIE)
    operations.stel_termijn(sessie, wie, nu, dossier, lokale_datum(nu) + timedelta(days=3), f"Brief {KANARIE}")
    sessie.commit()
    dag = lokale_datum(nu)
    stap(wie, nu, dossier, "formulier_gevraagd", verstuurd_op=dag, termijn="14d")
    stap(wie, nu, dossier, "aanvulling_gevraagd", verstuurd_op=dag, termijn="14d", ontbreekt=KANARIE)
    stap(wie, nu, dossier, "formulier_ontvangen", ontvangen_op=dag)
    bron(wie, nu, dossier, KANARIE)
    uitkomst(wie, nu, dossier, "ernstig", motivering=KANARIE, evenredig=KANARIE)
    stap(wie, nu, dossier, "beoordeeld", bibob_uitkomst=KANARIE)
    looptermijnen.start(sessie, wie, nu, dossier, Begin("bibob_advies", dag, KANARIE, "", wie.gebruiker_uid))
    sessie.commit()
    return dossier


def _vul_stukken(kring: Kring, wereld: Wereld, dossier: Dossier) -> dict[str, UUID]:
    """A report with its cover, a conclusion, a letter that was sent, a disclosure and a complete file: by argument."""
    nu, wie, sessie = wereld.nu, kring.actoren[Rol.JURIST], db.session()
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)
    rapport = Stukgegevens("rapportage", f"Rapport {KANARIE}", f"Bron {KANARIE}", nu.date(), "ambtseed")
    pdf = (maak_pdf(KANARIE), "application/pdf", f"{KANARIE}.pdf")
    stuk = voeg_stuk_toe(sessie, wie, nu, opslag, dossier, rapport, set(), pdf)
    conclusie = Stukgegevens("conclusie", KANARIE, "", None, tekst=KANARIE, rust_op=(str(stuk.uid),))
    voeg_stuk_toe(sessie, wie, nu, opslag, dossier, conclusie, {str(stuk.uid)})
    redactie.oordeel(sessie, wie, nu, dossier, redactie.bron_van(stuk), "geheel", "", gezien=0)
    feiten = (f"pand:{dossier.locaties[0].uid}", f"stuk:{stuk.uid}")
    keuze = Keuze("driehoek", "artikel", f"Politie {KANARIE}", "Teamchef", "portaal", KANARIE, feiten)
    gezien = bereid(sessie, wie, nu, opslag, dossier, keuze).hash
    verstrekking = verstrek(sessie, wie, nu, opslag, dossier, replace(keuze, gezien=gezien))
    maak_brieven(wereld, wie, dossier, "bibob_formulier", dossier.belanghebbenden[0])
    brief, kennis = sessie.execute(
        select(Brief.uid, Kennisgeving.uid).join(Kennisgeving).where(Brief.dossier_id == dossier.id)
    ).one()
    making = maak_volledig(wereld, kring, dossier)
    termijn = sessie.scalars(select(Looptermijn.uid).where(Looptermijn.dossier_id == dossier.id)).first()
    assert termijn is not None
    return {
        "stuk_uid": stuk.uid, "brief_uid": brief, "kennis_uid": kennis,
        "/verstrekkingen/": verstrekking.uid, "/dossiers/volledig/": making, "/termijnen/": termijn,
    }  # fmt: skip


# What the arguments of a route can be besides the things of the dossier.
_VAST = {"nr": 1, "veld": "feiten", "soort": "pdf", "briefsoort": "voornemen_bibob"}
_VAN_HET_DOSSIER = ("/dossiers/volledig/", "/dossiers/", "/kabinet/", "/termijnen/", "/verstrekkingen/")
_VAN_DE_PLEK = ("/locaties/", "/api/locaties/", "/api/kaart/locatie/")


def _waarden(regel: Rule, dossier: Dossier, dingen: dict[str, UUID]) -> tuple[dict[str, object], bool] | None:
    """What its URL is filled in with, and whether nobody else opens it; None: it names something else altogether."""
    eigen = next((begin_ for begin_ in _VAN_HET_DOSSIER if regel.rule.startswith(f"{begin_}<uuid:uid>")), None)
    if eigen is not None:
        return {"uid": dingen.get(eigen, dossier.uid), **_VAST, **dingen}, True
    if regel.arguments == {"uid"} and regel.rule.startswith(tuple(f"{begin_}<uuid:uid>" for begin_ in _VAN_DE_PLEK)):
        return {"uid": dossier.locaties[0].uid}, False
    return None


def _paden(app: Flask, dossier: Dossier, dingen: dict[str, UUID]) -> Iterator[tuple[str, bool]]:
    """Every page: without an object, and of this dossier and all in it (then True: nobody else opens it)."""
    bouw = app.url_map.bind("localhost")
    regels: list[Rule] = [r for r in app.url_map.iter_rules() if "GET" in (r.methods or set())]
    for regel in regels:
        if regel.rule.startswith(_NIET):
            continue
        if not regel.arguments:
            yield bouw.build(regel.endpoint), False
        elif regel.endpoint == "rapportages.bestand":
            yield from ((bouw.build(regel.endpoint, {"soort": soort}), False) for soort in SOORTEN)
        elif (gevuld := _waarden(regel, dossier, dingen)) is not None:
            waarden = {naam: gevuld[0][naam] for naam in regel.arguments}
            yield bouw.build(regel.endpoint, waarden), gevuld[1]


def _zoekpaden(dossier: Dossier) -> list[str]:
    return [
        f"{pad}{sep}zoek={woord}"
        for pad, sep in (
            ("/dossiers", "?"),
            ("/locaties", "?"),
            ("/signalen", "?"),
            ("/voorstellen?status=overgenomen", "&"),
        )
        for woord in (KANARIE, dossier.nummer)
    ]


def _anderen(kring: Kring, wereld: Wereld) -> dict[str, Actor]:
    """Everybody but the jurist who began the dossier."""
    anderen = {str(rol): kring.actoren[rol] for rol in sorted(MENSEN - {Rol.JURIST})}
    anderen["tweede jurist"] = collega(kring, wereld.nu, Rol.JURIST, "Jip")
    anderen["andere gemeente"] = wereld.twee.actoren[Rol.JURIST]
    return anderen


def _lekken(client: FlaskClient, dossier: Dossier, paden: Sequence[str], rol: Rol) -> list[str]:
    mis = []
    for pad in paden:
        with client.get(pad) as antwoord:
            leesbaar = antwoord.is_json or (antwoord.mimetype or "").startswith("text/")
            tekst, status = antwoord.get_data(as_text=True) if leesbaar else "", antwoord.status_code
        # What somebody typed themselves comes back in the search box.
        woorden = (KANARIE, dossier.nummer) if "zoek=" not in pad else (f"{KANARIE} ", f"Onderzoek {KANARIE}")
        # The auditor sees who did what when, by the public id of the object, and nothing more.
        woorden += (str(dossier.uid),) if rol is not Rol.AUDITOR else ()
        if status >= 500 or any(w in tekst for w in woorden):
            mis.append(f"{pad}: {status}")
    return mis


def test_niemand_anders_ziet_er_iets_van(app: Flask, wereld: Wereld) -> None:
    kring = wereld.een
    dossier = _vul(kring, wereld)
    dingen = _vul_stukken(kring, wereld, dossier)
    paden = [pad for pad, dicht in _paden(app, dossier, dingen) if not dicht] + _zoekpaden(dossier)
    # Who has nothing to do with dossiers: only the home page.
    mis = {
        naam: _lekken(aangemeld(app, wie, wereld.nu), dossier, paden if naam in MET_LIJSTEN else ["/"], wie.rol)
        for naam, wie in _anderen(kring, wereld).items()
    }
    assert {naam: lekken for naam, lekken in mis.items() if lekken} == {}


def test_niemand_anders_opent_iets_uit_het_dossier(app: Flask, wereld: Wereld) -> None:
    kring = wereld.een
    dossier = _vul(kring, wereld)
    dingen = _vul_stukken(kring, wereld, dossier)
    paden = [pad for pad, dicht in _paden(app, dossier, dingen) if dicht]
    for naam, wie in _anderen(kring, wereld).items():
        client = aangemeld(app, wie, wereld.nu)
        antwoorden = {pad: client.get(pad) for pad in paden}
        assert {pad: a.status for pad, a in antwoorden.items() if a.status_code not in {403, 404}} == {}, naam
        assert [pad for pad, a in antwoorden.items() if KANARIE in a.text or dossier.nummer in a.text] == [], naam
    # The one who is named does open it: the walk above looked in the right places.
    client = wereld.client(Rol.JURIST)
    eigen = {}
    for pad in paden:
        with client.get(pad) as antwoord:
            eigen[pad] = antwoord.status_code
    assert {pad: status for pad, status in eigen.items() if status >= 500} == {}
    geopend = [pad for pad, status in eigen.items() if status == 200]
    assert [naam for naam, uid in dingen.items() if not any(str(uid) in pad for pad in geopend)] == []
    assert len(geopend) > 20


def test_ook_langs_een_omweg_komt_er_niets_uit(wereld: Wereld, klok: VasteKlok) -> None:
    kring, nu, sessie = wereld.een, wereld.nu, db.session()
    dossier = _vul(kring, wereld)
    plek, coordinator = dossier.locaties[0], kring.actoren[Rol.COORDINATOR]
    # Merging and splitting a location count and name what hangs on it.
    assert not any("dossier" in woord for woord in inhoud_in_woorden(sessie, plek))
    assert all(rij.soort != "dossier" for rij in rijen_van(sessie, plek))
    # Nobody's number tells that there is another dossier.
    gewoon = operations.maak_dossier(sessie, kring.actoren[Rol.JURIST], nu, "bouw_wonen", "APV", "Gewoon", [plek])
    assert gewoon.nummer == "2026-0001"
    sessie.commit()
    # A warning by mail names no article and no place; who keeps the outbox reads it too.
    klok.moment += timedelta(days=50)
    for bron_ in BRONNEN.values():
        bron_(sessie, systeem(kring.gemeente.id), klok.nu())
    sessie.commit()
    mails = sessie.scalars(select(Bericht)).all()
    assert mails
    for mail in mails:
        tekst = f"{mail.onderwerp} {mail.tekst} {mail.verwijzing} {mail.pad}"
        assert not any(w in tekst for w in (KANARIE, "Bibob", dossier.nummer, str(dossier.uid)))
    # The log of everybody's acts holds who and when, never what.
    regels = sessie.scalars(select(Auditregel).where(Auditregel.object_uid == str(dossier.uid))).all()
    assert len(regels) > 10
    assert {sleutel for regel in regels for sleutel in regel.gegevens} <= {"doel", "gebruiker"}
    assert {regel.grondslag for regel in regels} == {""}
    # Who reads that log is not told that it is a Bibob dossier either.
    auditor = aangemeld(wereld.app, kring.actoren[Rol.AUDITOR], klok.nu())
    for pad in ("/auditlog", f"/auditlog?zoek={dossier.uid}", "/auditlog?handeling=dossier_gewerkt"):
        assert "bibob" not in auditor.get(pad).text.lower(), pad
    assert "Aan een dossier gewerkt" in auditor.get("/auditlog?handeling=dossier_gewerkt").text
    alles = sessie.scalars(select(Auditregel).where(Auditregel.gemeente_id == kring.gemeente.id)).all()
    assert not any(KANARIE in str(r.gegevens) or dossier.nummer in str(r.gegevens) for r in alles)
    # The coordinator cannot reach it by the rows that hang on it either.
    for model in (Bibobbron, Bibobrelatie, Bibobuitkomst, Bibobtoegang, Bibobonderzoek, Looptermijn, Dossiertraject):
        assert sessie.scalars(select_voor(kring.actoren[Rol.JURIST], model)).all(), model
        assert sessie.scalars(select_voor(coordinator, model)).all() == [], model


def test_het_genoemde_kabinet_leest_wat_voorligt(wereld: Wereld) -> None:
    kring, nu, sessie = wereld.een, wereld.nu, db.session()
    dossier = _vul(kring, wereld)
    wie = sessie.get_one(Gebruiker, kring.actoren[Rol.KABINET].gebruiker_id)
    bibob_toegang.geef_toegang(sessie, kring.actoren[Rol.JURIST], nu, dossier, wie, "Besluit hierover.")
    sessie.commit()
    client, pad = wereld.client(Rol.KABINET), f"/dossiers/{dossier.uid}/bibob"
    assert client.get(pad).status_code == 404, "named, but not submitted yet"
    dossier.toestand, dossier.voorgelegd_op = "voorgelegd", nu
    sessie.commit()
    pagina = client.get(pad)
    assert pagina.status_code == 200
    assert KANARIE in pagina.text
    assert "Uitkomst vastleggen" not in pagina.text
    assert "Besluit hierover." in client.get(f"{pad}/toegang").text
    laatste = sessie.scalars(select(Auditregel).order_by(Auditregel.id.desc())).first()
    assert laatste is not None
    assert (laatste.handeling, laatste.gegevens) == ("dossier_gelezen", {"doel": "besluiten op het dossier"})
