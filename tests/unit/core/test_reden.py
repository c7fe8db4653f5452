"""Reasons that people write."""

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.reden import MAX_REDEN, schrijf_reden


def test_witruimte_eromheen_telt_niet() -> None:
    assert schrijf_reden("  De actie gaat niet door.\n", "Schrijf een reden.") == "De actie gaat niet door."


@pytest.mark.parametrize(
    ("reden", "melding"),
    [
        ("", "Schrijf een reden."),
        (" \n\t", "Schrijf een reden."),
        ("a" * (MAX_REDEN + 1), f"hooguit {MAX_REDEN} tekens"),
        ("a\0b", "een teken in dat niet bewaard kan worden"),
        ("a\ud800b", "een teken in dat niet bewaard kan worden"),
    ],
)
def test_wat_geen_reden_is(reden: str, melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding) as fout:
        schrijf_reden(reden, "Schrijf een reden.", "waarom")
    assert fout.value.veld == "waarom"
