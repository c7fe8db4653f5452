"""Reading, refusing and writing forms."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from inspecties.checklists.rules.bron import Bron, maak_blad
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.fouten import Formulierfout
from inspecties.checklists.rules.lezen import lees_bron, schoon
from inspecties.checklists.rules.schrijven import schrijf_csv, schrijf_xlsx

KEUZES = "choices\n,list_name,name,label\n,jno,ja,Ja\n,jno,nee,Nee\n"


def _csv(kop: str, *rijen: str, keuzes: str = KEUZES) -> bytes:
    return "\n".join(["survey", f",{kop}", *(f",{rij}" for rij in rijen), keuzes]).encode()


def _fouten(inhoud: bytes, naam: str = "f.csv") -> list[str]:
    with pytest.raises(Formulierfout) as fout:
        lees_formulier(naam, inhoud)
    return [str(m) for m in fout.value.meldingen]


def test_een_formulier_wordt_een_definitie() -> None:
    inhoud = _csv(
        "type,name,label::Nederlands (nl),label::Polski (pl),required,gevolg,grondslag,bewijs",
        "select_one jno,deur,Deur vrij?,Drzwi?,yes,brandveiligheid,Bbl 6.20,foto",
        "range,cijfer,Cijfer,,,,,",
        keuzes=KEUZES + "settings\n,form_title,form_id,version\n,Pand,pand,2026.1\n",
    )
    d = lees_formulier("f.csv", inhoud).definitie
    assert (d["naam"], d["versie"], d["titel"], d["talen"]) == ("pand", "2026.1", {"nl": "Pand"}, ["nl", "pl"])
    assert d["kinderen"][0] == {
        "soort": "vraag",
        "naam": "deur",
        "type": "select_one",
        "label": {"nl": "Deur vrij?", "pl": "Drzwi?"},
        "keuzelijst": "jno",
        "verplicht": {"op": "fn", "naam": "true", "a": []},
        "gevolg": ["brandveiligheid"],
        "bewijs": ["foto"],
        "grondslag": "Bbl 6.20",
        "bron": {"blad": "survey", "rij": 3},
    }
    assert d["kinderen"][1]["parameters"] == {"start": "1", "end": "10", "step": "1"}
    assert [k["naam"] for k in d["keuzelijsten"]["jno"]] == ["ja", "nee"]


def test_ontvangst_van_verschillende_bestanden_geeft_dezelfde_hash() -> None:
    inhoud = _csv("type,name,label", "text,a,Vraag", "integer,b,Getal")
    bron = lees_bron("f.csv", inhoud)
    hashes = {
        lees_formulier("f.csv", inhoud).definitie["hash"],
        lees_formulier("f.xlsx", schrijf_xlsx(bron)).definitie["hash"],
        lees_formulier("f.csv", schrijf_csv(bron).encode()).definitie["hash"],
    }
    assert len(hashes) == 1
    assert lees_formulier("f.csv", inhoud.replace(b"Getal", b"getal")).definitie["hash"] not in hashes


@pytest.mark.parametrize(
    ("kop", "rijen", "melding"),
    [
        ("type,name,label", ["text,a,A", "text,a,B"], "blad survey, rij 4, kolom name: De naam 'a' staat ook in rij 3"),
        ("type,name,label", ["video,a,A"], "rij 3, kolom type: Het type 'video' wordt niet ondersteund"),
        ("type,name,label", ["begin loop,a,A"], "Het type 'begin loop' wordt niet ondersteund"),
        ("type,name,label", ["select_one weg,a,A"], "De keuzelijst 'weg' staat niet op het blad choices"),
        ("type,name,label", ["select_one jno or_other,a,A"], "or_other wordt niet ondersteund"),
        ("type,name,label,media::image", ["text,a,A,x.png"], "kolom media::image: De kolom 'media::image' wordt niet"),
        ("type,name,label", ["text,a b,A"], "'a b' kan geen naam zijn"),
        ("type,name,label", [",a,A"], "rij 3, kolom type: Het type ontbreekt"),
        ("type,name,label", ["begin group,g,G", "text,a,A"], "begin group 'g' wordt niet gesloten"),
        ("type,name,label", ["begin group,g,G", "end repeat,,"], "en dat is een groep"),
        ("type,name,label", ["end group,,"], "end group zonder begin group"),
        ("type,name,label,relevant", ["text,a,A,${b} = 1"], "kolom relevant: De vraag ${b} staat niet"),
        ("type,name,label,relevance", ["text,a,A,1 +"], "kolom relevance: De uitdrukking houdt te vroeg op"),
        (
            "type,name,label,relevant",
            ["text,a,A,${c} = '1'", "text,b,B,${a} = '1'", "text,c,C,${b} = '1'"],
            "in een kring van elkaar af: a -> c -> b -> a",
        ),
        ("type,name,label,calculation", ["calculate,a,,${a} + 1"], "kring van elkaar af: a -> a"),
        ("type,name,label", ["text,a,Hallo ${wie}"], "kolom label: De vraag ${wie} in deze tekst"),
        ("type,name,label,gevolg", ["note,a,A,bibob"], "vul gevolg_als in"),
        ("type,name,label,gevolg,bewijs", ["text,a,A,bibob,video"], "'video' is geen bewijs"),
        ("type,name,label,bewijs", ["text,a,A,foto"], "bewijs staat er zonder gevolg"),
        ("type,name,label,parameters", ["range,a,A,start=1 step=0"], "step is niet 0"),
        ("type,name,label,parameters", ["text,a,A,randomize=true"], "De parameter 'randomize'"),
        ("type,name,label,choice_filter", ["select_one jno,a,A,regio = 1"], "heeft geen kolom 'regio'"),
        ("type,name,label,read_only", ["text,a,A,misschien"], "kolom read_only: In read_only kan alleen"),
        ("type,name,label,appearance", ["text,a,A,search('x')"], "kolom appearance: search() in appearance"),
        ("type,name,label", ["text,a,A,los"], "rij 3: Er staat tekst in een kolom zonder kop"),
        ("type,name,label,label", ["text,a,A,B"], "kolom label: Deze kolom komt twee keer voor"),
        ("name,label", ["a,A"], "De kolom type ontbreekt"),
        ("type,name,label,calculation", ["calculate,a,,random()"], "random() wordt niet ondersteund"),
        ("type,name,label,calculation", ["calculate,a,,"], "hoort een berekening"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd_met_de_plek(kop: str, rijen: list[str], melding: str) -> None:
    assert any(melding in fout for fout in _fouten(_csv(kop, *rijen))), _fouten(_csv(kop, *rijen))


@pytest.mark.parametrize(
    ("keuzes", "melding"),
    [
        ("choices\n,list_name,name,label\n,jno,ja,Ja\n,jno,ja,Ja\n", "blad choices, rij 7, kolom name: De keuze 'ja'"),
        ("choices\n,list_name,name,label\n,jno,ja nee,Ja\n", "kan geen spatie bevatten"),
        ("choices\n,list_name,name,label,media::image\n,jno,ja,Ja,x\n", "De kolom 'media::image'"),
        ("settings\n,form_title,style\n,A,pages\n", "De instelling 'style' wordt niet ondersteund"),
        ("external_choices\n,a\n,b\n", "Het blad external_choices wordt niet ondersteund"),
    ],
)
def test_andere_bladen(keuzes: str, melding: str) -> None:
    assert any(melding in fout for fout in _fouten(_csv("type,name,label", "text,a,A", keuzes=keuzes)))


def test_alle_fouten_in_een_keer() -> None:
    assert len(_fouten(_csv("type,name,label", "video,a,A", "text,b b,B", "select_one weg,c,C"))) == 3


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("f.xlsm", b"", "macro"),
        ("f.xls", b"", ".xlsx"),
        ("f.pdf", b"", ".xlsx, .csv of .md"),
        ("f.xlsx", b"PK geen zip", "geen leesbare"),
        ("f.csv", b"\xff\xfe", "UTF-8"),
        ("f.csv", b"", "Het blad survey ontbreekt"),
        ("f.md", b"# niets", "Het blad survey ontbreekt"),
        ("f.csv", b",type,name\n", "begin met survey"),
        ("f.csv", b"x" * (11 * 1024 * 1024), "groter dan 10 MB"),
    ],
)
def test_bestanden_die_geen_formulier_zijn(naam: str, inhoud: bytes, melding: str) -> None:
    assert melding in _fouten(inhoud, naam)[0]


def _werkmap(cel: Any = "A") -> bytes:
    werkmap = Workbook()
    blad = werkmap.active
    assert blad is not None
    blad.title = "survey"
    for rij in (["type", "name", "label"], ["text", "a", cel]):
        blad.append(rij)
    stroom = io.BytesIO()
    werkmap.save(stroom)
    return stroom.getvalue()


def _met_deel(naam: str, inhoud: bytes) -> bytes:
    stroom = io.BytesIO(_werkmap())
    with zipfile.ZipFile(stroom, "a", zipfile.ZIP_DEFLATED) as zipbestand:
        zipbestand.writestr(naam, inhoud)
    return stroom.getvalue()


def test_een_werkmap_uit_excel() -> None:
    assert lees_formulier("f.xlsx", _werkmap(3.0)).definitie["kinderen"][0]["label"] == {"nl": "3"}


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (_met_deel("xl/vbaProject.bin", b"x"), "macro"),
        (_met_deel("xl/externalLinks/externalLink1.xml", b"<x/>"), "verwijst naar andere bestanden"),
        (_met_deel("xl/embeddings/oleObject1.bin", b"x"), "ingesloten"),
        (_met_deel("xl/media/groot.xml", b"0" * 30_000_000), "zipbom"),
        (_met_deel("xl/kwaad.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "entiteit"),
        (_werkmap("=1+1"), "blad survey, rij 2, kolom label: Deze cel bevat een formule"),
        (_werkmap()[:-300], "geen leesbare"),
    ],
    ids=["macro", "link", "object", "bom", "entiteit", "formule", "afgebroken"],
)
def test_werkmappen_die_niet_open_mogen(inhoud: bytes, melding: str) -> None:
    assert melding in _fouten(inhoud, "f.xlsx")[0]


def test_een_eigen_blad_blijft_zoals_het_is() -> None:
    inhoud = _csv("type,name,label", "text,a,A", keuzes="uitleg\n,Zo werkt het,\n,,naast de kop\n")
    lezing = lees_formulier("f.csv", inhoud)
    assert "uitleg" in str(lezing.waarschuwingen[0])
    assert lees_bron("f.xlsx", schrijf_xlsx(lezing.bron)).kern() == lezing.bron.kern()


def test_waar_in_excel_is_geen_formule() -> None:
    assert lees_formulier("f.xlsx", _werkmap("=TRUE()")).definitie["kinderen"][0]["label"] == {"nl": "TRUE"}


def test_diep_genest_en_vreemde_tekst() -> None:
    rijen = ["begin repeat,r1,R", "begin repeat,r2,R", "begin repeat,r3,R", "text,diep,<b>vet</b> שלום =1+1"]
    definitie = lees_formulier("f.csv", _csv("type,name,label", *rijen, *["end repeat,,"] * 3)).definitie
    node = definitie["kinderen"][0]["kinderen"][0]["kinderen"][0]["kinderen"][0]
    assert node["label"] == {"nl": "<b>vet</b> שלום =1+1"}


def test_groot_formulier() -> None:
    rijen = [f"select_one l{i % 60},v{i},Vraag {i}" for i in range(2000)]
    keuzes = "choices\n,list_name,name,label\n" + "\n".join(f",l{i},k{j},K" for i in range(60) for j in range(5))
    assert len(lees_formulier("f.csv", _csv("type,name,label", *rijen, keuzes=keuzes)).definitie["kinderen"]) == 2000


_CEL = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12).map(
    schoon
)
_CEL_MET_REGELS = st.one_of(
    _CEL, st.sampled_from(["=1+1", "-1", "@x", "regel 1\nregel 2", '"', "a,b", "TRUE", "007", "1e5", "2026-01-01"])
)
_NAAM = st.text("abcdefghijklmnop", min_size=1, max_size=8)


@st.composite
def _bronnen(trek: st.DrawFn) -> Bron:
    bladen = []
    for naam in trek(st.lists(_NAAM, min_size=1, max_size=3, unique=True)):
        kop = trek(st.lists(_NAAM, min_size=1, max_size=5, unique=True))
        rij = st.lists(_CEL_MET_REGELS, min_size=len(kop), max_size=len(kop))
        bladen.append(maak_blad(naam, 1, kop, list(enumerate(trek(st.lists(rij, max_size=6)), start=2)))[0])
    return Bron(tuple(bladen))


@settings(max_examples=60, deadline=None)
@given(_bronnen())
def test_uitvoer_en_weer_invoer_is_gelijk(bron: Bron) -> None:
    assert lees_bron("f.csv", schrijf_csv(bron).encode()).kern() == bron.kern()
    assert lees_bron("f.xlsx", schrijf_xlsx(bron)).kern() == bron.kern()
