"""What somebody with the whole database can do to the log, and that heads stored elsewhere show it (promise 32)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from inspecties.audit.models import Auditkop, Auditregel
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules import BEGIN_HASH, Regel, bereken_hash
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dienst.audit_cli import audit
from inspecties.dienst.auditkoppen import Koppenschrijver
from inspecties.post.models import Bericht
from tests.wereld import Wereld


def leg_vast_tot(wereld: Wereld, aantal: int) -> None:
    for i in range(aantal):
        leg_vast(db.session(), wereld.een.actoren[Rol.JURIST], wereld.nu, "dossier_gelezen", "dossier", f"d{i}")
    db.session.commit()


def zonder_triggers(sessie: Session) -> None:
    """As an attacker with the database: the triggers that refuse changes are switched off."""
    if sessie.get_bind().dialect.name == "postgresql":
        sessie.execute(text("ALTER TABLE auditregel DISABLE TRIGGER USER"))
        return
    namen = sessie.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'auditregel'"))
    for naam in namen.all():
        sessie.execute(text(f'DROP TRIGGER "{naam}"'))


def reken_door(sessie: Session, gemeente_id: int, vanaf: int) -> None:
    """Make every hash from here on anew, and the head: a chain that is whole again."""
    vorige = BEGIN_HASH
    rijen = select(Auditregel).where(Auditregel.gemeente_id == gemeente_id).order_by(Auditregel.seq)
    for rij in sessie.scalars(rijen.execution_options(populate_existing=True)).all():
        if rij.seq >= vanaf:
            rij.vorige_hash = vorige
            rij.hash = bereken_hash(Regel(**{v: getattr(rij, v) for v in Regel.__dataclass_fields__}), vorige)
        vorige = rij.hash
    kop = sessie.get_one(Auditkop, gemeente_id)
    kop.hash = vorige
    kop.seq = sessie.scalar(select(func.max(Auditregel.seq)).where(Auditregel.gemeente_id == gemeente_id)) or 0
    sessie.flush()


def _doe(sessie: Session, opdracht: str, g: int) -> None:
    sessie.execute(text(opdracht), {"g": g})


def wijzig(sessie: Session, g: int) -> None:
    _doe(sessie, "UPDATE auditregel SET handeling = 'niets' WHERE gemeente_id = :g AND seq = 3", g)


def verwijder(sessie: Session, g: int) -> None:
    _doe(sessie, "DELETE FROM auditregel WHERE gemeente_id = :g AND seq = 3", g)


def verwissel(sessie: Session, g: int) -> None:
    for van, naar in ((3, 99), (4, 3), (99, 4)):
        _doe(sessie, f"UPDATE auditregel SET seq = {naar} WHERE gemeente_id = :g AND seq = {van}", g)


def kap_af(sessie: Session, g: int) -> None:
    _doe(sessie, "DELETE FROM auditregel WHERE gemeente_id = :g AND seq >= 3", g)


def wijzig_en_reken_door(sessie: Session, g: int) -> None:
    wijzig(sessie, g)
    reken_door(sessie, g, 3)


def verwijder_en_reken_door(sessie: Session, g: int) -> None:
    verwijder(sessie, g)
    for n in (4, 5, 6):
        _doe(sessie, f"UPDATE auditregel SET seq = {n - 1} WHERE gemeente_id = :g AND seq = {n}", g)
    reken_door(sessie, g, 3)


def kap_af_en_zet_de_kop(sessie: Session, g: int) -> None:
    kap_af(sessie, g)
    reken_door(sessie, g, 1)


def leeg_alles(sessie: Session, g: int) -> None:
    _doe(sessie, "DELETE FROM auditregel WHERE gemeente_id = :g", g)
    _doe(sessie, "DELETE FROM auditkop WHERE gemeente_id = :g", g)


# attack, first row that the command names, and whether the database alone shows it
AANVALLEN: list[tuple[Callable[[Session, int], None], int, bool]] = [
    (wijzig, 3, True),
    (verwijder, 3, True),
    (verwissel, 3, True),
    (kap_af, 3, True),
    (wijzig_en_reken_door, 3, False),
    # Whether rows went at the end or in between cannot be known any more: the row after the last is named.
    (verwijder_en_reken_door, 6, False),
    (kap_af_en_zet_de_kop, 3, False),
    (leeg_alles, 1, False),
]


def test_elke_aanval_op_het_logboek_valt_op(app: Flask, wereld: Wereld, tmp_path: Path) -> None:
    """Heads were stored at row 2 and row 6; the attacker has the database, not that file."""
    runner, koppen, g = app.test_cli_runner(), tmp_path / "koppen.jsonl", wereld.een.gemeente.id
    leg_vast_tot(wereld, 2)
    assert runner.invoke(audit, ["kop", "--naar", f"bestand:{koppen}"]).exit_code == 0
    leg_vast_tot(wereld, 4)
    assert runner.invoke(audit, ["kop", "--naar", f"bestand:{koppen}"]).exit_code == 0
    gaaf = runner.invoke(audit, ["controleer", "--koppen", str(koppen)])
    assert gaaf.exit_code == 0, gaaf.output
    assert "Markerwaard: in orde (vergeleken met 2 bewaarde koppen)" in gaaf.output

    sessie = db.session()
    zonder_triggers(sessie)
    sessie.commit()
    rijen = [dict(r._mapping) for r in sessie.execute(select(Auditregel.__table__))]
    kop = sessie.execute(select(Auditkop.__table__)).one()
    for aanval, eerste, zonder_koppen in AANVALLEN:
        aanval(sessie, g)
        sessie.commit()
        sessie.expire_all()
        alleen = runner.invoke(audit, ["controleer"])
        assert (alleen.exit_code == 1) is zonder_koppen, aanval.__name__
        fout = runner.invoke(audit, ["controleer", "--koppen", str(koppen)])
        assert fout.exit_code == 1, aanval.__name__
        assert f"gebroken bij regel {eerste}:" in fout.output, (aanval.__name__, fout.output)
        for tabel in ("auditregel", "auditkop"):
            _doe(sessie, f"DELETE FROM {tabel} WHERE gemeente_id = :g", g)
        sessie.execute(Auditregel.__table__.insert(), rijen)  # type: ignore[attr-defined]
        sessie.execute(Auditkop.__table__.insert(), dict(kop._mapping))  # type: ignore[attr-defined]
        sessie.commit()
        sessie.expire_all()
    assert runner.invoke(audit, ["controleer", "--koppen", str(koppen)]).exit_code == 0

    # A file of which a line was changed is no proof either, and says so.
    koppen.write_text(koppen.read_text().replace('"seq":2', '"seq":1'))
    gewijzigd = runner.invoke(audit, ["controleer", "--koppen", str(koppen)])
    assert gewijzigd.exit_code == 1
    assert "de handtekening klopt niet" in gewijzigd.output


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_de_dienst_bewaart_zelf_koppen(app: Flask, wereld: Wereld, klok: VasteKlok, tmp_path: Path) -> None:
    """By mail and in a file, every hour; of two server processes one does it."""
    leg_vast_tot(wereld, 1)
    koppen = tmp_path / "koppen.jsonl"
    inst = app.extensions["instellingen"]
    object.__setattr__(inst, "audit_kop_naar", f"bestand:{koppen},mail:fg@markerwaard.example")
    een, ander = Koppenschrijver(app), Koppenschrijver(app)
    nu = klok.nu()
    assert [een.ronde(nu), ander.ronde(nu), een.ronde(nu + timedelta(minutes=59))] == [True, False, False]
    leg_vast_tot(wereld, 1)
    assert ander.ronde(nu + timedelta(minutes=60))
    regels = koppen.read_text().splitlines()
    assert len(regels) == 2
    mails = db.session.scalars(select(Bericht).where(Bericht.verwijzing == "auditkop").order_by(Bericht.id)).all()
    assert [mail.aan for mail in mails] == ["fg@markerwaard.example"] * 2
    assert regels[0] in mails[0].tekst
    uit = app.test_cli_runner().invoke(audit, ["controleer", "--koppen", str(koppen)])
    assert uit.exit_code == 0, uit.output
