"""Tracks: what a state table may look like, what a step takes in, and the order of days."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.traject import MAP, Bekend, Trajecttabel, gebreken, geldend, lees_trajecten, vul_aan
from inspecties.dossiers.rules.trajectgang import Gedaan, ingebouwd, keur_gegevens, keur_op_datum
from inspecties.dossiers.rules.trajectveld import Trajectveld
from inspecties.dossiers.traject_bezwaar import laatste_bezwaardag
from inspecties.dossiers.trajecten import tabellen

VANDAAG = date(2026, 11, 21)


def rij(**anders: Any) -> dict[str, Any]:
    """A small sound table: a -> b -> klaar, with a side lane x."""
    basis: dict[str, Any] = {
        "code": "proef",
        "versie": "1",
        "naam": "Proef",
        "soort": "sluiting",
        "artikel": "art. 1",
        "status": "te bevestigen",
        "bron": "geen",
        "geldig_vanaf": date(2024, 1, 1),
        "begin": "a",
        "eind": ["klaar", "x"],
        "fasen": [["f", "Fase"]],
        "banen": [["zij", "Ernaast"]],
        "weg": ["a", "b", "klaar"],
        "stap": [
            {"code": "a", "naam": "Eerst", "fase": "f"},
            {
                "code": "b",
                "naam": "Besluit",
                "fase": "f",
                "vereist": [{"naam": "dag", "label": "Dag", "type": "datum", "niet_voor": ["a.op"]}],
            },
            {"code": "klaar", "naam": "Klaar", "fase": "f"},
            {"code": "x", "naam": "Bezwaar", "fase": "f", "baan": "zij"},
        ],
        "gang": [
            {"van": "a", "naar": "b", "naam": "Besluiten"},
            {"van": "b", "naar": "klaar", "naam": "Afronden"},
            {"van": "-", "naar": "x", "naam": "Bezwaar"},
        ],
    }
    return basis | anders


def met(plaats: str, nummer: int, **velden: Any) -> dict[str, Any]:
    """The sound table with something changed in one of its steps or edges."""
    anders = rij()
    anders[plaats][nummer] = anders[plaats][nummer] | velden
    return anders


def test_een_goede_tabel_komt_heel_terug_uit_het_dossier() -> None:
    tabel = Trajecttabel.uit_rij(rij())
    assert Trajecttabel.uit_rij(json.loads(json.dumps(tabel.als_rij()))) == tabel


@pytest.mark.parametrize(
    ("fout", "melding"),
    [
        (rij(gang=rij()["gang"][:1]), "doodlopend: b"),
        (rij(gang=rij()["gang"][1:]), "onbereikbaar: b"),
        (rij(eind=["x"]), "doodlopend: klaar"),
        (rij(eind=["x"], gang=[*rij()["gang"], {"van": "klaar", "naar": "b", "naam": "Terug"}]), "no end from: a"),
        (rij(gang=[*rij()["gang"], {"van": "a", "naar": "c", "naam": "Weg"}]), "onbekende toestand c"),
        (rij(gang=[*rij()["gang"], {"van": "a", "naar": "x", "naam": "Over"}]), "from one baan into another"),
        (rij(gang=[*rij()["gang"], rij()["gang"][0]]), "a -> b stands there twice"),
        (rij(soort="iets"), "unknown soort iets"),
        (rij(begin="nergens"), "begin: unknown step nergens"),
        (rij(stop="b"), "stop b is no end state"),
        (rij(fasen=[]), "unknown fase f"),
        (met("gang", 0, recht="dossiers.alles"), "unknown recht dossiers.alles"),
        (met("gang", 0, eis=["na:z"]), "eis na:z: unknown step"),
        (met("stap", 1, eis=["als:b.dag=ja"]), "dag=ja: no such choice"),
        (met("stap", 1, termijnen=[{"code": "bezwaar", "vanaf": "nooit"}]), "vanaf nooit is no date field"),
        (met("stap", 1, termijnen=[{"code": "bezwaar", "duur": "dag"}]), "duur dag is no field of type duur"),
        (met("stap", 2, vereist=[{"naam": "k", "label": "K", "type": "datum", "niet_na": ["b.k"]}]), "b.k: no date"),
        (met("stap", 2, vereist=[{"naam": "k", "label": "K", "type": "keuze"}]), "keuzes belong to type keuze"),
        (met("stap", 2, vereist=[{"naam": "k", "label": "K", "type": "kleur"}]), "unknown type kleur"),
        (met("stap", 2, kleur="rood"), "kleur"),
        (met("stap", 3, code="a"), "step a stands there twice"),
    ],
)
def test_een_tabel_met_een_fout_noemt_die(fout: dict[str, Any], melding: str) -> None:
    with pytest.raises(ValueError, match="proef") as gevonden:
        Trajecttabel.uit_rij(fout)
    assert melding in str(gevonden.value)


def test_een_bestand_met_een_fout_noemt_bestand_en_sleutel(tmp_path: Path) -> None:
    (tmp_path / "proef.toml").write_text('[[versie]]\ncode = "proef"\nversie = "1"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"proef\.toml.*'stap' is missing"):
        lees_trajecten(tmp_path)


def test_wat_nergens_bestaat_wordt_genoemd() -> None:
    tabel = Trajecttabel.uit_rij(
        met("stap", 1, eis=["verzonnen"], gevolg=["knal"], document="ansicht", termijnen=[{"code": "ooit"}])
    )
    bekend = Bekend(eisen=(), gevolgen=(), termijnen=("bezwaar",), documenten=("besluit",), instrumenten=())
    tekst = " ".join(gebreken([tabel], bekend))
    assert all(
        f"unknown {wat}" in tekst for wat in ("eis verzonnen", "gevolg knal", "termijn ooit", "document ansicht")
    )
    ander = Trajecttabel.uit_rij(rij(volgt_op={"sluiting_174a": "uitvoering"}))
    assert gebreken([ander], Bekend()) == ["traject proef: volgt_op sluiting_174a.uitvoering does not exist"]


def test_alle_trajecten_van_deze_installatie_kloppen() -> None:
    alle = tabellen()
    assert {"sluiting_174a", "sluiting_13b", "sluiting_apv", "sluiting_woningwet17", "victor"} <= set(alle)
    assert alle["sluiting_woningwet17"].uit
    for tabel in alle.values():
        assert Trajecttabel.uit_rij(json.loads(json.dumps(tabel.als_rij()))) == tabel


def test_wat_niet_is_nagezocht_heet_te_bevestigen() -> None:
    """Everything that legal.md marks as read from memory."""
    for code in ("sluiting_174a", "sluiting_13b", "sluiting_apv"):
        tabel = tabellen()[code]
        for stap in ("voornemen", "zienswijze", "bekendmaking", "wkpb", "spoedsluiting", "voorziening_gevraagd"):
            assert tabel.stap(stap).status == "te bevestigen", (code, stap)
    assert tabellen()["victor"].status == tabellen()["sluiting_apv"].status == "te bevestigen"


def test_een_basis_mist_geen_woord_en_geen_stap() -> None:
    versie = tomllib.loads((MAP / "sluiting_apv.toml").read_text(encoding="utf-8"))["versie"][0]
    with pytest.raises(ValueError, match="@artikel@ is missing"):
        vul_aan(versie | {"woorden": {}}, MAP / "basis")
    with pytest.raises(ValueError, match="zonder: unknown step nooit"):
        vul_aan(versie | {"zonder": ["nooit"]}, MAP / "basis")
    heel = Trajecttabel.uit_rij(vul_aan(versie | {"zonder": ["advies"]}, MAP / "basis"))
    assert not heel.heeft("advies")
    assert "advies" not in heel.weg


def test_een_stap_die_niet_kan_noemt_wat_wel_kan() -> None:
    tabel = Trajecttabel.uit_rij(rij())
    with pytest.raises(Conflict, match=r"De stap 'Klaar' kan niet na 'Eerst'\. Wat wel kan: Besluit\."):
        tabel.overgang("a", "klaar")


# --- Velden ---


@pytest.mark.parametrize(
    ("soort", "ruw", "uit"),
    [
        ("datum", "2026-11-20", "2026-11-20"),
        ("datum", date(2026, 11, 20), "2026-11-20"),
        ("bedrag_cent", "1.250,50", 125050),
        ("bedrag_cent", "€ 450", 45000),
        ("bedrag_cent", "450,-", 45000),
        ("bedrag_cent", 45000, 45000),
        ("getal", "12", 12),
        ("duur", "3M", "3m"),
        ("tekst", "  een\r\ntwee ", "een\ntwee"),
        ("ja_nee", True, "ja"),
        ("ja_nee", "", None),
    ],
)
def test_een_veld_leest_wat_iemand_typt(soort: str, ruw: object, uit: object) -> None:
    assert Trajectveld("v", "Vraag", soort).keur(ruw, VANDAAG) == uit


@pytest.mark.parametrize(
    ("soort", "ruw", "melding"),
    [
        ("datum", "21-11-2026", "Vraag: vul een dag in"),
        ("datum", "0226-11-20", "Vraag: het jaar 226 kan niet kloppen"),
        ("bedrag_cent", "12.5", "Vraag: vul een bedrag in euro in"),
        ("bedrag_cent", "-5", "Vraag: vul een bedrag in euro in"),
        ("getal", "1,5", "Vraag: vul een heel getal in"),
        ("duur", "een maand", "Vraag: De duur 'een maand' is niet te lezen"),
        ("tekst", "x" * 4001, "Vraag: houd dit onder de 4000 tekens"),
        ("ja_nee", "misschien", "Vraag: kies uit: Ja, Nee"),
    ],
)
def test_een_veld_dat_niet_klopt_wordt_genoemd(soort: str, ruw: str, melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding) as fout:
        Trajectveld("v", "Vraag", soort).keur(ruw, VANDAAG)
    assert fout.value.veld == "v"


def test_in_woorden() -> None:
    assert Trajectveld("v", "V", "bedrag_cent").in_woorden(125050) == "€ 1.250,50"
    assert Trajectveld("v", "V", "duur").in_woorden("3m") == "3 maanden"
    assert Trajectveld("v", "V", "datum").in_woorden("2026-12-03") == "3 december 2026"
    assert Trajectveld("v", "V", "ja_nee").in_woorden("nee") == "Nee"


def test_publicatie_voor_het_besluit_wordt_geweigerd() -> None:
    tabel = tabellen()["sluiting_174a"]
    gedaan = {"besluit": Gedaan(date(2026, 11, 12), {})}
    gegevens = {"datum": "2026-11-13", "wijze": "uitgereikt", "gepubliceerd_op": "2026-11-10"}
    _, fouten = keur_gegevens(tabel, tabel.stap("bekendmaking"), gegevens, date(2026, 11, 13), gedaan, VANDAAG)
    assert fouten == {
        "gepubliceerd_op": "Dag van publicatie of van de melding op de deur: 10 november 2026 ligt voor "
        "'Besluit genomen' op 12 november 2026. Vul die dag of een latere in."
    }
    _, fouten = keur_gegevens(
        tabel, tabel.stap("bekendmaking"), gegevens | {"datum": "2026-12-01", "wijze": ""}, VANDAAG, gedaan, VANDAAG
    )
    assert "moet nog komen" in fouten["datum"]
    assert fouten["wijze"] == "Hoe is het bekendgemaakt?: maak een keuze."


def test_een_veld_kan_nodig_zijn_door_een_ander_veld() -> None:
    tabel = tabellen()["sluiting_174a"]
    gegevens = {"grond": "lid2", "verstoring": "Zie rapportage", "woning": "ja", "spoed": "nee"}
    assert set(keur_gegevens(tabel, tabel.stap("toets"), gegevens, VANDAAG, {}, VANDAAG)[1]) == {"eerder_gesloten"}
    assert keur_gegevens(tabel, tabel.stap("toets"), gegevens | {"grond": "a"}, VANDAAG, {}, VANDAAG)[1] == {}
    vreemd = keur_gegevens(tabel, tabel.stap("toets"), gegevens | {"kleur": "rood"}, VANDAAG, {}, VANDAAG)[1]
    assert vreemd["kleur"] == "'kleur' hoort niet bij de stap 'Getoetst en grond gekozen'."


def test_de_dag_van_een_stap() -> None:
    keur_op_datum(VANDAAG, None, VANDAAG)
    for op, na, melding in (
        (date(2026, 11, 22), None, "moet nog komen"),
        (date(1926, 11, 21), None, "jaar 1926"),
        (date(2026, 11, 2), ("Besluit genomen", date(2026, 11, 3)), "voor de vorige stap 'Besluit genomen'"),
    ):
        with pytest.raises(OngeldigeInvoer, match=melding):
            keur_op_datum(op, na, VANDAAG)


def test_ingebouwde_eisen() -> None:
    namen = {"a": "Eerst"}
    gedaan = {"a": Gedaan(VANDAAG, {"spoed": "ja"})}
    assert ingebouwd("na:a", namen, gedaan) is None
    assert ingebouwd("na:a", namen, {}) == "Eerst is nodig: 'Eerst'."
    assert ingebouwd("niet_na:a", namen, {}) is None
    assert ingebouwd("niet_na:a", namen, gedaan) == "Dit kan niet meer na 'Eerst'."
    assert ingebouwd("als:a.spoed=ja", namen, gedaan) is None
    assert ingebouwd("als:a.spoed=nee", namen, gedaan) is not None


def test_een_versie_geldt_vanaf_haar_dag() -> None:
    oud = Trajecttabel.uit_rij(rij(versie="1", geldig_vanaf=date(2024, 1, 1)))
    nieuw = Trajecttabel.uit_rij(rij(versie="2", geldig_vanaf=date(2027, 1, 1)))
    for op, versie in ((date(2026, 12, 31), oud), (date(2027, 1, 1), nieuw), (None, nieuw), (date(2023, 1, 1), None)):
        assert geldend((oud, nieuw), op) is versie


def _bezwaar(start: date, einde: date, stand: str = "loopt") -> Looptermijn:
    return Looptermijn(code="bezwaar", start_datum=start, einde_datum=einde, stand=stand)


def test_7_10_beslissen_vanaf_de_laatste_dag_van_dat_besluit() -> None:
    vervallen = _bezwaar(date(2026, 1, 5), date(2026, 12, 31), "vervallen")
    eerste, tweede = _bezwaar(date(2026, 1, 5), date(2026, 2, 16)), _bezwaar(date(2026, 2, 2), date(2026, 3, 16))
    alle = [vervallen, eerste, tweede]
    for ontvangen, einde in (
        (date(2026, 1, 20), date(2026, 2, 16)),
        (date(2026, 2, 10), date(2026, 2, 16)),
        # By post, within a week (6:9).
        (date(2026, 2, 23), date(2026, 2, 16)),
        (date(2026, 2, 24), date(2026, 3, 16)),
        (date(2026, 5, 1), date(2026, 3, 16)),
    ):
        assert laatste_bezwaardag(alle, ontvangen) == einde, ontvangen
    assert laatste_bezwaardag([vervallen], date(2026, 2, 1)) is None
