"""Every way in for a file goes past the scanner: forms and pieces; infected or unjudged, nothing is kept."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspecties.controles.models import Bewijsstuk
from inspecties.core import virusscan
from inspecties.core.rechten import Rol
from inspecties.core.virusscan import Scanner, gebruik_scanner, lees_scanner
from inspecties.database.basis import db
from inspecties.locaties.models_feiten import Document
from inspecties.offline.models import Upload
from tests.integration.rechten.podium import Podium
from tests.klamdienst import EICAR, Klamdienst, Traagdienst
from tests.tusklant import Tus, jpeg
from tests.wereld import csrf


@pytest.fixture
def klam() -> Iterator[Klamdienst]:
    dienst = Klamdienst()
    gebruik_scanner(lees_scanner(dienst.adres))
    yield dienst
    gebruik_scanner(None)
    dienst.stop()


def _aantal(model: type) -> int:
    db.session.rollback()
    return db.session.query(model).count()


def _bestanden(podium: Podium) -> set[Path]:
    wortel = Path(podium.app.extensions["instellingen"].opslagmap)
    return {p for p in wortel.rglob("*") if p.is_file()}


def test_een_bestand_in_een_formulier(podium: Podium, klam: Klamdienst) -> None:
    client = podium.wereld.client(Rol.COORDINATOR)
    pad = f"/locaties/{podium.eigen.locatie}/documenten/nieuw"
    toen, bestanden = _aantal(Document), _bestanden(podium)

    def stuur(inhoud: bytes) -> tuple[int, str]:
        velden = {"csrf_token": csrf(client), "titel": "Een plattegrond"}
        antwoord = client.post(pad, data=velden | {"bestand": (io.BytesIO(inhoud), "a.pdf")})
        return antwoord.status_code, antwoord.get_data(as_text=True)

    status, tekst = stuur(b"%PDF-1.4 " + EICAR)
    assert status == 422
    assert "De virusscanner vond iets schadelijks" in tekst
    klam.antwoord = b""
    status, tekst = stuur(b"%PDF-1.4 gewoon")
    assert status == 503
    assert "De virusscanner antwoordt niet" in tekst
    assert (_aantal(Document), _bestanden(podium)) == (toen, bestanden)
    # Who may not be here is refused before anybody is asked.
    klam.antwoord, gezien = None, len(klam.gezien)
    partner = podium.wereld.client(Rol.PARTNER)
    data = {"csrf_token": csrf(partner), "bestand": (io.BytesIO(b"%PDF-1.4"), "a.pdf")}
    assert partner.post(pad, data=data).status_code == 403
    assert len(klam.gezien) == gezien


def test_een_foto_in_stukken(podium: Podium, klam: Klamdienst) -> None:
    """Infected: gone, with its row. The scanner away: everything stays, and the tablet's next question finishes it."""
    tus = Tus(podium.wereld.client(Rol.INSPECTEUR))
    bewijzen, uploads = _aantal(Bewijsstuk), _aantal(Upload)
    besmet = jpeg("orange") + EICAR
    plek = tus.begin(besmet, podium.eigen.bezoek).headers["Location"]
    assert tus.stuk(plek, 0, besmet).status_code == 422
    assert (_aantal(Bewijsstuk), _aantal(Upload)) == (bewijzen, uploads)
    schoon = jpeg("chartreuse")
    plek = tus.begin(schoon, podium.eigen.bezoek).headers["Location"]
    klam.antwoord = b""
    assert tus.stuk(plek, 0, schoon).status_code == 503
    assert _aantal(Bewijsstuk) == bewijzen
    klam.antwoord = None
    assert tus.stand(plek) == len(schoon)
    assert _aantal(Bewijsstuk) == bewijzen + 1


def test_een_scanner_die_het_te_druk_heeft(podium: Podium, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is confirmed; the tablet hears when to come back, and need not send its photo again then."""
    dienst, klaar = Traagdienst(), Klamdienst()
    monkeypatch.setattr(virusscan, "PLEK_S", 0.05)
    scanner = Scanner(host="127.0.0.1", poort=dienst.poort)
    gebruik_scanner(scanner)
    try:
        tus, foto = Tus(podium.wereld.client(Rol.INSPECTEUR)), jpeg("maroon")
        bewijzen = _aantal(Bewijsstuk)
        plek = tus.begin(foto, podium.eigen.bezoek).headers["Location"]
        for _ in range(virusscan.TEGELIJK):
            scanner.plekken.acquire()
        antwoord = tus.stuk(plek, 0, foto)
        assert (antwoord.status_code, antwoord.headers.get("Retry-After")) == (503, "30"), antwoord.get_json()
        assert "te druk" in antwoord.get_json()["detail"]
        assert dienst.lijnen == []
        assert _aantal(Bewijsstuk) == bewijzen
        gebruik_scanner(lees_scanner(klaar.adres))
        assert tus.stand(plek) == len(foto)
        assert klaar.gezien == [foto]
        assert _aantal(Bewijsstuk) == bewijzen + 1
    finally:
        gebruik_scanner(None)
        dienst.stop()
        klaar.stop()
