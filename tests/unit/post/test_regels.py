"""What may stand in a mail, when it is tried again, and where it is handed in."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.mailadres import controleer_adres
from inspecties.core.mailserver import SmtpAdres, lees_smtp_url
from inspecties.core.sleutelbos import lees_sleutelbos
from inspecties.post.links import klopt, maak_token, uid_in
from inspecties.post.rules.bericht import (
    POGINGEN_HOOGSTENS,
    Geheimlink,
    controleer_onderwerp,
    controleer_tekst,
    volgende_poging,
)

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
BOS = lees_sleutelbos("", "s" * 40)
UID = "0192f0c0-0000-7000-8000-000000000001"


@pytest.mark.parametrize("adres", ["a@b.nl", " inzet.avond+x@politie.example ", "o'neil@ggd.example\n"])
def test_een_gewoon_adres_mag(adres: str) -> None:
    assert controleer_adres(adres) == adres.strip()


@pytest.mark.parametrize(
    "adres",
    [
        "",
        "a@b",
        "a@b..nl",
        "a b@c.nl",
        "a@b.nl\r\nBcc: x@y.nl",
        "a@b.nl,c@d.nl",
        "Jan <a@b.nl>",
        "a@b.nl\x00",
        "é@b.nl",
        "a" * 65 + "@b.nl",
    ],
)
def test_wat_geen_een_adres_is_niet(adres: str) -> None:
    with pytest.raises(OngeldigeInvoer, match="klopt niet"):
        controleer_adres(adres)


@pytest.mark.parametrize("onderwerp", ["", "   ", "a\nBcc: x@y.nl", "a\rb", "a\u2028b", "x" * 161])
def test_een_onderwerp_is_een_regel(onderwerp: str) -> None:
    with pytest.raises(OngeldigeInvoer):
        controleer_onderwerp(onderwerp)


def test_tekst_krijgt_gewone_regeleinden() -> None:
    assert controleer_tekst("a\r\nb\rc\n\n") == "a\nb\nc\n"
    with pytest.raises(OngeldigeInvoer):
        controleer_tekst("a\x00b")


def test_wachten_wordt_langer_en_houdt_op() -> None:
    tijden = [volgende_poging(NU, n) for n in range(1, POGINGEN_HOOGSTENS + 1)]
    assert tijden[0] == NU + timedelta(minutes=1)
    assert tijden[-1] is None
    gewoon = [t for t in tijden if t]
    assert gewoon == sorted(gewoon)
    # A mail server that is down for a weekday and a night costs nobody an invitation.
    assert sum((t - NU for t in gewoon), timedelta()) > timedelta(hours=40)


@pytest.mark.parametrize(
    ("url", "adres"),
    [
        ("smtp://mail.example", SmtpAdres("mail.example", 587, "starttls")),
        ("smtps://n%40x:w%2F1@mail.example", SmtpAdres("mail.example", 465, "direct", "n@x", "w/1")),
        ("smtp://127.0.0.1:8026?tls=geen", SmtpAdres("127.0.0.1", 8026, "geen")),
        ("smtp://n:w@localhost?tls=geen", SmtpAdres("localhost", 25, "geen", "n", "w")),
    ],
)
def test_mailserver_in_een_instelling(url: str, adres: SmtpAdres) -> None:
    assert lees_smtp_url(url) == adres


@pytest.mark.parametrize(
    "url",
    [
        "mail.example:25",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example:poort",
        "smtp://mail.example/pad",
        "smtp://mail.example?tls=soms",
        "smtps://mail.example?tls=geen",
        "smtp://naam:geheim@mail.example?tls=geen",
    ],
)
def test_een_onveilige_of_kapotte_mailserver_niet(url: str) -> None:
    with pytest.raises(ValueError, match=r"schrijf|tls|TLS|versleuteld") as fout:
        lees_smtp_url(url)
    assert "geheim" not in str(fout.value)


def test_een_link_hoort_bij_een_rij_een_doel_en_een_ronde() -> None:
    link = Geheimlink("uitnodiging", UID, 1)
    token = maak_token(BOS, link)
    assert uid_in(token) == UUID(UID)
    assert klopt(BOS, token, link)
    assert not klopt(BOS, token, Geheimlink("uitnodiging", UID, 2))
    assert not klopt(BOS, token, Geheimlink("anders", UID, 1))
    assert not klopt(lees_sleutelbos("", "t" * 40), token, link)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_een_verzonnen_token_opent_niets(tekst: str) -> None:
    assert not klopt(BOS, tekst, Geheimlink("uitnodiging", UID, 1))
    uid_in(tekst)


@settings(max_examples=40)
@given(st.integers(0, 47), st.sampled_from("ABab01-_"))
def test_een_gewijzigd_token_opent_niets(plaats: int, teken: str) -> None:
    token = maak_token(BOS, Geheimlink("uitnodiging", UID, 1))
    anders = token[:plaats] + teken + token[plaats + 1 :]
    assert klopt(BOS, anders, Geheimlink("uitnodiging", UID, 1)) == (anders == token)
