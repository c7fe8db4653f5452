"""Objects of the other gemeente in what is sent: every field of every form that names an object, found in the pages."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from inspecties.core.ids import lees_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db, metadata
from tests.integration.rechten.podium import Podium


@dataclass
class Formulier:
    """A form as a browser would send it, and the values that its fields can take."""

    pad: str
    methode: str
    velden: dict[str, str] = field(default_factory=dict)
    keuzes: dict[str, set[str]] = field(default_factory=dict)

    def zet(self, naam: str, waarde: str, *, gekozen: bool) -> None:
        """A value that this field can have; ``gekozen``: it has it when nobody touches the form."""
        self.keuzes.setdefault(naam, set()).add(waarde)
        if gekozen or naam not in self.velden:
            self.velden[naam] = waarde


class _Lezer(HTMLParser):
    """Forms, and links with a query: those name objects too."""

    def __init__(self, pad: str) -> None:
        super().__init__()
        self.pad, self.gevonden = pad, []
        self._form: Formulier | None = None
        self._select = ""

    gevonden: list[Formulier]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "form":
            pad = urlsplit(a.get("action") or self.pad).path or self.pad
            self._form = Formulier(pad, a.get("method", "get").upper())
            self.gevonden.append(self._form)
        elif tag == "a" and "?" in a.get("href", "") and a["href"].startswith("/"):
            delen = urlsplit(a["href"])
            link = Formulier(delen.path, "GET")
            for naam, waarde in parse_qsl(delen.query):
                link.zet(naam, waarde, gekozen=True)
            self.gevonden.append(link)
        elif self._form is None:
            return
        elif tag in {"input", "button"} and a.get("name"):
            self._form.zet(
                a["name"], a.get("value", ""), gekozen=a.get("type") not in {"radio", "checkbox"} or "checked" in a
            )
        elif tag == "textarea" and a.get("name"):
            self._form.zet(a["name"], "Een tekst.", gekozen=True)
        elif tag == "select":
            self._select = a.get("name", "")
        elif tag == "option" and self._select:
            self._form.zet(self._select, a.get("value", ""), gekozen="selected" in a)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


@dataclass
class Objecten:
    """Every public id of both gemeenten, by table."""

    eigen: dict[UUID, str]
    vreemd: dict[str, list[UUID]]


def objecten(podium: Podium) -> Objecten:
    """Read them once, before anything is sent."""
    db.session.rollback()
    uit = Objecten({}, {})
    een = podium.wereld.een.actoren[Rol.BEHEERDER].gemeente_id
    for tabel in metadata.sorted_tables:
        if "gemeente_id" in tabel.c and "uid" in tabel.c:
            for uid, gemeente_id in db.session.execute(select(tabel.c.uid, tabel.c.gemeente_id).order_by(tabel.c.id)):
                if gemeente_id == een:
                    uit.eigen[uid] = tabel.name
                else:
                    uit.vreemd.setdefault(tabel.name, []).append(uid)
    hier, daar = ([UUID(a.gebruiker_uid) for a in k.actoren.values()] for k in (podium.wereld.een, podium.wereld.twee))
    uit.eigen |= dict.fromkeys(hier, "gebruiker")
    uit.vreemd["gebruiker"] = daar
    db.session.rollback()
    return uit


def formulieren(pad: str, html: str) -> list[Formulier]:
    """What can be sent from this page."""
    lezer = _Lezer(pad)
    lezer.feed(html)
    return lezer.gevonden


def _endpoint(podium: Podium, pad: str, methode: str) -> str:
    try:
        return str(podium.app.url_map.bind("localhost").match(pad, method=methode)[0])
    except (HTTPException, RoutingException) as fout:
        return type(fout).__name__


def probeer(
    podium: Podium,
    client: FlaskClient,
    token: str,
    gevonden: list[Formulier],
    namen: Objecten,
    gehad: set[tuple[str, ...]],
) -> list[str]:
    """Send each form with, in one field, an object of the other gemeente; what did not refuse it."""
    mis = []
    for form in gevonden:
        endpoint = _endpoint(podium, form.pad, form.methode)
        for naam, waarden in form.keuzes.items():
            soorten = {namen.eigen[uid] for w in waarden if (uid := lees_id(w)) is not None and uid in namen.eigen}
            for soort in sorted(soorten):
                if (endpoint, form.methode, naam, soort) in gehad or soort not in namen.vreemd:
                    continue
                uid = str(namen.vreemd[soort][0])
                gegevens: dict[str, Any] = form.velden | {naam: uid}
                status, tekst = _stuur(client, form, gegevens, token)
                if status != 403:
                    # Who may not do it at all proves nothing: another role still has to try.
                    gehad.add((endpoint, form.methode, naam, soort))
                geweigerd = status in {400, 403, 404, 409, 422}
                if not geweigerd and not (form.methode == "GET" and status == 200 and tekst.count("Houtribdijk") == 0):
                    mis.append(f"{form.methode} {endpoint} {naam}={soort}: {status}")
    return mis


def _stuur(client: FlaskClient, form: Formulier, gegevens: dict[str, Any], token: str) -> tuple[int, str]:
    if form.methode == "GET":
        antwoord = client.get(form.pad, query_string=gegevens)
    else:
        antwoord = client.post(form.pad, data=gegevens | {"csrf_token": token})
    with antwoord:
        leesbaar = antwoord.mimetype.startswith("text/") or antwoord.mimetype.endswith("json")
        return antwoord.status_code, antwoord.get_data(as_text=True) if leesbaar else ""
