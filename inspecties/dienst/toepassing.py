"""An application context for commands."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from inspecties import create_app
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.instellingen import Instellingen, lees_instellingen


def lees_met_demo(**vast: Any) -> Instellingen:
    """Settings for a command: a data folder that was made by ``serve --demo`` stays a demo, with its own secret."""
    data = Path(vast.get("data") or os.environ.get("INSPECTIES_DATA") or "data")
    if vast.get("demo") is None and (data / "demo-geheim").exists() and "INSPECTIES_SECRET_KEY" not in os.environ:
        vast["demo"] = True
    return lees_instellingen(**vast)


@contextmanager
def open_toepassing(**vast: Any) -> Iterator[Flask]:
    """Application and context; session and connections are closed at the end."""
    app = create_app(lees_met_demo(**vast))
    with app.app_context():
        # Who may run a command on the server may read the database: a command says itself for which gemeente it works.
        zonder_actor(db.session(), "a command of whoever runs the server")
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
