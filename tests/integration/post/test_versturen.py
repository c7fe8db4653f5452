"""The outbox goes through a real mail server: once, again after a failure, and not when the act was undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from inspecties.core.klok import VasteKlok
from inspecties.core.mailserver import lees_smtp_url
from inspecties.core.sleutelbos import lees_sleutelbos
from inspecties.database.basis import db
from inspecties.post.achtergrond import begin_achtergrond
from inspecties.post.models import Bericht, Postslot
from inspecties.post.operations import zet_klaar
from inspecties.post.samenstellen import Briefhoofd
from inspecties.post.versturen import Ronde, verstuur_wachtende
from tests.conftest import NU
from tests.postserver import Postserver, postserver, vrije_poort
from tests.wereld import Wereld

HOOFD = Briefhoofd("Plan <plan@x.example>", "antwoord@x.example", "https://i.x.example", lees_sleutelbos("", "s" * 40))


@pytest.fixture(scope="module")
def server() -> Iterator[Postserver]:
    with postserver() as een:
        yield een


@pytest.fixture
def post(server: Postserver) -> Postserver:
    server.mails.clear()
    server.weiger.clear()
    return server


def zet(wereld: Wereld, aan: str = "a@politie.example", onderwerp: str = "Herinnering") -> None:
    zet_klaar(db.session(), wereld.een.systeem, NU, aan, onderwerp, "Kijk op [[link]]", link="/acties")


def verstuur(klok: VasteKlok, url: str) -> Ronde:
    db.session.commit()
    return verstuur_wachtende(db.session(), klok.nu, HOOFD, lees_smtp_url(url))


def stand() -> list[tuple[str, int, str]]:
    db.session.rollback()
    return [(b.status, b.pogingen, b.tekst) for b in db.session.scalars(select(Bericht).order_by(Bericht.id))]


def test_een_mail_gaat_een_keer_en_zijn_tekst_verdwijnt(wereld: Wereld, klok: VasteKlok, post: Postserver) -> None:
    zet(wereld)
    assert verstuur(klok, post.url).verzonden == 1
    assert verstuur(klok, post.url) == Ronde()
    assert [m["Subject"] for m in post.mails] == ["Herinnering"]
    assert "https://i.x.example/acties" in post.mails[0].get_content()
    assert stand() == [("verzonden", 1, "")]


def test_wat_is_teruggedraaid_gaat_niet(wereld: Wereld, klok: VasteKlok, post: Postserver) -> None:
    db.session.commit()
    zet(wereld)
    db.session.rollback()
    assert verstuur(klok, post.url) == Ronde()
    assert not post.mails


def test_een_geweigerd_adres_houdt_de_rest_niet_op(wereld: Wereld, klok: VasteKlok, post: Postserver) -> None:
    post.weiger |= {"weg@politie.example": "550 5.1.1 bestaat niet", "vol@politie.example": "452 4.2.2 vol"}
    for aan in ("weg@politie.example", "vol@politie.example", "goed@politie.example"):
        zet(wereld, aan)
    ronde = verstuur(klok, post.url)
    assert (ronde.verzonden, ronde.later, ronde.mislukt) == (1, 1, 1)
    post.weiger.clear()
    assert verstuur(klok, post.url) == Ronde()
    klok.moment += timedelta(minutes=2)
    assert verstuur(klok, post.url).verzonden == 1
    assert [s for s, _, _ in stand()] == ["mislukt", "verzonden", "verzonden"]
    assert [m["To"] for m in post.mails] == ["goed@politie.example", "vol@politie.example"]


def test_zonder_mailserver_blijft_alles_wachten(wereld: Wereld, klok: VasteKlok, post: Postserver) -> None:
    zet(wereld)
    zet(wereld, onderwerp="Tweede")
    ronde = verstuur(klok, f"smtp://127.0.0.1:{vrije_poort()}?tls=geen")
    assert "niet bereikbaar" in ronde.storing
    assert [s for s, _, _ in stand()] == ["wachtend", "wachtend"]
    assert verstuur(klok, post.url).verzonden == 2


def test_op_de_achtergrond_van_de_dienst(wereld: Wereld, post: Postserver) -> None:
    wereld.app.extensions["instellingen"] = replace(
        wereld.app.extensions["instellingen"],
        smtp_url=post.url,
        post_afzender="Plan <plan@x.example>",
        basisadres="https://i.x.example",
    )
    zet(wereld)
    db.session.commit()
    post.aangekomen.clear()
    achtergrond = begin_achtergrond(wereld.app)
    assert achtergrond is not None
    assert post.aangekomen.wait(30)
    achtergrond.stop()
    assert stand() == [("verzonden", 1, "")]


def test_wie_bezig_is_verstuurt_alleen(wereld: Wereld, klok: VasteKlok, post: Postserver) -> None:
    """Another process holds the lock and dies in the middle of a mail: later it goes, with the same Message-ID."""
    zet(wereld)
    bericht = db.session.scalars(select(Bericht)).one()
    bericht.status, bericht.pogingen, bericht.volgende_op = "bezig", 1, NU + timedelta(minutes=10)
    eigen_id = bericht.message_id
    zet(wereld, onderwerp="Tweede")
    db.session.add(Postslot(naam="verzenden", houder="ander", tot_op=NU + timedelta(minutes=10)))
    assert verstuur(klok, post.url).bezet
    assert not post.mails
    klok.moment += timedelta(minutes=11)
    assert verstuur(klok, post.url).verzonden == 2
    assert [m["Subject"] for m in post.mails] == ["Herinnering", "Tweede"]
    assert post.mails[0]["Message-ID"] == f"<{eigen_id}@x.example>"
