"""The stream of an evening: server-sent events that come from the database alone.

A stream is no use of a login: it ends within a look of it, and keeps none alive that nobody uses any more.

Nothing is kept in memory but how many streams are open, so several processes give the same events and a restart loses
none: a browser that comes back says what it saw last (``Last-Event-ID``) and gets what differs from that.

Between two looks no connection and no transaction is held. A stream takes a thread of the server; so it ends by itself
after a while (the browser comes back at once), and who finds no place asks again and again instead (polling).
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from inspecties.acties.avond import stand_van
from inspecties.acties.models import Actie
from inspecties.acties.voortgang import als_json, lees_voortgang
from inspecties.core.actor import Actor
from inspecties.database import bind_actor, db, select_voor
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.gebruikers.aanmelding import nog_aangemeld
from inspecties.web.poort import klok

SLEUTEL = "avondstroom"
# Set by the server: whether this process is about to stop.
STOPT = "dienst_stopt"


@dataclass
class Stromen:
    """How streams run in this process, and the places that there are.

    ``poos_s``: seconds between two looks; ``duur_s``: after this a stream ends and the browser comes back.
    """

    poos_s: float = 1.0
    duur_s: float = 55.0
    hoogstens: int = 8
    per_gebruiker: int = 3
    wacht: Callable[[float], None] = time.sleep
    _open: Counter[int] = field(default_factory=Counter)
    _slot: threading.Lock = field(default_factory=threading.Lock)

    def neem_plaats(self, gebruiker: int) -> bool:
        """Take a place; False where there is none. Give it back with ``geef_terug``."""
        with self._slot:
            if self._open.total() >= self.hoogstens or self._open[gebruiker] >= self.per_gebruiker:
                return False
            self._open[gebruiker] += 1
            return True

    def geef_terug(self, gebruiker: int) -> None:
        """The stream has ended, however it ended."""
        with self._slot:
            self._open[gebruiker] -= 1
            if self._open[gebruiker] <= 0:
                del self._open[gebruiker]


def stromen(app: Flask) -> Stromen:
    """The streams of this process."""
    gevonden: Stromen = app.extensions.setdefault(SLEUTEL, Stromen())
    return gevonden


class Afgemeld(Exception):
    """The login of who looks is over: ended, too long unused, too old, or of a role that is gone."""


def _kijk(app: Flask, actor: Actor, actie_id: int, gezien: str) -> tuple[str, dict[str, Any] | None] | None:
    """What the actor may see now: its stand, and the progress where that differs from ``gezien``. None: nothing.

    Raises Afgemeld: who logs out, or is shut out, sees nothing more; not even until the stream ends by itself.
    """
    with app.app_context():
        sessie = db.session()
        try:
            bind_actor(sessie, actor)
            sessie.connection(execution_options={ALLEEN_LEZEN: True})
            if not nog_aangemeld(sessie, actor, klok().nu(), app.extensions["instellingen"]):
                raise Afgemeld
            stand = stand_van(sessie, actor, actie_id)
            if stand is None:
                return None
            if stand == gezien:
                return stand, None
            actie = sessie.scalars(select_voor(actor, Actie).where(Actie.id == actie_id)).one()
            return stand, als_json(lees_voortgang(sessie, actor, actie)) | {"stand": stand}
        finally:
            db.session.remove()


def _regels(soort: str, inhoud: dict[str, Any], id_: str) -> str:
    # JSON without line breaks: one data line.
    return f"id: {id_}\nevent: {soort}\ndata: {json.dumps(inhoud, separators=(',', ':'))}\n\n"


def stroom(app: Flask, actor: Actor, actie_id: int, gezien: str) -> Iterator[str]:
    """The events of one connection: ``stand`` with the progress at each change, ``weg`` when there is nothing to see.

    Starts with what changed since ``gezien``. A comment at each look keeps the line open and shows a browser that left.
    """
    opzet = stromen(app)
    stopt: Callable[[], bool] = app.extensions.get(STOPT, lambda: False)
    yield "retry: 1000\n\n"
    for _ in range(max(1, round(opzet.duur_s / opzet.poos_s))):
        try:
            beeld = _kijk(app, actor, actie_id, gezien)
        except Afgemeld:
            yield _regels("weg", {"afgemeld": True}, "")
            return
        if beeld is None:
            yield _regels("weg", {}, "")
            return
        gezien, inhoud = beeld
        yield _regels("stand", inhoud, gezien) if inhoud else ":\n\n"
        if stopt():
            return
        opzet.wacht(opzet.poos_s)
