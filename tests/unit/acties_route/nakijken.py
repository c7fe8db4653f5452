"""Checks a plan against its question; finds the best value by trying everything. Shares no code with the planner."""

import math
from typing import Any

SPELING = 1e-4


def minuten(tijd: Any) -> float:
    if isinstance(tijd, str):
        uur, minuut = tijd.split(":")
        return int(uur) * 60 + int(minuut)
    return float(tijd)


def rit(vraag: dict[str, Any], van: int, naar: int) -> float:
    if vraag.get("reistijden_min"):
        return float(vraag["reistijden_min"][van][naar])
    punten = [vraag["depot"], *vraag["stops"]]
    meter = math.dist((punten[van]["x"], punten[van]["y"]), (punten[naar]["x"], punten[naar]["y"]))
    meter *= 1000 if vraag.get("eenheid", "m") == "km" else 1
    return meter / (vraag.get("snelheid_kmh", 30.0) * 1000 / 60)


def mag(ploeg: dict[str, Any], stop: dict[str, Any]) -> bool:
    if stop.get("vast_ploeg") not in (None, ploeg["id"]):
        return False
    return set(stop.get("vereist", [])) <= set(ploeg.get("bevoegdheden", []))


def venster(stop: dict[str, Any]) -> tuple[float, float]:
    if stop.get("vast_begin") is not None:
        return minuten(stop["vast_begin"]), minuten(stop["vast_begin"])
    return minuten(stop["venster"][0]), minuten(stop["venster"][1])


def gebreken(vraag: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    """Everything that is wrong with the plan."""
    fout: list[str] = []
    nummer = {s["id"]: i for i, s in enumerate(vraag["stops"], 1)}
    stops = {s["id"]: s for s in vraag["stops"]}
    if [p["id"] for p in plan["ploegen"]] != [p["id"] for p in vraag["ploegen"]]:
        fout.append("andere ploegen")
    gedaan = [b["id"] for p in plan["ploegen"] for b in p["stops"]]
    rest = [n["id"] for n in plan["niet_gepland"]]
    if sorted(gedaan + rest) != sorted(stops):
        fout.append("niet elke stop precies een keer")
    if not all(n["reden"].strip() for n in plan["niet_gepland"]):
        fout.append("geen reden")
    if abs(sum(stops[i]["waarde"] for i in gedaan) - plan["waarde"]) > SPELING:
        fout.append("andere waarde")
    for ploeg, deel in zip(vraag["ploegen"], plan["ploegen"], strict=True):
        fout += [f"{ploeg['id']}: {f}" for f in _ploeg(vraag, ploeg, deel, nummer, stops)]
    return fout


def _ploeg(
    vraag: dict[str, Any], ploeg: dict[str, Any], deel: dict[str, Any], nummer: dict[str, int], stops: dict[str, Any]
) -> list[str]:
    fout = []
    if len(deel["stops"]) > ploeg.get("max_stops", 1000):
        fout.append("te veel stops")
    for bevoegdheid, hoogste in (ploeg.get("max_per_bevoegdheid") or {}).items():
        if sum(bevoegdheid in stops[b["id"]].get("vereist", []) for b in deel["stops"]) > hoogste:
            fout.append(f"te vaak {bevoegdheid}")
    for grens in ploeg.get("max_van", []):
        if (
            sum(bool(set(grens["bevoegdheden"]) & set(stops[b["id"]].get("vereist", []))) for b in deel["stops"])
            > grens["hoogste"]
        ):
            fout.append(f"te vaak {grens['bevoegdheden']}")
    nu, plek = minuten(ploeg["begin"]), 0
    gaten = []
    for b in deel["stops"]:
        stop = stops[b["id"]]
        begin, vertrek = minuten(b["begin"]), minuten(b["vertrek"])
        open_, dicht = venster(stop)
        if not mag(ploeg, stop):
            fout.append(f"mag niet bij {stop['id']}")
        if not open_ - SPELING <= begin <= dicht + SPELING:
            fout.append(f"{stop['id']} buiten venster")
        onderweg = rit(vraag, plek, nummer[stop["id"]])
        if minuten(b["aankomst"]) < nu + onderweg - SPELING or begin < minuten(b["aankomst"]) - SPELING:
            fout.append(f"te vroeg bij {stop['id']}")
        if vertrek < begin + stop["duur_min"] - SPELING:
            fout.append(f"te kort bij {stop['id']}")
        gaten.append((nu, begin, onderweg))
        nu, plek = vertrek, nummer[stop["id"]]
    terug = minuten(deel["terug"])
    onderweg = rit(vraag, plek, 0) if plek else 0.0
    if terug < nu + onderweg - SPELING:
        fout.append("te vroeg terug")
    if terug > minuten(ploeg["eind"]) + SPELING:
        fout.append("te laat terug")
    gaten += [(nu, terug, onderweg), (terug, minuten(ploeg["eind"]), 0.0)]
    if ploeg.get("pauze") and deel["stops"]:
        fout += _pauze(ploeg["pauze"], deel.get("pauze"), gaten)
    return fout


def _pauze(gevraagd: dict[str, Any], gekregen: list[Any] | None, gaten: list[tuple[float, float, float]]) -> list[str]:
    if not gekregen:
        return ["geen pauze"]
    begin, eind = (minuten(t) for t in gekregen)
    fout = []
    if not minuten(gevraagd["venster"][0]) - SPELING <= begin <= minuten(gevraagd["venster"][1]) + SPELING:
        fout.append("pauze buiten venster")
    if eind - begin < gevraagd["duur_min"] - SPELING:
        fout.append("pauze te kort")
    vrij = any(
        begin >= van - SPELING
        and eind <= tot + SPELING
        and (begin - van >= onderweg - SPELING or tot - eind >= onderweg - SPELING)
        for van, tot, onderweg in gaten
    )
    return fout if vrij else [*fout, "pauze tijdens werk of rijden"]


def beste_waarde(vraag: dict[str, Any], ruimte: float = 0.0) -> tuple[int, float]:
    """(most compulsory stops, then most value) by trying every division and order; ``ruimte``: minutes forgiven."""
    stops = vraag["stops"]
    haalbaar = [_haalbaar(vraag, ploeg, ruimte) for ploeg in vraag["ploegen"]]

    def telt(masker: int) -> tuple[int, float]:
        erin = [s for i, s in enumerate(stops) if masker >> i & 1]
        return sum(bool(s.get("verplicht")) for s in erin), sum(s["waarde"] for s in erin)

    samen = {0}
    for sets in haalbaar:
        samen = {a | b for a in samen for b in sets if not a & b}
    return max(map(telt, samen), default=(0, 0.0))


def _haalbaar(vraag: dict[str, Any], ploeg: dict[str, Any], ruimte: float) -> set[int]:
    """Every set of stops that the team can do in some order."""
    stops, eind = vraag["stops"], minuten(ploeg["eind"])
    pauze = ploeg.get("pauze")
    uit = {0}

    def vrij_op(t: float, reis: float, p: bool) -> list[tuple[float, bool]]:
        wegen = [(t + reis, p)]
        if not p:
            vroegst, laatst = (minuten(x) for x in pauze["venster"])
            for eerst, daarna in ((0.0, reis), (reis, 0.0)):
                s = max(t + eerst, vroegst)
                if s <= laatst + ruimte:
                    wegen.append((s + pauze["duur_min"] + daarna, True))
        return wegen

    def verder(t: float, plek: int, masker: int, p: bool) -> None:
        if masker and any(klaar and thuis <= eind + ruimte for thuis, klaar in vrij_op(t, rit(vraag, plek, 0), p)):
            uit.add(masker)
        for j, stop in enumerate(stops, 1):
            if masker >> (j - 1) & 1 or not mag(ploeg, stop) or not _past_nog(ploeg, stops, masker, stop):
                continue
            open_, dicht = venster(stop)
            for vrij, klaar in vrij_op(t, rit(vraag, plek, j), p):
                begin = max(vrij, open_)
                if begin <= dicht + ruimte:
                    verder(begin + stop["duur_min"], j, masker | 1 << (j - 1), klaar)

    verder(minuten(ploeg["begin"]), 0, 0, pauze is None)
    return uit


def _past_nog(ploeg: dict[str, Any], stops: list[dict[str, Any]], masker: int, stop: dict[str, Any]) -> bool:
    erin = [s for i, s in enumerate(stops) if masker >> i & 1] + [stop]
    per = [({b}, hoogste) for b, hoogste in (ploeg.get("max_per_bevoegdheid") or {}).items()]
    per += [(set(g["bevoegdheden"]), g["hoogste"]) for g in ploeg.get("max_van", [])]
    return len(erin) <= ploeg.get("max_stops", 1000) and all(
        sum(bool(b & set(s.get("vereist", []))) for s in erin) <= hoogste for b, hoogste in per
    )
