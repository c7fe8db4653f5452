"""States, who may decide, consequences, parties, changes since, waiting, writable text."""

from datetime import date
from typing import Any

import pytest

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.rechten import Rol, rol_mag
from inspecties.core.schrijfbaar import maak_schrijfbaar
from inspecties.dossiers.rules.gevolgen import (
    gevolg_van,
    gevolgen,
    instrument_bij,
    instrumenten,
    lees_gevolgen,
    lees_instrumenten,
)
from inspecties.dossiers.rules.opstellers import waarom_niet_besluiten
from inspecties.dossiers.rules.partijen import keur_partij
from inspecties.dossiers.rules.toestanden import DOSSIER_TABEL_1, SOORTEN
from inspecties.dossiers.rules.wachten import termijn, wacht_al
from inspecties.dossiers.rules.wijzigingen import Bevindingdeel, gewijzigd_sinds, momentopname
from tests.unit.checklists_inhoud.formulieren import FORMULIEREN, plekken


def test_toestandstabel_heeft_geen_gaten() -> None:
    assert DOSSIER_TABEL_1.gebreken() == []


def test_wie_mag_opstellen_mag_niet_besluiten() -> None:
    for rol in Rol:
        if rol is not Rol.SYSTEEM:
            assert not (rol_mag(rol, "dossiers.bewerken") and rol_mag(rol, "dossiers.besluiten"))
    with pytest.raises(Conflict):
        DOSSIER_TABEL_1.overgang("opbouw", "akkoord")


def test_opsteller_besluit_nooit() -> None:
    assert waarom_niet_besluiten(7, {3, 4}) is None
    assert "zelf aan dit dossier gewerkt" in (waarom_niet_besluiten(3, {3, 4}) or "")
    assert "persoon" in (waarom_niet_besluiten(None, set()) or "")


def test_elk_gevolg_van_de_checklists_heeft_een_naam() -> None:
    codes = {code for naam in FORMULIEREN for plek in plekken(naam) for code in plek.node.get("gevolg", ())}
    codes -= {"signaal_mh_hard"}
    assert codes
    assert codes - set(gevolgen()) == set()
    for gevolg in gevolgen().values():
        assert bool(gevolg.soorten) != bool(gevolg.doorzetten), gevolg.code


def test_onbekend_gevolg_houdt_zijn_code_als_naam() -> None:
    gevolg = gevolg_van("eigen_regel")
    assert (gevolg.naam, set(gevolg.soorten)) == ("Eigen regel", set(SOORTEN))


def test_elke_soort_dossier_heeft_een_instrument_met_bron_en_status() -> None:
    assert {i.soort for i in instrumenten().values()} == set(SOORTEN)
    for i in instrumenten().values():
        assert i.bron
        assert i.grondslag
        assert instrument_bij(i.soort, i.grondslag) == i
    assert instrument_bij("sluiting", "Een eigen grondslag") is None


def test_verkeerde_configuratie_wordt_bij_naam_genoemd() -> None:
    with pytest.raises(ValueError, match="gevolg x"):
        lees_gevolgen({"x": {"naam": "X", "soorten": ["bestaat_niet"]}})
    rij = vars(instrumenten()["victoria"])
    with pytest.raises(ValueError, match="victoria"):
        lees_instrumenten({"instrument": [rij | {"status": "vast wel"}]})
    with pytest.raises(ValueError, match="twice"):
        lees_instrumenten({"instrument": [rij, rij]})


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        (("", "eigenaar", ""), "naam"),
        (("x" * 161, "eigenaar", ""), "naam"),
        (("Jansen", "buurman", ""), "rol"),
        (("Jansen", "eigenaar", "1234567"), "kvk"),
        (("Jansen", "eigenaar", "1234567a"), "kvk"),
        (("Jansen", "eigenaar", "", "x" * 201), "adres"),
    ],
)
def test_partij_met_fout_noemt_het_veld(gegevens: tuple[str, ...], veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_partij(*gegevens)
    assert fout.value.veld == veld


def test_partij_wordt_opgeschoond() -> None:
    assert keur_partij("  Kade   BV ", "eigenaar", "01 23.45 67").kvk == "01234567"


OPNAME = momentopname(
    [Bevindingdeel("u1", "Overbewoning", {"waarde": 12})], {"a" * 64: "nr. 1"}, {"feiten": "x"}, ["Jansen|eigenaar"]
)


def test_zelfde_inhoud_is_niet_bijgewerkt() -> None:
    assert gewijzigd_sinds(OPNAME, OPNAME) == []
    assert gewijzigd_sinds({}, OPNAME) == []


@pytest.mark.parametrize(
    ("nu", "deel"),
    [
        (
            (
                [Bevindingdeel("u1", "Overbewoning", {"waarde": 9})],
                {"a" * 64: ""},
                {"feiten": "x"},
                ["Jansen|eigenaar"],
            ),
            "antwoorden bij 'Overbewoning'",
        ),
        (([], {"a" * 64: ""}, {"feiten": "x"}, ["Jansen|eigenaar"]), "geldt niet meer"),
        (
            (
                [Bevindingdeel("u1", "Overbewoning", {"waarde": 12})],
                {"a" * 64: "", "b" * 64: ""},
                {"feiten": "x"},
                ["Jansen|eigenaar"],
            ),
            "Nieuw bewijs: 1",
        ),
        (([Bevindingdeel("u1", "Overbewoning", {"waarde": 12})], {}, {"feiten": "x"}, ["Jansen|eigenaar"]), "nr. 1"),
        (
            (
                [Bevindingdeel("u1", "Overbewoning", {"waarde": 12})],
                {"a" * 64: ""},
                {"feiten": "y"},
                ["Jansen|eigenaar"],
            ),
            "teksten",
        ),
        (
            ([Bevindingdeel("u1", "Overbewoning", {"waarde": 12})], {"a" * 64: ""}, {"feiten": "x"}, []),
            "belanghebbenden",
        ),
    ],
)
def test_wijziging_na_indienen_wordt_genoemd(nu: Any, deel: str) -> None:
    (regel,) = gewijzigd_sinds(OPNAME, momentopname(*nu))
    assert deel in regel


def test_inhoudshash_kan_elke_waarde_aan() -> None:
    assert inhoudshash({"a": 1, "b": 2}) == inhoudshash({"b": 2, "a": 1})
    assert inhoudshash({"a": float("nan")}) != inhoudshash({"a": 1})
    assert inhoudshash({"a": 2**70}) != inhoudshash({"a": 2**70 + 1})


@pytest.mark.parametrize(
    ("dag", "tekst", "toon"),
    [
        (None, "Geen termijn", ""),
        (date(2026, 11, 19), "2 dagen te laat", "fout"),
        (date(2026, 11, 20), "1 dag te laat", "fout"),
        (date(2026, 11, 21), "Vandaag", "let-op"),
        (date(2026, 11, 22), "Nog 1 dag", "let-op"),
        (date(2026, 11, 24), "Nog 3 dagen", "let-op"),
        (date(2026, 11, 25), "Nog 4 dagen", "actief"),
    ],
)
def test_termijn_in_woorden(dag: date | None, tekst: str, toon: str) -> None:
    uit = termijn(dag, date(2026, 11, 21))
    assert (uit.tekst, uit.toon) == (tekst, toon)


def test_wachten_in_woorden() -> None:
    vandaag = date(2026, 11, 21)
    assert [wacht_al(date(2026, 11, d), vandaag) for d in (21, 20, 1)] == ["sinds vandaag", "1 dag", "20 dagen"]


def test_tekens_die_een_document_niet_kan_tonen_worden_genoemd() -> None:
    uit = maak_schrijfbaar({"a": ["Ł€ — “goed” Пловдив\tx\r\ny", "\U0001f600\x07", 3, None, True]})
    assert uit == {"a": ["Ł€ — “goed” Пловдив    x\ny", "[U+1F600][U+0007]", 3, None, True]}
