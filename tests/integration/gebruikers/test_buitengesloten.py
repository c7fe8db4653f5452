"""Nobody is shut out for good, nobody guesses with a stolen session, and who ends all logins ends them everywhere."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import Engine, event, select

from inspecties.audit.models import Auditregel
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers import factoren, herstelcodes, totp
from inspecties.gebruikers.beheer_link import maak_link
from inspecties.gebruikers.berichten import SLEUTEL
from inspecties.gebruikers.bevestigen import eis_bevestiging
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.gebruikers.models_factoren import Wachtwoordverzoek
from inspecties.gebruikers.operations import voeg_gebruiker_toe
from inspecties.gebruikers.sessies import begin_sessie
from inspecties.post.links import maak_token
from inspecties.post.models import Bericht
from inspecties.post.rules.bericht import Geheimlink
from inspecties.web.limiet import REM, tel_mislukt
from inspecties.web.poort import BEVESTIGING
from tests.integration.gebruikers.test_aanmelden import meld_aan, token_van
from tests.integration.gebruikers.test_factoren import NIEUW, bos, gebruiker_van, geef_app, streng, vul_code
from tests.wereld import WACHTWOORD, Wereld, csrf

__all__ = ["streng"]


def test_een_herstelcode_brengt_een_nieuwe_tweede_stap(streng: Wereld, klok: VasteKlok) -> None:
    """Who lost the only app sets up another with a code, for a while, and does nothing else that weighs."""
    geef_app(streng, Rol.BEHEERDER)
    wie = streng.een.actoren[Rol.BEHEERDER].gebruiker_id or 0
    codes = herstelcodes.maak_reeks(db.session(), bos(streng.app), streng.nu, wie)
    db.session.commit()
    client = streng.app.test_client()
    meld_aan(client, streng.een.emails[Rol.BEHEERDER])
    assert vul_code(client, codes[0]) == 302
    streng.app.extensions[BEVESTIGING] = lambda actor: eis_bevestiging(db.session(), actor, klok.nu(), "")
    anders = {"email": "n@x.example", "naam": "N", "rol": "jurist", "csrf_token": csrf(client)}
    assert client.post("/beheer/nieuw", data=anders).status_code != 200, "an act that weighs still asks"
    assert client.post("/account/factoren/app", data={"csrf_token": csrf(client)}).location == "/account/factoren/app"
    assert client.get("/account/factoren/app/beeld.png").status_code == 200
    db.session.rollback()
    opzet = totp.open_opzet(db.session(), bos(streng.app), klok.moment, gebruiker_van(streng, Rol.BEHEERDER))
    assert opzet is not None
    data = {"code": pyotp.TOTP(opzet.geheim).at(klok.moment), "csrf_token": csrf(client)}
    assert client.post("/account/factoren/app/bevestigen", data=data).location == "/account/factoren"
    assert client.post("/account/factoren/app", data={"csrf_token": csrf(client)}).location == "/account/factoren/app"
    klok.moment += timedelta(minutes=6)
    for pad in ("/account/factoren/app", "/account/factoren/app/beeld.png"):
        assert client.get(pad).location.startswith("/account/bevestigen"), "what was begun is not for who comes later"
    assert "herstelcode" in client.get("/account/bevestigen").get_data(as_text=True)
    later = klok.moment + timedelta(hours=2)
    assert totp.open_opzet(db.session(), bos(streng.app), later, gebruiker_van(streng, Rol.BEHEERDER)) is None


def test_een_adres_dat_geen_mail_neemt_sluit_niemand_buiten(streng: Wereld) -> None:
    jurist = gebruiker_van(streng, Rol.JURIST)
    jurist.email = "josé@gemeente.example"
    db.session.commit()
    client = streng.app.test_client()
    token, uit = token_van(client, "/wachtwoord-vergeten"), set()
    for email in ("josé@gemeente.example", "niemand@nergens.example", streng.een.emails[Rol.KABINET]):
        uit.add(client.post("/wachtwoord-vergeten", data={"email": email, "csrf_token": token}).status_code)
    assert len(uit) == 1, "the answer does not tell whether the address exists"
    db.session.rollback()
    assert db.session.scalars(select(Bericht.aan)).all() == [streng.een.emails[Rol.KABINET]]
    factoren.meld(
        db.session(), streng.een.actoren[Rol.JURIST], streng.nu, jurist, streng.app.extensions[SLEUTEL], "O", "Z"
    )
    with pytest.raises(OngeldigeInvoer, match="e-mailadres"):
        voeg_gebruiker_toe(
            db.session(), streng.een.actoren[Rol.BEHEERDER], streng.nu, "zoë@x.example", "Zoë", Rol.JURIST, NIEUW
        )


def test_het_huidige_wachtwoord_is_niet_te_raden(wereld: Wereld) -> None:
    """Somebody holds a stolen session: every wrong guess counts for the account, whatever else the form says."""
    bus = wereld.app.extensions
    bus["instellingen"] = replace(bus["instellingen"], aanmelden_limiet="4 per minute")
    client, uit = wereld.client(Rol.JURIST), []
    for nummer in range(6):
        data = {"email": f"{nummer}@x.example", "oud": f"fout {nummer}", "nieuw": NIEUW, "nogmaals": NIEUW}
        uit.append(client.post("/account", data=data | {"csrf_token": csrf(client)}).status_code)
    assert uit == [422] * 4 + [429] * 2
    db.session.rollback()
    assert db.session.scalars(select(Auditregel.handeling)).all().count("wachtwoord_mislukt") == 4
    # An office behind one address: attempts that name nobody keep no colleague from choosing a password.
    vreemd = wereld.app.test_client()
    for _ in range(6):
        vreemd.post("/aanmelden", data={"csrf_token": token_van(vreemd)})
    link = maak_link(str(wereld.app.secret_key), wereld.nu, gebruiker_van(wereld, Rol.KABINET)).bewijs
    browser = wereld.app.test_client()
    velden = {"nieuw": NIEUW, "nogmaals": NIEUW, "csrf_token": token_van(browser, f"/wachtwoord/{link}")}
    assert browser.post(f"/wachtwoord/{link}", data=velden).status_code == 302
    db.session.rollback()
    assert "Uw wachtwoord is gekozen" in db.session.scalars(select(Bericht.onderwerp)).all()


def test_overal_afmelden_is_ook_in_de_andere_gemeente(wereld: Wereld) -> None:
    wie, client = wereld.een.actoren[Rol.JURIST], wereld.client(Rol.JURIST)
    lid = Lidmaatschap(
        gemeente_id=wereld.twee.gemeente.id,
        gebruiker_id=wie.gebruiker_id or 0,
        rol=Rol.JURIST.value,
        organisatie_id=None,
    )
    db.session.add(lid)
    db.session.flush()
    elders = begin_sessie(db.session(), wereld.nu, lid, "wachtwoord", "Laptop daar")
    db.session.commit()
    assert client.post("/account/sessies", data={"csrf_token": csrf(client)}).status_code == 302
    db.session.rollback()
    db.session.refresh(elders)
    assert elders.beeindigd_op is not None
    assert client.get("/").status_code == 200


def test_wie_opnieuw_aanmeldt_laat_geen_oude_aanmelding_open(wereld: Wereld) -> None:
    client, email = wereld.app.test_client(), wereld.een.emails[Rol.JURIST]
    meld_aan(client, email)
    oud = client.get_cookie("inspecties")
    assert oud is not None
    # From a tab in which the form was still open.
    data = {"email": email, "wachtwoord": WACHTWOORD, "csrf_token": csrf(client)}
    assert client.post("/aanmelden", data=data).status_code == 302
    assert client.get("/").status_code == 200
    dief = wereld.app.test_client()
    dief.set_cookie("inspecties", oud.value)
    assert dief.get("/").status_code == 302


def test_de_link_uit_de_mail_helpt_wie_vreemden_afremmen(wereld: Wereld) -> None:
    """Strangers keep guessing at the account: its owner has a new laptop, and gets in through the mail."""
    email, vreemd = wereld.een.emails[Rol.JURIST], wereld.app.test_client()
    with wereld.app.test_request_context("/"):
        for _ in range(REM[0][0]):
            tel_mislukt(email)
    meld_aan(vreemd, email, "dit is het verkeerde wachtwoord")
    laptop = wereld.app.test_client()
    assert meld_aan(laptop, email).status_code == 429
    laptop.post("/wachtwoord-vergeten", data={"email": email, "csrf_token": token_van(laptop, "/wachtwoord-vergeten")})
    db.session.rollback()
    verzoek = db.session.scalars(select(Wachtwoordverzoek)).one()
    link = f"/wachtwoord-nieuw/{maak_token(bos(wereld.app), Geheimlink('wachtwoord', str(verzoek.uid), 1))}"
    velden = {"nieuw": NIEUW, "nogmaals": NIEUW, "csrf_token": token_van(laptop, link)}
    assert laptop.post(link, data=velden).status_code == 302
    assert meld_aan(laptop, email, NIEUW).status_code == 302
    assert meld_aan(wereld.app.test_client(), email, NIEUW).status_code == 429, "strangers are still held back"


def test_een_vergeten_wachtwoord_kost_evenveel_werk_voor_wie_dan_ook(streng: Wereld, klok: VasteKlok) -> None:
    """How long it takes tells nothing: the same statements for the known, unknown and blocked, and after many mails."""
    geblokkeerd = gebruiker_van(streng, Rol.KABINET)
    geblokkeerd.geblokkeerd_op = streng.nu
    db.session.commit()
    bekend = streng.een.emails[Rol.JURIST]
    client = streng.app.test_client()
    token, gedaan = token_van(client, "/wachtwoord-vergeten"), []

    def tel(*wat: object) -> None:
        # What it does, and not with which values.
        gedaan[-1].append(" ".join(str(wat[2]).split()[:3]))

    adressen = [bekend, "niemand@nergens.example", geblokkeerd.email, *[bekend] * 4]
    event.listen(Engine, "before_cursor_execute", tel)
    try:
        for email in adressen:
            gedaan.append([])
            assert client.post("/wachtwoord-vergeten", data={"email": email, "csrf_token": token}).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", tel)
    werk = [[stap for stap in een if not stap.startswith(("RELEASE", "ROLLBACK"))] for een in gedaan]
    assert len(werk[0]) > 8
    # The first one fills what the application keeps.
    for email, een in zip(adressen[1:], werk[1:], strict=True):
        assert een == werk[-1], email
    db.session.rollback()
    assert list(db.session.scalars(select(Bericht.aan))) == [bekend] * 3, "no more than three an hour, and none else"
