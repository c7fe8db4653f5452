"""What the auditor asks besides the lines: quick filters, one person's timeline, the file, unusual reading."""

import csv
import io
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from inspecties.audit import queries_auditor
from inspecties.audit.models import Auditregel
from inspecties.audit.operations import leg_vast
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from tests.wereld import Wereld

# A user who was given a name that a spreadsheet would calculate with.
FORMULE = '=HYPERLINK("http://elders.example";"klik")'


def tekst(client: FlaskClient, pad: str) -> str:
    antwoord = client.get(pad)
    assert antwoord.status_code == 200, pad
    return antwoord.get_data(as_text=True)


def laatste_regel() -> Auditregel:
    db.session.rollback()
    regel = db.session.scalars(select(Auditregel).order_by(Auditregel.id.desc())).first()
    assert regel is not None
    return regel


@pytest.fixture
def auditor(wereld: Wereld) -> FlaskClient:
    """Forty quiet days of the jurist and one of reading everything; a failed login, a file, a change of rights."""
    sessie, nu, een = db.session(), wereld.nu, wereld.een.actoren
    jurist, beheerder = een[Rol.JURIST], een[Rol.BEHEERDER]
    for dag in range(40, 2, -1):
        for i in range(2):
            leg_vast(sessie, jurist, nu - timedelta(days=dag), "dossier_gelezen", "dossier", f"rustig-{dag}-{i}")
    leg_vast(sessie, beheerder, nu - timedelta(days=2), "rol_gewijzigd", "gebruiker", een[Rol.KABINET].gebruiker_uid)
    leg_vast(
        sessie, beheerder, nu - timedelta(days=2), "aanmelden_mislukt", "gebruiker", een[Rol.KABINET].gebruiker_uid
    )
    for i in range(60):
        leg_vast(sessie, jurist, nu - timedelta(days=1), "dossier_gelezen", "dossier", f"druk-{i}")
    leg_vast(
        sessie, jurist, nu - timedelta(hours=1), "locaties_geexporteerd", "gemeente", "1", gegevens={"filter": FORMULE}
    )
    leg_vast(sessie, wereld.twee.actoren[Rol.JURIST], nu, "dossier_gelezen", "dossier", "van-de-buren")
    sessie.commit()
    return wereld.client(Rol.AUDITOR)


def regels_op(pagina: str) -> list[str]:
    """The rows of the table of lines, without the choices and the numbers per day above it."""
    return pagina.split('data-label="Regel"')[1:]


def test_snelle_filters(auditor: FlaskClient) -> None:
    verwacht = {
        "rechten": "Rol van een gebruiker gewijzigd",
        "mislukt": "Poging om aan te melden mislukt",
        "uitvoer": "Locaties als bestand opgeslagen",
    }
    for snel, zin in verwacht.items():
        rijen = regels_op(tekst(auditor, f"/auditlog?snel={snel}"))
        assert len(rijen) == 1, snel
        assert zin in rijen[0], rijen[0]
    # With the other fields of the form it narrows further; what is no quick filter shows everything.
    assert regels_op(tekst(auditor, "/auditlog?snel=rechten&wie=jurist")) == []
    assert any("Dossier gelezen" in rij for rij in regels_op(tekst(auditor, "/auditlog?snel=bestaat-niet")))


def test_tijdlijn_van_een_persoon(auditor: FlaskClient, wereld: Wereld) -> None:
    jurist = wereld.een.actoren[Rol.JURIST]
    pagina = tekst(auditor, f"/auditlog/personen/{jurist.gebruiker_uid}")
    assert "Tijdlijn van jurist Markerwaard" in pagina
    assert "Rol van een gebruiker gewijzigd" not in pagina, "that was somebody else"
    regel = laatste_regel()
    assert (regel.handeling, regel.object_uid) == ("auditlogboek_van_persoon_gelezen", str(jurist.gebruiker_uid))
    buur = wereld.twee.actoren[Rol.JURIST]
    assert auditor.get(f"/auditlog/personen/{buur.gebruiker_uid}").status_code == 404


def test_opvallend_lezen(auditor: FlaskClient) -> None:
    pagina = tekst(auditor, "/auditlog/opvallend").partition("<tbody>")[2]
    assert pagina.count('data-label="Wie"') == 1, "one day of one person"
    assert "jurist Markerwaard" in pagina
    assert ">60<" in pagina
    assert laatste_regel().handeling == "opvallend_lezen_bekeken"


def test_opvallend_laat_het_oudste_weg(auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """More reading than is looked at: the busy day of yesterday shows, and the page says from when it looked."""
    monkeypatch.setattr(queries_auditor, "_HOOGSTENS", 80)
    pagina = tekst(auditor, "/auditlog/opvallend")
    assert ">60<" in pagina.partition("<tbody>")[2]
    assert "Bekeken is vanaf" in pagina
    monkeypatch.setattr(queries_auditor, "_HOOGSTENS", 1000)
    assert "Bekeken is vanaf" not in tekst(auditor, "/auditlog/opvallend")


def test_als_bestand(auditor: FlaskClient) -> None:
    """Both files hold the filter's lines and no other gemeente's; a formula is text; the fetching is a line."""
    antwoord = auditor.get("/auditlog/uitvoer.csv?snel=uitvoer")
    assert antwoord.status_code == 200
    assert "attachment" in antwoord.headers["Content-Disposition"]
    inhoud = antwoord.get_data().decode("utf-8-sig")
    scheiding = ";" if ";" in inhoud.splitlines()[0] else ","
    kop, *rijen = list(csv.reader(io.StringIO(inhoud), delimiter=scheiding))
    assert [r[kop.index("wie")] for r in rijen] == ["jurist Markerwaard"]
    assert all(cel[:1] not in {"=", "+", "-", "@", "\t"} for rij in rijen for cel in rij)
    assert "HYPERLINK" in rijen[0][kop.index("bijzonderheden")], "the value is kept"
    regel = laatste_regel()
    assert regel.handeling == "auditlogboek_geexporteerd"
    assert regel.gegevens == {"formaat": "csv", "filter": ["uitvoer"]}

    blad = load_workbook(io.BytesIO(auditor.get("/auditlog/uitvoer.xlsx").get_data())).active
    cellen = [cel for rij in blad.iter_rows() for cel in rij]
    assert not [cel.coordinate for cel in cellen if cel.data_type == "f"], "no cell is a formula"
    waarden = {str(cel.value) for cel in cellen}
    assert "druk-59" in waarden
    assert "van-de-buren" not in waarden
    assert laatste_regel().gegevens == {"formaat": "xlsx"}

    alleen = auditor.get(f"/auditlog/uitvoer.csv?object_uid={quote('druk-3')}").get_data(as_text=True)
    assert alleen.count("druk-3") == 1
    assert "druk-4" not in alleen
    assert auditor.get("/auditlog/uitvoer.csv?van=gisteren").status_code == 422
    assert auditor.get("/auditlog/uitvoer.pdf").status_code == 404


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
@pytest.mark.parametrize("rol", sorted(MENSEN - {Rol.AUDITOR}))
def test_niemand_anders(wereld: Wereld, rol: Rol) -> None:
    client = wereld.client(rol)
    uid = wereld.een.actoren[Rol.JURIST].gebruiker_uid
    for pad in ("/auditlog/uitvoer.csv", "/auditlog/uitvoer.xlsx", "/auditlog/opvallend", f"/auditlog/personen/{uid}"):
        assert client.get(pad).status_code == 403
