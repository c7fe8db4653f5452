"""Expressions in plain Dutch."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.papier_nummers import nummer
from inspecties.checklists.rules.uitleg import Uitleg, leg_uit
from inspecties.checklists.rules.vorm import loop

FORMULIEREN = sorted((Path(__file__).parents[3] / "config" / "checklists").glob("*.csv"))

VORM = """survey
,type,name,label,relevant,calculation
,select_one jno,open,Is de deur open?,,
,select_multiple wie,wie,Wie is er?,,
,integer,mensen,Hoeveel mensen?,,
,integer,bedden,Hoeveel bedden?,,
,text,naam,Naam,,
,date,dag,Dag,,
,calculate,binnen,,,"if(${open} = 'nee' or ${naam} = '', 'nee', 'ja')"
,calculate,te_veel,Te veel,,"if(${bedden} != '', max(0, ${mensen} - ${bedden}), '')"
,begin repeat,kamers,Kamer,,
,decimal,m2,Oppervlakte,,
,select_one jno,melder,Rookmelder?,,
,calculate,kapot,,,"if(${melder} = 'nee', 1, 0)"
,end repeat,,,,
,text,proef,Proef,{},
choices
,list_name,name,label
,jno,ja,Ja
,jno,nee,Nee
,jno,onbekend,Onbekend
,wie,politie,Politie
,wie,brandweer,Brandweer
,wie,geen,Niemand
settings
,form_title,form_id,version
,Proef,proef,1
"""


def _uitleg(uitdrukking: str) -> str:
    cel = '"' + uitdrukking.replace('"', '""') + '"'
    definitie = lees_formulier("proef.csv", VORM.replace("{}", cel).encode(), {}).definitie
    (proef,) = [k.node for k in loop(definitie["kinderen"]) if k.naam == "proef"]
    return leg_uit(definitie, proef["relevant"], nummer(definitie).namen)


@pytest.mark.parametrize(
    ("uitdrukking", "zin"),
    [
        ("${open} = 'ja'", "als vraag 1 'Ja' is"),
        ("'ja' = ${open}", "als vraag 1 'Ja' is"),
        ("${open} != 'ja'", "als vraag 1 niet 'Ja' is"),
        ("not(${open} = 'ja')", "als vraag 1 niet 'Ja' is"),
        ("not(not(${open} = 'ja'))", "als vraag 1 'Ja' is"),
        ("${open} = 'weg'", "als vraag 1 'weg' is"),
        ("selected(${open}, 'nee')", "als vraag 1 'Nee' is"),
        ("${open} = 'ja' or ${open} = 'nee'", "als vraag 1 'Ja' of 'Nee' is"),
        ("${open} != 'ja' and ${open} != 'nee'", "als vraag 1 niet 'Ja' of 'Nee' is"),
        ("not(${open} = 'ja' or ${open} = 'nee')", "als vraag 1 niet 'Ja' of 'Nee' is"),
        ("${open} != ''", "als vraag 1 ingevuld is"),
        ("${open} = ''", "als vraag 1 leeg is"),
        ("selected(${wie}, 'politie')", "als bij vraag 2 'Politie' aangekruist is"),
        ("not(selected(${wie}, 'geen'))", "als bij vraag 2 'Niemand' niet aangekruist is"),
        (
            "selected(${wie}, 'politie') or selected(${wie}, 'brandweer')",
            "als bij vraag 2 'Politie' of 'Brandweer' aangekruist is",
        ),
        (
            "${wie} != '' and not(selected(${wie}, 'geen'))",
            "als vraag 2 ingevuld is en bij vraag 2 'Niemand' niet aangekruist is",
        ),
        ("${mensen} > 4", "als vraag 3 meer dan 4 is"),
        ("4 < ${mensen}", "als vraag 3 meer dan 4 is"),
        ("${mensen} >= 4.5", "als vraag 3 4,5 of meer is"),
        ("${mensen} < ${bedden}", "als vraag 3 minder dan vraag 4 is"),
        ("not(${mensen} <= ${bedden})", "als vraag 3 niet vraag 4 of minder is"),
        ("${mensen} = 3", "als vraag 3 gelijk aan 3 is"),
        ("${mensen} != ${bedden}", "als vraag 3 niet gelijk aan vraag 4 is"),
        ("${mensen} > 2 * ${bedden}", "als vraag 3 meer dan 2 \u00d7 vraag 4 is"),
        ("(${mensen} + 1) div 2 > 3", "als (vraag 3 + 1) : 2 meer dan 3 is"),
        ("count-selected(${wie}) = 1", "als bij vraag 2 precies 1 aangekruist is"),
        ("count-selected(${wie}) > 2", "als bij vraag 2 meer dan 2 aangekruist is"),
        ("${dag} >= date('2027-01-01')", "als vraag 6 1 januari 2027 of later is"),
        ("today() < ${dag}", "als de dag van vandaag voor vraag 6 is"),
        ("contains(${naam}, 'BV')", "als vraag 5 de tekst 'BV' bevat"),
        ("not(starts-with(${naam}, 'De'))", "als vraag 5 niet met 'De' begint"),
        ("regex(${naam}, '[A-Z]+')", "als vraag 5 de goede vorm heeft"),
        ("string-length(${naam}) > 3", "als het aantal tekens van vraag 5 meer dan 3 is"),
        ("${open} = 'ja' and ${mensen} > 0", "als vraag 1 'Ja' is en vraag 3 meer dan 0 is"),
        (
            "${open} = 'ja' and (${mensen} > 0 or ${bedden} > 0)",
            "als vraag 1 'Ja' is en (vraag 3 meer dan 0 is of vraag 4 meer dan 0 is)",
        ),
        ("${open} = 'ja' and ${open} != 'nee'", "als vraag 1 'Ja' is"),
        # A calculation that nobody sees is told by what it is made of.
        ("${binnen} = 'ja'", "als vraag 1 niet 'Nee' is en vraag 5 ingevuld is"),
        ("${binnen} = 'nee'", "als vraag 1 'Nee' is of vraag 5 leeg is"),
        ("${binnen} != 'ja'", "als vraag 1 'Nee' is of vraag 5 leeg is"),
        ("${te_veel} > 0", "als rekenvak R1 meer dan 0 is"),
        ("${te_veel} > 0 or true()", "altijd"),
        ("${open} = 'ja' and false()", "nooit"),
        ("sum(${kapot}) > 0", "als bij een van de blokken 'Kamer' geldt dat vraag 8 'Nee' is"),
        ("not(sum(${kapot}) > 0)", "als bij geen van de blokken 'Kamer' geldt dat vraag 8 'Nee' is"),
        ("sum(${m2}) > 40", "als de som van vraag 7 in de blokken 'Kamer' meer dan 40 is"),
        ("count(${kamers}) >= 2", "als het aantal blokken 'Kamer' 2 of meer is"),
        (
            "${open} = 'ja' or ${mensen} > 0 or ${bedden} > 0 or ${naam} != ''",
            "als minstens een van deze dingen klopt: vraag 1 is 'Ja'; vraag 3 is meer dan 0; vraag 4 is meer dan 0; "
            "vraag 5 is ingevuld",
        ),
        ("if(${open} = 'ja', true(), false())", "als vraag 1 'Ja' is"),
        (
            "if(${open} = 'ja', ${mensen}, ${bedden}) > 2",
            "als (vraag 3, als vraag 1 'Ja' is, en anders vraag 4) meer dan 2 is",
        ),
        ("coalesce(${mensen}, ${bedden}) > 2", "als (vraag 3, en als dat leeg is vraag 4) meer dan 2 is"),
        ("boolean(${naam})", "als vraag 5 ingevuld is"),
    ],
)
def test_voorwaarde_in_woorden(uitdrukking: str, zin: str) -> None:
    assert _uitleg(uitdrukking) == zin


def test_zonder_nummers_staat_de_vraag_er_zelf() -> None:
    definitie = lees_formulier("proef.csv", VORM.replace("{}", "${open} = 'ja'").encode(), {}).definitie
    (proef,) = [k.node for k in loop(definitie["kinderen"]) if k.naam == "proef"]
    assert leg_uit(definitie, proef["relevant"]) == "als 'Is de deur open?' 'Ja' is"


def test_berekening_in_woorden() -> None:
    definitie = lees_formulier("proef.csv", VORM.replace("{}", "").encode(), {}).definitie
    (te_veel,) = [k.node for k in loop(definitie["kinderen"]) if k.naam == "te_veel"]
    uitleg = Uitleg(definitie, nummer(definitie).namen)
    assert uitleg.waarde(te_veel["berekening"]) == (
        "vraag 3 \u2212 vraag 4, maar nooit minder dan 0, als vraag 4 ingevuld is"
    )


@pytest.mark.parametrize("pad", FORMULIEREN, ids=lambda pad: pad.stem)
def test_elke_uitdrukking_van_onze_formulieren_krijgt_woorden(pad: Path) -> None:
    definitie = lees_formulier(pad.name, pad.read_bytes(), {}).definitie
    uitleg = Uitleg(definitie, nummer(definitie).namen)
    gezien = 0
    for knoop in loop(definitie["kinderen"]):
        for sleutel in ("relevant", "verplicht", "gevolg_als"):
            if sleutel in knoop.node:
                zin = uitleg.als(knoop.node[sleutel], knoop.naam)
                gezien += 1
                assert zin.startswith(("als ", "altijd", "nooit")), zin
                for teken in ("${", "!=", "selected", "not(", "None"):
                    assert teken not in zin
    assert gezien > 40


_WAARDE = st.recursive(
    st.sampled_from(["${mensen}", "${bedden}", "${open}", "${naam}", "''", "'ja'", "3", "today()"]),
    lambda deel: st.one_of(
        st.builds("({0} {1} {2})".format, deel, st.sampled_from(["+", "-", "*", "div", "mod"]), deel),
        st.builds("({0} {1} {2})".format, deel, st.sampled_from(["=", "!=", "<", ">=", "and", "or"]), deel),
        st.builds("if({0}, {1}, {2})".format, deel, deel, deel),
        st.builds("{0}({1})".format, st.sampled_from(["not", "number", "int", "boolean", "string"]), deel),
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(_WAARDE)
def test_elke_boom_krijgt_woorden(uitdrukking: str) -> None:
    zin = _uitleg(uitdrukking)
    assert zin.startswith(("als ", "altijd", "nooit"))
    assert set(zin) - set(string.printable) <= set("\u00d7\u2212\u00eb")
