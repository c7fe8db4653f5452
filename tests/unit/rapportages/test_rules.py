"""Counting: months as on a Dutch calendar, norms in words, bars that fit."""

from datetime import UTC, datetime

import pytest

from inspecties.rapportages.bestanden import schrijf, veilig
from inspecties.rapportages.rules import mooie_top, per_maand, teken, tel_normen


def test_maand_is_die_van_de_nederlandse_klok() -> None:
    momenten = [datetime(2026, 1, 31, 23, 30, tzinfo=UTC), datetime(2026, 6, 30, 21, 59, tzinfo=UTC)]
    uit = per_maand(momenten)
    assert uit[1] == 1, "half past midnight on 1 February"
    assert uit[5] == 1


@pytest.mark.parametrize(
    ("acties", "norm", "oordeel"),
    [
        ([], 2, "Nog 2 te plannen"),
        (["afgerond", "concept"], 3, "Nog 1 te plannen"),
        (["afgerond", "gereed"], 2, "Gehaald als alles doorgaat"),
        (["afgerond", "afgerond"], 2, "Gehaald"),
        (["afgerond", "vervallen"], 2, "Nog 1 te plannen"),
        (["in_uitvoering"], 0, "Gehaald"),
    ],
)
def test_oordeel_in_woorden(acties: list[str], norm: int, oordeel: str) -> None:
    regels = tel_normen([("pandenactie", t) for t in acties], {"pandenactie": norm})
    assert [r.oordeel for r in regels] == [oordeel]


def test_soort_zonder_norm_telt_zonder_oordeel() -> None:
    assert [(r.naam, r.gedaan, r.norm, r.oordeel) for r in tel_normen([("hotelcontrole", "afgerond")], {})] == [
        ("Hotelcontrole", 1, None, "Geen norm")
    ]


@pytest.mark.parametrize(("hoogste", "top"), [(0, 1), (1, 1), (3, 5), (6, 10), (11, 20), (100, 100), (101, 200)])
def test_as_eindigt_op_een_rond_getal(hoogste: int, top: int) -> None:
    assert mooie_top(hoogste) == top


def test_staven_blijven_binnen_de_grafiek() -> None:
    grafiek = teken([0, 3, 7, 10, 0, 0, 0, 0, 0, 0, 0, 5])
    assert grafiek.staven[3].hoogte == grafiek.hoogte
    for staaf in grafiek.staven:
        assert staaf.y + staaf.hoogte == pytest.approx(grafiek.hoogte)
        assert 0 <= staaf.x <= grafiek.breedte - grafiek.staafbreedte
    assert teken([0] * 12).top == 1


@pytest.mark.parametrize("kwaad", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_formule_wordt_tekst_en_blijft_te_herstellen(kwaad: str) -> None:
    assert veilig(kwaad) == "'" + kwaad
    assert veilig(kwaad).removeprefix("'") == kwaad


def test_csv_voor_een_nederlandse_excel() -> None:
    inhoud = schrijf([("Naam", "Aantal"), ('Een "soort"; met alles', 3), ("=cmd", None)])
    assert inhoud.decode("utf-8-sig") == 'Naam;Aantal\r\n"Een ""soort""; met alles";3\r\n\'=cmd;\r\n'
    assert inhoud.startswith(b"\xef\xbb\xbf")
