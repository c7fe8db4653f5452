"""The service with its files in a bucket: from tablet to complete file, what a killed server loses, and what goes."""

import dataclasses
import random
import shutil
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from inspecties import create_app
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.models_vernietigen import Vernietigbestand
from inspecties.audit.vernietigen import ruim_bestanden
from inspecties.controles.models import Bewijsstuk
from inspecties.controles.opslag import naam_van
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.core.objectopslag import Objectopslag
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.dienst.backup.controleren import controleer
from inspecties.dienst.backup.fouten import BackupFout
from inspecties.dossiers import volledig_werk
from inspecties.dossiers.models_volledig import Volledigdossier
from inspecties.instellingen import opslag_van
from inspecties.start.bewaartermijnen_cli import bewaartermijnen
from tests.conftest import Sjablonen
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.integration.dienst.test_backup import Dienst, stil
from tests.integration.dossiers.conftest import Zaak, verstuur, zaak
from tests.integration.offline.conftest import actie, bezoek, boa
from tests.s3dienst import S3dienst
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Tablet
from tests.wereld import Wereld

__all__ = ["actie", "bezoek", "boa", "zaak"]

pytestmark = pytest.mark.parametrize("database", ["spatialite"], indirect=True)


@pytest.fixture
def app(app: Flask, s3server: S3dienst) -> Flask:
    """The application of the test, with its files in a bucket."""
    inst = app.extensions["instellingen"]
    app.extensions["instellingen"] = dataclasses.replace(inst, **s3server.instellingen(str(nieuw_id())))
    return app


@pytest.fixture
def opslag(app: Flask) -> Objectopslag:
    return cast(Objectopslag, opslag_van(app.extensions["instellingen"]))


def _geen_kopieen(app: Flask) -> None:
    """As on a machine that was set up anew."""
    shutil.rmtree(app.extensions["instellingen"].opslagmap)


def _hashes() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Bewijsstuk.sha256)))


def test_van_tablet_tot_volledig_dossier(
    app: Flask, zaak: Zaak, opslag: Objectopslag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volledig_werk, "start", volledig_werk.voer_uit)
    uid = zaak.wereld.een.gemeente.uid
    assert set(zaak.bewijs) <= {naam[-64:] for naam in opslag.namen()}
    _geen_kopieen(app)
    # A picture for the screen, made of the original in the bucket and kept there.
    voor = len(list(opslag.namen()))
    antwoord = zaak.wereld.client(Rol.INSPECTEUR).get(f"/bezoeken/{zaak.bezoek}/bewijs/{zaak.bewijs[0]}")
    assert (antwoord.status_code, antwoord.mimetype) == (200, "image/jpeg")
    assert len(list(opslag.namen())) == voor + 1
    dossier = zaak.voorgelegd()
    _geen_kopieen(app)
    jurist = zaak.wereld.client(Rol.JURIST)
    assert verstuur(jurist, f"/dossiers/{dossier.uid}/volledig", uitvoering="volledig").status_code == 302
    db.session.rollback()
    rij = db.session.scalars(select(Volledigdossier)).one()
    assert rij.stand == "klaar", rij.melding
    _geen_kopieen(app)
    with jurist.get(f"/dossiers/volledig/{rij.uid}/pdf") as pdf:
        assert pdf.status_code == 200
        assert sha(pdf.get_data()) == rij.pdf_sha256 == opslag.hash_van(naam_van(uid, rij.pdf_sha256))
    assert len(PdfReader(opslag.pad(uid, rij.pdf_sha256)).pages) == rij.bladzijden
    assert not list(opslag.wortel.glob("onderweg/*.deel"))


def _verzend(tus: Tus, bezoek: str, fotos: list[bytes], binnen: set[str]) -> None:
    for foto in fotos:
        if tus.stuur(foto, bezoek, stuk=4000).status_code == 204:
            binnen.add(sha(foto))


def test_een_server_die_midden_in_uploads_wegvalt_verliest_niets(
    app: Flask, wereld: Wereld, boa: Tablet, bezoek: str, opslag: Objectopslag, s3server: S3dienst
) -> None:
    uid, binnen = wereld.een.gemeente.uid, set[str]()
    fotos = [jpeg(maat=(200 + i, 100)) + bytes([i]) * 9000 for i in range(40)]
    tus = Tus(boa.client)
    draad = threading.Thread(target=_verzend, args=(tus, bezoek, fotos, binnen))
    draad.start()
    # Somewhere in the middle of it.
    genoeg = random.Random(4).randint(3, 8)
    while draad.is_alive() and len(binnen) < genoeg:
        draad.join(0.005)
    s3server.dood()
    try:
        draad.join()
        assert genoeg <= len(binnen) < len(fotos)
        # Said so, in a way that a tablet understands: kept, and sent again later.
        plek = tus.plek(fotos[-1] + b"!", bezoek)
        antwoord = tus.stuk(plek, 0, fotos[-1] + b"!")
        assert antwoord.status_code == 503
        assert "Er is niets opgeslagen" in antwoord.get_json()["detail"]
        assert antwoord.headers["Retry-After"]
        assert tus.stand(plek) is None
        assert _hashes() == binnen
    finally:
        s3server.start()
    assert all(opslag.hash_van(naam_van(uid, som)) == som for som in binnen)
    # What was whole on the disk needs no byte more; the rest comes again.
    assert tus.stand(plek) == len(fotos[-1]) + 1
    _verzend(tus, bezoek, [f for f in fotos if sha(f) not in binnen], binnen)
    assert _hashes() == {sha(f) for f in fotos} | {sha(fotos[-1] + b"!")}
    assert all(opslag.hash_van(naam_van(uid, som)) == som for som in _hashes())


def _opgeslagen_op(opslag: Objectopslag, uid: UUID) -> datetime:
    """When the newest file of a gemeente was stored, by the clock of the store."""
    return max(ding.gezet_op for ding in opslag.emmer.dingen(f"{uid}/"))


def test_wat_vernietigd_wordt_gaat_uit_de_emmer_en_van_deze_machine(
    app: Flask, wereld: Wereld, klok: VasteKlok, opslag: Objectopslag
) -> None:
    een, sessie = wereld.een.gemeente, db.session()
    weg, wees = opslag.schrijf(een.uid, b"rij is vernietigd"), opslag.schrijf(een.uid, b"nooit een rij")
    actor = wereld.een.actoren[Rol.BEHEERDER]
    sessie.add(Vernietigbestand(gemeente_id=een.id, pad=naam_van(een.uid, weg), sinds_op=wereld.nu))
    sessie.commit()
    net_later = _opgeslagen_op(opslag, een.uid) + timedelta(minutes=1)
    assert ruim_bestanden(sessie, actor, opslag, net_later) == 1
    sessie.commit()
    assert [naam[-64:] for naam in opslag.namen()] == [wees]
    # The server has its own clock.
    klok.moment = max(klok.moment, _opgeslagen_op(opslag, een.uid)) + timedelta(days=15)
    # A bucket that can not be asked: said so, nothing claimed, and the next run does it.
    goed = app.extensions["instellingen"]
    app.extensions["instellingen"] = dataclasses.replace(goed, s3_geheim="een-ander-geheim")
    uit = CliRunner().invoke(bewaartermijnen, ["--klok-klopt"])
    assert (uit.exit_code, "weigert de toegang" in uit.output) == (1, True)
    db.session.rollback()
    assert db.session.scalars(select(Vernietiging)).all() == []
    app.extensions["instellingen"] = goed
    assert [(r["soort"], r["aantal"]) for r in draai()["vernietigd"] if r["regel"] == "zonder_rij"] == [("bestand", 1)]
    assert (list(opslag.namen()), [p for p in opslag.wortel.rglob("*") if p.name in {weg, wees}]) == ([], [])


def test_backup_en_herstel(
    app: Flask, wereld: Wereld, boa: Tablet, bezoek: str, opslag: Objectopslag, s3server: S3dienst,
    sjablonen: Sjablonen, tmp_path: Path,
) -> None:  # fmt: skip
    uid, fotos = wereld.een.gemeente.uid, [jpeg("navy"), jpeg("maroon")]
    for foto in fotos:
        assert Tus(boa.client).stuur(foto, bezoek).status_code == 204
    dienst = Dienst(app, tmp_path / "backups")
    _geen_kopieen(app)
    map_ = dienst.backup()
    manifest = controleer(map_, app.extensions["sleutelbos"], stil)
    assert ({b.sha256 for b in manifest.bestanden}, manifest.ontbreekt) == ({sha(f) for f in fotos}, ())
    # A backup does not fill this machine with copies.
    assert not list(opslag.wortel.rglob(sha(fotos[0])))
    # Elsewhere, with an empty corner of the bucket; and here, with one file gone and one spoiled.
    data = tmp_path / "elders"
    sjablonen.nieuw("spatialite", data)
    hier = app.extensions["instellingen"]
    elders = dataclasses.replace(hier, data=data, **s3server.instellingen(str(nieuw_id())))
    uit = dienst.herstel(map_, elders)
    assert (uit.bestanden, uit.nieuw_in_opslag, uit.problemen) == (2, 2, [])
    assert all(opslag_van(elders).lees_heel(uid, sha(f)) == f for f in fotos)
    opslag.verwijder(naam_van(uid, sha(fotos[0])))
    opslag.emmer.zet(naam_van(uid, sha(fotos[1])), b"vals", 4, sha(b"vals"))
    uit = dienst.herstel(map_, overschrijf=True)
    assert (uit.bestanden, uit.nieuw_in_opslag, uit.problemen) == (2, 2, [])
    assert all(opslag.hash_van(naam_van(uid, sha(f))) == sha(f) for f in fotos)
    # A bucket that can not be asked: no backup, and no restore that changes anything.
    weg = dataclasses.replace(hier, s3_geheim="een-ander-geheim")
    dienst.inst = weg
    with pytest.raises(BackupFout, match="weigert de toegang"):
        dienst.backup()
    assert [p.name for p in dienst.doel.iterdir() if p.is_dir()] == [map_.name]
    with pytest.raises(BackupFout, match="De database is niet veranderd"):
        dienst.herstel(map_, weg, overschrijf=True)
    with create_app(hier, dienst.klok).app_context():
        zonder_actor(db.session(), "the test counts in every gemeente")
        assert _hashes() == {sha(f) for f in fotos}
        db.session.remove()
        db.engine.dispose()
