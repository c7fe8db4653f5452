"""Embargo: before the moment no route gives an address to who does not plan; at the moment it is over."""

from datetime import timedelta
from itertools import islice

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_plan import Actieplan
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol, rol_mag
from inspecties.database.basis import db
from tests.integration.rechten.routes import RECHT_VAN, waarden_voor
from tests.integration.rechten.test_matrix import pad_van, routes
from tests.integration.rechten.toneel import Toneel, bouw
from tests.wereld import Wereld

# These know every location of the gemeente; that one is in an action they must not say, and that is looked at below.
# Who is named to read police data reads where they come from: a visit that was made, of which no embargo holds.
KENT_LOCATIES = {
    *("locaties.lezen", "signalen.lezen", "dossiers.lezen", "voorstellen.lezen", "voorstellen.beoordelen"),
    "politiegegevens.lezen",
}
NAAM = "KANARIEPLEIN"


def _verberg(toneel: Toneel, wereld: Wereld) -> None:
    """The action's address becomes one that stands nowhere else, hidden for an hour."""
    sessie = db.session()
    stop = sessie.scalars(select(Stop).where(Stop.uid == toneel.stop)).one()
    stop.locatie.straat = stop.locatie.naam = NAAM
    stop.actie.begin_op, stop.actie.eind_op = wereld.nu + timedelta(hours=2), wereld.nu + timedelta(hours=6)
    stop.toestand = "gepland"
    tot = wereld.nu + timedelta(hours=1)
    sessie.add(Actieplan(gemeente_id=wereld.een.gemeente.id, actie_id=stop.actie_id, embargo_op=tot))
    sessie.commit()


def _briefing(toneel: Toneel, wereld: Wereld) -> None:
    from inspecties.acties.briefing import maak_als_anders  # noqa: PLC0415 - after the address changed

    actie = db.session.scalars(select(Actie).where(Actie.uid == toneel.actie)).one()
    assert maak_als_anders(db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu, actie) is not None
    db.session.commit()


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_geen_route_zegt_het_adres_voor_het_moment(app: Flask, wereld: Wereld, klok: VasteKlok) -> None:
    toneel = bouw(wereld, wereld.een)
    _verberg(toneel, wereld)
    _briefing(toneel, wereld)

    def waar(rol: Rol) -> set[str]:
        """Endpoints whose answer says the address, or that open the stop or its visit."""
        client, uit = wereld.client(rol), set()
        for regel, methode in routes(app):
            recht = RECHT_VAN.get(regel.endpoint)
            if methode != "GET" or recht is None or not rol_mag(rol, recht) or recht in KENT_LOCATIES:
                continue
            with client.get(pad_van(app, regel, waarden_voor(regel, toneel, rol))) as antwoord:
                if _zegt(regel.endpoint, antwoord):
                    uit.add(regel.endpoint)
        return uit

    for rol in (Rol.PARTNER, Rol.INSPECTEUR):
        assert waar(rol) == set(), rol
    klok.moment = wereld.nu + timedelta(hours=1)
    wereld.nu = klok.moment
    for rol in (Rol.PARTNER, Rol.INSPECTEUR):
        assert {"acties.toon", "briefing.toon", "briefing.pdf", "papier.stop_pdf"} <= waar(rol), rol


# What is drawn cannot be searched: that it came at all is enough.
GETEKEND = {"briefing.kaart", "briefing.pdf", "papier.stop_pdf"}


def _zegt(endpoint: str, antwoord: TestResponse) -> bool:
    if antwoord.status_code != 200:
        return False
    if endpoint in GETEKEND:
        return True
    if antwoord.mimetype == "text/event-stream":
        # It never ends; its first event holds the whole board.
        return any(NAAM in str(stuk) for stuk in islice(antwoord.response, 2))
    return not antwoord.mimetype.startswith(("application/pdf", "image/")) and NAAM in antwoord.get_data(as_text=True)


@pytest.mark.parametrize("database", ["postgis"], indirect=True)
def test_embargo_voor_wie_meegaat_en_voor_de_jurist(app: Flask, wereld: Wereld, klok: VasteKlok) -> None:
    toneel = bouw(wereld, wereld.een)
    _verberg(toneel, wereld)

    def ziet(rol: Rol) -> list[bool]:
        client = wereld.client(rol)
        voortgang = client.get(f"/api/acties/{toneel.actie}/voortgang").get_json()
        tijdlijn = client.get(f"/locaties/{toneel.locatie}")
        machtigingen = client.get("/machtigingen")
        dienst = client.get("/api/dienst?datum=2026-11-21").get_json()
        return [
            bool(voortgang["stops"]),
            tijdlijn.status_code == 200 and f"/acties/{toneel.actie}" in tijdlijn.get_data(as_text=True),
            machtigingen.status_code == 200 and str(toneel.machtiging) in machtigingen.get_data(as_text=True),
            any(actie["stops"] for actie in dienst.get("acties", ())),
        ]

    rollen = (Rol.PARTNER, Rol.INSPECTEUR, Rol.JURIST, Rol.COORDINATOR)
    assert [ziet(rol) for rol in rollen] == [[False] * 4, [False] * 4, [False] * 4, [True] * 4]
    klok.moment = wereld.nu + timedelta(hours=1)
    wereld.nu = klok.moment
    assert [ziet(rol) for rol in rollen] == [
        [True, False, False, True],
        [True, True, False, True],
        [True, True, True, False],
        [True] * 4,
    ]
