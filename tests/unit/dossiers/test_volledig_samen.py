"""Joining pieces: the tags, links and bookmarks of each stay whole, and nothing is half or secretly kept."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from PIL import Image
from pypdf import PdfReader

from inspecties.dossiers.volledig_samenvoegen import GeenPdfa, Samenvoeger, keur
from inspecties.dossiers.volledig_taak import Taak
from inspecties.dossiers.volledig_zip import Geschonden
from tests.bench.volledig import maak_stuk

BRIEF = """#set document(title: "Brief")
#set text(lang: "nl")
#outline(title: [Inhoud])
= Een <een>
Tekst #footnote[Een noot.] en #link(<twee>)[verder naar twee].
#table(columns: 2, table.header([Kop A], [Kop B]), [1], [2])
#pagebreak()
= Twee <twee>
#link(<een>)[terug] en #link("https://voorbeeld.example")[web]
"""


def _pdf(bron: str, *normen: Any) -> bytes:
    uit = typst.compile(bron.encode(), pdf_standards=list(normen), ignore_system_fonts=True, timestamp=0)
    assert isinstance(uit, bytes)
    return uit


def _open(inhoud: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(inhoud))


@pytest.fixture(scope="module")
def samen() -> bytes:
    """A cover and twice the same letter behind it."""
    geheel = Samenvoeger(_open(_pdf(BRIEF, "a-3a", "ua-1")))
    brief = _pdf(BRIEF, "a-2a", "ua-1")
    assert [geheel.voeg_toe(_open(brief), f"Stuk {nr}", f"s{nr}") for nr in (1, 2)] == [2, 4]
    geheel.rond_af()
    uit = io.BytesIO()
    geheel.pdf.save(uit, deterministic_id=True)
    return uit.getvalue()


def _elementen(pdf: pikepdf.Pdf) -> list[Any]:
    uit, stapel = [], [pdf.Root.StructTreeRoot.K[0]]
    while stapel:
        elem = stapel.pop()
        uit.append(elem)
        kinderen = elem.get("/K", [])
        stapel += [k for k in (kinderen if isinstance(kinderen, pikepdf.Array) else [kinderen]) if "/S" in _woord(k)]
    return uit


def _woord(kind: Any) -> Any:
    """A dictionary, or an empty one for a number or another thing."""
    return kind if isinstance(kind, pikepdf.Dictionary) else {}


def test_elk_blad_hoort_bij_de_ene_boom(samen: bytes) -> None:
    with _open(samen) as pdf:
        nums = pdf.Root.StructTreeRoot.ParentTree.Nums
        boom = {int(nums[i]): nums[i + 1] for i in range(0, len(nums), 2)}
        assert len(boom) == len(nums) // 2
        for blad in pdf.pages:
            # Every marked piece of a page leads to an element that says it is on that very page.
            for elem in boom[int(blad.obj.StructParents)]:
                if elem is not None:
                    assert elem.Pg.objgen == blad.objgen or "/K" in elem
            for annotatie in blad.obj.get("/Annots", []):
                assert str(boom[int(annotatie.StructParent)].S) == "/Link"
        top = pdf.Root.StructTreeRoot.K
        assert [str(e.S) for e in top] == ["/Document"]
        assert b"<xmpTPg:NPages>6<" in pdf.Root.Metadata.read_bytes()
        assert [str(e.S) for e in top[0].K] == ["/Part"] * 3


def test_noten_en_tabelkoppen_houden_een_eigen_naam(samen: bytes) -> None:
    with _open(samen) as pdf:
        ids = [str(e.ID) for e in _elementen(pdf) if "/ID" in e]
        assert len(ids) == len(set(ids)) == 9
        namen = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
        assert sorted(ids) == [str(namen[i]) for i in range(0, len(namen), 2)]
        for elem in _elementen(pdf):
            kenmerken = elem.get("/A", [])
            for kenmerk in kenmerken if isinstance(kenmerken, pikepdf.Array) else [kenmerken]:
                assert {str(h) for h in _woord(kenmerk).get("/Headers", [])} <= set(ids)


def test_verwijzingen_gaan_naar_het_eigen_stuk(samen: bytes) -> None:
    with _open(samen) as pdf:
        plaats = {blad.objgen: nr for nr, blad in enumerate(pdf.pages)}
        for nr, blad in list(enumerate(pdf.pages))[2:]:
            doelen = [plaats[a.Dest[0].objgen] for a in blad.obj.Annots if "/Dest" in a]
            assert doelen
            assert {doel // 2 for doel in doelen} == {nr // 2}
    lezer = PdfReader(io.BytesIO(samen))
    stukken = [i for i in lezer.outline if not isinstance(i, list)]
    assert [lezer.get_destination_page_number(i) for i in stukken] == [2, 4]
    assert [str(i["/Title"]) for i in lezer.outline[3]] == ["Een", "Twee"]


def test_wat_geen_tags_heeft_wordt_geweigerd() -> None:
    with _open(_pdf("Kaal")) as pdf, pytest.raises(GeenPdfa):
        keur(pdf)
    with _open(_pdf('#set document(title: "B")\nTekst', "a-2b")) as pdf, pytest.raises(GeenPdfa):
        keur(pdf)


def _opdracht(map_: Path, stukken: list[dict[str, Any]], uitvoering: str = "volledig") -> dict[str, Any]:
    algemeen = {
        "gemeente": "Eemstad", "nummer": "2026-001", "titel": "Dossier 2026-001", "onderwerp": "Kade 5",
        "uitvoering": "Volledig", "grondslag": "174a", "locaties": ["Kade 5"], "gemaakt": "vandaag", "omvang": "2",
        "uitleg": "Uitleg.", "nagaan": "Reken na.", "jaar": 2026, "maand": 11, "dag": 21,
    }  # fmt: skip
    return {
        "uitvoering": uitvoering, "moment": "2026-11-21T12:00:00+01:00", "algemeen": algemeen, "niet": [], "over": "",
        "stukken": stukken, "pdf": str(map_ / "uit.pdf"), "zip": str(map_ / "uit.zip"), "werkmap": str(map_),
    }  # fmt: skip


def _foto(map_: Path, **anders: Any) -> dict[str, Any]:
    pad = map_ / "origineel.jpg"
    exif = Image.Exif()
    exif[0x010F] = "GEHEIME-CAMERA"
    Image.new("RGB", (1200, 900), (250, 250, 250)).save(pad, "JPEG", exif=exif, comment=b"GEHEIM")
    return {
        "nr": "1.1", "titel": "Keuken", "alt": "Foto 1.1: keuken", "regels": ["Kade 5"], "is_beeld": True,
        "bron": str(pad), "kopie": "", "lak": [{"x": 0.25, "y": 0.25, "b": 0.5, "h": 0.5, "vorm": "rechthoek"}],
        "sha256": "",
    } | anders  # fmt: skip


def test_van_een_afgedekte_foto_blijft_niets_over(tmp_path: Path) -> None:
    deel = {"nr": "1.1", "naam": "stukken/001.001-keuken.jpg", "pad": "", "sha256": ""}
    stuk = maak_stuk(1, fotos=[_foto(tmp_path)], zip=[deel])
    werk = tmp_path / "werk"
    werk.mkdir()
    Taak(_opdracht(tmp_path, [stuk], "partijen"), werk).maak()
    origineel = (tmp_path / "origineel.jpg").read_bytes()
    pdf = (tmp_path / "uit.pdf").read_bytes()
    with zipfile.ZipFile(tmp_path / "uit.zip") as pakket:
        uit_zip = pakket.read("stukken/001.001-keuken.jpg")
        namen = pakket.namelist()
        assert hashlib.sha256(origineel).hexdigest() not in {
            hashlib.sha256(pakket.read(naam)).hexdigest() for naam in namen
        }
        assert json.loads(pakket.read("manifest.json"))["stukken"][1]["bestanden"][0]["naam"] in namen
    beelden = [b.data for blad in PdfReader(io.BytesIO(pdf)).pages for b in blad.images]
    assert len(beelden) == 1
    for inhoud in (beelden[0], uit_zip):
        assert b"GEHEIM" not in inhoud
        beeld = Image.open(io.BytesIO(inhoud)).convert("RGB")
        assert beeld.size == (1200, 900)
        assert max(beeld.getpixel((600, 450))) < 16  # type: ignore[type-var,arg-type]  # three numbers
        assert min(beeld.getpixel((30, 30))) > 240  # type: ignore[type-var,arg-type]  # three numbers


def test_een_geschonden_bestand_geeft_geen_half_dossier(tmp_path: Path) -> None:
    pad = tmp_path / "brief.pdf"
    pad.write_bytes(_pdf(BRIEF, "a-2a", "ua-1"))
    deel = {"nr": "1", "naam": "stukken/001.pdf", "pad": str(pad), "sha256": "0" * 64}
    stuk = maak_stuk(1, samenvoegen=True, pad=str(pad), sha256="0" * 64, mediatype="application/pdf", zip=[deel])
    with pytest.raises(Geschonden):
        Taak(_opdracht(tmp_path, [stuk]), tmp_path).maak()
    assert not (tmp_path / "uit.pdf").exists()
    assert not zipfile.is_zipfile(tmp_path / "uit.zip")


def test_twee_bestanden_met_een_naam_geven_geen_half_pakket(tmp_path: Path) -> None:
    pad = tmp_path / "foto.bin"
    pad.write_bytes(b"origineel")
    deel = {"nr": "1", "naam": "stukken/001.bin", "pad": str(pad), "sha256": ""}
    with pytest.raises(ValueError, match="twice in one package"):
        Taak(_opdracht(tmp_path, [maak_stuk(1, zip=[deel, deel])]), tmp_path).maak()
    assert not zipfile.is_zipfile(tmp_path / "uit.zip")


def test_een_scan_staat_er_als_beeld_met_zijn_tekst_in(tmp_path: Path) -> None:
    pad = tmp_path / "scan.pdf"
    pad.write_bytes(_pdf("Rapport van de politie, blad een."))
    deel = {
        "nr": "1",
        "naam": "stukken/001.pdf",
        "pad": str(pad),
        "sha256": hashlib.sha256(pad.read_bytes()).hexdigest(),
    }
    stuk = maak_stuk(1, pad=str(pad), sha256=deel["sha256"], mediatype="application/pdf", zip=[deel])
    Taak(_opdracht(tmp_path, [stuk]), tmp_path).maak()
    with pikepdf.open(tmp_path / "uit.pdf") as pdf:
        keur(pdf)
        alts = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert any("Rapport van de politie, blad een." in alt for alt in alts)
    with zipfile.ZipFile(tmp_path / "uit.zip") as pakket:
        assert pakket.read("stukken/001.pdf") == pad.read_bytes()


def test_partijen_krijgen_van_een_scan_alleen_het_beeld(tmp_path: Path) -> None:
    pad = tmp_path / "scan.pdf"
    pad.write_bytes(_pdf("Melder is de buurvrouw."))
    deel = {"nr": "1", "naam": "stukken/001.pdf", "pad": "", "sha256": ""}
    stuk = maak_stuk(1, titel="Bewijs van bezorging", pad=str(pad), mediatype="application/pdf", zip=[deel])
    Taak(_opdracht(tmp_path, [stuk], "partijen"), tmp_path).maak()
    with zipfile.ZipFile(tmp_path / "uit.zip") as pakket:
        kopie = pakket.read("stukken/001.pdf")
    for inhoud in ((tmp_path / "uit.pdf").read_bytes(), kopie):
        with _open(inhoud) as pdf:
            alts = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        assert "Bladzijde 1 van stuk 1" in alts
        assert not any("buurvrouw" in alt for alt in alts)
        assert not any("buurvrouw" in blad.extract_text() for blad in PdfReader(io.BytesIO(inhoud)).pages)


def test_dezelfde_opdracht_geeft_dezelfde_bytes(tmp_path: Path) -> None:
    uit = []
    for nr in range(2):
        map_ = tmp_path / str(nr)
        map_.mkdir()
        deel = {"nr": "1", "naam": "stukken/001.pdf", "pad": "", "sha256": ""}
        Taak(_opdracht(map_, [maak_stuk(1, zip=[deel])]), map_).maak()
        uit.append([(map_ / naam).read_bytes() for naam in ("uit.pdf", "uit.zip")])
    assert uit[0] == uit[1]
