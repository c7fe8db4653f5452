"""Decisions that do not pass the mayor's desk: who took them, by which rule, and what cannot be done without that."""

import html
import io
from datetime import timedelta
from functools import partial

import pypdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import brief_verzenden, brieven, document, looptermijnen, verbeurtes
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.besluitnemers import Genomen, besluitnemers_van, is_ongeschonden, leg_besluitnemer_vast
from inspecties.dossiers.models import Belanghebbende
from inspecties.dossiers.models_last import Invorderdaad
from inspecties.dossiers.tijdlijn import tijdlijn
from inspecties.dossiers.vervanging import geef_ambt
from inspecties.dossiers.volledig_overzichten import overzichten
from tests.integration.dossiers.conftest import Zaak, handelingen, verstuur
from tests.integration.dossiers.woonwereld import (
    Uitvoering,
    besloot,
    gehoorde_last,
    leg_voor_en_besluit,
    maak_bekend,
    om_twaalf,
)
from tests.wereld import aangemeld


@pytest.fixture
def uitvoering(zaak: Zaak) -> Uitvoering:
    nu, dossier = zaak.wereld.nu, zaak.dossier()
    last = gehoorde_last(zaak, dossier, nu)
    leg_voor_en_besluit(zaak, dossier, nu)
    maak_bekend(zaak, last, nu)
    assert last.begunstiging is not None
    return Uitvoering(zaak, last, last.begunstiging.einde_datum)


def _plat(tekst: str) -> str:
    return " ".join(html.unescape(tekst).split())


def _op(zaak: Zaak, klok: VasteKlok, moment: object) -> FlaskClient:
    klok.moment = moment
    return aangemeld(zaak.wereld.app, zaak.jurist, klok.nu())


def test_zonder_wie_besloot_kan_de_invordering_niet(uitvoering: Uitvoering, zaak: Zaak, klok: VasteKlok) -> None:
    sessie, last, dossier = db.session(), uitvoering.last, uitvoering.last.dossier
    rij = uitvoering.verbeur(uitvoering.tot + timedelta(days=1))
    dag = rij.betalen_voor + timedelta(days=1)
    for soort in ("invorderingsbeschikking", "afzien"):
        with pytest.raises(Conflict, match="Leg eerst vast wie hierover besloot"):
            verbeurtes.vorder_in(sessie, zaak.jurist, om_twaalf(dag), rij, soort, dag, 0, "Reden.", versie=last.versie)
        sessie.rollback()
    # The rules of the desk: the college decides together, or an office under mandate; from when somebody holds it.
    beheer = zaak.wereld.een.actoren[Rol.BEHEERDER]
    geef_ambt(
        sessie, beheer, om_twaalf(dag), zaak.kabinet.gebruiker_uid, "afdelingshoofd", dag, "Mandaatbesluit van 2026"
    )
    sessie.commit()
    client, pad = _op(zaak, klok, om_twaalf(dag)), f"/dossiers/{dossier.uid}/wie-besloot"
    velden = {"besluit": f"invorderingsbeschikking:{rij.uid}", "besloten_op": dag.isoformat(), "kenmerk": "Z-26-0117"}
    wie = zaak.kabinet.gebruiker_uid
    for anders, zin in (
        ({"kenmerk": " "}, "Vul in waar het ondertekende besluit staat"),
        ({"besloten_op": (dag + timedelta(days=1)).isoformat()}, "Deze dag moet nog komen"),
        ({"besloten_op": (rij.op_datum - timedelta(days=1)).isoformat()}, "Dit besluit kan niet eerder zijn"),
        ({"besloten_op": (dag - timedelta(days=1)).isoformat()}, "kon op"),
        ({"wie": zaak.jurist.gebruiker_uid}, "Dan kunt u het niet zelf hebben genomen"),
        ({"wie": zaak.wereld.een.actoren[Rol.COORDINATOR].gebruiker_uid}, "kon op"),
        ({"wie": "x"}, "Kies wie er besloot uit de lijst"),
        ({"besluit": "invorderingsbeschikking:x"}, "Kies waarover is besloten"),
    ):
        antwoord = verstuur(client, pad, **{"wie": wie} | velden | anders)
        assert antwoord.status_code in {403, 409, 422}, anders
        assert zin in _plat(antwoord.text), anders
    assert besluitnemers_van(sessie, zaak.jurist, dossier) == []
    assert verstuur(client, pad, wie=wie, **velden).status_code == 302
    tekst = _plat(client.get(pad).text)
    hoe = f"{zaak.kabinet.naam}, als afdelingshoofd, in mandaat namens het college van burgemeester en wethouders"
    assert hoe in tekst
    assert "Artikel 125 Gemeentewet en afdeling 10.1.1 Awb (te bevestigen)" in tekst
    assert "besluitnemer_vastgelegd" in handelingen()
    vast = besluitnemers_van(sessie, zaak.jurist, dossier)[0]
    assert is_ongeschonden(vast)
    eerder = dag - timedelta(days=1)
    with pytest.raises(OngeldigeInvoer, match="Het besluit is van"):
        verbeurtes.vorder_in(
            sessie, zaak.jurist, om_twaalf(dag), rij, "invorderingsbeschikking", eerder, versie=last.versie
        )
    sessie.rollback()
    verbeurtes.vorder_in(sessie, zaak.jurist, om_twaalf(dag), rij, "invorderingsbeschikking", dag, versie=last.versie)
    sessie.commit()
    assert hoe in _plat(client.get(f"/dossiers/{dossier.uid}/last").text)
    # The body itself, in session.
    assert verstuur(client, pad, **velden | {"wie": "orgaan", "kenmerk": "College 12-3"}).status_code == 302
    assert "het college van burgemeester en wethouders" in _plat(client.get(pad).text)


def test_wie_besloot_staat_in_brief_tijdlijn_document_en_volledig_dossier(
    uitvoering: Uitvoering, zaak: Zaak, klok: VasteKlok
) -> None:
    sessie, last, dossier, jurist = db.session(), uitvoering.last, uitvoering.last.dossier, zaak.jurist
    rij = uitvoering.verbeur(uitvoering.tot + timedelta(days=1))
    dag = rij.betalen_voor + timedelta(days=1)
    nu = klok.moment = om_twaalf(dag)
    # Of before this was asked: the act stands, and everybody reads that nobody wrote it down.
    oud = Invorderdaad(
        gemeente_id=last.gemeente_id, verbeurte_id=rij.id, soort="invorderingsbeschikking", op_datum=dag,
        vastgelegd_op=nu, door_id=jurist.gebruiker_id,
    )  # fmt: skip
    sessie.add(oud)
    sessie.commit()
    client = aangemeld(zaak.wereld.app, jurist, nu)
    assert "Besloten door: niet vastgelegd" in _plat(client.get(f"/dossiers/{dossier.uid}/last").text)
    assert "Niet vastgelegd" in client.get(f"/dossiers/{dossier.uid}/wie-besloot").text

    def stukken() -> dict[str, tuple[str, str]]:
        lijst = overzichten(sessie, jurist, lees_beeld(sessie, jurist, dossier))
        return {s.titel: (str(s.inhoud), str(s.inhoud_partijen)) for s in lijst}

    assert "besloten door: niet vastgelegd" in stukken()["Last onder dwangsom: verloop"][0]
    besloot(zaak, dossier, "invorderingsbeschikking", rij.uid, dag)

    # The letter names who decided and needs no new approval of the cabinet; its words are the jurist's to write.
    partij = sessie.scalars(select(Belanghebbende).where(Belanghebbende.dossier_id == dossier.id)).one()
    brief = brieven.maak_brief(sessie, jurist, nu, zaak.opslag, dossier, "invordering", partij=partij)
    tekst = " ".join(b.tekst for b in brieven.blokken_van(brieven.laatste_versie(sessie, jurist, brief)))
    assert f"door {zaak.kabinet.naam}, namens het college" in tekst
    assert dossier.concept_besluit not in tekst, "that is the text of the last"
    open_ = brieven.nog_open(brieven.laatste_versie(sessie, jurist, brief))
    assert "Tekst van het besluit" in open_
    brieven.vul_aan(sessie, jurist, nu, brief, dict.fromkeys(open_, "Zoals besloten."))
    versie = brieven.laatste_versie(sessie, jurist, brief).volgnummer
    stuk = brief_verzenden.leg_vast(sessie, jurist, nu, zaak.opslag, brief, versie).stuk
    sessie.commit()
    with pytest.raises(OngeldigeInvoer, match="Bekendmaken kan niet eerder"):
        brief_verzenden.geef_kennis(
            sessie, jurist, nu, zaak.opslag, brief, "post", dag - timedelta(days=1), brief_verzenden.Bewijs("3S1")
        )
    sessie.rollback()
    brief_verzenden.geef_kennis(
        sessie, jurist, nu, zaak.opslag, brief, "aangetekend", dag, brief_verzenden.Bewijs("3S1")
    )
    sessie.commit()
    hash_ = stuk.sha256
    # What is written down later changes nothing in what went, and the same addressee is not told twice.
    tweede = brieven.maak_brief(sessie, jurist, nu, zaak.opslag, dossier, "invordering", partij=partij)
    assert "besloten_door" not in tweede.titel
    besloot(zaak, dossier, "afzien", rij.uid, dag)
    sessie.refresh(stuk)
    assert stuk.sha256 == hash_

    wie = f"{zaak.kabinet.naam}, namens het college"
    titels = {p["titel"]: p["tekst"] for p in tijdlijn(sessie, jurist, dossier)}
    assert wie in titels["Besluit buiten het kabinet"]
    met, zonder = stukken()["Invorderingsbeschikking: wie besloot"]
    assert wie in met
    assert "te bevestigen" in met
    assert zaak.kabinet.naam not in zonder
    assert "het college van burgemeester en wethouders" in zonder
    pdf = document.verzamel(sessie, jurist, nu, zaak.opslag, lees_beeld(sessie, jurist, dossier)).druk()
    in_pdf = _plat(" ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages))
    assert "Besluiten buiten het kabinet" in in_pdf
    assert zaak.kabinet.naam in in_pdf
    assert lokale_datum(nu) == dag


def test_wie_onder_mandaat_besloot_beslist_niet_op_het_bezwaar(zaak: Zaak) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    dag, beheer = lokale_datum(nu), zaak.wereld.een.actoren[Rol.BEHEERDER]
    geef_ambt(sessie, beheer, nu, zaak.kabinet.gebruiker_uid, "afdelingshoofd", dag, "Mandaatbesluit")
    gehoorde_last(zaak, dossier, nu)
    leg_voor_en_besluit(zaak, dossier, nu)
    wat = Genomen("beslissing_op_bezwaar", zaak.kabinet.gebruiker_uid, dag, "Z-1", ("x",))
    with pytest.raises(OngeldigeInvoer, match=r"art\. 10:3 lid 3 Awb, te bevestigen"):
        leg_besluitnemer_vast(sessie, zaak.jurist, nu, dossier, wat)
    sessie.rollback()


def test_een_termijn_uit_een_besluit_wordt_bij_besluit_verlengd(uitvoering: Uitvoering, zaak: Zaak) -> None:
    sessie, termijn = db.session(), uitvoering.last.begunstiging
    assert termijn is not None
    dag, einde = termijn.start_datum + timedelta(days=1), termijn.einde_datum
    verleng = partial(
        looptermijnen.doe, sessie, zaak.jurist, om_twaalf(dag), termijn, "verdaging", dag, "De aannemer is ziek.", "2w",
        versie=termijn.versie,
    )  # fmt: skip
    with pytest.raises(Conflict, match=r"wie hierover besloot \(verlenging van een termijn"):
        verleng()
    sessie.rollback()
    client = aangemeld(zaak.wereld.app, zaak.jurist, zaak.wereld.nu)
    assert (
        f"verlenging_termijn:{termijn.uid}" in client.get(f"/dossiers/{uitvoering.last.dossier.uid}/wie-besloot").text
    )
    besloot(zaak, uitvoering.last.dossier, "verlenging_termijn", termijn.uid, dag)
    verleng()
    sessie.commit()
    assert termijn.einde_datum == einde + timedelta(days=14)
