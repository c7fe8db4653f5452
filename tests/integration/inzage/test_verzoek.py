"""A person asks what the gemeente has: found everywhere, checked by a second person, no reporter in it."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspecties.audit.beperken import beperk
from inspecties.audit.models import Auditregel
from inspecties.audit.models_beperking import Beperking, Rectificatie
from inspecties.audit.operations import leg_vast
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Notitie
from inspecties.locaties.models_partijen import Partij
from inspecties.locaties.partijen import voeg_partij_toe
from inspecties.locaties.rules.partijen import PartijGegevens
from inspecties.signalen.melder import Betrokkengegevens, Meldergegevens, bewaar_betrokkene, bewaar_melder
from inspecties.signalen.models import Signaal
from inspecties.start import inzage, inzage_verslag
from inspecties.start.models_inzage import Inzagetreffer, Inzageverzoek
from tests.locatiewereld import maak_locatie, maak_typen
from tests.wereld import WACHTWOORD, Wereld, csrf

NAAM = "Annika Välimäki"


def tekst(antwoord: TestResponse) -> str:
    return antwoord.get_data(as_text=True)


def post(client: FlaskClient, pad: str, **velden: str) -> TestResponse:
    return client.post(pad, data=velden | {"csrf_token": csrf(client)}, follow_redirects=True)


@pytest.fixture
def locatie(wereld: Wereld) -> Risicolocatie:
    """A place with the person as owner, in a note and encrypted at a signal; reported by a neighbour."""
    sessie, nu, een = db.session(), wereld.nu, wereld.een
    bos, gid = wereld.app.extensions["sleutelbos"], een.gemeente.id
    maak_typen(een)
    plek = maak_locatie(een, nu, "Kade 8")
    jurist = een.actoren[Rol.JURIST]
    voeg_partij_toe(sessie, jurist, nu, PartijGegevens("persoon", NAAM, "", "toezicht", date(2027, 1, 1)))
    sessie.add(Notitie(gemeente_id=gid, locatie_id=plek.id, tekst=f"Mevrouw {NAAM.upper()} deed open.", op=nu))
    signaal = Signaal(
        gemeente_id=gid, nummer="S1", datum=nu.date(), bron="inwoner", vorm="arbeidsuitbuiting",
        tekst="De vrouw op nummer 8 wordt opgesloten.", ontvangen_op=nu,
    )  # fmt: skip
    sessie.add(signaal)
    sessie.flush()
    bewaar_melder(sessie, bos, signaal, Meldergegevens("Buur Snoek", "06-12345678"), terugkoppeling=False)
    bewaar_betrokkene(sessie, bos, nu, signaal, "onbekend", Betrokkengegevens(naam=NAAM, contact="+31 6 98765432"))
    sessie.commit()
    return plek


def begin(wereld: Wereld, client: FlaskClient) -> str:
    antwoord = post(client, "/verzoeken/nieuw", soort="inzage", naam=NAAM, ontvangen_op="2026-11-20")
    assert "AVG-2026-001" in tekst(antwoord), tekst(antwoord)
    verzoek = db.session.scalars(select(Inzageverzoek)).one()
    assert verzoek.uiterlijk == date(2026, 12, 20)
    assert NAAM not in verzoek.aanvrager, "stored encrypted"
    pad = f"/verzoeken/{verzoek.uid}"
    assert "bestaat niet" not in tekst(
        post(client, f"{pad}/identiteit", identiteit="balie", identiteit_op="2026-11-21")
    )
    antwoord = post(client, f"{pad}/zoeken", namen=NAAM, nummers="0698765432")
    assert "Nieuw gevonden: 3" in tekst(antwoord), tekst(antwoord)
    return pad


def treffers() -> dict[str, Inzagetreffer]:
    db.session.rollback()
    return {t.tabel: t for t in db.session.scalars(select(Inzagetreffer))}


def test_van_verzoek_tot_antwoord(app: Flask, wereld: Wereld, locatie: Risicolocatie) -> None:
    jurist, aandacht, auditor = (wereld.client(r) for r in (Rol.JURIST, Rol.AANDACHTSFUNCTIONARIS, Rol.AUDITOR))
    pad = begin(wereld, jurist)
    gevonden = treffers()
    assert set(gevonden) == {"partij", "locatienotitie", "betrokkene"}, "also in capitals, and encrypted"

    # The jurist does not see the signal; the aandachtsfunctionaris does, and nothing of the register of parties.
    bladzijde = tekst(jurist.get(pad))
    assert "deed open" in bladzijde
    assert "Nog 1 plek mag uw rol niet zien" in bladzijde
    assert "+31 6 98765432" not in bladzijde
    assert jurist.get(f"{pad}/plekken/{gevonden['betrokkene'].uid}").status_code == 403
    assert aandacht.get(f"{pad}/plekken/{gevonden['partij'].uid}").status_code == 403
    for naam in ("partij", "locatienotitie"):
        post(jurist, f"{pad}/plekken/{gevonden[naam].uid}", oordeel="ja")
    assert "Beoordeel eerst alle gevonden plekken" in tekst(post(jurist, f"{pad}/voorleggen"))
    post(aandacht, f"{pad}/plekken/{gevonden['betrokkene'].uid}", oordeel="uitgezonderd", reden="Onderzoek loopt.")
    antwoord = post(jurist, f"{pad}/voorleggen", uitzondering="Er loopt een onderzoek.")
    assert "Een collega of de auditor kijkt het na" in tekst(antwoord)

    # Four eyes: who made it does not release it, and not without proving who one is.
    zelf = post(jurist, f"{pad}/vrijgeven", geen_melder="y", bevestig_wachtwoord=WACHTWOORD)
    assert "maakte dit antwoord zelf" in tekst(zelf)
    assert "nog niet vrijgegeven" in tekst(post(jurist, f"{pad}/antwoord"))
    assert post(auditor, f"{pad}/vrijgeven", geen_melder="y").status_code == 403
    assert "Bevestig dat niemand" in tekst(post(auditor, f"{pad}/vrijgeven", bevestig_wachtwoord=WACHTWOORD))
    assert "Vrijgegeven" in tekst(post(auditor, f"{pad}/vrijgeven", geen_melder="y"))
    pdf = post(jurist, f"{pad}/antwoord")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")
    assert "Verzonden" in tekst(post(jurist, f"{pad}/verzonden", wijze="balie"))

    verzoek = db.session.scalars(select(Inzageverzoek)).one()
    inhoud = inzage.inhoud_van(app.extensions["sleutelbos"], verzoek)
    assert {g["naam"] for g in inhoud["groepen"]} == {"Gegevens bij een adres"}
    assert "Onderzoek loopt" not in str(inhoud)
    assert inhoud["uitzondering"] == "Er loopt een onderzoek."
    assert {(g["rol"], g["organisatie"]) for g in inhoud["gezien"]} == {
        ("Jurist", "de gemeente"),
        ("Aandachtsfunctionaris", "de gemeente"),
    }
    assert "jurist Markerwaard" not in str(inhoud), "no names of employees"
    regels = db.session.scalars(select(Auditregel).order_by(Auditregel.id)).all()
    assert {"persoon_gezocht", "treffer_beoordeeld", "verzoek_vrijgegeven", "inzageantwoord_opgehaald"} <= {
        r.handeling for r in regels
    }
    gezocht = next(r for r in regels if r.handeling == "persoon_gezocht")
    assert gezocht.gegevens["op"] == ["naam", "nummer"]
    assert not any("limäki" in str(r.gegevens) or "Snoek" in str(r.gegevens) for r in regels)
    ander = wereld.client(Rol.JURIST, wereld.twee)
    assert ander.get(pad).status_code == 404


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_een_melder_in_het_antwoord_houdt_het_tegen(app: Flask, wereld: Wereld, locatie: Risicolocatie) -> None:
    sessie = db.session()
    notitie = sessie.scalars(select(Notitie)).one()
    notitie.tekst = f"{NAAM} kent de familie Snoek van hiernaast."
    sessie.commit()
    jurist, auditor = wereld.client(Rol.JURIST), wereld.client(Rol.AUDITOR)
    pad = begin(wereld, jurist)
    for naam, treffer in treffers().items():
        wie = jurist if naam != "betrokkene" else wereld.client(Rol.AANDACHTSFUNCTIONARIS)
        post(wie, f"{pad}/plekken/{treffer.uid}", oordeel="nee" if naam == "betrokkene" else "ja")
    post(jurist, f"{pad}/voorleggen")
    gelezen = tekst(auditor.get(pad))
    assert "te herkennen wie iets meldde" in gelezen
    fout = post(auditor, f"{pad}/vrijgeven", geen_melder="y", bevestig_wachtwoord=WACHTWOORD)
    assert fout.status_code == 409
    assert "Hier is mogelijk iemand te herkennen die iets meldde" in tekst(fout)
    assert db.session.scalars(select(Inzageverzoek.toestand)).one() == "voorgelegd"


def test_verbeteren_en_beperken(app: Flask, wereld: Wereld, locatie: Risicolocatie) -> None:
    jurist, coordinator = wereld.client(Rol.JURIST), wereld.client(Rol.COORDINATOR)
    pad = begin(wereld, jurist)
    gevonden = treffers()
    for naam in ("partij", "locatienotitie"):
        post(jurist, f"{pad}/plekken/{gevonden[naam].uid}", oordeel="ja")
    plek = f"{pad}/plekken/{gevonden['partij'].uid}"
    assert "is aangepast" in tekst(post(jurist, f"{plek}/verbeteren", nieuw="Annika Valimaki", reden="Paspoort gezien"))
    partij = db.session.scalars(select(Partij)).one()
    assert partij.naam == "Annika Valimaki"
    assert NAAM not in db.session.scalars(select(Rectificatie.oud)).one(), "what stood there is kept encrypted"
    notitie = f"{pad}/plekken/{gevonden['locatienotitie'].uid}"
    assert "staat nu bij het gegeven" in tekst(
        post(jurist, f"{notitie}/verbeteren", nieuw="Zij was er niet", reden="Stempel in het paspoort")
    )
    pagina = tekst(coordinator.get(f"/locaties/{locatie.uid}"))
    assert "Zij was er niet" in pagina, "the note stands on the page of the place"
    antwoord = post(jurist, f"{plek}/beperken", grond="betwist", reden="De rol wordt betwist.")
    assert "beperkt" in tekst(antwoord)
    assert "de persoon betwist de gegevens" in tekst(coordinator.get(f"/partijen/{partij.uid}"))
    assert "al beperkt" in tekst(post(jurist, f"{plek}/beperken", grond="betwist", reden="Nog eens."))

    # A place of which the use is restricted stays out of every file.
    beperk(db.session(), wereld.een.actoren[Rol.JURIST], wereld.nu, "risicolocatie", locatie.uid, "bezwaar", "Bezwaar.")
    db.session.commit()
    bestand = coordinator.get("/locaties/export?formaat=csv")
    assert locatie.naam not in tekst(bestand)
    rij = db.session.scalars(select(Beperking).where(Beperking.object_soort == "risicolocatie")).one()
    assert "Opgeheven" in tekst(post(jurist, f"/beperkingen/{rij.uid}/opheffen", reden="De persoon is gehoord."))
    assert post(coordinator, f"/beperkingen/{rij.uid}/opheffen", reden="Zomaar weg.").status_code == 403


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_termijn_en_wie_het_zag(app: Flask, wereld: Wereld, locatie: Risicolocatie) -> None:
    """Two months more once; a partner's reading shows its organisation."""
    jurist = wereld.client(Rol.JURIST)
    pad = begin(wereld, jurist)
    assert "twee maanden" in tekst(post(jurist, f"{pad}/verlengen", langer="Er zijn veel stukken."))
    verzoek = db.session.scalars(select(Inzageverzoek)).one()
    assert verzoek.uiterlijk == date(2027, 2, 20)
    assert "één keer" in tekst(post(jurist, f"{pad}/verlengen", langer="Nog meer stukken."))
    partij = db.session.scalars(select(Partij)).one()
    treffers()["partij"].oordeel = "ja"
    leg_vast(db.session(), wereld.een.actoren[Rol.PARTNER], wereld.nu, "partij_gelezen", "partij", partij.uid)
    db.session.commit()
    inhoud = inzage_verslag.stel_samen(
        db.session(), wereld.een.actoren[Rol.JURIST], wereld.nu, app.extensions["sleutelbos"], verzoek
    )
    assert ("Partner", "Politie") in {(g["rol"], g["organisatie"]) for g in inhoud["gezien"]}
