"""/thema.css: the colours of the gemeente of whoever is logged in."""

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.wereld import Wereld


def geef_thema(wereld: Wereld, **velden: str) -> None:
    wereld.een.gemeente.thema = velden
    db.session.commit()


def test_elke_gemeente_haar_kleur(wereld: Wereld) -> None:
    geef_thema(wereld, merk="#7a1f5c")
    eigen = wereld.client(Rol.COORDINATOR).get("/thema.css")
    assert eigen.mimetype == "text/css"
    assert "--inspecties-kleur-merk: #7a1f5c;" in eigen.get_data(as_text=True)
    andere = wereld.client(Rol.COORDINATOR, wereld.twee).get("/thema.css").get_data(as_text=True)
    assert "--inspecties-kleur-merk: #154273;" in andere


def test_zonder_aanmelding_de_standaard(wereld: Wereld) -> None:
    geef_thema(wereld, merk="#7a1f5c")
    antwoord = wereld.app.test_client().get("/thema.css")
    assert antwoord.status_code == 200
    assert "#154273" in antwoord.get_data(as_text=True)


def test_onleesbaar_of_kwaadaardig_thema_komt_niet_op_het_scherm(wereld: Wereld) -> None:
    geef_thema(wereld, merk="#fff;} *{display:none")
    tekst = wereld.client(Rol.COORDINATOR).get("/thema.css").get_data(as_text=True)
    assert "display" not in tekst
    assert "#154273" in tekst


def test_etag_scheelt_een_keer_sturen_en_verandert_mee(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    eerste = client.get("/thema.css")
    assert "private" in eerste.headers["Cache-Control"]
    assert "Cookie" in eerste.headers["Vary"]
    kop = {"If-None-Match": eerste.headers["ETag"]}
    assert client.get("/thema.css", headers=kop).status_code == 304
    geef_thema(wereld, merk="#7a1f5c")
    na = client.get("/thema.css", headers=kop)
    assert na.status_code == 200
    assert na.headers["ETag"] != eerste.headers["ETag"]
