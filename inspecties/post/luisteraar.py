"""Taking in mail by SMTP on this machine: the mail server of the gemeente hands on what comes for the reply address."""

import asyncio
from typing import Any

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.post.inname import OMVANG_HOOGSTENS, Uitkomst, verwerker_van

WACHT_S = 60
_log = structlog.get_logger("inspecties.post")


def neem_in(app: Flask, mail: bytes) -> Uitkomst:
    """Place one mail, in a transaction of its own."""
    bos: Sleutelbos = app.extensions["sleutelbos"]
    with app.app_context():
        sessie = db.session()
        zonder_actor(sessie, "the mail's own secret says which gemeente it answers to")
        try:
            uitkomst = verwerker_van(app)(sessie, app.extensions["klok"].nu(), bos, mail)
            sessie.commit()
        finally:
            db.session.remove()
    return uitkomst


class _Ontvangst:
    """What aiosmtpd calls. It answers only when the mail is durable, or says to come back later."""

    def __init__(self, app: Flask, adres: str) -> None:
        self._app, self._adres = app, adres.lower()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        del server, session, rcpt_options
        if self._adres and address.strip().lower() != self._adres:
            return "550 5.1.1 Dit adres neemt geen mail aan"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del server, session
        inhoud = envelope.content
        ruw = inhoud if isinstance(inhoud, bytes) else (inhoud or "").encode()
        try:
            uitkomst = await asyncio.to_thread(neem_in, self._app, ruw)
        except SQLAlchemyError:
            _log.exception("ingekomen mail is niet bewaard")
            return "451 4.3.0 Nu niet te verwerken, probeer het later opnieuw"
        if uitkomst.genomen:
            return "250 2.0.0 Ontvangen"
        return f"550 5.7.1 {uitkomst.zin}"


class _Controller(Controller):
    def factory(self) -> Any:
        # No login and no TLS: it listens on this machine only.
        return SMTP(self.handler, data_size_limit=OMVANG_HOOGSTENS, timeout=WACHT_S, enable_SMTPUTF8=True)


def luister(app: Flask, poort: int, host: str = "127.0.0.1") -> Controller:
    """Start listening on the machine itself. The caller stops it. Raises OSError where the port is taken."""
    controller = _Controller(_Ontvangst(app, app.extensions["instellingen"].post_antwoord), hostname=host, port=poort)
    controller.start()
    return controller
