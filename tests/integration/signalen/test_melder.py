"""Who reported is readable in one place, by one role, with a purpose; and nowhere else at all."""

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect, select, text
from werkzeug.test import TestResponse

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import MENSEN, Rol, rol_mag
from inspecties.database.basis import db
from inspecties.signalen.models_melder import Betrokkene, Melder
from tests.integration.rechten.routes import RECHT_VAN, waarden_voor
from tests.integration.rechten.toneel import Toneel, bouw
from tests.integration.signalen.test_signalen import laatste, meld, tekst
from tests.wereld import Wereld, csrf

NAAM, NUMMER, ROL = "Kanariemelder van Zwaan", "06-55501234", "Kanarieschoonmaker"
SLACHTOFFER = "Kanarieslachtoffer Duif"


def meld_met_kanarie(client: FlaskClient) -> None:
    antwoord = meld(
        client,
        bron="inwoner",
        melder_naam=NAAM,
        melder_contact=NUMMER,
        melder_hoedanigheid=ROL,
        betrokkenen=SLACHTOFFER,
        bewaar_naam="y",
        terugkoppeling="y",
    )
    assert antwoord.status_code == 302


def post(client: FlaskClient, pad: str, **velden: str) -> Any:
    return client.post(pad, data=velden | {"csrf_token": csrf(client)})


def test_alleen_de_aandachtsfunctionaris_met_een_reden(wereld: Wereld) -> None:
    meld_met_kanarie(wereld.client(Rol.INSPECTEUR))
    melder_pad, wie_pad = (f"/signalen/{laatste().uid}/{deel}" for deel in ("melder", "betrokkenen"))
    for rol in sorted(MENSEN):
        client = wereld.client(rol)
        mag = rol is Rol.AANDACHTSFUNCTIONARIS
        for pad, doel in ((melder_pad, "terugkoppelen"), (wie_pad, "hulp")):
            assert client.get(pad).status_code == (200 if mag else 403)
            assert post(client, pad, doel=doel).status_code == (200 if mag else 403)
    client = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    for pad in (melder_pad, wie_pad):
        assert "Kanarie" not in tekst(client.get(pad)), "nobody is shown before the purpose is given"
        zonder = post(client, pad)
        assert zonder.status_code == 422
        assert "Kies waarvoor u dit leest" in tekst(zonder)
        assert "Kanarie" not in tekst(zonder)
        assert post(client, pad, doel="nieuwsgierig").status_code == 422
        assert wereld.client(Rol.AANDACHTSFUNCTIONARIS, wereld.twee).get(pad).status_code == 404
        assert post(wereld.client(Rol.AANDACHTSFUNCTIONARIS, wereld.twee), pad, doel="inzage").status_code == 404
    gelezen = tekst(post(client, melder_pad, doel="veiligheid"))
    for woord in (NAAM, NUMMER, ROL, wereld.een.actoren[Rol.INSPECTEUR].naam):
        assert woord in gelezen
    assert SLACHTOFFER in tekst(post(client, wie_pad, doel="hulp"))
    regels = db.session.scalars(
        select(Auditregel).where(Auditregel.handeling.like("%_gelezen")).order_by(Auditregel.id)
    )
    laatste_twee = [(r.handeling, r.grondslag, r.gebruiker_id) for r in regels][-2:]
    lezer = wereld.een.actoren[Rol.AANDACHTSFUNCTIONARIS].gebruiker_id
    assert laatste_twee == [
        ("melder_gelezen", "De veiligheid van de melder", lezer),
        ("betrokkenen_gelezen", "Hulp of zorg regelen", lezer),
    ]


def test_betrokkene_toevoegen(wereld: Wereld) -> None:
    meld(wereld.client(Rol.INSPECTEUR))
    pad = f"/signalen/{laatste().uid}/betrokkenen"
    client = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    assert post(client, f"{pad}/toevoegen", rol="mogelijk_slachtoffer", naam=SLACHTOFFER).status_code == 302
    assert "Mogelijk slachtoffer" in tekst(post(client, pad, doel="hulp"))
    for fout, zin in (({}, "Vul een naam in"), ({"naam": "111222333"}, "burgerservicenummer"), ({"rol": "x"}, "keuze")):
        antwoord = post(client, f"{pad}/toevoegen", **({"rol": "onbekend"} | fout))
        assert antwoord.status_code == 422
        assert zin in tekst(antwoord)
    assert db.session.scalars(select(Betrokkene)).one().rol == "mogelijk_slachtoffer"


@pytest.fixture
def logboek() -> Iterator[list[str]]:
    """Everything that goes to Python's own logging, whoever writes it."""
    regels: list[str] = []

    class Vang(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            regels.append(self.format(record))

    vang, wortel = Vang(level=0), logging.getLogger()
    niveau = wortel.level
    wortel.addHandler(vang)
    wortel.setLevel(logging.DEBUG)
    yield regels
    wortel.removeHandler(vang)
    wortel.setLevel(niveau)


def _hele_database() -> str:
    """Every value of every table, as text."""
    uit = []
    for naam in sorted(set(inspect(db.session.connection()).get_table_names()) & set(db.metadata.tables)):
        for rij in db.session.execute(text(f'SELECT * FROM "{naam}"')):
            uit.append(" ".join(str(w) if not isinstance(w, dict | list) else json.dumps(w) for w in rij))
    return "\n".join(uit)


# One look per gemeente is enough: what they show is the same for every role that may open them, and making it is slow.
ZWAAR = {
    "dossiers.document",
    "papier.stop_pdf",
    "checklists.papier",
    "locaties.kaartscript",
    "locaties.klein_kaartscript",
}
ZOEKT = {"audit.lijst", "locaties.lijst", "signalen.lijst", "dossiers.lijst", "acties.lijst", "gebruikers.beheer"}


def _inhoud(antwoord: TestResponse) -> bytes:
    """What a reader would see: a packed file is unpacked."""
    ruw = antwoord.get_data()
    antwoord.close()
    if ruw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(ruw)) as pak:
            return b"".join(pak.read(naam) for naam in pak.namelist())
    return ruw


def _adressen(wereld: Wereld, toneel: Toneel, rol: Rol, uid: UUID, gehad: set[str]) -> Iterator[str]:
    """Every GET route as this role would ask it, and the searches; routes of signals about the signal itself."""
    bouwer = wereld.app.url_map.bind("localhost")
    for regel in wereld.app.url_map.iter_rules():
        recht = RECHT_VAN.get(regel.endpoint)
        if "GET" not in (regel.methods or set()) or recht is None or not rol_mag(rol, recht):
            continue
        if regel.endpoint in ZWAAR:
            if regel.endpoint in gehad:
                continue
            gehad.add(regel.endpoint)
        waarden = waarden_voor(regel, toneel, rol)
        if regel.rule.startswith("/signalen/<uuid:uid>"):
            waarden = waarden | {"uid": uid}
        pad = str(bouwer.build(regel.endpoint, waarden))
        yield pad
        if regel.endpoint in ZOEKT:
            yield f"{pad}?zoek=Kanariemelder"


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_kanarie_op_geen_enkele_pagina(wereld: Wereld, logboek: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    """Report with a name that occurs nowhere else; then look in every corner that anybody can reach."""
    meld_met_kanarie(wereld.client(Rol.INSPECTEUR))
    uid = laatste().uid
    aandacht = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    assert NAAM in tekst(post(aandacht, f"/signalen/{uid}/melder", doel="terugkoppelen"))
    assert "Kanarie" not in tekst(post(aandacht, f"/signalen/{uid}/melder", doel="")), "nor in an error"
    gevonden, gelezen = [], 0
    for kring in (wereld.een, wereld.twee):
        toneel, gehad = bouw(wereld, kring), set[str]()
        for rol in sorted(MENSEN):
            client = wereld.client(rol, kring)
            for pad in _adressen(wereld, toneel, rol, uid, gehad):
                antwoord = client.get(pad)
                gelezen += antwoord.status_code == 200
                inhoud = _inhoud(antwoord)
                if any(kanarie.encode() in inhoud for kanarie in (NAAM, NUMMER, ROL, SLACHTOFFER)):
                    gevonden.append(f"{rol} {pad}")
    assert gevonden == []
    assert gelezen > 150, "the crawl really read pages"
    db.session.rollback()
    schermen = capfd.readouterr()
    for plek, inhoud in (("logboek", "\n".join(logboek)), ("uitvoer", schermen.out + schermen.err)):
        assert "Kanarie" not in inhoud.replace("?zoek=Kanariemelder", ""), plek
    ruw = b"".join(p.read_bytes() for p in wereld.app.extensions["instellingen"].data.rglob("*") if p.is_file())
    assert b"Steeds andere busjes" in ruw, "the scan reads the file"
    for kanarie in (b"Kanarie", NUMMER.encode()):
        assert kanarie not in ruw


def test_kanarie_in_geen_enkele_tabel(wereld: Wereld) -> None:
    meld_met_kanarie(wereld.client(Rol.INSPECTEUR))
    pad = f"/signalen/{laatste().uid}/melder"
    post(wereld.client(Rol.AANDACHTSFUNCTIONARIS), pad, doel="terugkoppelen")
    assert db.session.scalars(select(Melder)).one().versleuteld.startswith("v1.")
    alles = _hele_database()
    assert "Steeds andere busjes" in alles, "the scan reads the rows"
    assert "melder_gelezen" in alles
    for kanarie in ("Kanarie", NUMMER, wereld.een.actoren[Rol.INSPECTEUR].gebruiker_uid + '"}'):
        assert kanarie not in alles
