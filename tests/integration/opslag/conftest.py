"""One S3 server for these tests, and for each test a corner of its own in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from inspecties.core.ids import nieuw_id
from inspecties.core.objectopslag import Objectopslag
from inspecties.instellingen import Instellingen, opslag_van
from tests.conftest import instellingen_voor
from tests.s3dienst import S3dienst


@pytest.fixture(scope="session")
def s3server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3dienst]:
    dienst = S3dienst(tmp_path_factory.mktemp("s3"))
    dienst.start()
    yield dienst
    dienst.dood()


@pytest.fixture
def s3inst(s3server: S3dienst, tmp_path: Path) -> Instellingen:
    """Settings with a bucket; no database behind it."""
    return instellingen_voor(tmp_path / "data", **s3server.instellingen(str(nieuw_id())))


@pytest.fixture
def opslag(s3inst: Instellingen) -> Objectopslag:
    return cast(Objectopslag, opslag_van(s3inst))
