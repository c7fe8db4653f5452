"""Evidence and covers: numbers that stay, conclusions that rest on something, text of which nothing is left over."""

import unicodedata
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.redactie import gronden
from inspecties.dossiers.rules.bewijs import Stukgegevens, keur_hash, keur_stuk, nummer, vaste_nummers
from inspecties.dossiers.rules.redactie import keur_tekstredactie, vervang, zinnen, zonder

VANDAAG = date(2026, 11, 21)
LABELS = {"p": "persoonsgegeven weggelakt", "w": "werkwijze weggelakt"}


def _stuk(**anders: object) -> Stukgegevens:
    basis: dict[str, object] = {
        "soort": "verklaring",
        "titel": "T",
        "van": "Buur",
        "dagtekening": VANDAAG,
        "tekst": "x",
    }
    return Stukgegevens(**(basis | anders))  # type: ignore[arg-type]  # values by name


@pytest.mark.parametrize(
    ("anders", "bestand", "veld"),
    [
        ({"soort": "onzin"}, False, "soort"),
        ({"titel": "  "}, False, "titel"),
        ({"van": ""}, False, "van"),
        ({"dagtekening": None}, False, "dagtekening"),
        ({"dagtekening": date(2026, 11, 22)}, False, "dagtekening"),
        ({"dagtekening": date(26, 1, 1)}, False, "dagtekening"),
        ({"tekst": ""}, False, "bestand"),
        ({"tekst": "x"}, True, "bestand"),
        ({"eed": "misschien"}, False, "eed"),
        ({"hash_afzender": "abc"}, False, "hash_afzender"),
        ({"rust_op": ("a",)}, False, "rust_op"),
        ({"soort": "conclusie"}, False, "rust_op"),
        ({"soort": "conclusie", "rust_op": ("weg",)}, False, "rust_op"),
        ({"soort": "conclusie", "tekst": "", "rust_op": ("a",)}, True, "bestand"),
    ],
)
def test_wat_niet_kan_noemt_het_veld(anders: dict[str, object], bestand: bool, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_stuk(_stuk(**anders), VANDAAG, {"a"}, met_bestand=bestand)
    assert fout.value.veld == veld


def test_een_conclusie_rust_op_iets() -> None:
    schoon = keur_stuk(_stuk(soort="conclusie", rust_op=("a", "a")), VANDAAG, {"a"}, met_bestand=False)
    assert schoon.rust_op == ("a",)
    assert keur_hash(" AB " + "0" * 62) == "ab" + "0" * 62


def test_een_voorgelegd_nummer_blijft() -> None:
    vast = vaste_nummers([{"bewijs": {"s1": "nr. 1", "s2": "nr. 2"}}, {"bewijs": {"s2": "nr. 1", "s3": "nr. 3"}}])
    assert vast == {"s1": 1, "s2": 2, "s3": 3}
    # s1 is gone, s3 moved up, s4 is new: nobody gets the number of another.
    assert nummer([(7, "s3"), (8, "s4"), (9, "s2")], vast) == {7: 3, 8: 4, 9: 2}
    # The same picture of two visits is two pieces.
    assert nummer([(1, "s1"), (2, "s1")], vast) == {1: 1, 2: 4}
    assert nummer([(5, "a"), (6, "b")], {}) == {5: 1, 6: 2}


@given(st.text(alphabet="ab .!?\n3", max_size=60))
def test_zinnen_zijn_samen_de_tekst(tekst: str) -> None:
    assert "".join(zinnen(tekst)) == tekst


def test_van_een_weggelakte_zin_blijft_niets_over() -> None:
    tekst = "De zaal is 3.5 meter hoog. Jan belde. Piet ook! Dat was alles.\nKarin de Boer en Boer zagen het."
    uit = zonder(tekst, keur_tekstredactie(tekst, {1: "p", 2: "p"}, {}, LABELS)[0], [], LABELS)
    assert uit.startswith("De zaal is 3.5 meter hoog. [persoonsgegeven weggelakt] Dat was alles.\n")
    woorden = [
        {"woord": "Boer", "grond": "w"},
        {"woord": "karin de boer", "grond": "p"},
        {"woord": "gegeven", "grond": "w"},
    ]
    uit = zonder(tekst, keur_tekstredactie(tekst, {1: "p"}, {}, LABELS)[0], woorden, LABELS)
    assert uit.endswith("\n[persoonsgegeven weggelakt] en [werkwijze weggelakt] zagen het.")
    # A mark is no text: a word that stands in a mark is not replaced there.
    assert "persoons[" not in uit


_TUSSEN = st.text(alphabet=" \n\t\u00a0\u2009\u00ad\u200b", min_size=1, max_size=4).filter(
    lambda t: t.strip("\u00ad\u200b")
)


@given(st.lists(st.tuples(_TUSSEN, st.sampled_from(["NFC", "NFD"]), st.booleans()), min_size=1, max_size=4))
def test_een_naam_gaat_weg_hoe_hij_ook_is_afgebroken(keren: list[tuple[str, Literal["NFC", "NFD"], bool]]) -> None:
    namen = [
        unicodedata.normalize(vorm, f"Zo{'' if groot else chr(0xAD)}ë{tussen}Geheimnaam")
        for tussen, vorm, groot in keren
    ]
    tekst = (
        " Hij zag ".join(n.upper() if groot else n for n, (_, _, groot) in zip(namen, keren, strict=True)) + " lopen."
    )
    for woord in ("Zoë Geheimnaam", unicodedata.normalize("NFD", "zoë geheimnaam")):
        woorden = keur_tekstredactie(tekst, {}, {woord: "p"}, LABELS)[1]
        uit = zonder(tekst, [], woorden, LABELS)
        assert uit == " Hij zag ".join(["[persoonsgegeven weggelakt]"] * len(keren)) + " lopen."


def test_weglakken_zonder_grond_of_buiten_het_stuk_kan_niet() -> None:
    vlak = {"x": 0.1, "y": 0.1, "b": 0.2, "h": 0.1, "vorm": "rechthoek"}
    for blad, grond, getekend, veld in ((3, "p", [vlak], "blad"), (1, "?", [vlak], "grond"), (1, "p", [{}], "vlakken")):
        with pytest.raises(OngeldigeInvoer) as fout:
            vervang([], blad, grond, getekend, ["p"], 2)
        assert fout.value.veld == veld
    een = vervang([], 1, "p", [vlak], ["p", "w"], 2)
    twee = vervang(een, 1, "w", [vlak], ["p", "w"], 2)
    assert [a.grond for a in vervang(twee, 1, "p", [], ["p", "w"], 2)] == ["w"]
    for passages, woorden in (({9: "p"}, {}), ({}, {"Kees": "p"}), ({}, {"x": "p"}), ({0: "?"}, {})):
        with pytest.raises(OngeldigeInvoer):
            keur_tekstredactie("Alleen Jan.", passages, woorden, ["p"])


def test_elke_grond_noemt_een_artikel() -> None:
    assert all(grond.artikel and grond.bron for grond in gronden().values())
