"""A signal along its route: steps, owners, terms, passing on, meetings and care; who may, and what the log keeps."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.fouten import Conflict
from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.signalen import meldroute, meldroute_doorzetten, triage, triage_zorg
from inspecties.signalen.meldroute_queries import standen, te_late_stappen
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Doorzetting, Meldroute, Meldstap, Overleg, Overlegpunt
from inspecties.signalen.operations import Melding, meld
from inspecties.signalen.overleg import maak_overleg, zet_op_agenda
from inspecties.signalen.rules.meldroute import Stapkeuze
from tests.wereld import Kring, Wereld, csrf

A = Rol.AANDACHTSFUNCTIONARIS


def tekst(antwoord) -> str:
    return antwoord.get_data(as_text=True)


def maak(wereld: Wereld, kring: Kring | None = None, **anders) -> Signaal:
    """A signal that an inspecteur reported; committed."""
    kring = kring or wereld.een
    velden = {"vorm": "arbeidsuitbuiting", "tekst": "Busjes voor de deur. Iemand huilde.", "waar": "Dijkstraat 4"}
    melding = Melding(datum=lokale_datum(wereld.nu), bron="medewerker", urgentie="normaal", **(velden | anders))
    signaal = meld(db.session(), kring.actoren[Rol.INSPECTEUR], wereld.nu, melding)
    db.session.commit()
    return signaal


def zet_door(wereld: Wereld, signaal: Signaal, ontvanger: str = "zorgcoordinator", **anders) -> Doorzetting:
    velden = ["nummer", "omschrijving"]
    gezien = meldroute_doorzetten.hash_van(meldroute_doorzetten.stel_op(signaal, velden, "Wat wij zagen."))
    gegevens = meldroute_doorzetten.Doorzetgegevens(
        ontvanger, "publieke_taak", "telefoon", velden, "Wat wij zagen.", gezien=gezien, **anders
    )
    rij = meldroute_doorzetten.zet_door(db.session(), wereld.een.actoren[A], wereld.nu, signaal, gegevens)
    db.session.commit()
    return rij


def stap(wereld: Wereld, signaal: Signaal, naar: str, **keuze: str) -> Meldstap:
    zet = meldroute.Zet(signaal.status, naar, Stapkeuze(**keuze))
    rij = meldroute.verplaats(db.session(), wereld.een.actoren[A], wereld.nu, signaal, zet)
    db.session.commit()
    return rij


def post(client: FlaskClient, pad: str, **velden):
    return client.post(pad, data=velden | {"csrf_token": csrf(client)})


def later(wereld: Wereld, klok: VasteKlok, dagen: int) -> None:
    """Days go by; who logs in then has a fresh session."""
    klok.moment += timedelta(days=dagen)
    wereld.nu = klok.nu()


def regels(handeling: str) -> list[Auditregel]:
    return list(db.session.scalars(select(Auditregel).where(Auditregel.handeling == handeling)))


def test_alle_stappen_tot_afgesloten_met_eigenaar_en_termijn(wereld: Wereld, klok: VasteKlok) -> None:
    signaal, actor = maak(wereld), wereld.een.actoren[A]
    sessie = db.session()
    nu = standen(sessie, actor, [signaal], wereld.nu)[signaal.id]
    assert (nu.eigenaar, nu.uiterlijk) == (None, date(2026, 11, 23)), "one working day from Saturday"
    eerste = stap(wereld, signaal, "verrijken")
    assert eerste.eigenaar_id == actor.gebruiker_id
    assert eerste.uiterlijk == date(2026, 11, 27)
    stap(wereld, signaal, "bespreken")
    zet_door(wereld, signaal, antwoord_voor=date(2026, 12, 1))
    stap(wereld, signaal, "doorgezet")
    triage.beantwoord(sessie, actor, wereld.nu, signaal, {"mogelijk_slachtoffer": "ja"})
    rij = sessie.scalars(select(Doorzetting)).one()
    meldroute_doorzetten.leg_antwoord_vast(sessie, actor, wereld.nu, rij, "Opgepakt.", date(2026, 11, 21))
    stap(wereld, signaal, "teruggekoppeld", terugkoppeling="gedaan")
    with pytest.raises(Exception, match="welke hulp is aangeboden"):
        stap(wereld, signaal, "afgesloten", uitkomst="mogelijk")
    sessie.rollback()
    triage_zorg.leg_zorg_vast(sessie, actor, wereld.nu, signaal, "Opvang", "Moviera", date(2026, 11, 21), "afgewezen")
    stap(wereld, signaal, "afgesloten", uitkomst="mogelijk")
    assert signaal.status == "afgesloten"
    assert sessie.scalars(select(Meldroute)).one().uitkomst == "mogelijk"
    gezet = [s.stap for s in sessie.scalars(select(Meldstap).order_by(Meldstap.id))]
    assert gezet == ["ontvangen", "verrijken", "bespreken", "doorgezet", "teruggekoppeld", "afgesloten"]
    assert all(s.klaar_op for s in sessie.scalars(select(Meldstap))), "nothing runs on after the end"
    klok.moment += timedelta(days=400)
    assert te_late_stappen(sessie, actor, klok.nu()) == []


def test_te_late_stap_staat_bovenaan_de_startpagina(wereld: Wereld, klok: VasteKlok) -> None:
    signaal = maak(wereld)
    stap(wereld, signaal, "verrijken")
    uid = signaal.uid
    assert "Stap te laat" not in tekst(wereld.client(A).get("/"))
    later(wereld, klok, 9)
    pagina = tekst(wereld.client(A).get("/"))
    assert f"Signaal {signaal.nummer}, stap &#39;Verrijken&#39;" in pagina
    assert pagina.index("Stap te laat") < pagina.index("Nieuwe signalen")
    assert "Stap te laat" not in tekst(wereld.client(Rol.COORDINATOR).get("/")), (
        "the owner's work, not the coordinator's"
    )
    client = wereld.client(A)
    assert "Te laat" in tekst(client.get(f"/signalen/{uid}"))
    antwoord = post(
        client, f"/signalen/{uid}/toewijzen", eigenaar=wereld.een.actoren[A].gebruiker_uid, uiterlijk="2026-12-04"
    )
    assert antwoord.status_code == 422
    assert "waarom de termijn anders wordt" in tekst(antwoord)
    post(
        client,
        f"/signalen/{uid}/toewijzen",
        eigenaar=wereld.een.actoren[A].gebruiker_uid,
        uiterlijk="2026-12-04",
        reden="Wacht op de woningcorporatie.",
    )
    assert "Stap te laat" not in tekst(wereld.client(A).get("/"))


def test_versie_van_het_begin_blijft(wereld: Wereld) -> None:
    signaal = maak(wereld)
    stap(wereld, signaal, "verrijken")
    rij = db.session.scalars(select(Meldroute)).one()
    assert (rij.tabel, rij.versie) == ("montfoort", "1")
    ander = maak(wereld, wereld.twee)
    zet = meldroute.Zet("ontvangen", "verrijken")
    meldroute.verplaats(db.session(), wereld.twee.actoren[A], wereld.nu, ander, zet)
    db.session.commit()
    assert {r.tabel for r in db.session.scalars(select(Meldroute))} == {"montfoort", "soest"}


def test_elders_gesloten_signaal_krijgt_zijn_stap_terug(wereld: Wereld) -> None:
    """A judgement about a visit closes and reopens signals without knowing of steps."""
    signaal = maak(wereld)
    stap(wereld, signaal, "verrijken")
    signaal.status = "ontvangen"
    db.session.commit()
    stap(wereld, signaal, "verrijken")
    open_ = [s for s in db.session.scalars(select(Meldstap)) if s.klaar_op is None]
    assert [s.stap for s in open_] == ["verrijken"]


def test_wie_te_laat_is_met_zetten_hoort_dat(wereld: Wereld) -> None:
    signaal = maak(wereld)
    stap(wereld, signaal, "verrijken")
    client = wereld.client(A)
    antwoord = post(client, f"/signalen/{signaal.uid}/stap/verrijken", gezien="ontvangen")
    assert antwoord.status_code == 409
    assert client.get(f"/signalen/{signaal.uid}/stap/teruggekoppeld").status_code == 409
    assert client.get(f"/signalen/{signaal.uid}/stap/onzin").status_code == 404


SCHRIJFT = [
    "stap/verrijken",
    "toewijzen",
    "triage",
    "triage/afwijken",
    "zorg",
    "bedenktijd",
    "doorzetten",
    "splitsen",
    "locaties",
    "dossier",
    "samenvoegen",
    "agenda",
]


def test_alleen_de_aandachtsfunctionaris_behandelt(wereld: Wereld) -> None:
    uid = maak(wereld).uid
    for rol in sorted(MENSEN - {A}):
        client = wereld.client(rol)
        token = csrf(client)
        for pad in SCHRIJFT:
            antwoord = client.post(f"/signalen/{uid}/{pad}", data={"csrf_token": token})
            assert antwoord.status_code == 403, (rol, pad)
        leest = rol is Rol.COORDINATOR
        assert client.get(f"/signalen/{uid}/bekend").status_code == (200 if leest else 403), rol
        assert client.get("/signalen/overleg").status_code == (200 if leest else 403), rol


def test_andere_gemeente_ziet_niets(wereld: Wereld) -> None:
    signaal = maak(wereld)
    rij = zet_door(wereld, signaal)
    uid, rij_uid = signaal.uid, rij.uid
    client = wereld.client(A, wereld.twee)
    for pad in (
        "stap/verrijken",
        "triage",
        "zorg",
        "doorzetten",
        "bekend",
        "koppelen",
        "agenda",
        f"doorgezet/{rij_uid}",
    ):
        assert client.get(f"/signalen/{uid}/{pad}").status_code == 404, pad
    eigen = maak(wereld, wereld.twee)
    assert client.get(f"/signalen/{eigen.uid}/doorgezet/{rij_uid}").status_code == 404


def test_doorzetten_toont_eerst_en_bevriest_dan(wereld: Wereld) -> None:
    signaal = maak(wereld)
    uid, client = signaal.uid, wereld.client(A)
    velden = {
        "ontvanger": "nla",
        "grondslag": "publieke_taak",
        "wijze": "telefoon",
        "velden": ["nummer", "omschrijving"],
        "omschrijving": "Busjes voor de deur.",
        "antwoord_voor": "2026-12-05",
    }
    eerst = tekst(post(client, f"/signalen/{uid}/doorzetten", **velden))
    assert "Dit geeft u door" in eerst
    assert db.session.scalars(select(Doorzetting)).all() == [], "reading is not sending"
    gezien = meldroute_doorzetten.hash_van(
        f"Nummer van het signaal: {signaal.nummer}\nOmschrijving: Busjes voor de deur."
    )
    assert gezien in eerst
    # Changed after reading: shown again.
    anders = post(
        client,
        f"/signalen/{uid}/doorzetten",
        **(velden | {"omschrijving": "Iets anders."}),
        gezien=gezien,
        bevestig="1",
        nagekeken="y",
    )
    assert "Dit geeft u door" in tekst(anders)
    zonder = post(client, f"/signalen/{uid}/doorzetten", **velden, gezien=gezien, bevestig="1")
    assert "Lees de tekst na" in tekst(zonder)
    assert (
        post(client, f"/signalen/{uid}/doorzetten", **velden, gezien=gezien, bevestig="1", nagekeken="y").status_code
        == 302
    )
    rij = db.session.scalars(select(Doorzetting)).one()
    assert rij.tekst == f"Nummer van het signaal: {signaal.nummer}\nOmschrijving: Busjes voor de deur."
    regel = regels("signaal_doorgezet")[0]
    assert regel.gegevens["velden"] == ["nummer", "omschrijving"]
    assert "Busjes" not in str(regel.gegevens)
    assert regel.grondslag.startswith("Publieke taak")
    rij.tekst = "Iets anders"
    with pytest.raises(Conflict, match="verandert niet meer"):
        db.session.flush()
    db.session.rollback()


FOUT = [
    ({"ontvanger": "buurman"}, "Deze keuze is er niet. Kies bij"),
    ({"velden": []}, "Vink aan wat u doorgeeft"),
    ({"velden": ["melder"]}, "Deze keuze is er niet. Kies bij"),
    ({"ontvanger": "overig"}, "welke organisatie"),
    ({"omschrijving": " "}, "maar die is leeg"),
    ({"antwoord_voor": "2026-11-20"}, "vanaf vandaag"),
    ({"grondslag": ""}, "op welke grond"),
]


def test_doorzetten_noemt_wat_er_mis_is(wereld: Wereld) -> None:
    pad, client = f"/signalen/{maak(wereld).uid}/doorzetten", wereld.client(A)
    goed = {
        "ontvanger": "nla",
        "grondslag": "publieke_taak",
        "wijze": "telefoon",
        "velden": ["omschrijving"],
        "omschrijving": "Busjes.",
    }
    for velden, melding in FOUT:
        antwoord = post(client, pad, **(goed | velden))
        assert antwoord.status_code == 422, velden
        assert melding in tekst(antwoord)


def test_de_coordinator_leest_niet_wat_is_doorgezet_en_niet_wie_meldde(wereld: Wereld) -> None:
    signaal = maak(wereld)
    zet_door(wereld, signaal, antwoord_voor=date(2026, 12, 1))
    triage.beantwoord(db.session(), wereld.een.actoren[A], wereld.nu, signaal, {"meldcode_beroep": "ja"})
    db.session.commit()
    uid = signaal.uid
    van_a = tekst(wereld.client(A).get(f"/signalen/{uid}"))
    van_c = tekst(wereld.client(Rol.COORDINATOR).get(f"/signalen/{uid}"))
    assert "meldcode" in van_a
    assert "meldcode" not in van_c, "it would say in which profession the reporter works"
    assert "Zorgcoördinator" in van_c
    assert "Wat wij zagen." not in van_c
    assert "Aan iemand doorgeven" not in van_c
    for regel in db.session.scalars(select(Auditregel)):
        assert "meldcode" not in str(regel.gegevens) or regel.handeling == "triage_beantwoord"
        assert "inspecteur" not in str(regel.gegevens).lower()
        if regel.handeling == "signaal_gemeld":
            assert regel.gebruiker_id is None


def test_overleg_agenda_zonder_tekst_en_melder(wereld: Wereld, klok: VasteKlok) -> None:
    signaal = maak(wereld)
    for naar in ("verrijken", "bespreken"):
        stap(wereld, signaal, naar)
    uid, client = signaal.uid, wereld.client(A)
    assert post(client, "/signalen/overleg/nieuw", naam="Overleg", datum="2020-01-01").status_code == 422
    gemaakt = post(client, "/signalen/overleg/nieuw", naam="Overleg", datum="2026-11-25")
    assert signaal.nummer in tekst(client.get(gemaakt.location)), "what is to be discussed is offered"
    overleg = db.session.scalars(select(Overleg)).one()
    velden = {"overleg": str(overleg.uid), "vraag": "Wie kent dit adres?"}
    assert post(client, f"/signalen/{uid}/agenda", **velden).status_code == 302
    assert post(client, f"/signalen/{uid}/agenda", **velden).status_code == 422, "twice on one agenda"
    pdf = client.get(f"/signalen/overleg/{overleg.uid}/agenda.pdf")
    assert pdf.data.startswith(b"%PDF")
    punt = db.session.scalars(select(Overlegpunt)).one()
    pad = f"/signalen/overleg/{overleg.uid}/punten/{punt.uid}"
    veld = f"p{punt.uid}-afspraak"
    assert "nog niet geweest" in tekst(post(client, pad, **{veld: "Wijkagent kijkt."}))
    later(wereld, klok, 4)
    client = wereld.client(A)
    assert post(client, pad, **{veld: "Wijkagent kijkt."}).status_code == 302
    assert "Wijkagent kijkt." in tekst(client.get(f"/signalen/{uid}"))
    assert post(client, f"{pad}/weg").status_code == 409, "what was agreed stays"


def test_agenda_als_pdf_noemt_geen_tekst_en_geen_plek_in_woorden(wereld: Wereld) -> None:
    signaal, actor = maak(wereld, waar="bij tante Greet"), wereld.een.actoren[A]
    overleg = maak_overleg(db.session(), actor, wereld.nu, "Overleg", date(2026, 11, 25))
    zet_op_agenda(db.session(), actor, wereld.nu, overleg, signaal, "Wie kent dit adres?")
    db.session.commit()
    pdf = wereld.client(Rol.COORDINATOR).get(f"/signalen/overleg/{overleg.uid}/agenda.pdf").data
    inhoud = " ".join(blad.extract_text() for blad in PdfReader(BytesIO(pdf)).pages)
    assert signaal.nummer in inhoud
    assert "Wie kent dit adres?" in inhoud
    for woord in ("huilde", "Greet", "Medewerker", "inspecteur"):
        assert woord not in inhoud
