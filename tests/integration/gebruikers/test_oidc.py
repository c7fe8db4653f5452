"""Logging in with the account of the gemeente, against a real login service."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, Sessie
from inspecties.gebruikers.models_factoren import Sessiefactor, Totpgeheim
from inspecties.gebruikers.models_oidc import Oidckoppeling
from inspecties.gebruikers.oidc_dienst import SLEUTEL
from inspecties.post.models import Bericht
from tests.integration.gebruikers.test_aanmelden import token_van
from tests.oidcdienst import Oidcdienst, oidcdienst
from tests.wereld import WACHTWOORD, Wereld, csrf

GROEPEN = (
    "mh-coordinatoren=9901:coordinator; mh-juristen=9901:jurist; mh-beheer=9901:beheerder;"
    "mh-politie=9901:partner:Politie; dijk=9902:inspecteur"
)


@pytest.fixture(scope="module")
def dienst() -> Iterator[Oidcdienst]:
    with oidcdienst() as dienst:
        yield dienst


@pytest.fixture
def toepassing(app: Flask, wereld: Wereld, klok: VasteKlok, dienst: Oidcdienst) -> Flask:
    """The application with this service. The service signs with the hour of the machine."""
    klok.moment = datetime.now(UTC)
    inst = app.extensions["instellingen"]
    app.extensions["instellingen"] = replace(
        inst,
        oidc_uitgever=dienst.uitgever,
        oidc_client="inspecties",
        oidc_geheim="geheim",
        oidc_groepen=GROEPEN,
        basisadres="http://localhost",
    )
    return app


def terug_van(client: FlaskClient, dienst: Oidcdienst, wie: str, begin: str = "/aanmelden/gemeente") -> str:
    """Press the button and log in there; the address with which the browser comes back."""
    heen = client.get(begin)
    assert heen.status_code == 302, heen.get_data(as_text=True)
    return dienst.log_in(heen.headers["Location"], wie)


def log_in(client: FlaskClient, dienst: Oidcdienst, klok: VasteKlok, wie: str) -> Any:
    klok.moment = datetime.now(UTC)
    terug = urlsplit(terug_van(client, dienst, wie))
    return client.get(f"{terug.path}?{terug.query}")


def handelingen() -> list[str]:
    return list(db.session.scalars(select(Auditregel.handeling).order_by(Auditregel.id)))


def test_eerste_keer_en_daarna_volgt_de_rol_de_groepen(toepassing: Flask, dienst: Oidcdienst, klok: VasteKlok) -> None:
    """A group gives an account; another group another role, at once; no group ends it."""
    mens = {"email": "nieuw@markerwaard.example", "email_verified": True, "name": "Nova Nieuw", "amr": ["pwd", "mfa"]}
    dienst.zet("n1", **mens, groups=["iets-anders", "mh-coordinatoren"])
    client = toepassing.test_client()
    antwoord = log_in(client, dienst, klok, "n1")
    assert antwoord.headers["Location"] == "/"
    assert "Nova Nieuw" in client.get("/account").get_data(as_text=True)
    assert client.get("/acties/nieuw").status_code == 200
    lid = db.session.scalars(select(Lidmaatschap).join(Gebruiker).where(Gebruiker.naam == "Nova Nieuw")).one()
    assert (lid.rol, lid.gebruiker.wachtwoord_hash) == ("coordinator", "")
    assert db.session.scalars(select(Sessiefactor.wijze)).all() == ["oidc_sterk"]

    dienst.zet("n1", **mens, groups=["mh-juristen"])
    ander = toepassing.test_client()
    log_in(ander, dienst, klok, "n1")
    assert ander.get("/dossiers").status_code == 200
    # The login of the old role is over.
    assert client.get("/acties/nieuw").status_code == 302

    dienst.zet("n1", **mens, groups=[])
    derde = toepassing.test_client()
    antwoord = log_in(derde, dienst, klok, "n1")
    assert antwoord.status_code == 403
    assert "groep die hier een rol geeft" in antwoord.get_data(as_text=True)
    assert ander.get("/dossiers").status_code == 302
    assert {"oidc_gekoppeld", "gebruiker_toegevoegd", "rol_gewijzigd", "oidc_geweigerd"} <= set(handelingen())


def test_logout_biedt_afmelden_bij_de_dienst(toepassing: Flask, dienst: Oidcdienst, klok: VasteKlok) -> None:
    dienst.zet("a1", email="weg@markerwaard.example", email_verified=True, amr=["mfa"], groups=["mh-juristen"])
    client = toepassing.test_client()
    log_in(client, dienst, klok, "a1")
    antwoord = client.post("/afmelden", data={"csrf_token": csrf(client)}, follow_redirects=True)
    tekst = antwoord.get_data(as_text=True)
    assert f"{dienst.uitgever}/oauth2/end_session" in tekst
    assert "id_token_hint" not in tekst
    assert client.get("/dossiers").status_code == 302


def test_een_antwoord_dat_niet_klopt_opent_niets(toepassing: Flask, dienst: Oidcdienst, klok: VasteKlok) -> None:
    """Wrong state, the same answer twice, a code of another login, and every claim of the token that may be wrong."""
    goed = {"email": "j@markerwaard.example", "email_verified": True, "amr": ["mfa"], "groups": ["mh-juristen"]}
    dienst.zet("j1", **goed)
    client = toepassing.test_client()
    terug = urlsplit(terug_van(client, dienst, "j1"))
    assert client.get(f"{terug.path}?code=x&state=onzin").status_code == 403
    # The attempt is spent, also for the right answer.
    assert client.get(f"{terug.path}?{terug.query}").status_code == 403
    # In a browser that did not ask.
    vreemd = toepassing.test_client()
    eerste = urlsplit(terug_van(client, dienst, "j1"))
    assert vreemd.get(f"{eerste.path}?{eerste.query}").status_code == 403
    # A code that was used, with a fresh state.
    assert client.get(f"{eerste.path}?{eerste.query}").status_code == 302
    code = parse_qs(eerste.query)["code"][0]
    nieuw = urlsplit(terug_van(vreemd, dienst, "j1"))
    state = parse_qs(nieuw.query)["state"][0]
    assert vreemd.get(f"{nieuw.path}?code={code}&state={state}").status_code == 403

    nu = int(datetime.now(UTC).timestamp())
    fouten: list[dict[str, Any]] = [
        {"nonce": "ander"},
        {"aud": "ander"},
        {"aud": ["inspecties", "ander"]},
        {"azp": "ander"},
        {"iss": "https://elders.example"},
        {"exp": nu - 3600},
        {"iat": nu + 3600},
        {"nbf": nu + 3600},
    ]
    for fout in fouten:
        dienst.zet("j1", **goed, **fout)
        antwoord = log_in(vreemd, dienst, klok, "j1")
        assert antwoord.status_code == 403, fout
        assert vreemd.get("/dossiers").status_code == 302, fout
    dienst.zet("j1", **goed)
    klok.moment = datetime.now(UTC)
    laat = urlsplit(terug_van(vreemd, dienst, "j1"))
    klok.moment += timedelta(minutes=10, seconds=1)
    assert vreemd.get(f"{laat.path}?{laat.query}").status_code == 403


def test_koppelen_alleen_wat_bevestigd_en_van_hier_is(
    toepassing: Flask, wereld: Wereld, dienst: Oidcdienst, klok: VasteKlok
) -> None:
    """An address opens no account: it must be confirmed, of this gemeente, not blocked and not linked already."""
    jurist, client = wereld.een.emails[Rol.JURIST], toepassing.test_client()
    wie = {"amr": ["mfa"], "groups": ["mh-juristen"]}

    def uitleg(onderwerp: str, **claims: Any) -> str:
        dienst.zet(onderwerp, **(wie | claims))
        antwoord = log_in(client, dienst, klok, onderwerp)
        assert antwoord.status_code == 403
        return str(antwoord.get_data(as_text=True))

    assert "niet bevestigd" in uitleg("k1", email=jurist)
    assert "niet bevestigd" in uitleg("k1", email=jurist, email_verified="true")
    assert "geen e-mailadres" in uitleg("k1", email_verified=True)
    # Somebody of a gemeente for which the service does not speak.
    alleen = toepassing.extensions["instellingen"]
    toepassing.extensions["instellingen"] = replace(alleen, oidc_groepen="mh-juristen=9901:jurist")
    assert "ander account" in uitleg("k1", email=wereld.twee.emails[Rol.JURIST], email_verified=True)
    toepassing.extensions["instellingen"] = alleen
    assert db.session.scalars(select(Oidckoppeling)).all() == []

    binnen = wereld.client(Rol.JURIST)
    dienst.zet("k1", **wie, email=jurist.upper(), email_verified=True)
    assert log_in(client, dienst, klok, "k1").status_code == 302
    # The login with the password is over, and the password is worth nothing.
    assert binnen.get("/dossiers").status_code == 302
    los = toepassing.test_client()
    token = _token(los)
    poging = los.post("/aanmelden", data={"email": jurist, "wachtwoord": WACHTWOORD, "csrf_token": token})
    assert poging.status_code == 401
    # A second account at the service with the same address does not get in.
    client = toepassing.test_client()
    assert "ander account" in uitleg("k2", email=jurist, email_verified=True)
    gebruiker = db.session.scalars(select(Gebruiker).where(Gebruiker.email == jurist)).one()
    gebruiker.geblokkeerd_op = klok.nu()
    db.session.commit()
    assert "geblokkeerd" in uitleg("k1", email=jurist, email_verified=True)


def _token(client: FlaskClient) -> str:
    import re  # noqa: PLC0415 - only here

    gevonden = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/aanmelden").get_data(as_text=True))
    assert gevonden
    return gevonden.group(1)


def test_twee_gemeenten_partner_en_laatste_beheerder(
    toepassing: Flask, wereld: Wereld, dienst: Oidcdienst, klok: VasteKlok
) -> None:
    """The first rule gives the role to log in with; each gemeente has its own, and one that is gone opens nothing."""
    mens = {"email": "twee@markerwaard.example", "email_verified": True, "amr": ["mfa"]}
    dienst.zet("t1", **mens, groups=["dijk", "mh-politie"])
    client = toepassing.test_client()
    log_in(client, dienst, klok, "t1")
    rollen = db.session.execute(
        select(Lidmaatschap.gemeente_id, Lidmaatschap.rol, Lidmaatschap.organisatie_id)
        .join(Gebruiker)
        .where(Gebruiker.email == mens["email"])
        .order_by(Lidmaatschap.gemeente_id)
    ).all()
    een, twee = wereld.een, wereld.twee
    assert een.organisatie is not None
    assert [tuple(r) for r in rollen] == [
        (een.gemeente.id, "partner", een.organisatie.id),
        (twee.gemeente.id, "inspecteur", None),
    ]
    assert "Markerwaard" in client.get("/account").get_data(as_text=True)
    # Out of one group: the login of that gemeente ends, the other opens.
    dienst.zet("t1", **mens, groups=["dijk"])
    ander = toepassing.test_client()
    log_in(ander, dienst, klok, "t1")
    assert client.get("/acties").status_code == 302
    assert "Houtribdijk" in ander.get("/account").get_data(as_text=True)
    # The last beheerder does not stay one against the groups: the login is refused instead.
    dienst.zet("b1", email=een.emails[Rol.BEHEERDER], email_verified=True, amr=["mfa"], groups=["mh-juristen"])
    antwoord = log_in(toepassing.test_client(), dienst, klok, "b1")
    assert antwoord.status_code == 403
    assert "laatste beheerder" in antwoord.get_data(as_text=True)


def test_zonder_tweede_stap_daar_wordt_die_hier_gevraagd(
    toepassing: Flask, wereld: Wereld, dienst: Oidcdienst, klok: VasteKlok
) -> None:
    """A login without the word of two factors waits at our own second step; proving it again goes over the service."""
    mens = {"email": wereld.een.emails[Rol.COORDINATOR], "email_verified": True, "groups": ["mh-coordinatoren"]}
    dienst.zet("z1", **mens, amr=["pwd"])
    client = toepassing.test_client()
    log_in(client, dienst, klok, "z1")
    assert list(db.session.scalars(select(Sessiefactor.wijze))) == ["oidc"]
    # Proving it again: at the service, by logging in there anew.
    terug = urlsplit(terug_van(client, dienst, "z1", "/account/bevestigen/gemeente?volgende=/acties"))
    assert client.get(f"{terug.path}?{terug.query}").headers["Location"] == "/acties"
    assert "opnieuw_bevestigd" in handelingen()
    # Not by a session that was open there for an hour, nor by somebody else.
    dienst.zet("z1", **mens, auth_time=int(datetime.now(UTC).timestamp()) - 3600)
    dienst.zet("z2", email="z2@markerwaard.example", email_verified=True, groups=["mh-coordinatoren"])
    for wie in ("z1", "z2"):
        terug = urlsplit(terug_van(client, dienst, wie, "/account/bevestigen/gemeente"))
        assert client.get(f"{terug.path}?{terug.query}").status_code == 403
    # Nor by an answer that is not the service's.
    terug_van(client, dienst, "z1", "/account/bevestigen/gemeente")
    assert client.get(f"{terug.path}?code=x&state=onzin").status_code == 403
    db.session.rollback()
    vraag = select(Auditregel).where(Auditregel.handeling == "bevestigen_mislukt").order_by(Auditregel.id)
    mislukt = db.session.scalars(vraag).all()
    assert [r.gegevens["reden"] for r in mislukt] == ["ander_account", "ander_account", "token"]
    assert {r.object_uid for r in mislukt} == {str(wereld.een.actoren[Rol.COORDINATOR].gebruiker_uid)}
    assert "oidc_geweigerd" not in handelingen()

    gebruiker = db.session.scalars(select(Gebruiker).where(Gebruiker.email == mens["email"])).one()
    db.session.add(Totpgeheim(gebruiker_id=gebruiker.id, geheim="v1.x.y", gemaakt_op=klok.nu(), bevestigd_op=klok.nu()))
    db.session.commit()
    aantal = len(db.session.scalars(select(Sessie.id)).all())
    dienst.zet("z1", **mens)
    antwoord = log_in(toepassing.test_client(), dienst, klok, "z1")
    assert antwoord.headers["Location"] == "/aanmelden/tweede-stap"
    assert len(db.session.scalars(select(Sessie.id)).all()) == aantal


def test_wie_bij_de_dienst_hoort_krijgt_geen_wachtwoordlink(
    toepassing: Flask, wereld: Wereld, dienst: Oidcdienst, klok: VasteKlok
) -> None:
    """A password would open nothing: the mail says where to log in, and the beheerder hears it too."""
    email = wereld.een.emails[Rol.JURIST]
    dienst.zet("w1", email=email, email_verified=True, amr=["mfa"], groups=["mh-juristen"])
    log_in(toepassing.test_client(), dienst, klok, "w1")
    client = toepassing.test_client()
    data = {"email": email, "csrf_token": token_van(client, "/wachtwoord-vergeten")}
    assert client.post("/wachtwoord-vergeten", data=data).status_code == 200
    db.session.rollback()
    bericht = db.session.scalars(select(Bericht).order_by(Bericht.id.desc()).limit(1)).one()
    assert (bericht.onderwerp, "[[link]]" in bericht.tekst) == ("Aanmelden met het account van de gemeente", False)
    assert "Aanmelden met het account van de gemeente'" in bericht.tekst
    lid = db.session.scalars(select(Lidmaatschap).join(Gebruiker).where(Gebruiker.email == email)).one()
    baas = wereld.een.emails[Rol.BEHEERDER]
    dienst.zet("w2", email=baas, email_verified=True, amr=["mfa"], groups=["mh-beheer"])
    beheerder = toepassing.test_client()
    log_in(beheerder, dienst, klok, "w2")
    antwoord = beheerder.post(f"/beheer/{lid.uid}/wachtwoordlink", data={"csrf_token": csrf(beheerder)})
    assert antwoord.status_code == 409
    assert "heeft hier geen wachtwoord" in antwoord.get_data(as_text=True)


def test_een_andere_dienst_is_een_ander(toepassing: Flask, wereld: Wereld, dienst: Oidcdienst, klok: VasteKlok) -> None:
    """The same name at another service opens nothing of who has it here, and an answer says from which it came."""
    mens = {"email": "m1@markerwaard.example", "email_verified": True, "amr": ["mfa"], "groups": ["mh-juristen"]}
    dienst.zet("m1", **mens)
    client = toepassing.test_client()
    klok.moment = datetime.now(UTC)
    terug = urlsplit(terug_van(client, dienst, "m1"))
    # RFC 9207: it names itself, and is not the one that was asked.
    assert client.get(f"{terug.path}?{terug.query}&iss=https://elders.example").status_code == 403
    terug = urlsplit(terug_van(client, dienst, "m1"))
    assert client.get(f"{terug.path}?{terug.query}&iss={dienst.uitgever}").status_code == 302
    # What the service gave stays on the server: the browser holds who is logged in and no token.
    with client.session_transaction() as s:
        assert not [naam for naam, waarde in s.items() if "oidc" in naam or "eyJ" in str(waarde)]
    inst = toepassing.extensions["instellingen"]
    with oidcdienst() as ander:
        toepassing.extensions["instellingen"] = replace(inst, oidc_uitgever=ander.uitgever)
        toepassing.extensions.pop(SLEUTEL)
        ander.zet("m1", **mens)
        antwoord = log_in(toepassing.test_client(), ander, klok, "m1")
        assert antwoord.status_code == 302, "a second service may speak for the same gemeente"
    toepassing.extensions.pop(SLEUTEL)
    db.session.rollback()


def test_een_nieuwe_sleutel_van_de_dienst(toepassing: Flask, wereld: Wereld, klok: VasteKlok) -> None:
    """The service starts again with another key: its tokens are believed once that was fetched, a minute later."""
    mens = {"email": "s1@markerwaard.example", "email_verified": True, "amr": ["mfa"], "groups": ["mh-juristen"]}
    inst = toepassing.extensions["instellingen"]
    with oidcdienst() as oud:
        toepassing.extensions["instellingen"] = replace(inst, oidc_uitgever=oud.uitgever)
        oud.zet("s1", **mens)
        assert log_in(toepassing.test_client(), oud, klok, "s1").status_code == 302
    with oidcdienst(oud.poort) as nieuw:
        nieuw.zet("s1", **mens)
        assert log_in(toepassing.test_client(), nieuw, klok, "s1").status_code == 403, "asked less than a minute ago"
        client = toepassing.test_client()
        klok.moment = datetime.now(UTC)
        terug = urlsplit(terug_van(client, nieuw, "s1"))
        klok.moment += timedelta(seconds=61)
        assert client.get(f"{terug.path}?{terug.query}").headers["Location"] == "/"
        assert client.get("/dossiers").status_code == 200


def test_een_andere_site_begint_geen_aanmelding(toepassing: Flask, dienst: Oidcdienst, klok: VasteKlok) -> None:
    """A page elsewhere cannot log a browser in: a login begins where somebody presses the button here."""
    dienst.zet("o1", email="o1@markerwaard.example", email_verified=True, amr=["mfa"], groups=["mh-juristen"])
    klok.moment = datetime.now(UTC)
    client = toepassing.test_client()
    for vandaan in ("cross-site", "same-site"):
        antwoord = client.get("/aanmelden/gemeente?volgende=/acties", headers={"Sec-Fetch-Site": vandaan})
        assert antwoord.headers["Location"] == "/aanmelden?volgende=/acties"
    for vandaan in ("same-origin", "none"):
        antwoord = client.get("/aanmelden/gemeente", headers={"Sec-Fetch-Site": vandaan})
        assert antwoord.headers["Location"].startswith(dienst.uitgever)
    # What began here ends here, and with the login of twelve hours.
    assert log_in(client, dienst, klok, "o1").status_code == 302
    for _ in range(14):
        assert client.get("/dossiers").status_code == 200
        klok.moment += timedelta(minutes=51)
    assert klok.moment - datetime.now(UTC) < timedelta(hours=12)
    klok.moment += timedelta(minutes=7)
    assert client.get("/dossiers").status_code == 302
