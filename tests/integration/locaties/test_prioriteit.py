"""Standing of locations: from facts in the database to list, suggestions, panel and what a stop was planned on."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import event, select

from inspecties.acties.models_prioriteit import PrioriteitBijPlannen
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Overlastmelding, Vergunning
from inspecties.locaties.models_prioriteit import Prioriteitkeuze, Prioriteitstand, Weging
from inspecties.locaties.prioriteit_bronnen import EIGEN_KOLOMMEN, lees_feiten
from inspecties.locaties.prioriteit_cli import prioriteit
from inspecties.locaties.prioriteit_stand import is_achter, ververs
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Signaallocatie
from inspecties.start.prioriteitbronnen import KOLOMMEN
from tests.conftest import NU
from tests.locatiewereld import maak_locatie
from tests.wereld import Kring, Wereld, csrf

REDEN = "In ons gebied blijft het bezoek te lang uit."


def _signaal(kring: Kring, locatie: Risicolocatie, dag: date, **anders: Any) -> Signaal:
    vast: dict[str, Any] = {
        "gemeente_id": kring.gemeente.id,
        "nummer": f"S-{nieuw_id()}"[:20],
        "datum": dag,
        "bron": "inwoner",
        "vorm": "onbekend",
        "tekst": "Gehoord van iemand.",
        "urgentie": "hoog",
        "locatie_id": locatie.id,
        "ontvangen_op": NU,
    }
    signaal = Signaal(**(vast | anders))
    db.session.add(signaal)
    db.session.commit()
    return signaal


def _bevinding(kring: Kring, wereld: Wereld, locatie: Risicolocatie, gevolg: str, vraag: str) -> None:
    bezoek = Bezoek(
        gemeente_id=kring.gemeente.id,
        locatie_id=locatie.id,
        toestand="afgerond",
        begin_op=wereld.nu,
        eind_op=wereld.nu,
        aangemaakt_op=wereld.nu,
    )
    db.session.add(bezoek)
    db.session.flush()
    db.session.add(
        Bevinding(
            gemeente_id=kring.gemeente.id,
            bezoek_id=bezoek.id,
            form_versie="0" * 64,
            gevolg=gevolg,
            grondslag="APV",
            dragers=[{"vraag": vraag, "label": "", "waarde": "ja"}],
            rev=1,
            berekend_op=wereld.nu,
        )
    )
    db.session.commit()


def _stand(locatie: Risicolocatie) -> Prioriteitstand:
    opdracht = select(Prioriteitstand).where(Prioriteitstand.locatie_id == locatie.id)
    return db.session.scalars(opdracht.execution_options(populate_existing=True)).one()


def _punten(locatie: Risicolocatie) -> dict[str, int]:
    return {d["code"]: d["tienden"] for d in _stand(locatie).delen}


def _ververs(wereld: Wereld, kring: Kring | None = None) -> int:
    aantal = ververs(db.session(), (kring or wereld.een).gemeente.id, wereld.nu)
    db.session.commit()
    return aantal


@contextmanager
def _opdrachten() -> Iterator[list[str]]:
    """The statements that go to the database meanwhile."""
    uit: list[str] = []

    def schrijf_op(_v: object, _c: object, tekst: str, *_rest: object) -> None:
        uit.append(tekst)

    event.listen(db.engine, "before_cursor_execute", schrijf_op)
    try:
        yield uit
    finally:
        event.remove(db.engine, "before_cursor_execute", schrijf_op)


def test_van_feiten_naar_stand(wereld: Wereld) -> None:
    een, vandaag = wereld.een, lokale_datum(wereld.nu)
    plek = maak_locatie(een, wereld.nu, "Huis", capaciteit=4, personen_brp=5)
    _signaal(een, plek, vandaag)
    # What the aandachtsfunctionaris made of a visit is no fact of a score, nor is what rests on somebody's age.
    _signaal(een, plek, vandaag, bron="controle")
    _bevinding(een, wereld, plek, "bbl", "rookmelders")
    _bevinding(een, wereld, plek, "apv", "onder_leeftijdsgrens")
    _bevinding(een, wereld, plek, "signaal_mh", "slot_buiten")
    for rij in (
        Overlastmelding(datum=vandaag, soort="bedreiging", vastgelegd_op=wereld.nu),
        Vergunning(soort="Exploitatie", status="ingetrokken", vastgelegd_op=wereld.nu, gewijzigd_op=wereld.nu),
    ):
        rij.gemeente_id, rij.locatie_id = een.gemeente.id, plek.id
        db.session.add(rij)
    db.session.commit()
    assert _ververs(wereld) == 1
    assert _punten(plek) == {
        "signalen": 180,
        "bezoek": 150,
        "bevindingen": 100,
        "overlast": 80,
        "bewoning": 75,
        "vergunning": 200,
    }
    stand = _stand(plek)
    assert (stand.score_tienden, stand.geldend_tienden, stand.band, stand.verouderd) == (785, 785, "hoog", False)
    # Only the gemeente that was asked for.
    maak_locatie(wereld.twee, wereld.nu, "Elders")
    assert _ververs(wereld) == 0
    assert _ververs(wereld, wereld.twee) == 1


def test_wat_verandert_raakt_verouderd(wereld: Wereld) -> None:
    een, vandaag = wereld.een, lokale_datum(wereld.nu)
    plek, ander = maak_locatie(een, wereld.nu, "Huis"), maak_locatie(een, wereld.nu, "Ander", dx=90)
    _ververs(wereld)
    signaal = _signaal(een, plek, vandaag)
    assert (_stand(plek).verouderd, _stand(ander).verouderd) == (True, False)
    assert _ververs(wereld) == 1
    # A signal may be about more places than the first.
    db.session.add(
        Signaallocatie(gemeente_id=een.gemeente.id, signaal_id=signaal.id, locatie_id=ander.id, op=wereld.nu)
    )
    db.session.commit()
    assert (_stand(plek).verouderd, _stand(ander).verouderd) == (False, True)
    _ververs(wereld)
    assert (_punten(plek)["signalen"], _punten(ander)["signalen"]) == (180, 180)
    # A signal that moves touches both places; one that goes touches the last.
    signaal.locatie_id = ander.id
    db.session.commit()
    assert (_stand(plek).verouderd, _stand(ander).verouderd) == (True, True)
    _ververs(wereld)
    assert (_punten(plek)["signalen"], _punten(ander)["signalen"]) == (0, 180)
    db.session.delete(signaal)
    db.session.rollback()
    assert _stand(ander).verouderd is False
    _bevinding(een, wereld, ander, "bbl", "rookmelders")
    ander.naam = "Andere naam"
    db.session.commit()
    assert _stand(ander).verouderd is True
    _ververs(wereld)
    plek.laatste_bezoek_op = wereld.nu - timedelta(days=1)
    db.session.commit()
    assert (_stand(plek).verouderd, _stand(ander).verouderd) == (True, False)
    _ververs(wereld)
    # What nobody touched holds until midnight.
    assert is_achter(db.session(), een.gemeente.id, wereld.nu) is False
    assert is_achter(db.session(), een.gemeente.id, wereld.nu + timedelta(days=1)) is True


def test_evenveel_vragen_bij_meer_locaties_en_alleen_wat_is_opgegeven(wereld: Wereld) -> None:
    een = wereld.een
    for i in range(12):
        plek = maak_locatie(een, wereld.nu, f"Huis {i}", dx=20 * i)
        _signaal(een, plek, lokale_datum(wereld.nu))
    ids = list(db.session.scalars(select(Risicolocatie.id).where(Risicolocatie.gemeente_id == een.gemeente.id)))
    gelezen = {f"{k.class_.__tablename__}.{k.key}" for k in EIGEN_KOLOMMEN + KOLOMMEN}
    with _opdrachten() as weinig:
        lees_feiten(db.session(), een.gemeente.id, ids[:2])
    with _opdrachten() as veel:
        lees_feiten(db.session(), een.gemeente.id, ids)
    assert len(veel) == len(weinig) <= 7
    # What the database is asked for is what the sources say that they read, and no more.
    for opdracht in veel:
        tussen = re.search(r"SELECT (.*?)\s+FROM", opdracht, re.DOTALL)
        assert tussen, opdracht
        kolommen = {deel.split(" AS ")[0].strip() for deel in tussen.group(1).split(",")}
        assert kolommen <= gelezen, kolommen - gelezen
    with _opdrachten() as twee:
        ververs(db.session(), een.gemeente.id, wereld.nu, ids[:2])
    with _opdrachten() as alles:
        ververs(db.session(), een.gemeente.id, wereld.nu, ids)
    assert len(alles) == len(twee)


def test_lijst_filter_en_voorstellen(wereld: Wereld) -> None:
    een = wereld.een
    maak_locatie(een, wereld.nu, "Aardig huis")
    druk = maak_locatie(een, wereld.nu, "Zorgelijk huis", dx=90)
    _signaal(een, druk, lokale_datum(wereld.nu), urgentie="direct_gevaar")
    client = wereld.client(Rol.COORDINATOR)
    rang = client.get("/locaties?sorteer=prioriteit").get_data(as_text=True)
    assert rang.index("Zorgelijk huis") < rang.index("Aardig huis")
    assert "45 punten" in rang
    hoog = client.get("/locaties?prioriteit=hoog").get_data(as_text=True)
    assert "Zorgelijk huis" in hoog
    assert "Aardig huis" not in hoog
    assert "prioriteit hoog" in hoog
    assert client.get("/api/locaties?bbox=4,51,6,53&zoom=14&prioriteit=dringend").status_code in {400, 422}
    voorstel = client.get("/locaties/suggesties").get_data(as_text=True)
    assert voorstel.index("Zorgelijk huis") < voorstel.index("Aardig huis")
    assert "1 signaal, van 21-11-2026." in voorstel
    assert f'name="locatie" value="{druk.uid}" checked' in voorstel
    # The inspector sees that a signal weighs, and not what it is.
    inspecteur = wereld.client(Rol.INSPECTEUR)
    gezien = inspecteur.get(f"/locaties/{druk.uid}").get_data(as_text=True)
    assert "30 punten" in gezien
    assert "Urgentie direct gevaar" not in gezien
    assert "1 signaal" not in gezien
    assert "1 signaal" not in inspecteur.get("/locaties/suggesties").get_data(as_text=True)
    assert "Urgentie direct gevaar" in client.get(f"/locaties/{druk.uid}").get_data(as_text=True)
    elders = wereld.client(Rol.COORDINATOR, wereld.twee)
    assert elders.get(f"/locaties/{druk.uid}/prioriteit").status_code == 404
    assert "Zorgelijk huis" not in elders.get("/locaties/suggesties").get_data(as_text=True)


def _velden(client: Any, **anders: str) -> dict[str, Any]:
    pagina = client.get("/beheer/prioriteit").get_data(as_text=True)
    velden: dict[str, Any] = {}
    for invoer in re.findall(r"<input[^>]+>", pagina):
        naam, waarde = re.search(r'name="([a-z_0-9-]+)"', invoer), re.search(r'value="([^"]*)"', invoer)
        if naam and waarde and "hidden" not in invoer and "checkbox" not in invoer:
            velden[naam[1]] = waarde[1]
    return velden | {"csrf_token": csrf(client), "vergunning_nodig": ["hotel"]} | anders


def test_weging_wijzigen(wereld: Wereld) -> None:
    een = wereld.een
    nooit = maak_locatie(een, wereld.nu, "Nooit bezocht")
    bezocht = maak_locatie(een, wereld.nu, "Met signaal", dx=90)
    bezocht.laatste_bezoek_op = wereld.nu
    _signaal(een, bezocht, lokale_datum(wereld.nu))
    client = wereld.client(Rol.COORDINATOR)
    pagina = client.get("/locaties?sorteer=prioriteit").get_data(as_text=True)
    assert pagina.index("Met signaal") < pagina.index("Nooit bezocht")
    # Out of range, no number, bands the wrong way round: told at the field, and nothing is saved.
    for naam, waarde, melding in (
        ("bezoek-nooit", "1000", "van 0 tot en met 100"),
        ("bezoek-nooit", "veel", "&#39;veel&#39; kan niet"),
        ("bezoek-nooit", "-5", "van 0 tot en met 100"),
        ("bezoek-nooit", "", "Vul een heel getal in"),
        ("signalen-halvering", "0", "van 7 tot en met 3650"),
        ("band-hoog", "10", "moet meer zijn dan"),
    ):
        antwoord = client.post("/beheer/prioriteit/vergelijken", data=_velden(client, **{naam: waarde}))
        assert antwoord.status_code == 422, naam
        assert melding in antwoord.get_data(as_text=True), (naam, waarde)
    velden = _velden(client, **{"bezoek-nooit": "60"})
    vergelijking = client.post("/beheer/prioriteit/vergelijken", data=velden).get_data(as_text=True)
    assert "Nog nooit bezocht: 15 wordt 60 punten" in vergelijking
    assert "1 omhoog" in vergelijking
    assert "Tijd sinds het laatste bezoek: 15 wordt 60" in vergelijking
    kenmerk = re.search(r'name="vergeleken"[^>]*value="([^"]+)"', vergelijking)
    assert kenmerk
    klaar = velden | {"vergeleken": kenmerk[1], "reden": REDEN}
    # Something else than what was compared, and without a reason.
    assert client.post("/beheer/prioriteit/opslaan", data=klaar | {"bezoek-nooit": "70"}).status_code == 409
    assert client.post("/beheer/prioriteit/opslaan", data=klaar | {"reden": ""}).status_code == 422
    assert db.session.scalars(select(Weging)).all() == []
    assert client.post("/beheer/prioriteit/opslaan", data=klaar).status_code == 303
    na = client.get("/locaties?sorteer=prioriteit").get_data(as_text=True)
    assert na.index("Nooit bezocht") < na.index("Met signaal")
    assert (_stand(nooit).weging_versie, _punten(nooit)["bezoek"]) == (1, 600)
    # What a colleague compared before that is no longer what is.
    assert client.post("/beheer/prioriteit/opslaan", data=klaar | {"bezoek-nooit": "60"}).status_code in {409, 422}
    assert db.session.scalars(select(Weging.versie)).all() == [1]
    beheerder = wereld.client(Rol.BEHEERDER)
    leest = beheerder.get("/beheer/prioriteit").get_data(as_text=True)
    assert REDEN in leest
    assert "Vergelijk met nu" not in leest
    elders = wereld.client(Rol.COORDINATOR, wereld.twee).get("/beheer/prioriteit").get_data(as_text=True)
    assert "versie 0" in elders
    assert REDEN not in elders


def test_keuze_van_een_coordinator(wereld: Wereld) -> None:
    een, vandaag = wereld.een, lokale_datum(wereld.nu)
    plek = maak_locatie(een, wereld.nu, "Stil huis")
    hoog = maak_locatie(een, wereld.nu, "Hoog huis", dx=90)
    _signaal(een, hoog, vandaag)
    client = wereld.client(Rol.COORDINATOR)
    url = f"/locaties/{plek.uid}/prioriteit"
    goed = {"csrf_token": csrf(client), "soort": "vast", "reden": "Een collega zag hier iets.", "tot": "2026-12-01"}
    for anders, melding in (
        ({"tot": "2026-11-20"}, "vandaag of later"),
        ({"tot": "2028-01-01"}, "hoogstens een jaar"),
        ({"tot": "morgen"}, "Tot en met"),
        ({"reden": "kort"}, "10 tot 1000 tekens"),
        ({"soort": "score"}, "heel getal van 0 tot en met 300"),
        ({"soort": "score", "punten": "-3"}, "zonder komma of min"),
        ({"punten": "20"}, "Vul alleen een score in"),
        ({"soort": "iets"}, "Dit klopt nog niet"),
    ):
        antwoord = client.post(url, data=goed | anders)
        assert antwoord.status_code == 422, anders
        assert melding in antwoord.get_data(as_text=True), anders
    assert client.post(url, data=goed).status_code == 303
    assert client.post(url, data=goed).status_code == 409
    lijst = client.get("/locaties?sorteer=prioriteit").get_data(as_text=True)
    assert lijst.index("Stil huis") < lijst.index("Hoog huis")
    assert "Vastgezet bovenaan" in lijst
    inspecteur = wereld.client(Rol.INSPECTEUR).get(f"/locaties/{plek.uid}").get_data(as_text=True)
    assert "Een collega zag hier iets." in inspecteur
    assert "15 punten" in inspecteur
    # After its last day it is over by itself, without anybody doing anything.
    assert _stand(plek).vastgezet
    ververs(db.session(), een.gemeente.id, wereld.nu + timedelta(days=11))
    db.session.commit()
    assert not _stand(plek).vastgezet
    keuze = db.session.scalars(select(Prioriteitkeuze)).one()
    weg = f"{url}/{keuze.uid}/intrekken"
    token = {"csrf_token": csrf(client)}
    assert client.post(weg, data=token | {"reden": ""}).status_code == 422
    assert client.post(weg, data=token | {"reden": "Was een vergissing."}).status_code == 303
    assert client.post(weg, data=token | {"reden": "Nog een keer."}).status_code == 409
    assert client.post(url, data=goed | {"soort": "score", "punten": "70"}).status_code == 303
    lijst = client.get("/locaties?sorteer=prioriteit").get_data(as_text=True)
    assert "70 punten" in lijst
    assert "Score met de hand" in lijst
    assert "berekend: 15" in lijst
    elders = wereld.client(Rol.COORDINATOR, wereld.twee)
    assert elders.post(weg, data={"csrf_token": csrf(elders), "reden": "Van een ander."}).status_code == 404


def test_bij_het_plannen_bevroren(wereld: Wereld) -> None:
    een = wereld.een
    plek = maak_locatie(een, wereld.nu, "Huis")
    _signaal(een, plek, lokale_datum(wereld.nu))
    client = wereld.client(Rol.COORDINATOR)
    velden = {
        "csrf_token": csrf(client),
        "naam": "Actie",
        "soort": "pandenactie",
        "datum": "2026-11-24",
        "van": "18:00",
        "tot": "22:00",
        "locatie": str(plek.uid),
    }
    antwoord = client.post("/acties/nieuw", data=velden)
    assert antwoord.status_code == 302, antwoord.get_data(as_text=True)
    bewaard = db.session.scalars(select(PrioriteitBijPlannen)).one()
    assert (bewaard.score_tienden, bewaard.band) == (330, "middel")
    assert [d["tienden"] for d in bewaard.delen] == [180, 150, 0, 0, 0, 0]
    assert bewaard.delen[0]["feiten"][0]["datum"] == "2026-11-21"
    # What comes later changes the location, not why it was chosen.
    _signaal(een, plek, lokale_datum(wereld.nu), urgentie="direct_gevaar")
    stop_uid, actie_uid = bewaard.stop.uid, bewaard.stop.actie.uid
    pagina = client.get(f"/acties/{actie_uid}/stops/{stop_uid}").get_data(as_text=True)
    assert "Waarom gekozen" in pagina
    assert "33 punten" in pagina
    assert "Al gepland" in client.get("/locaties/suggesties").get_data(as_text=True)
    db.session.expire_all()
    assert db.session.scalars(select(PrioriteitBijPlannen)).one().score_tienden == 330


def test_de_nachtelijke_opdracht_werkt_alles_bij(wereld: Wereld) -> None:
    for kring in (wereld.een, wereld.twee):
        maak_locatie(kring, wereld.nu, "Huis")
    runner = wereld.app.test_cli_runner()
    eerste = runner.invoke(prioriteit, ["ververs"])
    assert eerste.exit_code == 0, eerste.output
    assert eerste.output == "Houtribdijk: 1 locaties bijgewerkt\nMarkerwaard: 1 locaties bijgewerkt\n"
    assert json.loads(runner.invoke(prioriteit, ["ververs", "--json"]).output) == {"Houtribdijk": 0, "Markerwaard": 0}
