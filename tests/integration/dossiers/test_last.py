"""Building and housing: the worksheet, a last onder dwangsom from draft to lifting, and a fine."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from inspecties.acties.hercontroles import hercontroles
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import boetes, lasten, trajecten, verbeurtes, wonen
from inspecties.dossiers.boetes import Boetegegevens
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.inventaris import OPEN
from inspecties.dossiers.volledig_wonen import woonstukken
from inspecties.dossiers.voorleggen import NietGereed
from inspecties.dossiers.wonen import Ingevuld
from tests.integration.dossiers.conftest import Zaak, handelingen, verstuur
from tests.integration.dossiers.woonwereld import (
    GEGEVENS,
    Uitvoering,
    gehoorde_last,
    hoor,
    leg_voor_en_besluit,
    maak_bekend,
    neem_over,
    om_twaalf,
    stand,
    stap,
)
from tests.wereld import aangemeld, csrf


@pytest.fixture
def uitvoering(zaak: Zaak) -> Uitvoering:
    nu, dossier = zaak.wereld.nu, zaak.dossier()
    last = gehoorde_last(zaak, dossier, nu)
    leg_voor_en_besluit(zaak, dossier, nu)
    maak_bekend(zaak, last, nu)
    assert last.begunstiging is not None
    return Uitvoering(zaak, last, last.begunstiging.einde_datum)


def test_een_dwangsom_van_bekendmaking_tot_opheffing(uitvoering: Uitvoering, zaak: Zaak) -> None:
    last, tot, sessie = uitvoering.last, uitvoering.tot, db.session()
    # What was seen is kept, also where nothing is forfeited by it: within the term, ...
    binnen = uitvoering.controleer(tot)
    assert binnen.verbeurte is None
    assert "begunstigingstermijn loopt tot en met" in binnen.waarom_niet
    assert stand(zaak, last.dossier) == "bekendgemaakt"
    rijen = [uitvoering.verbeur(tot + timedelta(days=n)) for n in (1, 8, 15)]
    assert [r.bedrag_cent for r in rijen] == [200_000, 200_000, 100_000]
    assert (last.stand, stand(zaak, last.dossier)) == ("van_kracht", "verbeurd")
    # ... a second time in one week, and above the maximum.
    for dagen, zin in ((15, "Voor dit tijdvak is al"), (22, "maximum van € 5.000 is bereikt")):
        gevolg = uitvoering.controleer(tot + timedelta(days=dagen))
        assert gevolg.verbeurte is None
        assert zin in gevolg.waarom_niet
        assert any(zin in s.tekst for s in last.dossier.stappen)
    assert len(last.controles) == 6
    assert len(last.verbeurtes) == 3

    eerste, tweede, derde = rijen
    dag = eerste.betalen_voor
    with pytest.raises(Conflict, match="pas na een invorderingsbeschikking"):
        uitvoering.vorder(eerste, "aanmaning", dag + timedelta(days=1))
    sessie.rollback()
    uitvoering.vorder(eerste, "invorderingsbeschikking", dag)
    assert stand(zaak, last.dossier) == "invordering"
    with pytest.raises(Conflict, match=r"Betalen kan nog tot en met .* \(art\. 5:33 Awb\)"):
        uitvoering.vorder(eerste, "aanmaning", dag)
    sessie.rollback()
    uitvoering.vorder(eerste, "aanmaning", dag + timedelta(days=1))
    with pytest.raises(OngeldigeInvoer, match=r"hoogstens € 2\.000"):
        uitvoering.vorder(eerste, "betaling", dag + timedelta(days=2), 200_001)
    sessie.rollback()
    uitvoering.vorder(eerste, "betaling", dag + timedelta(days=2), 200_000)
    uitvoering.vorder(tweede, "betaling", dag + timedelta(days=2), 200_000)
    # The terms of what was paid are done (its verjaring was broken off before); of what is open they run on.
    codes = sessie.execute(select(Looptermijn.code, Looptermijn.stand, Looptermijn.start_datum)).all()
    assert {(c, s) for c, s, d in codes if d == eerste.op_datum} == {
        ("betaling_dwangsom", "gedaan"), ("verjaring_dwangsom", "vervallen"),
    }  # fmt: skip
    assert {s for c, s, d in codes if d == derde.op_datum and c.endswith("dwangsom")} == {"loopt"}

    laat = dag + timedelta(days=3)
    uitvoering.controleer(laat, "voldaan")
    with pytest.raises(Conflict, match=r"een jaar van kracht"):
        uitvoering.beeindig("verzoek_jaar", laat, "Verzoek.")
    sessie.rollback()
    uitvoering.beeindig("voldaan", laat, "Al maanden in orde.")
    sessie.commit()
    assert (last.stand, stand(zaak, last.dossier)) == ("opgeheven", "opgeheven")
    rij = trajecten.trajecten_van(sessie, zaak.jurist, last.dossier)[0]
    with pytest.raises(Conflict, match=r"nog € 1\.000 aan dwangsommen open"):
        trajecten.zet_trajectstap(sessie, zaak.jurist, om_twaalf(laat), rij, "afgerond", laat, {}, versie=rij.versie)
    sessie.rollback()
    uitvoering.vorder(derde, "afzien", laat)
    # The complete file tells the same story.
    stuk = next(s for s in woonstukken(sessie, zaak.jurist, last.dossier) if s.soort == "Last")
    verhaal = str(stuk.inhoud)
    for woord in ("Begunstigingstermijn", "Betaling van € 2.000", "De overtreding is beëindigd", "Al maanden in orde."):
        assert woord.lower() in verhaal.lower(), woord
    assert stuk.voorstel == OPEN, "a jurist judges it first"
    rij = trajecten.trajecten_van(sessie, zaak.jurist, last.dossier)[0]
    trajecten.zet_trajectstap(sessie, zaak.jurist, om_twaalf(laat), rij, "afgerond", laat, {}, versie=rij.versie)
    assert rij.stand == "afgerond"


def test_procedures_houden_de_verjaring_open(uitvoering: Uitvoering, zaak: Zaak) -> None:
    """Art. 5:35 lid 2 and 5:37a."""
    last, sessie = uitvoering.last, db.session()
    op = uitvoering.tot + timedelta(days=1)
    rij = uitvoering.verbeur(op)
    jaar = date(op.year + 1, op.month, op.day)
    assert verbeurtes.verjaring_van(last, rij).einde == jaar
    met = verbeurtes.leg_procedure_vast(sessie, zaak.jurist, om_twaalf(op), last, "bezwaar", op, versie=last.versie)
    sessie.commit()
    assert verbeurtes.verjaring_van(last, rij).einde is None
    # Nobody watches a day that does not hold any more; after the procedure the new one.
    lopend = select(Looptermijn.einde_datum).where(
        Looptermijn.code == "verjaring_dwangsom", Looptermijn.stand == "loopt"
    )
    assert sessie.scalars(lopend).all() == []
    later = jaar + timedelta(days=90)
    verbeurtes.leg_procedure_vast(
        sessie, zaak.jurist, om_twaalf(later), last, "bezwaar", op, later, "Ongegrond.", met, versie=last.versie
    )
    sessie.commit()
    assert verbeurtes.verjaring_van(last, rij).einde == later
    assert sessie.scalars(lopend).all() == [later]
    with pytest.raises(Conflict, match="verjaard"):
        uitvoering.vorder(rij, "invorderingsbeschikking", later + timedelta(days=1))
    sessie.rollback()


def test_hercontrole_staat_klaar_voor_de_planner_en_hoort_bij_een_bezoek(
    uitvoering: Uitvoering, zaak: Zaak, klok: VasteKlok
) -> None:
    sessie, last, tot = db.session(), uitvoering.last, uitvoering.tot
    coordinator = zaak.wereld.een.actoren[Rol.COORDINATOR]
    plek = last.dossier.locaties[0]
    assert not hercontroles(sessie, coordinator, zaak.wereld.nu)
    with pytest.raises(OngeldigeInvoer, match="Controleer daarna"):
        verbeurtes.vraag_controle(sessie, zaak.jurist, zaak.wereld.nu, last, tot, "", versie=last.versie)
    sessie.rollback()
    uiterlijk = tot + timedelta(days=7)
    verbeurtes.vraag_controle(sessie, zaak.jurist, zaak.wereld.nu, last, uiterlijk, "Tel.", versie=last.versie)
    sessie.commit()
    gevraagd = hercontroles(sessie, coordinator, zaak.wereld.nu)
    assert list(gevraagd) == [plek.id]
    assert f"uiterlijk {uiterlijk:%d-%m-%Y}" in gevraagd[plek.id].waarom
    # Not for who may not read dossiers, and not in another gemeente.
    for ander in (zaak.wereld.een.actoren[Rol.INSPECTEUR], zaak.wereld.twee.actoren[Rol.COORDINATOR]):
        assert not hercontroles(sessie, ander, zaak.wereld.nu)

    dag = tot + timedelta(days=2)
    klok.moment = om_twaalf(dag)
    client = aangemeld(zaak.wereld.app, zaak.jurist, klok.nu())
    pad = f"/dossiers/{last.dossier.uid}/last"
    tekst = client.get(f"{pad}?last={last.uid}&doe=controle").get_data(as_text=True)
    assert "Controle vastleggen" in tekst
    assert f'value="{last.controles[0].uid}"' in tekst
    velden = {
        "controle": str(last.controles[0].uid), "op": dag.isoformat(), "uitkomst": "niet_voldaan",
        "waarneming": "Acht bewoners geteld.", "bezoek": "",
    }  # fmt: skip
    # Who had an older page open gets both, and nothing is stored.
    oud = verstuur(client, f"{pad}/{last.uid}/controle", **velden, versie="1")
    assert oud.status_code == 409
    assert "veranderde deze last net" in oud.get_data(as_text=True)
    assert "Acht bewoners geteld." in oud.get_data(as_text=True)
    sessie.expire_all()
    goed = verstuur(client, f"{pad}/{last.uid}/controle", **velden, versie=str(last.versie))
    assert goed.status_code == 302
    tekst = client.get(pad).get_data(as_text=True)
    assert "€ 2.000" in tekst
    assert "Nog te betalen" in tekst
    sessie.expire_all()
    assert not hercontroles(sessie, coordinator, om_twaalf(dag))
    assert {"hercontrole_gevraagd", "last_gecontroleerd", "dwangsom_verbeurd"} <= set(handelingen())


def test_wat_een_last_niet_mag(zaak: Zaak) -> None:
    sessie, jurist, nu, dossier = db.session(), zaak.jurist, zaak.wereld.nu, zaak.dossier()
    fouten = {
        "maximum": replace(GEGEVENS, maximum_cent=None),
        "duur": replace(GEGEVENS, begunstiging_duur=""),
        "maatregelen": replace(GEGEVENS, maatregelen=" "),
        "spoed": replace(GEGEVENS, spoed="lid2"),
    }
    for veld, wat in fouten.items():
        with pytest.raises(OngeldigeInvoer) as mis:
            lasten.bewaar_last(sessie, jurist, nu, dossier, wat)
        assert mis.value.veld == veld
        sessie.rollback()
    last = lasten.bewaar_last(sessie, jurist, nu, dossier, GEGEVENS)
    sessie.commit()
    with pytest.raises(Conflict, match="5:6"):
        lasten.bewaar_last(sessie, jurist, nu, dossier, replace(GEGEVENS, soort="bestuursdwang"))
    sessie.rollback()
    with pytest.raises(Conflict, match="nog geen akkoord"):
        maak_bekend(zaak, last, nu)
    sessie.rollback()
    # The cabinet decides after the hearing, or reads why there is none.
    neem_over(zaak, dossier, nu, last)
    with pytest.raises(NietGereed, match=r"4:8 Awb.*4:11 Awb"):
        leg_voor_en_besluit(zaak, dossier, nu)
    sessie.rollback()
    stap(zaak, dossier, "last_dwangsom", "niet_gehoord", nu, "Het doel gaat anders verloren.")
    leg_voor_en_besluit(zaak, dossier, nu)
    with pytest.raises(Conflict, match="ligt vast"):
        lasten.bewaar_last(sessie, jurist, nu, dossier, replace(GEGEVENS, versie=last.versie), last)
    sessie.rollback()
    # Without proof nothing is made known.
    with pytest.raises(Conflict, match="Zonder bewijs"):
        lasten.maak_bekend(sessie, jurist, nu, last, lokale_datum(nu), jurist.gebruiker_uid, versie=last.versie)
    sessie.rollback()
    maak_bekend(zaak, last, nu)
    assert last.stand == "van_kracht"


def test_werkblad_rekent_en_komt_in_de_tekst(zaak: Zaak, monkeypatch: pytest.MonkeyPatch) -> None:
    # What the checklist of this world calls it.
    monkeypatch.setattr(wonen, "PERSONEN", "bewoners")
    sessie, dossier = db.session(), zaak.dossier()
    client = zaak.wereld.client(Rol.JURIST)
    pad = f"/dossiers/{dossier.uid}/wonen"
    assert "nog niets berekend" in client.get(pad).get_data(as_text=True)
    velden = {
        "versie": "0", "bezoek": "", "op_datum": lokale_datum(zaak.wereld.nu).isoformat(), "verblijf": "woning",
        "oppervlakte": "84,5", "meetwijze": "gemeten", "bewoners": "12",
    }  # fmt: skip
    mis = verstuur(client, pad, **velden | {"oppervlakte": "acht"})
    assert mis.status_code == 422
    assert "zoals 84 of 84,50" in mis.get_data(as_text=True)
    assert verstuur(client, pad, **velden).status_code == 302
    tekst = client.get(pad).get_data(as_text=True)
    assert "84,5 m² : 12 m² = 7,04" in tekst
    assert "Te bevestigen door de jurist" in tekst
    botst = verstuur(client, pad, **velden | {"bewoners": "9"})
    assert botst.status_code == 409
    assert "er waren er 5 te veel" in botst.get_data(as_text=True)

    over = client.get(pad).get_data(as_text=True)
    assert "Toevoegen aan de feiten" in over
    assert client.post(f"{pad}/tekst", data={"csrf_token": csrf(client)}).status_code == 302
    sessie.expire_all()
    assert "plaats voor 7 personen; er waren er 5 te veel" in dossier.feiten
    assert not wonen.zet_in_feiten(sessie, zaak.jurist, zaak.wereld.nu, dossier)

    stuk = str(woonstukken(sessie, zaak.jurist, dossier)[0].inhoud)
    for woord in ("84,5 m² : 12 m²", "1 persoon per 12 m²", "5 personen", "(te bevestigen)"):
        assert woord in stuk
    assert "None" not in stuk

    # Who departs from the visit writes why.
    meting = wonen.metingen_van(sessie, zaak.jurist, dossier)[0]
    blad = Ingevuld(
        "woning", lokale_datum(zaak.wereld.nu), Decimal("84.50"), 9, bezoek=str(meting.bezoek.uid), versie=1
    )
    assert (meting.personen, meting.meetwijze) == (12, "")
    with pytest.raises(OngeldigeInvoer, match="wijkt af"):
        wonen.bewaar_blad(sessie, zaak.jurist, zaak.wereld.nu, dossier, blad)
    sessie.rollback()
    # What was not measured carries no decision.
    assert verstuur(client, pad, **velden | {"versie": "1", "meetwijze": ""}).status_code == 422
    assert verstuur(client, pad, **velden | {"versie": "1", "meetwijze": "geschat"}).status_code == 302
    with pytest.raises(NietGereed, match="niet gemeten"):
        leg_voor_en_besluit(zaak, dossier, zaak.wereld.nu)
    sessie.rollback()
    assert zaak.wereld.client(Rol.COORDINATOR).get(pad).status_code == 200
    assert zaak.wereld.client(Rol.INSPECTEUR).get(pad).status_code == 403
    assert zaak.wereld.client(Rol.JURIST, zaak.wereld.twee).get(pad).status_code == 404


def test_een_boete_wacht_op_rapport_zienswijze_en_akkoord(zaak: Zaak) -> None:
    sessie, jurist, nu, dossier = db.session(), zaak.jurist, zaak.wereld.nu, zaak.dossier()
    vandaag = lokale_datum(nu)
    wat = Boetegegevens("omzetten_zonder_vergunning", "Acht kamers apart verhuurd.", overtreding_op=vandaag)
    boete = boetes.bewaar_boete(sessie, jurist, nu, dossier, wat)
    sessie.commit()
    tekst = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{dossier.uid}/boete").get_data(as_text=True)
    for zin in ("rapport verplicht", "zienswijze kunnen geven", "strafzaak loopt", "art. 5:53 Awb"):
        assert zin in tekst
    with pytest.raises(OngeldigeInvoer, match=r"art\. 5:46"):
        boetes.bewaar_boete(sessie, jurist, nu, dossier, replace(wat, bedrag_cent=100_000, versie=boete.versie))
    sessie.rollback()
    eerder = vandaag - timedelta(days=100)
    klaar = replace(
        wat, overtreding_op=eerder, rapport_op=eerder, zienswijze_gevraagd_op=eerder,
        zienswijze_tot=eerder + timedelta(days=14), strafzaak="nee", versie=boete.versie,
    )  # fmt: skip
    boetes.bewaar_boete(sessie, jurist, nu, dossier, klaar)
    sessie.commit()
    assert boete.termijn is not None
    assert boete.termijn.einde_datum == eerder + timedelta(weeks=13)
    with pytest.raises(Conflict, match="nog geen akkoord"):
        boetes.leg_op(sessie, jurist, nu, boete, versie=boete.versie)
    sessie.rollback()
    # What is decided upon stands in the text, and who it is about was heard.
    neem_over(zaak, dossier, nu, boete)
    with pytest.raises(NietGereed, match="zienswijze is afgerond"):
        leg_voor_en_besluit(zaak, dossier, nu)
    sessie.rollback()
    stap(zaak, dossier, "boete", "rapport", nu)
    hoor(zaak, dossier, "boete", nu)
    leg_voor_en_besluit(zaak, dossier, nu)
    boetes.leg_op(sessie, jurist, nu, boete, versie=boete.versie)
    sessie.commit()
    assert (boete.stand, stand(zaak, dossier, "boete")) == ("opgelegd", "opgelegd")
    assert "9 dagen te laat" in boete.reden
