"""Sending in the background of a running service: a thread in every server process, of which one at a time sends."""

from threading import Event, Thread
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from inspecties.core.mailserver import lees_smtp_url
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.post.samenstellen import Briefhoofd
from inspecties.post.versturen import Ronde, verstuur_wachtende

_log = structlog.get_logger("inspecties.post")


def briefhoofd(app: Flask) -> Briefhoofd:
    """From the settings."""
    inst = app.extensions["instellingen"]
    return Briefhoofd(inst.post_afzender, inst.post_antwoord, inst.basisadres, app.extensions["sleutelbos"])


def verstuur_nu(app: Flask) -> Ronde:
    """One round, within an application context. The settings must hold a mail server."""
    inst = app.extensions["instellingen"]
    zonder_actor(db.session(), "mail waits in every gemeente, and the mail server is one")
    try:
        return verstuur_wachtende(
            db.session(), app.extensions["klok"].nu, briefhoofd(app), lees_smtp_url(inst.smtp_url)
        )
    finally:
        db.session.remove()


class Achtergrond:
    """The thread; it dies with the process, and what it was sending is taken up again by the next."""

    def __init__(self, app: Flask, elke_s: float) -> None:
        self._app, self._elke_s, self._stop = app, elke_s, Event()
        self._draad = Thread(target=self._draai, name="post", daemon=True)

    def begin(self) -> None:
        self._draad.start()

    def stop(self) -> None:
        """Finish the mail in hand and end."""
        self._stop.set()
        self._draad.join(timeout=60)

    def _draai(self) -> None:
        while not self._stop.is_set():
            try:
                with self._app.app_context():
                    verstuur_nu(self._app)
            except SQLAlchemyError:
                # A busy or restarting database: the mail is still there the next time.
                _log.exception("mail versturen lukte niet")
            self._stop.wait(self._elke_s)


def begin_achtergrond(app: Flask) -> Achtergrond | None:
    """Start sending where a mail server is set."""
    inst: Any = app.extensions["instellingen"]
    if not inst.smtp_url:
        return None
    achtergrond = Achtergrond(app, inst.post_elke_s)
    achtergrond.begin()
    return achtergrond
