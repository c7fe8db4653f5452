"""Reading a calendar file: what comes out of it, and what is said of a bad one."""

from datetime import UTC, datetime

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokaal
from inspecties.partners.rules.agenda import Gebeurtenis, lees_ics

NU = datetime(2026, 10, 1, 12, tzinfo=UTC)


def agenda(*delen: str) -> bytes:
    """A calendar with these events, each the lines of a VEVENT separated by spaces."""
    regels = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//nl"]
    for deel in delen:
        regels += ["BEGIN:VEVENT", *deel.split(" "), "END:VEVENT"]
    return "\r\n".join([*regels, "END:VCALENDAR", ""]).encode()


def een(*delen: str) -> Gebeurtenis:
    (gebeurtenis,) = lees_ics(agenda(*delen), NU)
    return gebeurtenis


def hier(gebeurtenis: Gebeurtenis) -> list[str]:
    return [f"{lokaal(van):%d-%m %H:%M} {lokaal(tot):%d-%m %H:%M}" for van, tot in gebeurtenis.periodes]


def test_een_reeks_blijft_op_de_klok_als_de_tijd_verspringt() -> None:
    reeks = "UID:a DTSTART;TZID=Europe/Amsterdam:20261018T220000 DTEND;TZID=Europe/Amsterdam:20261019T060000 "
    uit = een(reeks + "RRULE:FREQ=WEEKLY;COUNT=3 EXDATE;TZID=Europe/Amsterdam:20261101T220000")
    assert hier(uit) == ["18-10 22:00 19-10 06:00", "25-10 22:00 26-10 06:00"]
    assert [van.hour for van, _ in uit.periodes] == [20, 21], "in UTC an hour later after 25 October"


def test_een_hele_dag_is_op_25_oktober_25_uur_en_op_28_maart_23() -> None:
    herfst = een("UID:a DTSTART;VALUE=DATE:20261025")
    lente = een("UID:b DTSTART;VALUE=DATE:20270328 DTEND;VALUE=DATE:20270329")
    assert hier(herfst) == ["25-10 00:00 26-10 00:00"]
    assert [(tot - van).total_seconds() / 3600 for g in (herfst, lente) for van, tot in g.periodes] == [25, 23]


def test_hele_dagen_herhalen_met_uitzondering() -> None:
    uit = een("UID:a DTSTART;VALUE=DATE:20261005 RRULE:FREQ=DAILY;UNTIL=20261008 EXDATE;VALUE=DATE:20261006")
    assert hier(uit) == ["05-10 00:00 06-10 00:00", "07-10 00:00 08-10 00:00", "08-10 00:00 09-10 00:00"]


def test_een_gewijzigde_keer_vervangt_die_van_de_reeks() -> None:
    reeks = "UID:a DTSTART:20261005T080000Z DURATION:PT2H RRULE:FREQ=DAILY;COUNT=3"
    anders = "UID:a SEQUENCE:2 RECURRENCE-ID:20261006T080000Z DTSTART:20261006T120000Z DTEND:20261006T130000Z"
    weg = "UID:a RECURRENCE-ID:20261007T080000Z DTSTART:20261007T080000Z STATUS:CANCELLED"
    uit = een(anders, reeks, weg)
    assert hier(uit) == ["05-10 10:00 05-10 12:00", "06-10 14:00 06-10 15:00"]
    assert uit.volgnummer == 2


@pytest.mark.parametrize("vrij", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
def test_wie_vrij_is_staat_niet_in_de_weg(vrij: str) -> None:
    assert een(f"UID:a DTSTART:20261005T080000Z DTEND:20261005T090000Z {vrij}").periodes == []


def test_een_eindeloze_reeks_stopt_bij_de_horizon() -> None:
    uit = een("UID:a DTSTART:20200106T080000Z DTEND:20200106T090000Z RRULE:FREQ=WEEKLY")
    assert 60 < len(uit.periodes) < 64
    assert uit.periodes[0][0] > datetime(2026, 8, 30, tzinfo=UTC)


def test_tijd_zonder_zone_is_nederlandse_tijd() -> None:
    assert hier(een("UID:a DTSTART:20261005T080000 DTEND:20261005T090000")) == ["05-10 08:00 05-10 09:00"]


@pytest.mark.parametrize(
    ("deel", "melding"),
    [
        ("SUMMARY:Verlof UID:a DTSTART:20261005T080000Z DTEND:20261005T070000Z", r"'Verlof'\): hij eindigt voordat"),
        ("SUMMARY:Verlof DTSTART:20261005T080000Z", r"Afspraak 1 \('Verlof'\): de UID ontbreekt"),
        ("UID:a SUMMARY:X", "het begin ontbreekt"),
        ("UID:a DTSTART:gisteren", r"Afspraak 1.*(niet te lezen|begin)"),
        ("SUMMARY:Y UID:a DTSTART:20261005T080000Z EXDATE:morgen", r"'Y'\): EXDATE is niet te lezen"),
        ("UID:a DTSTART;TZID=Mars/Olympus:20261005T080000", "tijdzone 'Mars/Olympus'"),
        ("UID:a DTSTART:20261005T080000Z RRULE:FREQ=SECONDLY", "niet per dag, week"),
        ("UID:a DTSTART:20261005T080000Z RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "dag die niet bestaat"),
        ("UID:a DTSTART:19000101T080000Z RRULE:FREQ=DAILY", "te lang geleden"),
        ("UID:a DTSTART;VALUE=DATE:20261005 DTEND:20261005T090000Z", "niet allebei een dag"),
    ],
)
def test_een_foute_afspraak_wordt_genoemd(deel: str, melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding):
        lees_ics(agenda(deel), NU)


@pytest.mark.parametrize("inhoud", [b"", b"hallo", b"\xff\xfe\x00", b"BEGIN:VCARD\r\nEND:VCARD\r\n"])
def test_geen_agenda(inhoud: bytes) -> None:
    with pytest.raises(OngeldigeInvoer, match="geen agendabestand"):
        lees_ics(inhoud, NU)


def test_te_veel_en_te_groot() -> None:
    with pytest.raises(OngeldigeInvoer, match="meer dan 2000 afspraken"):
        lees_ics(agenda(*(f"UID:{i} DTSTART:20261005T080000Z" for i in range(2001))), NU)
    with pytest.raises(OngeldigeInvoer, match="groter dan 1 MB"):
        lees_ics(b" " * 1_000_001, NU)
