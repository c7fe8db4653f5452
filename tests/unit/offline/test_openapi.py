"""The description names every endpoint of the field app, and every reference in it exists."""

import json
from pathlib import Path

from flask import Flask

from inspecties.offline import api, uploads
from inspecties.offline.openapi import PADEN, SCHEMAS


def test_elk_eindpunt_staat_erin_en_omgekeerd() -> None:
    app = Flask("proef", root_path=str(Path.cwd()))
    app.register_blueprint(api.bp)
    app.register_blueprint(uploads.bp)
    echt = {
        (regel.rule.replace("<", "{").replace(">", "}"), methode.lower())
        for regel in app.url_map.iter_rules()
        if regel.endpoint != "static"
        for methode in (regel.methods or set())
        if methode not in {"OPTIONS", "HEAD"} or not {"GET", "POST"} & (regel.methods or set())
    }
    assert {(pad, methode) for pad, delen in PADEN.items() for methode in delen} == echt


def test_elke_verwijzing_bestaat() -> None:
    tekst = json.dumps([PADEN, SCHEMAS])
    namen = {deel.split('"', 1)[0] for deel in tekst.split("#/components/schemas/")[1:]}
    assert namen - set(SCHEMAS) == {"Probleem"}
