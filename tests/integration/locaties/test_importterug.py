"""Updating by import, undoing an import, and permits."""

import io
from datetime import timedelta

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties import importeren_proef
from inspecties.locaties.importeren import importeer
from inspecties.locaties.importterug import draai_terug, maak_plan
from inspecties.locaties.models import Locatieimport, Locatiestatus, Risicolocatie
from inspecties.locaties.models_feiten import Notitie, Vergunning
from inspecties.locaties.models_import import Importregel, Importterugdraaiing, Kolomkeuze
from inspecties.locaties.operations import wijzig_status
from inspecties.locaties.rules.importrij_kolommen import Leeswijze
from inspecties.locaties.rules.verslag import Importverslag
from tests.locatiewereld import maak_adres, maak_locatie
from tests.wereld import Wereld, csrf

KOP = "naam;type;straat;huisnummer;postcode;x;y;notitie;capaciteit"
EEN = "Pension;huisvesting;Kade;1;8291AB;145100;507100;rustig;10"
TWEE = "Salon;massagesalon;Kade;2;8291AB;145200;507100;;"
DRIE = "Was;autowas;Kade;3;8291AB;145300;507100;;"


def _lees(wereld: Wereld, *regels: str, bijwerken: bool = False, kop: str = KOP) -> Importverslag:
    actor = wereld.een.actoren[Rol.COORDINATOR]
    inhoud = "\n".join((kop, *regels)).encode()
    verslag = importeer(db.session(), actor, wereld.nu, "lijst.csv", inhoud, wijze=Leeswijze(bijwerken=bijwerken))
    db.session.commit()
    return verslag


def _batch() -> Locatieimport:
    return db.session.scalars(select(Locatieimport).order_by(Locatieimport.id.desc())).first()  # type: ignore[return-value]  # there is one


def _locatie(naam: str) -> Risicolocatie:
    return db.session.scalars(select(Risicolocatie).where(Risicolocatie.naam == naam)).one()


def _namen() -> set[str]:
    return set(db.session.scalars(select(Risicolocatie.naam)))


def test_bijwerken_en_terug(wereld: Wereld) -> None:
    _lees(wereld, EEN, TWEE)
    wereld.nu += timedelta(hours=1)
    verslag = _lees(
        wereld,
        "Pension Zee;huisvesting;;1;8291 ab;145110;507100;;0",
        TWEE,
        "Nieuw;autowas;;3;8291AB;145300;507100;;",
        "Nog eens;huisvesting;;1;8291AB;145100;507100;;",
        bijwerken=True,
    )
    assert (verslag.goed, verslag.aantal_bijgewerkt, verslag.aantal_gelijk) == (1, 1, 1)
    assert [(d.rij, d.met) for d in verslag.dubbel] == [(5, "rij 2")]
    # An empty cell changes nothing; a zero is a value.
    assert verslag.wijzigingen[0].velden == {
        "naam": ("Pension", "Pension Zee"),
        "capaciteit": ("10", "0"),
        "x": ("145100", "145110"),
        "y": ("507100", "507100"),
    }
    pension = _locatie("Pension Zee")
    assert (pension.notitie, pension.straat, pension.capaciteit, pension.x) == ("rustig", "Kade", 0, 145_110)
    assert db.session.scalar(select(func.ST_X(Risicolocatie.geom)).where(Risicolocatie.id == pension.id)) == 145_110
    terug, _ = draai_terug(db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu, _batch(), "Verkeerde lijst")
    db.session.commit()
    assert (terug.verwijderd, terug.hersteld, terug.gebleven) == (1, 1, 0)
    assert _namen() == {"Pension", "Salon"}
    db.session.expire_all()
    assert (pension.naam, pension.capaciteit, pension.x) == ("Pension", 10, 145_100)
    assert db.session.scalar(select(func.ST_X(Risicolocatie.geom)).where(Risicolocatie.id == pension.id)) == 145_100
    regel = db.session.scalars(select(Auditregel).where(Auditregel.handeling == "import_teruggedraaid")).one()
    assert regel.gegevens == {"verwijderd": 1, "hersteld": 1, "gebleven": 0}


def test_wat_gebruikt_of_gewijzigd_is_blijft_en_zegt_waarom(wereld: Wereld) -> None:
    _lees(wereld, EEN, TWEE, DRIE, "Vrij;autowas;;4;8291AB;145400;507100;;")
    sessie, actor = db.session(), wereld.een.actoren[Rol.COORDINATOR]
    later = wereld.nu + timedelta(minutes=5)
    wijzig_status(sessie, actor, later, _locatie("Salon"), "actief", "Gezien")
    sessie.add(Notitie(gemeente_id=actor.gemeente_id, locatie_id=_locatie("Was").id, tekst="Let op", op=later))
    sessie.commit()
    batch = _batch()
    plan = maak_plan(sessie, actor, batch)
    assert [(b.rij, b.naam, b.waarom) for b in plan.blijft] == [
        (3, "Salon", "is na de import gewijzigd"),
        (4, "Was", "is gebruikt: er hoort een notitie bij"),
    ]
    draai_terug(sessie, actor, later, batch, "Oude lijst")
    sessie.commit()
    assert _namen() == {"Salon", "Was"}
    # The first status went with its location.
    assert sessie.scalar(select(func.count()).select_from(Locatiestatus)) == 3
    assert not maak_plan(sessie, actor, batch).kan


def _stuur(client, naam: str, inhoud: str, **velden: str) -> TestResponse:  # type: ignore[no-untyped-def]
    data = {"csrf_token": csrf(client), "bestand": (io.BytesIO(inhoud.encode()), naam), **velden}
    return client.post("/locaties/importeren", data=data, content_type="multipart/form-data")


def test_ongedaan_maken_op_de_pagina(wereld: Wereld) -> None:
    _lees(wereld, EEN, TWEE)
    client = wereld.client(Rol.COORDINATOR)
    plek = f"/locaties/imports/{_batch().uid}"
    assert "2 locaties worden verwijderd" in client.get(plek).get_data(as_text=True)
    leeg = client.post(f"{plek}/terugdraaien", data={"csrf_token": csrf(client), "reden": " "})
    assert leeg.status_code == 422
    assert "Schrijf kort waarom" in leeg.get_data(as_text=True)
    assert _namen() == {"Pension", "Salon"}
    client.post(f"{plek}/terugdraaien", data={"csrf_token": csrf(client), "reden": "Fout bestand"})
    assert _namen() == set()
    pagina = client.get(plek).get_data(as_text=True)
    assert "Deze import is helemaal teruggedraaid" in pagina
    assert "Fout bestand" in pagina
    weer = client.post(f"{plek}/terugdraaien", data={"csrf_token": csrf(client), "reden": "Nog eens"})
    assert weer.status_code == 422
    assert "niets meer terug te draaien" in weer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Importterugdraaiing)) == 1
    buur = wereld.client(Rol.COORDINATOR, wereld.twee)
    assert buur.get(plek).status_code == 404
    assert "(teruggedraaid)" in client.get("/locaties/imports").get_data(as_text=True)


def test_kolommen_kiezen_en_onthouden(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    inhoud = "Pand;Categorie;Oost;Noord;Telefoon\nHuis;huisvesting;145100;507100;06\n"
    plek = _stuur(client, "a.csv", inhoud, bron="Lijst  KvK").location
    assert plek.endswith("/kolommen")
    pagina = client.get(plek).get_data(as_text=True)
    assert "Categorie" in pagina
    assert "145100" in pagina
    keuze = {
        "csrf_token": csrf(client),
        "k0": "naam",
        "k1": "type",
        "k2": "x",
        "k3": "x",
        "k4": "",
        "bron": "Lijst KvK",
    }
    fout = client.post(plek, data=keuze)
    assert fout.status_code == 422
    assert "is al gekozen bij de kolom &#39;Oost&#39;" in fout.get_data(as_text=True)
    zonder = client.post(plek, data=keuze | {"k0": "", "k3": "y"})
    assert "Kies bij een kolom: Naam" in zonder.get_data(as_text=True)
    goed = client.post(plek, data=keuze | {"k3": "y"})
    assert "Sla 1 locatie op" in client.get(goed.location).get_data(as_text=True)
    assert db.session.scalars(select(Kolomkeuze)).one().bron == "Lijst KvK"
    # A wrong choice is told per row, under the heading of the file.
    anders = client.post(plek, data=keuze | {"k2": "y", "k3": "x", "bron": ""})
    assert "Oost" in client.get(anders.location).get_data(as_text=True)
    # Next time by name in any case, or by the same headings.
    for bron in ("lijst kvk", ""):
        weer = _stuur(client, "b.csv", inhoud.replace("145100", "145200"), bron=bron).location
        pagina = client.get(weer).get_data(as_text=True)
        assert "is onthouden voor de bron &#39;Lijst KvK&#39;" in pagina
        assert "Sla 1 locatie op" in pagina
    client.post(f"{weer}/bevestigen", data={"csrf_token": csrf(client)})
    assert _namen() == {"Huis"}
    vergeet = f"/locaties/importeren/bronnen/{db.session.scalars(select(Kolomkeuze)).one().uid}/vergeten"
    client.post(vergeet, data={"csrf_token": csrf(client)})
    assert _stuur(client, "b.csv", inhoud).location.endswith("/kolommen")


def test_nummeraanduiding_wijst_het_adres_aan(wereld: Wereld) -> None:
    adres = maak_adres(wereld.een, "8291AB", 9, dx=10)
    maak_locatie(wereld.een, wereld.nu, "Er al", dx=500, adres_id=adres.id)
    verslag = _lees(
        wereld,
        f"A;autowas;{adres.nummeraanduiding_id};",
        f"B;huisvesting;{adres.nummeraanduiding_id};",
        "C;autowas;1,23E+15;",
        "D;autowas;0000000000000001;",
        f"E;autowas;{adres.nummeraanduiding_id};1234AB",
        kop="naam;type;nummeraanduiding;postcode",
    )
    assert [(f.rij, f.kolom) for f in verslag.fouten] == [(4, "nummeraanduiding"), (5, "nummeraanduiding")]
    assert [(d.rij, d.met) for d in verslag.dubbel] == [(3, "Er al"), (6, "rij 2")]


VERGUNNINGKOP = "soort;nummer;postcode;huisnummer;type;geldig_tot;status"


def _vergunningen(wereld: Wereld, *regels: str) -> Importverslag:
    actor, sessie = wereld.een.actoren[Rol.COORDINATOR], db.session()
    inhoud = "\n".join((VERGUNNINGKOP, *regels)).encode()
    wijze = Leeswijze(soort="vergunningen", deel=True)
    beoordeling = importeren_proef.beoordeel(sessie, actor, wereld.nu, "v.csv", inhoud, wijze)
    verslag = importeren_proef.sla_op(sessie, actor, wereld.nu, beoordeling)
    sessie.commit()
    return verslag


def test_vergunningen(wereld: Wereld) -> None:
    _lees(wereld, EEN, EEN.replace("huisvesting", "autowas"), TWEE)
    verslag = _vergunningen(
        wereld,
        "Exploitatie;V1;8291 AB;2;;31-12-2027;",
        "Exploitatie;V1;8291AB;2;;;",
        "Kamerverhuur;V2;8291AB;1;;;",
        "Kamerverhuur;V2;8291AB;1;huisvesting;2027-06-30;aangevraagd",
        "Exploitatie;;8291ZZ;1;;;",
        "Exploitatie;;8291AB;2;;31-02-2027;misschien",
    )
    assert (verslag.goed, [(d.rij, d.met) for d in verslag.dubbel]) == (2, [(3, "rij 2")])
    assert [(f.rij, f.kolom) for f in verslag.fouten] == [
        (4, "postcode"),
        (6, "postcode"),
        (7, "status"),
        (7, "geldig_tot"),
    ]
    assert "vul ook het type van de locatie in" in verslag.fouten[0].melding
    assert {
        (v.nummer, str(v.geldig_tot), v.status, v.locatie.naam) for v in db.session.scalars(select(Vergunning))
    } == {
        ("V1", "2027-12-31", "verleend", "Salon"),
        ("V2", "2027-06-30", "aangevraagd", "Pension"),
    }
    # Locations with a permit stay; the permits themselves can go.
    actor = wereld.een.actoren[Rol.COORDINATOR]
    eerste, laatste = db.session.scalars(select(Locatieimport).order_by(Locatieimport.id)).all()
    assert [b.waarom for b in maak_plan(db.session(), actor, eerste).blijft] == [
        "is gebruikt: er hoort een vergunning bij",
        "is gebruikt: er hoort een vergunning bij",
    ]
    draai_terug(db.session(), actor, wereld.nu, laatste, "Toch niet")
    draai_terug(db.session(), actor, wereld.nu, eerste, "Toch niet")
    db.session.commit()
    assert _namen() == set()
    assert db.session.scalar(select(func.count()).select_from(Importregel)) == 5
