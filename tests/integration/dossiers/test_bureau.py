"""The mayor's desk: capacity and deputies, telephone decisions, proving once more who decides, questions at a text."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import besluiten, kabinet_telefoon, kabinet_voorbereiding, vervanging
from inspecties.dossiers.besluiten import is_ongeschonden
from inspecties.dossiers.kabinet_voorbereiding import Adviesgegevens, Voorbereidingsconflict
from inspecties.dossiers.models import Besluit, Dossier, Stuk
from inspecties.dossiers.models_kabinet import Besluitvastlegging, Telefoonbesluit
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.gebruikers.bevestigen import VELD
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from tests.integration.dossiers.conftest import Zaak, handelingen, verstuur
from tests.wereld import WACHTWOORD


def _stuk() -> str:
    db.session.rollback()
    return db.session.scalars(select(Stuk.sha256).order_by(Stuk.volgnummer.desc())).first() or ""


def _tweede(zaak: Zaak, naam: str = "Loco Lode") -> Actor:
    """A second member of the cabinet."""
    gebruiker = Gebruiker(
        email=f"{naam.split(maxsplit=1)[0].lower()}@markerwaard.example", naam=naam, aangemaakt_op=zaak.wereld.nu
    )
    db.session.add(gebruiker)
    db.session.flush()
    gemeente_id = zaak.kabinet.gemeente_id
    db.session.add(Lidmaatschap(gemeente_id=gemeente_id, gebruiker_id=gebruiker.id, rol=Rol.KABINET.value))
    db.session.commit()
    return Actor(gemeente_id, Rol.KABINET, gebruiker.id, str(gebruiker.uid), naam=naam)


def _burgemeester(zaak: Zaak) -> None:
    sessie, nu, beheerder = db.session(), zaak.wereld.nu, zaak.wereld.een.actoren[Rol.BEHEERDER]
    vervanging.geef_ambt(
        sessie, beheerder, nu, zaak.kabinet.gebruiker_uid, "burgemeester", nu.date(), "Koninklijk besluit"
    )
    sessie.commit()


def test_zonder_wachtwoord_geen_besluit_en_niets_kwijt(zaak: Zaak, klok: VasteKlok) -> None:
    uid, stuk = zaak.voorgelegd().uid, _stuk()
    kabinet, pad = zaak.wereld.client(Rol.KABINET), f"/kabinet/{uid}/besluit"
    velden = {"besluit": "akkoord", "stuk": stuk, "motivering": "Helder verhaal"}
    zonder = verstuur(kabinet, pad, **velden)
    assert zonder.status_code == 403
    tekst = zonder.get_data(as_text=True)
    assert "Typ uw wachtwoord" in tekst
    assert "Helder verhaal" in tekst
    fout = verstuur(kabinet, pad, **velden, **{VELD: "niet mijn wachtwoord"})
    assert (fout.status_code, "klopt niet" in fout.get_data(as_text=True)) == (403, True)
    assert "bevestigen_mislukt" in handelingen()
    assert db.session.scalars(select(Besluit)).all() == []
    # A right password with something else wrong: not asked again within five minutes, and asked after it.
    leeg = {"besluit": "afgewezen", "stuk": stuk, "motivering": ""}
    assert verstuur(kabinet, pad, **leeg, **{VELD: WACHTWOORD}).status_code == 422
    assert "Uw wachtwoord is nu niet nodig" in kabinet.get(f"/kabinet/{uid}").get_data(as_text=True)
    klok.moment += timedelta(minutes=6)
    assert verstuur(kabinet, pad, **velden).status_code == 403
    assert verstuur(kabinet, pad, **leeg, **{VELD: WACHTWOORD}).status_code == 422
    # Another login of the same person proved nothing.
    assert verstuur(zaak.wereld.client(Rol.KABINET), pad, **velden).status_code == 403
    assert verstuur(kabinet, pad, **velden).status_code == 302
    daarna = kabinet.get(f"/kabinet/{uid}").get_data(as_text=True)
    assert "Wat er nu gebeurt" in daarna
    assert "jurist Markerwaard maakt het besluit op" in daarna


def test_vraag_bij_een_alinea_staat_bij_de_jurist_op_die_plek(zaak: Zaak) -> None:
    uid, stuk = zaak.voorgelegd().uid, _stuk()
    kabinet, jurist = zaak.wereld.client(Rol.KABINET), zaak.wereld.client(Rol.JURIST)
    velden = {"stuk": stuk, "vraag-bewoners-1": "Waar slapen zij?", VELD: WACHTWOORD}
    # Approving with an open question is a slip of the finger.
    toch = verstuur(kabinet, f"/kabinet/{uid}/besluit", besluit="akkoord", **velden)
    assert toch.status_code == 422
    assert "Waar slapen zij?" in toch.get_data(as_text=True)
    terug = verstuur(kabinet, f"/kabinet/{uid}/besluit", besluit="teruggestuurd", **velden)
    assert terug.status_code == 302
    vraag = db.session.scalars(select(Besluit)).one().vragen[0]
    assert vraag == {
        "vraag": "Waar slapen zij?",
        "veld": "bewoners",
        "citaat": "Alleen volwassenen; opvang is geregeld.",
    }
    for pad in (f"/dossiers/{uid}", f"/dossiers/{uid}/tekst/bewoners"):
        tekst = jurist.get(pad).get_data(as_text=True)
        assert "Vraag van het kabinet hierbij" in tekst, pad
    assert "Vraag van het kabinet hierbij" not in jurist.get(f"/dossiers/{uid}/tekst/feiten").get_data(as_text=True)


def test_zonder_ambt_geen_besluit_en_een_plaatsvervanger_alleen_in_zijn_dagen(zaak: Zaak, klok: VasteKlok) -> None:
    dossier, stuk = zaak.voorgelegd(), _stuk()
    sessie, nu, loco = db.session(), zaak.wereld.nu, _tweede(zaak)
    _burgemeester(zaak)
    with pytest.raises(GeenRecht, match=r"Hierover besluit het college.*Dat kan nu: kabinet Markerwaard"):
        besluiten.keur_goed(sessie, loco, nu, zaak.opslag, dossier, stuk)
    sessie.rollback()
    bekleding = vervanging.bekledingen(sessie, loco)[0]
    gisteren, morgen = nu.date() - timedelta(days=1), nu.date() + timedelta(days=1)
    # Who stands in never says so themselves; the mayor does, for days to come.
    for actor in (loco, Actor(loco.gemeente_id, Rol.JURIST, zaak.jurist.gebruiker_id)):
        with pytest.raises(GeenRecht):
            vervanging.vervang(sessie, actor, nu, bekleding, loco.gebruiker_uid, morgen, morgen, "Verlof")
    with pytest.raises(OngeldigeInvoer, match="achteraf"):
        vervanging.vervang(sessie, zaak.kabinet, nu, bekleding, loco.gebruiker_uid, gisteren, morgen, "Verlof")
    rij = vervanging.vervang(sessie, zaak.kabinet, nu, bekleding, loco.gebruiker_uid, morgen, morgen, "Verlof")
    sessie.commit()
    for dagen in (0, 2):
        with pytest.raises(GeenRecht, match="U bekleedt dat ambt niet"):
            besluiten.keur_goed(sessie, loco, nu + timedelta(days=dagen), zaak.opslag, dossier, stuk)
        sessie.rollback()
    besluiten.keur_goed(sessie, loco, nu + timedelta(days=1), zaak.opslag, dossier, stuk)
    sessie.commit()
    vast = sessie.scalars(select(Besluitvastlegging)).one()
    hoedanigheid = vast.inhoud["bevoegdheid"]["hoedanigheid"]
    assert hoedanigheid["vervangt"] == "kabinet Markerwaard"
    assert hoedanigheid["uid"] == str(rij.uid)
    assert hoedanigheid["in_mandaat"]
    assert vast.inhoud["bevoegdheid"]["regel"]["status"] == "te bevestigen"
    assert is_ongeschonden(vast)
    assert {"ambt_gegeven", "vervanging_vastgelegd"} <= set(handelingen())


def test_wie_vandaag_ten_onrechte_burgemeester_werd_tekent_niet_meer(zaak: Zaak, klok: VasteKlok) -> None:
    dossier, stuk, sessie, nu = zaak.voorgelegd(), _stuk(), db.session(), zaak.wereld.nu
    beheerder, loco = zaak.wereld.een.actoren[Rol.BEHEERDER], _tweede(zaak)
    _burgemeester(zaak)
    with pytest.raises(Conflict, match="bekleedt dit ambt al"):
        vervanging.geef_ambt(sessie, beheerder, nu, loco.gebruiker_uid, "burgemeester", nu.date(), "Benoeming")
    verkeerd = vervanging.bekledingen(sessie, beheerder)[0]
    vervanger = vervanging.vervang(
        sessie, zaak.kabinet, nu, verkeerd, loco.gebruiker_uid, nu.date(), nu.date(), "Verlof"
    )
    sessie.commit()
    # A replacement that is taken back ends at that moment, and only once.
    straks = nu + timedelta(minutes=5)
    vervanging.trek_in(sessie, zaak.kabinet, straks, vervanger)
    sessie.commit()
    with pytest.raises(Conflict, match="geldt al niet meer"):
        vervanging.trek_in(sessie, beheerder, straks, vervanger)
    with pytest.raises(GeenRecht, match="U bekleedt dat ambt niet"):
        besluiten.keur_goed(sessie, loco, straks, zaak.opslag, dossier, stuk)
    sessie.rollback()
    with pytest.raises(GeenRecht):
        vervanging.beeindig_ambt(sessie, zaak.kabinet, straks, verkeerd)
    vervanging.beeindig_ambt(sessie, beheerder, straks, verkeerd)
    sessie.commit()
    with pytest.raises(Conflict, match="al beëindigd"):
        vervanging.beeindig_ambt(sessie, beheerder, straks, verkeerd)
    # From that moment on, not from midnight; the right person can begin today.
    with pytest.raises(GeenRecht, match="Nu is daar niemand voor aangewezen"):
        besluiten.keur_goed(sessie, zaak.kabinet, straks, zaak.opslag, dossier, stuk)
    sessie.rollback()
    vervanging.geef_ambt(sessie, beheerder, straks, loco.gebruiker_uid, "burgemeester", nu.date(), "Benoeming")
    # One that was to begin later never does.
    volgende_week = nu.date() + timedelta(days=7)
    later = vervanging.geef_ambt(
        sessie, beheerder, straks, zaak.kabinet.gebruiker_uid, "afdelingshoofd", volgende_week, "Mandaat"
    )
    vervanging.beeindig_ambt(sessie, beheerder, straks, later)
    sessie.commit()
    assert zaak.kabinet.gebruiker_id not in vervanging.bekleed_op(sessie, beheerder, nu + timedelta(days=7))
    besluiten.keur_goed(sessie, loco, straks, zaak.opslag, dossier, stuk)
    sessie.commit()
    # The audit log says who and when; on which ground stands in its own row.
    regels = sessie.scalars(
        select(Auditregel).where(Auditregel.handeling.in_(("ambt_gegeven", "vervanging_vastgelegd")))
    )
    assert "Koninklijk besluit" not in "".join(f"{r.grondslag}{r.gegevens}" for r in regels)


def test_wie_onder_het_typen_zijn_vervanging_verliest_houdt_zijn_tekst(zaak: Zaak) -> None:
    uid, stuk, sessie, nu = zaak.voorgelegd().uid, _stuk(), db.session(), zaak.wereld.nu
    loco = _tweede(zaak)
    beheerder = zaak.wereld.een.actoren[Rol.BEHEERDER]
    vervanging.geef_ambt(sessie, beheerder, nu, loco.gebruiker_uid, "burgemeester", nu.date(), "Benoeming")
    sessie.commit()
    velden = {"besluit": "afgewezen", "stuk": stuk, "motivering": "Een lang verhaal", VELD: WACHTWOORD}
    antwoord = verstuur(zaak.wereld.client(Rol.KABINET), f"/kabinet/{uid}/besluit", **velden)
    tekst = antwoord.get_data(as_text=True)
    assert antwoord.status_code == 403
    assert "U bekleedt dat ambt niet" in tekst
    assert "Een lang verhaal" in tekst
    assert db.session.scalars(select(Besluit)).all() == []


def test_plaatsvervanger_die_meeschreef_besluit_niet(zaak: Zaak) -> None:
    dossier, sessie, nu, loco = zaak.dossier(), db.session(), zaak.wereld.nu, _tweede(zaak)
    _burgemeester(zaak)
    schrijver = Actor(loco.gemeente_id, Rol.JURIST, loco.gebruiker_id, loco.gebruiker_uid)
    kabinet_voorbereiding.bewaar_voorbereiding(sessie, schrijver, nu, dossier, "EUR 5.000", "", "", versie=0)
    besluiten_mag = vervanging.bekledingen(sessie, loco)[0]
    vervanging.vervang(sessie, zaak.kabinet, nu, besluiten_mag, loco.gebruiker_uid, nu.date(), nu.date(), "Verlof")
    from inspecties.dossiers.voorleggen import leg_voor  # noqa: PLC0415 - only here

    leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    sessie.commit()
    with pytest.raises(GeenRecht, match="zelf aan dit dossier gewerkt"):
        besluiten.keur_goed(sessie, loco, nu, zaak.opslag, dossier, _stuk())


def test_telefonisch_besluit_komt_binnen_de_termijn_op_papier(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    _burgemeester(zaak)
    coordinator, pad = zaak.wereld.client(Rol.COORDINATOR), f"/dossiers/{uid}/telefoonbesluit"
    velden = {
        "besloten_door": zaak.kabinet.gebruiker_uid,
        "gebeld_op": "2026-11-21T17:30",
        "uitkomst": "akkoord",
        "gezegd": "Sluit het pand vanavond.",
        "spoed_omdat": "Er is geschoten.",
    }
    assert verstuur(coordinator, pad, **velden).status_code == 403
    later = velden | {"gebeld_op": "2026-11-22T17:30", VELD: WACHTWOORD}
    te_vroeg = verstuur(coordinator, pad, **later)
    assert te_vroeg.status_code == 422
    assert "Dit moment moet nog komen" in te_vroeg.get_data(as_text=True)
    assert "Sluit het pand vanavond." in te_vroeg.get_data(as_text=True)
    # A slip in the year loses nothing, whether a rule held then or not.
    for jaar in ("0026", "0001", "2019", "9999"):
        for dag in ("-11-21T17:30", "-01-01T00:00"):
            mis = verstuur(coordinator, pad, **(velden | {"gebeld_op": jaar + dag}))
            assert mis.status_code == 422, jaar
            assert "Sluit het pand vanavond." in mis.get_data(as_text=True)
    assert verstuur(coordinator, pad, **velden).status_code == 302
    assert verstuur(coordinator, pad, **velden).status_code == 409
    rij = db.session.scalars(select(Telefoonbesluit)).one()
    assert rij.hoedanigheid["hoedanigheid"]["ambt"] == "burgemeester"
    termijn = db.session.scalars(select(Looptermijn)).one()
    assert (termijn.code, termijn.einde_datum.isoformat()) == ("telefonisch_besluit", "2026-11-23")
    kabinet = zaak.wereld.client(Rol.KABINET)
    thuis = kabinet.get("/").get_data(as_text=True)
    assert "1 met spoed" in thuis
    assert "De eerste termijn loopt tot 23-11-2026" in thuis
    assert "Spoed: Er is geschoten." in kabinet.get("/kabinet").get_data(as_text=True)
    assert "Al telefonisch besloten" in kabinet.get(f"/kabinet/{uid}").get_data(as_text=True)
    besluit = {"besluit": "akkoord", "stuk": _stuk(), VELD: WACHTWOORD}
    assert verstuur(kabinet, f"/kabinet/{uid}/besluit", **besluit).status_code == 302
    vast = db.session.scalars(select(Besluitvastlegging)).one()
    assert vast.inhoud["telefonisch"]["bevestigd"]
    assert db.session.scalars(select(Looptermijn)).one().stand == "gedaan"
    assert verstuur(coordinator, pad, **velden).status_code == 409


def test_wie_het_dossier_maakte_of_zelf_besloot_legt_geen_telefoongesprek_vast(zaak: Zaak) -> None:
    dossier, sessie, nu = zaak.voorgelegd(), db.session(), zaak.wereld.nu
    gebeld = kabinet_telefoon.Gebeld(zaak.kabinet.gebruiker_uid, nu, "akkoord", "Doe maar.", "Er is brand.")
    with pytest.raises(OngeldigeInvoer, match="legt dit niet zelf vast"):
        kabinet_telefoon.leg_telefoonbesluit_vast(sessie, zaak.kabinet, nu, dossier, gebeld)
    als_opsteller = Actor(zaak.jurist.gemeente_id, Rol.COORDINATOR, zaak.jurist.gebruiker_id)
    with pytest.raises(GeenRecht, match="Laat een collega"):
        kabinet_telefoon.leg_telefoonbesluit_vast(sessie, als_opsteller, nu, dossier, gebeld)
    sessie.rollback()
    assert zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{dossier.uid}/telefoonbesluit").status_code == 403


def test_voorbereiding_ligt_vast_met_het_voorleggen_en_gaat_nooit_over_een_ander_heen(zaak: Zaak) -> None:
    dossier, sessie, nu = zaak.dossier(), db.session(), zaak.wereld.nu
    bewaar = kabinet_voorbereiding.bewaar_voorbereiding
    assert bewaar(sessie, zaak.jurist, nu, dossier, "EUR 4.000 voor toezicht", "Wij zeggen niets", "", versie=0)
    with pytest.raises(Voorbereidingsconflict) as botsing:
        bewaar(sessie, zaak.jurist, nu, dossier, "EUR 9.000", "", "", versie=0)
    assert botsing.value.staat_er.kosten == "EUR 4.000 voor toezicht"
    advies = Adviesgegevens("politie", "Basisteam, teamchef", nu.date(), "mits", "Alleen met toezicht.")
    kabinet_voorbereiding.voeg_advies_toe(sessie, zaak.jurist, nu, dossier, advies)
    sessie.commit()
    jurist, uid = zaak.wereld.client(Rol.JURIST), dossier.uid
    pad = f"/dossiers/{uid}/voorbereiding"
    oud = verstuur(jurist, pad, kosten="EUR 1", perslijn="Nieuw", versie="0")
    assert oud.status_code == 409
    for deel in ("EUR 4.000 voor toezicht", "EUR 1", "Beide teksten"):
        assert deel in oud.get_data(as_text=True)
    assert verstuur(jurist, f"/dossiers/{uid}/voorleggen").status_code == 302
    assert verstuur(jurist, pad, kosten="Later", versie="1").status_code == 409
    kabinet = zaak.wereld.client(Rol.KABINET)
    gelezen = kabinet.get(f"/kabinet/{uid}").get_data(as_text=True)
    for deel in ("Basisteam, teamchef", "Voor, met een voorwaarde", "EUR 4.000 voor toezicht"):
        assert deel in gelezen
    assert kabinet.get(pad).status_code == 403
    dossier = db.session.scalars(select(Dossier)).one()
    with pytest.raises(Conflict):
        kabinet_voorbereiding.voeg_advies_toe(db.session(), zaak.jurist, nu, dossier, advies)
