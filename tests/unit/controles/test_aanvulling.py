"""Additions after a visit was finished: which reason belongs to which operation, and what stood there before."""

from typing import Any

import pytest

from inspecties.controles.rules.aanvulling import (
    AANVULLING,
    ZONDER_REDEN,
    Aanvulverband,
    aanvullingen_van,
    aanvullingfout,
    reden_van,
)
from inspecties.controles.rules.vouw import Kop, Vouw


def kop(op_id: str, vraag: str, waarde: Any, seq: int, toestel: str = "a", soort: str = "set", **rest: Any) -> Kop:
    return Kop(
        op_id,
        vraag,
        rest.pop("herhaling_id", None),
        soort,
        waarde,
        rest.pop("base", ()),
        seq=seq,
        toestel=toestel,
        **rest,
    )


def reden(op_id: str, tekst: str, seq: int, toestel: str = "a") -> Kop:
    return kop(
        op_id, AANVULLING, tekst, seq, toestel, "note", herhaling_id=f"h{op_id}", na_afronden=True, auteur="De Vries"
    )


def test_elke_aanvulling_heeft_de_laatste_reden_van_haar_eigen_toestel() -> None:
    aanvullingen = aanvullingen_van(
        [reden("9", "later gehoord", 7), reden("8", "vergeten", 4), reden("7", "fout", 2, "b")]
    )
    assert [(een.reden, een.auteur) for een in aanvullingen] == [
        ("vergeten", "De Vries"),
        ("later gehoord", "De Vries"),
        ("fout", "De Vries"),
    ]
    assert reden_van(kop("1", "v", 1, 5), aanvullingen) == "vergeten"
    assert reden_van(kop("1", "v", 1, 8), aanvullingen) == "later gehoord"
    assert reden_van(kop("1", "v", 1, 3), aanvullingen) == ZONDER_REDEN
    assert reden_van(kop("1", "v", 1, 99, "c"), aanvullingen) == ZONDER_REDEN


def test_wat_er_stond_blijft_te_zien() -> None:
    verband = Aanvulverband.van(
        Vouw(
            [
                kop("1", "bewoners", 7, 1, rev=1),
                kop("2", "opmerking", "rustig", 2, rev=2),
                reden("3", "verkeerd geteld", 3),
                kop("4", "bewoners", 9, 4, rev=4, base=("1",), na_afronden=True),
            ]
        )
    )
    assert (verband.vouw.waarde("bewoners"), verband.bij_afronden.waarde("bewoners")) == (9, 7)
    laatste = verband.laatste_aanvulling("bewoners")
    assert laatste is not None
    assert reden_van(laatste, verband.aanvullingen) == "verkeerd geteld"
    assert verband.laatste_aanvulling("opmerking") is None


@pytest.mark.parametrize(
    ("op", "goed"),
    [
        ({"soort": "note", "herhaling_id": "h", "waarde": "vergeten"}, True),
        ({"soort": "note", "herhaling_id": "h", "waarde": "  "}, False),
        ({"soort": "note", "herhaling_id": "h", "waarde": "x" * 501}, False),
        ({"soort": "set", "herhaling_id": "h", "waarde": "vergeten"}, False),
        ({"soort": "note", "herhaling_id": None, "waarde": "vergeten"}, False),
    ],
)
def test_een_reden_is_een_korte_notitie_met_een_eigen_nummer(op: dict[str, Any], goed: bool) -> None:
    assert (aanvullingfout(op) is None) is goed
