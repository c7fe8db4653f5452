"""What `inspecties doctor` finds on this machine: the time service, where heads went, and what killed runs left."""

import fcntl
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from inspecties.core.klok import VasteKlok
from inspecties.database.basis import db
from inspecties.dienst import dokter_tijd
from inspecties.dienst.auditkoppen import Koppenschrijver
from inspecties.dienst.dokter import Oordeel, Rest, onderzoek
from inspecties.dienst.dokter_feiten import verzamel
from inspecties.dienst.dokter_resten import lees_resten
from inspecties.dienst.dokter_tijd import lees_tijddienst
from inspecties.instellingen import Instellingen
from inspecties.post.models import Bericht
from tests.integration.audit.test_koppen import leg_vast_tot
from tests.wereld import Wereld

GEVALLEN = [
    ({}, None),
    ({"timedatectl": "echo yes"}, True),
    ({"timedatectl": "echo no", "chronyc": "echo 'Leap status     : Normal'"}, False),
    # No systemd here: the other one is asked.
    ({"timedatectl": "exit 1", "chronyc": "echo 'Leap status     : Normal'"}, True),
    ({"chronyc": "echo 'Reference ID    : 0'; echo 'Leap status     : Not synchronised'"}, False),
    ({"chronyc": "echo '506 Cannot talk to daemon'; exit 1"}, None),
    ({"timedatectl": "echo misschien", "chronyc": "echo"}, None),
    ({"timedatectl": "exec /bin/sleep 30"}, None),
]


@pytest.mark.parametrize(("programmas", "gelijk"), GEVALLEN)
def test_de_tijddienst_van_de_machine(
    programmas: dict[str, str], gelijk: bool | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever there is, or is not, and also when it hangs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(dokter_tijd, "WACHT_S", 0.5)
    for naam, doet in programmas.items():
        (tmp_path / naam).write_text(f"#!/bin/sh\n{doet}\n")
        (tmp_path / naam).chmod(0o700)
    begin = time.monotonic()
    assert lees_tijddienst() is gelijk
    assert time.monotonic() - begin < 10


def _kop(app: Flask) -> tuple[Oordeel, str]:
    db.session.rollback()
    (b,) = [b for b in onderzoek(verzamel(app, snel=True)) if b.code == "auditkop"]
    return b.oordeel, b.wat


def test_per_plek_wanneer_er_een_kop_was(app: Flask, wereld: Wereld, klok: VasteKlok, tmp_path: Path) -> None:
    """Stored in a file at once, by mail when it is sent, and at a syslog that is away never."""
    leg_vast_tot(wereld, 1)
    inst = app.extensions["instellingen"]
    naar = f"bestand:{tmp_path}/k.jsonl,mail:fg@markerwaard.example"
    object.__setattr__(inst, "audit_kop_naar", f"{naar},syslog://{tmp_path}/weg")
    assert "k.jsonl (nog nooit)" in _kop(app)[1]
    assert Koppenschrijver(app).ronde(klok.nu())
    oordeel, wat = _kop(app)
    assert oordeel is Oordeel.LET_OP
    assert "k.jsonl" not in wat
    assert "mail fg@markerwaard.example (nog nooit)" in wat
    assert f"syslog {tmp_path}/weg (nog nooit)" in wat

    mail = db.session.scalars(select(Bericht).where(Bericht.verwijzing == "auditkop")).one()
    mail.status, mail.verzonden_op, mail.tekst = "verzonden", klok.nu(), ""
    db.session.commit()
    object.__setattr__(inst, "audit_kop_naar", naar)
    assert _kop(app) == (
        Oordeel.GOED,
        f"De kop is bewaard: bestand {tmp_path}/k.jsonl (0 minuten geleden); "
        "mail fg@markerwaard.example (0 minuten geleden).",
    )
    klok.moment += timedelta(minutes=71)
    assert _kop(app)[0] is Oordeel.LET_OP


def _oud(pad: Path, dagen: float) -> str:
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.touch()
    moment = time.time() - dagen * 86_400
    os.utime(pad, (moment, moment))
    return str(pad)


def test_resten_van_afgebroken_werk(tmp_path: Path) -> None:
    """Of each kind what is left is named, and not what somebody works at now, or will go on with."""
    data, backups = tmp_path / "data", tmp_path / "backups"
    inst = Instellingen(data=data, backup_map=str(backups))
    nu = datetime.now(UTC)
    assert lees_resten(inst, nu) == ()
    winkel = inst.opslagmap / str(uuid4()) / "ab"
    verwacht = {
        ("upload", _oud(inst.opslagmap / "onderweg" / f"{uuid4()}.deel", 40)),
        ("bestand", _oud(winkel / f".{'ab' * 32}.123.456", 2)),
        ("bestand", _oud(winkel / f".{'ab' * 32}.herstel", 2)),
        ("los", _oud(data / "taken.4711", 2)),
    }
    herstel = {
        ("herstel", _oud(data / "inspecties.db.herstel-20261121T1", 0)),
        ("herstel", _oud(data / ".herstel-werk-x" / "lijst", 0).removesuffix("/lijst")),
        ("oud", _oud(data / "inspecties.db.voor-herstel-20261101T1", 8)),
        ("oud", _oud(data / "database.voor-herstel-20261101T1.dump", 8)),
    }
    backup = {("backup", _oud(backups / ".bezig-20261121T1" / "database.db", 0).removesuffix("/database.db"))}
    for pad, dagen in (
        (inst.opslagmap / "onderweg" / f"{uuid4()}.deel", 20),
        (winkel / ("ab" * 32), 400),
        (winkel / f".{'ab' * 32}.124.456", 0),
        (data / "inspecties.db.voor-herstel-20261121T1", 1),
        (data / "inspecties.db", 9),
        (data / "taken.json", 9),
        (data / "stand.4712", 0),
        (backups / "20261121T000000000000Z" / "manifest.json", 9),
    ):
        _oud(pad, dagen)

    def gezien() -> set[tuple[str, str]]:
        return {(r.soort, r.pad) for r in lees_resten(inst, nu)}

    assert gezien() == verwacht | herstel | backup
    with (data / ".dienst").open("a") as dienst, (backups / ".slot").open("w") as slot:
        # A running service shares its lock; a restore and a backup have theirs alone.
        fcntl.flock(dienst, fcntl.LOCK_SH)
        fcntl.flock(slot, fcntl.LOCK_EX)
        assert gezien() == verwacht | herstel
        fcntl.flock(dienst, fcntl.LOCK_EX)
        assert gezien() == verwacht
    # The next restore may need what stood there before this one.
    (data / ".herstel-half").write_text("wat er stond is bewaard.")
    over = {r for r in herstel if r[0] == "herstel"}
    assert gezien() == verwacht | over | backup | {("half_herstel", str(data))}
    assert lees_resten(inst, nu)[1] == Rest("half_herstel", str(data))
