"""Putting the parts together: every reference resolves, and two parts never describe one name differently."""

import json
import re

import pytest

from inspecties.start.openapi import document, voeg_samen


def test_elke_verwijzing_bestaat() -> None:
    doc = document()
    verwijzingen = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(doc)))
    assert verwijzingen
    for verwijzing in verwijzingen:
        plek = doc
        for deel in verwijzing.removeprefix("#/").split("/"):
            assert deel in plek, verwijzing
            plek = plek[deel]


def test_elke_werking_heeft_een_eigen_naam_en_antwoorden() -> None:
    werkingen = [w for methoden in document()["paths"].values() for w in methoden.values()]
    namen = [w["operationId"] for w in werkingen]
    assert len(set(namen)) == len(namen)
    assert all(w["summary"] and w["responses"] for w in werkingen)


def test_elke_parameter_in_een_pad_is_beschreven() -> None:
    for pad, methoden in document()["paths"].items():
        for methode, werking in methoden.items():
            beschreven = {p["name"] for p in werking.get("parameters", []) if p["in"] == "path"}
            assert set(re.findall(r"\{(\w+)\}", pad)) == beschreven, (methode, pad)


def test_probleem_heeft_de_leden_van_rfc_9457() -> None:
    assert {"type", "title", "status", "detail"} <= set(document()["components"]["schemas"]["Probleem"]["properties"])


def test_twee_beschrijvingen_van_een_naam_botsen() -> None:
    assert voeg_samen([{"a": 1}, {"a": 1, "b": 2}]) == {"a": 1, "b": 2}
    with pytest.raises(ValueError, match="a is described twice"):
        voeg_samen([{"a": 1}, {"a": 2}])
