"""The production server: gunicorn with threads, run from within the command."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from inspecties.acties.avond_stroom import STOPT
from inspecties.dienst.auditkoppen import begin_koppenschrijver
from inspecties.dienst.werker import GeduldigeWerker
from inspecties.post.achtergrond import begin_achtergrond

# Threads that answer. Eight may be streams that stand open (acties.avond_stroom); the others are for pages and tablets.
DRADEN = 24


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn around an application that exists already."""

    def __init__(self, app: Flask, opties: dict[str, Any]) -> None:
        self.app = app
        self.opties = opties
        super().__init__()

    def load_config(self) -> None:
        for naam, waarde in self.opties.items():
            self.cfg.set(naam, waarde)

    def load(self) -> Flask:
        return self.app


def _begin_werker(app: Flask, werker: Any) -> None:
    # In the worker: a thread does not survive a fork.
    begin_achtergrond(app)
    begin_koppenschrijver(app)
    # Streams end as soon as their process has to stop, so that stopping does not wait for them.
    app.extensions[STOPT] = lambda: not werker.alive


def draai(app: Flask, adres: str, poort: int, werkers: int) -> None:
    """Serve until stopped. SQLite has one writer: one process with threads is the fastest there is for it."""
    Server(
        app,
        {
            "bind": [f"{adres}:{poort}"],
            "workers": werkers,
            "worker_class": GeduldigeWerker,
            "threads": DRADEN,
            "timeout": 120,
            "graceful_timeout": 20,
            "keepalive": 5,
            "accesslog": None,
            "loglevel": "warning",
            "limit_request_line": 8190,
            "limit_request_fields": 60,
            "limit_request_field_size": 8190,
            "post_worker_init": lambda werker: _begin_werker(app, werker),
            "worker_tmp_dir": "/dev/shm",  # noqa: S108 - gunicorn's heartbeat file, no data
        },
    ).run()
