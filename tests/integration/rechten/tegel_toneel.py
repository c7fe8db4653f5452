"""A tile of the map that is kept on the server already, so that the table of routes asks no service."""

import dataclasses

import pytest
from flask import Flask

from inspecties.offline.tegelgebied import Tegel, tegels_rond
from inspecties.offline.tegels import Tegelbron
from tests.wereld import Kring, Wereld

SJABLOON = "http://127.0.0.1:9/{z}/{x}/{y}.png"
PNG = b"\x89PNG\r\n\x1a\n" + b"tegel"
# Where every stop of tests.veldwereld lies.
PLEK = (5.25, 52.55)


def tegel_van(wereld: Wereld, kring: Kring) -> Tegel:
    """A tile around the stops; for the other gemeente one where nobody has a stop."""
    return tegels_rond([PLEK])[-1] if kring is wereld.een else (14, 1, 1)


def zet_tegels_klaar(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a service that nobody answers, and keep the tiles of the scene."""
    inst = dataclasses.replace(app.extensions["instellingen"], veldtegels_url=SJABLOON)
    monkeypatch.setitem(app.extensions, "instellingen", inst)
    bron = Tegelbron(SJABLOON, inst.data / "tegels")
    for tegel in (tegels_rond([PLEK])[-1], (14, 1, 1)):
        bron._bewaar(bron._map.joinpath(*map(str, tegel)), PNG)
