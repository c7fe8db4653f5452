"""House numbers and postcodes as people, and their spreadsheets, write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.locaties.rules.adres import (
    Huisnummer,
    adressleutel,
    fout_door_excel,
    lees_huisnummer,
    lees_postcode,
)


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("12", Huisnummer(12)),
        ("12a", Huisnummer(12, "A")),
        ("12 A", Huisnummer(12, "A")),
        ("12-a", Huisnummer(12, "A")),
        ("12-3", Huisnummer(12, "", "3")),
        ("12A-bis", Huisnummer(12, "A", "bis")),
        ("12A3", Huisnummer(12, "A", "3")),
        ("12 bis", Huisnummer(12, "", "bis")),
        ("12/2", Huisnummer(12, "", "2")),
        ("12.0", Huisnummer(12)),
        ("0", None),
        ("0-3", None),
        ("twaalf", None),
        ("12-abcde", None),
        ("١٢", None),
        ("123456", None),
        ("12 t/m 14", None),
    ],
)
def test_huisnummers(tekst: str, verwacht: Huisnummer | None) -> None:
    assert lees_huisnummer(tekst) == verwacht


@given(st.integers(1, 9999), st.sampled_from(["", "A", "B"]), st.from_regex(r"[0-9]{1,3}|[b-z]{2,4}", fullmatch=True))
def test_wat_wij_schrijven_lezen_wij_terug(nummer: int, letter: str, toevoeging: str) -> None:
    assert lees_huisnummer(f"{nummer}{letter}-{toevoeging}") == Huisnummer(nummer, letter, toevoeging)


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_een_huisnummer_dat_excel_tot_datum_maakte_wordt_herkend(dag: date) -> None:
    maanden = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    maand = maanden[dag.month - 1]
    for tekst in (
        f"{dag.day}-{maand}",
        f"{dag.day}-{maand}-{dag:%y}",
        f"{dag:%d-%m-%Y}",
        f"{dag:%Y-%m-%d} 00:00:00",
        f"{dag.month}/{dag.day}/{dag.year}",
        f"{maand}-{dag:%y}",
    ):
        fout = fout_door_excel(tekst)
        assert fout is not None, tekst
        assert "datum" in fout


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)))
def test_ook_als_excel_er_een_getal_van_maakte(dag: date) -> None:
    fout = fout_door_excel(str((dag - date(1899, 12, 30)) // timedelta(days=1)))
    assert fout is not None
    assert f"misschien {dag.day}-{dag.month}" in fout
    assert f"{dag:%d-%m-%Y}" in fout


@given(st.integers(1, 20_000), st.sampled_from(["", "A", "a", "-3", "-12", "-bis", " hs", "B-2"]))
def test_gewone_huisnummers_zijn_geen_datum(nummer: int, rest: str) -> None:
    assert fout_door_excel(f"{nummer}{rest}") is None
    assert lees_huisnummer(f"{nummer}{rest}") is not None


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [("8291 ab", "8291AB"), (" 8291AB ", "8291AB"), ("0291AB", None), ("8291A", None), ("٨٢٩١AB", None), ("", None)],
)
def test_postcodes(tekst: str, verwacht: str | None) -> None:
    assert lees_postcode(tekst) == verwacht


def test_sleutel_maakt_hetzelfde_adres_gelijk() -> None:
    assert adressleutel("8291ab", 3, "a", "Bis") == adressleutel("8291AB", 3, "A", "BIS")
    assert adressleutel("8291AB", None) is None
    assert adressleutel("", 3) is None
