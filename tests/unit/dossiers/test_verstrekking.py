"""Who may get what: grounds, persons, the closed list of art. 28 Wet Bibob."""

from datetime import date

import pytest

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.dossiers.rules.gevolgen import gevolgen
from inspecties.dossiers.rules.verstrekking import (
    Feit,
    Keuze,
    hash_van,
    is_rechtspersoon,
    lees_ontvangers,
    mag_verstrekken,
    ontvanger_bij,
    ontvangers,
    ontvangers_voor,
    stel_op,
)

VANDAAG = date(2026, 11, 21)
WIJZEN = {"portaal": "Portaal"}
FEITEN = [
    Feit("pand:1", "pand", "Adres", "Kade 1"),
    Feit("noot:1", "antwoord", "Toelichting", "Jan was er", persoon=True),
    Feit("tekst:feiten", "tekst", "Feiten", "Alles", persoon=True),
]


def _keuze(**anders: object) -> Keuze:
    basis: dict[str, object] = {"ontvanger": "nla", "grond": "arbeidswetten", "organisatie": "NLA", "functie": "Desk",
                                "wijze": "portaal", "doel": "Toezicht", "feiten": ("pand:1",)}  # fmt: skip
    return Keuze(**(basis | anders))  # type: ignore[arg-type]  # values by name


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"ontvanger": "krant"}, "ontvanger"),
        ({"grond": "zomaar"}, "grond"),
        ({"organisatie": " "}, "organisatie"),
        ({"functie": ""}, "functie"),
        ({"doel": ""}, "doel"),
        ({"wijze": "postduif"}, "wijze"),
        ({"feiten": ()}, "feiten"),
        ({"feiten": ("pand:1", "pand:2")}, "feiten"),
        ({"feiten": ("noot:1",)}, "feiten"),
        ({"feiten": ("tekst:feiten",), "grond": "uitbuiting"}, "feiten"),
        ({"antwoord_voor": VANDAAG}, "antwoord_voor"),
    ],
)
def test_wat_niet_mag_noemt_het_veld(anders: dict[str, object], veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        stel_op("bouw_wonen", _keuze(**anders), FEITEN, WIJZEN, VANDAAG, "2026-0001/1")
    assert fout.value.veld == veld


@pytest.mark.parametrize(
    ("naam", "kvk", "rechtspersoon"),
    [
        ("Kade Beheer BV", "01234567", True),
        ("Kade Beheer b.v.", "01234567", True),
        ("Stichting Wonen aan de Kade", "01234567", True),
        ("Kade Beheer BV", "", False),
        ("Schildersbedrijf J. de Vries", "01234567", False),
        ("Bakkerij Jansen v.o.f.", "01234567", False),
        ("BV", "01234567", False),
    ],
)
def test_een_kvk_nummer_maakt_een_partij_nog_geen_rechtspersoon(naam: str, kvk: str, rechtspersoon: bool) -> None:
    assert is_rechtspersoon(naam, kvk) is rechtspersoon


def test_op_de_grond_die_personen_toelaat_gaan_zij_mee() -> None:
    keuze = _keuze(grond="uitbuiting", feiten=("noot:1", "pand:1"))
    inhoud = stel_op("bouw_wonen", keuze, FEITEN, WIJZEN, VANDAAG, "2026-0001/1")
    assert [f["code"] for f in inhoud["feiten"]] == ["pand:1", "noot:1"]
    assert inhoud["grondslag"]["status"] == "te bevestigen"
    assert hash_van(inhoud) != hash_van(inhoud | {"doel": "Anders"})


def test_artikel_28_wet_bibob_is_een_gesloten_lijst() -> None:
    for code in ontvangers():
        with pytest.raises(Conflict, match="artikel 28"):
            mag_verstrekken("bibob", code)
    namen = {o.code for o in ontvangers_voor("bibob")}
    assert {"lbb", "riec", "rechter", "bezwaarcommissie", "ap"} <= namen
    assert not namen & set(ontvangers())
    for code in namen:
        assert mag_verstrekken("bibob", code).soorten == ("bibob",)


def test_elk_gevolg_dat_wordt_doorgezet_heeft_een_ontvanger() -> None:
    # A signal is the aandachtsfunctionaris's alone, and a reason for Bibob goes to nobody outside.
    binnen = {"signaal_mh", "bibob"}
    doorgezet = {code for code, g in gevolgen().items() if g.doorzetten} - binnen
    assert {code for code in gevolgen() if ontvanger_bij(code)} == doorgezet


def test_een_ontvanger_zonder_grond_of_met_bibob_wordt_niet_gelezen() -> None:
    grond = {"code": "g", "tekst": "T", "personen": False, "status": "bevestigd", "bron": "b"}
    goed = {"code": "a", "naam": "A", "functie": "F", "soorten": ["sluiting"], "gevolgen": [], "antwoord": "2w"}
    goed |= {"mag": ["pand"], "grond": [grond]}
    assert lees_ontvangers([goed])["a"].antwoord == "2w"
    for fout in ({"grond": []}, {"soorten": ["bibob"]}, {"mag": ["melder"]}):
        with pytest.raises(ValueError, match="ontvanger a"):
            lees_ontvangers([goed | fout])
