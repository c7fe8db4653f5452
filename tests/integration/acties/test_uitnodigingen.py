"""Inviting partners: by mail through a real server, answered on a page without account and by reply."""

import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.acties.models import Actie, Deelname
from inspecties.acties.models_uitnodiging import Tegenvoorstel, Uitnodiging
from inspecties.acties.operations import wijzig_actie, zet_partners
from inspecties.acties.operations_toestand import naar
from inspecties.acties.uitnodigingen import nodig_uit
from inspecties.acties.uitnodigingen_antwoord import neem_over, wijs_af
from inspecties.acties.uitnodigingen_overzicht import late_afzeggingen, niet_herkend, zonder_antwoord
from inspecties.core.fouten import Conflict
from inspecties.core.klok import VasteKlok
from inspecties.core.mailserver import lees_smtp_url
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.partners.beheer import ContactGegevens, bewaar_contact
from inspecties.post.luisteraar import luister
from inspecties.post.samenstellen import Briefhoofd
from inspecties.post.versturen import verstuur_wachtende
from inspecties.start.uitnodigingkaartjes import laat_afgezegd, uitnodigingen
from tests.antwoordmails import agenda_van, als_google, als_outlook, als_thunderbird, ics_antwoord
from tests.conftest import NU
from tests.integration.acties.conftest import Buurt
from tests.postserver import Postserver, postserver, vrije_poort
from tests.wereld import csrf

ANS = "ans@politie.example"
ANTWOORD = "antwoord@markerwaard.example"
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def server() -> Iterator[Postserver]:
    with postserver() as een:
        yield een


@dataclass
class Spel:
    """An action of next week with one partner, and its post."""

    buurt: Buurt
    klok: VasteKlok
    server: Postserver
    actie: Actie

    @property
    def uitnodiging(self) -> Uitnodiging:
        db.session.rollback()
        return db.session.scalars(select(Uitnodiging)).one()

    @property
    def status(self) -> str:
        db.session.rollback()
        return db.session.scalars(select(Deelname.status).where(Deelname.actie_id == self.actie.id)).one()

    def bezorg(self) -> list[EmailMessage]:
        """Send all that waits; what came since the last time."""
        db.session.commit()
        bos = self.buurt.wereld.app.extensions["sleutelbos"]
        hoofd = Briefhoofd(f"Gemeente Markerwaard <{ANTWOORD}>", ANTWOORD, "https://i.example", bos)
        ronde = verstuur_wachtende(db.session(), self.klok.nu, hoofd, lees_smtp_url(self.server.url))
        assert not ronde.storing
        nieuw, self.server.mails = list(self.server.mails), []
        return nieuw

    def nodig_uit(self) -> EmailMessage:
        nodig_uit(db.session(), self.buurt.planner, self.klok.nu(), self.actie)
        (mail,) = self.bezorg()
        return mail


@pytest.fixture
def spel(buurt: Buurt, klok: VasteKlok, server: Postserver) -> Spel:
    server.mails = []
    actie = buurt.actie(begin_op=NU + WEEK, eind_op=NU + WEEK + timedelta(hours=5))
    politie = buurt.kring.organisatie
    assert politie is not None
    zet_partners(db.session(), buurt.planner, NU, actie, {politie.id: "uitgenodigd"})
    gegevens = ContactGegevens("Ans Verhoeven", email=ANS, krijgt_uitnodiging=True)
    bewaar_contact(db.session(), buurt.planner, NU, politie, None, gegevens)
    db.session.commit()
    return Spel(buurt, klok, server, actie)


def link_in(mail: EmailMessage) -> str:
    deel = mail.get_body(("plain",))
    assert deel is not None
    (regel,) = [r for r in deel.get_content().splitlines() if r.startswith("https://")]
    return urlsplit(regel).path


def post_in(poort: int, mail: bytes, van: str = ANS, aan: str = ANTWOORD) -> None:
    # SQLite has one writer: what the test looked at must not keep the listener waiting.
    db.session.rollback()
    with smtplib.SMTP("127.0.0.1", poort, timeout=10) as klant:
        klant.sendmail(van, [aan], mail)


def zeg(client: FlaskClient, pad: str, antwoord: str, **velden: str) -> int:
    """Fill in the form. Where the page has none any more, one that was open all the time."""
    for waar in (pad, "/aanmelden"):
        if token := re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(waar).get_data(as_text=True)):
            return client.post(pad, data={"antwoord": antwoord, "csrf_token": token[1], **velden}).status_code
    raise AssertionError("no form")


def test_een_uitnodiging_zegt_niets_dan_dag_dienst_soort_en_gebied(spel: Spel) -> None:
    mail = spel.nodig_uit()
    deel = agenda_van(mail).vevent
    assert (deel.summary.value, deel.location.value) == ("Pandenactie", "Gemeente Markerwaard")
    assert deel.attendee.value == f"mailto:{ANS}"
    heel = mail.as_string() + str(agenda_van(mail).serialize())
    client = spel.buurt.wereld.app.test_client()
    pad = link_in(mail)
    pagina = client.get(pad)
    assert pagina.headers["Cache-Control"] == "no-store"
    tekst = pagina.get_data(as_text=True)
    assert "zaterdag 28 november 2026, 18.00 tot 23.00 uur" in tekst
    assert "Pandenactie" in tekst
    for geheim in ("Kade", "Overlastpanden", "Ploeg A", spel.actie.naam, "inspecteur"):
        assert geheim not in heel
        assert geheim not in tekst
    # Looking, as a scanner does, is no answer.
    assert spel.uitnodiging.antwoord is None
    # Nobody is asked twice.
    assert nodig_uit(db.session(), spel.buurt.planner, NU, spel.actie).verstuurd == 0


def test_antwoorden_zonder_account_en_nog_van_gedachten_veranderen(spel: Spel) -> None:
    pad = link_in(spel.nodig_uit())
    client = spel.buurt.wereld.app.test_client()
    assert client.post(pad, data={"antwoord": "toegezegd"}).status_code == 400
    assert zeg(client, pad, "toegezegd") == 303
    assert "Doet mee" in client.get(pad).get_data(as_text=True)
    assert spel.status == "toegezegd"
    assert zeg(client, pad, "onzin") == 422
    # An hour before: it still can, and the planner hears it at once.
    spel.klok.moment = NU + WEEK - timedelta(hours=1)
    assert zeg(client, pad, "afgezegd") == 303
    assert spel.status == "afgezegd"
    (mail,) = spel.bezorg()
    assert mail["To"] == spel.buurt.kring.emails[Rol.COORDINATOR]
    assert "kort voor de dienst" in mail["Subject"]
    nu = spel.klok.nu()
    assert len(late_afzeggingen(db.session(), spel.buurt.planner, nu)) == 1
    (kaartje,) = laat_afgezegd(db.session(), spel.buurt.planner, nu)
    assert kaartje.dringend
    assert laat_afgezegd(db.session(), spel.buurt.kring.actoren[Rol.INSPECTEUR], nu) == []
    # It blocks: somebody of the police is still in a team.
    with pytest.raises(Conflict, match="Politie heeft afgezegd"):
        naar(db.session(), spel.buurt.planner, nu, spel.actie, "gereed")
    db.session.rollback()
    # Once the shift has begun nothing changes any more; a day after it the link opens nothing.
    spel.klok.moment = NU + WEEK
    assert zeg(client, pad, "toegezegd") == 409
    spel.klok.moment = NU + WEEK + timedelta(days=2)
    assert client.get(pad).status_code == 404


def test_een_verkeerde_link_zegt_niets(spel: Spel) -> None:
    pad = link_in(spel.nodig_uit())
    client = spel.buurt.wereld.app.test_client()
    anders = "A" if pad[-1] != "A" else "B"
    for fout in (pad[:-1] + anders, "/uitnodiging/x", pad + "A", "/uitnodiging/" + "é" * 48):
        antwoord = client.get(fout)
        assert antwoord.status_code == 404
        assert "Markerwaard" not in antwoord.get_data(as_text=True)
    spel.buurt.wereld.app.config["RATELIMIT_ENABLED"] = True
    assert {client.get("/uitnodiging/x").status_code for _ in range(31)} == {404, 429}


def test_een_andere_tijd_wordt_overgenomen_of_niet(spel: Spel) -> None:
    pad = link_in(spel.nodig_uit())
    client = spel.buurt.wereld.app.test_client()
    assert zeg(client, pad, "voorstel", dag="2026-11-29", van="20:00", tot="18:00") == 422
    assert zeg(client, pad, "voorstel", dag="2026-11-29", van="18:00", tot="22:00", opmerking="Dan wel") == 303
    (mail,) = spel.bezorg()
    assert "stelt een andere tijd voor" in mail["Subject"]
    sessie, planner = db.session(), spel.buurt.planner
    assert [k.kop for k in uitnodigingen(sessie, planner, NU)] == ["Andere tijd voorgesteld"]
    wijs_af(sessie, planner, NU, sessie.scalars(select(Tegenvoorstel)).one())
    (mail,) = spel.bezorg()
    assert "De tijd blijft zo" in mail["Subject"]
    assert agenda_van(mail).vevent.sequence.value == "1"
    assert zeg(client, pad, "voorstel", dag="2026-11-30", van="18:00", tot="22:00") == 303
    spel.bezorg()
    voorstel = sessie.scalars(select(Tegenvoorstel).where(Tegenvoorstel.status == "open")).one()
    neem_over(sessie, planner, NU, voorstel)
    (mail,) = spel.bezorg()
    deel = agenda_van(mail).vevent
    assert (deel.sequence.value, deel.attendee.params["PARTSTAT"]) == ("2", ["ACCEPTED"])
    assert deel.dtstart.value == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    assert spel.status == "toegezegd"
    with pytest.raises(Conflict, match="al beoordeeld"):
        wijs_af(sessie, planner, NU, sessie.get_one(Tegenvoorstel, voorstel.id))


def test_wie_is_uitgenodigd_hoort_van_een_andere_tijd_en_van_vervallen(spel: Spel) -> None:
    pad = link_in(spel.nodig_uit())
    client = spel.buurt.wereld.app.test_client()
    assert zeg(client, pad, "toegezegd") == 303
    sessie, planner = db.session(), spel.buurt.planner
    later = spel.buurt.gegevens(begin_op=NU + WEEK + timedelta(hours=1), eind_op=NU + WEEK + timedelta(hours=6))
    wijzig_actie(sessie, planner, NU, spel.actie, later)
    (mail,) = spel.bezorg()
    assert "Nieuwe tijd" in mail["Subject"]
    assert agenda_van(mail).vevent.sequence.value == "1"
    assert link_in(mail) == pad
    assert spel.status == "uitgenodigd"
    assert len(zonder_antwoord(sessie, planner, NU)) == 1
    naar(sessie, planner, NU, spel.actie, "vervallen", "Geen capaciteit")
    (mail,) = spel.bezorg()
    agenda = agenda_van(mail)
    assert (agenda.method.value, agenda.vevent.sequence.value) == ("CANCEL", "2")
    assert client.get(pad).status_code == 404


def test_wie_nog_niets_kreeg_hoort_niets_van_intrekken(spel: Spel) -> None:
    nodig_uit(db.session(), spel.buurt.planner, NU, spel.actie)
    zet_partners(db.session(), spel.buurt.planner, NU, spel.actie, {})
    assert spel.bezorg() == []
    assert spel.uitnodiging.ingetrokken_op is not None


def test_antwoorden_per_mail_gaan_heen_en_weer(spel: Spel) -> None:
    verzoek = spel.nodig_uit()
    poort = vrije_poort()
    controller = luister(spel.buurt.wereld.app, poort)
    planner = spel.buurt.planner
    try:
        for plaats, (bouw, partstat, status) in enumerate(
            (
                (als_google, "ACCEPTED", "toegezegd"),
                (als_outlook, "DECLINED", "afgezegd"),
                (als_thunderbird, "TENTATIVE", "uitgenodigd"),
                (als_outlook, "ACCEPTED", "toegezegd"),
            ),
            start=1,
        ):
            spel.klok.moment = NU + timedelta(minutes=plaats)
            post_in(poort, bouw(ics_antwoord(verzoek, partstat, spel.klok.nu()), ANS, ANTWOORD))
            assert spel.status == status
            assert spel.uitnodiging.via == "mail"
        # Late, old, of another, of nobody: nothing changes, and the planner sees it.
        vreemd = "x@elders.example"
        oud = als_google(ics_antwoord(verzoek, "DECLINED", NU), ANS, ANTWOORD)
        ander = als_google(ics_antwoord(verzoek, "DECLINED", spel.klok.nu(), van=vreemd), vreemd, ANTWOORD)
        ander_nummer = ics_antwoord(verzoek, "DECLINED", spel.klok.nu()).replace("UID:0", "UID:1")
        vals = als_google(ander_nummer, ANS, ANTWOORD)
        for mail in (oud, oud, ander, vals):
            post_in(poort, mail)
        db.session.rollback()
        redenen = [m.reden for m in niet_herkend(db.session(), planner)]
        assert len(redenen) == 3
        assert any("ouder" in r for r in redenen)
        assert any("ander adres" in r for r in redenen)
        assert spel.status == "toegezegd"
        # Of whom no gemeente can be found, the sender hears it.
        with pytest.raises(smtplib.SMTPDataError, match="alleen antwoorden"):
            post_in(poort, b"From: spam@elders.example\r\nSubject: win\r\n\r\nhoi\r\n", vreemd)
        anders = (NU + 2 * WEEK, NU + 2 * WEEK + timedelta(hours=4))
        spel.klok.moment += timedelta(minutes=1)
        tegen = ics_antwoord(
            verzoek, "TENTATIVE", spel.klok.nu(), methode="COUNTER", tijd=anders, extra="COMMENT:Liever dan"
        )
        post_in(poort, als_outlook(tegen, ANS, ANTWOORD))
    finally:
        controller.stop()
    db.session.rollback()
    voorstel = db.session.scalars(select(Tegenvoorstel)).one()
    assert ((voorstel.van_op, voorstel.tot_op), voorstel.opmerking) == (anders, "Liever dan")
    assert spel.status == "uitgenodigd"


def test_pagina_van_de_planner(spel: Spel) -> None:
    client = spel.buurt.wereld.client(Rol.COORDINATOR)
    actiepad = f"/acties/{spel.actie.uid}"
    assert "Uitnodiging sturen" in client.get(actiepad).get_data(as_text=True)
    antwoord = client.post(
        f"{actiepad}/uitnodigingen", data={"csrf_token": csrf(client)}, follow_redirects=True
    ).get_data(as_text=True)
    assert "1 uitnodiging staat klaar" in antwoord
    assert "nog geen antwoord" in antwoord
    assert "Ans Verhoeven" in client.get("/acties/uitnodigingen").get_data(as_text=True)
    post = spel.buurt.wereld.client(Rol.BEHEERDER).get("/beheer/post").get_data(as_text=True)
    assert "Uitnodiging: pandenactie, zaterdag 28 november 2026" in post
    assert "/uitnodiging/" not in post
    assert ANS not in spel.buurt.wereld.client(Rol.BEHEERDER, spel.buurt.wereld.twee).get("/beheer/post").text
