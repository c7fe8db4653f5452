"""Reading what comes in: three programs say the same, and nothing that is sent breaks the reader."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.core.sleutelbos import lees_sleutelbos
from inspecties.post.models import Bericht
from inspecties.post.rules.afspraak import Afspraak
from inspecties.post.rules.antwoordmail import Onleesbaar, lees_agenda, lees_antwoordmail
from inspecties.post.samenstellen import Briefhoofd, stel_samen
from tests.antwoordmails import als_google, als_outlook, als_thunderbird, ics_antwoord

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
UID = "0192f0c0-0000-7000-8000-000000000001"
ANS, AAN = "ans@politie.example", "antwoord@x.example"
AFSPRAAK = Afspraak("REQUEST", UID, 3, NU, NU + timedelta(hours=5), "Pandenactie", "Gemeente X", ANS)
HOOFD = Briefhoofd(f"X <{AAN}>", AAN, "https://i.example", lees_sleutelbos("", "s" * 40))
VERZOEK = stel_samen(
    Bericht(aan=ANS, onderwerp="U", tekst="T\n", pad="", afspraak=AFSPRAAK.als_json(), message_id=UID), HOOFD, NU
)
ICS = ics_antwoord(VERZOEK, "ACCEPTED", NU)
# Outlook names zones as Windows does, and tells what it means with them.
ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
""".replace("\n", "\r\n")


@pytest.mark.parametrize("bouw", [als_google, als_outlook, als_thunderbird])
@pytest.mark.parametrize(
    ("partstat", "antwoord"), [("ACCEPTED", "toegezegd"), ("DECLINED", "afgezegd"), ("TENTATIVE", "misschien")]
)
def test_elk_programma_zegt_hetzelfde(bouw: object, partstat: str, antwoord: str) -> None:
    mail = lees_antwoordmail(bouw(ics_antwoord(VERZOEK, partstat, NU), ANS, AAN))  # type: ignore[operator]
    assert mail.agenda is not None
    assert (mail.van, mail.agenda.deelnemer, mail.agenda.antwoord) == (ANS, ANS, antwoord)
    assert (mail.agenda.volgnummer, mail.agenda.stempel) == (3, NU)
    assert mail.agenda.uid.startswith(UID)


def test_outlook_stelt_een_andere_tijd_voor_met_de_zone_van_windows() -> None:
    ics = ics_antwoord(VERZOEK, "TENTATIVE", NU, methode="COUNTER")
    regels = [r for r in ics.split("\r\n") if not r.startswith(("DTSTART", "DTEND"))]
    begin = regels.index("BEGIN:VEVENT")
    zone = "TZID=W. Europe Standard Time"
    tijden = [f"DTSTART;{zone}:20261204T180000", f"DTEND;{zone}:20261204T220000"]
    heel = "\r\n".join([*regels[:begin], ZONE.strip(), "BEGIN:VEVENT", *tijden, *regels[begin + 1 :]])
    antwoord = lees_agenda(heel.encode())
    assert antwoord.antwoord == "voorstel"
    assert antwoord.begin_op == datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
    assert antwoord.eind_op == datetime(2026, 12, 4, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("oud", "nieuw", "waarom"),
    [
        ("METHOD:REPLY", "METHOD:REQUEST", "geen antwoord"),
        ("PARTSTAT=ACCEPTED", "PARTSTAT=DELEGATED", "geen ja, nee of misschien"),
        ("BEGIN:VEVENT", "BEGIN:VTODO", "niet|precies"),
        ("DTSTAMP:", "X-DTSTAMP:", "van wanneer"),
        ("ATTENDEE;", "X-ATTENDEE;", "deelnemer"),
        ("SEQUENCE:3", "SEQUENCE:drie", "niet te lezen"),
        ("BEGIN:VCALENDAR", "", "niet te lezen"),
    ],
)
def test_wat_geen_antwoord_is_zegt_waarom(oud: str, nieuw: str, waarom: str) -> None:
    with pytest.raises(Onleesbaar, match=waarom):
        lees_agenda(ICS.replace(oud, nieuw).encode())


def test_twee_afzenders_is_er_geen() -> None:
    mail = als_google(ICS, ANS, AAN)
    assert lees_antwoordmail(b"From: baas@elders.example\r\n" + mail).van == ""
    assert lees_antwoordmail(mail.replace(ANS.encode(), b"a@b.example, c@d.example", 1)).van == ""


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 2000), st.integers(0, 40))
def test_geen_mail_breekt_het_lezen(ruis: bytes, plaats: int, weg: int) -> None:
    lees_antwoordmail(ruis)
    mail = als_outlook(ICS, ANS, AAN)
    lees_antwoordmail(mail[:plaats] + ruis + mail[plaats + weg :])
    ics = ICS.encode()
    with suppress(Onleesbaar):
        lees_agenda(ics[: plaats % len(ics)] + ruis + ics[plaats % len(ics) + weg :])


def test_een_mail_die_duizend_keer_in_zichzelf_zit() -> None:
    diep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(3000))
    assert lees_antwoordmail(b"From: a@b.example\r\n" + diep).agenda is None
