"""Nothing in a mail or a calendar becomes a header, a recipient, a part or a line of its own (promise 26)."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
import vobject

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.sleutelbos import lees_sleutelbos
from inspecties.post.models import Bericht
from inspecties.post.rules.afspraak import Afspraak
from inspecties.post.rules.bericht import controleer_onderwerp
from inspecties.post.rules.ics import schrijf_afspraak, schrijf_agenda
from inspecties.post.samenstellen import Briefhoofd, stel_samen
from tests.integration.invoer.dragers import mis_in_agenda, mis_in_mail

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
UID = "0192f0c0-0000-7000-8000-000000000001"
AAN = "inzet@politie.example"
AFSPRAAK = Afspraak("REQUEST", UID, 2, NU, NU, "Controle", "Markerwaard", AAN)
HOOFD = Briefhoofd(
    "Markerwaard <plan@x.example>", "terug@x.example", "https://i.x.example", lees_sleutelbos("", "s" * 40)
)
EINDEN = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "%0d%0a", "=0D=0A", "\\n")
STAARTEN = (
    "Bcc: u6x@kwaad.example",
    "\r\n<script>u6x()</script>",
    'Content-Type: text/html; x="u6x"',
    "ATTACH:https://kwaad.example/u6x",
    "BEGIN:VALARM\r\nACTION:PROCEDURE\r\nATTACH:u6x\r\nEND:VALARM",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:u6x",
    '";CN="u6x":mailto:u6x@kwaad.example',
    ";u6x=1:x,y\\",
)
TEKSTEN = [f"Actie{einde}{staart}" for einde in EINDEN[:2] for staart in STAARTEN]
TEKSTEN += [f"Actie{einde}{STAARTEN[i % len(STAARTEN)]}" for i, einde in enumerate(EINDEN[2:])]
# Where a text can come to stand: what the outbox keeps, what the settings say, and the appointment in it.
BERICHTVELDEN = ("aan", "onderwerp", "tekst", "pad", "message_id")
HOOFDVELDEN = ("afzender", "antwoord", "basisadres")
TEKSTVELDEN = tuple(f.name for f in fields(Afspraak) if f.type in {"str", str})


def _bericht(**anders: Any) -> Bericht:
    gewoon = {"aan": AAN, "onderwerp": "Uitnodiging", "tekst": "Doet u mee?\n[[link]]\n", "pad": "/acties"}
    return Bericht(**(gewoon | {"message_id": UID, "afspraak": AFSPRAAK.als_json()} | anders))


@pytest.mark.parametrize("veld", [*BERICHTVELDEN, *HOOFDVELDEN, *(f"afspraak.{v}" for v in TEKSTVELDEN)])
def test_geen_veld_van_een_mail_wordt_meer(veld: str) -> None:
    """Sent as what it is, or not made at all: then the outbox says why and goes on with the next."""
    gemaakt, mis = 0, []
    for tekst in TEKSTEN:
        bericht, hoofd = _bericht(), HOOFD
        if veld.startswith("afspraak."):
            bericht = _bericht(afspraak=AFSPRAAK.als_json() | {veld.removeprefix("afspraak."): tekst})
        elif veld in HOOFDVELDEN:
            hoofd = replace(HOOFD, **{veld: tekst})
        else:
            bericht = _bericht(**{veld: tekst})
        try:
            mail = stel_samen(bericht, hoofd, NU)
        except (ValueError, KeyError, TypeError):
            # What ``post.versturen.leeg`` takes as a mail that cannot be made.
            continue
        gemaakt += 1
        mis += [f"{tekst!r}: {wat}" for wat in mis_in_mail(mail, bericht.aan)]
    assert not mis, "\n".join(mis)
    assert gemaakt or veld not in {"tekst", "onderwerp"}


@pytest.mark.parametrize("einde", EINDEN[:10])
def test_een_onderwerp_met_een_regeleinde_komt_er_niet_in(einde: str) -> None:
    with pytest.raises(OngeldigeInvoer, match="regel"):
        controleer_onderwerp(f"Actie{einde}Bcc: x@y.example")


@pytest.mark.parametrize("veld", ["titel", "plaats", "deelnemer", "uid"])
def test_geen_veld_van_een_agenda_wordt_meer(veld: str) -> None:
    mis, gelezen = [], 0
    for tekst in TEKSTEN:
        afspraak = replace(AFSPRAAK, **{veld: tekst})
        for maak in (
            lambda a: schrijf_afspraak(a, "u@x", "plan@x.example", "Markerwaard", NU),
            lambda a: schrijf_agenda(a.titel, [(a, NU)]),
        ):
            try:
                ics = maak(afspraak).decode()
            except ValueError:
                continue
            gelezen += 1
            mis += [f"{tekst!r}: {wat}" for wat in mis_in_agenda(ics)]
            agenda = vobject.readOne(ics)
            mis += [] if len(agenda.vevent_list) == 1 else [f"{tekst!r}: {len(agenda.vevent_list)} afspraken"]
    assert not mis, "\n".join(mis)
    assert gelezen


def test_de_naam_van_de_gemeente_wordt_geen_deelnemer() -> None:
    mis = []
    for tekst in TEKSTEN:
        try:
            ics = schrijf_afspraak(AFSPRAAK, "u@x", "plan@x.example", tekst, NU).decode()
        except ValueError:
            continue
        deel = vobject.readOne(ics).vevent
        mis += [f"{tekst!r}: {wat}" for wat in mis_in_agenda(ics)]
        mis += [] if deel.organizer.value == "mailto:plan@x.example" else [f"{tekst!r}: {deel.organizer.value}"]
    assert not mis, "\n".join(mis)
