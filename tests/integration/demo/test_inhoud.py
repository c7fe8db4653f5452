"""The loaded demo is the world of the foundation issue: figures, accounts, today's action, dossiers in every state."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from inspecties.acties.models import Actie, Deelname, Ploeg, Stop
from inspecties.checklists.models import Checklist, Checklistversie
from inspecties.checklists.rules.vergelijken import vergelijk
from inspecties.controles.mensenhandel_queries import tel_open
from inspecties.controles.models import Bevinding, Signaaloordeel
from inspecties.core.actor import systeem
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.demo.accounts import ACCOUNTS, GEMEENTECODES, Account
from inspecties.demo.lader.checklists import MET_VERLEDEN
from inspecties.demo.lader.kring import lees_kring
from inspecties.demo.wereld import Wereld
from inspecties.dossiers.models import Besluit, Dossier, Dossierlezer, Stuk, Voorstel
from inspecties.dossiers.rules.toestanden import DOSSIER_TABEL_1
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap
from inspecties.gebruikers.rules.thema import controleer as controleer_thema
from inspecties.locaties.models import Adres, Locatietype, Risicolocatie
from inspecties.rapportages.models import Norm
from inspecties.signalen.models import Signaal
from tests.conftest import NU
from tests.integration.demo.conftest import Demo

# Loading takes a quarter of a minute on a machine of its own; beside other work it may take several times that.
pytestmark = pytest.mark.timeout(900)


def _gemeente(naam: str) -> Gemeente:
    return db.session.scalars(select(Gemeente).where(Gemeente.naam == naam)).one()


def _tel(model: Any, naam: str) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(model).where(model.gemeente_id == _gemeente(naam).id)) or 0
    )


def _client(demo: Demo, email: str, wachtwoord: str | None = None) -> tuple[Any, Any]:
    client = demo.app.test_client()
    token = _formtoken(client)
    antwoord = client.post(
        "/aanmelden", data={"csrf_token": token, "email": email, "wachtwoord": wachtwoord or demo.wachtwoord}
    )
    return client, antwoord


def _formtoken(client: Any) -> str:
    html = client.get("/aanmelden").get_data(as_text=True)
    deel: str = html.split('name="csrf_token"', 1)[1].split('value="', 1)[1]
    return deel.split('"', 1)[0]


def test_de_aantallen_van_markerwaard(demo: Demo) -> None:
    assert _tel(Adres, "Markerwaard") == 4000
    assert _tel(Risicolocatie, "Markerwaard") == 160
    gemeld = db.session.scalars(select(Signaal).where(Signaal.gemeente_id == _gemeente("Markerwaard").id)).all()
    # Besides what people reported there is what came of visits (test_signalen_uit_bezoeken).
    assert sum(s.bron != "controle" for s in gemeld) == 90
    typen = db.session.execute(
        select(Locatietype.code, func.count(Risicolocatie.id))
        .outerjoin(Risicolocatie, Risicolocatie.locatietype_id == Locatietype.id)
        .where(Locatietype.gemeente_id == _gemeente("Markerwaard").id)
        .group_by(Locatietype.code)
    ).all()
    assert len(typen) == 13
    assert all(aantal > 0 for _, aantal in typen)


def test_houtribdijk_is_een_eigen_gemeente(demo: Demo, bron: Wereld) -> None:
    klein = bron.gemeente("Houtribdijk")
    assert _tel(Risicolocatie, "Houtribdijk") == len(klein.locaties)
    assert _tel(Adres, "Houtribdijk") == len(klein.adressen)
    assert _tel(Signaal, "Houtribdijk") == len(klein.signalen)
    assert _tel(Actie, "Houtribdijk") == len(klein.acties)


def test_de_codes_zijn_die_van_de_wereld(bron: Wereld) -> None:
    assert {g.naam: g.code for g in bron.gemeenten} == GEMEENTECODES


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda a: a.email)
def test_elk_account_komt_binnen(demo: Demo, account: Account) -> None:
    client, antwoord = _client(demo, account.email)
    assert antwoord.status_code == 302
    wie = client.get("/api/csrf").get_json()["gebruiker"]
    assert (wie["rol"], wie["gemeente"]) == (account.rol.value, account.gemeente)


def test_een_ander_wachtwoord_komt_niet_binnen(demo: Demo) -> None:
    client, _ = _client(demo, ACCOUNTS[0].email, demo.wachtwoord + "x")
    assert client.get("/api/csrf").status_code == 401


def test_partners_horen_bij_hun_organisatie(demo: Demo) -> None:
    rijen = db.session.execute(
        select(Gebruiker.email, Lidmaatschap).join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
    )
    soorten = {email: lid.organisatie.soort for email, lid in rijen if lid.rol == Rol.PARTNER}
    assert soorten == {a.email: a.organisatie for a in ACCOUNTS if a.organisatie}


def test_instellingen_van_de_gemeente(demo: Demo) -> None:
    for naam in GEMEENTECODES:
        gemeente = _gemeente(naam)
        assert gemeente.thema
        assert controleer_thema(gemeente.thema) == {}
        assert gemeente.normen == {"m2_pp": 12}
        assert gemeente.grens_wkt.startswith("POLYGON")
        sleutel = gemeente.herstel_jwk or {}
        assert (sleutel["kty"], sleutel["alg"], sleutel["e"]) == ("RSA", "RSA-OAEP-256", "AQAB")
        assert not {"d", "p", "q"} & set(sleutel)
        assert (demo.data / f"demo-herstelsleutel-{gemeente.code}.json").stat().st_mode & 0o077 == 0
        assert _tel(Norm, naam) > 0


def test_de_checklists_zijn_gepubliceerd(demo: Demo) -> None:
    codes = db.session.scalars(
        select(Checklist.code)
        .join(Checklistversie)
        .where(Checklistversie.status == "gepubliceerd", Checklist.gemeente_id == _gemeente("Markerwaard").id)
    ).all()
    typen = db.session.scalars(select(Locatietype.checklist_code)).all()
    assert set(typen) <= set(codes)
    assert len(codes) == len(set(codes)) == 6


def test_de_kaart_ziet_de_locaties_en_de_achtergrond(demo: Demo) -> None:
    client, _ = _client(demo, "coordinator@markerwaard.example")
    vak = "bbox=5.0,52.4,5.5,52.7"
    los = client.get(f"/api/locaties?{vak}&zoom=17").get_json()["features"]
    assert len(los) == 160
    trossen = client.get(f"/api/locaties?{vak}&zoom=11").get_json()["features"]
    assert len(trossen) < 160
    assert sum(t["properties"].get("aantal", 1) for t in trossen) == 160
    achtergrond = client.get("/api/achtergrond").get_json()["features"]
    assert {"weg", "water", "wijk", "gebouw", "gemeente"} <= {f["properties"]["laag"] for f in achtergrond}


def _acties_van(dag: Any) -> list[Actie]:
    rijen = db.session.scalars(select(Actie).where(Actie.gemeente_id == _gemeente("Markerwaard").id)).all()
    return [a for a in rijen if lokale_datum(a.begin_op) == dag]


def test_er_is_een_actie_voor_vandaag(demo: Demo) -> None:
    (actie,) = _acties_van(lokale_datum(NU))
    assert actie.toestand == "gereed"
    leden = {lid.gebruiker.email.partition("@")[0] for p in actie.ploegen for lid in p.leden}
    assert leden == {"inspecteur1", "inspecteur2", "politie", "nla", "omgevingsdienst"}
    assert {d.organisatie.soort: d.status for d in actie.deelnames} == dict.fromkeys(
        ("politie", "nla", "omgevingsdienst"), "toegezegd"
    )
    stops = db.session.scalars(select(Stop).where(Stop.actie_id == actie.id)).all()
    assert {s.toestand for s in stops} == {"gepland"}
    for ploeg in actie.ploegen:
        volgorde = sorted(s.volgorde for s in stops if s.ploeg_id == ploeg.id)
        assert volgorde == list(range(1, len(volgorde) + 1))
        assert volgorde


@pytest.mark.parametrize("wie", ["inspecteur1", "inspecteur2", "politie", "nla", "omgevingsdienst"])
def test_het_pak_van_vandaag(demo: Demo, wie: str) -> None:
    client, _ = _client(demo, f"{wie}@markerwaard.example")
    pak = client.get(f"/api/dienst?datum={lokale_datum(NU).isoformat()}").get_json()
    (actie,) = pak["acties"]
    assert actie["stops"]
    for stop in actie["stops"]:
        assert stop["adres"]
        assert stop["checklists"]
        assert set(stop["checklists"]) <= set(pak["definities"])
    assert len(pak["achtergrond"]["features"]) > 20


def test_een_jaar_met_acties_en_resultaten(demo: Demo, bron: Wereld) -> None:
    gid = _gemeente("Markerwaard").id
    acties = db.session.scalars(select(Actie).where(Actie.gemeente_id == gid)).all()
    assert Counter(a.toestand for a in acties) == Counter(a.toestand for a in bron.gemeente("Markerwaard").acties)
    voorbij = [a for a in acties if a.toestand == "afgerond"]
    assert (NU - min(a.begin_op for a in voorbij)).days > 300
    stops = db.session.scalars(select(Stop).where(Stop.actie_id.in_([a.id for a in voorbij]))).all()
    verwacht = Counter(
        s.toestand for a in bron.gemeente("Markerwaard").acties if a.toestand == "afgerond" for s in a.stops
    )
    assert Counter(s.toestand for s in stops) == verwacht
    assert db.session.scalar(select(func.count()).select_from(Ploeg).where(~Ploeg.leden.any())) == 0
    assert _tel(Deelname, "Markerwaard") > 20


def test_dossiers_in_elke_toestand(demo: Demo) -> None:
    dossiers = db.session.scalars(select(Dossier)).all()
    assert {d.toestand for d in dossiers} == set(DOSSIER_TABEL_1.namen)
    assert {d.soort for d in dossiers} == {"sluiting", "bouw_wonen", "bibob"}
    for dossier in dossiers:
        voorstellen = db.session.scalars(select(Voorstel).where(Voorstel.dossier_id == dossier.id)).all()
        # What carries a Bibob dossier does not show on the side of the control.
        assert bool(voorstellen) == (dossier.soort != "bibob")
        assert all(v.status == "overgenomen" and v.reden and v.beoordeeld_door_id for v in voorstellen)
        assert dossier.belanghebbenden
        assert bool(dossier.stukken) == (dossier.voorgelegd_op is not None)
        # A Bibob dossier has its own investigation instead of facts from findings.
        feiten = bool(dossier.feiten) or dossier.soort == "bibob"
        assert (feiten and dossier.beslissen_voor is not None) == (dossier.voorgelegd_op is not None)
        if dossier.toestand in ("akkoord", "afgewezen", "teruggestuurd"):
            assert dossier.besluiten[-1].soort == dossier.toestand


def test_het_kabinet_besluit_nooit_over_eigen_werk(demo: Demo) -> None:
    besluiten = db.session.scalars(select(Besluit)).all()
    rollen = {lid.gebruiker_id: lid.rol for lid in db.session.scalars(select(Lidmaatschap))}
    assert {rollen[b.besloten_door_id] for b in besluiten} == {"kabinet"}
    assert {rollen[b.opgesteld_door_id] for b in besluiten} == {"jurist"}
    stukken = {s.sha256 for s in db.session.scalars(select(Stuk))}
    assert {b.stuk_sha256 for b in besluiten} <= stukken


def test_het_kabinet_ziet_wat_voorligt_met_een_datum_in_de_toekomst(demo: Demo) -> None:
    client, _ = _client(demo, "kabinet@markerwaard.example")
    assert client.get("/kabinet").status_code == 200
    voor = db.session.scalars(select(Dossier).where(Dossier.toestand == "voorgelegd")).all()
    assert voor
    assert all(d.beslissen_voor and d.beslissen_voor > lokale_datum(NU) for d in voor)


def test_bibob_is_alleen_voor_wie_genoemd_is(demo: Demo) -> None:
    gid = _gemeente("Markerwaard").id
    bibob = db.session.scalars(select(Dossier.id).where(Dossier.soort == "bibob")).all()
    lezers = db.session.scalars(select(Dossierlezer.dossier_id).where(Dossierlezer.gemeente_id == gid)).all()
    assert set(lezers) == set(bibob)


def test_er_liggen_open_voorstellen(demo: Demo) -> None:
    """Findings of the last weeks wait for a person; older ones were judged with a reason."""
    status = Counter(db.session.scalars(select(Voorstel.status)))
    assert status["overgenomen"] > 20
    assert status["afgewezen"] > 20
    assert all(db.session.scalars(select(Voorstel.reden)))


def test_signalen_uit_bezoeken(demo: Demo) -> None:
    """In the queue of the aandachtsfunctionaris some wait, a hard one among them; that person judged the rest."""
    gid = _gemeente("Markerwaard").id
    actor = lees_kring(db.session(), GEMEENTECODES["Markerwaard"]).actoren["aandacht"]
    totaal, hard = tel_open(db.session(), actor)
    assert totaal > hard > 0
    oordelen = db.session.scalars(select(Signaaloordeel).where(Signaaloordeel.gemeente_id == gid)).all()
    assert {o.toestand for o in oordelen} == {"aangenomen", "geen_signaal"}
    assert {stap.door_id for o in oordelen for stap in o.stappen} == {actor.gebruiker_id}
    uit_bezoek = db.session.scalars(select(Signaal.id).where(Signaal.bron == "controle")).all()
    assert set(uit_bezoek) == {o.signaal_id for o in oordelen if o.signaal_id}
    signalen = select(Bevinding.id).where(Bevinding.alleen_signalen())
    assert db.session.scalars(select(Voorstel).where(Voorstel.bevinding_id.in_(signalen))).all() == []


def test_signalen_lopen_door_de_meldroute(demo: Demo) -> None:
    rijen = db.session.scalars(select(Signaal)).all()
    assert {s.status for s in rijen} == {
        "ontvangen",
        "verrijken",
        "bespreken",
        "doorgezet",
        "teruggekoppeld",
        "afgesloten",
    }
    assert any(s.locatie_id is None and s.waar for s in rijen)
    assert len({(s.gemeente_id, s.nummer) for s in rijen}) == len(rijen)
    assert all(s.ontvangen_op < datetime(2026, 11, 22, tzinfo=NU.tzinfo) for s in rijen)


def test_het_systeem_kent_geen_namen_van_buiten(demo: Demo) -> None:
    lezer = systeem(_gemeente("Markerwaard").id)
    assert lezer.gebruiker_id is None
    emails = set(db.session.scalars(select(Gebruiker.email)))
    assert emails == {a.email for a in ACCOUNTS}


def test_een_checklist_heeft_een_verleden(demo: Demo) -> None:
    """Comparing with the version before shows something of every kind."""
    oud, nieuw = db.session.scalars(
        select(Checklistversie)
        .join(Checklist)
        .where(Checklist.code == MET_VERLEDEN, Checklist.gemeente_id == _gemeente("Markerwaard").id)
        .order_by(Checklistversie.id)
    ).all()
    assert (oud.status, nieuw.status) == ("ingetrokken", "gepubliceerd")
    verschil = vergelijk(oud.definitie, nieuw.definitie)
    assert verschil.telling()["erbij"] == 2
    wat = {w.wat for o in verschil.onderdelen if o.stand == "gewijzigd" for w in o.wijzigingen}
    assert {"Tekst", "Wordt gevraagd als", "Gevolg geldt als", "Artikel", "Bewijs nodig", "Keuze erbij"} <= wat
    client, _ = _client(demo, "jurist@markerwaard.example")
    assert "Van versie 2025.4 naar versie" in client.get(f"/checklists/{nieuw.checklist.uid}/vergelijken").text
