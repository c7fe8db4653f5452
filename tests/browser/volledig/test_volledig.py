"""A jurist makes the complete file and the version for parties, and a third party checks what came of it."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, bevestig, meld_aan

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)
# The making has a process of its own, which on a busy machine waits for its turn.
MAKEN_MS = 90_000
SHA256SUM = shutil.which("sha256sum")


@pytest.fixture
def pagina(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Page]:
    context = bladeraar.new_context(
        base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
    )
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "jurist")
    yield pagina
    context.close()


def _haal(pagina: Page, knop: str, doel: Path) -> Path:
    # The newest making stands at the top.
    with pagina.expect_download(timeout=MAKEN_MS) as opgehaald:
        pagina.get_by_role("link", name=knop).first.click()
    opgehaald.value.save_as(doel)
    return doel


def _reken_na(pakket: Path, map_: Path) -> set[str]:
    """Unpack, let sha256sum check it; the SHA-256 of everything in it."""
    with zipfile.ZipFile(pakket) as zip_:
        zip_.extractall(map_)
    assert SHA256SUM is not None, "sha256sum is needed"
    subprocess.run([SHA256SUM, "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=map_, check=True)
    return {hashlib.sha256(p.read_bytes()).hexdigest() for p in map_.rglob("*") if p.is_file()}


def test_maken_ophalen_en_narekenen(pagina: Page, tmp_path: Path) -> None:
    pagina.goto("/dossiers?soort=bouw_wonen")
    pagina.get_by_role("row").nth(1).get_by_role("link").first.click()
    pagina.get_by_role("link", name="Volledig dossier").first.click()
    expect(pagina.get_by_role("heading", level=1, name="Volledig dossier")).to_be_visible()
    # Not yet for parties: what is still to be judged is named, and nothing was begun.
    pagina.get_by_role("button", name="Maak de versie voor partijen").click()
    expect(pagina.get_by_role("alert")).to_contain_text("nog niet bekeken op afdekken")
    pagina.get_by_role("button", name="Maak het volledige dossier").click()
    expect(pagina.get_by_role("progressbar").or_(pagina.get_by_role("link", name="PDF ophalen")).first).to_be_visible()
    expect(pagina.get_by_role("link", name="PDF ophalen")).to_be_visible(timeout=MAKEN_MS)
    bevestig(pagina)
    expect(pagina.get_by_role("heading", level=1, name="Volledig dossier")).to_be_visible()
    pdf = _haal(pagina, "PDF ophalen", tmp_path / "volledig.pdf")
    alles = _reken_na(_haal(pagina, "ZIP ophalen", tmp_path / "volledig.zip"), tmp_path / "volledig")
    manifest = json.loads((tmp_path / "volledig" / "manifest.json").read_text())
    originelen = {s["sha256"] for s in manifest["stukken"] if s["soort"] in {"Foto"}}
    assert originelen
    assert originelen <= alles
    lezer = PdfReader(pdf)
    assert "Omslag en inventaris" in [str(i["/Title"]) for i in lezer.outline if not isinstance(i, list)]
    assert set(lezer.attachments) == {"inventaris.json"}
    with pikepdf.open(pdf) as document:
        xmp = document.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
        assert bool(document.Root.MarkInfo.Marked)
    # Judge one by one: they go as they are, but the last one is for the judge alone.
    open_ = pagina.get_by_role("row").filter(has_text="Nog beoordelen")
    expect(open_.first).to_be_visible()
    for nog in range(open_.count(), 0, -1):
        expect(open_).to_have_count(nog)
        open_.first.get_by_role("link").click()
        expect(pagina.get_by_role("group", name="Wie krijgt dit stuk?")).to_be_visible()
        if nog == 1:
            pagina.get_by_label("Alleen voor de rechter (Awb 8:29)").check()
            pagina.get_by_label("Reden").fill("Namen van toezichthouders.")
        else:
            pagina.get_by_label("Partijen krijgen dit stuk zoals het is").check()
        pagina.get_by_role("button", name="Bewaren", exact=True).click()
        expect(pagina.get_by_role("heading", name="Inventaris")).to_be_visible()
    pagina.get_by_role("button", name="Maak de versie voor partijen").click()
    expect(pagina.get_by_role("link", name="PDF ophalen")).to_have_count(2, timeout=MAKEN_MS)
    partijen = _reken_na(_haal(pagina, "ZIP ophalen", tmp_path / "partijen.zip"), tmp_path / "partijen")
    assert not partijen & originelen
    tekst = " ".join(b.extract_text() for b in PdfReader(tmp_path / "partijen" / "dossier.pdf").pages)
    assert "Namen van toezichthouders." in " ".join(tekst.split())
