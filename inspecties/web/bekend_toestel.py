"""Browsers in which somebody logged in before: what strangers try on an account does not slow its owner down there.

A signed cookie with a random number of the browser and keyed hashes of the accounts, so that it tells nothing to who
reads it. It opens nothing: it only says that this browser's attempts are counted apart from everybody else's.
"""

import secrets
from datetime import timedelta
from typing import Any

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from inspecties.web.geheimen import geheimen
from inspecties.web.kop import koekje
from inspecties.web.poort import sleutelbos

_KOEKJE = "inspecties_toestel"
DUUR = timedelta(days=180)
# A tablet of a team.
HOOGSTENS = 8


def _naam() -> str:
    return koekje(_KOEKJE, https=str(current_app.config["SESSION_COOKIE_NAME"]).startswith("__Host-"))


def _schrijver() -> URLSafeSerializer:
    return URLSafeSerializer(geheimen(), salt="bekend-toestel")


def _kenmerk(email: str) -> str:
    return sleutelbos().wis_af("bekend-toestel", email.strip().lower()[:254])[:20]


def _lees() -> tuple[str, list[str]]:
    try:
        inhoud: Any = _schrijver().loads(request.cookies.get(_naam(), ""))
        return str(inhoud["n"]), [str(k) for k in inhoud["k"]]
    except (BadSignature, KeyError, TypeError):
        return "", []


def toestel_van(email: str) -> str:
    """The number of this browser when this account logged in with it before, else ''."""
    nummer, kenmerken = _lees()
    return nummer if nummer and _kenmerk(email) in kenmerken else ""


def onthoud(antwoord: Response, email: str) -> None:
    """This account logged in with this browser."""
    nummer, kenmerken = _lees()
    eigen = _kenmerk(email)
    inhoud = {"n": nummer or secrets.token_urlsafe(16), "k": [eigen, *(k for k in kenmerken if k != eigen)][:HOOGSTENS]}
    waarde = _schrijver().dumps(inhoud)
    antwoord.set_cookie(
        _naam(),
        waarde if isinstance(waarde, str) else waarde.decode("ascii"),
        max_age=DUUR,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
        path="/",
    )
