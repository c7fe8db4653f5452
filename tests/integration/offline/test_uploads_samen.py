"""tus when two clients, or one confused client, work on the same upload: one file, byte-exact, and nothing half."""

import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from inspecties.controles.models import Bewijsstuk
from inspecties.database.basis import db
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Tablet


@pytest.fixture
def tus(boa: Tablet) -> Tus:
    return Tus(boa.client)


@pytest.fixture
def map_(app: Flask) -> Path:
    pad: Path = app.extensions["instellingen"].opslagmap
    return pad


def _bewijs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Bewijsstuk.sha256).order_by(Bewijsstuk.id)))


def _bestanden(map_: Path) -> list[bytes]:
    return [pad.read_bytes() for pad in sorted(map_.rglob("*")) if pad.is_file()]


def _tweede(app: Flask, boa: Tablet, tus: Tus) -> Tus:
    """Another tab of the same user."""
    cookie = boa.client.get_cookie("inspecties")
    assert cookie is not None
    ander = Tus.__new__(Tus)
    ander.client, ander.koppen = app.test_client(), tus.koppen
    ander.client.set_cookie("inspecties", cookie.value)
    return ander


def test_beschadigd_stuk_in_het_midden_houdt_de_plek(tus: Tus, bezoek: str, map_: Path) -> None:
    foto = jpeg() + b"\x03" * 90_000
    plek = tus.plek(foto, bezoek)
    assert tus.stuk(plek, 0, foto[:40_000]).status_code == 204
    for _ in range(3):
        # Damaged on the road: what arrives is not what the sum was made of.
        antwoord = tus.stuk(plek, 40_000, b"\xff" + foto[40_001:80_000], som=b"\x01" * 32)
        assert antwoord.status_code == 460
        assert tus.stand(plek) == 40_000
    assert _bestanden(map_) == [foto[:40_000]]
    assert tus.stuk(plek, 40_000, foto[40_000:]).status_code == 204
    assert (_bewijs(), _bestanden(map_)) == ([sha(foto)], [foto])


def test_gelijktijdig_verschillende_stukken_vermengen_nooit(
    app: Flask, boa: Tablet, tus: Tus, bezoek: str, map_: Path
) -> None:
    foto = jpeg() + b"\x04" * 200_000
    plek = tus.plek(foto, bezoek)
    midden = len(foto) // 2
    stukken = [(0, foto[:midden]), (0, foto[: midden // 2]), (0, b"\x00" * midden), (midden, foto[midden:])]
    hek, uit = threading.Barrier(len(stukken)), list[int]()

    def stuur(offset: int, ruw: bytes) -> None:
        mijn = _tweede(app, boa, tus)
        hek.wait()
        # The third sends other bytes under the sum of the right ones.
        som = None if ruw.strip(b"\x00") else b"\x02" * 32
        uit.append(mijn.stuk(plek, offset, ruw, som=som).status_code)

    draden = [threading.Thread(target=stuur, args=stuk) for stuk in stukken]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert set(uit) <= {204, 409, 423, 460}
    # Whoever won, what stands there is a beginning of the photo, and from there it goes on.
    stand = tus.stand(plek)
    assert stand is not None
    if stand < len(foto):
        assert _bestanden(map_) == [foto[:stand]]
        assert tus.stuk(plek, stand, foto[stand:]).status_code == 204
    assert (_bewijs(), _bestanden(map_)) == ([sha(foto)], [foto])


def test_afgebroken_is_weg_voor_iedereen_en_begint_opnieuw(
    app: Flask, boa: Tablet, tus: Tus, bezoek: str, map_: Path
) -> None:
    foto = jpeg() + b"\x05" * 20_000
    plek, ander = tus.plek(foto, bezoek), _tweede(app, boa, tus)
    tus.stuk(plek, 0, foto[:10_000])
    assert ander.client.delete(plek, headers=tus.koppen).status_code == 204
    assert _bestanden(map_) == []
    # Who did not hear of it hears that it is gone, writes nothing, and begins anew.
    for antwoord in (tus.stuk(plek, 10_000, foto[10_000:]), tus.client.delete(plek, headers=tus.koppen)):
        assert antwoord.status_code == 404
        assert antwoord.headers["Tus-Resumable"] == "1.0.0"
    assert _bestanden(map_) == []
    assert tus.stuur(foto, bezoek, stuk=7_001).status_code == 204
    assert (_bewijs(), _bestanden(map_)) == ([sha(foto)], [foto])
