"""A visit with a checklist that has everything a paper form can ask, and a browser without JavaScript in Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from inspecties.checklists.models import Checklist, Checklistversie
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.veldwereld import Actieset, Tablet, haal_pak, maak_actie, tablet
from tests.wereld import Wereld

FORMULIER = (Path(__file__).parent / "formulier.csv").read_text(encoding="utf-8")


class _Velden(HTMLParser):
    """What a browser would send of the first form with a field ``was`` or ``kenmerk``, and the texts of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.velden: list[tuple[str, str]] = []
        self.knoppen: list[tuple[str, str, str]] = []
        self.fouten: list[str] = []
        self._in: list[str] = []
        self._gebied = ""
        self._keuze = ""
        self._knop: list[str] = []
        self._hoofd = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "main":
            self._hoofd = True
        if not self._hoofd:
            return
        naam = a.get("name", "")
        if tag == "input" and naam:
            soort = a.get("type", "text")
            if soort not in {"radio", "checkbox", "file"} or "checked" in dict(attrs):
                self.velden.append((naam, a.get("value", "")))
        elif tag == "textarea":
            self._gebied, self._in = naam, []
        elif tag == "select":
            self._keuze = naam
        elif tag == "option" and "selected" in dict(attrs) and self._keuze:
            self.velden.append((self._keuze, a.get("value", "")))
        elif tag == "button":
            self._knop, self._in = [naam, a.get("value", "")], []
        elif tag == "p" and "veld__fout" in a.get("class", ""):
            self._knop, self._in = ["!", ""], []

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._gebied:
            self.velden.append((self._gebied, "".join(self._in).replace("\n", "\r\n")))
            self._gebied = ""
        elif tag == "select":
            self._keuze = ""
        elif tag == "button" and self._knop:
            self.knoppen.append((self._knop[0], self._knop[1], "".join(self._in).strip()))
            self._knop = []
        elif tag == "p" and self._knop[:1] == ["!"]:
            self.fouten.append("".join(self._in).strip())
            self._knop = []
        elif tag == "main":
            self._hoofd = False

    def handle_data(self, data: str) -> None:
        self._in.append(data)


@dataclass
class Scherm:
    """A browser without JavaScript on the pages of one visit."""

    client: FlaskClient
    bezoek: str
    pad: str = ""
    html: str = ""
    status: int = 0
    velden: MultiDict[str, Any] = field(default_factory=MultiDict)
    knoppen: list[tuple[str, str, str]] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)

    def _neem(self, antwoord: TestResponse) -> "Scherm":
        while antwoord.status_code in {301, 302, 303}:
            self.pad = antwoord.headers["Location"]
            antwoord = self.client.get(self.pad)
        self.status, self.html = antwoord.status_code, antwoord.get_data(as_text=True)
        lezer = _Velden()
        lezer.feed(self.html)
        self.velden, self.knoppen, self.fouten = MultiDict(lezer.velden), lezer.knoppen, lezer.fouten
        return self

    def open(self, pad: str) -> "Scherm":
        self.pad = pad
        return self._neem(self.client.get(pad))

    def naar(self, deel: int | str) -> "Scherm":
        """Open another part of the same paper."""
        return self.open(f"{self.pad.partition('?')[0].rpartition('/')[0]}/{deel}")

    def stuur(self, knop: str = "", **velden: Any) -> "Scherm":
        """Send the form of this page with these fields filled in; ``knop``: the text of the button."""
        return self._neem(self.client.post(self.pad, data=self.gegevens(knop, velden)))

    def gegevens(self, knop: str, velden: Mapping[str, Any]) -> MultiDict[str, Any]:
        """What would be sent. A key ``v__naam`` means the field ``v.naam``; a list is several values."""
        uit: MultiDict[str, Any] = self.velden.copy()
        for naam, waarde in velden.items():
            uit.setlist(naam.replace("__", ".", 1), waarde if isinstance(waarde, list) else [waarde])
        if knop:
            uit.add(*next((n, w) for n, w, tekst in self.knoppen if tekst.startswith(knop)))
        return uit

    def blok(self) -> str:
        """The instance that this page is about."""
        return self.pad.partition("blok=")[2].partition("&")[0]

    def begin(self, **velden: Any) -> "Scherm":
        """Begin with a paper."""
        self.open(f"/bezoeken/{self.bezoek}/papier")
        gegevens = {"ingevuld_door": "J. Boa en K. Politie", "datum": "2026-11-21", "tijd": "17:30"} | velden
        return self.stuur(**gegevens)


@pytest.fixture
def actie(app: Flask, wereld: Wereld) -> Actieset:
    app.config["FOUTEN_DOORGEVEN"] = True
    set_ = maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR, Rol.PARTNER))
    gid = wereld.een.gemeente.id
    definitie = lees_formulier("pand.csv", FORMULIER.encode(), {}).definitie
    lijst = db.session.scalars(select(Checklist).where(Checklist.gemeente_id == gid)).one()
    db.session.add(
        Checklistversie(
            gemeente_id=gid,
            checklist_id=lijst.id,
            hash=definitie["hash"],
            versie="9.1",
            bron_csv=FORMULIER,
            definitie=definitie,
            status="gepubliceerd",
            geldig_vanaf=wereld.nu.date(),
            aangemaakt_op=wereld.nu,
        )
    )
    db.session.commit()
    return set_


@pytest.fixture
def boa(wereld: Wereld, actie: Actieset) -> Tablet:
    tab = tablet(wereld, Rol.INSPECTEUR)
    haal_pak(tab)
    return tab


@pytest.fixture
def bezoek(boa: Tablet) -> str:
    """The visit of the first stop."""
    return next(iter(boa.revs))


@pytest.fixture
def ander_bezoek(boa: Tablet) -> str:
    """The visit of the second stop, with the same questions."""
    return list(boa.revs)[1]


@pytest.fixture
def scherm(wereld: Wereld, bezoek: str) -> Scherm:
    """The coordinator at the office, with the visit of the first stop."""
    return Scherm(wereld.client(Rol.COORDINATOR), bezoek)


def bevindingen(bezoek: str) -> list[tuple[str, str, list[tuple[str, Any, str]], list[tuple[str, str]]]]:
    """What a visit leads to, without what differs between devices."""
    db.session.rollback()
    rijen = db.session.scalars(
        select(Bevinding)
        .join(Bezoek)
        .where(Bezoek.uid == UUID(bezoek), Bevinding.vervallen_op.is_(None))
        .order_by(Bevinding.gevolg)
    )
    return [
        (
            b.gevolg,
            b.grondslag,
            [(d["vraag"], d["waarde"], d["noot"]) for d in b.dragers],
            [(o["vraag"], o["bewijs"]) for o in b.ontbreekt],
        )
        for b in rijen
    ]
