"""Two factors: forced outside the demo, single-use also in parallel, and nobody is locked out by a colleague."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from inspecties.audit.models import Auditregel
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.gebruikers import factoren, herstelcodes, totp
from inspecties.gebruikers.beheer_link import maak_link
from inspecties.gebruikers.berichten import SLEUTEL
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, Sessie
from inspecties.gebruikers.models_factoren import Herstelcode, Passkey, Totpgeheim, Wachtwoordverzoek
from inspecties.post.links import maak_token
from inspecties.post.models import Bericht
from inspecties.post.rules.bericht import Geheimlink
from tests.integration.gebruikers.test_aanmelden import meld_aan, token_van
from tests.integration.gebruikers.zachte_sleutel import ZachteSleutel
from tests.wereld import WACHTWOORD, Wereld, csrf

NIEUW = "vier kale paarden op het dak"


@pytest.fixture
def streng(wereld: Wereld) -> Wereld:
    """As outside the demo; the fixture ``app`` puts the settings back."""
    bus = wereld.app.extensions
    bus["instellingen"] = replace(bus["instellingen"], demo=False)
    return wereld


def bos(app: Flask) -> Sleutelbos:
    sleutels: Sleutelbos = app.extensions["sleutelbos"]
    return sleutels


def gebruiker_van(wereld: Wereld, rol: Rol) -> Gebruiker:
    return db.session.scalars(select(Gebruiker).where(Gebruiker.email == wereld.een.emails[rol])).one()


def geef_app(wereld: Wereld, rol: Rol) -> pyotp.TOTP:
    """An app in use, set up an hour ago, and what it makes codes with."""
    gebruiker, sessie, toen = gebruiker_van(wereld, rol), db.session(), wereld.nu - timedelta(hours=1)
    opzet = totp.begin_opzet(sessie, bos(wereld.app), toen, gebruiker, nieuw=True)
    maker = pyotp.TOTP(opzet.geheim)
    totp.bevestig_opzet(sessie, bos(wereld.app), toen, gebruiker, maker.at(toen))
    sessie.commit()
    return maker


def vul_code(client: FlaskClient, code: str) -> int:
    token = token_van(client, "/aanmelden/tweede-stap")
    return client.post("/aanmelden/tweede-stap", data={"code": code, "csrf_token": token}).status_code


def open_sessies(wereld: Wereld, rol: Rol) -> int:
    db.session.rollback()
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Sessie)
            .join(Lidmaatschap)
            .where(Lidmaatschap.gebruiker_id == wereld.een.actoren[rol].gebruiker_id, Sessie.beeindigd_op.is_(None))
        )
        or 0
    )


def tegelijk(app: Flask, doe: Callable[[], bool], keer: int = 10) -> list[bool]:
    """The same act in so many threads at once, each in a transaction of its own."""

    def een(_: int) -> bool:
        with app.app_context():
            try:
                zonder_actor(db.session(), "as the page of the second step")
                uit = doe()
                db.session.commit()
                return uit
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(keer) as uitvoerders:
        return list(uitvoerders.map(een, range(keer)))


def test_zonder_tweede_stap_opent_niets(streng: Wereld) -> None:
    client, elders = streng.app.test_client(), streng.app.test_client()
    rol = Rol.INSPECTEUR
    for browser in (elders, client):
        assert meld_aan(browser, streng.een.emails[rol]).location == "/account/factoren"
    for pad in ("/", "/account", "/kaart", "/hulp"):
        antwoord = client.get(pad)
        assert antwoord.status_code in {302, 308}, pad
    assert client.get("/").location == "/account/factoren"
    dicht = client.get("/api/csrf")
    # The tablet reads 401 as "log in again": it waits, and keeps what it has.
    assert (dicht.status_code, dicht.get_json()["code"]) == (401, "tweede_factor")
    token = token_van(client, "/account/factoren")
    assert client.post("/account/factoren/app", data={"csrf_token": token}).location == "/account/factoren/app"
    assert client.get("/account/factoren/app/beeld.png").data.startswith(b"\x89PNG")
    db.session.rollback()
    opzet = totp.open_opzet(db.session(), bos(streng.app), streng.nu, gebruiker_van(streng, rol))
    assert opzet is not None
    assert opzet.geheim not in db.session.scalars(select(Totpgeheim.geheim)).one()
    oud = client.get_cookie("inspecties")
    code = pyotp.TOTP(opzet.geheim).at(streng.nu)
    assert client.post("/account/factoren/app/bevestigen", data={"code": code, "csrf_token": token}).status_code == 302
    assert client.get("/").status_code == 200
    assert oud is not None
    dief = streng.app.test_client()
    dief.set_cookie("inspecties", oud.value)
    assert dief.get("/").status_code == 302, "the cookie from before the second step is worth nothing"
    assert elders.get("/account/factoren").status_code == 302, "who only had the password is out"
    assert db.session.scalars(select(Bericht.onderwerp)).all() == ["Nieuwe manier van aanmelden"]


def test_wachtwoord_en_code(streng: Wereld, klok: VasteKlok) -> None:
    maker = geef_app(streng, Rol.JURIST)
    client, email = streng.app.test_client(), streng.een.emails[Rol.JURIST]
    assert meld_aan(client, email, volgende="/hulp").location == "/aanmelden/tweede-stap"
    assert open_sessies(streng, Rol.JURIST) == 0
    assert client.get("/").location.startswith("/aanmelden"), "half a login opens nothing"
    half = client.get_cookie("inspecties")
    assert vul_code(client, "000000") == 401
    assert "tweede_stap_mislukt" in db.session.scalars(select(Auditregel.handeling)).all()
    assert vul_code(client, maker.at(streng.nu)) == 302
    assert client.get("/").status_code == 200
    assert open_sessies(streng, Rol.JURIST) == 1
    # The half login and the code were both spent: neither works again with a next one of the other.
    assert half is not None
    dief = streng.app.test_client()
    dief.set_cookie("inspecties", half.value)
    klok.moment += timedelta(seconds=30)
    vul_code(dief, maker.at(klok.moment))
    assert open_sessies(streng, Rol.JURIST) == 1
    ander = streng.app.test_client()
    meld_aan(ander, email)
    assert vul_code(ander, maker.at(streng.nu)) == 401
    klok.moment += timedelta(minutes=6)
    assert ander.get("/aanmelden/tweede-stap").location == "/aanmelden", "after five minutes it begins anew"


def test_een_code_werkt_een_keer_ook_tegelijk(streng: Wereld) -> None:
    """ASVS 6.5.1; row 29: ten at once, one success, for codes of the app and for recovery codes."""
    maker, app, nu = geef_app(streng, Rol.JURIST), streng.app, streng.nu
    wie = streng.een.actoren[Rol.JURIST].gebruiker_id or 0
    code = maker.at(nu)
    codes = herstelcodes.maak_reeks(db.session(), bos(app), nu, wie)
    db.session.commit()
    uit = tegelijk(app, lambda: totp.verbruik_code(db.session(), bos(app), nu, wie, code))
    assert sorted(uit) == [False] * 9 + [True]
    vorige = maker.at(nu - timedelta(seconds=30))
    assert not totp.verbruik_code(db.session(), bos(app), nu, wie, vorige), "an older one is spent with it"
    uit = tegelijk(app, lambda: herstelcodes.verbruik_code(db.session(), bos(app), nu, wie, codes[3].upper()))
    assert sorted(uit) == [False] * 9 + [True]
    assert herstelcodes.tel_over(db.session(), wie) == 9
    nieuw = herstelcodes.maak_reeks(db.session(), bos(app), nu, wie)
    assert not herstelcodes.verbruik_code(db.session(), bos(app), nu, wie, codes[0])
    assert herstelcodes.verbruik_code(db.session(), bos(app), nu, wie, nieuw[0])


def test_een_code_leeft_dertig_seconden(streng: Wereld, klok: VasteKlok) -> None:
    """ASVS 6.5.5: in its own half minute and in no other; who is a step off hears what to do, and no thief does."""
    maker, app = geef_app(streng, Rol.JURIST), streng.app
    klok.moment = streng.nu.replace(second=0, microsecond=0) + timedelta(minutes=1)
    client = app.test_client()
    meld_aan(client, streng.een.emails[Rol.JURIST])

    def zegt(oud_s: float, tekst: str) -> bool:
        token = token_van(client, "/aanmelden/tweede-stap")
        klok.moment += timedelta(seconds=30)
        code = maker.at(klok.moment - timedelta(seconds=oud_s))
        antwoord = client.post("/aanmelden/tweede-stap", data={"code": code, "csrf_token": token})
        assert antwoord.status_code == 401
        return tekst in antwoord.get_data(as_text=True)

    assert zegt(1, "Die code is net verlopen")
    assert zegt(31, "Deze code klopt niet")
    assert zegt(-30, "De klok van uw telefoon loopt voor")
    wie, sessie = streng.een.actoren[Rol.JURIST].gebruiker_id or 0, db.session()
    goed = maker.at(klok.moment)
    for na, telt in ((-0.1, False), (30, False), (29.9, True), (29.9, False)):
        nu = klok.moment + timedelta(seconds=na)
        assert totp.verbruik_code(sessie, bos(app), nu, wie, goed) is telt, na
    laat = klok.moment + timedelta(seconds=30)
    assert totp.waarom_niet(sessie, bos(app), laat, wie, goed) == "", "of one that was used it says no more than wrong"
    assert totp.waarom_niet(sessie, bos(app), laat, wie, "geen code") == ""


def test_herstelcodes_van_vroeger_werken_tot_ze_op_zijn(streng: Wereld) -> None:
    """Those that were printed before codes had 120 bits: half as long, and read and hashed as they always were."""
    geef_app(streng, Rol.JURIST)
    wie, sleutels, sessie = streng.een.actoren[Rol.JURIST].gebruiker_id or 0, bos(streng.app), db.session()
    nieuw = herstelcodes.maak_reeks(sessie, sleutels, streng.nu, wie)
    assert {len(c.replace("-", "")) for c in nieuw} == {24}
    hash_ = sleutels.wis_af("herstelcode", f"{wie}:4k7p9xq2mh3t")
    sessie.add(Herstelcode(gebruiker_id=wie, hash=hash_, gemaakt_op=streng.nu))
    sessie.flush()
    assert herstelcodes.verbruik_code(sessie, sleutels, streng.nu, wie, "4K7P 9XQ2 MH3T")
    assert not herstelcodes.verbruik_code(sessie, sleutels, streng.nu, wie, "4k7p-9xq2-mh3t")
    herstelcodes.maak_reeks(sessie, sleutels, streng.nu, wie)
    assert herstelcodes.tel_over(sessie, wie) == 10


def test_links_werken_een_keer_ook_tegelijk(streng: Wereld, klok: VasteKlok) -> None:
    app, rol, nu = streng.app, Rol.INSPECTEUR, streng.nu
    geef_app(streng, rol)
    streng.client(rol)
    client = app.test_client()
    teksten = []
    for email in (streng.een.emails[rol], "niemand@nergens.example"):
        data = {"email": email, "csrf_token": token_van(client, "/wachtwoord-vergeten")}
        antwoord = client.post("/wachtwoord-vergeten", data=data)
        teksten.append((antwoord.status_code, antwoord.get_data(as_text=True)))
    assert teksten[0] == teksten[1], "the answer does not tell whether the address exists"
    db.session.rollback()
    assert db.session.scalars(select(Bericht.aan)).all() == [streng.een.emails[rol]]
    verzoek = db.session.scalars(select(Wachtwoordverzoek)).one()
    token = maak_token(bos(app), Geheimlink("wachtwoord", str(verzoek.uid), 1))
    link = f"/wachtwoord-nieuw/{token}"
    assert app.test_client().get(f"{link[:-1]}{'A' if link[-1] != 'A' else 'B'}").status_code == 404
    gebruiker = gebruiker_van(streng, rol)
    uitnodiging = maak_link(str(app.secret_key), nu, gebruiker).bewijs
    for adres in (link, f"/wachtwoord/{uitnodiging}"):
        browsers = [app.test_client() for _ in range(4)]
        if adres != link:
            uitnodiging = maak_link(str(app.secret_key), nu, gebruiker_van(streng, rol)).bewijs
            adres = f"/wachtwoord/{uitnodiging}"  # noqa: PLW2901 - the password from the mail ended the one from before
        velden = [(b, {"nieuw": NIEUW, "nogmaals": NIEUW, "csrf_token": token_van(b, adres)}) for b in browsers]
        db.session.remove()
        with ThreadPoolExecutor(4) as uitvoerders:
            uit = list(uitvoerders.map(lambda v, a=adres: v[0].post(a, data=v[1]).status_code, velden))
        assert sorted(uit) == [302, 404, 404, 404]
    assert open_sessies(streng, rol) == 0
    assert meld_aan(client, streng.een.emails[rol], NIEUW).location == "/aanmelden/tweede-stap", "the factor stays"
    klok.moment += timedelta(hours=2)
    assert app.test_client().get(link).status_code == 404


def test_laatste_factor_blijft_en_de_beheerder_trekt_in(streng: Wereld) -> None:
    geef_app(streng, Rol.JURIST)
    jurist, beheerder = streng.een.actoren[Rol.JURIST], streng.een.actoren[Rol.BEHEERDER]
    post = streng.app.extensions[SLEUTEL]
    with pytest.raises(Conflict, match="laatste"):
        factoren.verwijder_app(db.session(), jurist, streng.nu, post, verplicht=True)
    db.session.rollback()
    geef_app(streng, Rol.BEHEERDER)
    client = streng.app.test_client()
    meld_aan(client, streng.een.emails[Rol.BEHEERDER])
    vul_code(client, geef_app(streng, Rol.BEHEERDER).at(streng.nu))
    streng.client(Rol.JURIST)
    leden = {
        wie: db.session.scalars(select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == wie.gebruiker_id)).one().uid
        for wie in (jurist, beheerder)
    }
    token = csrf(client)

    def trek_in(wie: Actor) -> int:
        return client.post(f"/beheer/{leden[wie]}/factoren", data={"csrf_token": token}).status_code

    assert trek_in(beheerder) == 409, "not one's own"
    assert trek_in(jurist) == 302
    assert open_sessies(streng, Rol.JURIST) == 0
    assert not factoren.heeft_tweede(db.session(), jurist.gebruiker_id or 0)
    assert "Uw tweede stap is ingetrokken" in db.session.scalars(select(Bericht.onderwerp)).all()
    assert "factoren_ingetrokken" in db.session.scalars(select(Auditregel.handeling)).all()


def test_niemand_sluit_een_collega_buiten(streng: Wereld) -> None:
    bus = streng.app.extensions
    bus["instellingen"] = replace(bus["instellingen"], aanmelden_limiet="3 per minute", demo=True)
    email, eigen, vreemd = streng.een.emails[Rol.JURIST], streng.app.test_client(), streng.app.test_client()
    assert meld_aan(eigen, email).status_code == 302
    eigen.post("/afmelden", data={"csrf_token": csrf(eigen)})
    # The same office, so the same address.
    uit = [meld_aan(vreemd, email, "dit is het verkeerde wachtwoord").status_code for _ in range(5)]
    assert uit[-1] == 429
    assert meld_aan(eigen, email).status_code == 302, "where the owner logged in before, they still can"
    # From many addresses: slowed down, and never the owner's own browser.
    eigen.post("/afmelden", data={"csrf_token": csrf(eigen)})
    stand = []
    for nummer in range(40):
        spook = streng.app.test_client()
        data = {"email": email, "wachtwoord": "dit is het verkeerde wachtwoord", "csrf_token": token_van(spook)}
        adres = {"REMOTE_ADDR": f"192.0.2.{nummer}"}
        stand.append(spook.post("/aanmelden", data=data, environ_overrides=adres).status_code)
    assert stand[0] == 401
    assert stand[-1] == 429
    assert meld_aan(eigen, email).status_code == 302


def test_tweede_stap_telt_mee_voor_de_limiet(streng: Wereld) -> None:
    maker = geef_app(streng, Rol.JURIST)
    bus = streng.app.extensions
    bus["instellingen"] = replace(bus["instellingen"], aanmelden_limiet="4 per minute")
    client = streng.app.test_client()
    meld_aan(client, streng.een.emails[Rol.JURIST])
    uit = [vul_code(client, code) for code in ("000000", "aaaa-aaaa-aaaa-aaaa-aaaa-aaaa", "000001", "000002")]
    assert uit == [401, 401, 401, 429]
    assert vul_code(client, maker.at(streng.nu)) == 429, "also with the right code, for a minute"
    assert open_sessies(streng, Rol.JURIST) == 0


def test_bevestigen_met_de_code(streng: Wereld, klok: VasteKlok) -> None:
    """Who has a second factor uses it for the step-up; its codes are spent there too."""
    maker, client = geef_app(streng, Rol.JURIST), streng.app.test_client()
    meld_aan(client, streng.een.emails[Rol.JURIST])
    vul_code(client, maker.at(klok.moment))

    def bevestig(bewijs: str) -> int:
        data = {"bevestig_wachtwoord": bewijs, "volgende": "/hulp", "csrf_token": csrf(client)}
        return client.post("/account/bevestigen", data=data).status_code

    assert bevestig(WACHTWOORD) == 422
    assert bevestig(maker.at(klok.moment)) == 422, "this code was spent at the login"
    dicht = client.post("/account/factoren/herstelcodes", data={"csrf_token": csrf(client)})
    assert dicht.location.startswith("/account/bevestigen")
    klok.moment += timedelta(seconds=30)
    assert bevestig(maker.at(klok.moment)) == 302
    codes = client.post("/account/factoren/herstelcodes", data={"csrf_token": csrf(client)})
    assert codes.status_code == 200
    assert codes.get_data(as_text=True).count("<li><code>") == 10
    klok.moment += timedelta(minutes=6)
    dicht = client.post("/account/factoren/herstelcodes", data={"csrf_token": csrf(client)})
    assert dicht.location.startswith("/account/bevestigen")


def test_passkey_van_begin_tot_eind(streng: Wereld, klok: VasteKlok) -> None:
    client, sleutel, rol = streng.app.test_client(), ZachteSleutel(), Rol.COORDINATOR

    def stuur(wie: FlaskClient, pad: str, inhoud: object, token: str) -> tuple[int, dict[str, object]]:
        antwoord = wie.post(f"/api{pad}", json=inhoud, headers={"X-CSRFToken": token})
        return antwoord.status_code, antwoord.get_json(silent=True) or {}

    meld_aan(client, streng.een.emails[rol])
    token = token_van(client, "/account/factoren")
    _, opties = stuur(client, "/account/passkeyvraag", {}, token)
    inhoud = {"antwoord": sleutel.maak(opties), "naam": "Laptop"}
    assert stuur(client, "/account/passkeys", inhoud, token)[0] == 201
    assert client.get("/").status_code == 200
    db.session.rollback()
    assert db.session.scalars(select(Passkey.naam)).one() == "Laptop"

    def aanmelden(bewijs: Callable[[dict[str, object]], object]) -> tuple[int, FlaskClient]:
        browser = streng.app.test_client()
        eigen = token_van(browser)
        _, vraag = stuur(browser, "/aanmelden/passkeyvraag", {}, eigen)
        koekje = browser.get_cookie("inspecties")
        antwoord = bewijs(vraag)
        status = stuur(browser, "/aanmelden/passkey", {"antwoord": antwoord, "volgende": "/hulp"}, eigen)[0]
        # The same answer to the same question once more, in a browser that kept the cookie.
        dief = streng.app.test_client()
        assert koekje is not None
        dief.set_cookie("inspecties", koekje.value)
        assert stuur(dief, "/aanmelden/passkey", {"antwoord": antwoord}, eigen)[0] == 422
        return status, browser

    status, browser = aanmelden(sleutel.bewijs)
    assert (status, browser.get("/").status_code) == (200, 200)
    assert aanmelden(lambda v: sleutel.bewijs(v, gecontroleerd=False))[0] == 422, "no finger, face or code"
    db.session.rollback()
    mislukt = select(Auditregel.object_soort).where(Auditregel.handeling == "aanmelden_mislukt")
    assert set(db.session.scalars(mislukt)) == {"gebruiker"}, "with the owner, where the auditor looks for it"
    elders = ZachteSleutel(oorsprong="https://kwaad.example")
    elders.id, elders._sleutel = sleutel.id, sleutel._sleutel
    assert aanmelden(elders.bewijs)[0] == 422, "an answer for another site"
    assert aanmelden(ZachteSleutel().bewijs)[0] == 422, "a key that nobody has here"
    for onzin in (
        {},
        [],
        "x",
        {"id": "a", "response": {"clientDataJSON": "!"}},
        {"id": "\ud800", "response": {"a": 1}},
    ):
        assert aanmelden(lambda _, o=onzin: o)[0] == 422
    sleutel.teller = 0
    assert aanmelden(sleutel.bewijs)[0] == 422, "a counter that goes back: a copy of the key"
    # The step-up, with the same key, in the session that it made.
    sleutel.teller = 50
    token = csrf(browser)
    _, vraag = stuur(browser, "/account/bevestigvraag", {}, token)
    assert stuur(browser, "/account/bevestiging", {"antwoord": sleutel.bewijs(vraag)}, token)[0] == 204
    klok.moment += timedelta(minutes=1)
    assert "Nieuwe herstelcodes" in browser.get("/account/factoren").get_data(as_text=True)
