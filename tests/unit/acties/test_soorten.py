"""Kinds of action: what the configuration may say, and what a new action begins with."""

from datetime import time
from typing import Any

import pytest

from inspecties.acties.rules.soorten import CODES, controleer_partners, lees_soorten
from inspecties.acties.rules.toestanden import SOORTEN
from inspecties.acties.soorten import actiesoorten
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.partners.bevoegd import bevoegdhedentabel
from inspecties.rapportages.rules import tel_normen


def rijen(**anders: Any) -> list[dict[str, Any]]:
    """Every kind, the first with something else."""
    basis = [{"code": code, "naam": code.title(), "begin": "17:00", "duur_min": 300} for code in CODES]
    return [basis[0] | anders, *basis[1:]]


def test_de_soorten_van_de_installatie_zijn_die_van_de_database() -> None:
    assert list(SOORTEN) == list(CODES)
    assert SOORTEN["jaarcontrole"] == "Jaarcontrole vergunde inrichting"
    controleer_partners(actiesoorten(), bevoegdhedentabel().soorten)


def test_een_dienst_kan_na_middernacht_eindigen() -> None:
    soort = lees_soorten(rijen(begin="21:30", duur_min=240))["pandenactie"]
    assert soort.dienst() == (time(21, 30), time(1, 30), True)
    assert lees_soorten(rijen())["pandenactie"].dienst() == (time(17), time(22), False)


@pytest.mark.parametrize(
    ("fout", "melding"),
    [
        ({"begin": "25:00"}, "'begin' is een tijd"),
        ({"duur_min": 0}, "van 1 tot 720"),
        ({"duur_min": True}, "van 1 tot 720"),
        ({"norm": "iets"}, "'norm' is leeg of een van"),
        ({"partners": "politie"}, "lijst van codes"),
        ({"code": "feest"}, "precies deze soorten"),
        ({"naam": " "}, "'naam' ontbreekt"),
        ({"code": "hotelcontrole"}, "staat twee keer"),
    ],
)
def test_een_foute_instelling_wordt_genoemd(fout: dict[str, Any], melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding):
        lees_soorten(rijen(**fout))


def test_een_onbekende_partner_wordt_genoemd() -> None:
    with pytest.raises(OngeldigeInvoer, match="noemt de partner 'padvinders'"):
        controleer_partners(lees_soorten(rijen(partners=["padvinders"])), {"politie"})


def test_een_actie_telt_voor_de_norm_van_haar_soort() -> None:
    acties = [("thema_actie", "afgerond"), ("pandenactie", "afgerond"), ("spoedcontrole", "afgerond")]
    regels = tel_normen(acties, {"pandenactie": 2}, {"thema_actie": "pandenactie", "spoedcontrole": ""})
    assert [(r.soort, r.gedaan, r.oordeel) for r in regels] == [
        ("pandenactie", 2, "Gehaald"),
        ("spoedcontrole", 1, "Geen norm"),
    ]
