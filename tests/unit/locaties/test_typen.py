"""Rules of kinds of location, and that the ones of the config are all right."""

import tomllib
from dataclasses import replace

import pytest

from inspecties.instellingen import WORTEL
from inspecties.locaties.rules.typen import INSTRUMENTEN, TypeGegevens, code_van, keur_type

GOED = TypeGegevens("Botenverhuur", "pand", 365, 1, ("apv",))


def test_alle_soorten_staan_in_de_config_en_kloppen() -> None:
    with (WORTEL / "config" / "locatietypen.toml").open("rb") as bestand:
        typen = tomllib.load(bestand)["type"]
    assert {t["code"] for t in typen if t["hoofdtype"]} == {
        "huisvesting_arbeidsmigranten",
        "onvergunde_seksinrichting",
        "massagesalon",
        "hotel",
    }
    assert {t["code"] for t in typen if not t["hoofdtype"]} == {
        *("vergunde_seksinrichting", "horeca", "uitzendbureau", "vakantiepark", "camping", "kamerverhuurpand"),
        *("flitsbezorger", "autowasstraat", "overig"),
    }
    checklists = {p.stem for p in (WORTEL / "config" / "checklists").glob("*") if p.is_file()} | {
        p.name for p in (WORTEL / "config" / "checklists").iterdir() if p.is_dir()
    }
    for t in typen:
        gegevens = TypeGegevens(t["naam"], t["checklist"], t["interval_dagen"], 1, t["instrumenten"])
        assert keur_type(gegevens, [], checklists) == {}, t["code"]
        assert t["instrumenten"] or t["code"] == "overig"


@pytest.mark.parametrize(
    ("naam", "bezet", "code"),
    [
        ("Botenverhuur", (), "botenverhuur"),
        ("Café & Club", (), "cafe_club"),
        ("  B&B's  ", (), "b_b_s"),
        ("Hotel", ("hotel",), "hotel_2"),
        ("Hotel", ("hotel", "hotel_2"), "hotel_3"),
        ("???", (), ""),
        ("x" * 80, (), "x" * 60),
        ("x" * 80, ("x" * 60,), "x" * 56 + "_2"),
    ],
)
def test_code_uit_de_naam(naam: str, bezet: tuple[str, ...], code: str) -> None:
    assert code_van(naam, bezet) == code


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"naam": "  "}, "naam"),
        ({"naam": "!!"}, "naam"),
        ({"naam": "x" * 121}, "naam"),
        ({"naam": "HOTEL"}, "naam"),
        ({"checklist_code": "weg"}, "checklist"),
        ({"interval_dagen": 0}, "interval_dagen"),
        ({"interval_dagen": 3651}, "interval_dagen"),
        ({"volgorde": -1}, "volgorde"),
        ({"volgorde": 1000}, "volgorde"),
        ({"instrumenten": ("apv", "boete")}, "instrumenten"),
    ],
)
def test_wat_niet_kan_wordt_bij_het_veld_gezegd(anders: dict[str, object], veld: str) -> None:
    fouten = keur_type(replace(GOED, **anders), ["Hotel"], ["pand"])
    assert set(fouten) == {veld}
    assert fouten[veld].endswith(".")


def test_wat_kan() -> None:
    assert keur_type(replace(GOED, interval_dagen=3650, instrumenten=tuple(INSTRUMENTEN)), ["Hotel"], ["pand"]) == {}
