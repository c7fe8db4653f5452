"""The paper form: everything on it, in order, readable by everybody, the same bytes again."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from inspecties.checklists.papier import Kop, Vel, druk, lees_aantallen, lees_taal, papiernaam
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.papier import Wensen, herhalingen_van, maak_papier
from inspecties.checklists.rules.papier_nummers import letters
from inspecties.checklists.rules.vorm import loop
from inspecties.core.fouten import OngeldigeInvoer

MAP = Path(__file__).parents[3] / "config" / "checklists"
FORMULIEREN = sorted(pad.stem for pad in MAP.glob("*.csv"))
MOMENT = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


def _definitie(naam: str) -> dict[str, Any]:
    uit: dict[str, Any] = lees_formulier(f"{naam}.csv", (MAP / f"{naam}.csv").read_bytes(), {}).definitie
    return uit


def _druk(definitie: dict[str, Any], wensen: Wensen | None = None, **kop: str) -> bytes:
    return druk(Kop("Markerwaard", **kop), [Vel(definitie, wensen or Wensen())], MOMENT)


def _tekst(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(pdf)).pages))


def _kaal(tekst: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\$\{[^}]*\}.*", "", tekst)).strip()


@pytest.mark.parametrize("naam", FORMULIEREN)
def test_elk_formulier_staat_helemaal_op_papier(naam: str) -> None:
    definitie = _definitie(naam)
    pdf = _druk(definitie)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        xmp = document.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("nl")
        assert definitie["titel"]["nl"] in str(xmp["dc:title"])
    tekst = _tekst(pdf)
    for knoop in loop(definitie["kinderen"]):
        label = knoop.node.get("label", {}).get("nl", "")
        if label:
            assert _kaal(label) in tekst, knoop.naam
    for lijst in {k.node["keuzelijst"] for k in loop(definitie["kinderen"]) if "keuzelijst" in k.node}:
        for keuze in definitie["keuzelijsten"][lijst]:
            assert _kaal(keuze["label"]["nl"]) in tekst, keuze["naam"]
    paginas = PdfReader(io.BytesIO(pdf)).pages
    for nr, pagina in enumerate(paginas, 1):
        voet = re.sub(r"\s+", " ", pagina.extract_text())
        assert f"code {definitie['hash'][:8]}" in voet
        assert f"pagina {nr} van {len(paginas)}" in voet
    assert "Cautie" in tekst
    assert "Foto maken" in tekst
    assert "Dit deel vult de partner in: Nederlandse Arbeidsinspectie" in tekst
    assert "Ondertekening" in tekst
    assert _druk(definitie) == pdf


@pytest.mark.parametrize("taal", ["en", "pl", "ro", "bg", "es"])
def test_andere_taal(taal: str) -> None:
    definitie = _definitie("pand")
    tekst = _tekst(_druk(definitie, Wensen(taal)))
    (vraag,) = [k.node for k in loop(definitie["kinderen"]) if k.naam == "toestemming_gegeven"]
    assert _kaal(vraag["label"][taal]) in tekst
    assert "Wat zag u van buiten?" in tekst  # only in Dutch: then that


def test_blokken_zo_vaak_als_gevraagd() -> None:
    definitie = _definitie("pand")
    regels = maak_papier(definitie, Wensen(aantallen={"kamers": 3, "personen": 1}))
    assert [(r["tekst"], r["nr"]) for r in regels if r["soort"] == "blok"] == [
        ("Kamer", 1),
        ("Kamer", 2),
        ("Kamer", 3),
        ("Persoon", 1),
    ]
    namen = [r["nr"] for r in regels if r["soort"] == "vraag" and r["naam"] == "kamer_naam"]
    assert namen == [namen[0]] * 3
    assert [r["nr"] for r in maak_papier(definitie) if r["soort"] == "blok"] == [*range(1, 7), *range(1, 9)]


def test_nummers_lopen_door_en_sprongen_kloppen() -> None:
    regels = maak_papier(_definitie("pand"), Wensen(aantallen={"kamers": 1, "personen": 1}))
    nummers = [int(r["nr"]) for r in regels if r["soort"] == "vraag"]
    assert nummers == list(range(1, len(nummers) + 1))
    (sprong,) = [r for r in regels if r["soort"] == "sprong" and "'Machtiging tot binnentreden'" in r["als"]]
    assert sprong["anders"] == "vraag 5"
    per_naam = {r["naam"]: r for r in regels if r["soort"] == "vraag"}
    assert per_naam["spoed_reden"]["nr"] == "5"
    assert per_naam["binnentreden_grond"]["verplicht"]
    assert per_naam["kamer_rookmelder"]["bewijs"] == {
        "foto": True,
        "toelichting": False,
        "als": "als dit antwoord 'Nee' is",
    }
    assert per_naam["handtekening"]["invoer"]["vorm"] == "handtekening"


def test_controlepunt_in_plaats_van_een_berekening_die_niemand_ziet() -> None:
    regels = maak_papier(_definitie("pand"))
    eerste = next(r for r in regels if r["soort"] == "controle")
    assert (eerste["nr"], eerste["uitkomsten"]) == ("A", ["ja", "nee"])
    assert "vraag 1 is 'Niet binnen geweest'" in eerste["uitleg"]
    assert any(r.get("als") == "Alleen invullen als controlepunt A 'ja' is" for r in regels)


def test_norm_van_de_gemeente_staat_er_al() -> None:
    regels = maak_papier(_definitie("pand"), Wensen(bekend={"norm_m2_pp": 15.5}))
    (norm,) = [r for r in regels if r["soort"] == "reken" and r["label"].startswith("Norm van de gemeente")]
    assert (norm["waarde"], norm["uitleg"]) == ("15,5", "")


def test_kop_staat_vooraf_ingevuld() -> None:
    tekst = _tekst(
        _druk(
            _definitie("pand"), adres="Kade 7", toegang="Machtiging", veiligheid="Grote hond \u2603", stop="3, ploeg A"
        )
    )
    for deel in ("Kade 7", "Machtiging", "Grote hond [U+2603]", "3, ploeg A"):
        assert deel in tekst


ALLE_TYPEN = """survey
,type,name,label,required,calculation,relevant,parameters
,text,t,Tekst <b>vet</b> #let x = 1,yes,,,
,integer,i,Getal,${t} = 'a',,,
,decimal,d,Komma,,,,
,range,r,Cijfer,,,,start=1 end=5 step=1
,date,da,Datum,,,,
,time,ti,Tijd,,,,
,dateTime,dt,Moment,,,,
,geopoint,g,Plek,,,,
,image,f,Foto,,,,
,audio,a,Geluid,,,,
,barcode,b,Streepjescode,,,,
,acknowledge,ok,Gezien,,,,
,rank k,ra,Volgorde,,,,
,select_one k,s,Keuze,,,false(),
,note,n,Let op ${t} \u0645\u0631\u062d\u0628\u0627,,,,
,calculate,c,Som,,${i} + 1,,
,begin repeat,h,Blok,,,,
,begin repeat,h2,Binnenblok,,,,
,text,diep,Diep,,,,
,end repeat,,,,,,
,end repeat,,,,,,
choices
,list_name,name,label
,k,a,A
,k,b,B
settings
,form_title,form_id,version
,Alles,alles,1
"""


def test_elk_type_vraag_en_vreemde_tekens() -> None:
    definitie = lees_formulier("alles.csv", ALLE_TYPEN.encode(), {}).definitie
    tekst = _tekst(_druk(definitie))
    for deel in ("Tekst <b>vet</b> #let x = 1", "van 1 tot en met 5", "Streepjescode", "Binnenblok 2", "Diep"):
        assert deel in tekst
    assert "Let op [vraag 1] [U+0645]" in tekst
    assert "Sla dit over" in tekst
    assert "Verplicht als vraag 1 'a' is" in tekst
    assert herhalingen_van(definitie) == {"h": "Blok", "h2": "Binnenblok"}


@pytest.mark.parametrize("waarde", ["0", "31", "-1", "1.5", "x", "9" * 40, "\u0661"])
def test_onzinnig_aantal_wordt_geweigerd(waarde: str) -> None:
    with pytest.raises(OngeldigeInvoer, match="aantal_kamers moet een heel getal van 1 tot en met 30 zijn"):
        lees_aantallen(_definitie("pand"), {"aantal_kamers": waarde})


def test_taal_die_er_niet_is() -> None:
    with pytest.raises(OngeldigeInvoer, match="geen taal 'xx'; wel: nl, en, pl, ro, bg, es"):
        lees_taal(_definitie("pand"), "xx")
    assert lees_taal(_definitie("pand"), "") == "nl"


def test_namen() -> None:
    assert papiernaam({"naam": "pand\u00e9/x", "versie": "1 2"}, "nl") == "papier-pand__x-1_2-nl"
    assert [letters(i) for i in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
