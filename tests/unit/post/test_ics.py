"""An invitation as calendars read it: checked with another library than the one that wrote it."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
import vobject

from inspecties.core.sleutelbos import lees_sleutelbos
from inspecties.post.links import ics_geheim
from inspecties.post.models import Bericht
from inspecties.post.rules.afspraak import Afspraak
from inspecties.post.rules.ics import ics_uid, lees_ics_uid, schrijf_afspraak, schrijf_agenda
from inspecties.post.samenstellen import Briefhoofd, stel_samen

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
UID = "0192f0c0-0000-7000-8000-000000000001"
BOS = lees_sleutelbos("", "s" * 40)
AFSPRAAK = Afspraak(
    "REQUEST",
    UID,
    2,
    datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 3, 0, tzinfo=UTC),
    "Controle; met, tekens\\en\nregels",
    "Gemeente 's-Hertogenbosch",
    "inzet@politie.example",
)


def test_een_verzoek_volgens_een_ander_programma() -> None:
    ics = schrijf_afspraak(AFSPRAAK, ics_uid(UID, "a" * 64), "plan@x.example", "Gemeente X", NU)
    agenda = vobject.readOne(ics.decode())
    deel = agenda.vevent
    assert agenda.method.value == "REQUEST"
    assert deel.uid.value == f"{UID}.{'a' * 24}@inspecties"
    assert deel.sequence.value == "2"
    assert deel.dtstart.value == AFSPRAAK.begin_op
    # Over the night in which the clock goes back the shift is five hours on the clock of the world.
    assert (deel.dtend.value - deel.dtstart.value).total_seconds() == 5 * 3600
    assert deel.summary.value == AFSPRAAK.titel
    assert deel.location.value == AFSPRAAK.plaats
    assert deel.organizer.value == "mailto:plan@x.example"
    assert deel.attendee.value == "mailto:inzet@politie.example"
    assert deel.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]
    assert deel.attendee.params["RSVP"] == ["TRUE"]
    assert deel.status.value == "CONFIRMED"
    assert ics.endswith(b"END:VCALENDAR\r\n")
    assert all(len(regel) <= 75 for regel in ics.split(b"\r\n"))


def test_een_afzegging_volgens_een_ander_programma() -> None:
    ics = schrijf_afspraak(replace(AFSPRAAK, methode="CANCEL"), "u@x", "plan@x.example", "X", NU)
    agenda = vobject.readOne(ics.decode())
    assert (agenda.method.value, agenda.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert agenda.vevent.attendee.params["RSVP"] == ["FALSE"]


def test_een_agenda_is_steeds_dezelfde_bytes() -> None:
    twee = [replace(AFSPRAAK, methode="PUBLISH", deelnemer=""), replace(AFSPRAAK, uid=UID[:-1] + "2", deelnemer="")]
    ics = schrijf_agenda("Inspecties", [(een, NU) for een in twee])
    assert ics == schrijf_agenda("Inspecties", [(een, NU) for een in twee])
    gelezen = vobject.readOne(ics.decode())
    assert len(gelezen.vevent_list) == 2
    assert "ATTENDEE" not in ics.decode()
    assert vobject.readOne(schrijf_agenda("Leeg", []).decode()).method.value == "PUBLISH"


@pytest.mark.parametrize("tekst", ["", "x", f"{UID}@inspecties", f"{UID}.abc@inspecties", f"{UID}.{'a' * 24}@elders"])
def test_een_vreemde_uid_is_niet_van_ons(tekst: str) -> None:
    assert lees_ics_uid(tekst) is None
    assert lees_ics_uid(f" {ics_uid(UID, 'b' * 64)}\r\n") == (UID, "b" * 24)


def test_de_mail_is_een_keuze_met_een_bijlage() -> None:
    bericht = Bericht(
        aan="inzet@politie.example",
        onderwerp="Uitnodiging: pandenactie in één avond",
        tekst="Doet u mee?\n[[link]]\n",
        geheimlink={"doel": "uitnodiging", "uid": UID, "ronde": 1},
        afspraak=AFSPRAAK.als_json(),
        message_id=UID,
    )
    hoofd = Briefhoofd("Gemeente X <plan@x.example>", "antwoord@x.example", "https://i.x.example/", BOS)
    mail = message_from_bytes(stel_samen(bericht, hoofd, NU).as_bytes(), policy=default)
    assert mail.get_content_type() == "multipart/mixed"
    keuze, bijlage = mail.iter_parts()
    tekst, agenda = keuze.iter_parts()
    assert keuze.get_content_type() == "multipart/alternative"
    assert "https://i.x.example/uitnodiging/" in tekst.get_content()
    assert agenda.get_content_type() == "text/calendar"
    assert agenda["Content-Type"].params["method"] == "REQUEST"
    assert bijlage.get_content_type() == "application/ics"
    assert bijlage.get_filename() == "uitnodiging.ics"
    for deel in (agenda, bijlage):
        inhoud = deel.get_payload(decode=True)
        assert vobject.readOne(inhoud.decode()).vevent.organizer.value == "mailto:antwoord@x.example"
        assert ics_geheim(BOS, UID)[:24].encode() in inhoud.replace(b"\r\n ", b"")
    assert mail["Message-ID"] == f"<{UID}@x.example>"
    assert mail["Reply-To"] == "antwoord@x.example"
    assert mail["To"] == "inzet@politie.example"
