"""A label in another language than the session's: for showing one question to the person in front."""

from typing import Any

from inspecties.checklists.rules.sessie import open_sessie

DEFINITIE: dict[str, Any] = {
    "formaat": 1,
    "naam": "t",
    "titel": {"nl": "T"},
    "hash": "0" * 64,
    "talen": ["nl", "pl"],
    "standaardtaal": "nl",
    "keuzelijsten": {"jno": [{"naam": "ja", "label": {"nl": "Ja", "pl": "Tak"}}]},
    "kinderen": [
        {"soort": "vraag", "naam": "a", "type": "select_one", "keuzelijst": "jno", "label": {"nl": "A?"}},
        {
            "soort": "vraag",
            "naam": "b",
            "type": "text",
            "label": {"nl": "U zei ${a}?", "pl": "Odpowiedź: ${a}?"},
            "hint": {"nl": "Hint"},
        },
    ],
    "afhankelijk": {},
}


def test_een_andere_taal_geldt_alleen_voor_die_tekst() -> None:
    sessie = open_sessie(DEFINITIE, {"nu": "2026-11-21T18:00:00+01:00"})
    sessie.zet("a", None, "ja")
    assert sessie.label("b", "pl") == "Odpowiedź: Tak?"
    assert sessie.label("b") == "U zei Ja?"
    assert sessie.label("a", "pl") == "A?"
    assert sessie.hint("b", "pl") == "Hint"
