"""Benchmarks of the checklist engine: compiling a form, and one answer in a large one, in Python and in JavaScript."""

import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.sessie import open_sessie

CONTEXT = {"nu": "2026-11-21T18:00:00+01:00"}
VRAGEN, HERHALINGEN, RONDES = 300, 50, 200
_NODE = Path(__file__).with_name("checklists.mjs")


def formulier(vragen: int) -> bytes:
    """A form like a real one: a fifth in a repeat of rooms, with relevance, constraints, calculations, consequences."""
    rijen = [",type,name,label,relevant,constraint,calculation,gevolg,gevolg_als,grondslag"]
    for i in range(vragen * 4 // 5 - 3):
        relevant = f"${{v{i - 3}}} = 'ja'" if i % 7 == 3 else ""
        gevolg = "brandveiligheid,. = 'nee',Bbl 3" if i % 5 == 0 else ",,"
        rijen.append(f",select_one jno,v{i},Vraag {i},{relevant},,,{gevolg}")
    rijen.append(",begin repeat,kamer,Kamer,,,,,,")
    for i in range(vragen // 5 - 3):
        beperking = ". > 0 and . < 100" if i % 2 else ""
        rijen.append(f",decimal,k{i},Maat {i},{f'${{k{i - 1}}} > 1' if i % 3 == 1 else ''},{beperking},,,,")
    rijen += [",integer,personen,Personen,,,,,,", ",decimal,m2,m2,,,,,,"]
    rijen.append(",calculate,pp,,,,${m2} div ${personen},overbewoning,${pp} < ${norm},art. 22.16")
    rijen += [",end repeat,,,,,,,,", ",decimal,norm,Norm,,,,,,", ",calculate,totaal,,,,sum(${personen}),,,"]
    rijen.append(",calculate,ruimte,,,,sum(${m2}) div ${totaal},,,")
    keuzes = ["choices", ",list_name,name,label", ",jno,ja,Ja", ",jno,nee,Nee"]
    return "\n".join(["survey", *rijen, *keuzes]).encode()


def meet() -> list[dict[str, Any]]:
    """Medians; the aim stands beside each."""
    begin = time.perf_counter()
    lees_formulier("bench.csv", formulier(500))
    lezen = time.perf_counter() - begin
    definitie = lees_formulier("bench.csv", formulier(VRAGEN)).definitie
    python = _meet_python(definitie)
    node = _meet_node(definitie)
    ms = round(lezen * 1000, 1)
    uit = [{"naam": "formulier van 500 vragen lezen", "waarde": ms, "eenheid": "ms", "doel": "< 1000"}]
    for taal, tijden in (("Python", python), ("JS", node)):
        for wat, duur in tijden.items():
            uit.append(
                {
                    "naam": f"{wat}, {VRAGEN} vragen en {HERHALINGEN} herhalingen ({taal})",
                    "waarde": round(duur, 3),
                    "eenheid": "ms",
                    "doel": "< 2" if wat.startswith("antwoord") else "",
                }
            )
    return uit


def _meet_python(definitie: dict[str, Any]) -> dict[str, float]:
    begin = time.perf_counter()
    sessie = open_sessie(definitie, CONTEXT)
    with sessie.samen():
        sessie.zet("norm", None, 12)
        for i in range(HERHALINGEN):
            sessie.voeg_toe("kamer", f"k{i}", None, i)
            sessie.zet("personen", f"k{i}", 2)
            sessie.zet("m2", f"k{i}", 20 + i)
    sessie.verwerk()
    openen = time.perf_counter() - begin

    def mediaan(vraag: str, inst: str | None, waarden: tuple[Any, Any]) -> float:
        tijden = []
        for ronde in range(RONDES):
            start = time.perf_counter()
            sessie.zet(vraag, inst, waarden[ronde % 2])
            tijden.append(time.perf_counter() - start)
        return statistics.median(tijden) * 1000

    return {
        "openen en laden": openen * 1000,
        "antwoord in een kamer": mediaan("personen", "k20", (3, 2)),
        "antwoord dat alle kamers raakt": mediaan("norm", None, (11, 12)),
    }


def _meet_node(definitie: dict[str, Any]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "definitie.json"
        pad.write_text(json.dumps(definitie), "utf-8")
        opdracht = ["node", str(_NODE), str(pad), str(HERHALINGEN), str(RONDES), json.dumps(CONTEXT)]
        uit = subprocess.run(opdracht, capture_output=True, text=True, check=True, timeout=60)
    return dict(json.loads(uit.stdout))


if __name__ == "__main__":
    print(json.dumps(meet(), indent=1, ensure_ascii=False))  # noqa: T201 -- a measurement run by hand
