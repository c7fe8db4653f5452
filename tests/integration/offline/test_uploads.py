"""tus at /api/uploads/: byte-exact, durable, harmless."""

import errno
import fcntl
import io
import struct
import threading
import zlib
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from inspecties import create_app
from inspecties.controles.models import Bewijsstuk
from inspecties.core import opslag as opslagmodule
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.offline.models import Upload
from tests.tusklant import Tus, b64, jpeg, sha
from tests.veldwereld import Tablet, haal_pak, tablet
from tests.wereld import Wereld


@pytest.fixture
def tus(boa: Tablet) -> Tus:
    return Tus(boa.client)


@pytest.fixture
def map_(app: Flask) -> Path:
    pad: Path = app.extensions["instellingen"].opslagmap
    return pad


def _bewijs() -> list[Bewijsstuk]:
    db.session.rollback()
    return list(db.session.scalars(select(Bewijsstuk).order_by(Bewijsstuk.id)))


def _bestanden(map_: Path) -> list[Path]:
    return sorted(p for p in map_.rglob("*") if p.is_file())


def test_wat_de_server_kan(app: Flask) -> None:
    antwoord = app.test_client().options("/api/uploads/")
    assert antwoord.status_code == 204
    assert antwoord.headers["Tus-Version"] == "1.0.0"
    assert {"creation", "checksum", "termination"} <= set(antwoord.headers["Tus-Extension"].split(","))


def test_foto_in_stukken_komt_precies_aan(wereld: Wereld, tus: Tus, bezoek: str, map_: Path) -> None:
    foto = jpeg(maat=(900, 900)) + b"\x00" * 700_001
    plek = tus.plek(foto, bezoek)
    for begin in range(0, len(foto), 100_000):
        assert tus.stand(plek) == begin
        antwoord = tus.stuk(plek, begin, foto[begin : begin + 100_000])
        assert antwoord.status_code == 204
    assert antwoord.headers["Upload-Offset"] == str(len(foto))
    assert tus.stand(plek) == len(foto)
    (rij,) = _bewijs()
    assert (rij.sha256, rij.grootte, rij.mediatype) == (sha(foto), len(foto), "image/jpeg")
    (bestand,) = _bestanden(map_)
    assert bestand == map_ / str(wereld.een.gemeente.uid) / sha(foto)[:2] / sha(foto)
    assert bestand.read_bytes() == foto


def test_verkeerde_plek_wordt_geweigerd(tus: Tus, bezoek: str) -> None:
    foto = jpeg()
    plek = tus.plek(foto, bezoek)
    assert tus.stuk(plek, 0, foto[:1000]).status_code == 204
    for offset in (0, 999, 1001, len(foto)):
        antwoord = tus.stuk(plek, offset, foto[1000:])
        assert antwoord.status_code == 409
        assert antwoord.headers["Tus-Resumable"] == "1.0.0"
    assert tus.stand(plek) == 1000
    assert tus.stuk(plek, 1000, foto[1000:]).status_code == 204
    assert tus.stuk(plek, 0, foto).status_code == 409


def test_beschadigd_stuk_telt_niet(tus: Tus, bezoek: str) -> None:
    foto = jpeg()
    plek = tus.plek(foto, bezoek)
    antwoord = tus.stuk(plek, 0, foto[:1000], som=b"\x00" * 32)
    assert antwoord.status_code == 460
    assert tus.stand(plek) == 0
    assert tus.stuk(plek, 0, foto).status_code == 204
    assert len(_bewijs()) == 1


@pytest.mark.parametrize("kop", ["md5 AAAA", "sha256 geen-base64!", "sha256 AAAA", "onzin"])
def test_onbekende_controlesom(tus: Tus, bezoek: str, kop: str) -> None:
    plek = tus.plek(jpeg(), bezoek)
    assert tus.stuk(plek, 0, jpeg(), **{"Upload-Checksum": kop}).status_code == 400
    assert tus.stand(plek) == 0


def test_ander_bestand_dan_aangekondigd(tus: Tus, bezoek: str, map_: Path) -> None:
    foto, ander = jpeg("red"), jpeg("blue")
    ander = ander[: len(foto)].ljust(len(foto), b"\x00")
    plek = tus.plek(foto, bezoek)
    assert tus.stuk(plek, 0, ander).status_code == 460
    assert _bewijs() == []
    assert _bestanden(map_) == []
    assert tus.stand(plek) is None
    assert tus.stuur(foto, bezoek).status_code == 204
    assert len(_bewijs()) == 1


def test_meer_bytes_dan_aangekondigd(tus: Tus, bezoek: str) -> None:
    foto = jpeg()
    plek = tus.plek(foto, bezoek)
    assert tus.stuk(plek, 0, foto + b"x").status_code == 413
    assert tus.stand(plek) == 0


def test_wie_schrijft_is_alleen(app: Flask, tus: Tus, bezoek: str, map_: Path) -> None:
    foto = jpeg()
    plek = tus.plek(foto, bezoek)
    deel = map_ / "onderweg" / f"{plek.rsplit('/', 1)[1]}.deel"
    with deel.open("r+b") as ander:
        fcntl.flock(ander, fcntl.LOCK_EX)
        assert tus.stuk(plek, 0, foto).status_code == 423
    assert tus.stuk(plek, 0, foto).status_code == 204


def test_gelijktijdige_stukken_geven_een_bestand(app: Flask, boa: Tablet, tus: Tus, bezoek: str, map_: Path) -> None:
    foto = jpeg() + b"\x01" * 300_000
    plek = tus.plek(foto, bezoek)
    cookie = boa.client.get_cookie("inspecties")
    assert cookie is not None
    uit: list[int] = []
    hek = threading.Barrier(6)

    def stuur() -> None:
        client = app.test_client()
        client.set_cookie("inspecties", cookie.value)
        mijn = Tus.__new__(Tus)
        mijn.client, mijn.koppen = client, tus.koppen
        hek.wait()
        uit.append(mijn.stuk(plek, 0, foto).status_code)

    draden = [threading.Thread(target=stuur) for _ in range(6)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert set(uit) <= {204, 409, 423}
    assert uit.count(204) == 1
    assert [b.sha256 for b in _bewijs()] == [sha(foto)]
    assert [p.read_bytes() for p in _bestanden(map_)] == [foto]


def test_verder_na_herstart(app: Flask, klok: VasteKlok, boa: Tablet, tus: Tus, bezoek: str) -> None:
    foto = jpeg() + b"\x02" * 50_000
    plek = tus.plek(foto, bezoek)
    tus.stuk(plek, 0, foto[:20_000])
    opnieuw = create_app(app.extensions["instellingen"], klok)
    cookie = boa.client.get_cookie("inspecties")
    assert cookie is not None
    with opnieuw.app_context():
        client = opnieuw.test_client()
        client.set_cookie("inspecties", cookie.value)
        verder = Tus(client)
        assert verder.stand(plek) == 20_000
        assert verder.stuk(plek, 20_000, foto[20_000:]).status_code == 204
        db.session.remove()
        db.engine.dispose()
    assert [b.sha256 for b in _bewijs()] == [sha(foto)]


@pytest.mark.parametrize("moment", ["voor het hernoemen", "na het hernoemen"])
def test_stroom_weg_aan_het_eind(
    tus: Tus, bezoek: str, map_: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    foto = jpeg()
    plek = tus.plek(foto, bezoek)
    neem_op = opslagmodule.Opslag.neem_op

    def valt_uit(self: Any, *args: Any) -> Path:
        if moment == "na het hernoemen":
            neem_op(self, *args)
        raise OSError(errno.EIO, "power")

    with monkeypatch.context() as m:
        m.setattr(opslagmodule.Opslag, "neem_op", valt_uit)
        with pytest.raises(OSError, match="power"):
            tus.stuk(plek, 0, foto)
    assert _bewijs() == []
    assert tus.stand(plek) == len(foto)
    assert [b.sha256 for b in _bewijs()] == [sha(foto)]
    assert [p.read_bytes() for p in _bestanden(map_)] == [foto]


def test_schijf_vol_bevestigt_niets(tus: Tus, bezoek: str, monkeypatch: pytest.MonkeyPatch) -> None:
    foto = jpeg()
    plek = tus.plek(foto, bezoek)
    tus.stuk(plek, 0, foto[:100])
    echt = opslagmodule.os.fsync

    def vol(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(opslagmodule.os, "fsync", vol)
    antwoord = tus.stuk(plek, 100, foto[100:])
    assert antwoord.status_code == 507
    assert "vol" in antwoord.get_json()["detail"]
    assert tus.begin(jpeg("red"), bezoek).status_code == 507
    monkeypatch.setattr(opslagmodule.os, "fsync", echt)
    assert tus.stand(plek) == 100
    assert tus.stuk(plek, 100, foto[100:]).status_code == 204


def test_afbreken(tus: Tus, bezoek: str, map_: Path) -> None:
    foto = jpeg()
    plek = tus.plek(foto, bezoek)
    tus.stuk(plek, 0, foto[:100])
    assert tus.client.delete(plek, headers=tus.koppen).status_code == 204
    assert tus.stand(plek) is None
    assert _bestanden(map_) == []
    klaar = tus.plek(foto, bezoek)
    tus.stuk(klaar, 0, foto)
    assert tus.client.delete(klaar, headers=tus.koppen).status_code == 204
    assert len(_bewijs()) == 1


def test_wat_er_al_is_hoeft_niet_opnieuw(tus: Tus, bezoek: str) -> None:
    foto = jpeg()
    tus.stuur(foto, bezoek)
    antwoord = tus.begin(foto, bezoek)
    assert antwoord.status_code == 201
    assert antwoord.headers["Upload-Offset"] == str(len(foto))
    assert tus.stand(antwoord.headers["Location"]) == len(foto)
    assert len(_bewijs()) == 1


def test_begin_met_eerste_stuk(tus: Tus, boa: Tablet, bezoek: str) -> None:
    foto = jpeg()
    regel = tus.begin(jpeg("red"), bezoek).request.headers["Upload-Metadata"].replace("sha256 ", "x ", 1)
    antwoord = boa.client.post(
        "/api/uploads/",
        data=foto,
        headers=tus.koppen
        | {
            "Upload-Length": str(len(foto)),
            "Upload-Metadata": f"sha256 {b64(sha(foto))},{regel}",
            "Content-Type": "application/offset+octet-stream",
        },
    )
    assert antwoord.status_code == 201
    assert antwoord.headers["Upload-Offset"] == str(len(foto))
    assert [b.sha256 for b in _bewijs()] == [sha(foto)]


def _png_bom() -> bytes:
    def blok(soort: bytes, inhoud: bytes) -> bytes:
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    kop = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + blok(b"IHDR", kop) + blok(b"IDAT", zlib.compress(b"\x00" * 100)) + blok(b"IEND", b"")


@pytest.mark.parametrize(
    ("naam", "inhoud", "status"),
    [
        ("svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 415),
        ("html", b"<!doctype html><script>alert(1)</script>", 415),
        ("xml", b'<?xml version="1.0"?><svg/>', 415),
        ("gif", b"GIF89a" + b"\x00" * 20, 415),
        ("zip", b"PK\x03\x04" + b"\x00" * 20, 415),
        ("tekst", b"hallo", 415),
        ("exe", b"MZ\x90\x00", 415),
        ("pixelbom", _png_bom(), 422),
    ],
)
def test_schadelijk_bestand(tus: Tus, bezoek: str, map_: Path, naam: str, inhoud: bytes, status: int) -> None:
    antwoord = tus.stuur(inhoud, bezoek, bestandsnaam=f"{naam}.jpg")
    assert antwoord.status_code == status
    assert antwoord.get_json()["detail"]
    assert _bewijs() == []
    assert _bestanden(map_) == []
    db.session.rollback()
    assert db.session.scalars(select(Upload)).all() == []


@pytest.mark.parametrize(
    "naam",
    ["../../../etc/passwd", "..\\..\\win.ini", "/etc/cron.d/x", "a\r\nSet-Cookie: x", "<script>.jpg", "", "x" * 200],
)
def test_naam_bepaalt_nooit_de_plek(wereld: Wereld, tus: Tus, bezoek: str, map_: Path, naam: str) -> None:
    foto = jpeg()
    assert tus.stuur(foto, bezoek, bestandsnaam=naam).status_code == 204
    assert _bestanden(map_) == [map_ / str(wereld.een.gemeente.uid) / sha(foto)[:2] / sha(foto)]
    bewaard = _bewijs()[0].bestandsnaam
    assert bewaard.endswith(".jpg")
    assert not set(bewaard) & set('/\\<>\r\n"')


def test_polyglot_blijft_een_foto(tus: Tus, bezoek: str) -> None:
    foto = jpeg() + b"<script>alert(1)</script>PK\x03\x04"
    assert tus.stuur(foto, bezoek, soort="text/html", bestandsnaam="x.html").status_code == 204
    rij = _bewijs()[0]
    assert (rij.mediatype, rij.bestandsnaam) == ("image/jpeg", "x.jpg")


@pytest.mark.parametrize("soort", ["PNG", "WEBP"])
def test_andere_beelden(tus: Tus, bezoek: str, soort: str) -> None:
    uit = io.BytesIO()
    Image.new("RGBA", (40, 30), (1, 2, 3, 4)).save(uit, soort)
    assert tus.stuur(uit.getvalue(), bezoek).status_code == 204
    assert _bewijs()[0].mediatype == f"image/{soort.lower()}"


@pytest.mark.parametrize(
    ("meta", "veld"),
    [
        ({"sha256": "x"}, "sha256"),
        ({"sha256": "../../etc"}, "sha256"),
        ({"bezoek_id": "1"}, "bezoek_id"),
        ({"herhaling_id": "x"}, "herhaling_id"),
        ({"vraag_id": "x" * 201}, "vraag_id"),
        ({"bestandsnaam": "a\x00b"}, "bestandsnaam"),
    ],
)
def test_verkeerde_metadata_noemt_het_veld(tus: Tus, bezoek: str, meta: dict[str, str], veld: str) -> None:
    rest = {sleutel: waarde for sleutel, waarde in meta.items() if sleutel != "bezoek_id"}
    antwoord = tus.begin(jpeg(), meta.get("bezoek_id", bezoek), **rest)
    assert (antwoord.status_code, antwoord.get_json()["veld"]) == (422, veld)


def test_te_groot_en_leeg(app: Flask, tus: Tus, bezoek: str) -> None:
    grootste = app.extensions["instellingen"].upload_max_mb * 1024 * 1024
    kop = tus.begin(jpeg(), bezoek).request.headers["Upload-Metadata"]
    for lengte, status in ((str(grootste + 1), 413), ("0", 422), ("-5", 422), ("", 422), ("9" * 20, 422)):
        antwoord = tus.client.post(
            "/api/uploads/", headers=tus.koppen | {"Upload-Length": lengte, "Upload-Metadata": kop}
        )
        assert antwoord.status_code == status, lengte


def test_andere_versie_of_soort(tus: Tus, bezoek: str) -> None:
    plek = tus.plek(jpeg(), bezoek)
    oud = tus.koppen | {"Tus-Resumable": "0.2.2"}
    for antwoord in (tus.client.head(plek, headers=oud), tus.client.post("/api/uploads/", headers=oud)):
        assert antwoord.status_code == 412
        assert antwoord.headers["Tus-Version"] == "1.0.0"
    assert tus.stuk(plek, 0, jpeg(), **{"Content-Type": "application/json"}).status_code == 415


def test_een_ander_komt_er_niet_bij(wereld: Wereld, tus: Tus, bezoek: str) -> None:
    foto = jpeg()
    plek = tus.plek(foto, bezoek)
    for rol, kring in ((Rol.COORDINATOR, wereld.een), (Rol.INSPECTEUR, wereld.twee), (Rol.AUDITOR, wereld.een)):
        ander = Tus(wereld.client(rol, kring))
        assert ander.stand(plek) is None
        assert ander.stuk(plek, 0, foto).status_code == 404
        assert ander.client.delete(plek, headers=ander.koppen).status_code == 404
    for rol, kring in ((Rol.INSPECTEUR, wereld.twee), (Rol.JURIST, wereld.een), (Rol.KABINET, wereld.een)):
        assert Tus(wereld.client(rol, kring)).begin(foto, bezoek).status_code == 404, rol
    assert tus.stand(plek) == 0


def test_compleet_pas_als_alle_fotos_er_zijn(wereld: Wereld, boa: Tablet, tus: Tus, bezoek: str) -> None:
    fotos = [jpeg("red"), jpeg("green"), jpeg("blue")]
    hechtingen = [
        boa.op(bezoek, "foto_gevel", {"sha256": sha(f), "soort": "image/jpeg", "omvang": len(f)}, "attach")
        for f in fotos
    ]
    stand = boa.sync()["bezoeken"][bezoek]
    assert stand["compleet"] is False
    assert stand["bijlagen"] == {sha(f): "ontbreekt" for f in fotos}
    for foto in (fotos[2], fotos[0]):
        tus.stuur(foto, bezoek)
        assert boa.sync()["bezoeken"][bezoek]["compleet"] is False
    # Another visit's copy of the same photo does not count.
    tus.stuur(fotos[1], list(boa.revs)[1])
    assert boa.sync()["bezoeken"][bezoek]["bijlagen"][sha(fotos[1])] == "ontbreekt"
    boa.op(
        bezoek,
        "foto_gevel",
        {"sha256": sha(fotos[1]), "verwijderd": True},
        "attach",
        base_op_ids=[hechtingen[1]["op_id"]],
    )
    stand = boa.sync()["bezoeken"][bezoek]
    assert (stand["compleet"], set(stand["bijlagen"])) == (True, {sha(fotos[0]), sha(fotos[2])})
    ander = tablet(wereld, Rol.COORDINATOR)
    haal_pak(ander)
    assert ander.sync()["bezoeken"][bezoek]["compleet"] is True


def test_wie_traag_opslaat_houdt_niemand_op(tus: Tus, bezoek: str, map_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bucket elsewhere may take many seconds: until it has the file, no transaction is open that others wait for."""
    echt, open_ = opslagmodule.Opslag.neem_op, []

    def traag(zelf: opslagmodule.Opslag, *gegevens: Any) -> Path:
        open_.append(db.session().in_transaction())
        return echt(zelf, *gegevens)

    monkeypatch.setattr(opslagmodule.Opslag, "neem_op", traag)
    foto = jpeg()
    assert tus.stuur(foto, bezoek).status_code == 204
    assert open_ == [False]
    assert [rij.sha256 for rij in _bewijs()] == [sha(foto)]
