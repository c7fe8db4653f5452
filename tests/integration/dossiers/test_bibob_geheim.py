"""Wet Bibob art. 28: of a Bibob dossier nobody but the named people sees a word, a number, or that it is there."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from inspecties.audit.models import Auditregel
from inspecties.core.actor import systeem
from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database import select_voor
from inspecties.database.basis import db
from inspecties.dossiers import bibob, bibob_toegang, looptermijnen, operations
from inspecties.dossiers.looptermijnen import Begin
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bibob import Bibobbron, Bibobonderzoek, Bibobrelatie, Bibobtoegang, Bibobuitkomst
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_traject import Dossiertraject
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.samenvoegen import inhoud_in_woorden
from inspecties.locaties.splitsen import rijen_van
from inspecties.post.models import Bericht
from inspecties.start.herinner_cli import BRONNEN
from tests.integration.dossiers.bibobwereld import begin, bron, collega, stap, uitkomst
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


def _paden(app: Flask, dossier: Dossier) -> Iterator[tuple[str, bool]]:
    """Every page: those without an object, and those of this dossier and its term (then True: nobody else opens it)."""
    termijn = db.session.scalars(select(Looptermijn.uid).where(Looptermijn.dossier_id == dossier.id)).first()
    locatie = dossier.locaties[0].uid
    bouw = app.url_map.bind("localhost")
    regels: list[Rule] = [r for r in app.url_map.iter_rules() if "GET" in (r.methods or set())]
    for regel in regels:
        if regel.rule.startswith(_NIET):
            continue
        if not regel.arguments:
            yield bouw.build(regel.endpoint), False
        elif regel.arguments == {"uid"}:
            groep = regel.rule.split("/")[1]
            uid = {"dossiers": dossier.uid, "kabinet": dossier.uid, "termijnen": termijn, "locaties": locatie}.get(
                groep
            )
            if uid is not None and "<uuid:uid>" in regel.rule:
                yield bouw.build(regel.endpoint, {"uid": uid}), groep != "locaties"


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


def _lekken(client: FlaskClient, dossier: Dossier, app: Flask, rol: Rol, *, alles: bool = True) -> list[str]:
    mis = []
    paden = [*_paden(app, dossier), *((p, False) for p in _zoekpaden(dossier))]
    for pad, dicht in paden:
        # Who has nothing to do with dossiers: only what is of this one, and the home page.
        if not (alles or dicht or pad == "/"):
            continue
        with client.get(pad) as antwoord:
            leesbaar = antwoord.is_json or (antwoord.mimetype or "").startswith("text/")
            tekst, status = antwoord.get_data(as_text=True) if leesbaar else "", antwoord.status_code
        # What somebody typed themselves comes back in the search box.
        woorden = (KANARIE, dossier.nummer) if "zoek=" not in pad else (f"{KANARIE} ", f"Onderzoek {KANARIE}")
        # The auditor sees who did what when, by the public id of the object, and nothing more.
        woorden += (str(dossier.uid),) if rol is not Rol.AUDITOR and not dicht else ()
        if status >= 500 or any(w in tekst for w in woorden) or (dicht and status not in {403, 404}):
            mis.append(f"{pad}: {status}")
    return mis


def test_niemand_anders_ziet_er_iets_van(app: Flask, wereld: Wereld) -> None:
    kring = wereld.een
    dossier = _vul(kring, wereld)
    anderen = {str(rol): kring.actoren[rol] for rol in sorted(MENSEN - {Rol.JURIST})}
    anderen["tweede jurist"] = collega(kring, wereld.nu, Rol.JURIST, "Jip")
    anderen["andere gemeente"] = wereld.twee.actoren[Rol.JURIST]
    mis = {
        naam: _lekken(aangemeld(app, wie, wereld.nu), dossier, app, wie.rol, alles=naam in MET_LIJSTEN)
        for naam, wie in anderen.items()
    }
    assert {naam: lekken for naam, lekken in mis.items() if lekken} == {}
    # The one who is named does see it: the walk above looked in the right places.
    assert len(_lekken(wereld.client(Rol.JURIST), dossier, app, Rol.JURIST, alles=False)) > 5


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
