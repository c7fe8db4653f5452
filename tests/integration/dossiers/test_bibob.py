"""Bibob: begins only for a reason of the law, walks its track, and is nobody's business but of who is named."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import (
    beoordelen,
    besluiten,
    bibob,
    bibob_gereed,
    bibob_toegang,
    looptermijnen,
    operations,
    voorleggen,
)
from inspecties.dossiers.bibob_traject import hervat_wat_vol_is
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.bibob import ALLEEN_CONTROLE, Uitkomst
from inspecties.dossiers.trajecten import Nietzover
from inspecties.dossiers.voorleggen import NietGereed
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.models import Risicolocatie
from tests.integration.dossiers.bibobwereld import begin, bron, collega, stap, stop, tot_formulier, uitkomst
from tests.integration.dossiers.conftest import TEKSTEN, Zaak, verstuur
from tests.locatiewereld import maak_locatie, maak_typen
from tests.wereld import Kring, Wereld, aangemeld


def _salon(kring: Kring, nu: datetime) -> Risicolocatie:
    maak_typen(kring)
    return maak_locatie(kring, nu, "Salon")


def _termijn(dossier: Dossier, code: str) -> Looptermijn:
    db.session.expire_all()
    opdracht = select(Looptermijn).where(Looptermijn.dossier_id == dossier.id, Looptermijn.code == code)
    return db.session.scalars(opdracht.order_by(Looptermijn.id.desc())).all()[0]


def test_begint_alleen_met_een_aanleiding_uit_de_wet(zaak: Zaak) -> None:
    zaak.rij().gevolg = "bibob"
    locatie = zaak.rij().bezoek.locatie.uid
    db.session.commit()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/bibob/nieuw?locatie={locatie}"
    # From the proposal itself there is no way: neither in the choices, nor by typing it.
    assert "Nieuw dossier" not in client.get(f"/voorstellen/{zaak.bevinding}").text
    weigert = verstuur(
        client, f"/voorstellen/{zaak.bevinding}", oordeel="overnemen", reden="Twijfel", bestemming="nieuw:bibob"
    )
    assert weigert.status_code == 422
    assert ALLEEN_CONTROLE in weigert.text

    vandaag = lokale_datum(zaak.wereld.nu).isoformat()
    velden = {"omschrijving": "Aanvraag 118", "onderwerp": "ander", "datum": vandaag}
    alleen_controle = verstuur(client, pad, aanleiding="controle", **velden)
    assert alleen_controle.status_code == 422
    assert ALLEEN_CONTROLE in alleen_controle.text
    # No local policy for this subject: then the jurist has to say why.
    zonder = verstuur(client, pad, aanleiding="aanvraag", **velden)
    assert zonder.status_code == 422
    assert "Schrijf op waarom u toch begint" in zonder.text
    gelukt = verstuur(client, pad, aanleiding="aanvraag", waarom_toch="Herkomst van het geld.", **velden)
    assert gelukt.status_code == 302, gelukt.text
    dossier = db.session.scalars(select(Dossier)).one()
    assert dossier.nummer.startswith("B"), "no gap in the other series"
    pagina = client.get(gelukt.headers["Location"]).text
    for woord in ("Aanvraag 118", "Herkomst van het geld.", "Beslistermijn"):
        assert woord in pagina
    # The finding serves as a source; on the side of the control nothing shows.
    velden = {"bron": "eigen_administratie", "op": vandaag, "resultaat": "Ander aan de leiding."}
    assert (
        verstuur(client, f"/dossiers/{dossier.uid}/bibob/bronnen", bevinding=str(zaak.bevinding), **velden).status_code
        == 302
    )
    assert db.session.scalars(select(Voorstel)).all() == []
    with pytest.raises(OngeldigeInvoer, match="als bron"):
        beoordelen.accepteer(db.session(), zaak.jurist, zaak.wereld.nu, zaak.rij(), "Twijfel", dossier)
    db.session.rollback()


def test_art_31_de_beslistermijn_staat_stil_tot_en_met_de_ontvangst(wereld: Wereld, klok: VasteKlok) -> None:
    kring, wie = wereld.een, wereld.een.actoren[Rol.JURIST]
    dossier = begin(kring, wereld.nu, _salon(kring, wereld.nu))
    eerst = looptermijnen.bereken(_termijn(dossier, "bibob_beslistermijn"), lokale_datum(wereld.nu)).einde_onverlengd
    stap(wie, wereld.nu, dossier, "formulier_gevraagd", verstuurd_op=lokale_datum(wereld.nu), termijn="14d")
    stap(wie, wereld.nu, dossier, "formulier_ontvangen", ontvangen_op=lokale_datum(wereld.nu))
    advies = {"gevraagd_op": lokale_datum(wereld.nu), "ingelicht_op": lokale_datum(wereld.nu)}
    with pytest.raises(Nietzover, match="eigen onderzoek"):
        stap(wie, wereld.nu, dossier, "advies_gevraagd", **advies, reden="vragen", vraag="Wie betaalt?")
    db.session.rollback()
    bron(wie, wereld.nu, dossier)
    stap(wie, wereld.nu, dossier, "advies_gevraagd", **advies, reden="vragen", vraag="Wie betaalt?")
    assert _termijn(dossier, "bibob_beslistermijn").stand == "opgeschort"
    assert hervat_wat_vol_is(db.session(), kring.systeem, wereld.nu) == 0
    with pytest.raises(Conflict, match="als het advies er is"):
        bibob.leg_uitkomst_vast(db.session(), wie, wereld.nu, dossier, Uitkomst("geen", motivering="x"))
    db.session.rollback()

    klok.moment += timedelta(days=10)
    stap(wie, klok.nu(), dossier, "advies_ontvangen", ontvangen_op=lokale_datum(klok.nu()), oordeel="mindere_mate")
    rij = _termijn(dossier, "bibob_beslistermijn")
    # Eleven days: the day of asking up to and including the day of receipt.
    assert rij.stand == "loopt"
    assert (looptermijnen.bereken(rij, lokale_datum(klok.nu())).einde_onverlengd - eerst).days == 11
    assert _termijn(dossier, "bibob_advies").stand == "gedaan"

    # Art. 3(7): with a lesser degree only conditions.
    with pytest.raises(OngeldigeInvoer, match="afwijkt"):
        uitkomst(wie, klok.nu(), dossier, "ernstig", evenredig="Ja.")
    db.session.rollback()
    uitkomst(wie, klok.nu(), dossier, "mindere_mate")
    stap(wie, klok.nu(), dossier, "beoordeeld", bibob_uitkomst="Een mindere mate van gevaar.")
    vandaag = lokale_datum(klok.nu())
    with pytest.raises(Nietzover, match="artikel 3 lid 7"):
        stap(
            wie,
            klok.nu(),
            dossier,
            "voornemen",
            besluit="weigeren",
            vergunning="118",
            verstuurd_op=vandaag,
            termijn="14d",
        )
    db.session.rollback()


def test_art_31_langer_dan_het_bureau_mag_nemen_staat_niets_stil(wereld: Wereld, klok: VasteKlok) -> None:
    kring, wie = wereld.een, wereld.een.actoren[Rol.JURIST]
    dossier = begin(kring, wereld.nu, _salon(kring, wereld.nu))
    tot_formulier(wie, wereld.nu, dossier)
    dag = lokale_datum(wereld.nu)
    stap(wie, wereld.nu, dossier, "advies_gevraagd", gevraagd_op=dag, ingelicht_op=dag, reden="om_tip", vraag="Wie?")
    klok.moment += timedelta(weeks=7)
    assert hervat_wat_vol_is(db.session(), kring.systeem, klok.nu()) == 0
    klok.moment += timedelta(weeks=2)
    assert hervat_wat_vol_is(db.session(), kring.systeem, klok.nu()) == 1
    db.session.commit()
    rij = _termijn(dossier, "bibob_beslistermijn")
    assert (rij.stand, rij.daden[-1].soort) == ("loopt", "hervatting")
    assert rij.daden[-1].op_datum == dag + timedelta(weeks=8)
    assert rij.daden[-1].door_id is None
    assert hervat_wat_vol_is(db.session(), kring.systeem, klok.nu()) == 0


def test_art_4_pas_na_een_verzoek_om_aanvulling_en_art_33_voor_de_weigering(wereld: Wereld, klok: VasteKlok) -> None:
    kring, wie = wereld.een, wereld.een.actoren[Rol.JURIST]
    dossier = begin(kring, wereld.nu, _salon(kring, wereld.nu))
    dag = lokale_datum(wereld.nu)
    stap(wie, wereld.nu, dossier, "formulier_gevraagd", verstuurd_op=dag, termijn="14d")
    stap(wie, wereld.nu, dossier, "aanvulling_gevraagd", verstuurd_op=dag, termijn="14d", ontbreekt="Jaarcijfers")
    with pytest.raises(Nietzover, match="loopt nog tot en met"):
        stap(wie, wereld.nu, dossier, "formulier_geweigerd", ontbreekt="Jaarcijfers")
    db.session.rollback()
    klok.moment += timedelta(days=20)
    nu, dag = klok.nu(), lokale_datum(klok.nu())
    stap(wie, nu, dossier, "formulier_geweigerd", ontbreekt="Jaarcijfers")
    with pytest.raises(Nietzover, match="uitkomst"):
        stap(wie, nu, dossier, "beoordeeld", bibob_uitkomst="Ernstig gevaar.")
    db.session.rollback()
    uitkomst(wie, nu, dossier, "ernstig", letters=("4",))
    stap(wie, nu, dossier, "beoordeeld", bibob_uitkomst="Ernstig gevaar.")
    velden = {"besluit": "weigeren", "vergunning": "118", "verstuurd_op": dag, "termijn": "14d"}
    with pytest.raises(Nietzover, match="evenredig"):
        stap(wie, nu, dossier, "voornemen", **velden)
    db.session.rollback()
    uitkomst(wie, nu, dossier, "ernstig", letters=("4",), evenredig="Er is twee keer om gevraagd.")
    stap(wie, nu, dossier, "voornemen", **velden)
    with pytest.raises(Nietzover, match="zienswijze geven"):
        stap(wie, nu, dossier, "zienswijze", gegeven="nee")
    db.session.rollback()
    stap(wie, nu, dossier, "zienswijze", gegeven="ja", inhoud="De accountant was ziek; dat verandert niets.")
    with pytest.raises(Nietzover, match="kabinet"):
        stap(wie, nu, dossier, "geweigerd")
    db.session.rollback()
    assert bibob_gereed.belemmeringen(db.session(), wie, dossier) == []


def test_toegang_met_reden_en_minstens_een_jurist(wereld: Wereld) -> None:
    kring, nu, wie = wereld.een, wereld.nu, wereld.een.actoren[Rol.JURIST]
    dossier = begin(kring, nu, _salon(kring, nu))
    tweede = collega(kring, nu, Rol.JURIST, "Jip")
    client, pad = wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/bibob/toegang"
    boa = kring.actoren[Rol.INSPECTEUR].gebruiker_uid
    for velden in (
        {"gebruiker": boa, "reden": "Las mee"},
        {"gebruiker": "onzin", "reden": "x"},
        {"gebruiker": tweede.gebruiker_uid},
    ):
        assert verstuur(client, pad, **velden).status_code == 422
    ander = aangemeld(wereld.app, tweede, nu)
    assert ander.get(f"/dossiers/{dossier.uid}").status_code == 404
    assert verstuur(client, pad, gebruiker=tweede.gebruiker_uid, reden="Neemt waar in de vakantie.").status_code == 302
    assert ander.get(f"/dossiers/{dossier.uid}/bibob").status_code == 200
    pagina = ander.get(pad).text
    assert "Neemt waar in de vakantie." in pagina
    assert "dossier gelezen, jip" not in pagina.lower()
    assert pagina.count("Jip") > 2, "who looked stands there too"
    # The first one watches a term: that has to be handed over before access goes.
    weg = f"{pad}/{wie.gebruiker_uid}/intrekken"
    assert "bewaakt nog een termijn" in verstuur(ander, weg, reden="Andere baan").text
    rij = _termijn(dossier, "bibob_beslistermijn")
    looptermijnen.draag_over(db.session(), wie, nu, rij, tweede.gebruiker_uid, versie=rij.versie)
    db.session.commit()
    assert verstuur(ander, weg, reden="Andere baan").status_code == 302
    assert client.get(f"/dossiers/{dossier.uid}/bibob").status_code == 404
    jip = db.session.scalars(select(Gebruiker).where(Gebruiker.naam == "Jip")).one()
    with pytest.raises(Conflict, match="minstens een jurist"):
        bibob_toegang.neem_toegang(db.session(), tweede, nu, dossier, jip, "Ook weg")
    db.session.rollback()
    db.session.commit()
    regels = db.session.scalars(
        select(Auditregel).where(Auditregel.handeling.startswith("dossier_leesrecht")).order_by(Auditregel.id)
    ).all()
    assert [r.gegevens for r in regels] == [{"gebruiker": tweede.gebruiker_uid}, {"gebruiker": wie.gebruiker_uid}]


def test_oude_dossiers_zonder_aanleiding(wereld: Wereld) -> None:
    kring, nu, wie = wereld.een, wereld.nu, wereld.een.actoren[Rol.JURIST]
    locatie = _salon(kring, nu)
    dossier = operations.maak_dossier(db.session(), wie, nu, "bibob", "Wet Bibob", "Van vroeger", [locatie])
    db.session.commit()
    client, pad = wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/bibob"
    assert "staat nog niet vast" in client.get(pad).text
    assert bibob_gereed.belemmeringen(db.session(), wie, dossier)[0].startswith("Leg eerst de aanleiding")
    velden = {"aanleiding": "houder", "omschrijving": "Vergunning uit 2024", "onderwerp": "massagesalon"}
    goed = verstuur(client, f"{pad}/aanleiding", datum=lokale_datum(nu).isoformat(), **velden)
    assert goed.status_code == 302, goed.text
    assert "Vergunning uit 2024" in client.get(pad).text
    # A second outcome of a colleague is never overwritten.
    tot_formulier(wie, nu, dossier)
    uitkomst(wie, nu, dossier, "geen")
    botst = verstuur(client, f"{pad}/uitkomst", gezien="", gevaar="ernstig", letters="a", motivering="Mijn tekst")
    assert botst.status_code == 409
    assert "Mijn tekst" in botst.text
    assert "De feiten." in botst.text


def _klaar_om_te_weigeren(zaak: Zaak, nu: datetime, dossier: Dossier) -> None:
    """Its texts and a party, so that only what Bibob asks can stand in the way; committed."""
    for veld, tekst in TEKSTEN.items():
        operations.wijzig_tekst(db.session(), zaak.jurist, nu, dossier, veld, tekst)
    operations.voeg_partij_toe(db.session(), zaak.jurist, nu, dossier, "Gouden Lotus BV", "aanvrager")
    wie = db.session.get_one(Gebruiker, zaak.kabinet.gebruiker_id)
    bibob_toegang.geef_toegang(db.session(), zaak.jurist, nu, dossier, wie, "Besluit hierover.")
    db.session.commit()


def _besluit(zaak: Zaak, nu: datetime, dossier: Dossier) -> None:
    sessie = db.session()
    voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    besluiten.keur_goed(sessie, zaak.kabinet, nu, zaak.opslag, dossier, dossier.stukken[-1].sha256, "Akkoord.")
    sessie.commit()


def test_art_33_het_kabinet_beslist_pas_na_de_zienswijze(zaak: Zaak, klok: VasteKlok) -> None:
    wie, nu, sessie = zaak.jurist, zaak.wereld.nu, db.session()
    dossier = begin(zaak.wereld.een, nu, zaak.rij().bezoek.locatie)
    tot_formulier(wie, nu, dossier)
    uitkomst(wie, nu, dossier, "ernstig", evenredig="Zonder dit geld is er geen onderneming.")
    stap(wie, nu, dossier, "beoordeeld", bibob_uitkomst="Ernstig gevaar.")
    _klaar_om_te_weigeren(zaak, nu, dossier)
    # Only a negative decision fits: it is not submitted before who it is about was heard.
    with pytest.raises(NietGereed, match="artikel 33 Wet Bibob"):
        _besluit(zaak, nu, dossier)
    sessie.rollback()
    # A lesser degree can be granted without conditions; that approval carries none.
    uitkomst(wie, nu, dossier, "mindere_mate")
    _besluit(zaak, nu, dossier)
    klok.moment += timedelta(days=1)
    nu, dag = klok.nu(), lokale_datum(klok.nu())
    velden = {"vergunning": "118", "verstuurd_op": dag, "termijn": "14d"}
    stap(wie, nu, dossier, "voornemen", besluit="voorschriften", **velden)
    stap(wie, nu, dossier, "zienswijze", gegeven="ja", inhoud="Wil geen voorschriften.")
    with pytest.raises(Nietzover, match="van voor de zienswijze"):
        stap(wie, nu, dossier, "voorschriften", voorschriften="Elk jaar de boeken laten zien.")
    sessie.rollback()


def test_art_33_een_nieuwe_uitkomst_vraagt_een_nieuw_voornemen(zaak: Zaak, klok: VasteKlok) -> None:
    wie, nu, sessie = zaak.jurist, zaak.wereld.nu, db.session()
    dossier = begin(zaak.wereld.een, nu, zaak.rij().bezoek.locatie)
    tot_formulier(wie, nu, dossier)
    uitkomst(wie, nu, dossier, "ernstig", evenredig="Zonder dit geld is er geen onderneming.")
    stap(wie, nu, dossier, "beoordeeld", bibob_uitkomst="Ernstig gevaar.")
    velden = {"vergunning": "118", "verstuurd_op": lokale_datum(nu), "termijn": "14d"}
    stap(wie, nu, dossier, "voornemen", besluit="weigeren", **velden)
    stap(wie, nu, dossier, "zienswijze", gegeven="ja", inhoud="Het geld is terugbetaald.")
    _klaar_om_te_weigeren(zaak, nu, dossier)
    klok.moment += timedelta(days=1)
    nu = klok.nu()
    uitkomst(wie, nu, dossier, "ernstig", letters=("b",), evenredig="De bestuurder is veroordeeld.")
    _besluit(zaak, nu, dossier)
    with pytest.raises(Nietzover, match="Na het voornemen is een andere uitkomst vastgelegd"):
        stap(wie, nu, dossier, "geweigerd")
    sessie.rollback()


def test_een_ingetrokken_aanvraag_stopt_alles(zaak: Zaak, klok: VasteKlok) -> None:
    wie, nu, sessie = zaak.jurist, zaak.wereld.nu, db.session()
    dossier = begin(zaak.wereld.een, nu, zaak.rij().bezoek.locatie)
    tot_formulier(wie, nu, dossier)
    uitkomst(wie, nu, dossier, "geen")
    stap(wie, nu, dossier, "beoordeeld", bibob_uitkomst="Geen gevaar.")
    _klaar_om_te_weigeren(zaak, nu, dossier)
    voorleggen.leg_voor(sessie, wie, nu, zaak.opslag, dossier)
    sessie.commit()
    # While it lies before the cabinet the application is withdrawn.
    stop(wie, nu, dossier, "De aanvraag is ingetrokken op 20 november.")
    standen = select(Looptermijn.stand).where(Looptermijn.dossier_id == dossier.id)
    assert set(sessie.scalars(standen)) <= {"vervallen", "gedaan"}
    sha256 = dossier.stukken[-1].sha256
    for besluit in (
        lambda: besluiten.keur_goed(sessie, zaak.kabinet, nu, zaak.opslag, dossier, sha256, "Akkoord."),
        lambda: besluiten.wijs_dossier_af(sessie, zaak.kabinet, nu, zaak.opslag, dossier, sha256, "Toch niet."),
    ):
        with pytest.raises(Conflict, match="Dit Bibob-onderzoek is gestopt"):
            besluit()
        sessie.rollback()
    besluiten.stuur_terug(sessie, zaak.kabinet, nu, zaak.opslag, dossier, sha256, ["Waarom ligt dit hier nog?"])
    sessie.commit()
    klok.moment += timedelta(days=1)
    nu = klok.nu()
    with pytest.raises(Conflict, match="Dit Bibob-onderzoek is gestopt"):
        bibob.leg_uitkomst_vast(sessie, wie, nu, dossier, Uitkomst("geen", motivering="Alsnog."))
    sessie.rollback()
    with pytest.raises(NietGereed, match="Dit Bibob-onderzoek is gestopt"):
        voorleggen.leg_voor(sessie, wie, nu, zaak.opslag, dossier)
    sessie.rollback()
    for naar in ("verleend", "voornemen", "beoordeeld", "advies_gevraagd"):
        with pytest.raises(Conflict):
            stap(wie, nu, dossier, naar)
        sessie.rollback()


def test_wie_van_de_lijst_gaat_ziet_meteen_niets_meer(wereld: Wereld) -> None:
    kring, nu, wie = wereld.een, wereld.nu, wereld.een.actoren[Rol.JURIST]
    dossier = begin(kring, nu, _salon(kring, nu))
    tweede = collega(kring, nu, Rol.JURIST, "Jip")
    jip = db.session.scalars(select(Gebruiker).where(Gebruiker.naam == "Jip")).one()
    bibob_toegang.geef_toegang(db.session(), wie, nu, dossier, jip, "Neemt waar.")
    db.session.commit()
    # One session that stays open: nobody has to log in again for it.
    open_ = aangemeld(wereld.app, tweede, nu)
    pad, nummer = f"/dossiers/{dossier.uid}", dossier.nummer
    paden = [pad, f"{pad}/bibob", f"{pad}/bibob/toegang", f"{pad}/traject", f"{pad}/brieven", f"{pad}/document.pdf"]
    for een in paden:
        assert open_.get(een).status_code == 200, een
    assert nummer in open_.get("/dossiers").text
    weg = verstuur(wereld.client(Rol.JURIST), f"{pad}/bibob/toegang/{jip.uid}/intrekken", reden="Ander werk")
    assert weg.status_code == 302
    for een in paden:
        assert open_.get(een).status_code == 404, een
    for een in ("/dossiers", "/termijnen", "/"):
        assert nummer not in open_.get(een).text, een
    # Writing is over too, and who took the name off stands in the log without a word of what it is about.
    assert verstuur(open_, f"{pad}/bibob/bronnen", bron="handelsregister").status_code == 404
    db.session.rollback()
    regel = db.session.scalars(select(Auditregel).where(Auditregel.handeling == "dossier_leesrecht_ingetrokken")).one()
    assert (regel.gebruiker_id, regel.gegevens) == (wie.gebruiker_id, {"gebruiker": str(jip.uid)})
