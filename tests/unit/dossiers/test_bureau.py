"""The mayor's desk: what comes first, and which paragraph a question hangs on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.rules.alineas import alineas, gestelde_vragen, vraagnaam
from inspecties.dossiers.rules.kabinet import keur_gebeld
from inspecties.dossiers.rules.wachten import Aanleiding, voorrang
from inspecties.gebruikers.rules.bevestiging import GELDIG, geldt_nog

NU = datetime(2026, 11, 21, 20, tzinfo=UTC)


def test_spoed_gaat_voor_daarna_wat_het_eerst_afloopt() -> None:
    later = voorrang("", [Aanleiding("Beslissen voor 24 december", date(2026, 12, 24))])
    eerder = voorrang(
        "", [Aanleiding("Bezwaar", date(2026, 12, 30)), Aanleiding("Beslissen voor 24 november", date(2026, 11, 24))]
    )
    zonder = voorrang("", [])
    spoed = voorrang(" Er is\ngeschoten ", [])
    assert sorted([zonder, later, eerder, spoed], key=lambda v: v.sleutel) == [spoed, eerder, later, zonder]
    assert spoed.waarom == ("Spoed: Er is geschoten",)
    assert eerder.waarom[0] == "Beslissen voor 24 november"
    assert eerder.dag == date(2026, 11, 24)


def test_een_vraag_hangt_aan_een_alinea_en_elke_regel_is_een_vraag() -> None:
    teksten = {"bewoners": "Drie bewoners.\n\n  Een kind van negen.  \n", "feiten": ""}
    assert alineas(teksten["bewoners"]) == ["Drie bewoners.", "Een kind van negen."]
    ingevuld = {vraagnaam("bewoners", 2): "Waar slaapt het kind?\n\nWie haalt het op?", vraagnaam("bewoners", 9): "Weg"}
    assert list(gestelde_vragen(teksten, ingevuld)) == [
        ("bewoners", "Een kind van negen.", "Waar slaapt het kind?"),
        ("bewoners", "Een kind van negen.", "Wie haalt het op?"),
    ]


def test_bevestigen_geldt_vijf_minuten_en_nooit_vooruit() -> None:
    assert timedelta(minutes=5) == GELDIG
    assert geldt_nog(NU - GELDIG, NU)
    assert not geldt_nog(NU - GELDIG - timedelta(seconds=1), NU)
    assert not geldt_nog(NU + timedelta(seconds=1), NU)
    assert not geldt_nog(None, NU)


@pytest.mark.parametrize(
    ("verschil", "melding"),
    [(timedelta(minutes=1), "moet nog komen"), (-timedelta(days=15), "langer dan twee weken")],
)
def test_een_gesprek_ligt_kort_achter_ons(verschil: timedelta, melding: str) -> None:
    keur_gebeld(NU - timedelta(hours=9), NU)
    with pytest.raises(OngeldigeInvoer, match=melding):
        keur_gebeld(NU + verschil, NU)
