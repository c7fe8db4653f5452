"""Which photos of an earlier visit may be shown at the door."""

from typing import Any

import pytest

from inspecties.controles.rules.eerdere_fotos import kies_uit, toonbare_vragen
from inspecties.controles.rules.vouw import Kop, Vouw


def vraag(naam: str, **meer: Any) -> dict[str, Any]:
    return {"soort": "vraag", "naam": naam, "type": "image", "label": {"nl": naam.upper()}, **meer}


def lijst(*kinderen: dict[str, Any], **meer: Any) -> dict[str, Any]:
    return {"kinderen": [{"soort": "groep", "naam": "g", "kinderen": list(kinderen), **meer}]}


def hecht(nummer: int, vraag_id: str, sha: str, herhaling: str | None = None, **meer: Any) -> Kop:
    waarde = {"sha256": sha} | meer.pop("waarde", {})
    return Kop(f"op{nummer}", vraag_id, herhaling, "attach", waarde, meer.pop("base", ()), rev=nummer)


@pytest.mark.parametrize(
    "meer",
    [
        {"avg": "persoonsgegeven:toezicht"},
        {"rol": "politie"},
        {"gevolg": ["bbl", "signaal_mh"]},
        {"weergave": "signature"},
    ],
)
def test_wat_niet_mag_geldt_voor_de_vraag_en_voor_alles_onder_een_groep(meer: dict[str, Any]) -> None:
    assert toonbare_vragen([lijst(vraag("gevel"), vraag("weg", **meer))]) == {"gevel": "GEVEL"}
    assert toonbare_vragen([lijst(vraag("gevel"), **meer)]) == {}


def test_een_vraag_die_in_een_andere_checklist_niet_mag_mag_nergens() -> None:
    assert toonbare_vragen([lijst(vraag("a"), vraag("b")), lijst(vraag("a", avg="bijzonder:zorg"))]) == {"b": "B"}


def test_verwijderd_onbekend_of_drager_van_een_signaal_blijft_weg() -> None:
    vouw = Vouw(
        [
            hecht(1, "gevel", "s1"),
            hecht(2, "gevel", "s2"),
            hecht(3, "gevel", "s2", waarde={"verwijderd": True}, base=("op2",)),
            hecht(4, "kamer", "s4", "k1"),
            hecht(5, "kamer", "s5", "k2"),
            hecht(6, "onbekend", "s6"),
            # The same picture at a question that carries a signal: also there it is not shown.
            hecht(7, "slot", "s7"),
            hecht(8, "gevel", "s7"),
        ]
    )
    toonbaar = {"gevel": "Gevel", "kamer": "Kamer", "slot": "Slot"}
    assert kies_uit(vouw, toonbaar, frozenset({"kamer@k2", "slot"})) == [("s1", "Gevel"), ("s4", "Kamer")]
