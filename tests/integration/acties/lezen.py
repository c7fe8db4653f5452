"""Read and send pages as a user does."""

from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from inspecties.acties.models import Actie
from inspecties.acties.operations_toestand import naar
from inspecties.database import db
from tests.integration.acties.conftest import Buurt
from tests.wereld import csrf


class _Tekst(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.delen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.delen.append(data)


def tekst(antwoord: TestResponse) -> str:
    """What a reader sees, with single spaces."""
    lezer = _Tekst()
    lezer.feed(antwoord.text)
    return " ".join(" ".join(lezer.delen).split())


def post(client: FlaskClient, url: str, gegevens: dict[str, object], versie: int | None = None) -> TestResponse:
    inhoud = {"csrf_token": csrf(client)} | gegevens
    if versie is not None:
        inhoud["versie"] = str(versie)
    return client.post(url, data=inhoud, follow_redirects=True)


def gereed(buurt: Buurt, stops: int = 2) -> Actie:
    actie = buurt.actie(stops)
    naar(db.session(), buurt.planner, buurt.wereld.nu, actie, "gereed")
    db.session.commit()
    return actie
