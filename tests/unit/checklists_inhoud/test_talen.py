"""What is asked of the person in front stands in six languages, with its answers.

The rule: in the parts of a form that go about the life of that person (``DELEN``), and in the two questions elsewhere
that are put to them (``ELDERS``), every question that the gemeente asks (no ``rol``) and that can be answered in words,
a number or a choice is meant for that person, unless it is named in ``WAARNEMING``: what the inspector sees or decides
without asking. A new question in these parts is thereby translated, or somebody says here that it is put to nobody.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from inspecties.checklists.rules.kolommen import taalcode
from tests.unit.checklists_inhoud.formulieren import FORMULIEREN, MAP, TALEN, lezing, plekken

alle_formulieren = pytest.mark.parametrize("formulier", FORMULIEREN)

DELEN = {"huur", "werk", "vrijheid", "personen", "zorg"}
ELDERS = {"toestemming_gegeven", "eigen_woning_alleen"}
BEANTWOORDBAAR = {
    "select_one",
    "select_multiple",
    "rank",
    "acknowledge",
    "text",
    "integer",
    "decimal",
    "range",
    "date",
    "time",
    "dateTime",
}
WAARNEMING = {
    "minderjarige_gezien",
    "deur_slot_buiten",
    "geweld_gezien",
    "leeft_uit_koffer",
    "begeleider_antwoordt",
    "elders_aangetroffen",
    "verwonding_angst",
    "onder_leeftijdsgrens",
    "persoon_rol",
    "persoon_gesprek",
    "persoon_spreekt_vrij",
    "persoon_minderjarig",
    "persoon_bij_ouder",
    "persoon_naam_nodig",
    "persoon_opmerking",
    "veilig_thuis_gebeld",
    "hulp_door_wie",
    "hulp_toelichting",
}


def _in_de_delen(formulier: str) -> Iterator[dict[str, Any]]:
    for plek in plekken(formulier):
        node = plek.node
        if node["soort"] != "vraag" or node["type"] not in BEANTWOORDBAAR or plek.rol:
            continue
        if DELEN & set(plek.ouders) or node["naam"] in ELDERS:
            yield node


def _aan_de_persoon(formulier: str) -> list[dict[str, Any]]:
    return [node for node in _in_de_delen(formulier) if node["naam"] not in WAARNEMING]


def _heel(teksten: dict[str, str]) -> bool:
    return set(teksten) == TALEN and all(tekst.strip() for tekst in teksten.values())


@alle_formulieren
def test_elke_vraag_aan_de_persoon_heeft_zes_talen_en_keuzes_ook(formulier: str) -> None:
    lijsten = lezing(formulier).definitie["keuzelijsten"]
    vragen = _aan_de_persoon(formulier)
    assert len(vragen) >= 7
    half = [node["naam"] for node in vragen if not _heel(node.get("label", {}))]
    half += [
        f"{node['naam']}: {keuze['naam']}"
        for node in vragen
        for keuze in lijsten.get(node.get("keuzelijst", ""), [])
        if not _heel(keuze["label"])
    ]
    # A hint is for the inspector and stays Dutch; once translated it is shown to the person, so then in every language.
    half += [f"{node['naam']}: hint" for node in vragen if len(node.get("hint", {})) > 1 and not _heel(node["hint"])]
    assert half == []


@alle_formulieren
def test_een_signaalvraag_die_iemand_met_u_aanspreekt_is_vertaald(formulier: str) -> None:
    """The same from the other side: whatever carries a signal and says "uw" is read out to a person."""
    for plek in plekken(formulier):
        node = plek.node
        if "signaal_mh" in node.get("gevolg", []) and re.search(r"\buw\b", node.get("label", {}).get("nl", "")):
            assert _heel(node["label"]), node["naam"]


@alle_formulieren
def test_wat_vertaald_is_heeft_ook_vertaalde_antwoorden(formulier: str) -> None:
    lijsten = lezing(formulier).definitie["keuzelijsten"]
    for plek in plekken(formulier):
        if len(plek.node.get("label", {})) > 1 and "keuzelijst" in plek.node:
            for keuze in lijsten[plek.node["keuzelijst"]]:
                assert _heel(keuze["label"]), f"{plek.node['naam']}: {keuze['naam']}"
    for naam, keuzes in lijsten.items():
        for keuze in keuzes:
            assert len(keuze["label"]) in {1, len(TALEN)}, f"{naam}: {keuze['naam']}"


@alle_formulieren
def test_keuzes_van_een_lijst_zijn_in_elke_taal_uit_elkaar_te_houden(formulier: str) -> None:
    for naam, keuzes in lezing(formulier).definitie["keuzelijsten"].items():
        for taal in TALEN:
            teksten = [keuze["label"][taal] for keuze in keuzes if taal in keuze["label"]]
            assert len(set(teksten)) == len(teksten), f"{naam} ({taal})"


@alle_formulieren
def test_elke_taal_in_haar_eigen_schrift(formulier: str) -> None:
    for node in _aan_de_persoon(formulier):
        assert re.search(r"[а-я]", node["label"]["bg"]), node["naam"]
        for taal in TALEN - {"bg"}:
            assert not re.search(r"[\u0400-\u04ff]", node["label"][taal]), f"{node['naam']} ({taal})"
        # The comma-below letters of Romanian, not the cedilla look-alikes.
        assert not re.search(r"[şţŞŢ]", node["label"]["ro"]), node["naam"]


def test_de_lijst_met_waarnemingen_bevat_niets_dat_weg_is() -> None:
    er_is = {node["naam"] for formulier in FORMULIEREN for node in _in_de_delen(formulier)}
    assert er_is >= WAARNEMING
    assert er_is >= ELDERS


def test_koppen_geven_de_taalcode_die_html_kent() -> None:
    koppen = {kop for pad in MAP.glob("*.csv") for kop in pad.read_text("utf-8").splitlines()[1].split(",")}
    talen = {kop.partition("::")[2] for kop in koppen if kop.startswith("label::")}
    assert {taalcode(taal) for taal in talen} == TALEN
    assert taalcode("Balgarski (bg)") == "bg"
    assert taalcode("Romana (ro)") == "ro"
