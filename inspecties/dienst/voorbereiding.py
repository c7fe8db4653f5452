"""What happens before the server takes requests: the database brought up to date, and the demo loaded once."""

import secrets
from multiprocessing import get_context
from multiprocessing.connection import Connection

from flask import Flask
from flask_migrate import upgrade

from inspecties.core.fouten import InspectiesFout
from inspecties.instellingen import Instellingen


class VoorbereidingMislukt(Exception):
    """The database could not be brought up to date; what went wrong was printed."""


def bereid_voor(app: Flask) -> str:
    """Migrate, load the demo where asked; the password of the demo accounts, or ''.

    In a process of its own: the server forks its workers later, and a library that had started threads here (typst
    does, when the demo makes its dossiers) would wait for them forever in a worker. Forked, not spawned: what is
    imported already need not be so again, which halves a second start.
    """
    ander = get_context("fork")
    ontvanger, zender = ander.Pipe(duplex=False)
    proces = ander.Process(target=_werk, args=(app, zender))
    proces.start()
    zender.close()
    try:
        uitkomst: str | InspectiesFout = ontvanger.recv()
    except EOFError:
        raise VoorbereidingMislukt from None
    finally:
        proces.join()
    if isinstance(uitkomst, InspectiesFout):
        raise uitkomst
    return uitkomst


def _werk(app: Flask, zender: Connection) -> None:
    try:
        zender.send(_bereid_voor(app))
    except InspectiesFout as fout:
        zender.send(fout)


def _bereid_voor(app: Flask) -> str:
    inst: Instellingen = app.extensions["instellingen"]
    with app.app_context():
        upgrade()
        if not inst.demo:
            return ""
        from inspecties.demo.laden import laad_demo  # noqa: PLC0415 - a server without a demo does not need it

        return laad_demo(app, inst.demo_wachtwoord or "-".join(secrets.token_hex(2) for _ in range(4)))
