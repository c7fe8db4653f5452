"""`inspecties doctor` against real databases, real folders, and a real TLS server."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dienst import dokter_cli, dokter_database, taken
from inspecties.dienst.dokter import REGISTER, Bevinding, Oordeel, onderzoek
from inspecties.dienst.dokter_feiten import verzamel
from inspecties.dienst.dokter_net import bezoek
from inspecties.gebruikers.models import Gebruiker, Gemeente
from tests.conftest import NU, Sjablonen
from tests.integration.dienst.test_backup_opdracht import Doe, doe
from tests.tlsproef import maak_kaart
from tests.wereld import Wereld

__all__ = ["doe"]
assert dokter_cli


def _per_code(app: Flask, **hoe: bool) -> dict[str, Bevinding]:
    # The comparison of tables has a connection of its own, and SQLite one writer.
    db.session.rollback()
    return {b.code: b for b in onderzoek(verzamel(app, **hoe))}


def test_hele_onderzoek(app: Flask, wereld: Wereld, database: str) -> None:
    """On both databases: every check ends, and people, keys and schema are counted as they are."""
    gezien = _per_code(app, grondig=True)
    assert set(gezien) == set(REGISTER)
    assert gezien["migraties"].oordeel is Oordeel.GOED
    assert gezien["demo"].oordeel is Oordeel.FOUT
    assert gezien["auditketen"].wat.startswith("inspecties audit controleer is hier nog niet")
    assert gezien["oude_sleutels"].oordeel is Oordeel.GOED
    assert "(1)" in gezien["beheerders"].wat
    assert gezien["herstelsleutel"].wat == "Geen herstelsleutel in: Houtribdijk, Markerwaard."
    assert gezien["security_txt"].oordeel is Oordeel.GOED
    # Nobody logged in yet; now two do, without a second factor.
    assert gezien["tweede_factor"].oordeel is Oordeel.GOED
    wereld.client(Rol.JURIST)
    wereld.client(Rol.JURIST, wereld.twee)
    assert "jurist (2)" in _per_code(app, snel=True)["tweede_factor"].wat
    # What a blocked account lacks does not matter.
    for lid in (wereld.een, wereld.twee):
        gebruiker = db.session.get(Gebruiker, lid.actoren[Rol.JURIST].gebruiker_id)
        assert gebruiker is not None
        gebruiker.geblokkeerd_op = NU
    db.session.commit()
    assert _per_code(app, snel=True)["tweede_factor"].oordeel is Oordeel.GOED
    if database == "postgis":
        for code in ("databaserol", "rls", "verbinding"):
            assert gezien[code].oordeel is Oordeel.GOED, gezien[code]
        # Whether this machine has a time service is not ours to say.
        assert "De klok verschilt" not in gezien["klok"].wat
    else:
        assert gezien["databaserol"].oordeel is Oordeel.NIET_BEKEKEN


def test_een_gewijzigde_tabel_en_een_open_muur_vallen_op(app: Flask, wereld: Wereld, database: str) -> None:
    assert wereld
    sessie = db.session()
    sessie.execute(text("CREATE TABLE met_de_hand (id INTEGER PRIMARY KEY)"))
    if database == "postgis":
        sessie.execute(text("ALTER TABLE signaal NO FORCE ROW LEVEL SECURITY"))
    sessie.commit()
    try:
        gezien = _per_code(app)
        assert gezien["migraties"].oordeel is Oordeel.FOUT
        assert gezien["rls"].oordeel is (Oordeel.FOUT if database == "postgis" else Oordeel.NIET_BEKEKEN)
        # The quick look, for a page, leaves the comparison of tables out.
        assert _per_code(app, snel=True)["migraties"].oordeel is Oordeel.GOED
    finally:
        if database == "postgis":
            sessie.execute(text("ALTER TABLE signaal FORCE ROW LEVEL SECURITY"))
        sessie.execute(text("DROP TABLE met_de_hand"))
        sessie.commit()


def test_elke_versleutelde_kolom_telt_mee(app: Flask) -> None:
    assert app
    namen = {(tabel.name, kolom) for tabel, kolom in dokter_database.versleutelde_kolommen()}
    assert {("melder", "versleuteld"), ("betrokkene", "versleuteld"), ("totpgeheim", "geheim")} <= namen


def test_de_opdracht(doe: Doe, sjablonen: Sjablonen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As typed: not in order is 1, one JSON document and nothing else, and a nightly task is noted when it succeeds."""
    data, backups = tmp_path / "data", tmp_path / "backups"
    sjablonen.nieuw("spatialite", data)
    monkeypatch.setenv("INSPECTIES_BACKUP_MAP", str(backups))
    code, uit, _ = doe("doctor", "--data", data)
    assert code == 1
    assert "NIET GOED     Backup: In " in uit
    assert "Doe dit: Laat elke nacht lopen: inspecties bewaartermijnen" in uit
    assert "s" * 40 not in uit

    for opdracht in (["backup", backups], ["audit", "controleer"], ["bewaartermijnen"], ["herinner"]):
        assert doe(*opdracht, "--data", data)[0] == 0
    assert set(taken.lees_taken(data)) == {"backup", "audit controleer", "bewaartermijnen", "herinner"}
    (backups / ".elders").touch()
    code, uit, _ = doe("doctor", "--json", "--grondig", "--data", data)
    gezien = {c["code"]: c for c in json.loads(uit)["controles"]}
    assert code == 1
    assert gezien["backup"]["oordeel"] == "goed", gezien["backup"]
    assert "elke hash klopt" in gezien["backup"]["wat"]
    assert {gezien[c]["oordeel"] for c in ("bewaartermijnen", "auditketen", "herinneringen")} == {"goed"}
    assert gezien["backup_elders"]["oordeel"] == "let_op"

    (kopie,) = backups.glob("*/database.db")
    kopie.chmod(0o600)
    kopie.write_bytes(kopie.read_bytes()[:-1] + b"x")
    _, uit, _ = doe("doctor", "--json", "--grondig", "--data", data)
    (bevinding,) = [c for c in json.loads(uit)["controles"] if c["code"] == "backup"]
    assert bevinding["oordeel"] == "fout"

    monkeypatch.setenv("INSPECTIES_SECRET_KEY", "kort")
    code, uit, _ = doe("doctor", "--json", "--data", data)
    assert (code, json.loads(uit)["controles"][0]["code"]) == (1, "instellingen")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Callable[[dict[str, str], int], tuple[str, ssl.SSLContext]]]:
    """A TLS server on loopback with a certificate of so many days; its address, and who trusts it."""
    servers: list[HTTPServer] = []

    def begin(koppen: dict[str, str], dagen: int) -> tuple[str, ssl.SSLContext]:
        kaart = maak_kaart(tmp_path, dagen)

        class Antwoord(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == "/gezond" else 404)
                for k, w in koppen.items():
                    self.send_header(k, w)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        server = HTTPServer(("localhost", 0), Antwoord)
        server.socket = kaart.voor_server().wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"https://localhost:{server.server_port}", ssl.create_default_context(cafile=kaart.uitgever)

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


def test_bezoek_aan_de_eigen_site(site: Callable[[dict[str, str], int], tuple[str, ssl.SSLContext]]) -> None:
    adres, vertrouwd = site({"Strict-Transport-Security": "max-age=31536000"}, 40)
    net = bezoek(adres, vertrouwd)
    assert (net.fout, net.tls, net.hsts) == ("", "TLSv1.3", "max-age=31536000")
    assert net.verloopt is not None
    assert 38 <= (net.verloopt - datetime.now(UTC)).days <= 40
    assert net.verschil_s is not None
    assert abs(net.verschil_s) < 60
    # Trusted by nobody: a finding, never a visit that goes on.
    assert "CERTIFICATE_VERIFY_FAILED" in bezoek(adres).fout
    assert "404" in bezoek(f"{adres}/elders", vertrouwd).fout
    assert "https" in bezoek(adres.replace("https", "http")).fout


def test_ketenbreuk_bij_grondig(app: Flask, wereld: Wereld) -> None:
    """A log that says less than its head is named, by gemeente."""
    from inspecties.audit.models import Auditkop  # noqa: PLC0415
    from inspecties.audit.operations import leg_vast  # noqa: PLC0415

    gemeente = db.session.scalars(select(Gemeente).where(Gemeente.naam == "Markerwaard")).one()
    leg_vast(db.session(), wereld.een.systeem, NU, "backup_gemaakt", "backup", "x")
    db.session.commit()
    kop = db.session.get(Auditkop, gemeente.id)
    assert kop is not None
    kop.seq = 5
    db.session.commit()
    assert _per_code(app, grondig=True)["auditketen"].wat == "De keten is gebroken in: Markerwaard."
