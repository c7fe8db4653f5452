"""Rules of judging signals of trafficking: when it is looked at again, its weight in words, what a signal says."""

from typing import Any

import pytest

from inspecties.controles.rules.mensenhandel import (
    INDICATOR_VAN,
    VORM_BIJ,
    bij_elkaar,
    gewicht,
    indicatoren,
    is_zwaarder,
    signaaltekst,
    voorstel_vorm,
)
from inspecties.signalen.rules.indeling import VORMEN
from inspecties.signalen.rules.indicatoren import INDICATOREN
from tests.unit.checklists_inhoud.formulieren import FORMULIEREN, plekken


def _drager(vraag: str, tekst: str = "Ja", **rest: Any) -> dict[str, Any]:
    standaard = {"vraag": vraag, "herhaling_id": None, "label": vraag.capitalize(), "tekst": tekst, "noot": ""}
    return standaard | {"bewijs": [], "hard": False, "waar": ""} | rest


def _stand(*dragers: dict[str, Any], hard: bool = False) -> dict[str, Any]:
    return {"dragers": list(dragers), "hard": hard}


A, B = _drager("angst"), _drager("koffer")


@pytest.mark.parametrize(
    ("oud", "nieuw", "zwaarder"),
    [
        (_stand(A, B), _stand(A, B), False),
        (_stand(A, B), _stand(B, A), False),
        (_stand(A, B), _stand(A), False),
        (_stand(A), _stand(A, B), True),
        (_stand(A), _stand(A, hard=True), True),
        (_stand(A, hard=True), _stand(A), False),
        (_stand(A), _stand(_drager("angst", herhaling_id="p2")), True),
        (_stand(A), _stand(_drager("angst", "Vaak")), True),
        (_stand(A), _stand(_drager("angst", noot="Huilde")), True),
        (_stand(A), _stand(_drager("angst", bewijs=["f" * 64])), False),
    ],
)
def test_wanneer_het_opnieuw_voor_iemand_ligt(oud: dict[str, Any], nieuw: dict[str, Any], zwaarder: bool) -> None:
    assert is_zwaarder(oud, nieuw) is zwaarder


def test_gewicht_in_woorden() -> None:
    assert gewicht([A], hard=True) == "Hard: 1 aanwijzing"
    assert gewicht([A, B, _drager("angst", herhaling_id="p2")], hard=False) == "2 aanwijzingen"
    # The same question, asked in general and of a person: two names, one label.
    assert gewicht([A, _drager("persoon_angst", label="Angst")], hard=True) == "Hard: 1 aanwijzing"
    assert bij_elkaar([A, B, _drager("angst", herhaling_id="p2")]) == [("Angst", "Ja", 2), ("Koffer", "Ja", 1)]


def test_signaaltekst_zegt_wat_en_niet_wie() -> None:
    dragers = [_drager("angst", waar="Persoon 2", noot="Huilde"), _drager("foto", "", label="Foto?")]
    assert signaaltekst("21-11-2026", dragers, "  Gebeld.  ") == (
        "Gebeld.\nUit een bezoek van 21-11-2026:\n- Persoon 2: Angst Ja Toelichting: Huilde\n- Foto? Zie het bewijs."
    )
    assert signaaltekst("21-11-2026", [A]).startswith("Uit een bezoek")


def test_voorstellen_voor_het_formulier_bestaan() -> None:
    assert set(INDICATOR_VAN.values()) <= set(INDICATOREN)
    assert set(VORM_BIJ.values()) <= set(VORMEN)
    assert set(VORM_BIJ) <= set(FORMULIEREN)
    dragend = {p.node["naam"] for f in FORMULIEREN for p in plekken(f) if "signaal_mh" in p.node.get("gevolg", ())}
    assert set(INDICATOR_VAN) <= dragend
    assert voorstel_vorm("hotel") == "onbekend"
    assert indicatoren([_drager("schuld"), _drager("schuld_of_afdracht"), _drager("koffer")]) == ["schulden"]
