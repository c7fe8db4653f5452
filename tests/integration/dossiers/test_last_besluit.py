"""What the cabinet decided is what is carried out: a last and a fine, their approval, their text and their track."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from inspecties.core.fouten import Conflict
from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import boetes, lasten, voorleggen
from inspecties.dossiers.besluitteksten import lasttekst
from inspecties.dossiers.boetes import Boetegegevens
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.trajecten import Nietzover, trajecten_van
from inspecties.dossiers.voorleggen import NietGereed
from inspecties.dossiers.werk import ga_naar
from tests.integration.dossiers.conftest import Zaak, verstuur
from tests.integration.dossiers.woonwereld import (
    GEGEVENS,
    Uitvoering,
    besloot,
    gehoorde_boete,
    gehoorde_last,
    leg_voor_en_besluit,
    maak_bekend,
    neem_over,
    stand,
    stap,
)


def test_wat_klaar_is_staat_in_de_tekst_waarover_het_kabinet_beslist(zaak: Zaak) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    last = lasten.bewaar_last(sessie, zaak.jurist, nu, dossier, GEGEVENS)
    sessie.commit()
    # Nothing of what was drafted stands in the text.
    with pytest.raises(NietGereed, match="Last onder dwangsom staat nog niet zo in het concept-besluit"):
        voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    sessie.rollback()
    stap(zaak, dossier, "last_dwangsom", "niet_gehoord", nu, "Het doel gaat anders verloren.")
    neem_over(zaak, dossier, nu, last)
    boete = gehoorde_boete(zaak, dossier, nu)
    with pytest.raises(NietGereed, match="Bestuurlijke boete staat nog niet zo in het concept-besluit"):
        leg_voor_en_besluit(zaak, dossier, nu)
    sessie.rollback()
    tekst = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{dossier.uid}").get_data(as_text=True)
    assert "Bestuurlijke boete staat nog niet zo in het concept-besluit" in tekst
    # One approval carries both, each once.
    neem_over(zaak, dossier, nu, boete)
    leg_voor_en_besluit(zaak, dossier, nu)
    maak_bekend(zaak, last, nu)
    boetes.leg_op(sessie, zaak.jurist, nu, boete, versie=boete.versie)
    sessie.commit()
    assert (last.stand, stand(zaak, dossier)) == ("van_kracht", "bekendgemaakt")
    assert (boete.stand, stand(zaak, dossier, "boete")) == ("opgelegd", "opgelegd")
    with pytest.raises(Conflict, match="al besloten"):
        boetes.leg_op(sessie, zaak.jurist, nu, boete, versie=boete.versie)
    sessie.rollback()


def test_een_akkoord_op_de_last_legt_geen_boete_op(zaak: Zaak) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    last = gehoorde_last(zaak, dossier, nu)
    dag = lokale_datum(nu)
    wat = Boetegegevens("omzetten_zonder_vergunning", "Acht kamers.", overtreding_op=dag, rapport_op=dag,
                        zienswijze_gevraagd_op=dag, strafzaak="nee")  # fmt: skip
    boete = boetes.bewaar_boete(sessie, zaak.jurist, nu, dossier, wat)
    sessie.commit()
    # The fine is not ready: the last can go to the cabinet without it, and its approval is not one for the fine.
    leg_voor_en_besluit(zaak, dossier, nu)
    maak_bekend(zaak, last, nu)
    with pytest.raises(Conflict, match="voornemen en de zienswijze"):
        boetes.leg_op(sessie, zaak.jurist, nu, boete, versie=boete.versie)
    sessie.rollback()
    stap(zaak, dossier, "boete", "rapport", nu)
    stap(zaak, dossier, "boete", "voornemen", nu, verstuurd_op=dag.isoformat(), termijn="14d")
    stap(zaak, dossier, "boete", "zienswijze", nu, gegeven="ja", inhoud="Betwist het aantal kamers.")
    with pytest.raises(Conflict, match="staat niet zo in de tekst die het kabinet goedkeurde"):
        boetes.leg_op(sessie, zaak.jurist, nu, boete, versie=boete.versie)
    sessie.rollback()
    assert boete.stand == "ontwerp"


def test_4_8_een_akkoord_van_voor_de_zienswijze_draagt_de_last_niet(zaak: Zaak, klok: VasteKlok) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    last = lasten.bewaar_last(sessie, zaak.jurist, nu, dossier, GEGEVENS)
    neem_over(zaak, dossier, nu, last)
    stap(zaak, dossier, "last_dwangsom", "niet_gehoord", nu, "Het doel gaat anders verloren.")
    leg_voor_en_besluit(zaak, dossier, nu)
    klok.moment += timedelta(days=1)
    later = klok.nu()
    stap(
        zaak, dossier, "last_dwangsom", "voornemen", later, verstuurd_op=lokale_datum(later).isoformat(), termijn="14d"
    )
    stap(zaak, dossier, "last_dwangsom", "zienswijze", later, gegeven="ja", inhoud="Het klopt niet.")
    with pytest.raises(Nietzover, match="van voor de zienswijze"):
        maak_bekend(zaak, last, later)
    sessie.rollback()


def test_een_last_die_is_gestopt_komt_niet_van_kracht(zaak: Zaak) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    last = gehoorde_last(zaak, dossier, nu)
    leg_voor_en_besluit(zaak, dossier, nu)
    stap(zaak, dossier, "last_dwangsom", "opgelegd", nu)
    verkocht = "De eigenaar heeft het huis verkocht."
    # What was decided is withdrawn by who could decide it, not by who wrote it.
    with pytest.raises(Conflict, match=r"wie hierover besloot \(intrekking van het besluit\)"):
        stap(zaak, dossier, "last_dwangsom", "gestopt", nu, verkocht)
    sessie.rollback()
    traject = next(r for r in trajecten_van(sessie, zaak.jurist, dossier) if r.code == "last_dwangsom")
    besloot(zaak, dossier, "intrekking", traject.uid, lokale_datum(nu))
    stap(zaak, dossier, "last_dwangsom", "gestopt", nu, verkocht)
    sessie.refresh(last)
    assert last.stand == "ingetrokken"
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/last"
    tekst = client.get(pad).get_data(as_text=True)
    assert "Ingetrokken" in tekst
    assert "De eigenaar heeft het huis verkocht." in tekst
    assert "Bekendmaking vastleggen" not in tekst
    velden = {"versie": str(last.versie), "op": lokale_datum(nu).isoformat(), "bewijs": "3SDEMO"}
    antwoord = verstuur(client, f"{pad}/{last.uid}/bekend", **velden)
    assert antwoord.status_code == 409
    assert "Deze last is ingetrokken." in antwoord.get_data(as_text=True)


def test_een_tweede_last_van_een_soort_hoort_in_een_nieuw_dossier(zaak: Zaak) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    last = gehoorde_last(zaak, dossier, nu)
    leg_voor_en_besluit(zaak, dossier, nu)
    maak_bekend(zaak, last, nu)
    assert last.begunstiging is not None
    uitvoering, dag = Uitvoering(zaak, last, last.begunstiging.einde_datum), lokale_datum(nu)
    uitvoering.beeindig("onmogelijk", dag, "Het pand is afgebrand.")
    ga_naar(sessie, zaak.jurist, nu, dossier, "opbouw", "Er is meer aan de hand.")
    sessie.commit()
    with pytest.raises(Conflict, match="nieuw dossier"):
        lasten.bewaar_last(sessie, zaak.jurist, nu, dossier, GEGEVENS)
    sessie.rollback()
    # Of the other kind there is none yet, and the lifted one does not stand in its way (art. 5:6).
    ander = replace(GEGEVENS, soort="bestuursdwang", eenheid="", bedrag_cent=None, maximum_cent=None)
    tweede = lasten.bewaar_last(sessie, zaak.jurist, nu, dossier, ander)
    sessie.commit()
    assert stand(zaak, dossier, "last_bestuursdwang") == "constatering"
    tekst = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{dossier.uid}/last").get_data(as_text=True)
    assert "Nieuwe last opstellen" not in tekst
    assert tweede.stand == "ontwerp"


def test_een_gewijzigde_last_staat_gewijzigd_in_het_concept(zaak: Zaak) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    last = gehoorde_last(zaak, dossier, nu)
    oud = lasttekst(last)
    lasten.bewaar_last(
        sessie, zaak.jurist, nu, dossier, replace(GEGEVENS, bedrag_cent=250_000, versie=last.versie), last
    )
    sessie.commit()
    assert oud not in dossier.concept_besluit
    assert dossier.concept_besluit.count("art. 22.16 omgevingsplan") == 1
    assert "€ 2.500 per week" in dossier.concept_besluit


def test_van_een_boete_afzien_stopt_het_traject(zaak: Zaak) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    boete = gehoorde_boete(zaak, dossier, nu)
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/boete"
    mis = verstuur(client, f"{pad}/afzien", versie=str(boete.versie), reden="")
    assert mis.status_code == 422
    assert verstuur(client, f"{pad}/afzien", versie=str(boete.versie), reden="Al gestraft.").status_code == 302
    sessie.expire_all()
    assert (boete.stand, boete.reden, stand(zaak, dossier, "boete")) == ("afgezien", "Al gestraft.", "gestopt")
    lopend = select(Looptermijn.code).where(Looptermijn.stand == "loopt", Looptermijn.code == "boetebesluit")
    assert sessie.scalars(lopend).all() == []
    tekst = client.get(pad).get_data(as_text=True)
    assert "Al gestraft." in tekst
    # A second offender has no place here, and the page says where.
    assert "nieuw dossier" in tekst
    wat = Boetegegevens("omzetten_zonder_vergunning", "Ook de huurder.", versie=boete.versie)
    with pytest.raises(Conflict, match="andere overtreder hoort in een nieuw dossier"):
        boetes.bewaar_boete(sessie, zaak.jurist, nu, dossier, wat)
    sessie.rollback()


def test_herroepen_dan_is_niets_verschuldigd(zaak: Zaak) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    last = gehoorde_last(zaak, dossier, nu)
    leg_voor_en_besluit(zaak, dossier, nu)
    maak_bekend(zaak, last, nu)
    assert last.begunstiging is not None
    uitvoering = Uitvoering(zaak, last, last.begunstiging.einde_datum)
    dag = uitvoering.tot + timedelta(days=1)
    rij = uitvoering.verbeur(dag)
    uitvoering.beeindig("herroepen", dag, "Gegrond bezwaar.")
    sessie.commit()
    with pytest.raises(Conflict, match="niets verschuldigd"):
        uitvoering.vorder(rij, "invorderingsbeschikking", dag)
    sessie.rollback()
    lopend = select(Looptermijn.code).where(Looptermijn.stand == "loopt", Looptermijn.code.endswith("dwangsom"))
    assert sessie.scalars(lopend).all() == []
    stap(
        zaak, dossier, "last_dwangsom", "afgerond", zaak.wereld.nu.replace(year=dag.year, month=dag.month, day=dag.day)
    )
    tekst = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{dossier.uid}/last").get_data(as_text=True)
    assert "Vervallen: last herroepen" in tekst
