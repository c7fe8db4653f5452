"""The legal test: every gate with facts like the ruling's, what blocks, and what overruling takes."""

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.rules.gevolgen import instrumenten
from inspecties.dossiers.rules.toets import Invulling, Poort, Stand, Toets, keur, lees_toetsen
from inspecties.dossiers.toetsen import toetsen

EEN_EIS = {
    "code": "feit",
    "titel": "Feit",
    "vraag": "Wat?",
    "artikel": "art. 1",
    "bron": "bron",
    "status": "bevestigd",
    "bewijs": True,
}


def _vol(toets: Toets, **anders: Invulling) -> Stand:
    """Everything in order, but for these parts."""
    goed = {e.code: Invulling("Feiten per dag.", "voldaan", bewijs=(1,)) for e in toets.eisen}
    goed |= {p.code: Invulling(antwoord="nee" if p.stopt_bij == "ja" else "ja") for p in toets.poorten}
    return Stand(toets, goed | anders)


def test_elk_instrument_van_sluiting_heeft_een_toets_en_elke_toets_een_instrument() -> None:
    sluiting = {i.code for i in instrumenten().values() if i.soort == "sluiting"}
    assert set(toetsen()) == sluiting


@pytest.mark.parametrize("toets", toetsen().values(), ids=lambda t: t.instrument)
def test_een_volle_toets_houdt_niets_tegen_en_een_lege_alles(toets: Toets) -> None:
    assert _vol(toets).zwakke_plekken == []
    leeg = Stand(toets).belemmeringen
    assert len(leeg) == len(toets.delen)
    assert Toets.uit(toets.als_rij()) == toets


# Facts as in the ruling: at this answer the closure cannot go on without a written reason.
UITSPRAKEN = [
    ("apv_sluiting", "bewoond", "ja", "2025:2944", "een bewoonde woning op de APV sluiten"),
    ("apv_sluiting", "geen_woning_getoond", "nee", "Limburg 30-9-2025", "niet laten zien dat er niet wordt gewoond"),
    ("victoria", "ordefeiten", "nee", "Limburg 30-9-2025", "overstappen naar 174a zonder feiten over de orde"),
    ("victoria", "noodzaak_getoond", "nee", "2025:1156", "geen noodzaak laten zien"),
    ("apv_sluiting", "noodzaak_getoond", "nee", "2025:1156", "geen noodzaak laten zien"),
    ("victoria", "beeindigd", "ja", "2022:1741", "verder sluiten na het einde van de verhuur"),
    ("apv_sluiting", "beeindigd", "ja", "2022:1741", "verder sluiten na het einde van de verhuur"),
    ("victoria", "onbepaald", "ja", "2022:1594", "massagesalon voor onbepaalde tijd"),
    ("apv_sluiting", "onbepaald", "ja", "2022:1594", "massagesalon voor onbepaalde tijd"),
    ("damocles", "onbepaald", "ja", "2022:1594", "onbepaalde tijd"),
    ("victoria", "alleen_vermoeden", "ja", "2017:1317", "lange werkdagen als bewijs van mensenhandel"),
    ("victoria", "alleen_voorwerp", "ja", "Winterswijk", "alleen een verboden voorwerp"),
    ("damocles", "alleen_voorwerp", "ja", "Winterswijk", "alleen een verboden voorwerp"),
    ("victoria", "alleen_hinder", "ja", "CCV", "alleen geluid"),
]


@pytest.mark.parametrize(("instrument", "code", "antwoord", "bron", "feiten"), UITSPRAKEN)
def test_een_poort_houdt_tegen_tot_er_een_reden_staat(
    instrument: str, code: str, antwoord: str, bron: str, feiten: str
) -> None:
    toets = toetsen()[instrument]
    poort = toets.deel(code)
    assert isinstance(poort, Poort)
    assert bron in poort.uitspraak
    stand = _vol(toets, **{code: Invulling(feiten, antwoord)})
    assert len(stand.belemmeringen) == 1
    assert poort.regel in stand.belemmeringen[0]
    toch = _vol(toets, **{code: Invulling(feiten, antwoord, "De rechter oordeelde hier anders over.")})
    assert toch.belemmeringen == []
    assert "De rechter oordeelde hier anders over." in toch.zwakke_plekken[0].tekst


def test_elke_poort_heeft_een_geval() -> None:
    alle = {(t.instrument, p.code) for t in toetsen().values() for p in t.poorten}
    assert {(i, c) for i, c, *_ in UITSPRAKEN} == alle


def test_zwakke_plekken_staan_in_de_volgorde_van_een_rechter() -> None:
    toets = toetsen()["victoria"]
    stand = _vol(
        toets,
        onbepaald=Invulling(antwoord="ja"),
        beeindigd=Invulling(antwoord="ja", waarom_toch="De verhuur begon opnieuw."),
        alleen_hinder=Invulling(),
        incidenten=Invulling("Op 3 mei.", "voldaan"),
        duur=Invulling("Drie maanden.", "niet_voldaan"),
        lichter=Invulling("Gesprek."),
    )
    assert [(z.code, z.blokkeert) for z in stand.zwakke_plekken] == [
        ("onbepaald", True),
        ("duur", True),
        ("beeindigd", False),
        ("alleen_hinder", True),
        ("lichter", True),
        ("incidenten", False),
    ]


@pytest.mark.parametrize(
    ("code", "invulling", "veld"),
    [
        ("incidenten", Invulling("", "voldaan"), "tekst"),
        ("incidenten", Invulling("x", "ja"), "antwoord"),
        ("incidenten", Invulling("x" * 6001), "tekst"),
        ("onbepaald", Invulling("", "misschien"), "antwoord"),
        ("onbepaald", Invulling("", "nee", "omdat"), "waarom_toch"),
        ("onbepaald", Invulling("", "ja", "x" * 6001), "waarom_toch"),
    ],
)
def test_wat_niet_kan_noemt_het_veld(code: str, invulling: Invulling, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur(toetsen()["victoria"].deel(code), invulling)
    assert fout.value.veld == veld


def test_een_onderdeel_dat_er_niet_is() -> None:
    with pytest.raises(OngeldigeInvoer):
        toetsen()["victoria"].deel("nationaliteit")


@pytest.mark.parametrize(
    "rij",
    [
        {"eis": []},
        {"eis": [EEN_EIS, EEN_EIS]},
        {"eis": [EEN_EIS | {"status": "vast wel"}]},
        {
            "eis": [EEN_EIS],
            "poort": [
                {"code": "p", "vraag": "?", "stopt_bij": "soms", "regel": "r", "uitspraak": "u", "status": "bevestigd"}
            ],
        },
    ],
)
def test_een_kapot_bestand_start_niet(rij: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="toets x"):
        lees_toetsen([{"instrument": "x", "versie": "1", **rij}])
