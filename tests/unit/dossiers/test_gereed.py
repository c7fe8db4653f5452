"""What stands in the way of submitting and of deciding."""

import pytest

from inspecties.dossiers.rules.gereed import (
    Bevindingstand,
    Bezoekstand,
    Dossierstand,
    belemmeringen,
    besluit_belemmeringen,
    waarschuwingen,
)
from inspecties.dossiers.rules.teksten import TEKSTVELDEN, Antwoord, Grond, Waarneming, concept, open_plekken

TEKSTEN = {veld.naam: "Tekst." for veld in TEKSTVELDEN}
GOED = Dossierstand(
    teksten=TEKSTEN,
    bezoeken=(Bezoekstand("b", "Kade 1", "21 november 2026"),),
    bevindingen=(Bevindingstand("Overbewoning", "b"),),
    belanghebbenden=1,
    locaties=1,
)


def anders(**wat: object) -> Dossierstand:
    return Dossierstand(**(vars(GOED) | wat))  # type: ignore[arg-type]


def test_compleet_dossier_kan_worden_voorgelegd() -> None:
    assert belemmeringen(GOED) == []
    assert waarschuwingen(GOED) == []


@pytest.mark.parametrize(
    ("stand", "deel"),
    [
        (
            anders(bezoeken=(Bezoekstand("b", "Kade 1", "x", verschillen=("Hoeveel?",)),)),
            "verschillende antwoorden op 'Hoeveel?'",
        ),
        (anders(bezoeken=(Bezoekstand("b", "Kade 1", "x", niet_binnen=1),)), "is 1 foto of bestand nog niet binnen"),
        (anders(bezoeken=(Bezoekstand("b", "Kade 1", "x", niet_binnen=3),)), "3 foto's of bestanden"),
        (
            anders(bevindingen=(Bevindingstand("Bbl", "b", (("Rookmelder", "foto"),)),)),
            "ontbreekt een foto bij 'Rookmelder'",
        ),
        (anders(bevindingen=(Bevindingstand("Bbl", "b", (("X", "toelichting"),)),)), "ontbreekt een toelichting"),
        (anders(bevindingen=(Bevindingstand("Bbl", "b", vervallen=True),)), "dragen dit niet meer"),
        (anders(bevindingen=()), "nog geen bevinding"),
        (anders(belanghebbenden=0), "geen belanghebbende"),
        (anders(locaties=0), "geen locatie"),
        (anders(geschonden=("Bewijsstuk 2",)), "Bewijsstuk 2 staat niet meer ongeschonden"),
        (anders(teksten=TEKSTEN | {"waarom_nu": "  "}), "'Waarom nu' is nog leeg"),
        (anders(teksten=TEKSTEN | {"beoordeling": "Nodig: [vul aan: waarom]"}), "[vul aan: waarom]"),
    ],
)
def test_elke_belemmering_staat_er_in_woorden(stand: Dossierstand, deel: str) -> None:
    (belemmering,) = belemmeringen(stand)
    assert deel in belemmering.tekst


def test_alleen_verschil_en_geschonden_bewijs_houden_een_besluit_tegen() -> None:
    alles = anders(
        bezoeken=(Bezoekstand("b", "Kade 1", "x", verschillen=("Hoeveel?",), niet_binnen=2),),
        bevindingen=(Bevindingstand("Bbl", "b", (("X", "foto"),)),),
        teksten={},
        geschonden=("Bewijsstuk 1",),
    )
    assert [b.soort for b in besluit_belemmeringen(alles)] == ["verschil", "bewijs"]
    assert besluit_belemmeringen(GOED) == []


def test_niet_verplichte_tekst_en_open_bezoek_zijn_een_waarschuwing() -> None:
    stand = anders(teksten=TEKSTEN | {"zienswijze": ""}, bezoeken=(Bezoekstand("b", "Kade 1", "x", open=True),))
    assert belemmeringen(stand) == []
    assert len(waarschuwingen(stand)) == 2


WAARNEMING = Waarneming(
    "21 november 2026", "Kade 1", (Grond("Overbewoning", "art. 22 Hvw", (Antwoord("Hoeveel bewoners?", "12"),)),)
)


def test_voorzet_noemt_feiten_en_laat_het_oordeel_open() -> None:
    feiten = concept("feiten", [WAARNEMING], "Artikel 125 Gemeentewet")
    assert "Op 21 november 2026" in feiten
    assert "Hoeveel bewoners: 12" in feiten
    assert open_plekken(feiten) == []
    for veld in ("samenvatting", "beoordeling", "concept_besluit"):
        assert open_plekken(concept(veld, [WAARNEMING], "Artikel 125 Gemeentewet", "het college"))
    assert concept("concept_besluit", [], "Artikel 174a Gemeentewet", "de burgemeester").startswith(
        "De burgemeester besluit op grond van artikel 174a Gemeentewet"
    )


def test_zonder_bevindingen_geen_verzonnen_feiten() -> None:
    assert concept("feiten", [], "Artikel 125 Gemeentewet") == ""
    assert concept("bewoners", [WAARNEMING], "Artikel 125 Gemeentewet") == ""


def test_open_plek_is_niet_elke_haak() -> None:
    assert open_plekken("Hij zei: [onverstaanbaar] en ging weg [Vul aan: wanneer]") == ["[Vul aan: wanneer]"]
