"""Small files that would cost a server its memory or its day: refused in a sentence, before that (ASVS 5.2.3).

None of these tests looks at a clock: without the limit they do not end, or not before the time limit of a test.
"""

import io
import json
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from inspecties.checklists.rules.fouten import Formulierfout
from inspecties.checklists.rules.lezen import lees_bron
from inspecties.core.beelden import OnleesbaarBeeld, controleer_omvang, maak_drukkopie, maak_kopie
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.uitpakken import Pakketgrens, keur_pakket
from inspecties.locaties.inlezen import lees_bestand
from inspecties.locaties.rules import gebied
from inspecties.locaties.rules.vlakken import lees_vlak

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BLAD = "xl/worksheets/sheet1.xml"
_KOP = ("naam", "type", "straat", "huisnummer", "postcode", "plaats")


def _cel(plek: str, tekst: str) -> str:
    return f'<c r="{plek}" t="inlineStr"><is><t>{tekst}</t></is></c>'


_KOPRIJ = "<row r='1'>" + "".join(_cel(f"{'ABCDEF'[i]}1", k) for i, k in enumerate(_KOP)) + "</row>"


def _blad(rijen: str, voor: str = "") -> str:
    return f'<?xml version="1.0"?>{voor}<worksheet xmlns="{_NS}"><sheetData>{_KOPRIJ}{rijen}</sheetData></worksheet>'


def _boek(anders: dict[str, bytes]) -> bytes:
    """A workbook in which some parts are these bytes."""
    vers, uit = io.BytesIO(), io.BytesIO()
    boek = openpyxl.Workbook()
    boek.worksheets[0].append(list(_KOP))
    boek.save(vers)
    with zipfile.ZipFile(vers) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam in dict.fromkeys([*oud.namelist(), *anders]):
            nieuw.writestr(naam, anders[naam] if naam in anders else oud.read(naam))
    return uit.getvalue()


def _lees(inhoud: bytes) -> int:
    return sum(1 for _ in lees_bestand("a.xlsx", inhoud).rijen)


_LACH = '<!DOCTYPE a [<!ENTITY b "{}"><!ENTITY c "{}">]>'.format("x" * 50, "&b;" * 50)


def _leugen(inhoud: bytes) -> bytes:
    """The same archive, of which the directory says that the largest part is small."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
        groot = max(pak.infolist(), key=lambda d: d.file_size)
    return inhoud.replace(struct.pack("<I", groot.file_size), struct.pack("<I", 10))


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({_BLAD: b"0" * 300_000_000}, "uitgepakt te groot"),
        ({_BLAD: _blad("<row/>" * 3_000_000).encode()}, "veel te groot"),
        ({_BLAD: _blad(f"<row r='2'>{_cel('A2', 'x' * 40_000_000)}</row>").encode()}, "veel te groot"),
        ({"xl/sharedStrings.xml": b"<si/>" * 30_000_000}, "uitgepakt te groot"),
        ({f"xl/los/{i}.xml": b"<a/>" for i in range(2_100)}, "te veel delen"),
        ({_BLAD: _blad("", _LACH).encode()}, "DOCTYPE"),
        ({_BLAD: _blad("", f"<!--{' ' * 100_000}-->{_LACH}").encode()}, "DOCTYPE"),
        ({_BLAD: _blad("", _LACH).encode("utf-16")}, "DOCTYPE"),
        ({"xl/los.xml": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}, "DOCTYPE"),
        ({"xl/los.xml": f"<!--{' ' * 3_000_000}--><a/>".encode()}, "DOCTYPE|veel te groot"),
    ],
    ids=["groot", "rijen", "cel", "teksten", "delen", "entiteit", "verstopt", "utf-16", "buiten", "lang-voor"],
)
def test_een_werkmap_die_te_veel_wordt(anders: dict[str, bytes], melding: str) -> None:
    inhoud = _boek(anders)
    assert len(inhoud) < 1_500_000
    with pytest.raises(OngeldigeInvoer, match=melding) as fout:
        _lees(inhoud)
    assert fout.value.veld == "bestand"
    # The same file as a checklist.
    with pytest.raises(Formulierfout):
        lees_bron("a.xlsx", inhoud)


def test_een_rij_met_een_nummer_van_twee_miljard() -> None:
    """The library makes every row before it; a sheet has a million of them."""
    boek = _boek({_BLAD: _blad(f'<row r="2000000000">{_cel("A2000000000", "x")}</row>').encode()})
    assert _lees(boek) == 0


def test_een_kolom_die_niet_bestaat() -> None:
    with pytest.raises(OngeldigeInvoer):
        _lees(_boek({_BLAD: _blad(f'<row r="2">{_cel("ZZZZZZZ2", "x")}</row>').encode()}))


def test_de_inhoudsopgave_mag_liegen() -> None:
    """What the archive says about sizes is what is read of it, and not a byte more."""
    boek = _leugen(_boek({_BLAD: _blad("<row/>" * 3_000_000).encode()}))
    tracemalloc.start()
    try:
        with pytest.raises(OngeldigeInvoer):
            _lees(boek)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_een_gewone_werkmap_mag() -> None:
    keur_pakket(_boek({}), Pakketgrens(2_000, 1_000_000))
    assert _lees(_boek({_BLAD: _blad(f'<row r="2">{_cel("A2", "x" * 5000)}</row>').encode()})) == 1


def _png(breed: int, hoog: int) -> bytes:
    def stuk(soort: bytes, inhoud: bytes) -> bytes:
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    kop = struct.pack(">IIBBBBB", breed, hoog, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + stuk(b"IHDR", kop) + stuk(b"IDAT", zlib.compress(b"\0" * 1000)) + stuk(b"IEND", b"")


def _jpeg(breed: int, hoog: int) -> bytes:
    kader = struct.pack(">HBHHB", 17, 8, hoog, breed, 3) + b"\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return (
        b"\xff\xd8\xff\xc0"
        + kader
        + b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00"
        + b"\0" * 50
        + b"\xff\xd9"
    )


@pytest.mark.parametrize("beeld", [_png(100_000, 100_000), _png(2**31 - 1, 1), _jpeg(65_000, 65_000)])
def test_een_beeld_met_te_veel_punten(tmp_path: Path, beeld: bytes) -> None:
    pad = tmp_path / "a"
    pad.write_bytes(beeld)
    with pytest.raises(OngeldigeInvoer, match="64 miljoen"):
        controleer_omvang(pad)
    for maak in (maak_kopie, maak_drukkopie):
        with pytest.raises(OnleesbaarBeeld):
            maak(pad)


def _vlak(punten: int) -> dict[str, Any]:
    rand = [[5.1 + i / punten / 10, 52.5] for i in range(punten)] + [[5.15, 52.6], [5.1, 52.5]]
    return {"type": "Feature", "properties": {"naam": "A"}, "geometry": {"type": "Polygon", "coordinates": [rand]}}


def test_een_gebied_met_te_veel_punten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted before a point is turned into metres."""

    def niet(*_: object) -> None:
        raise AssertionError("rekent al")

    monkeypatch.setattr(gebied, "naar_rd", niet)
    een = json.dumps(_vlak(gebied.MAX_PUNTEN + 1)).encode()
    samen = b'{"type": "FeatureCollection", "features": [' + b"[]," * gebied.MAX_PUNTEN_SAMEN + b"[]]}"
    for inhoud in (een, samen):
        with pytest.raises(OngeldigeInvoer, match="te veel punten"):
            gebied.lees_geojson(inhoud)


def test_een_laag_met_te_veel_delen() -> None:
    with pytest.raises(OngeldigeInvoer, match="te veel punten"):
        lees_bestand("a.geojson", b'{"type": "FeatureCollection", "features": [' + b"{}," * 4_000_000 + b"{}]}")


@pytest.mark.parametrize(
    "tekst",
    [
        "[" * 100_000,
        '{"type":"FeatureCollection","features":[' * 5_000,
        "GEOMETRYCOLLECTION(" * 9_000,
        "POLYGON((" + "1 1," * 40_000 + "1 1))",
        "POLYGON((1e999 1, 2 2, 3 3, 1e999 1))",
    ],
)
def test_een_omtrek_die_te_veel_wordt(tekst: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        lees_vlak(tekst, 145000, 507000)
    assert fout.value.veld == "tekst"


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("a.csv", b"survey,type,name\n,text," + b"x" * 3_000_000 + b"\n", "niet te lezen"),
        ("a.csv", b'survey,type,name\n,text,"' + b"x\n" * 1_500_000 + b'"\n', "niet te lezen"),
        ("a.csv", b"survey,type,name\n" + b",text,a\n" * 300_000, "hoogstens"),
        ("a.csv", b"survey" + b",x" * 1_000_000 + b"\n", "hoogstens"),
        ("a.md", b"| survey " + b"| x " * 700_000 + b"|\n", "hoogstens"),
        ("a.csv", b"survey,type\n" * 400_000, "hoogstens"),
    ],
    ids=["cel", "regels-in-cel", "rijen", "kolommen", "kolommen-md", "bladen"],
)
def test_een_checklist_met_te_veel_in_een_cel_rij_of_blad(naam: str, inhoud: bytes, melding: str) -> None:
    with pytest.raises(Formulierfout, match=melding):
        lees_bron(naam, inhoud)
