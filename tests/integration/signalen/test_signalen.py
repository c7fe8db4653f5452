"""Signals: who may read and report, what is asked, and that nothing tells who reported."""

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.signalen.models import Signaal
from tests.wereld import Kring, Wereld, csrf

GOED = {
    "tekst": "Steeds andere busjes voor de deur, ook 's nachts.",
    "datum": "2026-11-20",
    "waar": "Dijkstraat 4",
    "vorm": "arbeidsuitbuiting",
    "bron": "medewerker",
    "urgentie": "hoog",
}
LEZERS = {Rol.COORDINATOR, Rol.AANDACHTSFUNCTIONARIS}
MELDERS = MENSEN - {Rol.AUDITOR}


def tekst(antwoord) -> str:
    return antwoord.get_data(as_text=True)


def rijen(antwoord) -> int:
    return tekst(antwoord).count('data-label="Nummer"')


def meld(client: FlaskClient, **velden):
    return client.post("/signalen/nieuw", data=GOED | velden | {"csrf_token": csrf(client)})


def laatste() -> Signaal:
    return db.session.scalars(select(Signaal).order_by(Signaal.id.desc())).first()


def maak_locatie(kring: Kring, naam: str, wereld: Wereld) -> Risicolocatie:
    soort = Locatietype(gemeente_id=kring.gemeente.id, code="hotel", naam="Hotel")
    db.session.add(soort)
    db.session.flush()
    locatie = Risicolocatie(
        gemeente_id=kring.gemeente.id,
        naam=naam,
        locatietype_id=soort.id,
        straat="Kadeweg",
        huisnummer=12,
        woonplaats="Markerdorp",
        x=145000.0,
        y=507000.0,
        lon=5.3,
        lat=52.5,
        geom="SRID=28992;POINT(145000 507000)",
        aangemaakt_op=wereld.nu,
        gewijzigd_op=wereld.nu,
    )
    db.session.add(locatie)
    db.session.commit()
    return locatie


@pytest.mark.parametrize("rol", sorted(MENSEN))
def test_rechten_per_rol(wereld: Wereld, rol: Rol) -> None:
    meld(wereld.client(Rol.COORDINATOR))
    uid = laatste().uid
    client = wereld.client(rol)
    assert client.get("/signalen").status_code == (200 if rol in LEZERS else 403)
    assert client.get(f"/signalen/{uid}").status_code == (200 if rol in LEZERS else 403)
    assert client.get("/signalen/nieuw").status_code == (200 if rol in MELDERS else 403)
    assert meld(client).status_code == (302 if rol in MELDERS else 403)


def test_andere_gemeente_ziet_niets(wereld: Wereld) -> None:
    meld(wereld.client(Rol.COORDINATOR))
    ander = wereld.client(Rol.AANDACHTSFUNCTIONARIS, wereld.twee)
    assert rijen(ander.get("/signalen")) == 0
    assert ander.get(f"/signalen/{laatste().uid}").status_code == 404


def test_melden_en_lezen(wereld: Wereld) -> None:
    client = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    antwoord = meld(client, indicatoren=["schulden", "minderjarig"])
    assert antwoord.status_code == 302
    signaal = laatste()
    assert signaal.nummer == "S2026-0001"
    assert signaal.indicatoren == ["minderjarig", "schulden"]
    assert signaal.status == "ontvangen"
    assert "Uw signaal is S2026-0001" in tekst(client.get(antwoord.location))
    pagina = tekst(client.get(f"/signalen/{signaal.uid}"))
    assert "Steeds andere busjes voor de deur" in pagina
    assert "Lijkt minderjarig" in pagina
    meld(client)
    assert laatste().nummer == "S2026-0002"
    meld(client, datum="2025-01-02")
    assert laatste().nummer == "S2025-0001"


def test_nummers_lopen_per_gemeente(wereld: Wereld) -> None:
    meld(wereld.client(Rol.COORDINATOR))
    meld(wereld.client(Rol.COORDINATOR, wereld.twee))
    assert laatste().nummer == "S2026-0001"


def test_wie_meldde_staat_nergens(wereld: Wereld) -> None:
    """Neither on a page, nor in the signal's row, nor in the audit log that others read."""
    melder = wereld.een.actoren[Rol.INSPECTEUR]
    meld(wereld.client(Rol.INSPECTEUR))
    lezer = wereld.client(Rol.COORDINATOR)
    for pad in ("/signalen", f"/signalen/{laatste().uid}"):
        pagina = tekst(lezer.get(pad))
        assert melder.naam not in pagina
        assert wereld.een.emails[Rol.INSPECTEUR] not in pagina
    regel = db.session.scalars(select(Auditregel).where(Auditregel.handeling == "signaal_gemeld")).one()
    assert regel.gebruiker_id is None
    assert regel.rol == "systeem"
    rij = {k: str(v) for k, v in vars(laatste()).items()}
    assert melder.gebruiker_uid not in json.dumps(rij)
    assert not any("melder" in kolom.name or "gebruiker" in kolom.name for kolom in Signaal.__table__.columns)


def test_bron_alleen_voor_de_aandachtsfunctionaris(wereld: Wereld) -> None:
    """At one address 'hotel' or 'verhuurder' would tell the others who reported."""
    meld(wereld.client(Rol.COORDINATOR), bron="verhuurder")
    pad = f"/signalen/{laatste().uid}"
    assert "Verhuurder" in tekst(wereld.client(Rol.AANDACHTSFUNCTIONARIS).get(pad))
    assert "Verhuurder" not in tekst(wereld.client(Rol.COORDINATOR).get(pad))


def test_inspecteur_meldt_zonder_te_mogen_lezen(wereld: Wereld) -> None:
    client = wereld.client(Rol.INSPECTEUR)
    antwoord = meld(client)
    assert antwoord.location == "/signalen/gemeld"
    assert "S2026-0001" in tekst(client.get(antwoord.location))


def test_lezen_wordt_vastgelegd(wereld: Wereld) -> None:
    meld(wereld.client(Rol.COORDINATOR))
    wereld.client(Rol.AANDACHTSFUNCTIONARIS).get(f"/signalen/{laatste().uid}")
    regel = db.session.scalars(select(Auditregel).where(Auditregel.handeling == "signaal_gelezen")).one()
    assert regel.object_uid == str(laatste().uid)
    assert regel.gebruiker_id == wereld.een.actoren[Rol.AANDACHTSFUNCTIONARIS].gebruiker_id


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"tekst": " "}, "Schrijf op wat iemand zag of hoorde."),
        ({"datum": "2026-11-23"}, "De datum ligt in de toekomst"),
        ({"datum": "1926-11-20"}, "meer dan tien jaar terug"),
        ({"datum": "gisteren"}, "Ongeldige datum"),
        ({"datum": ""}, "Vul de dag in"),
        ({"waar": " "}, "Schrijf op waar het is"),
        ({"vorm": "ontvoering"}, "Deze keuze is er niet. Kies bij"),
        ({"urgentie": ""}, "Kies hoe dringend het is."),
        ({"indicatoren": ["nationaliteit"]}, "Deze keuze is er niet. Kies bij"),
        ({"tekst": "x" * 8001}, "korter dan 8000"),
        ({"tekst": "a\0b"}, "teken in dat niet kan"),
    ],
)
def test_foute_invoer_noemt_het_veld_en_bewaart_wat_getypt_is(wereld: Wereld, velden, melding: str) -> None:
    client = wereld.client(Rol.COORDINATOR)
    antwoord = meld(client, **velden)
    assert antwoord.status_code == 422
    assert melding in tekst(antwoord)
    if "waar" not in velden:
        assert "Dijkstraat 4" in tekst(antwoord)
    assert laatste() is None


def test_bekende_locatie_zoeken_en_koppelen(wereld: Wereld) -> None:
    eigen = maak_locatie(wereld.een, "Hotel De Kade", wereld)
    eigen_uid = str(eigen.uid)
    client = wereld.client(Rol.COORDINATOR)
    gezocht = meld(client, zoek="kadeweg 12", zoeken="1", waar="")
    assert gezocht.status_code == 200
    assert eigen_uid in tekst(gezocht)
    assert "Steeds andere busjes" in tekst(gezocht), "what was typed is kept"
    assert laatste() is None, "searching reports nothing"
    assert "Geen locatie gevonden" in tekst(meld(client, zoek="bestaat niet", zoeken="1"))
    meld(client, locatie=eigen_uid, waar="")
    assert "Hotel De Kade" in tekst(client.get(f"/signalen/{laatste().uid}"))
    oud = client.get(f"/signalen/melden?locatie={eigen_uid}")
    assert oud.location == f"/signalen/nieuw?locatie={eigen_uid}"
    assert "Hotel De Kade" in tekst(client.get(oud.location))


def test_locatie_van_andere_gemeente_kan_niet(wereld: Wereld) -> None:
    vreemd = str(maak_locatie(wereld.twee, "Hotel Elders", wereld).uid)
    client = wereld.client(Rol.COORDINATOR)
    assert meld(client, locatie=vreemd).status_code == 404
    assert client.get(f"/signalen/nieuw?locatie={vreemd}").status_code == 404
    assert meld(client, locatie="onzin").status_code == 404
    assert "Hotel Elders" not in tekst(meld(client, zoek="hotel", zoeken="1"))


def test_filters_en_sortering(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    meld(client)
    meld(client, vorm="onbekend", urgentie="direct_gevaar", datum="2026-11-01", waar="Achter 100% de molen")
    laatste().status = "afgesloten"
    db.session.commit()
    assert rijen(client.get("/signalen")) == 1, "open ones first"
    assert rijen(client.get("/signalen?status=")) == 2
    assert rijen(client.get("/signalen?status=afgesloten")) == 1
    assert rijen(client.get("/signalen?status=&urgentie=direct_gevaar")) == 1
    assert rijen(client.get("/signalen?status=&vorm=arbeidsuitbuiting")) == 1
    assert rijen(client.get("/signalen?status=&zoek=dijkstraat")) == 1
    assert rijen(client.get("/signalen?status=&zoek=100%25")) == 1
    assert "Geen signaal past" in tekst(client.get("/signalen?zoek=%00%27--"))
    assert client.get("/signalen?sorteer=tekst&richting=x&pagina=99&vorm=x&urgentie=x&status=x").status_code == 200
    op = tekst(client.get("/signalen?status=&sorteer=urgentie&richting=op"))
    assert op.index("S2026-0002") < op.index("S2026-0001")


def test_tekst_wordt_nooit_opmaak(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    kwaad = "<img src=x onerror=alert(1)>"
    meld(client, tekst=kwaad, waar=kwaad)
    assert kwaad not in tekst(client.get(f"/signalen/{laatste().uid}"))
    assert kwaad not in tekst(client.get("/signalen"))
