"""Rules of merging: what looks like a double, what a choice gives, and that no table is forgotten."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties import modellen
from inspecties.locaties.rules.samenvoegen import (
    KEUZENAMEN,
    KEUZEVELDEN,
    TABELNAMEN,
    VERHUIST,
    VERWIJZINGEN,
    Plek,
    kies_velden,
    namen_lijken,
    voeg_teksten_samen,
    voorstel,
    waarom_dubbel,
)
from inspecties.locaties.samenvoegen_rijen import alle_verwijzingen, verhuizende

LEEG: dict[str, Any] = {k: None if k in {"capaciteit"} else "" for kolommen in KEUZEVELDEN.values() for k in kolommen}


def test_elke_verwijzing_naar_een_locatie_is_ingedeeld() -> None:
    """A new table that refers to locations must say what a merge does with it."""
    assert modellen.MODULES
    assert alle_verwijzingen() == set(VERWIJZINGEN)
    assert {tabel for (tabel, _), wat in VERWIJZINGEN.items() if wat == VERHUIST} == set(TABELNAMEN)
    assert {(v.tabel.name, v.kolom.name) for v in verhuizende()} == {
        sleutel for sleutel, wat in VERWIJZINGEN.items() if wat == VERHUIST
    }


@pytest.mark.parametrize(
    ("een", "ander", "lijkt"),
    [
        ("Hotel De Kade", "hotel de kade", True),
        ("Hotel De Kade", "De Kade", True),
        ("Café Züid", "Cafe Zuid", True),
        ("Massagesalon Orchidee", "Massagesalon Orchide", True),
        ("Huis 12", "Huis 14", False),
        ("Hotel De Kade", "Autowas Zuid", False),
        ("", "", False),
        ("!!!", "Hotel", False),
    ],
)
def test_namen_die_lijken(een: str, ander: str, lijkt: bool) -> None:
    assert namen_lijken(een, ander) is lijkt
    assert namen_lijken(ander, een) is lijkt


def test_waarom_iets_dubbel_lijkt() -> None:
    hotel = Plek("Hotel De Kade", "8291AB|12||", 100.0, 100.0)
    assert waarom_dubbel(hotel, Plek("Iets anders", "8291AB|12||", 900.0, 900.0)) == "hetzelfde adres"
    assert waarom_dubbel(hotel, Plek("De Kade", None, 100.0, 124.0)).startswith("24 meter")
    assert waarom_dubbel(hotel, Plek("De Kade", None, 100.0, 126.0)) == ""
    assert waarom_dubbel(hotel, Plek("Autowas", None, 100.0, 101.0)) == ""
    zonder = Plek("Loods", None, 0.0, 0.0)
    assert waarom_dubbel(zonder, Plek("Kas", None, 500.0, 0.0)) == ""


def test_keuzes_per_veld() -> None:
    hier = LEEG | {"naam": "A", "notitie": "bel aan", "capaciteit": 4, "status": "actief"}
    daar = LEEG | {"naam": "B", "notitie": "hond", "capaciteit": 6, "status": "in_beeld", "bron": "inwoner"}
    keuzes = dict.fromkeys(KEUZENAMEN, "winnaar") | {"capaciteit": "verliezer", "notitie": "beide"}
    assert kies_velden(hier, daar, keuzes) == ({"capaciteit": 6, "notitie": "bel aan\n\nhond"}, {})
    _, fouten = kies_velden(hier, daar, keuzes | {"naam": "beide", "status": "x"})
    assert set(fouten) == {"naam", "status"}
    assert "Naam" in fouten["naam"]
    begin = voorstel(hier, daar)
    assert (begin["naam"], begin["bron"], begin["notitie"]) == ("winnaar", "verliezer", "beide")


@given(een=st.text(), ander=st.text())
def test_van_twee_teksten_gaat_niets_verloren(een: str, ander: str) -> None:
    samen = voeg_teksten_samen(een, ander)
    assert een.strip() in samen
    assert ander.strip() in samen
    assert voeg_teksten_samen(samen, ander) == samen
