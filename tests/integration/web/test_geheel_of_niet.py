"""An act that breaks halfway leaves nothing, wherever it breaks: the row, its audit line and its mail go together."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import Rol
from inspecties.database.basis import db, metadata
from tests.integration.gebruikers.test_beheer import lid_van
from tests.integration.gebruikers.test_beheer import post as stuur
from tests.integration.rechten.test_velden_erbij import FORMULIEREN
from tests.wereld import Wereld

# Of the request itself, in a transaction of its own: somebody is here.
_LOS = {"sessie"}


def _telling() -> dict[str, int]:
    db.session.rollback()
    return {
        t.name: db.session.scalar(select(func.count()).select_from(t)) or 0
        for t in metadata.sorted_tables
        if t.name not in _LOS
    }


def _breek_bij(wanneer: str) -> tuple[str, Callable[..., None]]:
    """At the audit line, or when all is written and only the commit has to come."""

    def bij_regel(sessie: Session, *_: Any) -> None:
        if any(isinstance(rij, Auditregel) for rij in sessie.new):
            raise RuntimeError("stuk")

    def bij_commit(_sessie: Session) -> None:
        raise RuntimeError("stuk")

    return ("before_flush", bij_regel) if wanneer == "regel" else ("before_commit", bij_commit)


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
@pytest.mark.parametrize("wanneer", ["regel", "commit"])
@pytest.mark.parametrize(("rol", "pad", "velden", "status"), FORMULIEREN, ids=[f[1] for f in FORMULIEREN])
def test_wat_halverwege_breekt_laat_niets_na(
    app: Flask, wereld: Wereld, rol: Rol, pad: str, velden: dict[str, str], status: int, wanneer: str
) -> None:
    pad = pad.format(lid=lid_van(wereld.een, Rol.INSPECTEUR).uid)
    client, toen = wereld.client(rol), _telling()
    token = client.get("/api/csrf").get_json()["token"]
    app.testing = False
    naam, breek = _breek_bij(wanneer)
    event.listen(Session, naam, breek)
    try:
        antwoord = client.post(pad, data=velden | {"csrf_token": token})
    finally:
        event.remove(Session, naam, breek)
    assert antwoord.status_code == 500
    assert "De fout ligt bij ons" in antwoord.get_data(as_text=True)
    assert _telling() == toen
    # And it was that error: without it the same form is taken.
    assert stuur(client, pad, **velden).status_code == status
    assert _telling() != toen
