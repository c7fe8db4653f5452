"""Files as they come: encodings, separators, Excel, damage."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.inlezen import Rij, lees_bestand

KOP = "naam;type;huisnummer\n"


def _lees(tekst: str | bytes, naam: str = "a.csv", **rest: int) -> list[Rij]:
    inhoud = tekst.encode() if isinstance(tekst, str) else tekst
    return list(lees_bestand(naam, inhoud, **rest).rijen)


def _xlsx(*rijen: list[object]) -> bytes:
    boek = openpyxl.Workbook()
    for rij in rijen:
        boek.worksheets[0].append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


@pytest.mark.parametrize(
    ("codering", "naam"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")]
)
def test_coderingen(codering: str, naam: str) -> None:
    bestand = lees_bestand("a.csv", (KOP + "Café 't Ȋ".replace("Ȋ", "é") + ";horeca;12\n").encode(codering))
    assert [r.waarden["naam"] for r in bestand.rijen] == ["Café 't é"]
    assert bestand.codering == naam


@pytest.mark.parametrize("teken", [";", ",", "\t"])
def test_scheidingstekens(teken: str) -> None:
    for voor in ("", f"sep={teken}\n"):
        rijen = _lees(voor + KOP.replace(";", teken) + f'"a{teken}b"{teken}horeca{teken}1\n')
        assert rijen == [Rij(3 if voor else 2, {"naam": f"a{teken}b", "type": "horeca", "huisnummer": "1"})]


def test_rijnummers_zijn_die_van_excel() -> None:
    rijen = _lees(KOP + '\n"twee\nregels";horeca;1\n\nb;horeca;2\n')
    assert [(r.nummer, r.waarden["naam"]) for r in rijen] == [(3, "twee\nregels"), (6, "b")]


def test_te_veel_waarden_in_een_rij_worden_geteld() -> None:
    assert [r.te_veel for r in _lees(KOP + "a;horeca;1;;\nb;horeca;1;extra;meer\n")] == [0, 2]


@pytest.mark.parametrize(
    ("inhoud", "naam", "melding"),
    [
        (b"", "a.csv", "leeg"),
        (b"\n\n", "a.csv", "leeg"),
        (b"naam;straat\na;b\n", "a.csv", "De kolom 'type' ontbreekt"),
        (b"naam;soort;type\na;b;c\n", "a.csv", "'soort' en 'type' betekenen hetzelfde"),
        (KOP.encode() + b'"a;horeca;1\nb;horeca;2\n', "a.csv", "vanaf regel 2"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.xls", "oud Excel-bestand"),
        (b"PK\x03\x04 geen zip", "a.xlsx", "beschadigd"),
        (b"\x89PNG\r\n\x00\x00", "a.csv", "geen tekstbestand"),
        (b"tekst", "a.pdf", "eindigt op .csv of .xlsx"),
        (b"{}", "a.json", "geen GeoJSON"),
    ],
)
def test_onleesbare_bestanden_zeggen_wat_wel_kan(inhoud: bytes, naam: str, melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding):
        _lees(inhoud, naam)


def test_te_veel_regels() -> None:
    assert len(_lees(KOP + "a;b;1\n" * 5, max_rijen=5)) == 5
    with pytest.raises(OngeldigeInvoer, match="meer dan 5 regels"):
        _lees(KOP + "a;b;1\n" * 6, max_rijen=5)


def test_excel_waarden() -> None:
    rijen = _lees(
        _xlsx(
            ["naam", "type", "huisnummer", "x"],
            ["a", "horeca", datetime(2026, 5, 3), 145700.0],  # noqa: DTZ001 - as openpyxl reads it
            [],
            ["b", "horeca", date(2026, 5, 3), 1.5],
            ["=A1&A2", "horeca", "3-5", None],
        ),
        "a.xlsx",
    )
    assert [r.nummer for r in rijen] == [2, 4, 5]
    assert [r.waarden["huisnummer"] for r in rijen] == ["03-05-2026", "03-05-2026", "3-5"]
    assert [r.waarden.get("x", "") for r in rijen] == ["145700", "1.5", ""]
    assert rijen[2].waarden["naam"] == "=A1&A2"


def test_excel_matrixformule_blijft_herkenbaar() -> None:
    boek = openpyxl.Workbook()
    blad = boek.worksheets[0]
    blad.append(["naam", "type"])
    blad["A2"] = ArrayFormula("A2", "=SUM(B2:B3)")
    uit = io.BytesIO()
    boek.save(uit)
    assert [r.waarden["naam"] for r in _lees(uit.getvalue(), "a.xlsx")] == ["=SUM(B2:B3)"]


@pytest.mark.parametrize("bij", [0.3, 0.5, 0.7, 0.9])
def test_afgebroken_excelbestand(bij: float) -> None:
    heel = _xlsx(["naam", "type"], *(["a", "horeca"] for _ in range(50)))
    with pytest.raises(OngeldigeInvoer, match="beschadigd"):
        _lees(heel[: int(len(heel) * bij)], "a.xlsx")


@given(st.binary(max_size=400))
def test_elke_reeks_bytes_is_een_bestand_of_een_melding(inhoud: bytes) -> None:
    meldingen = []
    for voor in (b"", KOP.encode(), b"PK\x03\x04"):
        try:
            assert all(rij.nummer >= 1 for rij in lees_bestand("a.csv", voor + inhoud).rijen)
        except OngeldigeInvoer as fout:
            meldingen.append(fout.melding)
    assert all(m.endswith(".") for m in meldingen)
