"""The readiness list: where a point stands, and which points nobody may pass over."""

import pytest

from inspecties.acties.rules.gereedheid import Punt
from inspecties.acties.rules.gereedlijst import GROEPEN, groep_van, in_groepen, is_uitzonderbaar, vinger_van

UID = "018f0000-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("code", "sleutel", "mag"),
    [
        ("mens_niet_beschikbaar", "12", True),
        ("over_maximum", "3:ploegen", True),
        ("buiten_dienst", UID, True),
        ("bevoegdheid_ontbreekt", f"{UID}:opsporing", True),
        # Without the power to enter there is no lawful entry, whatever the reason.
        ("bevoegdheid_ontbreekt", f"{UID}:binnentreden", False),
        ("bevoegdheid_ontbreekt", f"{UID}:huisvesting", False),
        ("machtiging_ontbreekt", UID, False),
        ("machtiging_verlopen", UID, False),
        ("machtiging_adres", UID, False),
        ("grond_woning", UID, False),
        ("checklist_niet_gepubliceerd", f"{UID}:pand", False),
        ("geen_ploeg", "", False),
        ("", "", False),
        ("buiten_dienst", "", False),
    ],
)
def test_wat_een_planner_mag_overslaan(code: str, sleutel: str, mag: bool) -> None:
    assert is_uitzonderbaar(Punt("stops", "Iets.", code=code, sleutel=sleutel)) is mag


@pytest.mark.parametrize(
    ("code", "waar", "groep"),
    [
        ("machtiging_nacht", "stops", "binnentreden"),
        ("grond_woning", "stops", "binnentreden"),
        ("checklist_geen", "stops", "checklists"),
        ("bevoegdheid_ontbreekt", "ploegen", "bevoegdheden"),
        ("partner_wacht", "partners", "partners"),
        ("briefing_verouderd", "stops", "briefing"),
        ("tablet_oud", "ploegen", "tablets"),
        ("onbekend", "ploegen", "mensen"),
        ("", "gegevens", "planning"),
    ],
)
def test_elk_punt_heeft_een_plek(code: str, waar: str, groep: str) -> None:
    assert groep_van(Punt(waar, "Iets.", code=code)) == groep
    assert groep in GROEPEN


def test_een_ander_punt_heeft_een_andere_vinger() -> None:
    een = Punt("ploegen", "An kan niet: vrij.", code="mens_niet_beschikbaar", sleutel="1")
    twee = Punt("ploegen", "An kan niet: ziek.", code="mens_niet_beschikbaar", sleutel="1")
    assert vinger_van(een) != vinger_van(twee)
    assert vinger_van(een) == vinger_van(Punt("partners", een.melding, code=een.code, sleutel="1"))


def test_open_staat_boven_gedaan() -> None:
    open_ = Punt("partners", "Brandweer heeft afgezegd.", code="partner_afgezegd")
    lijst = in_groepen([("partners", "Politie komt.")], [open_], [], [])
    assert list(lijst) == list(GROEPEN)
    assert [(r.stand, r.tekst) for r in lijst["partners"]] == [
        ("open", "Brandweer heeft afgezegd."),
        ("goed", "Politie komt."),
    ]
