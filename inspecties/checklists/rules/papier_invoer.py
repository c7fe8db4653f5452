"""How an answer is written on paper: boxes to tick, boxes for figures, lines."""

from typing import Any

from inspecties.checklists.rules.uitleg import getal_in_woorden

# Figures fit in separate boxes; what is longer gets a line.
_CIJFERS = {"integer": 4, "decimal": 5, "range": 4}
_VORMEN = {
    "select_one": "kruisjes",
    "select_multiple": "kruisjes",
    "acknowledge": "kruisjes",
    "rank": "volgorde",
    "integer": "vakjes",
    "decimal": "vakjes",
    "range": "vakjes",
    "date": "datum",
    "time": "tijd",
    "dateTime": "moment",
    "geopoint": "plek",
    "image": "foto",
    "audio": "geluid",
}
_REGELS = {"text": 2, "barcode": 1}
_VEEL_REGELS = 5


def invoer_van(node: dict[str, Any], keuzes: list[str]) -> dict[str, Any]:
    """``vorm`` and what it needs: kruisjes, volgorde, vakjes, datum, tijd, moment, plek, foto, geluid, handtekening."""
    soort = node["type"]
    uit: dict[str, Any] = {"vorm": _VORMEN.get(soort, "lijnen")}
    if uit["vorm"] == "kruisjes":
        uit |= {"meer": soort == "select_multiple", "keuzes": keuzes}
        if soort == "acknowledge":
            uit["keuzes"] = ["Gezien en begrepen"]
    elif uit["vorm"] == "volgorde":
        uit |= {"keuzes": keuzes}
    elif uit["vorm"] == "vakjes":
        uit |= {"aantal": _CIJFERS[soort], "komma": soort == "decimal", "bereik": _bereik(node)}
    elif soort == "image" and "signature" in node.get("weergave", ""):
        uit["vorm"] = "handtekening"
    elif uit["vorm"] == "lijnen":
        uit |= {"aantal": _regels(node)}
    return uit


def _regels(node: dict[str, Any]) -> int:
    if "multiline" in node.get("weergave", ""):
        return _VEEL_REGELS
    return _REGELS.get(node["type"], 1)


def _bereik(node: dict[str, Any]) -> str:
    parameters = node.get("parameters", {})
    if node["type"] != "range" or not {"start", "end"} <= set(parameters):
        return ""
    begin, eind, stap = (getal_in_woorden(float(parameters.get(k, 1))) for k in ("start", "end", "step"))
    return f"van {begin} tot en met {eind}" + (f", in stappen van {stap}" if stap != "1" else "")


def rekenwaarde(bron: Any) -> str:
    """What is known of a sum before the visit: a fixed number, else nothing."""
    if isinstance(bron, dict):
        while bron.get("op") == "fn" and bron["naam"] in {"number", "once"}:
            bron = bron["a"][0]
        return getal_in_woorden(bron["w"]) if bron["op"] == "getal" else ""
    return getal_in_woorden(float(bron)) if isinstance(bron, int | float) else str(bron)
