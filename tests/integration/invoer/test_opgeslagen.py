"""What somebody typed is text wherever it is shown: no markup, no address, no formula (promises 26 and 27)."""

import csv
import io
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain

import openpyxl
from werkzeug.test import TestResponse

from inspecties.core.rechten import Rol, rol_mag
from inspecties.database.basis import db
from inspecties.locaties.uitvoer import SOORTEN as UITVOERSOORTEN
from inspecties.web.poort import toegang_van
from tests.integration.invoer.dragers import is_van_ons, mis_in, tekst_van_pdf
from tests.integration.invoer.gif import vergiftig
from tests.integration.invoer.vijandig import VOLGORDE
from tests.integration.rechten.podium import Podium
from tests.integration.rechten.routes import waarden_voor

NIET = {"gebruikers.afmelden"}
# The same route, for another answer.
OOK_ZO = {"controles.bewijsstuk": ("?origineel=1",)}
ELKE_ROL = os.environ.get("INVOER_ELKE") == "1"
# Tries to be a tag, an attribute between either quote, a script, a template, a link in a document and a line of its own
# in a header or a calendar, in the length of a short name.
SCRIPT = '\'"><u6x onload=u6x()>{{7*7}}</script>#link("u6x:")\r\nU6X:1'
GEEN_ADRES = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)
# Pictures of our own that stand in the page itself.
EIGEN_DATA = re.compile(r"data:image/(png|jpeg|svg\+xml)[;,]")
FORMULE = "=1+1\"'&x"
GETAL = re.compile(r"[+-]?\d+([.,]\d+)?\Z")


class _Lezer(HTMLParser):
    """What a browser would make of a page, besides text."""

    def __init__(self) -> None:
        super().__init__()
        self.mis: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        namen = dict(attrs)
        self._script = tag == "script" and "json" not in (namen.get("type") or "")
        if tag == "u6x":
            self.mis.append("is een element geworden")
        for naam, waarde in attrs:
            if "u6x" in naam or naam.startswith("on") or naam in {"style", "srcdoc"}:
                self.mis.append(f"attribuut {naam} op {tag}")
            eigen = tag == "img" and EIGEN_DATA.match(waarde or "")
            if naam in {"href", "src", "action", "formaction", "data"} and GEEN_ADRES.match(waarde or "") and not eigen:
                self.mis.append(f"{naam}={waarde}")
            if naam in {"href", "src", "action"} and (waarde or "").startswith("'\""):
                self.mis.append(f"{naam} is wat iemand typte")

    def handle_data(self, data: str) -> None:
        if self._script and "u6x" in data:
            self.mis.append("staat in een script")
        if "u6x()>49" in data:
            self.mis.append("is uitgerekend")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = False


def alles(podium: Podium) -> Iterator[tuple[str, TestResponse]]:
    """The answer of every route that can be read, by the first role that may; in ``make soak`` by every role."""
    gehad: set[str] = set()
    for rol in VOLGORDE:
        client = podium.wereld.client(rol)
        for regel in sorted(podium.app.url_map.iter_rules(), key=lambda r: r.rule):
            toegang = toegang_van(podium.app, regel.endpoint)
            if "GET" not in (regel.methods or ()) or regel.endpoint in NIET | gehad or toegang is None:
                continue
            if toegang.recht is None or not rol_mag(rol, toegang.recht):
                continue
            gehad |= set() if ELKE_ROL else {regel.endpoint}
            pad = podium.app.url_map.bind("localhost").build(
                regel.endpoint, waarden_voor(regel, podium.eigen, rol), force_external=False
            )
            db.session.rollback()
            for vraag in ("", *OOK_ZO.get(regel.endpoint, ())):
                with client.get(pad + vraag) as antwoord:
                    yield f"{rol} {regel.rule}{vraag}", antwoord


def uitvoer(podium: Podium) -> Iterator[tuple[str, TestResponse]]:
    """What a coordinator takes along as a table, in every kind and format."""
    client = podium.wereld.client(Rol.COORDINATOR)
    for soort in UITVOERSOORTEN:
        for formaat in ("csv", "xlsx"):
            with client.get(f"/locaties/export?soort={soort}&formaat={formaat}") as antwoord:
                assert antwoord.status_code == 200
                yield f"{soort}.{formaat}", antwoord


def test_geen_opgeslagen_script(podium: Podium) -> None:
    assert len(vergiftig(podium, SCRIPT)) > 80
    mis, gezien, in_pdf = [], 0, 0
    for wie, antwoord in alles(podium):
        if antwoord.status_code >= 500:
            mis.append(f"{wie}: {antwoord.status_code}")
        if "U6X" in antwoord.headers:
            mis.append(f"{wie}: een kop erbij")
        mis += [f"{wie}: {wat}" for wat in mis_in(antwoord)]
        if antwoord.mimetype == "application/pdf" and is_van_ons(antwoord.get_data()):
            # As it was typed: the program that makes the document saw text.
            in_pdf += '#link("u6x:")' in tekst_van_pdf(antwoord.get_data())
        if antwoord.mimetype == "text/html":
            tekst = antwoord.get_data(as_text=True)
            gezien += "u6x" in tekst
            lezer = _Lezer()
            lezer.feed(tekst)
            mis += [f"{wie}: {wat}" for wat in sorted(set(lezer.mis))]
    assert not mis, "\n".join(mis)
    # Otherwise the text stood nowhere to be seen.
    assert gezien > 30
    assert in_pdf > 2


def test_geen_uitvoer_wordt_uitgerekend(podium: Podium) -> None:
    vergiftig(podium, FORMULE)
    mis, gezien = [], 0
    for wie, antwoord in chain(alles(podium), uitvoer(podium)):
        if antwoord.mimetype == "text/csv":
            tekst = antwoord.get_data().decode("utf-8-sig")
            cellen = [
                cel for rij in csv.reader(io.StringIO(tekst), delimiter=";" if ";" in tekst else ",") for cel in rij
            ]
            mis += [f"{wie}: {cel!r}" for cel in cellen if cel[:1] in tuple("=+-@\t\r") and not GETAL.match(cel)]
            # The value can be had back: one apostrophe before it, and nothing else is changed.
            gezien += f"'{FORMULE}" in cellen
        elif "spreadsheet" in antwoord.mimetype:
            boek = openpyxl.load_workbook(io.BytesIO(antwoord.get_data()))
            cellen = [cel for blad in boek.worksheets for rij in blad.iter_rows() for cel in rij]
            mis += [f"{wie}: {cel.coordinate} {cel.value!r}" for cel in cellen if cel.data_type == "f"]
            gezien += any(cel.value == FORMULE for cel in cellen)
    assert not mis, "\n".join(mis)
    assert gezien > 2, f"{gezien} bestanden met de tekst"
