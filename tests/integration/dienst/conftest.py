"""An installation to restore a backup on."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from inspecties.instellingen import Instellingen
from tests.conftest import Sjablonen


@pytest.fixture
def elders(app: Flask, sjablonen: Sjablonen, database: str, tmp_path: Path) -> Iterator[Instellingen]:
    """An empty installation on another machine, with the same keys."""
    data = tmp_path / "elders"
    url = sjablonen.nieuw(database, data)
    yield dataclasses.replace(app.extensions["instellingen"], data=data, database_url=url)
    if url:
        sjablonen.cluster.verwijder(url.rsplit("/", 1)[1])
