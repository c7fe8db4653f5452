"""A person asks what the gemeente has: found everywhere, checked by a second person, no reporter in it."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.beperken import beperk, eis_onbeperkt
from inspecties.audit.models import Auditregel
from inspecties.audit.models_beperking import Beperking, Rectificatie
from inspecties.audit.models_vernietigen import Wpggegeven
from inspecties.audit.operations import leg_vast
from inspecties.audit.vernietigen import beoordeel
from inspecties.core.fouten import Conflict
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.kenmerken import leg_kenmerk_vast, neem_kenmerk_weg
from inspecties.locaties.kenmerken_models import VervallenKenmerk
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Notitie
from inspecties.locaties.models_partijen import Kenmerk, Partij
from inspecties.locaties.partijen import voeg_partij_toe
from inspecties.locaties.rules.partijen import PartijGegevens
from inspecties.signalen.melder import Betrokkengegevens, Meldergegevens, bewaar_betrokkene, bewaar_melder
from inspecties.signalen.meldroute_doorzetten import _wie_en_wat
from inspecties.signalen.models import Signaal
from inspecties.start import inzage, inzage_verslag
from inspecties.start.bewaarsoorten import GEHELEN
from inspecties.start.models_inzage import Inzagetreffer, Inzageverzoek
from tests.integration.bewaren.test_bewaren_alles import draai
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
    assert f'href="{plek}"' in tekst(jurist.get("/beperkingen")), "from the mark to what it lies on"

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
    partij, signaal = db.session.scalars(select(Partij)).one(), db.session.scalars(select(Signaal)).one()
    gevonden = treffers()
    for tabel in ("partij", "betrokkene"):
        gevonden[tabel].oordeel = "ja"
    leg_vast(db.session(), wereld.een.actoren[Rol.PARTNER], wereld.nu, "partij_gelezen", "partij", partij.uid)
    # Who adds to a signal or withdraws it did not look at somebody: it may be who reported.
    for handeling in ("signaal_aangevuld", "signaal_ingetrokken"):
        leg_vast(db.session(), wereld.een.actoren[Rol.INSPECTEUR], wereld.nu, handeling, "signaal", signaal.uid)
    db.session.commit()
    inhoud = inzage_verslag.stel_samen(
        db.session(), wereld.een.actoren[Rol.JURIST], wereld.nu, app.extensions["sleutelbos"], verzoek
    )
    gezien = {(g["rol"], g["organisatie"]) for g in inhoud["gezien"]}
    assert ("Partner", "Politie") in gezien
    assert "Inspecteur" not in {rol for rol, _ in gezien}


def plekteksten(client: FlaskClient, *paden: str) -> str:
    """These pages in one, each of which opens."""
    antwoorden = [client.get(pad) for pad in paden]
    assert [a.status_code for a in antwoorden] == [200] * len(paden)
    return "".join(map(tekst, antwoorden))


def test_een_verbetering_leest_wie_het_gegeven_leest(app: Flask, wereld: Wereld, locatie: Risicolocatie) -> None:
    """Encrypted data at a place and in a signal: put right and restricted by who reads them, and shown to no other."""
    sessie, nu, een = db.session(), wereld.nu, wereld.een
    kenmerk = leg_kenmerk_vast(
        sessie, een.actoren[Rol.COORDINATOR], nu, app.extensions["sleutelbos"], locatie,
        soort="telefoon", waarde="06 1111 2222", bron="advertentie", gezien_op=nu.date(),
    )  # fmt: skip
    signaal_uid, kenmerk_uid = sessie.scalars(select(Signaal.uid)).one(), kenmerk.uid
    sessie.commit()
    jurist, coordinator, inspecteur, aandacht = (
        wereld.client(r) for r in (Rol.JURIST, Rol.COORDINATOR, Rol.INSPECTEUR, Rol.AANDACHTSFUNCTIONARIS)
    )
    pad = begin(wereld, jurist)
    assert "Nieuw gevonden: 1" in tekst(post(jurist, f"{pad}/zoeken", namen=NAAM, nummers="0611112222"))
    gevonden = treffers()
    assert "1111" not in tekst(jurist.get(pad)).replace("0611112222", ""), "only what the jurist searched on"
    nummer, mens = (f"{pad}/plekken/{gevonden[tabel].uid}" for tabel in ("kenmerk", "betrokkene"))
    assert jurist.get(nummer).status_code == 403, "the jurist does not read features of places"
    for plek, nieuw in ((nummer, "06 3333 4444"), (mens, "Annika Virtanen")):
        assert post(jurist, f"{plek}/verbeteren", nieuw=nieuw, reden="Zegt zij zelf").status_code == 403
        assert "Vastgelegd" in tekst(post(aandacht, plek, oordeel="ja"))
        assert "staat nu bij het gegeven" in tekst(
            post(aandacht, f"{plek}/verbeteren", nieuw=nieuw, reden="Stuurde een rekening")
        )
    assert "Annika Virtanen" not in tekst(aandacht.get(nummer)), "another row's note"

    # At the place: who reads the feature reads the note beside it; others know that there is one.
    op_de_locatie = f"/locaties/{locatie.uid}"
    for client in (inspecteur, jurist):
        gelezen = plekteksten(client, op_de_locatie)
        assert "op verzoek van een persoon" in gelezen
        assert not [deel for deel in ("1111", "3333") if deel in gelezen.replace(str(locatie.uid), "")]
    gelezen = plekteksten(coordinator, op_de_locatie)
    assert "06 3333 4444" in gelezen
    # In the signal: nothing until somebody says why they read who it is about.
    signaalpaden = (f"/signalen/{signaal_uid}", f"/signalen/{signaal_uid}/betrokkenen")
    for client, paden in ((coordinator, signaalpaden[:1]), (aandacht, signaalpaden)):
        gelezen = plekteksten(client, *paden)
        assert "op verzoek van een persoon" in gelezen
        assert "Virtanen" not in gelezen
    assert "Annika Virtanen" in tekst(post(aandacht, signaalpaden[1], doel="hulp"))

    # Restricted by who may read it, and lifted by the jurist; until then it does not go out.
    antwoord = post(aandacht, f"{mens}/beperken", grond="betwist", reden="De rol wordt betwist.")
    assert antwoord.status_code == 200
    assert "Het gebruik is beperkt" in tekst(antwoord)
    wie = _wie_en_wat(sessie, sessie.scalars(select(Signaal)).one())
    with pytest.raises(Conflict, match=r"art\. 18 AVG"):
        eis_onbeperkt(sessie, een.actoren[Rol.AANDACHTSFUNCTIONARIS], wie)
    merk = sessie.scalars(select(Beperking)).one()
    assert (merk.object_soort, merk.opgeheven_op) == ("betrokkene", None)
    assert "Opgeheven" in tekst(post(jurist, f"/beperkingen/{merk.uid}/opheffen", reden="De persoon is gehoord."))

    # The note goes when its row does, and not before its term otherwise.
    sessie.rollback()
    geheel = next(g for g in GEHELEN if g.code == "verbetering_zonder_gegeven")
    maanden = maanden_op(nu.date())
    assert beoordeel(sessie, een.systeem, nu.date(), geheel, maanden).weg == []
    neem_kenmerk_weg(
        sessie,
        een.actoren[Rol.COORDINATOR],
        nu,
        sessie.scalars(select(Kenmerk)).one(),
        "Nummer is niet meer in gebruik",
    )
    sessie.commit()
    assert "06 3333 4444" in plekteksten(coordinator, op_de_locatie), "it is kept, and so is its note"
    assert beoordeel(sessie, een.systeem, nu.date(), geheel, maanden).weg == []
    sessie.execute(delete(VervallenKenmerk))
    sessie.commit()
    gelezen = plekteksten(coordinator, op_de_locatie)
    assert "op verzoek van een persoon" not in gelezen
    assert "3333" not in gelezen.replace(str(locatie.uid), "")
    weg = beoordeel(sessie, een.systeem, nu.date(), geheel, maanden).weg
    over_kenmerk = sessie.scalars(select(Rectificatie.id).where(Rectificatie.object_uid == str(kenmerk_uid))).one()
    assert [stand.aanvang.id for stand in weg] == [over_kenmerk]


def _zet_signaal_apart() -> None:
    db.session.rollback()
    signaal = db.session.scalars(select(Signaal)).one()
    db.session.add(
        Wpggegeven(
            gemeente_id=signaal.gemeente_id, object_soort="signaal", object_uid=signaal.uid, ontvangen_van="Politie",
            artikel="art. 8 Wpg", ontvangen_op=signaal.datum, vastgelegd_op=signaal.ontvangen_op,
        )
    )  # fmt: skip
    db.session.commit()


@pytest.mark.parametrize("wanneer", ["voor_het_oordeel", "na_het_oordeel", "na_het_voorleggen"])
def test_wat_apart_is_gezet_als_politiegegeven_gaat_niet_mee(
    app: Flask, wereld: Wereld, locatie: Risicolocatie, wanneer: str
) -> None:
    """The person does not hear that it was removed either: the Wpg has a request of its own."""
    jurist, aandacht, auditor = (wereld.client(r) for r in (Rol.JURIST, Rol.AANDACHTSFUNCTIONARIS, Rol.AUDITOR))
    pad = begin(wereld, jurist)
    gevonden = treffers()
    bij_signaal = f"{pad}/plekken/{gevonden['betrokkene'].uid}"
    for naam in ("partij", "locatienotitie"):
        post(jurist, f"{pad}/plekken/{gevonden[naam].uid}", oordeel="ja")
    if wanneer != "voor_het_oordeel":
        post(aandacht, bij_signaal, oordeel="ja")
    if wanneer == "na_het_voorleggen":
        assert "kijkt het na" in tekst(post(jurist, f"{pad}/voorleggen"))
    _zet_signaal_apart()
    assert aandacht.get(bij_signaal).status_code == 403
    assert "Nog 1 plek" not in tekst(jurist.get(pad))
    if wanneer == "na_het_voorleggen":
        velden = {"geen_melder": "y", "bevestig_wachtwoord": WACHTWOORD}
        assert "apart gezet of teruggezet" in tekst(post(auditor, f"{pad}/vrijgeven", **velden))
        assert post(auditor, f"{pad}/terug", terug="Er is iets apart gezet.").status_code == 200
    antwoord = tekst(post(jurist, f"{pad}/voorleggen"))
    assert "kijkt het na" in antwoord, antwoord
    db.session.rollback()
    inhoud = inzage.inhoud_van(app.extensions["sleutelbos"], db.session.scalars(select(Inzageverzoek)).one())
    assert {g["naam"] for g in inhoud["groepen"]} == {"Gegevens bij een adres"}
    assert "verwijderd" not in str(inhoud)
    assert locatie is not None


def test_een_verbetering_blijft_bij_wat_apart_staat(wereld: Wereld, locatie: Risicolocatie, klok: VasteKlok) -> None:
    """What stands apart may come back, and then with its note."""
    db.session.rollback()
    for soort, uid in (("signaal", db.session.scalars(select(Signaal.uid)).one()), ("signaal", nieuw_id())):
        db.session.add(
            Rectificatie(
                gemeente_id=locatie.gemeente_id, object_soort=soort, object_uid=str(uid), veld="signaal.tekst",
                oud="x", nieuw="y", reden="Klopt niet", aangepast=False, op=wereld.nu,
            )
        )  # fmt: skip
    db.session.commit()
    _zet_signaal_apart()
    klok.moment = wereld.nu + timedelta(days=1)
    assert ("rectificatie", 1) in {(r["soort"], r["aantal"]) for r in draai()["vernietigd"]}
    assert db.session.scalars(select(Rectificatie.object_uid)).one() == str(
        db.session.scalar(select(Signaal.__table__.c.uid))
    )
