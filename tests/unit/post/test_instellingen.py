"""Settings of mail: what is wrong is said before the service starts, and without the password."""

import pytest

from inspecties.instellingen import InstellingFout, lees_instellingen

GOED = {
    "INSPECTIES_SECRET_KEY": "s" * 40,
    "INSPECTIES_SMTP_URL": "smtps://naam:geheim@mail.example",
    "INSPECTIES_POST_AFZENDER": "Gemeente X <plan@x.example>",
    "INSPECTIES_POST_ANTWOORD": "antwoord@x.example",
    "INSPECTIES_BASISADRES": "https://inspecties.x.example",
}


def test_een_goede_mailserver() -> None:
    assert lees_instellingen(GOED).post_elke_s == 20


@pytest.mark.parametrize(
    ("naam", "waarde", "waarom"),
    [
        ("SMTP_URL", "smtp://naam:geheim@mail.example?tls=geen", "TLS"),
        ("POST_AFZENDER", "", "POST_AFZENDER is nodig"),
        ("POST_AFZENDER", "Gemeente X", "POST_AFZENDER: Dit e-mailadres"),
        ("POST_ANTWOORD", "X <antwoord@x.example>", "POST_ANTWOORD: Dit e-mailadres"),
        ("BASISADRES", "", "BASISADRES is nodig"),
        ("BASISADRES", "http://inspecties.x.example", "https"),
        ("BASISADRES", "https://x.example/?a=b", "zonder"),
        ("POST_ELKE_S", "0", "van 1 tot 3600"),
    ],
)
def test_een_foute_instelling_zegt_welke(naam: str, waarde: str, waarom: str) -> None:
    with pytest.raises(InstellingFout, match=waarom) as fout:
        lees_instellingen(GOED | {f"INSPECTIES_{naam}": waarde})
    assert "geheim" not in str(fout.value)
