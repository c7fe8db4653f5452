"""The auditor reads, filters and verifies the log; nobody else does."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.audit.models import Auditkop, Auditregel
from inspecties.audit.operations import leg_vast
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from tests.wereld import Wereld, csrf


def tekst(antwoord) -> str:
    return antwoord.get_data(as_text=True)


def rijen(antwoord) -> int:
    return tekst(antwoord).count('data-label="Wanneer"')


@pytest.fixture
def auditor(wereld: Wereld) -> FlaskClient:
    """An auditor, and a log with lines of two people and of another gemeente."""
    een = wereld.een.actoren
    for i in range(3):
        leg_vast(db.session(), een[Rol.JURIST], wereld.nu, "dossier_gelezen", "dossier", f"d{i}", "Awb 3:2")
    leg_vast(
        db.session(),
        een[Rol.BEHEERDER],
        wereld.nu - timedelta(days=3),
        "rol_gewijzigd",
        "gebruiker",
        een[Rol.KABINET].gebruiker_uid,
        gegevens={"van": "inspecteur", "naar": "kabinet"},
    )
    leg_vast(db.session(), wereld.twee.actoren[Rol.JURIST], wereld.nu, "van_elders", "dossier", "geheim")
    db.session.commit()
    return wereld.client(Rol.AUDITOR)


@pytest.mark.parametrize("rol", sorted(MENSEN - {Rol.AUDITOR}))
def test_alleen_de_auditor(wereld: Wereld, rol: Rol) -> None:
    client = wereld.client(rol)
    assert client.get("/auditlog").status_code == 403
    assert client.post("/auditlog/controle", data={"csrf_token": csrf(client)}).status_code == 403


def test_regels_zijn_leesbaar_en_van_de_eigen_gemeente(auditor: FlaskClient) -> None:
    antwoord = auditor.get("/auditlog")
    pagina = tekst(antwoord)
    assert rijen(antwoord) == 4
    assert "Dossier gelezen" in pagina
    assert "jurist Markerwaard, Jurist" in pagina
    assert "Rol van een gebruiker gewijzigd" in pagina
    assert "van: inspecteur; naar: kabinet" in pagina
    assert "Gebruiker kabinet Markerwaard" in pagina
    assert "Grondslag: Awb 3:2" in pagina
    assert "geheim" not in pagina
    assert "Van elders" not in pagina


def test_lezen_wordt_zelf_vastgelegd(auditor: FlaskClient) -> None:
    auditor.get("/auditlog?wie=jurist")
    laatste = db.session.scalars(select(Auditregel).order_by(Auditregel.id.desc())).first()
    assert laatste is not None
    assert laatste.handeling == "auditlogboek_gelezen"
    assert laatste.gegevens["filter"] == ["wie"], "what was typed may be a name"
    assert "Dit auditlogboek gelezen" in tekst(auditor.get("/auditlog"))


@pytest.mark.parametrize(
    ("vraag", "aantal"),
    [
        ("wie=JURIST", 3),
        ("wie=beheerder%40", 1),
        ("wie=%25", 0),
        ("handeling=rol_gewijzigd", 1),
        ("object_soort=dossier", 3),
        ("object_uid=d1", 1),
        ("object_uid=geheim", 0),
        ("van=2026-11-21", 3),
        ("tot=2026-11-20", 1),
        ("van=2026-11-18&tot=2026-11-18", 1),
        ("object_soort=dossier&wie=beheerder", 0),
        ("handeling=bestaat-niet", 0),
        ("pagina=99999", 4),
        ("pagina=-1", 4),
        ("pagina=x", 4),
    ],
)
def test_filters(auditor: FlaskClient, vraag: str, aantal: int) -> None:
    antwoord = auditor.get(f"/auditlog?{vraag}")
    assert antwoord.status_code == 200
    assert rijen(antwoord) == aantal
    if not aantal:
        assert "Geen regel past" in tekst(antwoord)


@pytest.mark.parametrize(
    ("vraag", "melding"),
    [
        ("van=gisteren", "Ongeldige datum"),
        ("van=2026-13-40", "Ongeldige datum"),
        ("van=2026-11-21&tot=2026-11-01", "Draai de twee om"),
        ("wie=%00", "teken in dat niet kan"),
        ("wie=" + "x" * 200, "korter dan 100"),
    ],
)
def test_foute_filters_zeggen_wat_er_mis_is(auditor: FlaskClient, vraag: str, melding: str) -> None:
    antwoord = auditor.get(f"/auditlog?{vraag}")
    assert antwoord.status_code == 422
    assert melding in tekst(antwoord)


def test_dag_is_een_nederlandse_dag(wereld: Wereld, klok: VasteKlok) -> None:
    """23:30 UTC on the 20th is half past midnight on the 21st in the Netherlands."""
    leg_vast(
        db.session(), wereld.een.systeem, klok.moment.replace(day=20, hour=23, minute=30), "nachtwerk", "taak", "1"
    )
    db.session.commit()
    auditor = wereld.client(Rol.AUDITOR)
    assert rijen(auditor.get("/auditlog?van=2026-11-21&handeling=nachtwerk")) == 1
    assert rijen(auditor.get("/auditlog?tot=2026-11-20&handeling=nachtwerk")) == 0


def test_bladeren(wereld: Wereld) -> None:
    for i in range(60):
        leg_vast(db.session(), wereld.een.systeem, wereld.nu, "gelezen", "dossier", f"d{i}")
    db.session.commit()
    auditor = wereld.client(Rol.AUDITOR)
    eerste = auditor.get("/auditlog?handeling=gelezen")
    assert rijen(eerste) == 50
    assert "60 regels, bladzijde 1 van 2" in tekst(eerste)
    assert "handeling=gelezen&amp;pagina=2" in tekst(eerste)
    assert rijen(auditor.get("/auditlog?handeling=gelezen&pagina=2")) == 10


def test_keten_controleren(auditor: FlaskClient, wereld: Wereld) -> None:
    antwoord = auditor.post("/auditlog/controle", data={"csrf_token": csrf(auditor)}, follow_redirects=True)
    # Those that there were when it began; the line about this check comes after them.
    assert "De keten klopt. Alle 4 regels zijn nagekeken." in tekst(antwoord)
    assert "Laatst gecontroleerd op 21 november 2026" in tekst(antwoord)


def test_breuk_wordt_genoemd_en_blijft_staan(auditor: FlaskClient, wereld: Wereld) -> None:
    db.session.get_one(Auditkop, wereld.een.gemeente.id).seq = 9  # as if lines had been cut off
    db.session.commit()
    antwoord = auditor.post("/auditlog/controle", data={"csrf_token": csrf(auditor)}, follow_redirects=True)
    assert "De keten klopt niet bij regel 5" in tekst(antwoord)
    assert "klopte de keten niet bij regel 5" in tekst(auditor.get("/auditlog"))
    andere = wereld.client(Rol.AUDITOR, wereld.twee)
    antwoord = andere.post("/auditlog/controle", data={"csrf_token": csrf(andere)}, follow_redirects=True)
    assert "De keten klopt." in tekst(antwoord)
