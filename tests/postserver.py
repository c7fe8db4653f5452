"""A real mail server for tests: aiosmtpd on this machine. It keeps what it gets and refuses what it must refuse."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller


def vrije_poort() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as deur:
        deur.bind(("127.0.0.1", 0))
        return int(deur.getsockname()[1])


@dataclass
class Postserver:
    """What came in, and what to answer to the next mails (recipient -> reply line)."""

    poort: int
    mails: list[EmailMessage] = field(default_factory=list)
    weiger: dict[str, str] = field(default_factory=dict)
    aangekomen: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.poort}?tls=geen"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, adres: str, opties: list[str]) -> str:
        if adres in self.weiger:
            return self.weiger[adres]
        envelope.rcpt_tos.append(adres)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.aangekomen.set()
        return "250 OK"


@contextmanager
def postserver() -> Iterator[Postserver]:
    """A mail server as long as this lasts."""
    server = Postserver(vrije_poort())
    controller = Controller(server, hostname="127.0.0.1", port=server.poort)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
