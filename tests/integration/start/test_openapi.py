"""The document names every JSON endpoint that there is, and nothing that is not there."""

import re

from flask import Flask


def echte_routes(app: Flask) -> set[tuple[str, str]]:
    uit = set()
    for regel in app.url_map.iter_rules():
        if not regel.rule.startswith("/api/"):
            continue
        methoden = set(regel.methods or ())
        # Flask adds HEAD to GET and OPTIONS to everything; where they stand alone somebody wrote them.
        for methode in methoden - ({"HEAD"} if "GET" in methoden else set()) - {"OPTIONS"}:
            uit.add((re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", regel.rule), methode.lower()))
    return uit


def test_elk_eindpunt_staat_erin_en_omgekeerd(app: Flask) -> None:
    antwoord = app.test_client().get("/api/openapi.json")
    assert antwoord.status_code == 200
    doc = antwoord.get_json()
    assert doc["openapi"] == "3.1.0"
    beschreven = {(pad, methode) for pad, methoden in doc["paths"].items() for methode in methoden}
    echt = echte_routes(app)
    assert echt
    assert echt - beschreven == set(), "not described"
    assert {p for p in beschreven if p[0].startswith("/api/") and p[1] != "options"} - echt == set(), "does not exist"
