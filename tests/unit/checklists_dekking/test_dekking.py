"""Coverage says what can be reached, with answers that do it, and calls impossible only what is proven."""

import csv
import io
import itertools
import random
from typing import Any

import pytest

from inspecties.checklists.rules.antwoorden import laad_antwoorden
from inspecties.checklists.rules.dekking import NU, Dekking, Doel, bepaal_dekking
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.sessie import Sessie, open_sessie
from tests.unit.checklists_inhoud.formulieren import FORMULIEREN, lezing

KOLOMMEN = ("type", "name", "label", "relevant", "calculation", "constraint", "choice_filter", "gevolg", "gevolg_als")
KEUZES = """choices
,list_name,name,label,soort
,jno,ja,Ja,
,jno,nee,Nee,
,jno,onbekend,Onbekend,
,pand,huis,Huis,woning
,pand,flat,Flat,woning
,pand,loods,Loods,bedrijf
,soort,woning,Woning,
,soort,bedrijf,Bedrijf,
,kleur,rood,Rood,
"""
Rij = dict[str, str]
EINDE_GROEP: Rij = {"type": "end group"}
EINDE_HERHALING: Rij = {"type": "end repeat"}


def _v(soort: str, naam: str, relevant: str = "", **kolommen: str) -> Rij:
    """A row: type, name, relevant, other columns."""
    label = {} if soort == "calculate" else {"label": naam.upper()}
    return {"type": soort, "name": naam, "relevant": relevant, **label, **kolommen}


def _jno(naam: str, relevant: str = "", **kolommen: str) -> Rij:
    return _v("select_one jno", naam, relevant, **kolommen)


def _definitie(*rijen: Rij) -> dict[str, Any]:
    tekst = io.StringIO()
    schrijver = csv.writer(tekst)
    schrijver.writerows([["survey"], ["", *KOLOMMEN], *(["", *(r.get(k, "") for k in KOLOMMEN)] for r in rijen)])
    return lees_formulier("proef.csv", (tekst.getvalue() + KEUZES).encode()).definitie


def _doel(dekking: Dekking, *sleutel: str) -> Doel:
    return next(d for d in dekking.doelen if d.sleutel[: len(sleutel)] == sleutel)


def _voer_uit(definitie: dict[str, Any], doel: Doel) -> Sessie:
    assert doel.voorbeeld is not None
    sessie = open_sessie(definitie, {"nu": doel.voorbeeld.nu})
    laad_antwoorden(sessie, doel.voorbeeld.antwoorden)
    return sessie


def _raakt(sessie: Sessie, doel: Doel) -> bool:
    soort, naam = doel.sleutel[:2]
    sleutels = [s for s in sessie.sleutels() if s.partition("@")[0] == naam]
    if soort == "vraag":
        return any(sessie.relevant(s) for s in sleutels)
    if soort == "gevolg":
        return any(sessie.gevolgen(s) for s in sleutels)
    if soort == "keuze":
        return any(doel.sleutel[2] in {k["naam"] for k in sessie.keuzes(s)} for s in sleutels if sessie.relevant(s))
    return naam in {v["gevolg"] for v in sessie.voorstellen()}


@pytest.mark.parametrize("formulier", FORMULIEREN)
def test_alles_in_onze_formulieren_is_bereikbaar_en_de_voorbeelden_kloppen(formulier: str) -> None:
    definitie = lezing(formulier).definitie
    dekking = bepaal_dekking(definitie)
    assert dekking.volledig
    assert [d.sleutel for d in dekking.doelen if d.uitkomst != "bereikt"] == []
    assert len(dekking.soort("vraag")) > 100
    assert dekking.ongebruikte_lijsten == []
    for doel in dekking.doelen:
        assert doel.voorbeeld is not None
        assert doel.voorbeeld.geldig, doel.sleutel
    # An example is the same for many goals: each is evaluated once.
    sessies = {id(d.voorbeeld): _voer_uit(definitie, d) for d in dekking.doelen}
    for doel in dekking.doelen:
        assert _raakt(sessies[id(doel.voorbeeld)], doel), doel.sleutel


def test_tegenspraak_met_de_groep_erom_is_onmogelijk_en_noemt_beide_voorwaarden() -> None:
    dekking = bepaal_dekking(
        _definitie(
            _jno("binnen"),
            _v("begin group", "telling", "${binnen} = 'ja'"),
            _v("integer", "aantal"),
            _v("text", "waarom", "${binnen} = 'nee'"),
            EINDE_GROEP,
        )
    )
    doel = _doel(dekking, "vraag", "waarom")
    assert doel.uitkomst == "onmogelijk"
    assert [(r["van"], r["tekst"]) for r in doel.redenen] == [
        ("telling", "${binnen} = 'ja'"),
        ("waarom", "${binnen} = 'nee'"),
    ]
    assert _doel(dekking, "vraag", "aantal").uitkomst == "bereikt"


def _q(relevant: str) -> Rij:
    return _v("text", "q", relevant)


@pytest.mark.parametrize(
    "rijen",
    [
        pytest.param([_jno("a"), _q("${a} = 'misschien'")], id="keuze niet in de lijst"),
        pytest.param([_v("select_multiple jno", "a"), _q("selected(${a}, 'misschien')")], id="keuze niet in meerdere"),
        pytest.param([_jno("a"), _q("${a} = 'ja' and ${a} = 'nee'")], id="twee antwoorden"),
        pytest.param([_v("integer", "a"), _q("${a} > 5 and ${a} < 6")], id="geen heel getal ertussen"),
        pytest.param([_v("decimal", "a"), _q("${a} > 5 and ${a} < 5")], id="geen getal ertussen"),
        pytest.param(
            [_jno("a"), _v("calculate", "b", calculation="if(${a} = 'ja', 'x', 'y')"), _q("${b} = 'z'")],
            id="via een berekening",
        ),
        pytest.param(
            [_jno("a"), _jno("b", "${a} = 'ja'"), _q("${b} = 'ja' and ${a} = 'nee'")],
            id="de andere vraag wordt dan niet gesteld",
        ),
        pytest.param([_q("1 > 2")], id="vaste onwaarheid"),
        pytest.param(
            [_v("begin repeat", "k"), _v("integer", "m"), _q("${m} > 3 and ${m} = 2"), EINDE_HERHALING],
            id="binnen een herhaling",
        ),
    ],
)
def test_onmogelijk(rijen: list[Rij]) -> None:
    doel = _doel(bepaal_dekking(_definitie(*rijen)), "vraag", "q")
    assert doel.uitkomst == "onmogelijk"
    assert doel.redenen


@pytest.mark.parametrize(
    "rijen",
    [
        pytest.param([_v("integer", "a"), _q("${a} = 73519")], id="een bepaald getal"),
        pytest.param([_v("decimal", "a"), _q("${a} > 5 and ${a} < 6")], id="tussen twee getallen"),
        pytest.param([_v("text", "a"), _q("${a} = 'Zwolle'")], id="een bepaalde tekst"),
        pytest.param(
            [_v("text", "a", constraint=". = 'x' or . = 'y'"), _q("${a} != '' and ${a} != 'x'")],
            id="maar een goede tekst",
        ),
        pytest.param(
            [_v("select_multiple jno", "a"), _q("selected(${a}, 'ja') and not(selected(${a}, 'nee'))")],
            id="wel en niet gekozen",
        ),
        pytest.param([_q("today() >= date('2031-05-01')")], id="vanaf een datum"),
        pytest.param(
            [_v("begin repeat", "k"), _jno("a"), EINDE_HERHALING, _q("${a} = 'ja' and ${a} = 'nee'")],
            id="twee instanties zeggen elk iets anders",
        ),
        pytest.param([_v("integer", "a", constraint=". = 7"), _q("${a} > 3")], id="maar een goed antwoord"),
        pytest.param(
            [
                _jno("a"),
                *(_jno(b, f"${{{a}}} = 'onbekend'") for a, b in itertools.pairwise("abcdef")),
                _q("${f} = 'onbekend'"),
            ],
            id="zes antwoorden diep",
        ),
    ],
)
def test_bereikt_met_een_voorbeeld_dat_klopt(rijen: list[Rij]) -> None:
    definitie = _definitie(*rijen)
    doel = _doel(bepaal_dekking(definitie), "vraag", "q")
    assert doel.uitkomst == "bereikt"
    assert _raakt(_voer_uit(definitie, doel), doel)
    assert doel.voorbeeld is not None
    assert doel.voorbeeld.geldig


def test_alleen_met_een_antwoord_dat_niet_mag_staat_erbij() -> None:
    definitie = _definitie(_v("integer", "a", constraint=". <= 10"), _q("${a} > 50"))
    doel = _doel(bepaal_dekking(definitie), "vraag", "q")
    assert doel.uitkomst == "bereikt"
    assert doel.voorbeeld is not None
    assert not doel.voorbeeld.geldig


def test_wat_niet_te_bewijzen_is_heet_niet_gevonden() -> None:
    # A person could type such a word; the search does not think of it, and that proves nothing.
    dekking = bepaal_dekking(_definitie(_v("text", "a"), _q("regex(${a}, 'q[xz]{7}w')")))
    assert _doel(dekking, "vraag", "q").uitkomst == "niet_gevonden"
    assert _doel(dekking, "vraag", "a").uitkomst == "bereikt"


def test_gevolg_en_voorstel_dat_nooit_kan() -> None:
    dekking = bepaal_dekking(
        _definitie(
            _jno("a", gevolg="apv", gevolg_als=". = 'nooit'"),
            _jno("b", gevolg="bbl"),
            _v("text", "c", gevolg="bbl", gevolg_als=". != ''"),
        )
    )
    assert _doel(dekking, "gevolg", "a").uitkomst == "onmogelijk"
    assert _doel(dekking, "voorstel", "apv").uitkomst == "onmogelijk"
    assert _doel(dekking, "gevolg", "b").uitkomst == "bereikt"
    assert _doel(dekking, "voorstel", "bbl").uitkomst == "bereikt"


_AANWIJZING = _jno("a", gevolg="signaal_mh")


@pytest.mark.parametrize(
    ("rijen", "uitkomst"),
    [
        pytest.param([_AANWIJZING], "onmogelijk", id="een aanwijzing is geen signaal"),
        pytest.param([_jno("a", gevolg="signaal_mh signaal_mh_hard")], "bereikt", id="een harde wel"),
        pytest.param(
            [_AANWIJZING, _v("integer", "b", "${a} = 'ja'", gevolg="signaal_mh", gevolg_als=". = 4711")],
            "bereikt",
            id="twee samen",
        ),
        pytest.param(
            [_AANWIJZING, _v("text", "b", "${a} = 'zo'", gevolg="signaal_mh")], "onmogelijk", id="de tweede kan niet"
        ),
    ],
)
def test_een_signaal_vraagt_twee_aanwijzingen_of_een_harde(rijen: list[Rij], uitkomst: str) -> None:
    assert _doel(bepaal_dekking(_definitie(*rijen)), "voorstel", "signaal_mh").uitkomst == uitkomst


def test_keuzes_die_een_filter_nooit_toont_en_lijsten_die_niemand_gebruikt() -> None:
    dekking = bepaal_dekking(
        _definitie(
            _v("select_one soort", "s"),
            _v("select_one pand", "p", "${s} = 'woning'", choice_filter="soort = ${s}"),
        )
    )
    assert {d.sleutel[2]: d.uitkomst for d in dekking.soort("keuze")} == {
        "huis": "bereikt",
        "flat": "bereikt",
        "loods": "onmogelijk",
    }
    assert dekking.ongebruikte_lijsten == ["jno", "kleur"]


def test_dezelfde_uitkomst_elke_keer() -> None:
    definitie = lezing("pand").definitie
    assert bepaal_dekking(definitie).als_dict() == bepaal_dekking(definitie).als_dict()


def test_stopt_als_het_moet_en_zegt_dat() -> None:
    over = iter([True] * 5)
    dekking = bepaal_dekking(lezing("pand").definitie, mag_verder=lambda: next(over, False))
    assert not dekking.volledig
    assert any(d.uitkomst == "niet_gevonden" for d in dekking.soort("gevolg"))
    assert not any(d.uitkomst == "onmogelijk" for d in dekking.doelen)


# -- no false proofs: small forms at random against trying every answer

ANTWOORDEN: dict[str, list[Any]] = {
    "a": [None, "ja", "nee", "onbekend"],
    "b": [None, "ja", "nee", "onbekend"],
    "m": [None, ["ja"], ["nee"], ["ja", "nee"], ["onbekend"]],
    "n": [None, 0, 1, 2, 3, 4],
}


def _uitdrukking(toeval: random.Random, diepte: int = 2) -> str:
    if diepte and toeval.random() < 0.6:
        links, rechts = (_uitdrukking(toeval, diepte - 1) for _ in range(2))
        return toeval.choice([f"({links} and {rechts})", f"({links} or {rechts})", f"not({links})"])
    jno = toeval.choice(["ja", "nee", "onbekend", ""])
    getal = toeval.randint(0, 4)
    return toeval.choice(
        [
            f"${{a}} = '{jno}'",
            f"${{b}} != '{jno}'",
            "${a} = ${b}",
            f"selected(${{m}}, '{jno or 'ja'}')",
            f"count-selected(${{m}}) > {getal}",
            f"${{n}} {toeval.choice(['=', '<', '>=', '!='])} {getal}",
            f"${{n}} + 1 > {getal}",
            f"${{c}} = '{toeval.choice(['x', 'y', ''])}'",
            f"max(${{n}}, 1) = {getal}",
            f"if(${{a}} = 'ja', ${{n}}, 2) = {getal}",
        ]
    )


@pytest.mark.parametrize("zaad", range(25))
def test_geen_vals_bewijs(zaad: int) -> None:
    toeval = random.Random(zaad)
    definitie = _definitie(
        _jno("a"),
        _jno("b", toeval.choice(["${a} = 'ja'", "${a} != 'nee'", "selected(${m}, 'ja') or ${a} = 'nee'"])),
        _v("select_multiple jno", "m"),
        _v("integer", "n", "${b} != 'nee'", constraint=". >= 0 and . <= 4"),
        _v("calculate", "c", "${m} != ''", calculation=f"if({toeval.choice(['${n} > 1', '${n} = 3'])}, 'x', 'y')"),
        _v("begin group", "g", _uitdrukking(toeval)),
        _q(_uitdrukking(toeval)),
        _jno("r", gevolg="apv", gevolg_als=f". = 'ja' and {_uitdrukking(toeval)}"),
        EINDE_GROEP,
    )
    dekking = bepaal_dekking(definitie)
    doelen = [_doel(dekking, "vraag", "q"), _doel(dekking, "gevolg", "r"), _doel(dekking, "vraag", "b")]
    echt: set[str] = set()
    for waarden in itertools.product(*ANTWOORDEN.values()):
        sessie = open_sessie(definitie, {"nu": NU})
        antwoorden = {n: w for n, w in zip(ANTWOORDEN, waarden, strict=True) if w is not None}
        laad_antwoorden(sessie, {**antwoorden, "r": "ja"})
        echt |= {d.sleutel[1] for d in doelen if _raakt(sessie, d)}
    for doel in doelen:
        if doel.uitkomst == "onmogelijk":
            assert doel.sleutel[1] not in echt, (doel.sleutel, doel.redenen)
        elif doel.uitkomst == "bereikt":
            assert _raakt(_voer_uit(definitie, doel), doel)
        # In a form this small the reasoner reaches whatever can be reached.
        assert (doel.uitkomst == "bereikt") or doel.sleutel[1] not in echt, doel.sleutel
