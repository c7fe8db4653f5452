"""No field, no column and no question that says what a person is can reach a score."""

import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import JSON, Text

from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.instellingen import WORTEL
from inspecties.locaties.prioriteit_bronnen import EIGEN_KOLOMMEN
from inspecties.locaties.prioriteit_wegen import inrichting
from inspecties.locaties.rules.prioriteit_feiten import Prioriteitfeiten, is_verboden
from inspecties.start.prioriteitbronnen import KOLOMMEN, over_de_plek

FORMULIEREN = sorted((WORTEL / "config" / "checklists").glob("*.csv"))
# Everything a fact may be made of: no dict, no list of words, no "anything".
GEWOON = {int, str, bool, date, NoneType}


@pytest.mark.parametrize(
    "woord",
    [
        "nationaliteit", "nationaliteiten_bewoners", "Afkomst", "land_van_herkomst", "etniciteit", "geloof", "religie",
        "godsdienst", "geslacht", "sekse", "gender", "aantal_vrouwen", "leeftijd", "onder_leeftijdsgrens",
        "geboortedatum", "minderjarig", "jonge_gast", "kinderen", "Lijkt iemand jonger dan 18?", "verblijfsstatus",
    ],
)  # fmt: skip
def test_verboden_woorden(woord: str) -> None:
    assert is_verboden(woord)


@pytest.mark.parametrize(
    "woord",
    [
        "houder",
        "rookmelders",
        "personen_brp",
        "capaciteit",
        "verhuurder",
        "seksuele_uitbuiting",
        "agenda",
        "leidinggevende",
    ],
)
def test_gewone_woorden(woord: str) -> None:
    assert not is_verboden(woord)


def _bladeren(soort: Any, pad: str) -> Iterator[tuple[str, Any]]:
    """Every field that a fact can hold, however deep."""
    if is_dataclass(soort):
        hints = get_type_hints(soort)
        for veld in fields(soort):
            yield from _bladeren(hints[veld.name], f"{pad}.{veld.name}")
    elif get_origin(soort) is tuple:
        yield from _bladeren(get_args(soort)[0], pad)
    elif isinstance(soort, UnionType):
        for deel in get_args(soort):
            yield from _bladeren(deel, pad)
    else:
        yield pad, soort


def test_geen_veld_van_de_feiten_kan_het_bevatten() -> None:
    bladeren = list(_bladeren(Prioriteitfeiten, "feiten"))
    assert {pad for pad, _ in bladeren} >= {
        "feiten.signalen.urgentie",
        "feiten.personen_brp",
        "feiten.vergunningen.status",
    }
    assert [pad for pad, _ in bladeren if is_verboden(pad)] == []
    assert [(pad, soort) for pad, soort in bladeren if soort not in GEWOON] == []


def test_geen_kolom_die_gelezen_wordt_bevat_het() -> None:
    kolommen = {f"{k.class_.__tablename__}.{k.key}": k for k in EIGEN_KOLOMMEN + KOLOMMEN}
    assert [naam for naam in kolommen if is_verboden(naam)] == []
    # Free text may say anything, so none is read; a document only to leave a finding out.
    assert [naam for naam, k in kolommen.items() if isinstance(k.type, Text)] == []
    assert [naam for naam, k in kolommen.items() if isinstance(k.type, JSON)] == ["bevinding.dragers"]
    assert {k.class_.__tablename__ for k in kolommen.values()} == {
        "risicolocatie", "locatietype", "overlastmelding", "vergunning", "signaal", "signaallocatie",
        "bevinding", "bezoek",
    }  # fmt: skip


def test_geen_gewicht_gaat_erover() -> None:
    assert [s.code for s in inrichting().soorten if is_verboden(f"{s.code} {s.naam}")] == []


def test_een_bevinding_telt_alleen_om_de_plek() -> None:
    plek = {"vraag": "rookmelders", "label": "Hangen er rookmelders?", "waarde": "nee"}
    mens = {
        "vraag": "onder_leeftijdsgrens",
        "label": "Werkt er iemand onder de leeftijd die de APV eist?",
        "waarde": "ja",
    }
    label = {"vraag": "v12", "label": "Lijkt iemand die hier werkt jonger dan 18?", "waarde": "ja"}
    assert over_de_plek([plek])
    assert over_de_plek([mens, plek])
    assert not over_de_plek([mens])
    assert not over_de_plek([label])
    assert not over_de_plek([])


def _vragen(knoop: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kind in knoop.get("kinderen", ()):
        yield kind
        yield from _vragen(kind)


def _verwijzingen(expr: Any) -> Iterator[str]:
    if isinstance(expr, dict):
        if expr.get("op") == "ref":
            yield expr["naam"]
        for waarde in expr.values():
            yield from _verwijzingen(waarde)
    elif isinstance(expr, list):
        for deel in expr:
            yield from _verwijzingen(deel)


def _rust_op(naam: str, per_naam: dict[str, dict[str, Any]], gezien: set[str]) -> set[str]:
    """The questions that decide whether this one carries its consequence, through calculations."""
    if naam in gezien or naam not in per_naam:
        return gezien
    gezien.add(naam)
    for veld in ("gevolg_als", "berekening"):
        for verder in _verwijzingen(per_naam[naam].get(veld)):
            _rust_op(verder, per_naam, gezien)
    return gezien


@pytest.mark.parametrize("pad", FORMULIEREN, ids=lambda p: p.stem)
def test_geen_vraag_van_onze_checklists_brengt_het_in(pad: Path) -> None:
    """A consequence that weighs rests on questions about the place; one that does not is left out."""
    per_naam = {v["naam"]: v for v in _vragen(lees_formulier(pad.name, pad.read_bytes(), {}).definitie)}
    telt = {s.code.removeprefix("bevindingen.gevolg.") for s in inrichting().soorten}
    over_mensen = set()
    for naam, vraag in per_naam.items():
        if not telt & set(vraag.get("gevolg", ())):
            continue
        if not over_de_plek([{"vraag": naam, "label": vraag.get("label", {}).get("nl", "")}]):
            over_mensen.add(naam)
            continue
        fout = [w for w in _rust_op(naam, per_naam, set()) if w != naam and is_verboden(w)]
        assert fout == [], f"{naam} rust op {fout}"
    assert over_mensen <= {"onder_leeftijdsgrens"}


def test_elke_code_van_onze_checklists_heeft_een_gewicht() -> None:
    """Otherwise a finding would silently weigh nothing. What points to trafficking has none, on purpose."""
    telt = {s.code.removeprefix("bevindingen.gevolg.") for s in inrichting().soorten if s.deel == "bevindingen"}
    codes = {
        code
        for pad in FORMULIEREN
        for vraag in _vragen(lees_formulier(pad.name, pad.read_bytes(), {}).definitie)
        for code in vraag.get("gevolg", ())
    }
    assert {c for c in codes if not c.startswith("signaal_")} - telt == set()
    assert {c for c in telt if c.startswith("signaal_")} == set()


def test_soorten_plekken_met_vergunning_bestaan() -> None:
    with (WORTEL / "config" / "locatietypen.toml").open("rb") as bestand:
        bekend = {t["code"] for t in tomllib.load(bestand)["type"]}
    assert inrichting().vergunning_nodig <= bekend
