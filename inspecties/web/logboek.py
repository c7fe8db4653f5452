"""Structured logs on stderr, one JSON object a line, without personal data.

Logged of a request: method, route (with placeholders, never the values), status, duration, the role. Never: names,
addresses, ids of people, query strings, bodies.
"""

import io
import logging
import sys
import time
from contextlib import suppress
from typing import TextIO, cast

import structlog
from flask import Flask, Response, g, request
from flask_login import current_user


class _Stderr(io.TextIOBase):
    """Whatever stderr is when a line is written: a command that runs inside another has its own for a while.

    A line that can not be written (the disk of the log is full) is lost; the request that it is about is not.
    """

    def write(self, tekst: str) -> int:
        with suppress(OSError):
            sys.stderr.write(tekst)
        return len(tekst)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()


def stel_logboek_in(niveau: str) -> None:
    """Configure structlog once for the process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping().get(niveau, logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Stderr())),
    )


def log_verzoeken(app: Flask) -> None:
    """Log one line per request."""
    log = structlog.get_logger()

    @app.before_request
    def begin() -> None:
        g.begin = time.monotonic()

    @app.after_request
    def einde(antwoord: Response) -> Response:
        if request.endpoint != "static":
            log.info(
                "verzoek",
                methode=request.method,
                route=request.url_rule.rule if request.url_rule else "",
                status=antwoord.status_code,
                ms=round((time.monotonic() - g.get("begin", time.monotonic())) * 1000),
                rol=current_user.actor.rol.value if current_user.is_authenticated else "",
            )
        return antwoord
