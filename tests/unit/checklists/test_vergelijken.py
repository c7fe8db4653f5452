"""Comparing two versions: what a jurist reads."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.checklists.rules.expressies.leesbaar import als_tekst
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.uitdrukkingen import boom_voor
from inspecties.checklists.rules.vergelijken import Vergelijking, Vraagverschil, Wijziging, vergelijk
from inspecties.checklists.rules.vorm import loop

FORMULIEREN = sorted((Path(__file__).parents[3] / "config" / "checklists").glob("*.csv"))
KOP = "type,name,label,label::English (en),required,relevant,constraint,gevolg,gevolg_als,grondslag,bewijs"


def lees(*rijen: str, keuzes: str = "jno,ja,Ja\n,jno,nee,Nee", titel: str = "Proef") -> dict[str, Any]:
    tekst = f"survey\n,{KOP}\n" + "".join(f",{rij}\n" for rij in rijen)
    tekst += f"choices\n,list_name,name,label\n,{keuzes}\nsettings\n,form_title,form_id,version\n,{titel},proef,1\n"
    return lees_formulier("proef.csv", tekst.encode()).definitie


def een(verschil: Vergelijking, naam: str) -> Vraagverschil:
    return next(o for o in verschil.onderdelen if o.naam == naam)


BEWONERS = "integer,bewoners,Bewoners,Residents,yes,,. >= 0,overbewoning,. > 4,art. 22 Hvw,foto"
DEUR = "select_one jno,deur,Is de deur dicht?,,,${bewoners} > 0,,,,,"


def test_gelijk_is_gelijk() -> None:
    verschil = vergelijk(lees(BEWONERS, DEUR), lees(BEWONERS, DEUR))
    assert verschil.gelijk
    assert verschil.telling() == {"erbij": 0, "weg": 0, "gewijzigd": 0, "verplaatst": 0}


def test_elke_eigenschap_heet_zoals_een_jurist_haar_noemt() -> None:
    nieuw = (
        "decimal,bewoners,Hoeveel bewoners?,How many?,,${deur} = 'ja' and (1 + 2) * 3 > 4,. > 1 or . = 0,"
        "overbewoning bbl,. > 6,art. 7 Bbl; art. 22 Hvw,foto toelichting"
    )
    verschil = vergelijk(
        lees(BEWONERS, "select_one jno,deur,Dicht?,,,,,,,,"), lees(nieuw, "select_one jno,deur,Dicht?,,,,,,,,")
    )
    assert [o.naam for o in verschil.onderdelen] == ["bewoners"]
    assert een(verschil, "bewoners").wijzigingen == (
        Wijziging("Tekst", "Bewoners", "Hoeveel bewoners?"),
        Wijziging("Tekst (en)", "Residents", "How many?"),
        Wijziging("Wordt gevraagd als", "altijd", "${deur} = 'ja' and (1 + 2) * 3 > 4"),
        Wijziging("Verplicht", "altijd", "nee"),
        Wijziging("Antwoord moet voldoen aan", ". >= 0", ". > 1 or . = 0"),
        Wijziging("Gevolg geldt als", ". > 4", ". > 6"),
        Wijziging("Soort vraag", "heel getal", "getal"),
        Wijziging("Gevolg", "overbewoning", "overbewoning, bbl"),
        Wijziging("Artikel", "art. 22 Hvw", "art. 7 Bbl; art. 22 Hvw"),
        Wijziging("Bewijs nodig", "foto", "foto, toelichting"),
    )


def test_erbij_en_weg() -> None:
    verschil = vergelijk(lees(BEWONERS), lees(BEWONERS, DEUR))
    assert verschil.telling() == {"erbij": 1, "weg": 0, "gewijzigd": 0, "verplaatst": 0}
    deur = een(verschil, "deur")
    assert (deur.stand, deur.tekst) == ("erbij", "Is de deur dicht?")
    assert Wijziging("Wordt gevraagd als", "", "${bewoners} > 0") in deur.wijzigingen
    assert Wijziging("Keuzes", "", "Ja (ja), Nee (nee)") in deur.wijzigingen
    terug = vergelijk(lees(BEWONERS, DEUR), lees(BEWONERS))
    assert terug.telling() == {"erbij": 0, "weg": 1, "gewijzigd": 0, "verplaatst": 0}


def test_keuzes_per_vraag() -> None:
    oud = lees(DEUR.replace("${bewoners} > 0", ""))
    nieuw = lees(DEUR.replace("${bewoners} > 0", ""), keuzes="jno,nee,Neen\n,jno,ja,Ja\n,jno,onb,Onbekend")
    assert een(vergelijk(oud, nieuw), "deur").wijzigingen == (
        Wijziging("Keuze erbij", "niets", "Onbekend (onb)"),
        Wijziging("Keuze nee", "Nee", "Neen"),
        Wijziging("Volgorde van de keuzes", "ja, nee", "nee, ja"),
    )


def test_verplaatst_naar_een_andere_groep() -> None:
    groep = ("begin group,gang,De gang,,,,,,,,", "text,kleur,Kleur,,,,,,,,", "end group,,,,,,,,,,")
    verschil = vergelijk(
        lees(BEWONERS, "text,geur,Geur,,,,,,,,", *groep),
        lees(BEWONERS, groep[0], groep[1], "text,geur,Geur,,,,,,,,", groep[2]),
    )
    geur = een(verschil, "geur")
    assert geur.verplaatst
    assert geur.wijzigingen == (Wijziging("Staat in", "Proef", "De gang"),)
    assert [o.naam for o in verschil.onderdelen] == ["geur"]


def test_wie_inschuift_verplaatst_de_rest_niet() -> None:
    namen = [f"text,v{i},Vraag {i},,,,,,,," for i in range(6)]
    verschil = vergelijk(lees(*namen), lees(namen[5], "text,extra,Extra,,,,,,,,", *namen[:5]))
    assert [(o.naam, o.stand, o.verplaatst) for o in verschil.onderdelen] == [
        ("v5", "gewijzigd", True),
        ("extra", "erbij", False),
    ]


def test_titel_en_talen() -> None:
    verschil = vergelijk(lees(BEWONERS), lees(BEWONERS.replace("Residents", ""), titel="Nieuw"))
    assert verschil.algemeen == (Wijziging("Titel", "Proef", "Nieuw"), Wijziging("Talen", "en, nl", "nl"))


@given(st.permutations(range(8)))
def test_zo_weinig_mogelijk_verplaatst(volgorde: list[int]) -> None:
    """What stays keeps its order, and moving less would not explain the new order (longest increasing run)."""
    rijen = [f"text,v{i},Vraag {i},,,,,,,," for i in range(8)]
    verschil = vergelijk(lees(*rijen), lees(*(rijen[i] for i in volgorde)))
    weg = {int(o.naam[1:]) for o in verschil.onderdelen}
    blijft = [i for i in volgorde if i not in weg]
    assert blijft == sorted(blijft)
    langste = [1] * 8
    for i in range(8):
        langste[i] = 1 + max((langste[j] for j in range(i) if volgorde[j] < volgorde[i]), default=0)
    assert len(blijft) == max(langste)


@pytest.mark.parametrize("pad", FORMULIEREN, ids=lambda pad: pad.stem)
def test_een_uitdrukking_op_het_scherm_is_de_uitdrukking_uit_het_formulier(pad: Path) -> None:
    """Read again as the form's own language, what is shown is the same tree."""
    definitie = lees_formulier(pad.name, pad.read_bytes()).definitie
    gezien = 0
    for knoop in loop(definitie["kinderen"]):
        for sleutel in ("relevant", "beperking", "berekening", "gevolg_als", "verplicht"):
            boom = knoop.node.get(sleutel)
            if boom is None or "plaats" in str(boom):
                continue
            assert boom_voor(definitie, als_tekst(boom), knoop.naam) == boom
            gezien += 1
    assert gezien > 50


@pytest.mark.parametrize(
    "tekst",
    [
        "1 - (2 - 3)",
        "(1 - 2) - 3",
        "(1 + 2) * 3 div 4 mod 5",
        "not(1 = 2) and (3 < 4 or 5 >= 6)",
        "-(1 + 2) * 3",
        "1 = (2 = 3)",
        "concat('it', \"'s\", ' 5')",
        "0.5 + 1000000000000",
        "if(. = 'a', sum(${lijst}), -1)",
        "- - 3 + -${lijst}",
        "jr:choice-name(${keus}, '${keus}')",
    ],
)
def test_haakjes_blijven_waar_ze_nodig_zijn(tekst: str) -> None:
    definitie = {
        "kinderen": [
            {"soort": "vraag", "naam": "x", "type": "text"},
            {"soort": "vraag", "naam": "lijst", "type": "integer"},
            {"soort": "vraag", "naam": "keus", "type": "select_one", "keuzelijst": "jno"},
        ]
    }
    boom = boom_voor(definitie, tekst, "x")
    assert boom_voor(definitie, als_tekst(boom), "x") == boom
