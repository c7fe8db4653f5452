"""Typing over paper: which operation follows, pages of a form, reading a field."""

from typing import Any

import pytest

from inspecties.checklists.rules.antwoordtypen import lees_antwoord
from inspecties.controles.rules.papier import (
    VRAGEN_PER_PAGINA,
    Besluit,
    als_ruw,
    besluit_over,
    delen_van,
    lees_veld,
    papierwaarde,
    zelfde_antwoord,
)
from inspecties.controles.rules.vouw import Kop

GETAL: dict[str, Any] = {"naam": "n", "soort": "vraag", "type": "integer"}


def _kop(op_id: str, waarde: Any, soort: str = "set") -> Kop:
    return Kop(op_id, "n", None, soort, waarde, ())


def _besluit(koppen: list[Kop], waarde: Any, noot: bool = False) -> Besluit | None:
    """Operations whose id begins with p are the paper's own."""
    eigen = frozenset(k.op_id for k in koppen if k.op_id.startswith("p"))
    zelfde = (lambda a, b: (a or "") == (b or "")) if noot else zelfde_antwoord(GETAL, {})
    return besluit_over(koppen, eigen, waarde, zelfde, noot)


@pytest.mark.parametrize(
    ("koppen", "waarde", "besluit"),
    [
        ([], None, None),
        ([], 3, Besluit("set", 3, ())),
        ([_kop("p1", 3)], 3, None),
        ([_kop("p1", 3)], 4, Besluit("set", 4, ("p1",))),
        ([_kop("p1", 3)], None, Besluit("clear", None, ("p1",))),
        ([_kop("p1", None, "clear")], None, None),
        ([_kop("p1", None, "clear")], 3, Besluit("set", 3, ("p1",))),
        # A tablet's answer is never replaced by another one, nor by nothing.
        ([_kop("t1", 3)], None, None),
        ([_kop("t1", 3)], 3, None),
        ([_kop("t1", "3")], 3, None),
        ([_kop("t1", 3)], 4, Besluit("set", 4, ())),
        ([_kop("t1", 3), _kop("t2", 4)], 4, None),
        ([_kop("t1", None, "clear")], 4, Besluit("set", 4, ())),
        # The paper is put right to what the tablet says, or says nothing any more: one answer is left.
        ([_kop("t1", 3), _kop("p1", 4)], 3, Besluit("set", 3, ("p1", "t1"))),
        ([_kop("t1", 3), _kop("p1", 4)], 5, Besluit("set", 5, ("p1",))),
        ([_kop("t1", 3), _kop("p1", 4)], None, Besluit("set", 3, ("p1", "t1"))),
        ([_kop("t1", None, "clear"), _kop("p1", 4)], None, Besluit("clear", None, ("p1", "t1"))),
    ],
)
def test_besluit(koppen: list[Kop], waarde: Any, besluit: Besluit | None) -> None:
    assert _besluit(koppen, waarde) == besluit


def test_besluit_over_een_notitie() -> None:
    assert _besluit([], "", noot=True) is None
    assert _besluit([], "hoi", noot=True) == Besluit("note", "hoi", ())
    assert _besluit([_kop("p1", "hoi", "note")], "", noot=True) == Besluit("note", "", ("p1",))
    assert _besluit([_kop("t1", "hoi", "note")], "hoi", noot=True) is None
    assert papierwaarde([_kop("t1", "hoi", "note")], frozenset()) is None


def test_keuzes_in_andere_volgorde_zijn_hetzelfde() -> None:
    namen: dict[str, Any] = {"a": {}, "b": {}}
    assert zelfde_antwoord({"type": "select_multiple"}, namen)(["a", "b"], ["b", "a"])
    assert not zelfde_antwoord({"type": "rank"}, namen)(["a", "b"], ["b", "a"])


@pytest.mark.parametrize(
    ("type_", "ruw", "waarde"),
    [
        ("integer", [" 12 "], 12),
        ("decimal", ["61,5"], 61.5),
        ("text", ["a\r\nb "], "a\nb"),
        ("text", ["   "], None),
        ("date", ["2026-11-21"], "2026-11-21"),
        ("time", ["17:40"], "17:40"),
        ("dateTime", ["2026-11-21T17:40"], "2026-11-21T17:40"),
        ("select_one", ["", "ja"], "ja"),
        ("select_multiple", ["ja", "nee"], ["ja", "nee"]),
        ("rank", ["nee", "", "ja"], ["nee", "ja"]),
        ("acknowledge", ["OK"], "OK"),
        ("barcode", ["123"], "123"),
    ],
)
def test_lees_veld_en_terug(type_: str, ruw: list[str], waarde: Any) -> None:
    node = {"naam": "n", "soort": "vraag", "type": type_}
    namen: dict[str, Any] = {"ja": {}, "nee": {}}
    gelezen = lees_veld(node, ruw, namen)
    assert (gelezen.waarde, gelezen.fout) == (waarde, "")
    if waarde is not None:
        assert lees_veld(node, als_ruw(node, waarde), namen).waarde == waarde
        assert lees_antwoord(node, namen, waarde).fout is None


def test_plek_als_breedte_en_lengte() -> None:
    node = {"naam": "g", "soort": "vraag", "type": "geopoint"}
    waarde = lees_veld(node, ["52,55 5,25"], {}).waarde
    assert (waarde["lat"], waarde["lon"]) == (52.55, 5.25)
    assert als_ruw(node, waarde) == ["52,55 5,25"]


@pytest.mark.parametrize(
    ("type_", "ruw"),
    [
        ("integer", ["veel"]),
        ("integer", ["1,5"]),
        ("decimal", ["1,5 m2"]),
        ("date", ["21-11-2026"]),
        ("date", ["2026-02-30"]),
        ("time", ["25:00"]),
        ("select_one", ["weg"]),
        ("select_multiple", ["ja", "weg"]),
        ("rank", ["ja", "ja"]),
        ("geopoint", ["daar"]),
        ("text", ["nul\x00"]),
    ],
)
def test_wat_niet_te_lezen_is_heeft_een_melding(type_: str, ruw: list[str]) -> None:
    gelezen = lees_veld({"naam": "n", "soort": "vraag", "type": type_}, ruw, {"ja": {}, "nee": {}})
    assert gelezen.waarde is None
    assert gelezen.fout.endswith((".", "30."))


def test_delen_per_groep_en_lange_in_stukken() -> None:
    vraag = {"soort": "vraag", "type": "text"}
    groot = [vraag | {"naam": f"q{i}"} for i in range(VRAGEN_PER_PAGINA * 2 + 1)]
    definitie = {
        "naam": "f",
        "titel": {"nl": "Formulier"},
        "kinderen": [
            vraag | {"naam": "los"},
            {"soort": "vraag", "type": "calculate", "naam": "c"},
            {"soort": "groep", "naam": "g", "label": {"nl": "Groot"}, "rol": "nla", "kinderen": groot},
            {"soort": "herhaling", "naam": "h", "label": {"nl": "Kamer"}, "kinderen": [vraag | {"naam": "k"}]},
            vraag | {"naam": "einde"},
        ],
    }
    delen = delen_van(definitie)
    assert [(d.titel, len(d.knopen), d.rol, d.herhaling) for d in delen] == [
        ("Formulier", 1, "", ""),
        ("Groot (1 van 3)", 60, "nla", ""),
        ("Groot (2 van 3)", 60, "nla", ""),
        ("Groot (3 van 3)", 1, "nla", ""),
        ("Kamer", 1, "", "h"),
        ("Formulier", 1, "", ""),
    ]
