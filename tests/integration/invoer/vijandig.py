"""Every field of every form and every parameter of every link, with what nobody should send."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes
from zlib import crc32

from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from inspecties.core.rechten import MENSEN, Rol, rol_mag
from inspecties.database.basis import db
from inspecties.web.poort import toegang_van
from tests.integration.rechten.lichamen import Formulier, _endpoint, formulieren
from tests.integration.rechten.podium import Podium
from tests.integration.rechten.routes import waarden_voor
from tests.wereld import csrf

# Bytes, because a browser never sends some of these.
WAARDEN: tuple[bytes, ...] = (
    b"a\0b",
    b"\xed\xa0\x80 half een paar",
    b"\xff\xfe geen UTF-8 \xc3",
    "\u202egespiegeld\u202c \u200b\ufeff".encode(),
    b"x" * 20_000,
    b"9" * 60,
    b"-1",
    b"9223372036854775808",
    b"1e999",
    b"NaN",
    b"0",
    "\u0663\u00b2\u216b".encode(),
    b"0000-00-00",
    b"0001-01-01",
    b"9999-12-31",
    b"2026-02-31",
    b"9999-12-31T23:59",
    b"25:61",
    b"[]",
    b'{"a": [[[[1]]]]}',
    b"[" * 5000,
    b"../../../../etc/passwd",
    b"'; DROP TABLE gebruiker; --",
    b"%00%0d%0aX-Kop: 1",
    b"\r\nX-Kop: ja\r\n\r\n<b>",
    b"<script>alert(1)</script>{{7*7}}${7*7}#set",
    b"=1+1|cmd",
    b"00000000-0000-0000-0000-000000000000",
    b"javascript:alert(1)",
    b"//kwaad.example/\\",
    b"",
    b"   \t\n ",
)
# What may be kept of a request that was refused: that somebody tried, and that they were here.
BLIJFT = {"Auditregel", "Auditkop", "Sessie"}
# Would end the login with which all is tried.
NIET = {"gebruikers.afmelden", "gebruikers.sessies_beeindigen"}
# First who sees most.
VOLGORDE = (Rol.COORDINATOR, Rol.JURIST, Rol.BEHEERDER, Rol.AANDACHTSFUNCTIONARIS, *sorted(MENSEN))


@dataclass
class Bewaard:
    """What requests committed, by the name of the class; looked at after each."""

    klaar: set[str] = field(default_factory=set)

    def luister(self) -> Callable[[], None]:
        """Begin; the answer ends it."""

        def geschreven(sessie: Session, _context: Any) -> None:
            namen = {type(o).__name__ for o in (*sessie.new, *sessie.deleted)}
            namen |= {type(o).__name__ for o in sessie.dirty if sessie.is_modified(o)}
            sessie.info.setdefault("geschreven", set()).update(namen)

        def klaar(sessie: Session) -> None:
            self.klaar |= sessie.info.pop("geschreven", set())

        def terug(sessie: Session) -> None:
            sessie.info.pop("geschreven", None)

        paren = (("after_flush", geschreven), ("after_commit", klaar), ("after_rollback", terug))
        for naam, doe in paren:
            event.listen(Session, naam, doe)

        def houd_op() -> None:
            for naam, doe in paren:
                event.remove(Session, naam, doe)

        return houd_op


def bladzijden(podium: Podium) -> Iterator[tuple[FlaskClient, str, list[Formulier]]]:
    """Each page once, by the first role that may open it: the client, its token and what can be sent from it."""
    gehad: set[str] = set()
    for rol in VOLGORDE:
        client = podium.wereld.client(rol)
        token = csrf(client)
        for regel in sorted(podium.app.url_map.iter_rules(), key=lambda r: r.rule):
            toegang = toegang_van(podium.app, regel.endpoint)
            if "GET" not in (regel.methods or ()) or regel.endpoint in gehad | NIET or toegang is None:
                continue
            if toegang.recht is None or not rol_mag(rol, toegang.recht):
                continue
            gehad.add(regel.endpoint)
            pad = podium.app.url_map.bind("localhost").build(
                regel.endpoint, waarden_voor(regel, podium.eigen, rol), force_external=False
            )
            db.session.rollback()
            with client.get(pad) as antwoord:
                if antwoord.mimetype == "text/html":
                    yield client, token, formulieren(pad, antwoord.get_data(as_text=True))


def pogingen(podium: Podium, aantal: int, elke: int) -> Iterator[tuple[FlaskClient, str, Formulier, str, bytes]]:
    """One in ``elke`` fields of all forms with ``aantal`` of the values; which ones differs per field."""
    gehad: set[tuple[str, ...]] = set()
    for client, token, gevonden in list(bladzijden(podium)):
        for form in gevonden:
            endpoint = _endpoint(podium, form.pad, form.methode)
            if endpoint in NIET:
                continue
            for naam in sorted(set(form.velden) - {"csrf_token"}):
                # Rows that are repeated ("persoon-3-naam") are one field.
                soort = "".join("#" if teken.isdigit() else teken for teken in naam)
                if (endpoint, form.methode, soort) in gehad:
                    continue
                gehad.add((endpoint, form.methode, soort))
                begin = crc32(f"{endpoint} {soort}".encode())
                if begin % elke:
                    continue
                begin //= elke
                for nummer in range(aantal):
                    yield client, token, form, naam, WAARDEN[(begin + nummer) % len(WAARDEN)]


def stuur(client: FlaskClient, token: str, form: Formulier, naam: str, waarde: bytes) -> Any:
    """Send the form with one field spoilt, and that field twice: lists too."""
    velden = [(n, w.encode()) for n, w in form.velden.items() if n not in {naam, "csrf_token"}]
    velden += [(naam, waarde), (naam, waarde)]
    if form.methode != "GET":
        velden.append(("csrf_token", token.encode()))
    lijf = "&".join(f"{quote_from_bytes(n.encode())}={quote_from_bytes(w)}" for n, w in velden)
    db.session.rollback()
    if form.methode == "GET":
        return client.get(form.pad, query_string=lijf)
    return client.post(form.pad, data=lijf, content_type="application/x-www-form-urlencoded")
