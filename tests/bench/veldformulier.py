"""The form that the field app is measured with: 60 questions, 20 rules of relevance, 10 questions per person."""

from typing import Any

from inspecties.checklists.rules.formulier import lees_formulier

_DELEN, _PER_DEEL = 6, 10
# In turn: what an inspector answers most.
_TYPES = ("select_one jno", "integer", "text", "select_one jno", "select_multiple gebrek", "decimal")
_RELEVANT = ("= 'ja'", "> 3", "!= ''", "= 'ja'", "!= ''", "> 2.5")
_PERSOON = (
    "begin repeat,persoon,Persoon,,,,",
    "text,p_naam,Naam,,,,",
    "date,p_geboren,Geboortedatum,,,,",
    "select_one land,p_land,Land,,,,",
    "select_one jno,p_paspoort,Heeft de persoon zelf het paspoort?,,,,",
    "text,p_waar_paspoort,Waar is het paspoort?,${p_paspoort} = 'nee',,,",
    "decimal,p_loon,Loon per uur,,. >= 0 and . < 200,,",
    "decimal,p_huur,Huur per week,,. >= 0,,",
    "select_one jno,p_contract,Is er een contract?,${p_loon} > 0,,,",
    "text,p_waarom,Waarom niet?,${p_contract} = 'nee',,,",
    "integer,p_uren,Uren per week,${p_contract} = 'ja',. >= 0 and . <= 168,,",
    "end repeat,,,,,,",
)


def formulier() -> bytes:
    """An XLSForm as CSV; every fourth question depends on the one before it."""
    rijen = ["survey", ",type,name,label,relevant,constraint,calculation,gevolg"]
    for deel in range(_DELEN):
        rijen.append(f",begin group,deel{deel},Deel {deel + 1},,,,")
        for plek in range(_PER_DEEL):
            nr = deel * _PER_DEEL + plek
            regel = f"${{v{nr - 1}}} {_RELEVANT[(nr - 1) % 6]}" if nr % 4 == 1 and nr < 68 else ""
            rijen.append(f",{_TYPES[nr % 6]},v{nr},Vraag {nr} over wat u ziet in dit pand,{regel},,,")
        rijen.append(",end group,,,,,,")
    rijen[-1:] = [f",{rij}" for rij in _PERSOON]
    rijen.insert(rijen.index(f",{_PERSOON[0]}"), ",end group,,,,,,")
    rijen += [",calculate,huur_samen,,,,sum(${p_huur}),", ",calculate,personen,,,,count(${persoon}),"]
    rijen.append(',note,veel,"Samen betalen zij ${huur_samen} euro per week",${personen} > 3,,,')
    rijen += ["choices", ",list_name,name,label", ",jno,ja,Ja", ",jno,nee,Nee", ",jno,onbekend,Onbekend"]
    rijen += [f",gebrek,g{i},Gebrek {i}" for i in range(5)]
    rijen += [
        f",land,{land.lower()},{land}" for land in ("Polen", "Roemenie", "Bulgarije", "Oekraine", "Spanje", "Anders")
    ]
    return "\n".join(rijen).encode()


def definitie() -> dict[str, Any]:
    """Compiled as the server would."""
    return lees_formulier("veldbench.csv", formulier()).definitie


def telling(definitie_: dict[str, Any]) -> dict[str, int]:
    """Questions outside and inside the repeat, and rules of relevance: what the figures are about."""
    uit = {"vragen": 0, "per_persoon": 0, "regels": 0}

    def loop(knopen: list[dict[str, Any]], soort: str) -> None:
        for knoop in knopen:
            if knoop["soort"] == "vraag":
                uit[soort] += knoop["type"] not in {"calculate", "note"}
            uit["regels"] += bool(knoop.get("relevant"))
            loop(knoop.get("kinderen", []), "per_persoon" if knoop["soort"] == "herhaling" else soort)

    loop(definitie_["kinderen"], "vragen")
    return uit
