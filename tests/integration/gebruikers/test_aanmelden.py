"""Login: nothing told about what was wrong, session rotated, idle and blocked sessions end."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers import operations
from inspecties.gebruikers.models import Lidmaatschap, Sessie
from inspecties.gebruikers.views import veilig_doel
from tests.wereld import WACHTWOORD, Wereld, csrf


def token_van(client: FlaskClient, pad: str = "/aanmelden") -> str:
    tekst = client.get(pad).get_data(as_text=True)
    return tekst.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def meld_aan(client: FlaskClient, email: str, wachtwoord: str = WACHTWOORD, volgende: str = ""):
    return client.post(
        "/aanmelden",
        data={
            "email": email,
            "wachtwoord": wachtwoord,
            "volgende": volgende,
            "csrf_token": token_van(client),
        },
    )


def test_aanmelden_en_afmelden(wereld: Wereld) -> None:
    client = wereld.app.test_client()
    assert client.get("/").status_code == 302
    antwoord = meld_aan(client, wereld.een.emails[Rol.COORDINATOR])
    assert antwoord.status_code == 302
    assert antwoord.location == "/"
    cookie = antwoord.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get("/").status_code == 200
    assert client.post("/afmelden", data={"csrf_token": csrf(client)}).status_code == 302
    assert client.get("/").status_code == 302


def test_cookie_van_na_afmelden_is_waardeloos(wereld: Wereld) -> None:
    client = wereld.app.test_client()
    meld_aan(client, wereld.een.emails[Rol.COORDINATOR])
    gestolen = client.get_cookie("inspecties")
    assert gestolen is not None
    client.post("/afmelden", data={"csrf_token": csrf(client)})
    dief = wereld.app.test_client()
    dief.set_cookie("inspecties", gestolen.value)
    assert dief.get("/").status_code == 302


def test_sessie_wisselt_bij_aanmelden(wereld: Wereld) -> None:
    client = wereld.app.test_client()
    client.get("/aanmelden")
    with client.session_transaction() as s:
        s["geplant"] = "door een ander"
    meld_aan(client, wereld.een.emails[Rol.COORDINATOR])
    with client.session_transaction() as s:
        assert "geplant" not in s


def test_fout_zegt_niet_welk_deel(wereld: Wereld) -> None:
    client = wereld.app.test_client()
    fout_wachtwoord = meld_aan(client, wereld.een.emails[Rol.JURIST], "dit is het verkeerde wachtwoord")
    onbekend = meld_aan(client, "niemand@markerwaard.example", "dit is het verkeerde wachtwoord")
    assert fout_wachtwoord.status_code == onbekend.status_code == 401
    melding = "Het e-mailadres of het wachtwoord klopt niet."
    assert melding in fout_wachtwoord.get_data(as_text=True)
    assert melding in onbekend.get_data(as_text=True)
    assert "jurist@markerwaard.example" in fout_wachtwoord.get_data(as_text=True), "what was typed is kept"
    assert "verkeerde" not in fout_wachtwoord.get_data(as_text=True), "but never the password"


def test_mislukte_poging_staat_in_het_auditlogboek(wereld: Wereld) -> None:
    meld_aan(wereld.app.test_client(), wereld.een.emails[Rol.JURIST], "dit is het verkeerde wachtwoord")
    assert "aanmelden_mislukt" in db.session.scalars(select(Auditregel.handeling)).all()


def test_leeg_formulier_noemt_de_velden(wereld: Wereld) -> None:
    client = wereld.app.test_client()
    antwoord = client.post("/aanmelden", data={"csrf_token": token_van(client)})
    assert antwoord.status_code == 422
    assert "Vul uw e-mailadres in." in antwoord.get_data(as_text=True)
    assert "Vul uw wachtwoord in." in antwoord.get_data(as_text=True)


def test_zonder_csrf_token_geen_aanmelding(wereld: Wereld) -> None:
    antwoord = wereld.app.test_client().post(
        "/aanmelden", data={"email": wereld.een.emails[Rol.JURIST], "wachtwoord": WACHTWOORD}
    )
    assert antwoord.status_code == 400
    assert "verlopen" in antwoord.get_data(as_text=True)


def test_stille_sessie_eindigt(wereld: Wereld, klok: VasteKlok) -> None:
    client = wereld.client(Rol.COORDINATOR)
    klok.moment += timedelta(minutes=59)
    assert client.get("/").status_code == 200
    klok.moment += timedelta(minutes=59)
    assert client.get("/").status_code == 200, "use keeps a session alive"
    klok.moment += timedelta(minutes=61)
    assert client.get("/").status_code == 302


def test_sessie_eindigt_na_twaalf_uur_ook_bij_gebruik(wereld: Wereld, klok: VasteKlok) -> None:
    client = wereld.client(Rol.COORDINATOR)
    for _ in range(15):
        klok.moment += timedelta(minutes=50)
        laatste = client.get("/").status_code
    assert laatste == 302


def test_geblokkeerde_gebruiker_is_meteen_buiten(wereld: Wereld) -> None:
    client = wereld.client(Rol.INSPECTEUR)
    assert client.get("/").status_code == 200
    lid = db.session.scalars(
        select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == wereld.een.actoren[Rol.INSPECTEUR].gebruiker_id)
    ).one()
    operations.blokkeer(db.session(), wereld.een.systeem, wereld.nu, lid)
    db.session.commit()
    assert client.get("/").status_code == 302
    assert meld_aan(wereld.app.test_client(), wereld.een.emails[Rol.INSPECTEUR]).status_code == 401
    open_ = db.session.scalars(
        select(Sessie).where(Sessie.lidmaatschap_id == lid.id, Sessie.beeindigd_op.is_(None))
    ).all()
    assert open_ == []


def test_open_doorverwijzing_kan_niet(wereld: Wereld) -> None:
    with wereld.app.test_request_context():
        for kwaad in ("//kwaad.example", "https://kwaad.example", "/\\kwaad.example", "javascript:alert(1)", "kwaad"):
            assert veilig_doel(kwaad) == "/"
        assert veilig_doel("/kaart?status=actief") == "/kaart?status=actief"
