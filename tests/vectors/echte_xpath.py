"""The same expressions through libxml2, on the same answers as an XML document."""

import re
from typing import Any

from lxml import etree

from inspecties.checklists.rules.vorm import Vorm


def bereken_met_lxml(definitie: dict[str, Any], antwoorden: dict[str, Any], uitdrukking: str) -> Any:
    """Value by an independent engine: bool, float, str, or list of texts. References become absolute paths."""
    vorm = Vorm(definitie)
    wortel = etree.Element("data")
    _vul(wortel, definitie["kinderen"], antwoorden)

    def pad(treffer: re.Match[str]) -> str:
        delen, naam = [], treffer.group(1)
        while naam is not None:
            delen.insert(0, naam)
            naam = vorm.knopen[naam].ouder
        heel = "/data/" + "/".join(delen)
        # One question is its text, as in ODK; only what lies in a repeat is a node-set.
        knoop = vorm.knopen[treffer.group(1)]
        return heel if knoop.keten or knoop.soort == "herhaling" else f"string({heel})"

    uit = wortel.getroottree().xpath(re.sub(r"\$\{([^}]+)\}", pad, uitdrukking))
    return [el.text or "" for el in uit] if isinstance(uit, list) else (str(uit) if isinstance(uit, str) else uit)


def _vul(ouder: Any, nodes: list[dict[str, Any]], antwoorden: dict[str, Any]) -> None:
    for node in nodes:
        naam = node["naam"]
        if node["soort"] == "herhaling":
            for deel in antwoorden.get(naam, []):
                _vul(etree.SubElement(ouder, naam), node["kinderen"], deel)
        elif node["soort"] == "groep":
            _vul(etree.SubElement(ouder, naam), node["kinderen"], antwoorden)
        else:
            waarde = antwoorden.get(naam, "")
            etree.SubElement(ouder, naam).text = " ".join(waarde) if isinstance(waarde, list) else str(waarde)
