"""A last onder bestuursdwang as a jurist works through its pages, and what a colleague does meanwhile."""

from datetime import date, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.models_last import Boete, Last
from inspecties.dossiers.models_termijnen import Looptermijn
from tests.integration.dossiers.conftest import Zaak, verstuur
from tests.integration.dossiers.woonwereld import (
    BEWIJS,
    besloot,
    gehoorde_boete,
    hoor,
    leg_voor_en_besluit,
    om_twaalf,
    stand,
    stap,
)
from tests.wereld import aangemeld, csrf

CODE = "last_bestuursdwang"
VELDEN = {
    "soort": "bestuursdwang", "overtreding": "De vluchtweg staat vol.", "artikel": "art. 6.20 Bbl",
    "maatregelen": "Maak de vluchtweg vrij.", "kosten": "y", "eenheid": "", "spoed": "",
}  # fmt: skip


def _last() -> Last:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Last)).one()


def _kostentermijn() -> Looptermijn:
    db.session.expire_all()
    return db.session.scalars(select(Looptermijn).where(Looptermijn.code == "kostenverhaal_bestuursdwang")).one()


def _op(zaak: Zaak, klok: VasteKlok, dag: date) -> FlaskClient:
    """The jurist at noon on that day."""
    klok.moment = om_twaalf(dag)
    return aangemeld(zaak.wereld.app, zaak.jurist, klok.nu())


def _doe(client: FlaskClient, pad: str, daad: str, **velden: str) -> tuple[int, str]:
    """Open the form of an act, fill it in, and what the page then says."""
    last = _last()
    assert f'action="{pad}/{last.uid}/{daad}"' in client.get(f"{pad}?last={last.uid}&doe={daad}").text
    antwoord = verstuur(client, f"{pad}/{last.uid}/{daad}", versie=str(last.versie), **velden)
    return antwoord.status_code, antwoord.text if antwoord.status_code != 302 else client.get(pad).text


def test_bestuursdwang_van_last_tot_kosten(zaak: Zaak, klok: VasteKlok) -> None:
    nu, dossier = zaak.wereld.nu, zaak.dossier()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/last"
    # Art. 5:24 lid 2: without spoed the last sets a term.
    mis = verstuur(client, f"{pad}/opstellen", versie="0", **VELDEN)
    assert mis.status_code == 422
    assert "art. 5:24 lid 2 Awb" in mis.text
    assert verstuur(client, f"{pad}/opstellen", versie="0", **VELDEN, duur="2w").status_code == 302
    assert client.post(f"{pad}/concept", data={"csrf_token": csrf(client)}).status_code == 302
    db.session.expire_all()
    assert dossier.concept_besluit.count("De kosten van bestuursdwang worden verhaald") == 1
    assert (
        "Dit stond er al."
        in client.post(f"{pad}/concept", data={"csrf_token": csrf(client)}, follow_redirects=True).text
    )
    hoor(zaak, dossier, CODE, nu)
    leg_voor_en_besluit(zaak, dossier, nu)

    dag = lokale_datum(nu) + timedelta(days=1)
    client = _op(zaak, klok, dag)
    status, tekst = _doe(client, pad, "bekend", op=dag.isoformat())
    assert (status, "Zonder bewijs is het besluit niet bekendgemaakt" in tekst) == (409, True)
    status, tekst = _doe(client, pad, "bekend", op=dag.isoformat(), bewijs=BEWIJS)
    assert status == 302
    last = _last()
    assert last.begunstiging is not None
    tot = last.begunstiging.einde_datum
    bezwaar = db.session.scalars(select(Looptermijn).where(Looptermijn.code == "bezwaar")).one()
    assert bezwaar.start_datum == dag

    # The offender has the whole term; then a team acts, and five years run to set the costs.
    client = _op(zaak, klok, tot)
    status, tekst = _doe(client, pad, "toepassen", op=tot.isoformat(), wat="Weggehaald door de gemeentewerf.")
    assert (status, "art. 5:24 lid 2 Awb" in tekst) == (409, True)
    toen = tot + timedelta(days=1)
    client = _op(zaak, klok, toen)
    velden = {"op": toen.isoformat(), "uitkomst": "niet_voldaan", "waarneming": "Staat nog vol.", "bezoek": ""}
    assert _doe(client, pad, "controle", **velden)[0] == 302
    assert _last().verbeurtes == []
    status, tekst = _doe(client, pad, "toepassen", op=toen.isoformat(), wat="Weggehaald door de gemeentewerf.")
    assert status == 302
    assert "Worden verhaald; nog niet vastgesteld" in tekst
    assert stand(zaak, dossier, CODE) == "toegepast"
    termijn = _kostentermijn()
    assert termijn.einde_datum == toen.replace(year=toen.year + 5)
    # Also where somebody put the term away: what counts is the day on which was acted.
    looptermijnen.rond_af(
        db.session(), zaak.jurist, klok.nu(), termijn, "vervallen", "Per ongeluk.", versie=termijn.versie
    )
    db.session.commit()
    assert _doe(client, pad, "kosten", op=(toen - timedelta(days=1)).isoformat(), bedrag="1.250")[0] == 422
    status, tekst = _doe(client, pad, "kosten", op=toen.isoformat(), bedrag="1.250,50")
    assert (status, "Leg eerst vast wie hierover besloot (besluit over de kosten" in tekst) == (409, True)
    besloot(zaak, dossier, "kostenbesluit", _last().uid, toen)
    status, tekst = _doe(client, pad, "kosten", op=toen.isoformat(), bedrag="1.250,50")
    assert status == 302
    assert "€ 1.250,50, vastgesteld op" in tekst
    assert f"Besloten door: {zaak.kabinet.naam}" in tekst
    assert stand(zaak, dossier, CODE) == "kosten"
    besloot(zaak, dossier, "opheffing", _last().uid, toen)
    status, tekst = _doe(client, pad, "einde", grond="voldaan", op=toen.isoformat(), reden="De weg is vrij.")
    assert status == 302
    assert "Opgeheven" in tekst
    assert stand(zaak, dossier, CODE) == "opgeheven"


def test_5_31_lid_2_eerst_optreden_dan_het_besluit(zaak: Zaak, klok: VasteKlok) -> None:
    nu, dossier = zaak.wereld.nu, zaak.dossier()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/last"
    vandaag = lokale_datum(nu)
    assert verstuur(client, f"{pad}/opstellen", versie="0", **VELDEN | {"spoed": "lid2"}).status_code == 302
    client.post(f"{pad}/concept", data={"csrf_token": csrf(client)})
    assert _doe(client, pad, "toepassen", op=vandaag.isoformat(), wat="Gasleiding afgesloten.")[0] == 302
    # Who acted first says why, and then the cabinet decides.
    stap(zaak, dossier, CODE, "toegepast", nu, "Er was gevaar voor ontploffing.")
    leg_voor_en_besluit(zaak, dossier, nu)
    eerder = (vandaag - timedelta(days=1)).isoformat()
    status, tekst = _doe(client, pad, "bekend", op=eerder, bewijs=BEWIJS)
    assert (status, "kan niet voor het besluit liggen" in tekst) == (422, True)
    assert _doe(client, pad, "bekend", op=vandaag.isoformat(), bewijs=BEWIJS)[0] == 302
    assert (_last().stand, stand(zaak, dossier, CODE)) == ("van_kracht", "bekendgemaakt")
    besloot(zaak, dossier, "kostenbesluit", _last().uid, vandaag)
    assert _doe(client, pad, "kosten", op=vandaag.isoformat(), bedrag="900")[0] == 302
    assert stand(zaak, dossier, CODE) == "kosten"


def test_de_boete_komt_via_haar_pagina_in_het_concept(zaak: Zaak) -> None:
    nu, dossier = zaak.wereld.nu, zaak.dossier()
    gehoorde_boete(zaak, dossier, nu)
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/boete"
    assert "Staat nog niet in het concept-besluit" in client.get(pad).text
    assert client.post(f"{pad}/concept", data={"csrf_token": csrf(client)}).status_code == 302
    db.session.expire_all()
    assert "Bestuurlijke boete van € 6.000" in dossier.concept_besluit
    assert "Staat nog niet in het concept-besluit" not in client.get(pad).text
    leg_voor_en_besluit(zaak, dossier, nu)
    boete = db.session.scalars(select(Boete)).one()
    oud = verstuur(client, f"{pad}/opleggen", versie=str(boete.versie - 1) if boete.versie > 1 else "99")
    assert oud.status_code == 409
    assert verstuur(client, f"{pad}/opleggen", versie=str(boete.versie)).status_code == 302
    assert "Opgelegd" in client.get(pad).text


def test_twee_juristen_aan_een_feit(zaak: Zaak) -> None:
    dossier = zaak.dossier()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/wonen"
    leeg, soort = inhoudshash(""), "brandveiligheid"
    eerste = {f"tekst-{soort}": "Geen rookmelder op zolder.", f"gezien-{soort}": leeg}
    assert verstuur(client, f"{pad}/feiten", **eerste).status_code == 302
    botst = verstuur(client, f"{pad}/feiten", **(eerste | {f"tekst-{soort}": "De vluchtweg staat vol."}))
    assert botst.status_code == 409
    for tekst in ("Geen rookmelder op zolder.", "De vluchtweg staat vol.", "Beide teksten staan eronder"):
        assert tekst in botst.text
    assert "Geen rookmelder op zolder." in client.get(pad).text
    assert "De vluchtweg staat vol." not in client.get(pad).text
