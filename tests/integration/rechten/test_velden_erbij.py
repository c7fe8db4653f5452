"""A form sets what stands in it and nothing else: every column, sent along, changes nothing (ASVS 8.2.3, 15.3.3)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from inspecties.core.rechten import Rol
from inspecties.database.basis import metadata
from tests.integration.gebruikers.test_beheer import lid_van
from tests.integration.rechten.lichamen import formulieren
from tests.wereld import WACHTWOORD, Wereld, csrf

TEKST, GETAL = "kanarie7Xq2vZ", 770_770_770
NIEUW = "vier kale paarden op het dak"
SIGNAAL = {
    "tekst": "Steeds andere busjes voor de deur.", "datum": "2026-11-20", "waar": "Dijkstraat 4",
    "vorm": "arbeidsuitbuiting", "bron": "medewerker", "urgentie": "hoog",
}  # fmt: skip
ACTIE = {"naam": "Actie", "soort": "pandenactie", "datum": "2026-11-21", "van": "18:00", "tot": "23:00"}
LID = {"naam": "Joke", "email": "joke@markerwaard.example", "rol": "inspecteur"}
# Who, where, what is right, and the status of what is right.
FORMULIEREN: list[tuple[Rol, str, dict[str, str], int]] = [
    (Rol.BEHEERDER, "/beheer/nieuw", LID, 200),
    (Rol.BEHEERDER, "/beheer/{lid}", {"naam": "Anders", "rol": "jurist"}, 302),
    (Rol.KABINET, "/account", {"oud": WACHTWOORD, "nieuw": NIEUW, "nogmaals": NIEUW}, 302),
    (Rol.INSPECTEUR, "/signalen/nieuw", SIGNAAL, 302),
    (Rol.COORDINATOR, "/acties/nieuw", ACTIE, 302),
]


def _alle_kolommen() -> dict[str, str]:
    """The name of every column, with a value that nobody would type."""
    uit: dict[str, str] = {}
    for tabel in metadata.sorted_tables:
        for kolom in tabel.columns:
            tekst = kolom.name not in uit and getattr(kolom.type, "python_type", str) is str
            uit.setdefault(kolom.name, TEKST if tekst else str(GETAL))
    return uit


class Bewaard:
    """Every value that was written, as it stood when it went to the database."""

    def __init__(self) -> None:
        self.waarden: list[tuple[str, Any]] = []

    def zie(self, sessie: Session, *_: Any) -> None:
        for rij in (*sessie.new, *sessie.dirty):
            soort = type(rij).__name__
            self.waarden += [(f"{soort}.{naam}", w) for naam, w in vars(rij).items() if not naam.startswith("_")]


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
@pytest.mark.parametrize(("rol", "pad", "velden", "status"), FORMULIEREN, ids=[f[1] for f in FORMULIEREN])
def test_geen_veld_dat_er_niet_staat_wordt_gezet(
    app: Flask, wereld: Wereld, rol: Rol, pad: str, velden: dict[str, str], status: int
) -> None:
    pad = pad.format(lid=lid_van(wereld.een, Rol.INSPECTEUR).uid)
    client, bewaard = wereld.client(rol), Bewaard()
    in_het_scherm = {
        n for f in formulieren(pad, client.get(pad).get_data(as_text=True)) for n in (*f.velden, *f.keuzes)
    }
    erbij = {naam: w for naam, w in _alle_kolommen().items() if naam not in in_het_scherm | set(velden)}
    assert len(erbij) > 500
    token = csrf(client)
    event.listen(Session, "before_flush", bewaard.zie)
    try:
        antwoord = client.post(pad, data=erbij | velden | {"csrf_token": token})
    finally:
        event.remove(Session, "before_flush", bewaard.zie)
    assert antwoord.status_code == status
    assert bewaard.waarden, "nothing was written: then nothing was tried"
    assert [naam for naam, w in bewaard.waarden if w == GETAL or TEKST in str(w) or str(GETAL) in str(w)] == []
